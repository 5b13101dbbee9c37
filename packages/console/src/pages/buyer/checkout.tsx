import type { OrderView, ProductView, QuoteView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createOrder } from '../../api/endpoints.ts';
import { hasCode } from '../../api/problem.ts';
import { orderQuery, productQuery, quoteQuery } from '../../api/queries.ts';
import { type Draft, draftOf } from '../../components/draft.ts';
import { Empty, Failure, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { Derivation } from '../../components/values.tsx';
import { formatPeriods } from '../../format/period.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { type Purchase, purchaseOf } from './buy-box.tsx';
import { type ConfirmedOrder, ConfirmForm } from './confirm-form.tsx';
import { chooseOffer, type Offer, renewablePeriod } from './selection.ts';

const route = getRouteApi('/checkout');

/** Order confirmation (B-20 … B-29): what, what the seller asks, price parts, agreements, submit. */
export function CheckoutPage() {
  const { t } = useTranslation();
  const { goodsId } = route.useSearch();
  return (
    <Page title={t('checkout.title')}>
      {goodsId === undefined ? (
        <Empty sentence={t('checkout.nothing')}>
          <Link to="/">{t('checkout.browse')}</Link>
        </Empty>
      ) : (
        <Checkout goodsId={goodsId} />
      )}
    </Page>
  );
}

function Checkout({ goodsId }: { goodsId: string }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const product = useQuery(productQuery(goodsId));
  return (
    <Loaded query={product}>
      {(found) => {
        const offer = chooseOffer(found, search.priceItemId);
        if (offer === undefined) return <Empty sentence={t('product.nothingToBuy')} />;
        return <PricedCheckout product={found} offer={offer} purchase={purchaseOf(offer, search)} />;
      }}
    </Loaded>
  );
}

interface PricedProps {
  readonly product: ProductView;
  readonly offer: Offer;
  readonly purchase: Purchase;
}

function PricedCheckout({ product, offer, purchase }: PricedProps) {
  const quote = useQuery(quoteQuery(purchase));
  const draft = useMemo(() => draftOf(`order.${product.goodsId}`), [product.goodsId]);
  const submit = useSubmit(purchase, draft, () => void quote.refetch());
  return (
    <Loaded query={quote}>
      {(price) => (
        <div className="split">
          <div className="stack">
            <What product={product} offer={offer} quote={price} />
            <PriceParts quote={price} />
          </div>
          <div className="stack buy-box">
            {submit.error !== null && <Failure error={submit.error} />}
            <ConfirmForm
              product={product}
              amount={price.amount}
              period={renewablePeriod(offer, price)}
              draft={draft}
              busy={submit.isPending || quote.isFetching}
              onSubmit={(confirmed) => submit.mutate({ ...confirmed, expectedAmount: price.amount.amount })}
            />
          </div>
        </div>
      )}
    </Loaded>
  );
}

/** Creates the order and leads on to its payment. A price that changed meanwhile is said and loaded anew (B-29). */
function useSubmit(purchase: Purchase, draft: Draft, reloadPrice: () => void) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({
      parameters,
      autoRenew,
      expectedAmount,
    }: ConfirmedOrder & { expectedAmount: string }): Promise<OrderView> =>
      createOrder({
        lines: [
          {
            priceItemId: purchase.priceItemId,
            ...(purchase.quantity === undefined ? {} : { quantity: purchase.quantity }),
            ...(purchase.periodNumber === undefined ? {} : { periodNumber: purchase.periodNumber }),
            parameters,
            autoRenew,
          },
        ],
        expectedAmount,
        agreementsAccepted: true,
      }),
    onSuccess: async (order) => {
      draft.forget();
      queryClient.setQueryData(orderQuery(order.orderId).queryKey, order);
      void queryClient.invalidateQueries({ queryKey: ['orders'] });
      await navigate({ to: '/orders/$orderId/pay', params: { orderId: order.orderId }, replace: true });
    },
    onError: (error) => {
      if (hasCode(error, 'PRICE_CHANGED')) reloadPrice();
    },
  });
}

function What({ product, offer, quote }: { product: ProductView; offer: Offer; quote: QuoteView }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  const attribute = offer.specification.linearAttribute;
  return (
    <Panel title={t('checkout.what')}>
      <dl className="facts">
        <Pair
          term={t('checkout.product')}
          value={
            <Link
              to="/products/$goodsId"
              params={{ goodsId: product.goodsId }}
              search={{ priceItemId: quote.priceItemId }}
            >
              {text(product.name)}
            </Link>
          }
        />
        <Pair term={t('product.seller')} value={product.sellerName} />
        <Pair term={t('product.specification')} value={text(offer.specification.name)} />
        {offer.sku.attributes.map((one) => (
          <Pair key={one.code} term={text(one.name)} value={text(one.value)} />
        ))}
        {attribute !== null && <Pair term={text(attribute.name)} value={`${quote.quantity} ${text(attribute.unit)}`} />}
        {quote.periodType !== null && quote.periodNumber !== null && (
          <Pair term={t('product.duration')} value={formatPeriods(quote.periodNumber, quote.periodType, language)} />
        )}
        <Pair term={t('product.charging')} value={t(`charging.${offer.specification.chargingMode}`)} />
      </dl>
      {product.supervised && <p className="soft">{t('product.supervised')}</p>}
    </Panel>
  );
}

function PriceParts({ quote }: { quote: QuoteView }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('checkout.parts')}>
      <Derivation steps={quote.derivation} />
    </Panel>
  );
}
