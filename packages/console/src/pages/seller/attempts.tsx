import type { CallAttemptView } from '@jishi/marketplace/console-api';
import { Collapse } from 'antd';
import { useTranslation } from 'react-i18next';
import { Actor } from '../../components/actor.tsx';
import { CopyButton } from '../../components/copy.tsx';
import { Instant } from '../../components/values.tsx';
import { prettyJson } from '../../format/json.ts';
import { formatDuration } from '../../format/time.ts';
import { DiagnosisCard } from './diagnosis.tsx';

/** Attempts, newest first and open; each with its diagnosis, then request and response side by side. */
export function Attempts({ attempts }: { attempts: readonly CallAttemptView[] }) {
  const { t } = useTranslation();
  const newestFirst = [...attempts].sort((left, right) => right.attempt - left.attempt);
  const newest = newestFirst[0];
  if (newest === undefined) return <p className="soft">{t('call.notTried')}</p>;
  return (
    <Collapse
      key={newest.attempt}
      defaultActiveKey={[String(newest.attempt)]}
      items={newestFirst.map((attempt) => ({
        key: String(attempt.attempt),
        label: <AttemptHead attempt={attempt} />,
        children: <AttemptEvidence attempt={attempt} />,
      }))}
    />
  );
}

function AttemptHead({ attempt }: { attempt: CallAttemptView }) {
  const { t } = useTranslation();
  const tone = { ok: 'ok', accepted: 'ok', pending: 'wait', failed: 'bad' } as const;
  return (
    <span className="row" data-testid="attempt" data-outcome={attempt.outcome}>
      <strong>{t('call.attemptNumber', { number: attempt.attempt })}</strong>
      <span className={`state state--${tone[attempt.outcome]}`}>{t(`call.outcome.${attempt.outcome}`)}</span>
      <span className="num">HTTP {attempt.httpStatus ?? '—'}</span>
      <span className="mono">{attempt.resultCode ?? '—'}</span>
      {attempt.resultMsg !== null && <span>{attempt.resultMsg}</span>}
      <span className="soft row">
        <Instant at={attempt.startedAt} exact />
        {formatDuration(attempt.durationMs)}
        <span>
          {t('call.actor')} <Actor name={attempt.actor} />
        </span>
      </span>
    </span>
  );
}

function AttemptEvidence({ attempt }: { attempt: CallAttemptView }) {
  const { t } = useTranslation();
  const { request, response } = attempt;
  return (
    <div className="stack">
      {attempt.diagnosis.map((diagnosis) => (
        <DiagnosisCard key={diagnosis.code} diagnosis={diagnosis} />
      ))}
      {request === null ? (
        <p className="soft">{t('call.olderAttempt')}</p>
      ) : (
        <div className="sides">
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
              start={`HTTP ${attempt.httpStatus ?? ''}`}
              headers={response.headers}
              body={response.body}
              note={response.truncated ? t('call.truncated') : undefined}
            />
          )}
        </div>
      )}
    </div>
  );
}

interface MessageProps {
  readonly title: string;
  readonly start: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: string;
  readonly note?: string | undefined;
}

/** One HTTP message as it was on the wire; the body is laid out for reading, copied as it was. */
export function Message({ title, start, headers, body, note }: MessageProps) {
  const { t } = useTranslation();
  const head = [start, ...headers.map((header) => `${header.name}: ${header.value}`)].join('\n');
  return (
    <section className="stack stack--tight" aria-label={title}>
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <h3>{title}</h3>
        <CopyButton text={`${head}\n\n${body}`} name={title} />
      </div>
      <pre className="code">{head}</pre>
      <pre className="code">{body === '' ? t('call.emptyBody') : prettyJson(body)}</pre>
      {note !== undefined && <p className="soft">{note}</p>}
    </section>
  );
}
