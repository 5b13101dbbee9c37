/** Keys of the sellers' own ids. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serialKeys } from './serial-keys.ts';

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
