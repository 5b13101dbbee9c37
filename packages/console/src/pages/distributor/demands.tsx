import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type OwnDemandView, ownDemandsQuery } from '../../api/offers.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { OrderState } from '../../components/state.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { demandStates, parseDemandSearch } from '../../search/sales-params.ts';
import { OfferLink } from '../offers/offer-link.tsx';
import { DemandState, OfferState } from '../offers/offer-state.tsx';
import { WishWords } from '../offers/wish-words.tsx';

/** What a service provider asked sellers for, for its customers (S9-3): from the demand over the offer to the order. */
export function OwnDemandsPage() {
  const { t } = useTranslation();
  const search = parseDemandSearch(useSearch({ strict: false }));
  const demands = useQuery(ownDemandsQuery(search));
  const columns = useColumns();
  return (
    <Page title={t('nav.demands')} tools={<ToMarket />}>
      <p className="soft">{t('offers.demand.ownIntro')}</p>
      <Filters active={search.state !== undefined} names={['state']}>
        <ChoiceFilter
          name="state"
          label={t('order.state')}
          value={search.state}
          choices={demandStates.map((state) => ({ value: state, label: t(`offers.demand.state.${state}.word`) }))}
        />
      </Filters>
      <Loaded query={demands}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(search.state !== undefined ? 'list.noMatch' : 'offers.demand.ownNone')}>
              {search.state === undefined && <ToMarket />}
            </Empty>
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={({ demandId }) => demandId} testId="own-demand-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function ToMarket() {
  const { t } = useTranslation();
  return <ButtonLink to="/">{t('offers.demand.toMarket')}</ButtonLink>;
}

function useColumns(): Column<OwnDemandView>[] {
  const { t } = useTranslation();
  const text = useText();
  return [
    {
      key: 'customer',
      title: t('lives.customer'),
      render: ({ buyerName, accountName }) => (
        <>
          {buyerName}
          <div className="soft mono">{accountName}</div>
        </>
      ),
    },
    {
      key: 'product',
      title: t('checkout.product'),
      render: ({ productName, sellerName }) => (
        <>
          {text(productName)}
          <div className="soft">{sellerName}</div>
        </>
      ),
    },
    {
      key: 'text',
      title: t('offers.demand.text'),
      render: (demand) => (
        <div style={{ maxWidth: 320 }}>
          <WishWords demand={demand} />
          <span className="prose">{demand.text}</span>
        </div>
      ),
    },
    { key: 'state', title: t('order.state'), render: (demand) => <Standing demand={demand} /> },
    { key: 'offer', title: t('offers.demand.offer'), render: (demand) => <Answered demand={demand} /> },
    {
      key: 'order',
      title: t('offers.order'),
      render: ({ order }) =>
        order === null ? (
          <span className="soft">—</span>
        ) : (
          <>
            <OrderState state={order.state} />
            <div className="mono">{order.orderId}</div>
            <Instant at={order.createdAt} />
          </>
        ),
    },
  ];
}

/** Where it stands, until when the seller may answer, and what it said. */
function Standing({ demand: { state, decideBy, decidedBy, comment } }: { demand: OwnDemandView }) {
  const { t } = useTranslation();
  return (
    <>
      <DemandState state={state} />
      {state === 'OPEN' && (
        <div className="soft">
          {t('offers.demand.decideBy')} <Instant at={decideBy} />
        </div>
      )}
      {state === 'REJECTED' && decidedBy === 'system' && <div className="soft">{t('offers.demand.notInTime')}</div>}
      {comment !== null && comment !== '' && <div className="soft">{comment}</div>}
    </>
  );
}

/** The offer that answers it, with the link and QR code to hand on to the customer. */
function Answered({ demand: { offer, accountName } }: { demand: OwnDemandView }) {
  if (offer === null) return <span className="soft">—</span>;
  return (
    <>
      {offer.name} <OfferState state={offer.state} />
      <div>
        <OfferLink offer={offer} accounts={[accountName]} />
      </div>
    </>
  );
}
