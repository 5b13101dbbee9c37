import type { AuditEntryView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { auditFileAddress, auditQuery } from '../../api/security.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter, TimeFilter } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { auditResults, parseAuditSearch } from '../../search/security-params.ts';
import { usePreferences } from '../../shell/preferences.tsx';

/** Who did what to which object (O-50): searched, and taken as a table. */
export function AuditPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const search = parseAuditSearch(useSearch({ strict: false }));
  const entries = useQuery(auditQuery(search));
  const own = useQuery(sessionQuery).data?.role === 'OS';
  const columns = useColumns();
  const { cursor, limit, ...filter } = search;
  return (
    <Page
      title={t('nav.audit')}
      tools={
        <Button href={auditFileAddress({ ...filter, language })} data-testid="audit-file">
          {t('audit.download')}
        </Button>
      }
    >
      <p className="soft">{t(own ? 'audit.introOwn' : 'audit.intro')}</p>
      <Filters
        active={Object.keys(filter).length > 0}
        names={['actor', 'action', 'object', 'result', 'requestId', 'from', 'to']}
      >
        <TextFilter name="actor" label={t('audit.actor')} value={search.actor} />
        <TextFilter name="action" label={t('audit.action')} value={search.action} />
        <TextFilter name="object" label={t('audit.object')} value={search.object} />
        <ChoiceFilter
          name="result"
          label={t('audit.result')}
          value={search.result}
          choices={auditResults.map((value) => ({ value, label: t(`audit.${value}`) }))}
        />
        <TextFilter name="requestId" label={t('audit.requestId')} value={search.requestId} />
        <TimeFilter label={t('audit.period')} from={search.from} to={search.to} />
      </Filters>
      <Loaded query={entries}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t('audit.none')} />
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={({ seq }) => String(seq)} testId="audit-row" />
              <Pager cursor={cursor} limit={limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<AuditEntryView>[] {
  const { t } = useTranslation();
  return [
    { key: 'at', title: t('audit.at'), render: ({ at }) => <Instant at={at} /> },
    {
      key: 'actor',
      title: t('audit.actor'),
      render: ({ loginName, actor, role, onBehalfOf }) => (
        <>
          <span className="mono">{loginName ?? actor}</span> <span className="soft">{role}</span>
          {onBehalfOf !== null && <div className="soft">{t('audit.onBehalfOf', { party: onBehalfOf })}</div>}
        </>
      ),
    },
    { key: 'action', title: t('audit.action'), render: ({ action }) => <span className="mono">{action}</span> },
    {
      key: 'object',
      title: t('audit.object'),
      render: ({ object, changes }) => (
        <>
          <span className="mono" style={{ overflowWrap: 'anywhere' }}>
            {object}
          </span>
          {changes.length > 0 && <Changes changes={changes} />}
        </>
      ),
    },
    {
      key: 'result',
      title: t('audit.result'),
      render: ({ result }) =>
        result === 'done' ? t('audit.done') : t('audit.refusedCode', { code: result.replace(/^refused /, '') }),
    },
    {
      key: 'origin',
      title: t('audit.origin'),
      render: ({ ip, requestId }) => (
        <>
          <span className="mono">{ip ?? '—'}</span>
          <div className="mono soft" style={{ overflowWrap: 'anywhere' }}>
            {requestId}
          </div>
        </>
      ),
    },
  ];
}

/** What was before and what is after, by field; secrets come masked. */
function Changes({ changes }: Pick<AuditEntryView, 'changes'>) {
  const { t } = useTranslation();
  return (
    <details data-testid="audit-changes">
      <summary>{t('audit.changes', { count: changes.length })}</summary>
      <ul className="mono" style={{ overflowWrap: 'anywhere', margin: 0, paddingInlineStart: 16 }}>
        {changes.map(({ field, before, after }) => (
          <li key={field}>
            {field}: <span className="soft">{before ?? '∅'}</span> → {after ?? '∅'}
          </li>
        ))}
      </ul>
    </details>
  );
}
