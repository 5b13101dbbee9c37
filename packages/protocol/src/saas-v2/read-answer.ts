import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { limited } from '../diagnosis/limit.ts';
import type { JsonObject } from '../json.ts';
import { answerProblems } from './answer-problems.ts';
import { type Answer, answerSchemas } from './answers.ts';
import { readBodyObject } from './body-text.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import { type HttpAnswer, readHttp, slowness } from './http-problems.ts';
import type { BaseActivity } from './requests.ts';
import { RESULT_CODES } from './result-codes.ts';

export type AnswerOutcome = 'ok' | 'accepted' | 'refused' | 'malformed';

export interface AnswerReading<A extends BaseActivity> {
  /**
   * `ok`: 000000 with all mandatory members. `accepted`: 000004 to newInstance or queryInstance, provisioning goes on.
   * `refused`: any other six-digit code, 000004 to the other activities included (`saas-v2.md` 9). `malformed`: the rest.
   */
  outcome: AnswerOutcome;
  resultCode: string | null;
  resultMsg: string | null;
  /** With `ok` the answer; with `accepted` the answer where it is complete. */
  value: Answer<A> | null;
  /** At most 20, causes before consequences; a well-formed answer can still carry findings, e.g. `query.incomplete`. */
  diagnosis: Diagnosis[];
}

/**
 * The marketplace's reading of a seller's answer: everything that can be told from one exchange. `expect.instanceIds` are the
 * existing instances that a queryInstance asked for.
 *
 * @example
 * const reading = readAnswer('newInstance', { status, contentType, body, truncated: false, durationMs });
 * if (reading.outcome === 'ok') store(reading.value?.instanceId);
 */
export function readAnswer<A extends BaseActivity>(
  activity: A,
  http: HttpAnswer,
  expect: { instanceIds?: readonly string[] | undefined } = {},
): AnswerReading<A> {
  const { text, diagnosis: before } = readHttp(http);
  const slow = slowness(http.durationMs);
  const body = text === null ? null : readBodyObject(text);
  if (body === null || !body.ok) {
    const diagnosis = [...before, ...(body === null ? [] : [body.diagnosis]), ...slow];
    return { outcome: 'malformed', resultCode: null, resultMsg: null, value: null, diagnosis };
  }
  const envelope = readEnvelope(body.object);
  const content = readContent(activity, envelope, body.object, text ?? '', expect.instanceIds ?? []);
  const form = [...before, ...envelope.diagnosis, ...content.form];
  const outcome = outcomeOf(activity, envelope, before, form);
  const { resultCode, resultMsg } = envelope;
  const value = outcome === 'ok' || outcome === 'accepted' ? content.value : null;
  return { outcome, resultCode, resultMsg, value, diagnosis: limited([...form, ...content.findings, ...slow]) };
}

/** `form`: what makes the answer malformed, and warnings. `findings`: true of a well-formed answer too. */
function readContent<A extends BaseActivity>(
  activity: A,
  { resultCode, wellFormed }: Envelope,
  object: JsonObject,
  text: string,
  instanceIds: readonly string[],
): { value: Answer<A> | null; form: Diagnosis[]; findings: Diagnosis[] } {
  if (!wellFormed || resultCode === null) return { value: null, form: [], findings: [] };
  const parsed = answerSchemas[activity].safeParse(object);
  const value = parsed.success ? parsed.data : null;
  const issues = parsed.success ? [] : parsed.error.issues;
  if (resultCode === '000000') return { value, ...answerProblems(activity, object, text, issues, instanceIds) };
  if (mayGoOn(activity, resultCode)) {
    // Without the instanceId nobody can ask how provisioning goes on: said, but the call was accepted.
    const missing = answerProblems(activity, object, text, issues, []).form;
    return { value, form: [], findings: activity === 'newInstance' ? missing : [] };
  }
  return {
    value: null,
    form: [],
    findings: Object.hasOwn(RESULT_CODES, resultCode) ? [refusal(resultCode, object)] : [],
  };
}

function outcomeOf(activity: BaseActivity, envelope: Envelope, before: Diagnosis[], form: Diagnosis[]): AnswerOutcome {
  const { resultCode, wellFormed } = envelope;
  if (!wellFormed || resultCode === null || before.some(isError)) return 'malformed';
  if (mayGoOn(activity, resultCode)) return 'accepted';
  if (resultCode !== '000000') return 'refused';
  return form.some(isError) ? 'malformed' : 'ok';
}

/** 000004 is an answer of its own only where the marketplace asks again by itself (`saas-v2.md` 5.1, 5.2, 9). */
function mayGoOn(activity: BaseActivity, resultCode: string): boolean {
  return resultCode === '000004' && (activity === 'newInstance' || activity === 'queryInstance');
}

function refusal(resultCode: string, object: JsonObject): Diagnosis {
  const { zh = '', en = '' } = RESULT_CODES[resultCode]?.meaning ?? {};
  const message = typeof object.resultMsg === 'string' ? object.resultMsg.slice(0, 255) : '';
  return diagnose('result.refused', {
    resultCode,
    meaning: en,
    meaningZh: zh,
    seen: `${resultCode} ${message}`.trim(),
  });
}

function isError(diagnosis: Diagnosis): boolean {
  return diagnosis.severity === 'error';
}
