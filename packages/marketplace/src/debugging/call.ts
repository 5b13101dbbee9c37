/**
 * One debugging call: build, send, read, judge. No database is touched, no connection is held while the seller thinks,
 * and whatever the seller's answer brings is the case's failure: this does not reject.
 */
import { type Diagnosis, diagnose } from '@jishi/protocol';
import type { LocalizedText } from '../catalog/index.ts';
import { maskBody, maskBytes, storable } from '../fulfilment/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { HttpAnswer, Outbound } from '../platform/outbound.ts';
import type { Random } from '../platform/random.ts';
import { type Check, checksOf, passes, type Seen } from './checks.ts';
import { type BuiltRequest, type DebugProtocol, debugProtocol, type Parameters } from './protocols/index.ts';

export interface DebugContext {
  readonly clock: Clock;
  /** dates the signature */
  readonly wireClock: Clock;
  /** measures durations; a monotonic clock, never stored as a time */
  readonly stopwatchMs: () => number;
  readonly random: Random;
  readonly outbound: Outbound;
}
export interface DebugCall {
  readonly protocol: string;
  readonly activity: string;
  readonly parameters: Parameters;
  readonly url: string;
}
/** What is kept of a run, secrets masked. */
interface RunRecord {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly httpStatus: number | null;
  readonly resultCode: string | null;
  readonly resultMsg: string | null;
  readonly request: { method: string; url: string; headers: { name: string; value: string }[]; body: string };
  readonly response: { headers: { name: string; value: string }[]; body: string; truncated: boolean } | null;
  readonly checks: readonly Check[];
  readonly diagnosis: readonly Diagnosis[];
}
export interface Outcome {
  readonly passed: boolean;
  readonly record: RunRecord;
}

// What a person can still read; the wire limit is 1 MiB.
const KEPT_BODY_CHARACTERS = 65_536;

/** @param accessKey null = it can not be read: the call is not made and says so */
export async function debugCall(context: DebugContext, call: DebugCall, accessKey: string | null): Promise<Outcome> {
  const startedAt = context.clock.now();
  if (accessKey === null) return notSent(call, startedAt, 'the access key cannot be read');
  const protocol = debugProtocol(call.protocol);
  const built = protocol.build(
    call,
    { url: call.url, accessKey },
    { at: context.wireClock.now(), random: context.random },
  );
  if (!built.ok) return notSent(call, startedAt, built.refusal.message);
  const first = await exchange(context, protocol, call, built.value, accessKey);
  const seen =
    isRepeated(call) && passes(checksOf(first.seen)) ? await again(context, protocol, call, first, accessKey) : first;
  const checks = checksOf(seen.seen);
  return {
    passed: passes(checks),
    record: {
      startedAt: startedAt.toISOString(),
      durationMs: first.durationMs,
      httpStatus: first.seen.httpStatus,
      resultCode: kept(first.seen.resultCode),
      resultMsg: kept(first.resultMsg),
      request: requestRecord(built.value),
      response: first.answer && responseRecord(first.answer),
      checks: checks.map((check) => ({ ...check, message: check.message && keptWords(check.message) })),
      diagnosis: seen.seen.diagnosis.map((finding) => ({ ...finding, seen: storable(maskBody(finding.seen)) })),
    },
  };
}

/** The debugger of V1.0 places the same order twice (saas-v1.md 8); so does that of online License 1.0 (L10). */
const isRepeated = ({ protocol, activity }: DebugCall): boolean =>
  (protocol === 'saas-v1' && activity === 'newInstance') || activity === 'getLicense';

interface Exchange {
  readonly seen: Seen;
  readonly resultMsg: string | null;
  readonly instanceId: string | null;
  readonly answer: HttpAnswer | null;
  readonly durationMs: number;
}

async function exchange(
  { outbound, stopwatchMs }: DebugContext,
  protocol: DebugProtocol,
  call: DebugCall,
  built: BuiltRequest,
  accessKey: string,
): Promise<Exchange> {
  const begun = stopwatchMs();
  const { url, headers, body } = built;
  const result = await (body === null ? outbound.get(url, headers) : outbound.post(url, headers, body));
  const durationMs = Math.round(stopwatchMs() - begun);
  const seen = { protocol: call.protocol, activity: call.activity, httpStatus: null, contentType: null };
  const nothing = { resultMsg: null, instanceId: null, durationMs };
  if (!result.ok) {
    const diagnosis = [protocol.transport({ kind: result.fault, message: result.message })];
    return { seen: { ...seen, resultCode: null, diagnosis }, answer: null, ...nothing };
  }
  const { answer } = result;
  const came = { ...seen, httpStatus: answer.status, contentType: answer.contentType };
  try {
    const { resultCode, resultMsg, instanceId, diagnosis } = protocol.read(
      call.activity,
      built,
      answer,
      durationMs,
      accessKey,
    );
    return { seen: { ...came, resultCode, diagnosis }, resultMsg, instanceId, answer, durationMs };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const diagnosis = [diagnose('body.not-json', { seen: `an answer that could not be read: ${reason}` })];
    return { seen: { ...came, resultCode: null, diagnosis }, answer, ...nothing };
  }
}

/** The second identical order: another businessId, token and time, the same instance. */
async function again(
  context: DebugContext,
  protocol: DebugProtocol,
  call: DebugCall,
  first: Exchange,
  accessKey: string,
): Promise<Exchange> {
  const at = new Date(context.wireClock.now().getTime() + 1);
  const built = protocol.build(call, { url: call.url, accessKey }, { at, random: context.random });
  if (!built.ok) return first;
  const second = await exchange(context, protocol, call, built.value, accessKey);
  if (second.instanceId === first.instanceId) return first;
  const seen = `first ${first.instanceId ?? 'none'}, then ${second.instanceId ?? second.seen.resultCode ?? 'no answer'}`;
  const finding = diagnose('instance.id-changed', { seen });
  return {
    ...first,
    seen: { ...first.seen, diagnosis: [...first.seen.diagnosis, finding, ...second.seen.diagnosis.slice(0, 5)] },
  };
}

function notSent(call: DebugCall, at: Date, reason: string): Outcome {
  const diagnosis = [diagnose('transport.not-sent', { seen: `${call.activity}: ${reason}` })];
  const seen = {
    protocol: call.protocol,
    activity: call.activity,
    httpStatus: null,
    contentType: null,
    resultCode: null,
  };
  return {
    passed: false,
    record: {
      startedAt: at.toISOString(),
      durationMs: 0,
      httpStatus: null,
      resultCode: null,
      resultMsg: null,
      request: { method: '', url: call.url, headers: [], body: '' },
      response: null,
      checks: checksOf({ ...seen, diagnosis }),
      diagnosis,
    },
  };
}

const kept = (text: string | null): string | null => (text === null ? null : storable(text).slice(0, 1_000));
const keptWords = ({ zh, en }: LocalizedText): LocalizedText => ({
  zh: storable(maskBody(zh)),
  en: storable(maskBody(en)),
});

function requestRecord({ method, url, headers, body }: BuiltRequest): RunRecord['request'] {
  return { method, url, headers: Object.entries(headers).map(([name, value]) => ({ name, value })), body: body ?? '' };
}

function responseRecord({ rawHeaders, body, truncated }: HttpAnswer): RunRecord['response'] {
  const shown = maskBytes(body);
  return {
    headers: rawHeaders.map(([name, value]) => ({
      name: storable(name),
      value: /^set-cookie$/i.test(name) ? '***' : storable(value),
    })),
    body: storable(new TextDecoder().decode(shown.subarray(0, KEPT_BODY_CHARACTERS))),
    truncated: truncated || shown.length > KEPT_BODY_CHARACTERS,
  };
}
