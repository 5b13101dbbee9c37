import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type OfferView, offersQuery } from '../../api/offers.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { StateFilter } from '../../components/filters.tsx';
import { OrderLink, useBase } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager, useSearchChange } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { TabList } from '../../components/tab-list.tsx';
import { Instant } from '../../components/values.tsx';
import { offerStates, parseOfferSearch } from '../../search/sales-params.ts';
import { DecideOffer } from './offer-decision.tsx';
import { OfferLink } from './offer-link.tsx';
import { OfferState } from './offer-state.tsx';
import { OfferItems } from './offer-words.tsx';
import { WithdrawOffer } from './withdraw-offer.tsx';

/** Private offers (S-54): a seller makes and withdraws them, the operator approves those outside the free range (C52). */
export function OffersPage() {
  const { t } = useTranslation();
  const operator = useBase() === 'operator';
  const search = parseOfferSearch(useSearch({ strict: false }));
  const offers = useQuery(offersQuery(operator ? { ...search, state: search.state ?? waiting } : search));
  const columns = useColumns(operator);
  const list = (
    <Loaded query={offers}>
      {(page) =>
        page.items.length === 0 ? (
          <Empty
            sentence={t(
              search.state !== undefined ? 'list.noMatch' : operator ? 'offers.noneToApprove' : 'offers.none',
            )}
          />
        ) : (
          <>
            <Rows rows={page.items} columns={columns} rowKey={({ offerId }) => offerId} testId="offer-row" />
            <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
          </>
        )
      }
    </Loaded>
  );
  return (
    <Page
      title={t(operator ? 'nav.offerApprovals' : 'nav.offers')}
      tools={
        operator ? undefined : (
          <span className="row">
            <ButtonLink
              color="primary"
              variant="solid"
              to="/seller/offers/new"
              search={{}}
              data-testid="new-product-quote"
            >
              {t('offers.new.PRODUCT')}
            </ButtonLink>
            <ButtonLink
              to="/seller/offers/new"
              search={{ kind: 'CONFIGURATION' }}
              data-testid="new-configuration-quote"
            >
              {t('offers.new.CONFIGURATION')}
            </ButtonLink>
          </span>
        )
      }
    >
      {operator ? (
        <WorkFilter state={search.state ?? waiting}>{list}</WorkFilter>
      ) : (
        <>
          <StateFilter value={search.state} states={offerStates} word={(state) => t(`offers.state.${state}.word`)} />
          {list}
        </>
      )}
    </Page>
  );
}

/** What an operator comes for. */
const waiting = 'IN_APPROVAL';

/** The operator's list is one of work: one state at a time, what waits first. */
function WorkFilter({ state, children }: { state: OfferView['state']; children: ReactNode }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const states = [waiting, ...offerStates.filter((one) => one !== waiting && one !== 'DRAFT')] as const;
  return (
    <TabList
      name={t('order.state')}
      tabs={states.map((key) => ({ key, label: t(`offers.state.${key}.word`) }))}
      active={state}
      onChange={(next) => change({ state: next === waiting ? undefined : next, cursor: undefined })}
    >
      {children}
    </TabList>
  );
}

function useColumns(operator: boolean): Column<OfferView>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      title: t('offers.name'),
      render: (offer) => (
        <div className="product-cell">
          <strong>{offer.name}</strong>
          <div className="soft">{t(`offers.kind.${offer.kind}`)}</div>
          {offer.exempt && <div className="soft">{t('offers.exemptShort')}</div>}
        </div>
      ),
    },
    { key: 'state', title: t('order.state'), render: (offer) => <StateCell offer={offer} /> },
    ...(operator ? [{ key: 'seller', title: t('lives.seller'), render: (offer: OfferView) => offer.sellerName }] : []),
    {
      key: 'buyers',
      title: t('offers.buyers'),
      render: ({ buyers }) => (
        <ul className="plain-list">
          {buyers.map(({ buyerId, accountName }) => (
            <li key={buyerId}>{accountName}</li>
          ))}
        </ul>
      ),
    },
    { key: 'items', title: t('offers.items'), render: ({ items }) => <OfferItems items={items} /> },
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
    {
      key: 'order',
      title: t('offers.order'),
      render: ({ orderId }) => (orderId === null ? <span className="soft">—</span> : <OrderLink id={orderId} />),
    },
    {
      key: 'action',
      title: t('list.action'),
      render: (offer) =>
        operator ? (
          <DecideOffer offer={offer} />
        ) : (
          <span className="row">
            <OfferLink offer={offer} accounts={offer.buyers.map(({ accountName }) => accountName)} />
            <WithdrawOffer offer={offer} />
          </span>
        ),
    },
  ];
}

/** The state, and what the operator said. */
function StateCell({ offer }: { offer: OfferView }) {
  return (
    <>
      <OfferState state={offer.state} />
      {offer.comment !== null && offer.comment !== '' && <div className="soft">{offer.comment}</div>}
    </>
  );
}
