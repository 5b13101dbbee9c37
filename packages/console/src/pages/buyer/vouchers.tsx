import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type MyVoucherView, myOffersQuery, myVouchersQuery } from '../../api/offers.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { StateFilter } from '../../components/filters.tsx';
import { OrderLink } from '../../components/links.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { useText } from '../../i18n/text.ts';
import { myVoucherStates } from '../../search/sales-params.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { MyVoucherState, OfferState } from '../offers/offer-state.tsx';
import { OfferItems } from '../offers/offer-words.tsx';
import { VoucherItems } from '../offers/voucher-items.tsx';

const route = getRouteApi('/vouchers');

/** The buyer's vouchers and private offers: what each takes off, of what, until when, used where. */
export function MyVouchersPage() {
  const { t } = useTranslation();
  const { state } = route.useSearch();
  const vouchers = useQuery(myVouchersQuery);
  const columns = useColumns();
  return (
    <Page title={t('nav.vouchers')}>
      <MyOffers />
      <StateFilter value={state} states={myVoucherStates} word={(one) => t(`offers.mine.state.${one}.word`)} />
      <Loaded query={vouchers}>
        {({ items }) => {
          const shown = items.filter((voucher) => state === undefined || voucher.state === state);
          return shown.length === 0 ? (
            <Empty sentence={t(state === undefined ? 'offers.mine.none' : 'list.noMatch')}>
              <Link to="/">{t('checkout.browse')}</Link>
            </Empty>
          ) : (
            <Rows rows={shown} columns={columns} rowKey={({ voucherId }) => voucherId} testId="my-voucher-row" />
          );
        }}
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<MyVoucherView>[] {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return [
    {
      key: 'worth',
      title: t('offers.voucher.faceValue'),
      render: ({ faceValue, minimumSpend, name }) => (
        <div className="product-cell">
          <strong>
            <Amount money={faceValue} />
          </strong>{' '}
          {name}
          <div className="soft">
            {minimumSpend === null
              ? t('offers.mine.anySum')
              : t('offers.mine.from', { amount: formatMoney(minimumSpend, language) })}
          </div>
        </div>
      ),
    },
    { key: 'state', title: t('order.state'), render: ({ state }) => <MyVoucherState state={state} /> },
    { key: 'items', title: t('offers.items'), render: (voucher) => <VoucherItems voucher={voucher} /> },
    { key: 'seller', title: t('product.seller'), render: ({ sellerName }) => sellerName },
    {
      key: 'validity',
      title: t('offers.validity'),
      render: ({ validFrom, validTo }) => (
        <>
          <Instant at={validFrom} />
          <br />– <Instant at={validTo} />
        </>
      ),
    },
    { key: 'action', title: t('offers.mine.useAt'), render: (voucher) => <Where voucher={voucher} /> },
  ];
}

/** Where it can be used, or where it was. */
function Where({ voucher: { state, orderId, items } }: { voucher: MyVoucherView }) {
  const { t } = useTranslation();
  const text = useText();
  const [first] = items;
  if (orderId !== null) return <OrderLink id={orderId} />;
  if (state === 'EXPIRED' || first === undefined) return <span className="soft">—</span>;
  return (
    <Link to="/products/$goodsId" params={{ goodsId: first.goodsId }} search={{}} aria-label={text(first.productName)}>
      {t('offers.mine.goTo')}
    </Link>
  );
}

/** Private offers that sellers made to this buyer. */
function MyOffers() {
  const { t } = useTranslation();
  const offers = useQuery(myOffersQuery()).data?.items ?? [];
  if (offers.length === 0) return null;
  return (
    <Panel title={t('offers.mine.offers')}>
      <ul className="plain-list vouchers">
        {offers.map((offer) => (
          <li key={offer.offerId} className="between" data-testid="my-offer">
            <div>
              <OfferName link={offer.link} name={offer.name} /> <OfferState state={offer.state} />
              <OfferItems items={offer.items} />
            </div>
            <span className="soft">
              {offer.sellerName} · {t('offers.mine.until')} <Instant at={offer.validTo} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OfferName({ link, name }: { link: string | null; name: string }) {
  const token = link?.split('/').at(-1);
  if (token === undefined) return <strong>{name}</strong>;
  return (
    <Link to="/offers/$token" params={{ token }}>
      <strong>{name}</strong>
    </Link>
  );
}
