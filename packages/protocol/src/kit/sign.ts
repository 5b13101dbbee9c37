import type { CallSignatureInput } from '../saas-v2/sign.ts';
import { hmacSha256Hex } from '../signing/digest.ts';

/**
 * Signs a kit call for header `x-sign` (`saas-v2.md` 3.2): the payload itself stands in the canonical request, there is no
 * inner HMAC. `signature` is upper-case hex, as for base calls.
 */
export function signKit(input: CallSignatureInput): { payload: string; canonicalRequest: string; signature: string } {
  const { accessKey, payload, timestamp, nonce } = input;
  const canonicalRequest = accessKey + nonce + timestamp + payload;
  return { payload, canonicalRequest, signature: hmacSha256Hex(accessKey, canonicalRequest).toUpperCase() };
}
