import type { ProductView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { myOffersQuery } from '../../api/offers.ts';
import { metaQuery, sessionQuery } from '../../api/queries.ts';
import type { PurchaseSearch } from '../../search/params.ts';
import { may } from '../../shell/areas.ts';
import { BuyButton } from './buy-button.tsx';
import { Chooser } from './chooser.tsx';
import { ClaimVouchers } from './claim-vouchers.tsx';
import { DemandDialog } from './demand-dialog.tsx';
import { type Applicable, applicableOffers, chosenOffer } from './my-offers.ts';
import { OfferChoice } from './offer-choice.tsx';
import { PriceNow } from './price-now.tsx';
import { isAllowed, purchaseOf } from './purchase.ts';
import { QuantityFields } from './quantity-fields.tsx';
import { chooseOffer, type Offer, withoutHidden } from './selection.ts';
import { ServerFields } from './server-fields.tsx';
import { SharedDemandDialog, type SharedDemandProps } from './shared-demand-dialog.tsx';
import { TrialButton } from './trial-button.tsx';
import { UsageTerms } from './usage-terms.tsx';

const route = getRouteApi('/products/$goodsId');

/** Choose, see the price, buy. The choice lives in the URL, so that a link shows the same offer. */
export function BuyBox({ product }: { product: ProductView }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const shown = withoutHidden(product, search);
  const offer = chooseOffer(shown, search);
  if (offer === undefined) return <div className="panel">{t('product.nothingToBuy')}</div>;
  return <Chosen product={shown} offer={offer} search={search} />;
}

function Chosen({ product, offer, search }: { product: ProductView; offer: Offer; search: PurchaseSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const purchase = purchaseOf(offer, search);
  const found = useMyOffers(product.goodsId, offer);
  const offers = found ?? [];
  const mine = chosenOffer(offers, search.offerId);
  const change = (next: Partial<PurchaseSearch>): void =>
    void navigate({ to: '.', search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false });
  return (
    <section className="panel stack buy-box" aria-label={t('product.choose')}>
      <Chooser
        product={product}
        offer={offer}
        onChoose={(next) =>
          change({ priceItemId: next.price.priceItemId, specificationId: next.specification.specificationId })
        }
      />
      <QuantityFields
        attribute={offer.specification.linearAttribute}
        periodType={offer.price.periodType}
        quantity={purchase.quantity}
        periodNumber={purchase.periodNumber}
        onChange={change}
      />
      {purchase.vcpus !== undefined && <ServerFields vcpus={purchase.vcpus} onChange={change} />}
      <ClaimVouchers goodsId={product.goodsId} />
      <OfferChoice applicable={offers} chosen={mine} onChange={(offerId) => change({ offerId })} />
      <PriceNow
        purchase={purchase}
        offer={mine?.offer}
        allowed={isAllowed(offer, purchase)}
        ready={found !== undefined}
      />
      <UsageTerms offer={offer} />
      <BuyButton
        product={product}
        offer={offer}
        purchase={purchase}
        offerId={mine === undefined ? search.offerId : mine.offer.offerId}
        distributorId={search.distributorId}
      />
      <TrialButton
        specification={offer.specification}
        wanted={{ goodsId: product.goodsId, skuCode: offer.sku.skuCode, quantity: purchase.quantity }}
      />
      <AskForOffer product={product} />
      <AskForCustomer
        product={product}
        specification={offer.specification}
        quantity={offer.specification.linearAttribute === null ? null : (purchase.quantity ?? null)}
      />
    </section>
  );
}

/** Large or special orders: the seller is asked for a price (C51a). */
function AskForOffer({ product }: { product: ProductView }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const [open, setOpen] = useState(false);
  if (!may(session, 'offer.use')) return null;
  return (
    <div>
      <Button type="link" size="small" onClick={() => setOpen(true)} style={{ padding: 0 }} data-testid="ask-seller">
        {t('offers.demand.ask')}
      </Button>
      {open && <DemandDialog product={product} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** A service provider asks for its customer (S9-3). */
function AskForCustomer(props: Pick<SharedDemandProps, 'product' | 'specification' | 'quantity'>) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const [open, setOpen] = useState(false);
  if (!may(session, 'demand.share')) return null;
  return (
    <div>
      <Button onClick={() => setOpen(true)} data-testid="ask-for-customer">
        {t('offers.demand.forCustomer')}
      </Button>
      {open && <SharedDemandDialog {...props} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** The reader's own offers for this specification, the best first; none for a visitor, undefined while they are asked for. */
function useMyOffers(goodsId: string, { specification: { specificationId } }: Offer): Applicable[] | undefined {
  const session = useQuery(sessionQuery).data;
  const now = useQuery(metaQuery).data?.now;
  const buys = may(session, 'offer.use');
  const offers = useQuery({ ...myOffersQuery(goodsId), enabled: buys });
  if (session === undefined || now === undefined || (buys && offers.isPending)) return undefined;
  return applicableOffers(offers.data?.items ?? [], { goodsId, specificationId }, new Date(now));
}
