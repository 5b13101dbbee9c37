/**
 * The businessId of the first test call for an order line. Debugging cases are replayed every day and have to be idempotent
 * (saas-v2.md 1.3), yet a test call stores nothing (1.4): the last thousand lines are remembered in this process's memory.
 */
export interface TestIds {
  /** The first one that was given for the line. */
  first(orderId: string, orderLineId: string, businessId: string): string;
}

/** A product has a handful of debugging cases; the limit only keeps strangers with a key from filling the memory. */
const LINES_MAX = 1_000;

export function rememberTestIds(): TestIds {
  const firstOf = new Map<string, string>();
  return {
    first(orderId, orderLineId, businessId) {
      const line = JSON.stringify([orderId, orderLineId]);
      const known = firstOf.get(line);
      if (known !== undefined) return known;
      firstOf.set(line, businessId);
      const oldest = firstOf.keys().next();
      if (firstOf.size > LINES_MAX && !oldest.done) firstOf.delete(oldest.value);
      return businessId;
    },
  };
}
