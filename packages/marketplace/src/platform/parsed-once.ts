/**
 * Parses each payload once, however many subscribers read it: they are given the same object (`events.ts`). What it
 * becomes is shared too, so nobody may change it.
 */
export function parsedOnce<T extends object>(schema: { parse(payload: unknown): T }): { parse(payload: object): T } {
  const known = new WeakMap<object, T>();
  return {
    parse(payload) {
      const value = known.get(payload) ?? schema.parse(payload);
      known.set(payload, value);
      return value;
    },
  };
}
