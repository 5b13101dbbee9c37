import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { metaQuery, quoteQuery } from '../../api/queries.ts';
import { useDebounced } from '../../components/debounced.ts';
import { Failure } from '../../components/feedback.tsx';
import { Amount } from '../../components/values.tsx';
import { compareDecimal } from '../../format/decimal.ts';
import type { Purchase } from './buy-box.tsx';

/** Long enough to type a number of two digits without asking for the price of the first. */
const quoteDelayMs = 300;

/** The server's price for the present choice, open to its derivation (B-29); the old one fades while a new one is asked. */
export function PriceNow({ purchase, allowed }: { purchase: Purchase; allowed: boolean }) {
  const { t } = useTranslation();
  const { priceItemId, quantity, periodNumber } = purchase;
  const wanted = useMemo(() => ({ priceItemId, quantity, periodNumber }), [priceItemId, quantity, periodNumber]);
  const settled = useDebounced(wanted, quoteDelayMs);
  const quote = useQuery({ ...quoteQuery(settled), enabled: allowed });
  const site = useQuery(metaQuery).data?.site;
  const stale = settled !== wanted || quote.isPlaceholderData || !allowed;
  return (
    <div className="field" aria-live="polite" aria-busy={stale}>
      <span className="label">{t('product.amount')}</span>
      {quote.error !== null && allowed ? (
        <Failure error={quote.error} onRetry={() => void quote.refetch()} />
      ) : (
        <span className="row" style={{ minHeight: 32, opacity: stale ? 0.85 : 1 }}>
          {quote.data === undefined || !allowed ? (
            <span className="soft">{allowed ? t('product.calculating') : '—'}</span>
          ) : (
            <>
              <Amount money={quote.data.amount} derivation={quote.data.derivation} large testId="amount" />
              {compareDecimal(quote.data.listAmount.amount, quote.data.amount.amount) !== 0 && (
                <s className="soft">
                  <Amount money={quote.data.listAmount} />
                </s>
              )}
              {site !== undefined && <span className="soft">{t(`tax.${site}`)}</span>}
            </>
          )}
        </span>
      )}
    </div>
  );
}
