import { compareCodeUnits } from '../json.ts';
import { sha256Hex } from '../signing/digest.ts';
import { percentDecode, percentEncode, splitQuery } from '../uri.ts';

/** The parts of the canonical request of `SDK-HMAC-SHA256` (`openapi.md` 3.3). */

export const AKSK_ALGORITHM = 'SDK-HMAC-SHA256';
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** Each segment decoded once and encoded once, with a final `/`. */
export function canonicalUri(rawPath: string): string {
  return withFinalSlash(
    rawPath
      .split('/')
      .map((segment) => percentEncode(percentDecode(segment)))
      .join('/'),
  );
}

/** What the official Node client signs: segments encoded as they stand, so that `%20` becomes `%2520` (`openapi.md` 3.7). */
export function canonicalUriOfRawSegments(rawPath: string): string {
  return withFinalSlash(rawPath.split('/').map(percentEncode).join('/'));
}

/** Names and values decoded and encoded, `name=value`, sorted by name and then by value. `rawQuery` has no leading `?`. */
export function canonicalQuery(rawQuery: string): string {
  const pairs = splitQuery(rawQuery).map(({ name, value }) => ({
    name: percentEncode(percentDecode(name)),
    value: percentEncode(percentDecode(value)),
  }));
  // Sorting the encoded form equals code order of the decoded one where it matters: encoding only touches reserved bytes.
  pairs.sort((a, b) => compareDecoded(a.name, b.name) || compareDecoded(a.value, b.value));
  return pairs.map(({ name, value }) => `${name}=${value}`).join('&');
}

/** `name:trimmed value\n` for each signed header, in the order given (`openapi.md` 3.3 step 4). */
export function canonicalHeaders(signedHeaders: readonly string[], headers: Readonly<Record<string, string>>): string {
  return signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
}

/** Lower-case hex SHA-256 of the body, unless `x-sdk-content-sha256` stands in for it. */
export function payloadHash(body: Uint8Array | string, headers: Readonly<Record<string, string>>): string {
  return headers['x-sdk-content-sha256']?.trim() ?? sha256Hex(body);
}

export interface CanonicalParts {
  readonly method: string;
  readonly uri: string;
  readonly query: string;
  readonly headerBlock: string;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}

export function canonicalRequestText(parts: CanonicalParts): string {
  const { method, uri, query, headerBlock, signedHeaders } = parts;
  return [method, uri, query, headerBlock, signedHeaders.join(';'), parts.payloadHash].join('\n');
}

export function stringToSign(sdkDate: string, canonicalRequest: string): string {
  return `${AKSK_ALGORITHM}\n${sdkDate}\n${sha256Hex(canonicalRequest)}`;
}

function withFinalSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

function compareDecoded(a: string, b: string): number {
  const left = new TextDecoder().decode(percentDecode(a));
  const right = new TextDecoder().decode(percentDecode(b));
  return compareCodeUnits(left, right);
}
