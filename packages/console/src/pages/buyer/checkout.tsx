import { useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type MyOfferView, myOffersQuery } from '../../api/offers.ts';
import { productQuery } from '../../api/queries.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { Checkout, type CheckoutLine } from './checkout-order.tsx';
import { noOffer } from './my-offers.ts';
import { purchaseOf } from './purchase.ts';
import { chooseOffer, withoutHidden } from './selection.ts';

const route = getRouteApi('/checkout');

/** Order confirmation (B-20 … B-30): one product as it was chosen, or everything that a configuration quote fixes. */
export function CheckoutPage() {
  const { t } = useTranslation();
  const { goodsId, offerId } = route.useSearch();
  return (
    <Page title={t('checkout.title')}>
      {goodsId !== undefined ? (
        <OfProduct goodsId={goodsId} />
      ) : offerId !== undefined ? (
        <OfQuote offerId={offerId} />
      ) : (
        <Nothing />
      )}
    </Page>
  );
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <Empty sentence={t('checkout.nothing')}>
      <Link to="/">{t('checkout.browse')}</Link>
    </Empty>
  );
}

function OfProduct({ goodsId }: { goodsId: string }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const product = useQuery(productQuery(goodsId));
  const wanted = search.offerId === noOffer ? undefined : search.offerId;
  const offers = useQuery({ ...myOffersQuery(goodsId), enabled: wanted !== undefined }).data?.items ?? [];
  return (
    <Loaded query={product}>
      {(found) => {
        const offer = chooseOffer(withoutHidden(found, search), search);
        if (offer === undefined) return <Empty sentence={t('product.nothingToBuy')} />;
        return (
          <Checkout
            lines={[{ product: found, offer, purchase: purchaseOf(offer, search) }]}
            quote={offers.find(({ offerId }) => offerId === wanted)}
            offerId={wanted}
            distributorId={search.distributorId}
          />
        );
      }}
    </Loaded>
  );
}

function OfQuote({ offerId }: { offerId: string }) {
  const { t } = useTranslation();
  const offers = useQuery(myOffersQuery());
  return (
    <Loaded query={offers}>
      {({ items }) => {
        const quote = items.find((one) => one.offerId === offerId);
        if (quote === undefined || quote.kind !== 'CONFIGURATION') return <Empty sentence={t('offers.byLink.gone')} />;
        return <Configuration quote={quote} />;
      }}
    </Loaded>
  );
}

/** The lines of a configuration quote: everything is fixed, nothing is chosen. */
function Configuration({ quote }: { quote: MyOfferView }) {
  const { t } = useTranslation();
  const products = useQueries({ queries: quote.items.map(({ goodsId }) => productQuery(goodsId)) });
  const failed = products.find(({ error }) => error !== null) ?? products.find(({ data }) => data === undefined);
  if (failed !== undefined) return <Loaded query={failed}>{() => null}</Loaded>;
  const lines = quote.items.flatMap((item, place): CheckoutLine[] => {
    const product = products[place]?.data;
    const priceItemId = item.priceItemId ?? undefined;
    const offer = product === undefined ? undefined : chooseOffer(product, { priceItemId });
    if (product === undefined || offer === undefined) return [];
    const purchase = {
      priceItemId: offer.price.priceItemId,
      quantity: item.quantity ?? undefined,
      periodNumber: item.periodNumber ?? undefined,
      vcpus: item.vcpus ?? undefined,
    };
    return [{ product, offer, purchase }];
  });
  if (lines.length === 0) return <Empty sentence={t('product.nothingToBuy')} />;
  return <Checkout lines={lines} quote={quote} offerId={quote.offerId} distributorId={undefined} />;
}
