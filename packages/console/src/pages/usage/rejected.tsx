import type { UsageRejectionView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { readRejections, rejectionsQuery } from '../../api/usage.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Filters, TextFilter } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { isFiltered } from '../../search/params.ts';
import { parseRejectionSearch } from '../../search/usage-params.ts';
import { ExportButton } from '../settlement/export-button.tsx';
import { useReason } from './reasons.ts';
import { rejectionsCsv } from './rejected-csv.ts';

/** as many as one file holds: a push has at most 1,000 records */
const mostInFile = 1_000;

/** Records that were not taken, with their reasons, for the seller to correct and push again. */
export function RejectedUsagePage() {
  const { t } = useTranslation();
  const search = parseRejectionSearch(useSearch({ strict: false }));
  const rejections = useQuery(rejectionsQuery(search));
  const columns = useColumns();
  const download = useCommand({
    run: () => readRejections({ requestId: search.requestId, limit: mostInFile }),
    refresh: [],
    onDone: ({ items }) => save(rejectionsCsv(items), 'usage-not-taken.csv'),
  });
  return (
    <Page
      title={t('usage.rejected.title')}
      tools={
        <div className="row">
          <Button loading={download.isPending} onClick={() => download.mutate(undefined)} data-testid="rejected-csv">
            {t('usage.rejected.download')}
          </Button>
          <ExportButton
            kind="USAGE_REJECTIONS"
            wanted={(how) => ({ kind: 'USAGE_REJECTIONS', ...how, filter: { requestId: search.requestId } })}
          />
        </div>
      }
    >
      <p className="soft">{t('usage.rejected.help')}</p>
      <Filters active={isFiltered(search)} names={['requestId']}>
        <TextFilter name="requestId" label={t('usage.requests.requestId')} value={search.requestId} />
      </Filters>
      <Loaded query={rejections}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'usage.rejected.none')} />
          ) : (
            <>
              <Rows
                rows={page.items}
                columns={columns}
                rowKey={({ rejectionId }) => String(rejectionId)}
                testId="rejected-row"
              />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<UsageRejectionView>[] {
  const { t } = useTranslation();
  const reason = useReason();
  return [
    { key: 'at', title: t('usage.received'), render: ({ receivedAt }) => <Instant at={receivedAt} exact /> },
    { key: 'code', title: t('usage.rejected.code'), render: ({ code }) => <span className="mono">{code}</span> },
    { key: 'why', title: t('usage.rejected.meaning'), render: reason },
    { key: 'instance', title: t('usage.instance'), render: ({ instanceId }) => instanceId || '—' },
    { key: 'serial', title: t('usage.serial'), render: ({ meteringSn }) => meteringSn || '—' },
    {
      key: 'record',
      title: t('usage.rejected.record'),
      render: ({ record }) => <code className="wrap">{record}</code>,
    },
    {
      key: 'request',
      title: t('usage.requests.requestId'),
      render: ({ requestId }) => (
        <Link to="/seller/api-requests" search={{ requestId }} className="mono">
          {requestId.slice(0, 8)}
        </Link>
      ),
    },
  ];
}

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
