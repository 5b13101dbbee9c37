import { canonicalPayloadDeep, parseJson } from '../json.ts';
import { canonicalDeepOfText } from '../json-text.ts';
import { equalConstantTime, hmacSha256 } from '../signing/digest.ts';

/** How far `ts` of a usage push may be from the marketplace's clock, as in V2.0 (`openapi.md` O6). */
export const USAGE_PUSH_WINDOW_MS = 60_000;

/**
 * The body signature of a usage push (`openapi.md` 5.2), for header `signature`: base64 of the HMAC over
 * `ts=…&nonce=…&body=…`. `ts` is UNIX milliseconds; `body` the very text that is sent.
 */
export function signUsagePush(input: { accessKey: string; ts: string; nonce: string; body: string | Uint8Array }): {
  signature: string;
} {
  const { accessKey, ts, nonce, body } = input;
  return { signature: hmacSha256(accessKey, `ts=${ts}&nonce=${nonce}&body=`, body).toString('base64') };
}

export interface UsagePushReceived {
  /** The seller's keys of the base interfaces; any of them may have signed. */
  readonly accessKeys: readonly string[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as received. */
  readonly body: Uint8Array;
  readonly nowMs: number;
  readonly windowMs?: number;
}
export type UsagePushVerdict =
  | { readonly ok: true; readonly nonce: string }
  | { readonly ok: false; readonly fault: UsageSignFault };

/** What is wrong with the body signature, in one word each; the words for people stand with whoever shows them. */
export type UsageSignFault =
  | 'TS_MISSING'
  | 'TS_FORMAT'
  | 'TS_SKEW'
  | 'NONCE_MISSING'
  | 'SIGNATURE_MISSING'
  | 'NO_KEY'
  | 'SIGNATURE';

/**
 * Verifies the second signature of a usage push: over the raw bytes, or over the deeply sorted, null-free form of the body
 * (`openapi.md` O5), in which numbers stand as they are written or as JavaScript writes them. Whether the nonce was seen before is for the caller to know.
 */
export function verifyUsagePush(input: UsagePushReceived): UsagePushVerdict {
  const { headers, accessKeys } = input;
  const fault = (what: UsageSignFault): UsagePushVerdict => ({ ok: false, fault: what });
  const [ts = '', nonce = '', signature = ''] = ['ts', 'nonce', 'signature'].map((name) => headers[name]?.trim());
  if (ts === '') return fault('TS_MISSING');
  if (!/^\d{13}$/.test(ts)) return fault('TS_FORMAT');
  if (Math.abs(input.nowMs - Number(ts)) > (input.windowMs ?? USAGE_PUSH_WINDOW_MS)) return fault('TS_SKEW');
  if (nonce === '' || nonce.length > 64) return fault('NONCE_MISSING');
  if (signature === '') return fault('SIGNATURE_MISSING');
  if (accessKeys.length === 0) return fault('NO_KEY');
  const fits = (body: string | Uint8Array) =>
    accessKeys.some((accessKey) =>
      equalConstantTime(signUsagePush({ accessKey, ts, nonce, body }).signature, signature),
    );
  if (fits(input.body)) return { ok: true, nonce };
  const text = new TextDecoder().decode(input.body);
  const parsed = parseJson(text);
  if (!parsed.ok) return fault('SIGNATURE');
  const forms = [canonicalPayloadDeep(parsed.value), canonicalDeepOfText(text) ?? ''];
  return forms.some(fits) ? { ok: true, nonce } : fault('SIGNATURE');
}
