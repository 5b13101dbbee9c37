import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { metaQuery, quoteQuery } from '../../api/queries.ts';
import { useDebounced } from '../../components/debounced.ts';
import { Failure } from '../../components/feedback.tsx';
import { Amount } from '../../components/values.tsx';
import { PriceParts } from './price-parts.tsx';
import type { Purchase } from './purchase.ts';

/** Long enough to type a number of two digits without asking for the price of the first. */
const quoteDelayMs = 300;

interface PriceNowProps {
  readonly purchase: Purchase;
  readonly offer: { readonly offerId: string; readonly name: string } | undefined;
  readonly allowed: boolean;
  /** the buyer's own offers are known: no price is shown that the next moment changes */
  readonly ready: boolean;
}

/** The server's price for the present choice, open to its derivation (B-29); the old one fades while a new one is asked. */
export function PriceNow({ purchase, offer, allowed, ready }: PriceNowProps) {
  const { t } = useTranslation();
  const { priceItemId, quantity, periodNumber, vcpus } = purchase;
  const offerId = offer?.offerId;
  const wanted = useMemo(
    () => ({ priceItemId, quantity, periodNumber, vcpus, offerId }),
    [priceItemId, quantity, periodNumber, vcpus, offerId],
  );
  const settled = useDebounced(wanted, quoteDelayMs);
  const quote = useQuery({ ...quoteQuery(settled), enabled: allowed && ready });
  const site = useQuery(metaQuery).data?.site;
  const stale = settled !== wanted || quote.isPlaceholderData || !allowed;
  return (
    <div className="field" aria-live="polite" aria-busy={stale}>
      <span className="label">{t('product.amount')}</span>
      {quote.error !== null && allowed ? (
        <Failure error={quote.error} onRetry={() => void quote.refetch()} />
      ) : (
        <div style={{ minHeight: 32, opacity: stale ? 0.85 : 1 }}>
          {quote.data === undefined || !allowed ? (
            <span className="soft">{allowed ? t('product.calculating') : '—'}</span>
          ) : (
            <>
              <span className="row">
                <Amount money={quote.data.amount} derivation={quote.data.derivation} large testId="amount" />
                {site !== undefined && <span className="soft">{t(`tax.${site}`)}</span>}
              </span>
              {quote.data.deductions.length > 0 && (
                <PriceParts {...quote.data} names={new Map(offer === undefined ? [] : [[offer.offerId, offer.name]])} />
              )}
            </>
          )}
        </div>
      )}
    </div>
  );
}
