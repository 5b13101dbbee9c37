import type { RefundView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { Pair } from '../components/rows.tsx';
import { Amount } from '../components/values.tsx';
import { formatMoney } from '../format/money.ts';
import { formatInstant } from '../format/time.ts';
import { usePreferences } from '../shell/preferences.tsx';

/** What of the payment is kept for the time that an image was used, and how that was found (S7-12). */
export function ConsumptionFacts({ refund }: { refund: Pick<RefundView, 'paid' | 'consumption'> }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { paid, consumption } = refund;
  if (consumption === null) return null;
  const { usedHours, totalHours, effectiveAt, expireAt, amount } = consumption;
  return (
    <>
      <Pair
        term={t('refund.used')}
        value={
          <div>
            <div data-testid="refund-used">{t('refund.usedHours', { used: usedHours, total: totalHours })}</div>
            <div className="soft">
              {t('refund.usedFrom', {
                from: formatInstant(effectiveAt, language),
                to: formatInstant(expireAt, language),
              })}
            </div>
          </div>
        }
      />
      <Pair
        term={t('refund.consumed')}
        value={
          <div>
            <Amount money={amount} testId="refund-consumed" />
            <div className="soft">{`${formatMoney(paid, language)} × ${usedHours} ÷ ${totalHours}`}</div>
          </div>
        }
      />
    </>
  );
}
