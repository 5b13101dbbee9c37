import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { debugRunQuery } from '../../api/debugging.ts';
import { Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { Outcome } from '../../components/outcome.tsx';
import { Panel } from '../../components/page.tsx';
import { RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useActivityName } from './activities.ts';
import { RunReport } from './debugging-outcome.tsx';

/** One debugging call or one replay of a case, by itself. */
export function RunPage() {
  const { t } = useTranslation();
  const { runId } = useParams({ strict: false });
  const activityName = useActivityName();
  const run = useQuery(debugRunQuery(runId ?? ''));
  return (
    <Loaded query={run} title={t('debug.runTitle')}>
      {(data) => (
        <RecordPage
          title={`${activityName(data.activity)} ${data.activity}`}
          state={<Outcome state={data.state} />}
          subtitle={
            <>
              {t('debug.runTitle')} · <Id value={data.runId} name={t('debug.runTitle')} />
            </>
          }
        >
          <Panel title={t('debug.parameters')}>
            <dl className="facts">
              <Pair term={t('debug.target')} value={<span className="mono">{data.url}</span>} />
              <Pair term={t('probe.startedAt')} value={<Instant at={data.startedAt} exact />} />
              {Object.entries(data.parameters).map(([name, value]) => (
                <Pair key={name} term={name} value={<span className="mono">{value === '' ? '""' : value}</span>} />
              ))}
            </dl>
          </Panel>
          <section className="panel" aria-label={t('debug.checks')}>
            <RunReport run={data} saved={false} />
          </section>
        </RecordPage>
      )}
    </Loaded>
  );
}
