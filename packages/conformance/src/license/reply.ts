/**
 * What came back to a License call, judged in two parts: the frame (content type, charset, time, Body-Sign) and what it holds. A
 * wrong frame is said once and does not keep the rest from being judged.
 */
import {
  ANSWER_SLOW_MS,
  bodySign,
  type Diagnosis,
  type DiagnosisCode,
  diagnoseTransportLicense,
  type ExpectedLicense,
  type HttpAnswerV1,
  type JsonObject,
  LICENSE_RESULT_CODES,
  type LicenseActivity,
  type LicenseAnswerReading,
  readLicenseAnswer,
} from '@jishi/protocol';
import type { Exchange } from '../exchange.ts';
import { httpAnswer, objectIn, textOf } from '../http-answer.ts';

export interface Reply<A extends LicenseActivity> {
  readonly activity: A;
  readonly exchange: Exchange;
  /** null when nothing came */
  readonly status: number | null;
  /** faults of the frame; none where the body is not JSON, which says it all */
  readonly frame: readonly Diagnosis[];
  /** as if the frame were right */
  readonly content: LicenseAnswerReading<A>;
  /** the body, where it is a JSON object */
  readonly object: JsonObject | null;
}

export type AnyReply = Reply<LicenseActivity>;

export function readReply<A extends LicenseActivity>(
  activity: A,
  exchange: Exchange,
  expect: ExpectedLicense,
): Reply<A> {
  const { outcome, durationMs } = exchange;
  if (!outcome.ok) {
    const diagnosis = [diagnoseTransportLicense(activity, outcome.error)];
    const content = { outcome: 'malformed' as const, resultCode: null, resultMsg: null, value: null, diagnosis };
    return { activity, exchange, status: null, frame: [], content, object: null };
  }
  const http = httpAnswer(outcome.answer, durationMs);
  const object = objectIn(http.body);
  const asItIs = readLicenseAnswer(activity, http, expect);
  if (object === null) {
    // A page has another type and no signature: what can not be read is the cause.
    const diagnosis = asItIs.diagnosis.filter((each) => !isOfFrame(each) || each.code === 'http.charset');
    return { activity, exchange, status: http.status, frame: [], content: { ...asItIs, diagnosis }, object };
  }
  const content = readLicenseAnswer(activity, inRightFrame(http, expect.key), expect);
  return { activity, exchange, status: http.status, frame: asItIs.diagnosis.filter(isOfFrame), content, object };
}

/** Carried out, whatever else is wrong with the answer. */
export function isDone({ content }: AnyReply): boolean {
  return content.resultCode === '000000';
}

/** 000004 where work then goes on. */
export function isPending({ content }: AnyReply): boolean {
  return content.outcome === 'accepted';
}

/** The call got past signature and parameters: the answer is about what was asked for. */
export function isVerified({ content }: AnyReply): boolean {
  const { resultCode } = content;
  return resultCode !== null && Object.hasOwn(LICENSE_RESULT_CODES, resultCode) && !TURNED_AWAY.includes(resultCode);
}

/** JSON with a result code, whatever else is wrong with it. */
export function isWellFormed({ content }: AnyReply): boolean {
  return content.resultCode !== null;
}

/** Refused as a forgery; some servers say so by HTTP status, before the interface itself is reached. */
export function isTakenForForged({ content, status }: AnyReply): boolean {
  return content.resultCode === '000001' || status === 401 || status === 403;
}

/** Said in the protocol's own words. */
export function isCalledForged({ content }: AnyReply): boolean {
  return content.resultCode === '000001';
}

/** Turned away by the checks at the door, in the ways that sellers do it. */
export function isTurnedAway(reply: AnyReply): boolean {
  const { resultCode } = reply.content;
  if (isTakenForForged(reply) || resultCode === '000002' || resultCode === '000005') return true;
  return resultCode !== null && !Object.hasOwn(LICENSE_RESULT_CODES, resultCode);
}

/** 000005 says nothing about what was checked before. */
const TURNED_AWAY = ['000001', '000002', '000005'];

/** `000003 no such licence`, `HTTP 500`, or what the network did: for `seen`. */
export function inShort({ content, status, exchange }: AnyReply): string {
  if (content.resultCode !== null) return `${content.resultCode} ${content.resultMsg ?? ''}`.trim();
  if (!exchange.outcome.ok) return exchange.outcome.error.message;
  return status === 200 ? (content.diagnosis[0]?.summary.en ?? 'HTTP 200') : `HTTP ${status}`;
}

/** Whether the answer is signed in the manner of V1.0, rightly or not: a mark of online License 1.0. */
export function hasBodySign({ exchange: { outcome } }: AnyReply): boolean {
  return outcome.ok && outcome.answer.headers.some(([name]) => /^body[-_]?sign$/i.test(name));
}

/** A text member of the answer, also of one that is malformed elsewhere. */
export function textMember({ object }: AnyReply, name: string): string | null {
  const value = object?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Faults that spoil every answer alike. */
export function isOfFrame({ code }: { readonly code: DiagnosisCode }): boolean {
  return code === 'http.content-type' || code === 'http.charset' || code === 'transport.slow' || isAboutBodySign(code);
}

export function isAboutBodySign(code: DiagnosisCode): boolean {
  return code.startsWith('body-sign.');
}

/** Where the body is JSON and there all the same, its frame has no say over it. */
function inRightFrame(http: HttpAnswerV1, key: string): HttpAnswerV1 {
  if (http.status !== 200 || http.truncated) return http;
  const body = new TextEncoder().encode(textOf(http.body));
  const headers = [['Body-Sign', bodySign(body, key).header]] as const;
  const durationMs = Math.min(http.durationMs, ANSWER_SLOW_MS);
  return { ...http, contentType: 'application/json', headers, body, durationMs };
}
