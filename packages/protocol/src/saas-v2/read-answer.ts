import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { isJsonObject, type Json, parseJson } from '../json.ts';
import { type Answer, answerSchemas } from './answers.ts';
import { memberProblems } from './member-problems.ts';
import type { BaseActivity } from './requests.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: Uint8Array;
  readonly truncated: boolean;
  readonly location?: string | null;
  readonly durationMs: number;
}

export interface AnswerReading<A extends BaseActivity> {
  outcome: 'ok' | 'accepted' | 'refused' | 'malformed';
  resultCode: string | null;
  resultMsg: string | null;
  value: Answer<A> | null;
  diagnosis: Diagnosis[];
}

/** The marketplace's reading of a seller's answer. */
export function readAnswer<A extends BaseActivity>(
  activity: A,
  http: HttpAnswer,
  _expect?: { instanceIds?: string[] },
): AnswerReading<A> {
  const none = { resultCode: null, resultMsg: null, value: null };
  if (http.status !== 200) {
    return { outcome: 'malformed', ...none, diagnosis: [diagnose('http.status', { seen: String(http.status) })] };
  }
  const parsed = parseJson(new TextDecoder().decode(http.body));
  if (!parsed.ok)
    return { outcome: 'malformed', ...none, diagnosis: [diagnose('body.not-json', { seen: parsed.message })] };
  const body: Json = parsed.value;
  if (!isJsonObject(body)) return { outcome: 'malformed', ...none, diagnosis: [diagnose('body.not-object')] };
  const resultCode = typeof body.resultCode === 'string' ? body.resultCode : null;
  const resultMsg = typeof body.resultMsg === 'string' ? body.resultMsg : null;
  const answer = answerSchemas[activity].safeParse(body);
  const value = answer.success ? answer.data : null;
  if (resultCode === null) {
    return {
      outcome: 'malformed',
      resultCode,
      resultMsg,
      value: null,
      diagnosis: [diagnose('body.result-code-missing')],
    };
  }
  if (resultCode === '000004') return { outcome: 'accepted', resultCode, resultMsg, value, diagnosis: [] };
  if (resultCode !== '000000') {
    return {
      outcome: 'refused',
      resultCode,
      resultMsg,
      value: null,
      diagnosis: [diagnose('result.refused', { seen: resultCode })],
    };
  }
  if (!answer.success) {
    return {
      outcome: 'malformed',
      resultCode,
      resultMsg,
      value: null,
      diagnosis: memberProblems(answer.error.issues, body),
    };
  }
  return { outcome: 'ok', resultCode, resultMsg, value, diagnosis: [] };
}
