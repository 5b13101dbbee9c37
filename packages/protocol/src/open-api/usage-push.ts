import { hmacSha256 } from '../signing/digest.ts';

/**
 * The body signature of a usage push (`openapi.md` 5.2), for header `signature`: base64 of the HMAC over
 * `ts=…&nonce=…&body=…`. `ts` is UNIX milliseconds; `body` the very text that is sent.
 */
export function signUsagePush(input: { accessKey: string; ts: string; nonce: string; body: string }): {
  signature: string;
} {
  const { accessKey, ts, nonce, body } = input;
  return { signature: hmacSha256(accessKey, `ts=${ts}&nonce=${nonce}&body=${body}`).toString('base64') };
}
