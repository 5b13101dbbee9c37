import { type AnswerForm, type Reading, readAnswerOf } from './answer-form.ts';
import { answerProblems } from './answer-problems.ts';
import { type Answer, answerSchemas } from './answers.ts';
import type { HttpAnswer } from './http-problems.ts';
import type { BaseActivity } from './requests.ts';
import { RESULT_CODES } from './result-codes.ts';

export type { AnswerOutcome } from './answer-form.ts';
export type AnswerReading<A extends BaseActivity> = Reading<Answer<A>>;

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
  return readAnswerOf(baseAnswerForm(activity, expect.instanceIds ?? []), http);
}

/** How an activity's answers are read (`saas-v2.md` 5). */
export function baseAnswerForm<A extends BaseActivity>(
  activity: A,
  instanceIds: readonly string[],
): AnswerForm<Answer<A>> {
  return {
    schema: answerSchemas[activity],
    codes: RESULT_CODES,
    problems: ({ object, text, issues }) => answerProblems(activity, object, text, issues, instanceIds),
    ongoing: ONGOING[activity] ?? null,
  };
}

/** 000004 is an answer of its own only where the marketplace asks again by itself (`saas-v2.md` 5.1, 5.2, 9). */
const ONGOING: { readonly [A in BaseActivity]?: NonNullable<AnswerForm<unknown>['ongoing']> } = {
  // Without the instanceId nobody can ask how provisioning goes on.
  newInstance: ({ object, text, issues }) => answerProblems('newInstance', object, text, issues, []).form,
  queryInstance: () => [],
};
