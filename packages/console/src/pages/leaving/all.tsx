import type { LeavingView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { leavingsQuery } from '../../api/leaving.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { StateFilter } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { leavingStates, parseLeavingSearch } from '../../search/leaving-params.ts';
import { LeavingState } from './parts.tsx';

/** Sellers that want to leave the marketplace (S4-7), newest first. */
export function LeavingsPage() {
  const { t } = useTranslation();
  const search = parseLeavingSearch(useSearch({ strict: false }));
  const leavings = useQuery(leavingsQuery(search));
  const columns: Column<LeavingView>[] = [
    {
      key: 'seller',
      title: t('settlement.column.seller'),
      render: ({ leavingId, sellerName, sellerId }) => (
        <>
          <Link to="/operator/leavings/$leavingId" params={{ leavingId }}>
            {sellerName}
          </Link>
          <div className="soft mono">{sellerId}</div>
        </>
      ),
    },
    { key: 'reason', title: t('lives.reason'), render: ({ reason }) => <span className="prose">{reason}</span> },
    { key: 'at', title: t('leaving.askedAt'), render: ({ askedAt }) => <Instant at={askedAt} /> },
    { key: 'state', title: t('order.state'), render: ({ state }) => <LeavingState state={state} /> },
  ];
  return (
    <Page title={t('nav.leavings')}>
      <p className="soft">{t('leaving.allIntro')}</p>
      <StateFilter value={search.state} states={leavingStates} word={(state) => t(`leaving.state.${state}.word`)} />
      <Loaded query={leavings}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(search.state === undefined ? 'leaving.none' : 'list.noMatch')} />
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={({ leavingId }) => leavingId} testId="leaving-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
