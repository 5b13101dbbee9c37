import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { canonicalPayload, isJsonObject, parseJson } from '../json.ts';
import { memberProblems } from './member-problems.ts';
import { BASE_ACTIVITIES, type BaseRequest, baseRequests, isBaseActivity } from './requests.ts';

/** The text of a request as it is signed and sent: sorted, null-free, compact (`saas-v2.md` 3.1). */
export function encodeRequest(request: BaseRequest): string {
  return canonicalPayload(request);
}

/** Reads a base request's body; every refusal is `000002` (`saas-v2.md` 8). */
export function parseRequest(
  body: string,
): { ok: true; request: BaseRequest } | { ok: false; resultCode: '000002'; diagnosis: Diagnosis[] } {
  const parsed = parseJson(body);
  if (!parsed.ok)
    return refuse([diagnose(body.trim() === '' ? 'body.empty' : 'body.not-json', { seen: parsed.message })]);
  if (!isJsonObject(parsed.value)) return refuse([diagnose('body.not-object', { seen: body.slice(0, 80) })]);
  const activity = parsed.value.activity;
  if (activity === undefined || activity === null || activity === '') {
    return refuse([
      diagnose('body.member-missing', { member: 'activity', seen: Object.keys(parsed.value).join(', ') }),
    ]);
  }
  if (typeof activity !== 'string' || !isBaseActivity(activity)) {
    const expected = BASE_ACTIVITIES.join(' | ');
    return refuse([diagnose('body.member-type', { member: 'activity', expected, seen: JSON.stringify(activity) })]);
  }
  const request = baseRequests[activity].safeParse(parsed.value);
  return request.success
    ? { ok: true, request: request.data }
    : refuse(memberProblems(request.error.issues, parsed.value));
}

function refuse(diagnosis: Diagnosis[]): { ok: false; resultCode: '000002'; diagnosis: Diagnosis[] } {
  return { ok: false, resultCode: '000002', diagnosis };
}
