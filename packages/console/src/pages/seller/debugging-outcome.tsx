import type { DebugRunView } from '@jishi/marketplace/console-api';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { debugRunQuery } from '../../api/debugging.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Marked } from '../../components/outcome.tsx';
import { formatDuration } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { Message } from './attempts.tsx';
import { DiagnosisCard } from './diagnosis.tsx';

interface OutcomeProps {
  readonly runId: string;
  readonly goodsId: string;
  /** the call was made to save a case */
  readonly saved?: boolean;
}

/** The outcome of one call as soon as it is known: each check in plain words, diagnosis, request and response. */
export function DebuggingOutcome({ runId, goodsId, saved = false }: OutcomeProps) {
  const queryClient = useQueryClient();
  const run = useQuery(debugRunQuery(runId));
  const state = run.data?.state;
  useEffect(() => {
    // what is saved fills a gap of the product
    if (saved && state === 'PASSED') {
      void queryClient.invalidateQueries({ queryKey: ['debugging', 'product', goodsId] });
      void queryClient.invalidateQueries({ queryKey: ['debugging', 'cases'] });
    }
  }, [queryClient, saved, state, goodsId]);
  return <Loaded query={run}>{(data) => <RunReport run={data} saved={saved} />}</Loaded>;
}

export function RunReport({ run, saved }: { run: DebugRunView; saved: boolean }) {
  const { t } = useTranslation();
  if (run.state === 'RUNNING')
    return (
      <div role="status" data-testid="debug-outcome" data-state="RUNNING">
        <Marked mark="run">{t('debug.running')}</Marked>
      </div>
    );
  const passed = run.state === 'PASSED';
  const sentence = passed
    ? t(saved ? 'debug.passed' : 'debug.passedAgain')
    : t(saved ? 'debug.failed' : 'debug.failedAgain');
  return (
    <div className="stack" data-testid="debug-outcome" data-state={run.state}>
      {passed ? (
        <p className="row" role="status">
          <Marked mark="ok">{sentence}</Marked>
          <Numbers run={run} />
        </p>
      ) : (
        <Alert type="error" showIcon role="alert" title={sentence} description={<Numbers run={run} />} />
      )}
      {passed && saved && (
        <p>
          <Link to="/seller/cases" search={{ goodsId: run.goodsId }}>
            {t('debug.toCases')}
          </Link>
        </p>
      )}
      <Checks run={run} />
      {run.diagnosis.map((diagnosis) => (
        <DiagnosisCard key={`${diagnosis.code} ${diagnosis.seen}`} diagnosis={diagnosis} />
      ))}
      <Evidence run={run} />
    </div>
  );
}

function Numbers({ run }: { run: DebugRunView }) {
  return (
    <span className="row">
      <span className="num">HTTP {run.httpStatus ?? '—'}</span>
      <span className="mono">{run.resultCode ?? '—'}</span>
      {run.resultMsg !== null && <span>{run.resultMsg}</span>}
      {run.durationMs !== null && <span className="num">{formatDuration(run.durationMs)}</span>}
    </span>
  );
}

function Checks({ run: { checks } }: { run: DebugRunView }) {
  const { t } = useTranslation();
  const text = useText();
  const mark = { ok: 'ok', failed: 'bad', 'not-reached': 'idle' } as const;
  return (
    <section className="stack stack--tight" aria-label={t('debug.checks')}>
      <h3>{t('debug.checks')}</h3>
      <ul className="stack stack--tight" style={{ listStyle: 'none', margin: 0, padding: 0, gap: 4 }}>
        {checks.map(({ check, outcome, message }) => (
          <li key={check} className="row" data-testid="check" data-check={check} data-outcome={outcome}>
            <Marked mark={mark[outcome]}>{t(`debug.outcome.${outcome}`)}</Marked>
            <span>{t(`debug.check.${check}`)}</span>
            {message !== null && <strong style={{ overflowWrap: 'anywhere' }}>{text(message)}</strong>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Evidence({ run: { request, response, httpStatus } }: { run: DebugRunView }) {
  const { t } = useTranslation();
  if (request === null || request.method === '') return null;
  return (
    <details>
      <summary>{t('debug.evidence')}</summary>
      <div className="sides" style={{ paddingTop: 8 }}>
        <Message
          title={t('call.request')}
          start={`${request.method} ${request.url}`}
          headers={request.headers}
          body={request.body}
        />
        {response === null ? (
          <section>
            <h3>{t('call.response')}</h3>
            <p className="soft">{t('call.noResponse')}</p>
          </section>
        ) : (
          <Message
            title={t('call.response')}
            start={`HTTP ${httpStatus ?? ''}`}
            headers={response.headers}
            body={response.body}
            note={response.truncated ? t('call.truncated') : undefined}
          />
        )}
      </div>
    </details>
  );
}
