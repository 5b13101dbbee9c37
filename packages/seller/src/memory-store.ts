import type { SellerStore } from './store.ts';

interface Entry {
  readonly first: string;
  readonly attempt: number;
  readonly leaseUntilMs: number;
  readonly result: string | null;
}

/**
 * A `SellerStore` in this process's memory: for tests, for trying things out, and for a single process that may forget.
 * A restart forgets which order line got which instance, so a live seller keeps these records in its database.
 *
 * @example
 * const store = memoryStore();
 * await store.claim('k', { first: 'a', nowMs: 0, leaseMs: 1000 }); // { state: 'claimed', first: 'a', attempt: 1 }
 * await store.claim('k', { first: 'b', nowMs: 0, leaseMs: 1000 }); // { state: 'busy', first: 'a' }
 * await store.complete('k', 'done');
 * await store.claim('k', { first: 'c', nowMs: 0, leaseMs: 1000 }); // { state: 'done', first: 'a', result: 'done' }
 */
export function memoryStore(): SellerStore {
  const entries = new Map<string, Entry>();
  const nonces = new Map<string, number>();

  return {
    // Each function reads and writes without awaiting in between, which makes it atomic in one process.
    async claim(key, { first, nowMs, leaseMs }) {
      const known = entries.get(key);
      if (known?.result != null) return { state: 'done', first: known.first, result: known.result };
      if (known && known.leaseUntilMs > nowMs) return { state: 'busy', first: known.first };
      const next = {
        first: known?.first ?? first,
        attempt: (known?.attempt ?? 0) + 1,
        leaseUntilMs: nowMs + leaseMs,
        result: null,
      };
      entries.set(key, next);
      return { state: 'claimed', first: next.first, attempt: next.attempt };
    },
    async complete(key, result) {
      const known = entries.get(key);
      if (known?.result != null) return known.result;
      entries.set(key, { first: known?.first ?? '', attempt: known?.attempt ?? 0, leaseUntilMs: 0, result });
      return result;
    },
    async abandon(key, attempt) {
      const known = entries.get(key);
      if (known && known.attempt === attempt && known.result === null) {
        entries.set(key, { ...known, leaseUntilMs: Number.NEGATIVE_INFINITY });
      }
    },
    async rememberNonce(nonce, { nowMs, untilMs }) {
      forgetExpired(nonces, nowMs);
      if (nonces.has(nonce)) return false;
      nonces.set(nonce, untilMs);
      return true;
    },
  };
}

/** Nonces arrive roughly in the order in which they expire, so the old ones stand at the front. */
function forgetExpired(nonces: Map<string, number>, nowMs: number): void {
  for (const [nonce, untilMs] of nonces) {
    if (untilMs >= nowMs) return;
    nonces.delete(nonce);
  }
}
