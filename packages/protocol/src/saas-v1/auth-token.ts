import { compareCodeUnits } from '../json.ts';
import { hmacSha256 } from '../signing/digest.ts';
import { percentDecode, percentEncode, splitQuery } from '../uri.ts';

/** The `authToken` of V1.0's base scenarios (`saas-v1.md` 3.1). */

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
  const signed = parameters.filter(({ name }) => name !== 'authToken');
  const sorted = signed.toSorted((a, b) => compareCodeUnits(a.name, b.name));
  const stringToSign = sorted.map(({ name, value }) => `${name}=${value}`).join('&');
  const timeStamp = signed.find(({ name }) => name === 'timeStamp')?.value ?? '';
  return { stringToSign, authToken: hmacSha256(key + timeStamp, stringToSign).toString('base64') };
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

/** Names and values decoded once; `+` stays a plus. */
export function decodeQuery(rawQuery: string): Parameter[] {
  return splitQuery(rawQuery).map(({ name, value }) => ({ name: decodeOnce(name), value: decodeOnce(value) }));
}

export function decodeOnce(text: string): string {
  return new TextDecoder().decode(percentDecode(text));
}
