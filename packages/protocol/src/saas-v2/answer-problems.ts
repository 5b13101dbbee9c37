import type { core } from 'zod';
import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { endOfString } from '../json-scan.ts';
import { SECRET_MAX_CHARACTERS } from '../secrets/account-data.ts';
import { findWrapper, memberNames } from './envelope.ts';
import { excerpt } from './excerpt.ts';
import { memberProblem, pathText, valueAt } from './member-problems.ts';
import type { BaseActivity } from './requests.ts';

/** What is wrong with the members of a success (`saas-v2.md` 5), beyond its envelope. */
export function answerProblems(
  activity: BaseActivity,
  object: JsonObject,
  text: string,
  issues: readonly core.$ZodIssue[],
  instanceIds: readonly string[],
): { form: Diagnosis[]; findings: Diagnosis[] } {
  const wrapper = findWrapper(object, OWN_MEMBERS[activity] ?? []);
  if (wrapper !== null) {
    const members = isJsonObject(object[wrapper]) ? memberNames(object[wrapper]) : '';
    return { form: [diagnose('body.wrapped', { wrapper, seen: `${wrapper}: {${members}}` })], findings: [] };
  }
  // resultCode and resultMsg are the envelope's to judge.
  const own = issues.filter((issue) => issue.path[0] !== 'resultCode' && issue.path[0] !== 'resultMsg');
  // What is no list is not too long a list, too.
  const places = own.map((issue) => pathText(issue.path));
  const first = own.filter((_, index) => places.indexOf(places[index] ?? '') === index);
  const form = first.map((issue) => answerProblem(issue, object));
  if (activity !== 'queryInstance') return { form, findings: [] };
  return { form: [...form, ...rawMemos(text)], findings: form.length === 0 ? incomplete(object, instanceIds) : [] };
}

const OWN_MEMBERS: { readonly [A in BaseActivity]?: readonly string[] } = {
  newInstance: ['instanceId'],
  queryInstance: ['info', 'encryptType'],
};

/** Some members have a diagnosis of their own; the others the general ones. */
function answerProblem(issue: core.$ZodIssue, object: JsonObject): Diagnosis {
  const general = memberProblem(issue, object);
  const seen = `${pathText(issue.path)} ${general.seen}`;
  const member = issue.path.at(-1);
  const isAbsent = general.code === 'body.member-missing';
  if (member === 'frontEndUrl' && (isAbsent || issue.code === 'custom'))
    return diagnose('query.front-end-url', { seen });
  if (isAbsent) return general;
  const shown = excerpt(valueAt(object, issue.path) ?? null);
  if (member === 'usageValue') return diagnose('usage.decimals', { seen: shown });
  if (member === 'statisticalTime') return diagnose('usage.time', { seen: shown });
  const isSecret = (member === 'userName' || member === 'password') && Boolean(object.encryptType);
  if (isSecret && general.code === 'body.member-length') {
    return diagnose('secret.length', { seen, expected: `at most ${SECRET_MAX_CHARACTERS} characters, IV included` });
  }
  return general;
}

/** memo is to be sent with `\uXXXX` escapes; only the text shows how it was sent. */
export function rawMemos(text: string): Diagnosis[] {
  const starts = [...text.matchAll(/"memo"\s*:\s*"/g)].map((match) => match.index + match[0].length);
  const memos = starts.map((start) => text.slice(start, (endOfString(text, start - 1) ?? text.length) - 1));
  const raw = memos.find((memo) => /[\u0080-\uffff]/.test(memo));
  return raw === undefined ? [] : [diagnose('query.memo-not-escaped', { seen: raw.slice(0, 80) })];
}

function incomplete(object: JsonObject, instanceIds: readonly string[]): Diagnosis[] {
  const info = Array.isArray(object.info) ? object.info : [];
  const given = new Set(info.map((each) => (isJsonObject(each) ? each.instanceId : undefined)));
  const absent = instanceIds.filter((id) => !given.has(id));
  if (absent.length === 0) return [];
  const members = object.info === undefined ? `; no info among ${memberNames(object)}` : '';
  const seen = `${instanceIds.length - absent.length} of ${instanceIds.length}${members}; absent: ${absent.join(', ')}`;
  return [diagnose('query.incomplete', { seen: seen.slice(0, 300) })];
}
