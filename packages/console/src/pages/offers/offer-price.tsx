import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { offerPriceQuery } from '../../api/offers.ts';
import { Failure } from '../../components/feedback.tsx';
import { Amount } from '../../components/values.tsx';
import { PriceParts } from '../buyer/price-parts.tsx';
import type { Configuration } from './offer-draft.ts';
import { rateOf } from './rate.ts';

/** What the buyer will pay for this configuration: the server's own quote, open to its derivation. */
export function OfferPrice({ configuration, percent }: { configuration: Configuration; percent: number | null }) {
  const { t } = useTranslation();
  const rate = rateOf(percent) ?? undefined;
  const quote = useQuery(offerPriceQuery(configuration, rate));
  if (quote.error !== null) return <Failure error={quote.error} onRetry={() => void quote.refetch()} />;
  if (quote.data === undefined) return <span className="soft">{t('product.calculating')}</span>;
  return (
    <div className="field" aria-live="polite">
      <span className="label">{t('offers.buyerPays')}</span>
      <span>
        <Amount money={quote.data.amount} derivation={quote.data.derivation} large testId="offer-amount" />
      </span>
      <PriceParts {...quote.data} names={new Map()} />
    </div>
  );
}
