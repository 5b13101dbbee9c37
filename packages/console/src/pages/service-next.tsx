import type { ResourceDetailsView, SubscriptionView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { OrderLink } from '../components/links.tsx';
import { NextStep } from '../components/record.tsx';
import { useNextWords } from './buyer/next-words.tsx';
import { OpenProduct } from './open-product.tsx';

interface ServiceNextProps {
  readonly details: ResourceDetailsView;
  /** null while it is not known: then the state alone speaks */
  readonly subscription: SubscriptionView | null;
}

/** What the state of the instance means for the reader now; a running product has one next step: open it. */
export function ServiceNext({ details, subscription }: ServiceNextProps) {
  const { t } = useTranslation();
  const words = useNextWords();
  const { instance, access } = details;
  const usable = instance.state === 'ACTIVE' || instance.state === 'TRIAL' || instance.state === 'GRACE';
  const action =
    usable && access !== null ? (
      <OpenProduct url={access.frontEndUrl} />
    ) : instance.state === 'FAILED' || instance.state === 'PROVISIONING' ? (
      <OrderLink id={instance.orderId}>{t('next.viewOrder')}</OrderLink>
    ) : undefined;
  return (
    <NextStep action={action}>
      {subscription === null ? t(`state.instance.${instance.state}.help`) : words(subscription)}
    </NextStep>
  );
}
