import type { core } from 'zod';
import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { isJsonObject, type Json } from '../json.ts';

/** Turns a schema's complaints about a body into diagnoses that name the member, the limit and what stood there. */
export function memberProblems(issues: readonly core.$ZodIssue[], body: Json): Diagnosis[] {
  return issues.map((issue) => memberProblem(issue, valueAt(body, issue.path), pathText(issue.path)));
}

function memberProblem(issue: core.$ZodIssue, value: Json | undefined, member: string): Diagnosis {
  if (value === undefined || value === null || (value === '' && issue.code === 'too_small')) {
    return diagnose('body.member-missing', { member, seen: value === undefined ? 'absent' : JSON.stringify(value) });
  }
  if (issue.code === 'too_big' && typeof value === 'string') {
    const limit = String(issue.maximum);
    return diagnose('body.member-length', {
      member,
      limit,
      expected: `at most ${limit} characters`,
      seen: `${value.length} characters`,
    });
  }
  return diagnose('body.member-type', { member, expected: issue.message, seen: JSON.stringify(value).slice(0, 80) });
}

export function valueAt(body: Json, path: readonly PropertyKey[]): Json | undefined {
  let value: Json | undefined = body;
  for (const key of path) {
    if (Array.isArray(value) && typeof key === 'number') value = value[key];
    else if (isJsonObject(value) && typeof key === 'string') value = value[key];
    else return undefined;
  }
  return value;
}

/** `info[0].appInfo.frontEndUrl` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
}
