import { compareCodeUnits } from '../json.ts';
import { hmacSha256Hex } from '../signing/digest.ts';
import { formatSdkDate } from '../time.ts';
import { splitTarget } from '../uri.ts';
import {
  AKSK_ALGORITHM,
  canonicalHeaders,
  canonicalQuery,
  canonicalRequestText,
  canonicalUri,
  payloadHash,
  stringToSign,
} from './canonical.ts';

export interface AkSkRequest {
  readonly ak: string;
  readonly sk: string;
  readonly method: string;
  /** Absolute, exactly as it will be sent. */
  readonly url: string;
  /** Each one is signed; `host` and `x-sdk-date` are added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
  readonly date: Date;
}

/**
 * Signs an Open API request with AK/SK (`openapi.md` 3.3). `headers` of the result are to be added to the request.
 * Throws a RangeError when `url` is not an absolute http(s) URL.
 *
 * @example
 * const signed = signAkSk({ ak, sk, method: 'GET', url, headers: { 'content-type': 'application/json' }, body: '', date });
 * await fetch(url, { headers: { 'content-type': 'application/json', ...signed.headers } });
 */
export function signAkSk(request: AkSkRequest): {
  canonicalRequest: string;
  stringToSign: string;
  signature: string;
  authorization: string;
  headers: Record<string, string>;
} {
  const { host, target } = splitUrl(request.url);
  const { path, query } = splitTarget(target);
  const given = lowerCaseNames(request.headers);
  const sdkDate = given['x-sdk-date'] ?? formatSdkDate(request.date);
  const headers = { ...given, host: given.host ?? host, 'x-sdk-date': sdkDate };
  const signedHeaders = Object.keys(headers).sort(compareCodeUnits);
  const canonicalRequest = canonicalRequestText({
    method: request.method.toUpperCase(),
    uri: canonicalUri(path),
    query: canonicalQuery(query),
    headerBlock: canonicalHeaders(signedHeaders, headers),
    signedHeaders,
    payloadHash: payloadHash(request.body, headers),
  });
  const text = stringToSign(sdkDate, canonicalRequest);
  const signature = hmacSha256Hex(request.sk, text);
  const authorization = `${AKSK_ALGORITHM} Access=${request.ak}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return {
    canonicalRequest,
    stringToSign: text,
    signature,
    authorization,
    headers: { host: headers.host, 'X-Sdk-Date': sdkDate, Authorization: authorization },
  };
}

function splitUrl(url: string): { host: string; target: string } {
  const match = /^(https?):\/\/([^/?#]+)([^#]*)/i.exec(url);
  if (match === null) throw new RangeError('the URL must be absolute and begin with http:// or https://');
  const [, scheme = '', authority = '', target = ''] = match;
  const defaultPort = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  return {
    host: host.endsWith(defaultPort) ? host.slice(0, -defaultPort.length) : host,
    target: target.startsWith('/') ? target : `/${target}`,
  };
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
