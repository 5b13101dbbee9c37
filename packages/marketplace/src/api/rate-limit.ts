/**
 * How often somebody may ask, counted in this process: a bucket for each key (an access key, a client, an address) that
 * refills with time. A key that was never seen finds a full one.
 */
export interface RateLimit {
  /** @returns seconds to wait; 0 = go on */
  take(key: string, nowMs: number): number;
  /** What was taken did not count after all. */
  giveBack(key: string): void;
}

const MOST_KEYS = 10_000; // then those with a full bucket are forgotten

/** @param perSecond what refills; 0 = no limit */
export function rateLimit(perSecond: number, atOnce = perSecond * 2): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const filled = ({ tokens, at }: { tokens: number; at: number }, nowMs: number) =>
    Math.min(atOnce, tokens + (Math.max(0, nowMs - at) / 1000) * perSecond);
  return {
    take(key, nowMs) {
      if (perSecond === 0) return 0;
      if (buckets.size >= MOST_KEYS && !buckets.has(key))
        for (const [known, bucket] of buckets) if (filled(bucket, nowMs) >= atOnce) buckets.delete(known);
      const tokens = filled(buckets.get(key) ?? { tokens: atOnce, at: nowMs }, nowMs);
      const taken = tokens >= 1;
      buckets.set(key, { tokens: taken ? tokens - 1 : tokens, at: nowMs });
      return taken ? 0 : Math.ceil((1 - tokens) / perSecond);
    },
    giveBack(key) {
      const bucket = buckets.get(key);
      if (bucket) buckets.set(key, { ...bucket, tokens: Math.min(atOnce, bucket.tokens + 1) });
    },
  };
}

/**
 * Failed sign-ins from one address: at most 30 at once, then one every two seconds. Taken before the password is looked at
 * (so that at most 30 are looked at at once) and given back when it was right.
 */
export const signInLimit = (): RateLimit => rateLimit(0.5, 30);
