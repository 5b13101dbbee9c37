/**
 * One attempt at a seller: build the signed request, send it, read the answer. No database is touched here, and no
 * connection is held while the seller thinks (design.md 4.4).
 */
import { type Diagnosis, diagnose } from '@jishi/protocol';
import type { Clock } from '../platform/clock.ts';
import type { Outbound, OutboundResult } from '../platform/outbound.ts';
import type { PausePoints } from '../platform/pause-points.ts';
import type { Random } from '../platform/random.ts';
import { maskBody, maskBytes, storable } from './mask.ts';
import {
  adapterOf,
  type CallSubject,
  type CallTarget,
  type ProtocolAdapter,
  type Reading,
  type SignedRequest,
} from './protocol/index.ts';

/** One exchange, as it is kept. */
export interface AttemptRecord extends Reading {
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly durationMs: number;
  readonly httpStatus: number | null;
  readonly request: { method: string; url: string; headers: { name: string; value: string }[]; body: string };
  readonly response: { headers: { name: string; value: string }[]; body: string; truncated: boolean } | null;
}

export interface CallContext {
  readonly clock: Clock;
  /** dates the signature */
  readonly wireClock: Clock;
  /** measures durations; a monotonic clock, never stored as a time */
  readonly stopwatchMs: () => number;
  readonly random: Random;
  readonly outbound: Outbound;
  readonly pause: PausePoints;
}

// What a person can still read; the wire limit is 1 MiB.
const KEPT_BODY_CHARACTERS = 65_536;

// A hostile answer must not fill the records either.
const KEPT_DIAGNOSES = 20;

/**
 * Sends one attempt with new signature data and (newInstance) businessId (saas-v2.md 3.1, 9). Whatever one seller's
 * address or answer brings is that call's failure, recorded and repeated like any other: this does not reject.
 */
export async function attemptCall(
  context: CallContext,
  subject: CallSubject,
  target: CallTarget,
): Promise<AttemptRecord> {
  const startedAt = context.clock.now();
  const built = withoutThrowing(() => {
    const adapter = adapterOf(subject.protocol);
    return { adapter, sent: adapter.build(subject, target, context.wireClock.now(), context.random) };
  });
  if (!built.ok) return notSent(context, subject, built.reason);
  const { adapter, sent } = built.value;
  await context.pause.reach('fulfilment.before-call', subject.id);
  const startedMs = context.stopwatchMs();
  const about = { callId: subject.id, resourceId: subject.resourceId };
  const result =
    sent.method === 'GET'
      ? await context.outbound.get(sent.url, sent.headers, about)
      : await context.outbound.post(sent.url, sent.headers, sent.body, about);
  const durationMs = Math.round(context.stopwatchMs() - startedMs);
  await context.pause.reach('fulfilment.answered', subject.id);
  const read = withoutThrowing(() => interpret(adapter, subject, sent, result, durationMs, target.accessKey));
  const { diagnosis, ...rest } = read.ok ? read.value : unreadable(result, read.reason);
  return {
    startedAt,
    finishedAt: context.clock.now(),
    durationMs,
    request: { method: sent.method, url: sent.url, headers: listed(sent.headers), body: maskBody(sent.body) },
    diagnosis: diagnosis.slice(0, KEPT_DIAGNOSES),
    ...rest,
  };
}

/** The marketplace itself could not make the call: no address, no key. It counts as a failed attempt and says why. */
export function notSent(context: CallContext, subject: CallSubject, reason: string): AttemptRecord {
  const at = context.clock.now();
  return {
    startedAt: at,
    finishedAt: at,
    durationMs: 0,
    request: { method: 'POST', url: '', headers: [], body: '' },
    ...failure([diagnose('transport.not-sent', { seen: `${subject.activity}: ${reason}` })]),
  };
}

const listed = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

type Attempted<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

function withoutThrowing<T>(work: () => T): Attempted<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

type Interpretation = Omit<AttemptRecord, 'startedAt' | 'finishedAt' | 'durationMs' | 'request'>;

const failure = (diagnosis: readonly Diagnosis[]): Interpretation => ({
  outcome: 'failed',
  httpStatus: null,
  resultCode: null,
  resultMsg: null,
  response: null,
  diagnosis,
  instanceId: null,
  access: null,
  seen: null,
  license: null,
});

function unreadable(result: OutboundResult, reason: string): Interpretation {
  const seen = `an answer that could not be read: ${reason}`;
  return { ...failure([diagnose('body.not-json', { seen })]), httpStatus: result.ok ? result.answer.status : null };
}

function interpret(
  adapter: ProtocolAdapter,
  subject: CallSubject,
  sent: SignedRequest,
  result: OutboundResult,
  durationMs: number,
  accessKey: string,
): Interpretation {
  if (!result.ok) return failure([adapter.diagnoseFault(result)]);
  const { answer } = result;
  const shown = maskBytes(answer.body);
  const reading = adapter.read(subject, sent, answer, durationMs, accessKey);
  const diagnosis =
    shown === answer.body || reading.diagnosis.length === 0
      ? reading.diagnosis
      : withoutSecrets(
          reading.diagnosis,
          adapter.read(subject, sent, { ...answer, body: shown }, durationMs, accessKey).diagnosis,
        );
  return {
    ...reading,
    resultCode: reading.resultCode === null ? null : storable(reading.resultCode),
    resultMsg: reading.resultMsg === null ? null : storable(reading.resultMsg),
    instanceId: storable(reading.instanceId ?? '') || null,
    diagnosis,
    httpStatus: answer.status,
    response: {
      headers: answer.headers.map((header) => (header.name === 'set-cookie' ? { ...header, value: '***' } : header)),
      body: new TextDecoder().decode(shown.subarray(0, KEPT_BODY_CHARACTERS)),
      truncated: answer.truncated || shown.length > KEPT_BODY_CHARACTERS,
    },
  };
}

/**
 * A diagnosis quotes what it saw, a piece of the body at times: it is taken from the reading of the masked body. What
 * only the real body shows is about the secret itself, of which no value is quoted; what is said of signatures and
 * ciphertexts quotes none either, and is true of the real body only.
 */
function withoutSecrets(findings: readonly Diagnosis[], masked: readonly Diagnosis[]): Diagnosis[] {
  return findings.map((finding) => {
    if (/^(secret|body-sign)\./.test(finding.code)) return finding;
    const same = masked.find((other) => other.code === finding.code && other.summary.en === finding.summary.en);
    return same ?? (finding.code === 'body.member-type' ? { ...finding, seen: '***' } : finding);
  });
}
