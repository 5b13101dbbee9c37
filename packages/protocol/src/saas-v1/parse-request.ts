import type { z } from 'zod';
import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { limited } from '../diagnosis/limit.ts';
import { compareCodeUnits } from '../json.ts';
import { memberNames } from '../saas-v2/envelope.ts';
import { memberProblem } from '../saas-v2/member-problems.ts';
import { percentEncode } from '../uri.ts';
import { decodeQuery, type Parameter } from './auth-token.ts';
import { type ExtendParamV1, encodeExtendParamsV1 } from './extend-params.ts';
import { ACTIVITIES_V1, isActivityV1, type RequestV1, requestsV1 } from './requests.ts';
import { inWordsOfV1 } from './words.ts';

export type ParsedRequestV1 =
  | { ok: true; request: RequestV1 }
  | { ok: false; resultCode: '000002'; diagnosis: Diagnosis[] };

/**
 * The query of a request without its token, in alphabetical order, percent-encoded so that strict and form-style decoders agree
 * (`saas-v1.md` 2.1). An absent member is left out; an empty text is sent as `name=`, as the debugging of refreshInstance
 * wants for productId.
 *
 * @example
 * const { url } = signAuthToken(encodeRequestV1(request), key);
 */
export function encodeRequestV1(request: RequestV1): string {
  const texts = Object.entries(request).map(([name, value]) => [name, value === undefined ? value : wireText(value)]);
  return encodeParameters(Object.fromEntries(texts));
}

/** Decoded texts as {@link encodeRequestV1} writes them. */
export function encodeParameters(texts: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(texts)
    .sort(([a], [b]) => compareCodeUnits(a, b))
    .flatMap(([name, value]) => (value === undefined ? [] : [`${percentEncode(name)}=${percentEncode(value)}`]))
    .join('&');
}

/**
 * Reads a request's query without looking at its token; every refusal is `000002` (`saas-v1.md` 3.3 step 3). An empty optional
 * parameter counts as absent.
 */
export function parseRequestV1(rawQuery: string): ParsedRequestV1 {
  return readParameters(decodeQuery(rawQuery));
}

/** The request in decoded parameters. */
export function readParameters(parameters: readonly Parameter[]): ParsedRequestV1 {
  const read = readActivity<RequestV1>(parameters, ACTIVITIES_V1, (name) =>
    isActivityV1(name) ? requestsV1[name] : null,
  );
  return read.ok ? read : { ok: false, resultCode: '000002', diagnosis: limited(read.diagnosis.map(inWordsOfV1)) };
}

/** The request that decoded parameters make, by the schema of their activity; an empty parameter counts as absent. */
export function readActivity<R>(
  parameters: readonly Parameter[],
  activities: readonly string[],
  schemaOf: (activity: string) => z.ZodType<R> | null,
): { ok: true; request: R } | { ok: false; diagnosis: Diagnosis[] } {
  const given = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
  const { activity } = given;
  if (activity === undefined || activity === '') {
    return refuse([diagnose('body.member-missing', { member: 'activity', seen: memberNames(given) })]);
  }
  const schema = schemaOf(activity);
  if (schema === null) {
    const expected = activities.join(' | ');
    return refuse([diagnose('body.member-type', { member: 'activity', expected, seen: activity.slice(0, 80) })]);
  }
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const request = schema.safeParse(present);
  return request.success
    ? { ok: true, request: request.data }
    : refuse(request.error.issues.map((issue) => memberProblem(issue, given)));
}

function wireText(value: string | number | readonly ExtendParamV1[]): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : encodeExtendParamsV1(value);
}

function refuse(diagnosis: Diagnosis[]): { ok: false; diagnosis: Diagnosis[] } {
  return { ok: false, diagnosis };
}
