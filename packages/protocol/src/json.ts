/**
 * JSON as it travels: types, a parser that never throws, and the canonical forms that signatures are computed over.
 */

import { isTooDeep, JSON_MAX_DEPTH } from './json-scan.ts';

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
export type JsonObject = { [member: string]: Json };

/** What may be serialised: like {@link Json}, read-only, and with optional members left `undefined`. */
export type JsonInput =
  | null
  | boolean
  | number
  | string
  | readonly JsonInput[]
  | { readonly [member: string]: JsonInput | undefined };
export type JsonInputObject = { readonly [member: string]: JsonInput | undefined };

/**
 * The payload of a base or kit signature: top-level members in ascending code-unit order of their names, members that are
 * null dropped, empty strings kept, nested values in the order they have, no white space (`saas-v2.md` 3.1 step 1).
 * Idempotent: the canonical form of a canonical form is itself.
 */
export function canonicalPayload(body: JsonInputObject): string {
  const present = Object.entries(body).filter(([, value]) => value !== null && value !== undefined);
  return writeObject(present.sort(byName));
}

/**
 * The "naturally sorted" form of a usage push: members of **every** object sorted and null-free, array order kept
 * (`openapi.md` 5.2).
 */
export function canonicalPayloadDeep(body: JsonInput): string {
  if (Array.isArray(body)) return `[${body.map(canonicalPayloadDeep).join(',')}]`;
  if (!isInputObject(body)) return JSON.stringify(body);
  const members = Object.entries(body)
    .sort(byName)
    .flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [`${JSON.stringify(name)}:${canonicalPayloadDeep(value)}`],
    );
  return `{${members.join(',')}}`;
}

/** An object's text with its members exactly in the given order (a JavaScript object would move names like `10` to the front). */
export function writeObject(members: readonly (readonly [string, JsonInput | undefined])[]): string {
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

/**
 * Parses without throwing; the message is the engine's and usually says where. Text that nests deeper than 64 levels is
 * refused, so that what recurses over the value cannot overflow.
 */
export function parseJson(text: string): { ok: true; value: Json } | { ok: false; message: string } {
  if (isTooDeep(text)) return { ok: false, message: `nested deeper than ${JSON_MAX_DEPTH}` };
  try {
    const value: Json = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** The object a text holds, or null when the text is no JSON or holds something else. */
export function parseObject(text: string): JsonObject | null {
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : null;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isInputObject(value: JsonInput): value is JsonInputObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Java's natural string order: by UTF-16 code unit, upper case before lower case. */
export function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return compareCodeUnits(a[0], b[0]);
}
