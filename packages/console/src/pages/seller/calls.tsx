import type { SellerCallView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { callsQuery } from '../../api/queries.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { CallLink, OrderLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { CallState } from '../../components/state.tsx';
import { Instant } from '../../components/values.tsx';
import { formatDuration } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { isFiltered, parseCallSearch } from '../../search/params.ts';
import { useActivityName } from './activities.ts';
import { CallFilters } from './call-filters.tsx';
import { CallRowDetails } from './call-row-details.tsx';

/** Calls settle within seconds or wait for hours; this keeps a list that is being watched fresh without load. */
const refreshMs = 10_000;

/** Production-interface messages (S-26, S-27): every call to the seller, good or bad. */
export function CallsPage() {
  const { t } = useTranslation();
  const search = parseCallSearch(useSearch({ strict: false }));
  const calls = useQuery({ ...callsQuery(search), refetchInterval: refreshMs });
  return (
    <Page title={t('nav.calls')}>
      <CallFilters search={search} />
      <Loaded query={calls}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'call.noneYet')} />
          ) : (
            <>
              <CallRows calls={page.items} />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function CallRows({ calls }: { calls: readonly SellerCallView[] }) {
  const { t } = useTranslation();
  const text = useText();
  const activityName = useActivityName();
  const columns: Column<SellerCallView>[] = [
    {
      key: 'time',
      title: t('call.time'),
      render: (call) => (
        <CallLink id={call.callId}>
          <Instant at={call.last?.at ?? call.createdAt} exact />
        </CallLink>
      ),
    },
    {
      key: 'activity',
      title: t('call.activity'),
      render: (call) => (
        <>
          {activityName(call.activity)} <div className="mono soft">{call.activity}</div>
        </>
      ),
    },
    { key: 'state', title: t('call.state'), render: (call) => <CallState call={call} /> },
    { key: 'product', title: t('order.product'), render: (call) => text(call.productName) },
    { key: 'order', title: t('order.number'), render: (call) => <OrderLink id={call.orderId} /> },
    { key: 'attempt', title: t('call.attempts'), align: 'right', render: (call) => call.attempts },
    { key: 'http', title: 'HTTP', align: 'right', render: (call) => call.last?.httpStatus ?? '—' },
    {
      key: 'result',
      title: t('call.result'),
      render: (call) => (
        <>
          <span className="mono">{call.last?.resultCode ?? '—'}</span> {call.last?.resultMsg ?? ''}
        </>
      ),
    },
    {
      key: 'duration',
      title: t('call.duration'),
      align: 'right',
      render: (call) => (call.last === null ? '—' : formatDuration(call.last.durationMs)),
    },
    {
      key: 'next',
      title: t('call.nextAttempt'),
      render: (call) => (call.nextAttemptAt === null ? '—' : <Instant at={call.nextAttemptAt} />),
    },
  ];
  return (
    <Rows
      name={t('nav.calls')}
      rows={calls}
      columns={columns}
      rowKey={(call) => call.callId}
      testId="call-row"
      expand={(call) => <CallRowDetails call={call} />}
    />
  );
}
