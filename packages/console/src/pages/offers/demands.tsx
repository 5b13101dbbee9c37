import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type DemandView, demandsQuery } from '../../api/offers.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { parseDemandSearch } from '../../search/sales-params.ts';
import { DecideDemand } from './demand-decision.tsx';
import { DemandFilters } from './demand-filters.tsx';
import { DemandState } from './offer-state.tsx';
import { WishWords } from './wish-words.tsx';

/** What customers ask for (S-55, C51a): accepted or refused within five days, then answered with an offer. */
export function DemandsPage() {
  const { t } = useTranslation();
  const search = parseDemandSearch(useSearch({ strict: false }));
  const demands = useQuery(demandsQuery(search));
  const columns = useColumns();
  return (
    <Page title={t('nav.demands')}>
      <DemandFilters state={search.state} />
      <Loaded query={demands}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(search.state !== undefined ? 'list.noMatch' : 'offers.demand.none')} />
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={({ demandId }) => demandId} testId="demand-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<DemandView>[] {
  const { t } = useTranslation();
  const text = useText();
  return [
    {
      key: 'customer',
      title: t('lives.customer'),
      render: ({ buyerName, accountName, distributorName }) => (
        <>
          {buyerName}
          <div className="soft mono">{accountName}</div>
          {distributorName !== null && (
            <div className="soft" data-testid="demand-partner">
              {t('offers.demand.by', { name: distributorName })}
            </div>
          )}
        </>
      ),
    },
    { key: 'product', title: t('checkout.product'), render: ({ productName }) => text(productName) },
    {
      key: 'text',
      title: t('offers.demand.text'),
      render: (demand) => (
        <div style={{ maxWidth: 360 }}>
          <WishWords demand={demand} />
          <span className="prose">{demand.text}</span>
          {demand.comment !== null && demand.comment !== '' && <div className="soft">{demand.comment}</div>}
        </div>
      ),
    },
    { key: 'state', title: t('order.state'), render: ({ state }) => <DemandState state={state} /> },
    {
      key: 'until',
      title: t('offers.demand.decideBy'),
      render: ({ state, decideBy }) => (state === 'OPEN' ? <Instant at={decideBy} /> : <span className="soft">—</span>),
    },
    {
      key: 'action',
      title: t('list.action'),
      render: (demand) => (
        <span className="row">
          <DecideDemand demand={demand} />
          {demand.state === 'ACCEPTED' && demand.offerId === null && <Answer demand={demand} />}
          {demand.offerId !== null && <span className="soft">{t('offers.demand.answered')}</span>}
        </span>
      ),
    },
  ];
}

/** An accepted demand leads to an offer that is already addressed. */
function Answer({ demand }: { demand: DemandView }) {
  const { t } = useTranslation();
  const { goodsId, buyerId, accountName, demandId, distributorId, specificationId, rate } = demand;
  const wish = {
    ...(distributorId === null ? {} : { distributorId }),
    ...(specificationId === null ? {} : { specificationId }),
    ...(rate === null ? {} : { rate }),
  };
  return (
    <ButtonLink
      size="small"
      color="primary"
      variant="solid"
      to="/seller/offers/new"
      search={{ goodsId, buyerId, accountName, demandId, ...wish }}
      data-testid="answer-demand"
    >
      {t('offers.demand.makeOffer')}
    </ButtonLink>
  );
}
