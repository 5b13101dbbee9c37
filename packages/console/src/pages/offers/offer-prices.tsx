import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type MyOfferView, orderQuoteQuery } from '../../api/offers.ts';
import { Amount, Derivation } from '../../components/values.tsx';
import type { Wanted } from '../buyer/order-quote.ts';
import { PriceParts } from '../buyer/price-parts.tsx';
import { lineOf } from '../buyer/purchase.ts';
import { OfferItems } from './offer-words.tsx';

/** A configuration quote with its price, each step of it. Asked only while the offer can be used. */
export function OfferPrices({ offer }: { offer: MyOfferView }) {
  const { t } = useTranslation();
  const wanted: Wanted = {
    offerId: offer.offerId,
    lines: offer.items.map(({ priceItemId, quantity, periodNumber, vcpus }) =>
      lineOf({
        priceItemId: priceItemId ?? '',
        quantity: quantity ?? undefined,
        periodNumber: periodNumber ?? undefined,
        vcpus: vcpus ?? undefined,
      }),
    ),
  };
  const price = useQuery({ ...orderQuoteQuery(wanted, undefined), enabled: offer.state === 'VALID', retry: false });
  return (
    <div className="stack">
      <OfferItems items={offer.items} />
      {price.data !== undefined && (
        <>
          <Amount money={price.data.amount} large testId="amount" />
          <PriceParts {...price.data} names={new Map([[offer.offerId, offer.name]])} />
          <details>
            <summary>{t('common.derivation')}</summary>
            {price.data.quotes.map((quote) => (
              <Derivation key={quote.priceItemId} steps={quote.derivation} />
            ))}
          </details>
        </>
      )}
    </div>
  );
}
