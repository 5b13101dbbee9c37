import type { core } from 'zod';
import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { SECRET_MAX_CHARACTERS } from '../secrets/account-data.ts';
import { findWrapper } from './envelope.ts';
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
    const members = isJsonObject(object[wrapper]) ? Object.keys(object[wrapper]).join(', ') : '';
    return {
      form: [diagnose('body.wrapped', { wrapper, seen: `${wrapper}: {${members}}`.slice(0, 200) })],
      findings: [],
    };
  }
  // resultCode and resultMsg are the envelope's to judge.
  const own = issues.filter((issue) => issue.path[0] !== 'resultCode' && issue.path[0] !== 'resultMsg');
  const form = own.map((issue) => answerProblem(issue, object));
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
  if (general.code === 'body.member-missing') {
    return member === 'frontEndUrl' ? diagnose('query.front-end-url', { seen }) : general;
  }
  if (member === 'usageValue') return diagnose('usage.decimals', { seen: JSON.stringify(valueAt(object, issue.path)) });
  if (member === 'statisticalTime')
    return diagnose('usage.time', { seen: JSON.stringify(valueAt(object, issue.path)) });
  const isSecret = (member === 'userName' || member === 'password') && Boolean(object.encryptType);
  if (isSecret && general.code === 'body.member-length') {
    return diagnose('secret.length', { seen, expected: `at most ${SECRET_MAX_CHARACTERS} characters, IV included` });
  }
  return general;
}

/** memo is to be sent with `\uXXXX` escapes; only the text shows how it was sent. */
function rawMemos(text: string): Diagnosis[] {
  const memos = [...text.matchAll(/"memo"\s*:\s*"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '');
  const raw = memos.find((memo) => /[\u0080-\uffff]/.test(memo));
  return raw === undefined ? [] : [diagnose('query.memo-not-escaped', { seen: raw.slice(0, 80) })];
}

function incomplete(object: JsonObject, instanceIds: readonly string[]): Diagnosis[] {
  const info = Array.isArray(object.info) ? object.info : [];
  const given = new Set(info.map((each) => (isJsonObject(each) ? each.instanceId : undefined)));
  const absent = instanceIds.filter((id) => !given.has(id));
  if (absent.length === 0) return [];
  const seen = `${instanceIds.length - absent.length} of ${instanceIds.length}; absent: ${absent.join(', ')}`;
  return [diagnose('query.incomplete', { seen: seen.slice(0, 300) })];
}
