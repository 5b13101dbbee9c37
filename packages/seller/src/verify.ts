/** Is this request the marketplace's, fresh, and not a replay? saas-v2.md 3.1, in its order and with its codes. */
import { type Diagnosis, diagnose, verifyBase } from '@jishi/protocol';
import { WINDOW_MS } from './limits.ts';
import { mostTelling } from './reception.ts';
import type { SellerStore } from './store.ts';

export type Verified =
  /** `accessKey` is the key that fitted: during a rotation the answer must be made with the same one. */
  | { readonly ok: true; readonly accessKey: string }
  | { readonly ok: false; readonly resultCode: '000001' | '000002'; readonly diagnosis: readonly Diagnosis[] };

export interface SignedRequest {
  readonly url: URL;
  /** The body exactly as received. */
  readonly body: string;
}

export async function verifyRequest(
  { url, body }: SignedRequest,
  keys: readonly string[],
  store: SellerStore,
  { nowMs, explain }: { readonly nowMs: number; readonly explain: boolean },
): Promise<Verified> {
  const [signature, timestamp, nonce] = ['signature', 'timestamp', 'nonce'].map(
    (name) => url.searchParams.get(name) ?? undefined,
  );
  const verdicts = keys.map((accessKey) => ({
    accessKey,
    verdict: verifyBase({ accessKey, body, signature, timestamp, nonce, nowMs, windowMs: WINDOW_MS, explain }),
  }));
  const fitting = verdicts.find(({ verdict }) => verdict.ok);
  if (!fitting) return refusalOf(verdicts.map(({ verdict }) => verdict));
  // Only the signed ones are remembered, so that strangers cannot fill the store.
  const untilMs = Number(timestamp) + WINDOW_MS;
  if (await store.rememberNonce(nonce ?? '', { nowMs, untilMs })) return { ok: true, accessKey: fitting.accessKey };
  return {
    ok: false,
    resultCode: '000001',
    diagnosis: [diagnose('request.nonce-replayed', { seen: `nonce ${nonce}` })],
  };
}

/** `verdicts` is not empty. */
function refusalOf(verdicts: readonly ReturnType<typeof verifyBase>[]): Verified {
  const refusals = verdicts.flatMap((verdict) => (verdict.ok ? [] : [verdict]));
  return mostTelling(refusals) ?? { ok: false, resultCode: '000001', diagnosis: [diagnose('request.signature-key')] };
}
