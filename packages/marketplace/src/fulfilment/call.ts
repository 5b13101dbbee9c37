/**
 * One attempt at a seller: build the signed request, send it, read the answer. No database is touched here, and no
 * connection is held while the seller thinks (design.md 4.4).
 */
import {
  type AppInfo,
  type Diagnosis,
  decryptAccountData,
  diagnose,
  diagnoseTransport,
  encodeRequest,
  readAnswer,
  signBase,
} from '@jishi/protocol';
import type { Clock } from '../platform/clock.ts';
import type { Outbound, OutboundResult } from '../platform/outbound.ts';
import type { PausePoints } from '../platform/pause-points.ts';
import { ALPHANUMERIC, type Random, randomText, uuid } from '../platform/random.ts';
import { maskBody, maskBytes, storable } from './mask.ts';

export interface CallTarget {
  readonly productionUrl: string;
  readonly accessKey: string;
}
export interface CallSubject {
  readonly id: string;
  readonly activity: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly instanceId: string | null;
}
/** How a customer uses the product, in clear; sealed before it is stored. */
export interface AccessData {
  readonly frontEndUrl: string;
  readonly adminUrl: string | null;
  readonly userName: string | null;
  readonly password: string | null;
  readonly memo: string | null;
}
export interface AttemptRecord {
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly durationMs: number;
  /** ok = done; accepted = 000004 to newInstance; pending = not ready yet; failed = everything else */
  readonly outcome: 'ok' | 'accepted' | 'pending' | 'failed';
  readonly httpStatus: number | null;
  readonly resultCode: string | null;
  readonly resultMsg: string | null;
  readonly request: { method: string; url: string; headers: { name: string; value: string }[]; body: string };
  readonly response: { headers: { name: string; value: string }[]; body: string; truncated: boolean } | null;
  readonly diagnosis: readonly Diagnosis[];
  /** newInstance: the seller's id */
  readonly instanceId: string | null;
  /** queryInstance: what the customer needs */
  readonly access: AccessData | null;
}

export interface CallContext {
  readonly clock: Clock;
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
 * Sends one attempt with a new nonce, timestamp and (newInstance) businessId (saas-v2.md 3.1, 9). Whatever one seller's
 * address or answer brings is that call's failure, recorded and repeated like any other: this does not reject.
 */
export async function attemptCall(
  context: CallContext,
  subject: CallSubject,
  target: CallTarget,
): Promise<AttemptRecord> {
  const startedAt = context.clock.now();
  const built = withoutThrowing(() => build(context.random, subject, target, startedAt));
  if (!built.ok) return notSent(context, subject, built.reason);
  const { url, body } = built.value;
  await context.pause.reach('fulfilment.before-call', subject.id);
  const startedMs = context.stopwatchMs();
  const result = await context.outbound.post(url, HEADERS, body);
  const durationMs = Math.round(context.stopwatchMs() - startedMs);
  await context.pause.reach('fulfilment.answered', subject.id);
  const read = withoutThrowing(() => interpret(subject, result, durationMs, target.accessKey));
  const { diagnosis, ...rest } = read.ok ? read.value : unreadable(result, read.reason);
  return {
    startedAt,
    finishedAt: context.clock.now(),
    durationMs,
    request: { method: 'POST', url, headers: listed(HEADERS), body: maskBody(body) },
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

const HEADERS = { accept: 'application/json', 'content-type': 'application/json;charset=utf-8' };
const listed = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

function build(random: Random, subject: CallSubject, target: CallTarget, at: Date): { url: string; body: string } {
  const body = encodeRequest(requestOf(subject, random));
  return { body, url: signedUrl(target, body, String(at.getTime()), randomText(random, 32, ALPHANUMERIC)) };
}

type Attempted<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

function withoutThrowing<T>(work: () => T): Attempted<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

const failure = (diagnosis: readonly Diagnosis[]): Interpretation => ({
  outcome: 'failed',
  httpStatus: null,
  resultCode: null,
  resultMsg: null,
  response: null,
  diagnosis,
  instanceId: null,
  access: null,
});

function unreadable(result: OutboundResult, reason: string): Interpretation {
  const seen = `an answer that could not be read: ${reason}`;
  return { ...failure([diagnose('body.not-json', { seen })]), httpStatus: result.ok ? result.answer.status : null };
}

function requestOf(subject: CallSubject, random: Random) {
  if (subject.activity === 'newInstance') {
    return {
      activity: 'newInstance' as const,
      orderId: subject.orderId,
      orderLineId: subject.orderLineId,
      businessId: uuid(random),
    };
  }
  if (subject.activity === 'queryInstance' && subject.instanceId !== null) {
    return { activity: 'queryInstance' as const, instanceId: subject.instanceId };
  }
  throw new Error(`call ${subject.id}: cannot build ${subject.activity}`);
}

function signedUrl(target: CallTarget, payload: string, timestamp: string, nonce: string): string {
  const { signature } = signBase({ accessKey: target.accessKey, payload, timestamp, nonce });
  const url = new URL(target.productionUrl);
  url.searchParams.set('signature', signature);
  url.searchParams.set('timestamp', timestamp);
  url.searchParams.set('nonce', nonce);
  return url.href;
}

type Interpretation = Omit<AttemptRecord, 'startedAt' | 'finishedAt' | 'durationMs' | 'request'>;

function interpret(
  subject: CallSubject,
  result: OutboundResult,
  durationMs: number,
  accessKey: string,
): Interpretation {
  if (!result.ok) {
    return failure([diagnoseTransport({ kind: result.fault, message: result.message })]);
  }
  const { answer } = result;
  const http = {
    status: answer.status,
    contentType: answer.contentType,
    body: answer.body,
    truncated: answer.truncated,
    location: answer.location,
    durationMs,
  };
  const shown = maskBytes(answer.body);
  const response = {
    headers: answer.headers.map((header) => (header.name === 'set-cookie' ? { ...header, value: '***' } : header)),
    body: new TextDecoder().decode(shown.subarray(0, KEPT_BODY_CHARACTERS)),
    truncated: answer.truncated || shown.length > KEPT_BODY_CHARACTERS,
  };
  const base = { httpStatus: answer.status, response };
  if (subject.activity === 'newInstance') {
    const reading = readAnswer('newInstance', http);
    const diagnosis =
      shown === answer.body || reading.diagnosis.length === 0
        ? reading.diagnosis
        : withoutSecrets(reading.diagnosis, readAnswer('newInstance', { ...http, body: shown }).diagnosis);
    const done = reading.outcome === 'ok' || (reading.outcome === 'accepted' && reading.value !== null);
    const outcome = !done ? 'failed' : reading.outcome === 'ok' ? 'ok' : 'accepted';
    return {
      ...base,
      outcome,
      ...resultOf(reading),
      diagnosis,
      instanceId: done ? storable(reading.value?.instanceId ?? '') || null : null,
      access: null,
    };
  }
  const asked = { instanceIds: subject.instanceId === null ? [] : [subject.instanceId] };
  const reading = readAnswer('queryInstance', http, asked);
  const diagnosis =
    shown === answer.body || reading.diagnosis.length === 0
      ? reading.diagnosis
      : withoutSecrets(reading.diagnosis, readAnswer('queryInstance', { ...http, body: shown }, asked).diagnosis);
  const appInfo = reading.value?.info?.find((info) => info.instanceId === subject.instanceId)?.appInfo ?? null;
  const opened =
    appInfo === null
      ? { access: null, diagnosis: [] }
      : openAccount(appInfo, reading.value?.encryptType ?? null, accessKey);
  // Q7: 000004, or success without the element (or its appInfo), means "not yet".
  const waiting = reading.outcome === 'accepted' || (reading.outcome === 'ok' && appInfo === null);
  const outcome = opened.access !== null && reading.outcome === 'ok' ? 'ok' : waiting ? 'pending' : 'failed';
  return {
    ...base,
    outcome,
    ...resultOf(reading),
    diagnosis: [...diagnosis, ...opened.diagnosis],
    instanceId: null,
    access: outcome === 'ok' ? opened.access : null,
  };
}

const resultOf = ({ resultCode, resultMsg }: { resultCode: string | null; resultMsg: string | null }) => ({
  resultCode: resultCode === null ? null : storable(resultCode),
  resultMsg: resultMsg === null ? null : storable(resultMsg),
});

/**
 * A diagnosis quotes what it saw, a piece of the body at times: it is taken from the reading of the masked body. What
 * only the real body shows is about the secret itself, of which no value is quoted.
 */
function withoutSecrets(findings: readonly Diagnosis[], masked: readonly Diagnosis[]): Diagnosis[] {
  return findings.map((finding) => {
    const same = masked.find((other) => other.code === finding.code && other.summary.en === finding.summary.en);
    return same ?? (finding.code === 'body.member-type' ? { ...finding, seen: '***' } : finding);
  });
}

/** User name and password are encrypted exactly when `encryptType` says so (saas-v2.md 4.1). */
function openAccount(
  appInfo: AppInfo,
  encryptType: string | null,
  accessKey: string,
): { access: AccessData | null; diagnosis: Diagnosis[] } {
  const diagnosis: Diagnosis[] = [];
  const open = (value: string | null | undefined): string | null => {
    if (value === null || value === undefined || value === '') return null;
    if (encryptType !== '1' && encryptType !== '2') return value;
    const result = decryptAccountData(value, accessKey, encryptType);
    if (result.ok) return result.text;
    diagnosis.push(...result.diagnosis);
    return null;
  };
  const access = {
    frontEndUrl: appInfo.frontEndUrl,
    adminUrl: appInfo.adminUrl || null,
    userName: open(appInfo.userName),
    password: open(appInfo.password),
    memo: appInfo.memo || null,
  };
  return { access: diagnosis.length > 0 ? null : access, diagnosis };
}
