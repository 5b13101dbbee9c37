/**
 * What came back, judged in two parts: the frame (content type, charset, time) and what it holds. A wrong frame is said once and
 * does not keep the rest from being judged.
 */
import {
  ANSWER_SLOW_MS,
  type AnswerReading,
  type BaseActivity,
  type Diagnosis,
  type DiagnosisCode,
  diagnoseTransport,
  type HttpAnswer,
  RESULT_CODES,
  readAnswer,
} from '@jishi/protocol';
import type { Exchange } from '../exchange.ts';
import { asWarning } from '../finding.ts';
import { headerOf, httpAnswer, textOf } from '../http-answer.ts';

export interface Reply<A extends BaseActivity> {
  readonly exchange: Exchange;
  /** null when nothing came */
  readonly status: number | null;
  /** as if the frame were right */
  readonly content: AnswerReading<A>;
  /** what is wrong with both, the cause first */
  readonly diagnosis: readonly Diagnosis[];
}

export type AnyReply = Reply<BaseActivity>;

export function readReply<A extends BaseActivity>(
  activity: A,
  exchange: Exchange,
  instanceIds: readonly string[] = [],
): Reply<A> {
  const { outcome, durationMs } = exchange;
  if (!outcome.ok) {
    const diagnosis = [diagnoseTransport(outcome.error)];
    const content = { outcome: 'malformed' as const, resultCode: null, resultMsg: null, value: null, diagnosis };
    return { exchange, status: null, content, diagnosis };
  }
  const http = httpAnswer(outcome.answer, durationMs);
  const whole = readAnswer(activity, http, { instanceIds });
  const frame = whole.diagnosis.filter(({ code }) => isOfFrame(code));
  const content = frame.length === 0 ? whole : readAnswer(activity, inRightFrame(http), { instanceIds });
  const isUnreadable = content.diagnosis.some(({ code }) => UNREADABLE.has(code));
  const diagnosis = isUnreadable ? unreadable(frame, content.diagnosis) : [...frame, ...content.diagnosis];
  return { exchange, status: outcome.answer.status, content, diagnosis };
}

/** Carried out, whatever else is wrong with the answer. */
export function isDone({ content }: AnyReply): boolean {
  return content.resultCode === '000000';
}

export function isPending({ content }: AnyReply): boolean {
  return content.outcome === 'accepted';
}

/** The call got past signature, timestamp, nonce and parameters: the answer is about what was asked for. */
export function isVerified({ content }: AnyReply): boolean {
  const { resultCode } = content;
  return resultCode !== null && Object.hasOwn(RESULT_CODES, resultCode) && !TURNED_AWAY.includes(resultCode);
}

/** Whether the frame of the answer can be understood at all: JSON with a result code of the table. */
export function isReadable({ content }: AnyReply): boolean {
  return content.resultCode !== null && Object.hasOwn(RESULT_CODES, content.resultCode);
}

/** `000003 no such instance`, `HTTP 500`, or what the network did: for `seen`. */
export function inShort({ content, status, exchange }: AnyReply): string {
  if (content.resultCode !== null) return `${content.resultCode} ${content.resultMsg ?? ''}`.trim();
  if (!exchange.outcome.ok) return exchange.outcome.error.message;
  return status === 200 ? (content.diagnosis[0]?.summary.en ?? 'HTTP 200') : `HTTP ${status}`;
}

/** A header of the answer, by its name in lower case. */
export function header({ exchange }: AnyReply, wanted: string): string | null {
  const { outcome } = exchange;
  return outcome.ok ? headerOf(outcome.answer, wanted) : null;
}

/** 000005 says nothing about what was checked before. */
const TURNED_AWAY = ['000001', '000002', '000005'];

/** Faults that spoil every answer alike, and that are told once. */
export function isOfFrame(code: DiagnosisCode): boolean {
  return code === 'http.content-type' || code === 'http.charset' || code === 'transport.slow';
}

/** A charset that is none explains what can not be read; an HTML page explains its type. */
function unreadable(frame: readonly Diagnosis[], content: readonly Diagnosis[]): readonly Diagnosis[] {
  const charset = frame.filter(({ code }) => code === 'http.charset');
  return charset.length > 0 ? charset : [...content, ...frame.map(asWarning)];
}
const UNREADABLE: ReadonlySet<string> = new Set(['body.empty', 'body.not-json', 'body.not-object']);

function inRightFrame(http: HttpAnswer): HttpAnswer {
  return {
    ...http,
    contentType: 'application/json',
    body: new TextEncoder().encode(textOf(http.body)),
    durationMs: Math.min(http.durationMs, ANSWER_SLOW_MS),
  };
}
