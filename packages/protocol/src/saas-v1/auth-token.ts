import { compareCodeUnits } from '../json.ts';
import { hmacSha256 } from '../signing/digest.ts';
import { percentDecode, percentEncode, splitQuery } from '../uri.ts';

/** The `authToken` of V1.0: pairs sorted and joined, HMAC-SHA256 keyed with key + timeStamp, base64 (`saas-v1.md` 3.1). */

/** A query parameter, or a top-level member of a kit body, as text. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/**
 * Signs decoded parameters: all but authToken, sorted by name in code order, `name=value` joined by `&`, nothing encoded,
 * empty values kept; the HMAC key is the key followed by timeStamp.
 */
export function signParameters(
  parameters: readonly Parameter[],
  key: string,
): { stringToSign: string; authToken: string } {
  const sorted = signedParameters(parameters).toSorted((a, b) => compareCodeUnits(a.name, b.name));
  const stringToSign = joinPairs(sorted);
  return { stringToSign, authToken: tokenOver(stringToSign, key + valueNamed(parameters, 'timeStamp')) };
}

/**
 * Signs a raw query string; `url` is that query with the token appended, encoded.
 *
 * @example
 * const { url } = signAuthToken('activity=newInstance&timeStamp=20260101080000123', key);
 */
export function signAuthToken(rawQuery: string, key: string): { stringToSign: string; authToken: string; url: string } {
  const signed = signParameters(decodeQuery(rawQuery), key);
  const without = rawQuery.split('&').filter((part) => part !== '' && !/^authToken(=|$)/.test(part));
  return { ...signed, url: [...without, `authToken=${percentEncode(signed.authToken)}`].join('&') };
}

/**
 * Names and values decoded once; of a name that occurs more often the first value counts (`saas-v1.md` 2.1). A `+` stays a plus,
 * or is the blank of form-style encoders (Q2).
 */
export function decodeQuery(rawQuery: string, plus: 'plus' | 'blank' = 'plus'): Parameter[] {
  const raw = plus === 'plus' ? rawQuery : rawQuery.replaceAll('+', '%20');
  return firstOfEach(splitQuery(raw)).map(({ name, value }) => ({ name, value: decodeOnce(value) }));
}

/** The pairs of a raw query with decoded names and values as they stand. */
export function undecodedQuery(rawQuery: string): Parameter[] {
  return firstOfEach(splitQuery(rawQuery));
}

export function decodeOnce(text: string): string {
  if (ASCII_WITHOUT_PERCENT.test(text)) return text;
  return new TextDecoder().decode(percentDecode(text));
}

const ASCII_WITHOUT_PERCENT = /^[ -$&-~]*$/;

export function signedParameters(parameters: readonly Parameter[]): Parameter[] {
  return parameters.filter(({ name }) => name !== 'authToken');
}

export function joinPairs(parameters: readonly Parameter[]): string {
  return parameters.map(({ name, value }) => `${name}=${value}`).join('&');
}

export function tokenOver(stringToSign: string, hmacKey: string): string {
  return hmacSha256(hmacKey, stringToSign).toString('base64');
}

export function valueNamed(parameters: readonly Parameter[], wanted: string): string {
  return parameters.find(({ name }) => name === wanted)?.value ?? '';
}

function firstOfEach(pairs: readonly Parameter[]): Parameter[] {
  const byName = new Map<string, string>();
  for (const pair of pairs) {
    const name = decodeOnce(pair.name);
    if (!byName.has(name)) byName.set(name, pair.value);
  }
  return [...byName].map(([name, value]) => ({ name, value }));
}
