import type { ProductView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { useText } from '../../i18n/text.ts';
import type { PurchaseSearch } from '../../search/params.ts';
import { may } from '../../shell/areas.ts';
import { Chooser } from './chooser.tsx';
import { PriceNow } from './price-now.tsx';
import { QuantityFields } from './quantity-fields.tsx';
import { chooseOffer, isAllowedQuantity, isOnSale, type Offer } from './selection.ts';
import { TrialButton } from './trial-button.tsx';

const route = getRouteApi('/products/$goodsId');

/** Choose, see the price, buy. The choice lives in the URL, so that a link shows the same offer. */
export function BuyBox({ product }: { product: ProductView }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = useNavigate();
  const offer = chooseOffer(product, search.priceItemId);
  if (offer === undefined) return <div className="panel">{t('product.nothingToBuy')}</div>;

  const purchase = purchaseOf(offer, search);
  const change = (next: Partial<PurchaseSearch>): void =>
    void navigate({ to: '.', search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false });
  return (
    <section className="panel stack buy-box" aria-label={t('product.choose')}>
      <Chooser product={product} offer={offer} onChoose={(next) => change({ priceItemId: next.price.priceItemId })} />
      <QuantityFields
        attribute={offer.specification.linearAttribute}
        periodType={offer.price.periodType}
        quantity={purchase.quantity}
        periodNumber={purchase.periodNumber}
        onChange={change}
      />
      <PriceNow purchase={purchase} allowed={isAllowed(offer, purchase)} />
      <BuyButton product={product} offer={offer} purchase={purchase} />
      <TrialButton
        specification={offer.specification}
        wanted={{ goodsId: product.goodsId, skuCode: offer.sku.skuCode, quantity: purchase.quantity }}
      />
    </section>
  );
}

/** What the URL asks for, completed: the minimum quantity and one period where nothing was chosen. */
export function purchaseOf(offer: Offer, search: PurchaseSearch) {
  const attribute = offer.specification.linearAttribute;
  return {
    priceItemId: offer.price.priceItemId,
    quantity: attribute === null ? undefined : (search.quantity ?? attribute.minimum),
    periodNumber: offer.price.periodType === null ? undefined : (search.periodNumber ?? 1),
  };
}

export type Purchase = ReturnType<typeof purchaseOf>;

function isAllowed(offer: Offer, purchase: Purchase): boolean {
  const attribute = offer.specification.linearAttribute;
  return attribute === null || isAllowedQuantity(attribute, purchase.quantity ?? 0);
}

/** Buy now, or why not (console.md: "Why not?" is always answered). */
function BuyButton({ product, offer, purchase }: { product: ProductView; offer: Offer; purchase: Purchase }) {
  const { t } = useTranslation();
  const text = useText();
  const navigate = useNavigate();
  const session = useQuery(sessionQuery).data;
  const signedIn = session != null;
  const reason = !isOnSale(offer)
    ? t('product.why.stopped')
    : !isAllowed(offer, purchase)
      ? t('product.why.quantity')
      : product.blockedBy !== null && (signedIn || product.blockedBy.code !== 'UNAUTHENTICATED')
        ? text(product.blockedBy.message)
        : signedIn && !may(session, 'order.create')
          ? t('product.why.role')
          : null;
  const search = { goodsId: product.goodsId, ...purchase };
  return (
    <div className="stack stack--tight">
      <Button
        type="primary"
        size="large"
        block
        disabled={reason !== null}
        aria-describedby={reason === null ? undefined : 'why-not-buy'}
        onClick={() => void navigate({ to: '/checkout', search })}
        data-testid="buy-now"
      >
        {t('product.buy')}
      </Button>
      {reason !== null && (
        <p id="why-not-buy" className="soft" data-testid="why-not">
          {reason}
        </p>
      )}
    </div>
  );
}
