/**
 * What came back, judged in two parts: the frame (HTTP, Body-Sign) and what it holds. Each part has its own cases, so that one
 * fault is named once and does not hide the others.
 */
import {
  type ActivityV1,
  type AnswerReadingV1,
  bodySign,
  type Diagnosis,
  type DiagnosisCode,
  diagnoseTransportV1,
  type ExpectedV1,
  type HttpAnswerV1,
  type JsonObject,
  readAnswerV1,
} from '@jishi/protocol';
import type { Exchange } from '../exchange.ts';
import { httpAnswer, objectIn, textOf } from '../http-answer.ts';

export interface Reading<A extends ActivityV1> {
  readonly exchange: Exchange;
  /** HTTP status; null when there was no answer */
  readonly status: number | null;
  /** faults of content type, charset, Body-Sign and time; none where the body is not JSON, which says it all */
  readonly frame: readonly Diagnosis[];
  /** as if the frame were right */
  readonly content: AnswerReadingV1<A>;
  /** the body, where it is a JSON object */
  readonly object: JsonObject | null;
}

export function readExchange<A extends ActivityV1>(activity: A, exchange: Exchange, expect: ExpectedV1): Reading<A> {
  const { outcome } = exchange;
  if (!outcome.ok) {
    const diagnosis = [diagnoseTransportV1(outcome.error)];
    const content = { outcome: 'malformed', resultCode: null, resultMsg: null, value: null, diagnosis } as const;
    return { exchange, status: null, frame: [], content, object: null };
  }
  const http = httpAnswer(outcome.answer, exchange.durationMs);
  const content = readAnswerV1(activity, inRightFrame(http, expect.key), expect);
  const object = objectIn(http.body);
  const frame = object === null ? [] : readAnswerV1(activity, http, expect).diagnosis.filter(isOfFrame);
  return { exchange, status: http.status, frame, content, object };
}

/** The answer in a few words, for `seen`. */
export function saidBy({ content, status }: Reading<ActivityV1>): string {
  if (content.resultCode !== null) return `${content.resultCode} ${content.resultMsg ?? ''}`.trim();
  return status === null ? 'no answer' : `HTTP ${status}`;
}

/** Where the body is JSON and there all the same, its frame has no say over it. */
function inRightFrame(http: HttpAnswerV1, key: string): HttpAnswerV1 {
  if (http.status !== 200 || http.truncated) return http;
  const body = new TextEncoder().encode(textOf(http.body));
  const headers = [['Body-Sign', bodySign(body, key).header]] as const;
  return { ...http, contentType: 'application/json', headers, body, durationMs: 0 };
}

function isOfFrame({ code }: Diagnosis): boolean {
  return FRAME_CODES.some((each) => code === each) || code.startsWith('body-sign.');
}

const FRAME_CODES: readonly DiagnosisCode[] = ['http.content-type', 'http.charset', 'transport.slow'];
