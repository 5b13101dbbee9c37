import type { core, z } from 'zod';
import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { limited } from '../diagnosis/limit.ts';
import type { JsonObject } from '../json.ts';
import { readBodyObject } from './body-text.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import { type HttpAnswer, readHttp, slowness } from './http-problems.ts';
import type { ResultCodes } from './result-codes.ts';

/** What has to be known of an activity to read its answers; the order of reading is the same for all. */
export interface AnswerForm<T> {
  /** Describes a success. */
  readonly schema: z.ZodType<T>;
  readonly codes: ResultCodes;
  /** What is wrong with the header that signs the body, where the protocol has one; such an answer counts for nothing. */
  readonly signatureProblems?: (() => readonly Diagnosis[]) | undefined;
  /** What is wrong with a success beyond its envelope. */
  problems(answer: ReadAnswer): Problems;
  /**
   * Null: 000004 is a refusal like others. Else it means that work goes on, and this says what the answer lacks for it: told,
   * but the call was accepted.
   */
  readonly ongoing: ((answer: ReadAnswer) => readonly Diagnosis[]) | null;
}

/** An answer whose body is an object; `issues` are the schema's complaints. */
export interface ReadAnswer {
  readonly object: JsonObject;
  readonly text: string;
  readonly issues: readonly core.$ZodIssue[];
}

/** `form`: what makes the answer malformed, and warnings. `findings`: true of a well-formed answer too. */
export interface Problems {
  readonly form: readonly Diagnosis[];
  readonly findings: readonly Diagnosis[];
}

export type AnswerOutcome = 'ok' | 'accepted' | 'refused' | 'malformed';

export interface Reading<T> {
  /**
   * `ok`: 000000 with all mandatory members. `accepted`: 000004 where work then goes on (newInstance, queryInstance,
   * getLicenseAsync). `refused`: any other six-digit code, 000004 elsewhere included (`saas-v2.md` 9). `malformed`: the rest.
   */
  outcome: AnswerOutcome;
  resultCode: string | null;
  resultMsg: string | null;
  /** With `ok` the answer; with `accepted` the answer where it is complete. */
  value: T | null;
  /** At most 20, causes before consequences; a well-formed answer can still carry findings, e.g. `query.incomplete`. */
  diagnosis: Diagnosis[];
}

/** Reads an answer of that form: everything that can be told from one exchange. */
export function readAnswerOf<T>(form: AnswerForm<T>, http: HttpAnswer): Reading<T> {
  const { text, diagnosis: beforeSignature } = readHttp(http);
  // What is no answer of the interface, an error page or a redirect, need not be signed by it.
  const before = [...beforeSignature, ...(text === null ? [] : (form.signatureProblems?.() ?? []))];
  const slow = slowness(http.durationMs);
  const body = text === null ? null : readBodyObject(text);
  if (body === null || !body.ok) {
    const diagnosis = [...before, ...(body === null ? [] : [body.diagnosis]), ...slow];
    return { outcome: 'malformed', resultCode: null, resultMsg: null, value: null, diagnosis };
  }
  const envelope = readEnvelope(body.object, form.codes);
  const content = readContent(form, envelope, body.object, text ?? '');
  const about = [...before, ...envelope.diagnosis, ...content.form];
  const outcome = outcomeOf(form, envelope, before, about);
  const { resultCode, resultMsg } = envelope;
  const value = outcome === 'ok' || outcome === 'accepted' ? content.value : null;
  return { outcome, resultCode, resultMsg, value, diagnosis: limited([...about, ...content.findings, ...slow]) };
}

/** The finding of a documented refusal; none for a code outside the table, which its envelope already tells. */
export function refusal(resultCode: string, resultMsg: string | null, codes: ResultCodes): Diagnosis[] {
  const meaning = Object.hasOwn(codes, resultCode) ? codes[resultCode]?.meaning : undefined;
  if (meaning === undefined) return [];
  const seen = `${resultCode} ${resultMsg ?? ''}`.trim();
  return [diagnose('result.refused', { resultCode, meaning: meaning.en, meaningZh: meaning.zh, seen })];
}

function readContent<T>(
  form: AnswerForm<T>,
  { resultCode, resultMsg, wellFormed }: Envelope,
  object: JsonObject,
  text: string,
): Problems & { value: T | null } {
  if (!wellFormed || resultCode === null) return { value: null, form: [], findings: [] };
  const parsed = form.schema.safeParse(object);
  const value = parsed.success ? parsed.data : null;
  const answer = { object, text, issues: parsed.success ? [] : parsed.error.issues };
  if (resultCode === '000000') return { value, ...form.problems(answer) };
  if (resultCode === '000004' && form.ongoing !== null) return { value, form: [], findings: form.ongoing(answer) };
  return { value: null, form: [], findings: refusal(resultCode, resultMsg, form.codes) };
}

function outcomeOf<T>(
  form: AnswerForm<T>,
  { resultCode, wellFormed }: Envelope,
  before: readonly Diagnosis[],
  about: readonly Diagnosis[],
): AnswerOutcome {
  if (!wellFormed || resultCode === null || before.some(isError)) return 'malformed';
  if (resultCode === '000004' && form.ongoing !== null) return 'accepted';
  if (resultCode !== '000000') return 'refused';
  return about.some(isError) ? 'malformed' : 'ok';
}

function isError({ severity }: Diagnosis): boolean {
  return severity === 'error';
}
