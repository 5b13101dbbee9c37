import type { Exchange } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { exchangeQuery } from '../../api/sandbox.ts';
import { CopyButton, Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { formatDuration } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { Message } from '../seller/attempts.tsx';
import { DiagnosisCard } from '../seller/diagnosis.tsx';
import { Again, Answer } from './exchanges.tsx';

/** One call as it went over the wire: what is wrong with it, how its signature came about, request and response. */
export function ExchangePage() {
  const { exchangeId } = useParams({ strict: false });
  return <ExchangeRecord exchangeId={exchangeId ?? ''} />;
}

function ExchangeRecord({ exchangeId }: { exchangeId: string }) {
  const { t } = useTranslation();
  const exchange = useQuery(exchangeQuery(exchangeId));
  return (
    <Loaded query={exchange} title={t('sandbox.exchange')}>
      {(one) => (
        <RecordPage
          title={one.activity}
          state={<Answer exchange={one} />}
          subtitle={
            <>
              <Link to="/sandbox">{t('sandbox.title')}</Link> · {t(`sandbox.direction.${one.direction}`)}
            </>
          }
          next={
            one.direction === 'to-seller' && (
              <div>
                <Again exchange={one} />
              </div>
            )
          }
        >
          {one.diagnosisDetails.map((diagnosis) => (
            <DiagnosisCard key={`${diagnosis.code} ${diagnosis.seen}`} diagnosis={diagnosis} />
          ))}
          {one.signature.length > 0 && <SignatureSteps exchange={one} />}
          <Panel title={t('sandbox.onTheWire')}>
            <Wire exchange={one} />
          </Panel>
          <Facts exchange={one} />
        </RecordPage>
      )}
    </Loaded>
  );
}

/** Each step from the body to the signature, to be held beside one's own. */
function SignatureSteps({ exchange: { signature } }: { exchange: Exchange }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <Panel title={t('sandbox.signature')}>
      <ol className="stack signature-steps" data-testid="signature-steps">
        {signature.map((step) => (
          <li key={step.name} className="stack stack--tight" data-step={step.name}>
            <div className="row">
              <strong>{text(step.label)}</strong> <span className="mono soft">{step.name}</span>
              <CopyButton text={step.value} name={text(step.label)} />
            </div>
            <pre className="code">{step.value}</pre>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Wire({ exchange: { method, url, request, response, status, transportFault } }: { exchange: Exchange }) {
  const { t } = useTranslation();
  return (
    <div className="sides">
      <Message title={t('call.request')} start={`${method} ${url}`} headers={request.headers} body={request.body} />
      {response === null ? (
        <section className="stack stack--tight">
          <h3>{t('call.response')}</h3>
          <p className="soft">{t('call.noResponse')}</p>
          {transportFault !== null && <pre className="code">{transportFault}</pre>}
        </section>
      ) : (
        <Message
          title={t('call.response')}
          start={`HTTP ${status ?? ''}`}
          headers={response.headers}
          body={response.body}
          note={response.truncated ? t('call.truncated') : undefined}
        />
      )}
    </div>
  );
}

function Facts({ exchange }: { exchange: Exchange }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('sandbox.facts')}>
      <dl className="facts">
        <Pair term={t('sandbox.time')} value={<Instant at={exchange.at} exact />} />
        {exchange.wireAt !== exchange.at && (
          <Pair term={t('sandbox.wireTime')} value={<Instant at={exchange.wireAt} exact />} />
        )}
        <Pair term={t('sandbox.took')} value={formatDuration(exchange.durationMs)} />
        <Pair term={t('sandbox.protocol')} value={<span className="mono">{exchange.protocol}</span>} />
        {exchange.resourceId !== null && (
          <Pair term={t('sandbox.service')} value={<Id value={exchange.resourceId} name={t('sandbox.service')} />} />
        )}
        {exchange.callId !== null && (
          <Pair term={t('call.number')} value={<Id value={exchange.callId} name={t('call.number')} />} />
        )}
        {exchange.fault !== null && <Pair term={t('sandbox.fault')} value={t(`sandbox.faultKind.${exchange.fault}`)} />}
        {exchange.replayOf !== null && (
          <Pair
            term={t('sandbox.replayOf')}
            value={
              <Link to="/sandbox/exchanges/$exchangeId" params={{ exchangeId: exchange.replayOf }}>
                {exchange.replayOf}
              </Link>
            }
          />
        )}
      </dl>
    </Panel>
  );
}
