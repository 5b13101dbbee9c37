import type { ApiRequestView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { apiRequestsQuery } from '../../api/usage.ts';
import { Id } from '../../components/copy.tsx';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { isFiltered } from '../../search/params.ts';
import { parseApiRequestSearch } from '../../search/usage-params.ts';

/** Calls to the Open API of the last days; of each that was refused, what was wrong and what to do. */
export function ApiRequestsPage() {
  const { t } = useTranslation();
  const search = parseApiRequestSearch(useSearch({ strict: false }));
  const requests = useQuery(apiRequestsQuery(search));
  const columns = useColumns();
  return (
    <Page title={t('usage.requests.title')}>
      <Filters active={isFiltered(search)} names={['requestId', 'refused']}>
        <TextFilter name="requestId" label={t('usage.requests.requestId')} value={search.requestId} />
        <ChoiceFilter
          name="refused"
          label={t('usage.requests.onlyRefused')}
          value={search.refused}
          choices={[{ value: 'true', label: t('usage.requests.refused') }]}
        />
      </Filters>
      <Loaded query={requests}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'usage.requests.none')} />
          ) : (
            <>
              <Rows
                rows={page.items}
                columns={columns}
                rowKey={({ requestId, at }) => `${requestId} ${at}`}
                testId="api-request"
              />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<ApiRequestView>[] {
  const { t } = useTranslation();
  return [
    { key: 'at', title: t('usage.requests.at'), render: ({ at }) => <Instant at={at} exact /> },
    {
      key: 'call',
      title: t('usage.requests.call'),
      render: ({ method, path, ak }) => (
        <>
          <span className="mono wrap">
            {method} {path}
          </span>
          <div className="soft mono">{ak ?? '—'}</div>
        </>
      ),
    },
    {
      key: 'answer',
      title: t('usage.requests.answer'),
      render: (request) => <Answer request={request} />,
    },
    {
      key: 'duration',
      title: t('usage.requests.duration'),
      align: 'right',
      render: ({ durationMs }) => `${durationMs} ms`,
    },
    {
      key: 'id',
      title: t('usage.requests.requestId'),
      render: ({ requestId }) => <Id value={requestId} name={t('usage.requests.requestId')} />,
    },
  ];
}

function Answer({ request: { status, code, findings } }: { request: ApiRequestView }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <div className="stack stack--tight">
      <span>
        <span className={`state ${findings.length === 0 ? 'state--ok' : 'state--bad'}`}>{status}</span>{' '}
        <span className="mono">{code}</span>
      </span>
      {findings.map((finding) => (
        <div key={finding.code} data-testid="api-finding">
          <strong>{text(finding.summary)}</strong>
          <div className="soft">
            {t('usage.requests.whatToDo')}: {text(finding.fix)}
          </div>
        </div>
      ))}
    </div>
  );
}
