import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { limited } from '../diagnosis/limit.ts';
import type { JsonObject } from '../json.ts';
import { refusal } from '../saas-v2/answer-form.ts';
import { answerProblems, rawMemos } from '../saas-v2/answer-problems.ts';
import { readBodyObject } from '../saas-v2/body-text.ts';
import { readEnvelope } from '../saas-v2/envelope.ts';
import { type HttpAnswer, readHttp, slowness } from '../saas-v2/http-problems.ts';
import { RESULT_CODES } from '../saas-v2/result-codes.ts';
import { diagnoseTransport, type TransportError } from '../saas-v2/transport.ts';
import { verifyBodySign } from '../signing/verify-body-sign.ts';
import { type AnswerV1, answerSchemasV1 } from './answers.ts';
import { openAccounts } from './open-accounts.ts';
import type { ActivityV1 } from './requests.ts';
import { inWordsOfV1 } from './words.ts';

/** An answer of a V1.0 seller; `body` after content decoding, so that gzip does not spoil the signature. */
export interface HttpAnswerV1 extends HttpAnswer {
  /** Names as they stand on the wire: the spelling of Body-Sign counts (`saas-v1.md` 4). */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface AnswerReadingV1<A extends ActivityV1> {
  /**
   * `ok`: 000000, signed, with all mandatory members. `refused`: any other six-digit code, signed; 000004 too, V1.0 has no
   * asynchronous delivery (Q8). `malformed`: the rest. All but `ok` are failed attempts (`saas-v1.md` 7).
   */
  outcome: 'ok' | 'refused' | 'malformed';
  resultCode: string | null;
  resultMsg: string | null;
  /** With `ok` the answer, `userName` and `password` decrypted; null there where they cannot be read (5.3). */
  value: AnswerV1<A> | null;
  /** At most 20, in the order of `saas-v1.md` 8; a well-formed answer can still carry findings, e.g. `secret.key`. */
  diagnosis: Diagnosis[];
}

export interface ExpectedV1 {
  readonly key: string;
  /** That of the request; lets a Body-Sign keyed with Key + timeStamp be recognised. */
  readonly timeStamp?: string | undefined;
  /** The existing instances that a queryInstance asked for. */
  readonly instanceIds?: readonly string[] | undefined;
  /** Whether the console debugs: it demands an appInfo that a live newInstance may leave out (6.0.1). */
  readonly debugging?: boolean | undefined;
}

/**
 * The marketplace's reading of a seller's answer: all that one exchange can tell.
 *
 * @example
 * const reading = readAnswerV1('newInstance', http, { key, timeStamp: request.timeStamp });
 * if (reading.outcome === 'ok') deliver(reading.value?.instanceId, reading.value?.appInfo);
 */
export function readAnswerV1<A extends ActivityV1>(
  activity: A,
  http: HttpAnswerV1,
  expect: ExpectedV1,
): AnswerReadingV1<A> {
  const { text, diagnosis: before } = readHttp(http);
  const { headers, body } = http;
  // What is no answer of the interface, an error page or a redirect, need not be signed by it.
  const sign = text === null ? null : verifyBodySign({ headers, body, key: expect.key, timeStamp: expect.timeStamp });
  const signature = sign === null || sign.ok ? [] : sign.diagnosis;
  const read = text === null ? null : readBodyObject(text);
  const content: AnswerReadingV1<A> = read?.ok
    ? readContent(activity, read.object, text ?? '', expect)
    : unread(read?.diagnosis);
  const isSound = text !== null && ![...before, ...signature].some(isError);
  const found = [...before, ...signature, ...content.diagnosis, ...slowness(http.durationMs)];
  return {
    ...content,
    outcome: isSound ? content.outcome : 'malformed',
    value: isSound ? content.value : null,
    diagnosis: limited(found.map(inWordsOfV1)),
  };
}

/** The diagnosis of a V1.0 call that got no answer at all. */
export function diagnoseTransportV1(error: TransportError): Diagnosis {
  return inWordsOfV1(diagnoseTransport(error));
}

function unread<A extends ActivityV1>(diagnosis: Diagnosis | undefined): AnswerReadingV1<A> {
  const found = diagnosis === undefined ? [] : [diagnosis];
  return { outcome: 'malformed', resultCode: null, resultMsg: null, value: null, diagnosis: found };
}

function readContent<A extends ActivityV1>(
  activity: A,
  object: JsonObject,
  text: string,
  expect: ExpectedV1,
): AnswerReadingV1<A> {
  const { resultCode, resultMsg, wellFormed, diagnosis } = readEnvelope(object);
  const reading = { resultCode, resultMsg, value: null };
  if (!wellFormed || resultCode === null) return { ...reading, outcome: 'malformed', diagnosis };
  if (resultCode !== '000000') {
    return {
      ...reading,
      outcome: 'refused',
      diagnosis: [...diagnosis, ...refusal(resultCode, resultMsg, RESULT_CODES)],
    };
  }
  const parsed = answerSchemasV1[activity].safeParse(object);
  const issues = parsed.success ? [] : parsed.error.issues;
  const { form, findings } = answerProblems(LIKE_V2[activity], object, text, issues, expect.instanceIds ?? []);
  // What is wrapped is not missing as well.
  const isWrapped = form.some(({ code }) => code === 'body.wrapped');
  const access = activity === 'newInstance' && !isWrapped ? accessProblems(object, text, expect) : [];
  const all = [...diagnosis, ...form, ...access];
  if (!parsed.success || all.some(isError)) return { ...reading, outcome: 'malformed', diagnosis: all };
  const opened = openAccounts(activity, parsed.data, expect.key);
  return { ...reading, outcome: 'ok', value: opened.value, diagnosis: [...all, ...opened.diagnosis, ...findings] };
}

/** Whose answer of V2.0 has the same members of its own. */
const LIKE_V2 = {
  newInstance: 'newInstance',
  queryInstance: 'queryInstance',
  refreshInstance: 'refreshInstance',
  expireInstance: 'updateInstanceStatus',
  releaseInstance: 'releaseInstance',
  upgrade: 'upgradeInstance',
  instanceStatus: 'updateInstanceStatus',
} as const;

/** In V1.0 newInstance itself tells how the product is used. */
function accessProblems(object: JsonObject, text: string, { debugging = false }: ExpectedV1): Diagnosis[] {
  const isAbsent = object.appInfo === undefined || object.appInfo === null;
  const absent = debugging && isAbsent ? [diagnose('query.front-end-url', { seen: 'appInfo is absent' })] : [];
  return [...absent, ...rawMemos(text)];
}

function isError(diagnosis: Diagnosis): boolean {
  return diagnosis.severity === 'error';
}
