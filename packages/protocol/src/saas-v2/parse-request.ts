import type { z } from 'zod';
import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { limited } from '../diagnosis/limit.ts';
import { canonicalPayload } from '../json.ts';
import { readBodyObject } from './body-text.ts';
import { memberNames } from './envelope.ts';
import { excerpt } from './excerpt.ts';
import { memberProblem } from './member-problems.ts';
import { BASE_ACTIVITIES, type BaseRequest, baseRequests, isBaseActivity } from './requests.ts';

/** The text of a request as it is signed and sent: sorted, null-free, compact (`saas-v2.md` 3.1). */
export function encodeRequest(request: BaseRequest): string {
  return canonicalPayload(request);
}

/** Reads a base request's body; every refusal is `000002` (`saas-v2.md` 8). */
export function parseRequest(
  body: string,
): { ok: true; request: BaseRequest } | { ok: false; resultCode: '000002'; diagnosis: Diagnosis[] } {
  return parseActivity<BaseRequest>(body, BASE_ACTIVITIES, (name) =>
    isBaseActivity(name) ? baseRequests[name] : null,
  );
}

/** The request in a body, by the schema of its activity. */
export function parseActivity<R>(
  body: string,
  activities: readonly string[],
  schemaOf: (activity: string) => z.ZodType<R> | null,
): { ok: true; request: R } | { ok: false; resultCode: '000002'; diagnosis: Diagnosis[] } {
  const read = readBodyObject(body);
  if (!read.ok) return refuse([read.diagnosis]);
  const { object } = read;
  const activity = object.activity;
  if (activity === undefined || activity === null || activity === '') {
    return refuse([diagnose('body.member-missing', { member: 'activity', seen: memberNames(object) })]);
  }
  const schema = typeof activity === 'string' ? schemaOf(activity) : null;
  if (schema === null) {
    const expected = activities.join(' | ');
    return refuse([diagnose('body.member-type', { member: 'activity', expected, seen: excerpt(activity) })]);
  }
  const request = schema.safeParse(object);
  return request.success
    ? { ok: true, request: request.data }
    : refuse(request.error.issues.map((issue) => memberProblem(issue, object)));
}

function refuse(diagnosis: Diagnosis[]): { ok: false; resultCode: '000002'; diagnosis: Diagnosis[] } {
  return { ok: false, resultCode: '000002', diagnosis: limited(diagnosis) };
}
