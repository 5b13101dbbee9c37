import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { OrderLink } from '../../components/links.tsx';
import type { WhyNot } from './why-not.ts';

/** Why an action is not offered, in words. */
export function useReasonText(): (reason: WhyNot) => string {
  const { t } = useTranslation();
  return (reason) => ('key' in reason ? t(`whyNot.${reason.key}`) : t(`rule.${reason.rule}`));
}

/** The same with the order that stands in the way one click away. */
export function Reason({ reason, subscription }: { reason: WhyNot; subscription: SubscriptionView }) {
  const { t } = useTranslation();
  const text = useReasonText();
  const blocked = 'key' in reason && reason.key === 'openOrder' ? subscription.openOrderId : null;
  return (
    <>
      {text(reason)}{' '}
      {blocked !== null && (
        <span className="inline-link">
          <OrderLink id={blocked}>{t('whyNot.viewOrder')}</OrderLink>
        </span>
      )}
    </>
  );
}
