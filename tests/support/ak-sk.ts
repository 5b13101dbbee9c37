/** AK/SK signing written a second time from openapi.md 3.3, so that server and test do not share a mistake. */
import { createHash, createHmac } from 'node:crypto';

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

export const sdkDate = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/g, '');

export interface ToSign {
  readonly ak: string;
  readonly sk: string;
  readonly method?: string;
  /** path and query */
  readonly target: string;
  /** all that are sent, lower-case names */
  readonly headers: Readonly<Record<string, string>>;
  /** names in the order and spelling of SignedHeaders; absent = every header, sorted */
  readonly signedHeaders?: readonly string[];
  readonly body?: string;
  /** what X-Sdk-Content-Sha256 says in place of the hash of the body */
  readonly payloadHash?: string;
}

/** @returns the value of `Authorization` */
export function authorizationOf(input: ToSign): string {
  const { path = '/', query = '' } = /^(?<path>[^?]*)\??(?<query>.*)$/.exec(input.target)?.groups ?? {};
  const names = input.signedHeaders ?? Object.keys(input.headers).sort();
  const pairs = query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return `${encode(decodeURIComponent(name))}=${encode(decodeURIComponent(value.join('=')))}`;
    })
    .sort();
  const canonicalRequest = [
    input.method ?? 'GET',
    path.endsWith('/') ? path : `${path}/`,
    pairs.join('&'),
    ...names.map((name) => `${name.toLowerCase()}:${(input.headers[name.toLowerCase()] ?? '').trim()}`),
    '',
    names.map((name) => name.toLowerCase()).join(';'),
    input.payloadHash ?? sha256(input.body ?? ''),
  ].join('\n');
  const date = input.headers['x-sdk-date'] ?? '';
  const signature = createHmac('sha256', input.sk)
    .update(`SDK-HMAC-SHA256\n${date}\n${sha256(canonicalRequest)}`)
    .digest('hex');
  return `SDK-HMAC-SHA256 Access=${input.ak}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}
