import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../format/time.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { whatNext } from './what-next.ts';

/**
 * What happens to the service if nobody does anything, as one sentence in the reader's language. `brief` is for lists,
 * where the end stands beside it.
 */
export function useNextWords(brief = false): (subscription: SubscriptionView) => string {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const kind = brief ? 'nextShort' : 'whatNext';
  const time = (instant: string): string => formatInstant(instant, language);
  return (subscription) => {
    const next = whatNext(subscription);
    switch (next.key) {
      case 'autoRenew':
      case 'autoRetry':
        return t(`${kind}.${next.key}`, { at: time(next.at), end: time(next.end) });
      case 'ends':
      case 'notRenewed':
        return t(`${kind}.${next.key}`, {
          end: time(next.end),
          freeze: time(next.freeze),
          release: time(next.release),
        });
      case 'trialEnds':
        return t(`${kind}.trialEnds`, { end: time(next.end), release: time(next.release) });
      case 'grace':
        return t(`${kind}.grace`, { freeze: time(next.freeze), release: time(next.release) });
      case 'frozen':
        return t(`${kind}.frozen`, { release: time(next.release) });
      case 'endsAt':
        return t(`${kind}.endsAt`, { end: time(next.end) });
      case 'violation':
        return t('whatNext.violation', { reason: next.reason });
      case 'noEnd':
        return t('whatNext.noEnd');
      case 'state':
        return t(`state.instance.${subscription.instance.state}.help`);
    }
  };
}
