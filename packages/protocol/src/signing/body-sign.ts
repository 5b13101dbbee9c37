import { hmacSha256 } from './digest.ts';

/**
 * The `Body-Sign` response header: HMAC-SHA256 over the very bytes of the body, keyed with the key alone, in base64
 * (`saas-v1.md` 4; optional in V2.0, `saas-v2.md` 3.3). `header` is the whole header value.
 */
export function bodySign(body: Uint8Array | string, key: string): { header: string; signature: string } {
  const signature = hmacSha256(key, body).toString('base64');
  return { header: `sign_type="HMAC-SHA256", signature="${signature}"`, signature };
}
