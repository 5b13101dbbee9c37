import type { SellerCallView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';

/** Activities of the protocols that have a name for people (S-27: "activity (Chinese name)"). */
export const activities = [
  'newInstance',
  'queryInstance',
  'refreshInstance',
  'expireInstance',
  'updateInstanceStatus',
  'instanceStatus',
  'releaseInstance',
  'upgradeInstance',
  'upgrade',
  'changeInstanceCheck',
  'getLicense',
  'getLicenseAsync',
  'refreshLicense',
  'expireLicense',
  'releaseLicense',
  'refreshLicenseCode',
  'updateLicenseCodeStatus',
  'releaseLicenseCode',
  'orderNotify',
] as const;

export const protocols = [
  'saas-v2',
  'saas-v1',
  'license-identification',
  'license-code',
  'license-provisioning',
] as const;

/** The protocol of a call, for its name. */
export const protocolOf = ({ protocol }: SellerCallView): (typeof protocols)[number] =>
  protocols.find((known) => known === protocol) ?? 'saas-v2';

/** The name of an activity; the wire's word for one we have no name for. */
export function useActivityName(): (activity: string) => string {
  const { t } = useTranslation();
  return (activity) => {
    const known = activities.find((one) => one === activity);
    return known === undefined ? activity : t(`activity.${known}`);
  };
}
