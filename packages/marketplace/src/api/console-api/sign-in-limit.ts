/**
 * Failed sign-ins from one address in this process: at most 30 at once, then one every two seconds. Taken before the
 * password is looked at (so that at most 30 are looked at at once) and given back when it was right.
 */
const AT_ONCE = 30;
const REFILL_MS = 2_000;
const MOST_ADDRESSES = 10_000; // then those with nothing on them are forgotten

export interface SignInLimit {
  /** @returns seconds to wait; 0 = go on */
  take(address: string, nowMs: number): number;
  giveBack(address: string): void;
}

export function signInLimit(): SignInLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const filled = ({ tokens, at }: { tokens: number; at: number }, nowMs: number) =>
    Math.min(AT_ONCE, tokens + Math.max(0, nowMs - at) / REFILL_MS);
  return {
    take(address, nowMs) {
      if (buckets.size >= MOST_ADDRESSES)
        for (const [known, bucket] of buckets) if (filled(bucket, nowMs) >= AT_ONCE) buckets.delete(known);
      const tokens = filled(buckets.get(address) ?? { tokens: AT_ONCE, at: nowMs }, nowMs);
      const taken = tokens >= 1;
      buckets.set(address, { tokens: taken ? tokens - 1 : tokens, at: nowMs });
      return taken ? 0 : Math.ceil(((1 - tokens) * REFILL_MS) / 1000);
    },
    giveBack(address) {
      const bucket = buckets.get(address);
      if (bucket) buckets.set(address, { ...bucket, tokens: Math.min(AT_ONCE, bucket.tokens + 1) });
    },
  };
}
