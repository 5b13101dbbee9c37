import type { core } from 'zod';
import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { isJsonObject, type Json } from '../json.ts';
import { excerpt } from './excerpt.ts';

/** A schema's complaint about a body as a diagnosis that names the member, the limit and what stood there. */
export function memberProblem(issue: core.$ZodIssue, body: Json): Diagnosis {
  const member = pathText(issue.path);
  const value = valueAt(body, issue.path);
  if (value === undefined || value === null || value === '') {
    const seen = value === undefined ? `absent${misspelt(issue.path, body)}` : excerpt(value);
    return diagnose('body.member-missing', { member, seen });
  }
  if (issue.code === 'too_big' && typeof value === 'string') {
    const limit = String(issue.maximum);
    return diagnose('body.member-length', { member, limit, seen: `${value.length} characters` });
  }
  if (issue.code === 'too_big' && Array.isArray(value)) {
    const limit = String(issue.maximum);
    const expected = `at most ${limit} elements`;
    return diagnose('body.member-length', { member, limit, expected, seen: `${value.length} elements` });
  }
  return diagnose('body.member-type', {
    member,
    expected: expectation(issue),
    seen: excerpt(value),
  });
}

/** A member of the same object whose name differs in letter case, hyphens or underscores only: what people mostly mean. */
function misspelt(path: readonly PropertyKey[], body: Json): string {
  const holder = valueAt(body, path.slice(0, -1));
  const plain = (name: string) => name.toLowerCase().replace(/[-_ ]/g, '');
  const wanted = plain(String(path.at(-1)));
  const near = isJsonObject(holder) ? Object.keys(holder).find((name) => plain(name) === wanted) : undefined;
  return near === undefined ? '' : `; there is ${JSON.stringify(near.slice(0, 64))}`;
}

function expectation(issue: core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.expected === 'string' ? 'a string' : issue.expected;
  if (issue.code === 'invalid_value') return issue.values.map((value) => JSON.stringify(value)).join(' | ');
  return issue.message;
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
