import { hmacSha256Hex } from '../signing/digest.ts';

export interface CallSignatureInput {
  readonly accessKey: string;
  /** The canonical payload, exactly the text that is sent. */
  readonly payload: string;
  /** UNIX milliseconds as text, exactly as in the URL. */
  readonly timestamp: string;
  readonly nonce: string;
}

/**
 * Signs a base call (`saas-v2.md` 3.1). The access key keys both HMACs; `signature` is upper-case hex as the marketplace
 * emits it.
 *
 * @example
 * const { signature } = signBase({ accessKey, payload: canonicalPayload(body), timestamp: '1767225600000', nonce });
 * const url = `${address}?signature=${signature}&timestamp=1767225600000&nonce=${nonce}`;
 */
export function signBase(input: CallSignatureInput): {
  payload: string;
  bodyMac: string;
  canonicalRequest: string;
  signature: string;
} {
  const { accessKey, payload, timestamp, nonce } = input;
  const bodyMac = hmacSha256Hex(accessKey, payload);
  const canonicalRequest = accessKey + nonce + timestamp + bodyMac;
  const signature = hmacSha256Hex(accessKey, canonicalRequest).toUpperCase();
  return { payload, bodyMac, canonicalRequest, signature };
}
