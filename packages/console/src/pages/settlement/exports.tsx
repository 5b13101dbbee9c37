import type { ExportJobView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { exportsQuery } from '../../api/settlement.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { State } from '../../components/state.tsx';
import { Instant } from '../../components/values.tsx';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { exportTone } from './words.ts';

/** Own exports of the last three days (S5-11, S5-12): how far they are, and the files. */
export function ExportsPage() {
  const { t } = useTranslation();
  const exports = useQuery(exportsQuery);
  const columns = useColumns();
  return (
    <Page title={t('nav.exports')}>
      <p className="soft">{t('settlement.exports.intro')}</p>
      <Loaded query={exports}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence={t('settlement.exports.none')} />
          ) : (
            <Rows rows={items} columns={columns} rowKey={({ exportId }) => exportId} testId="export-row" />
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<ExportJobView>[] {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return [
    {
      key: 'file',
      title: t('settlement.exports.file'),
      render: (job) => (
        <>
          {job.name}
          <div className="soft">{t(`settlement.exports.what.${job.kind}`)}</div>
        </>
      ),
    },
    {
      key: 'state',
      title: t('settlement.exports.state'),
      render: ({ state }) => (
        <State
          tone={exportTone[state]}
          word={t(`settlement.exports.states.${state}.word`)}
          help={t(`settlement.exports.states.${state}.help`)}
          state={state}
          testId="export-state"
        />
      ),
    },
    { key: 'progress', title: t('settlement.exports.progress'), render: (job) => <HowFar job={job} /> },
    { key: 'created', title: t('settlement.exports.created'), render: (job) => <Instant at={job.createdAt} /> },
    {
      key: 'expires',
      title: t('settlement.exports.expires'),
      render: ({ expiresAt }) => (expiresAt === null ? '—' : <Instant at={expiresAt} />),
    },
    {
      key: 'action',
      title: t('list.action'),
      render: ({ link, name, size }) =>
        link === null ? (
          '—'
        ) : (
          <Button
            type="link"
            size="small"
            href={link.url}
            download={name}
            aria-label={`${t('settlement.exports.download')} ${name}`}
            data-testid="export-download"
          >
            {t('settlement.exports.download')} {size === null ? '' : `(${formatBytes(size, language)})`}
          </Button>
        ),
    },
  ];
}

/** Rows written; with a bar where it is known how many there will be. */
function HowFar({ job }: { job: ExportJobView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const [rows, total] = [job.rows, job.totalRows];
  if (job.state === 'DONE' || total === null || total === 0)
    return <span className="num">{t('settlement.exports.rows', { rows: formatCount(rows, language) })}</span>;
  const counted = { rows: formatCount(rows, language), total: formatCount(total, language) };
  return (
    <span className="num">
      {t('settlement.exports.rowsOf', counted)}
      <Progress percent={Math.floor((100 * rows) / total)} size="small" aria-label={t('settlement.exports.progress')} />
    </span>
  );
}
