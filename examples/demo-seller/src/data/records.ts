/** A `SellerStore` over a map that is written to disk with everything else: how an own store for the SDK looks. */
import type { SellerStore } from '@jishi/seller';

export interface ClaimRecord {
  readonly first: string;
  readonly attempt: number;
  readonly leaseUntilMs: number;
  readonly result: string | null;
}

/** @param nonces live for two minutes only and in memory: after a restart the window of a replay is as short */
export function recordStore(
  records: Map<string, ClaimRecord>,
  nonces: Map<string, number>,
  save: () => Promise<void>,
): SellerStore {
  return {
    async claim(key, { first, nowMs, leaseMs }) {
      const known = records.get(key);
      if (known && known.result !== null) return { state: 'done', first: known.first, result: known.result };
      if (known && known.leaseUntilMs > nowMs) return { state: 'busy', first: known.first };
      const attempt = (known?.attempt ?? 0) + 1;
      const kept = known?.first ?? first;
      records.set(key, { first: kept, attempt, leaseUntilMs: nowMs + leaseMs, result: null });
      await save();
      return { state: 'claimed', first: kept, attempt };
    },
    async complete(key, result) {
      const known = records.get(key);
      if (known && known.result !== null) return known.result;
      records.set(key, { first: known?.first ?? '', attempt: known?.attempt ?? 0, leaseUntilMs: 0, result });
      await save();
      return result;
    },
    async abandon(key, attempt) {
      const known = records.get(key);
      if (!known || known.result !== null || known.attempt !== attempt) return;
      records.set(key, { ...known, leaseUntilMs: 0 });
      await save();
    },
    async rememberNonce(nonce, { nowMs, untilMs }) {
      for (const [old, until] of nonces) {
        if (until >= nowMs) break;
        nonces.delete(old);
      }
      if (nonces.has(nonce)) return false;
      nonces.set(nonce, untilMs);
      return true;
    },
  };
}
