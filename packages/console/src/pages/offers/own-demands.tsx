import type { Page as ListPage } from '@jishi/marketplace/console-api';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { myDemandsQuery, type OwnDemandView, ownDemandsQuery } from '../../api/offers.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { OrderLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { OrderState } from '../../components/state.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { type DemandSearch, parseDemandSearch } from '../../search/sales-params.ts';
import { OfferLink } from '../offers/offer-link.tsx';
import { DemandState, OfferState } from '../offers/offer-state.tsx';
import { WishWords } from '../offers/wish-words.tsx';
import { DemandFilters } from './demand-filters.tsx';

/** What a service provider asked sellers for, for its customers (S9-3): from the demand over the offer to the order. */
export function SharedDemandsPage() {
  const { t } = useTranslation();
  const demands = useQuery(ownDemandsQuery(useDemandSearch()));
  const words = {
    title: t('nav.demands'),
    intro: t('offers.demand.ownIntro'),
    none: t('offers.demand.ownNone'),
  };
  return (
    <Demands
      demands={demands}
      words={words}
      columns={[useCustomer(), ...useColumns({ Offer: SharedOffer, Ordered: OrderOfCustomer, tellsBy: false })]}
    />
  );
}

/** What a buyer asked sellers for, or a service provider for it (C51a, S9-3). */
export function MyDemandsPage() {
  const { t } = useTranslation();
  const demands = useQuery(myDemandsQuery(useDemandSearch()));
  const words = {
    title: t('nav.myDemands'),
    intro: t('offers.demand.mineIntro'),
    none: t('offers.demand.mineNone'),
  };
  return (
    <Demands
      demands={demands}
      words={words}
      columns={useColumns({ Offer: OfferToMe, Ordered: OwnOrder, tellsBy: true })}
    />
  );
}

const useDemandSearch = (): DemandSearch => parseDemandSearch(useSearch({ strict: false }));

interface DemandsProps {
  readonly demands: UseQueryResult<ListPage<OwnDemandView>>;
  readonly words: { readonly title: string; readonly intro: string; readonly none: string };
  readonly columns: Column<OwnDemandView>[];
}

function Demands({ demands, words, columns }: DemandsProps) {
  const { t } = useTranslation();
  const search = useDemandSearch();
  return (
    <Page title={words.title} tools={<ToMarket />}>
      <p className="soft">{words.intro}</p>
      <DemandFilters state={search.state} />
      <Loaded query={demands}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={search.state !== undefined ? t('list.noMatch') : words.none}>
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

function useCustomer(): Column<OwnDemandView> {
  const { t } = useTranslation();
  return {
    key: 'customer',
    title: t('lives.customer'),
    render: ({ buyerName, accountName }) => (
      <>
        {buyerName}
        <div className="soft mono">{accountName}</div>
      </>
    ),
  };
}

type Part = ComponentType<{ demand: OwnDemandView }>;

interface Parts {
  /** the offer that answers it */
  readonly Offer: Part;
  /** what came of it */
  readonly Ordered: Part;
  /** names the service provider who asked */
  readonly tellsBy: boolean;
}

function useColumns({ Offer, Ordered, tellsBy }: Parts): Column<OwnDemandView>[] {
  const { t } = useTranslation();
  const text = useText();
  return [
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
          {tellsBy && demand.distributorName !== null && (
            <div className="soft">{t('offers.demand.by', { name: demand.distributorName })}</div>
          )}
        </div>
      ),
    },
    { key: 'state', title: t('order.state'), render: (demand) => <Standing demand={demand} /> },
    { key: 'offer', title: t('offers.demand.offer'), render: (demand) => <Offer demand={demand} /> },
    { key: 'order', title: t('offers.order'), render: (demand) => <Ordered demand={demand} /> },
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
          {t('offers.demand.answerBy')} <Instant at={decideBy} />
        </div>
      )}
      {state === 'REJECTED' && decidedBy === 'system' && <div className="soft">{t('offers.demand.notInTime')}</div>}
      {comment !== null && comment !== '' && <div className="soft">{comment}</div>}
    </>
  );
}

/** The offer that answers it, with the link and QR code to hand on to the customer. */
function SharedOffer({ demand: { offer, accountName } }: { demand: OwnDemandView }) {
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

/** Of the customer's order the provider knows the state, not the page. */
function OrderOfCustomer({ demand: { order } }: { demand: OwnDemandView }) {
  if (order === null) return <span className="soft">—</span>;
  return (
    <>
      <OrderState state={order.state} />
      <div className="mono">{order.orderId}</div>
      <Instant at={order.createdAt} />
    </>
  );
}

function OfferToMe({ demand: { offer } }: { demand: OwnDemandView }) {
  const { t } = useTranslation();
  if (offer === null) return <span className="soft">—</span>;
  const token = offer.link?.split('/').at(-1);
  return (
    <>
      {offer.name} <OfferState state={offer.state} />
      {token !== undefined && (
        <div>
          <Link to="/offers/$token" params={{ token }} data-testid="order-by-it">
            {t('offers.demand.orderByIt')}
          </Link>
        </div>
      )}
    </>
  );
}

function OwnOrder({ demand: { order } }: { demand: OwnDemandView }) {
  if (order === null) return <span className="soft">—</span>;
  return (
    <>
      <OrderState state={order.state} />
      <div>
        <OrderLink id={order.orderId} />
      </div>
      <Instant at={order.createdAt} />
    </>
  );
}
