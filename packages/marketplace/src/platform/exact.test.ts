/** The quick decimals give what decimal.js gives, to the last digit. */
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal as exact } from './exact.ts';
import { decimal } from './money.ts';

/** as much as scenario files may say: 18 digits and 20 decimals; most of the time, prices */
const digits = (most: number) => fc.stringMatching(new RegExp(`^\\d{1,${most}}$`));
const number = fc.oneof(
  fc.constantFrom('0', '-0', '0.00', '1', '0.95', '9007199254740991', '-9007199254740993', '0.00000000000000000001'),
  fc.integer({ min: -99_999_999, max: 99_999_999 }).map((cents) => (cents / 100).toFixed(2)),
  fc.tuple(fc.constantFrom('', '-'), digits(18), digits(20)).map(([sign, whole, part]) => `${sign}${whole}.${part}`),
);
const places = fc.integer({ min: 0, max: 12 });
/** decimal.js keeps the sign of zero, which nobody wants to read */
const plain = (value: Decimal): string => value.plus(0).toFixed();

describe('exact decimals', () => {
  it('add, subtract, multiply, divide and compare as decimal.js does', () => {
    fc.assert(
      fc.property(number, number, (one, two) => {
        const [a, b, x, y] = [exact(one), exact(two), decimal(one), decimal(two)];
        expect(a.toFixed()).toBe(plain(x));
        expect(a.plus(b).toFixed()).toBe(plain(x.plus(y)));
        expect(a.minus(b).toFixed()).toBe(plain(x.minus(y)));
        expect(a.times(b).toFixed()).toBe(plain(x.times(y)));
        if (!y.isZero()) expect(a.dividedBy(b).toFixed()).toBe(plain(x.dividedBy(y)));
        expect([a.comparedTo(b), a.equals(b), a.lessThan(b), a.greaterThan(b)]).toEqual([
          x.comparedTo(y) + 0,
          x.equals(y),
          x.lessThan(y),
          x.greaterThan(y),
        ]);
        expect(a.negated().abs().toFixed()).toBe(plain(x.abs()));
      }),
      { numRuns: 2_000 },
    );
  });

  it('round as decimal.js does, half up and cut, after several operations', () => {
    fc.assert(
      fc.property(number, number, number, places, (one, two, three, decimals) => {
        const a = exact(one).times(two).times(three).plus(two);
        const x = decimal(one).times(two).times(three).plus(two);
        expect(a.toFixed()).toBe(plain(x));
        expect(a.toDecimalPlaces(decimals).toFixed()).toBe(plain(x.toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP)));
        expect(a.toDecimalPlaces(decimals, 'TRUNCATE').toFixed()).toBe(
          plain(x.toDecimalPlaces(decimals, Decimal.ROUND_DOWN)),
        );
        expect(a.toFixed(decimals)).toBe(x.toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP).plus(0).toFixed(decimals));
      }),
      { numRuns: 2_000 },
    );
  });

  it('are read from text, numbers and decimals, and written without exponent', () => {
    expect([exact(12).toFixed(), exact(decimal('0.10')).toFixed(), JSON.stringify(exact('1.50'))]).toEqual([
      '12',
      '0.1',
      '"1.5"',
    ]);
    for (const none of ['', '1e3', '1.', 'NaN', ' 1']) expect(() => exact(none)).toThrow(RangeError);
    expect(() => exact('1').dividedBy('0')).toThrow(/division by zero/);
  });
});
