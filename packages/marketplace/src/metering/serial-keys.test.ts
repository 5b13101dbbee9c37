/** Keys of the sellers' own ids. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highOf, lowOf, rangesOf, sortedKeys } from './key-ranges.ts';
import { seenSerials } from './seen-serials.ts';
import { callKeys, serialKeys } from './serial-keys.ts';

const whole = (sellerId: string, serial: string): bigint => {
  const { high, low } = serialKeys(sellerId)(serial);
  return (BigInt(high) << 32n) | BigInt(low);
};

describe('keys of ids', () => {
  it('ids that count up have keys side by side', () => {
    const keys = Array.from({ length: 1_024 }, (_, place) => whole('s', `sn-${40_960 + place}`));
    expect(new Set(keys).size).toBe(1_024);
    const sorted = keys.toSorted((a, b) => (a < b ? -1 : 1));
    expect((sorted.at(-1) ?? 0n) - (sorted[0] ?? 0n)).toBe(1_023n);
  });

  it('the same id of another seller, and another head, lie elsewhere', () => {
    const keys = ['sn-7', 'sm-7', 'sn7', '7', ''].flatMap((serial) => [whole('s', serial), whole('t', serial)]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is the same whenever it is asked for, and fits into 64 bits, whatever the id', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 64, unit: 'binary' }), fc.nat(), (text, number) => {
        const serial = `${text}${number}`;
        const { high, low } = serialKeys('s')(serial);
        expect(serialKeys('s')(serial)).toEqual({ high, low });
        expect([high | 0, low >>> 0]).toEqual([high, low]);
      }),
    );
  });
});

/** Ids as they stand in a body, behind each other. */
function serialsOf(serials: readonly string[]) {
  const bytes = serials.map((serial) => Buffer.from(serial));
  const serialFrom = new Int32Array(serials.length);
  const serialTo = new Int32Array(serials.length);
  let at = 0;
  for (const [place, each] of bytes.entries()) {
    serialFrom[place] = at;
    at += each.length;
    serialTo[place] = at;
  }
  return { count: serials.length, text: Buffer.concat(bytes), serialFrom, serialTo };
}
const some = fc.oneof(
  fc.tuple(fc.constantFrom('sn-', 'sm-', 'sn-0', '', 'é', '7x'), fc.nat(30)).map((parts) => parts.join('')),
  fc.stringMatching(/^[0-9]{1,20}$/),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const lists = fc.array(fc.array(some, { maxLength: 12 }), { maxLength: 4 });

describe('ids of calls', () => {
  it('have the keys that each of them has by itself; none has none', () => {
    fc.assert(
      fc.property(fc.array(some), (serials) => {
        const keys = callKeys('s')(serialsOf(serials));
        const alone = serials.map((serial) => (serial === '' ? { high: 0, low: 0 } : serialKeys('s')(serial)));
        expect(serials.map((_, place) => ({ high: keys.high[place], low: (keys.low[place] ?? 0) >>> 0 }))).toEqual(
          alone,
        );
      }),
    );
  });

  it('are told from each other, and the first of the same is found, also where keys are the same', () => {
    fc.assert(
      fc.property(lists, fc.boolean(), (given, hasOneKey) => {
        const calls = given.map((serials) => {
          const usage = serialsOf(serials.filter((serial) => serial !== ''));
          const none = { high: new Int32Array(usage.count), low: new Int32Array(usage.count) };
          return { usage, keys: hasOneKey ? none : callKeys('s')(usage) };
        });
        const seen = seenSerials(calls);
        const first = new Map<string, { call: number; place: number }>();
        for (const [call, { usage }] of calls.entries())
          for (let place = 0; place < usage.count; place += 1) {
            const text = Buffer.from(usage.text.subarray(usage.serialFrom[place], usage.serialTo[place])).toString();
            expect(seen(call, place)).toEqual(first.get(text) ?? null);
            if (!first.has(text)) first.set(text, { call, place });
          }
      }),
    );
  });

  it('are looked up in their order, in ranges that hold all of them and little else', () => {
    const counted = fc
      .tuple(fc.nat(2 ** 33), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 6 }))
      .map(([from, count, step]) => Array.from({ length: count }, (_, place) => `sn-${from + place * step}`));
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            counted,
            lists.map((given) => given.flat()),
          ),
          { maxLength: 3 },
        ),
        (given) => {
          const calls = given.map((serials) => {
            const usage = serialsOf(serials);
            return { usage, keys: callKeys('s')(usage) };
          });
          const sorted = sortedKeys(calls);
          const asked = given
            .flat()
            .filter((serial) => serial !== '')
            .map((serial) => whole('s', serial))
            .toSorted((a, b) => (a < b ? -1 : 1));
          const at = (place: number) => (BigInt(highOf(sorted, place)) << 32n) | BigInt(lowOf(sorted, place) >>> 0);
          expect(Array.from({ length: sorted.count }, (_, place) => at(place))).toEqual(asked);
          const ranges = rangesOf(sorted);
          if (ranges === null) return;
          const { first, last } = ranges;
          expect(
            asked.every((key) => first.some((from, number) => at(from) <= key && key <= at(last[number] ?? -1))),
          ).toBe(true);
          const width = first.reduce((sum, from, number) => sum + at(last[number] ?? -1) - at(from) + 1n, 0n);
          expect(Number(width)).toBeLessThanOrEqual(asked.length * 4);
          expect(first.length * 8).toBeLessThanOrEqual(asked.length);
        },
      ),
    );
  });
});
