import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { OrderLink } from '../../components/links.tsx';
import { usePreferences } from '../../shell/preferences.tsx';
import type { WhyNot } from './why-not.ts';

/** Why an action is not offered, in words. */
export function useReasonText(): (reason: WhyNot) => string {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (reason) => {
    if ('key' in reason) return t(`whyNot.${reason.key}`);
    // the API's own words come in one language only
    const readable = /\p{Script=Han}/u.test(reason.message) === (language === 'zh');
    return readable ? reason.message : t('whyNot.notNow');
  };
}

/** The same with the order that stands in the way one click away. */
export function Reason({ reason, subscription }: { reason: WhyNot; subscription: SubscriptionView }) {
  const { t } = useTranslation();
  const text = useReasonText();
  const blocked = 'key' in reason && reason.key === 'openOrder' ? subscription.openOrderId : null;
  return (
    <>
      {text(reason)} {blocked !== null && <OrderLink id={blocked}>{t('whyNot.viewOrder')}</OrderLink>}
    </>
  );
}
