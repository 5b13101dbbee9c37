import type { ResourceDetailsView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { OrderLink } from '../components/links.tsx';
import { NextStep } from '../components/record.tsx';
import { OpenProduct } from './open-product.tsx';

/** What the state of the instance means for the reader now; a running product has one next step: open it. */
export function ServiceNext({ details }: { details: ResourceDetailsView }) {
  const { t } = useTranslation();
  const { instance, access } = details;
  const usable = instance.state === 'ACTIVE' || instance.state === 'TRIAL' || instance.state === 'GRACE';
  const action =
    usable && access !== null ? (
      <OpenProduct url={access.frontEndUrl} />
    ) : instance.state === 'FAILED' || instance.state === 'PROVISIONING' ? (
      <OrderLink id={instance.orderId}>{t('next.viewOrder')}</OrderLink>
    ) : undefined;
  return <NextStep action={action}>{t(`state.instance.${instance.state}.help`)}</NextStep>;
}
