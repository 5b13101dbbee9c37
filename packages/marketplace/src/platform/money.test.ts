/** Money is an exact decimal with its currency; it is rounded half-up to cents and nowhere else (C17, design.md 4.5). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Currency, currencyOf, decimal, money, plain, roundToCents, sum } from './money.ts';

const cents = fc.bigInt({ min: 0n, max: 10n ** 14n });
const fromCents = (value: bigint) => `${value / 100n}.${String(value % 100n).padStart(2, '0')}`;

describe('money', () => {
  it('adds up to the last cent, in any order', () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 50 }), (values) => {
        const amounts = values.map((value) => money(fromCents(value), 'CNY'));
        const expected = fromCents(values.reduce((total, value) => total + value, 0n));
        expect(sum(amounts, 'CNY')).toEqual({ amount: expected, currency: 'CNY' });
        expect(sum(amounts.toReversed(), 'CNY').amount).toBe(expected);
      }),
    );
  });

  it('does not know the errors of floating point', () => {
    expect(plain(decimal('0.1').plus('0.2'))).toBe('0.3');
    // 999 999 999 999.9999 × 9 999 999, the dearest price times the largest quantity
    expect(plain(decimal('999999999999.9999').times(9_999_999))).toBe('9999998999999999000.0001');
  });

  it.each([
    ['0.005', '0.01'],
    ['0.0049999999', '0.00'],
    ['1.005', '1.01'],
    ['2.675', '2.68'],
    ['1.115', '1.12'],
    ['10', '10.00'],
  ])('rounds %s to %s', (exact, rounded) => {
    expect(roundToCents(decimal(exact)).toFixed(2)).toBe(rounded);
  });

  it('rounds by at most half a cent, and up when it is exactly half (C17)', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 16n }), (tenThousandths) => {
        const exact = decimal(tenThousandths.toString()).div(10_000);
        const expected = (tenThousandths + 50n) / 100n;
        expect(roundToCents(exact).toFixed(2)).toBe(fromCents(expected));
      }),
    );
  });

  it('shows at least cents, and more where a price has more', () => {
    expect(money('5', 'USD').amount).toBe('5.00');
    expect(money('5.1', 'USD').amount).toBe('5.10');
    expect(money('0.1234', 'EUR').amount).toBe('0.1234');
  });

  it('never adds two currencies', () => {
    expect(() => sum([money('1', 'CNY'), money('1', 'USD')], 'CNY')).toThrow(/cannot add USD to CNY/);
  });

  it.each(['', '1e3', '0x10', ' 1', '1.', '.5', '1,000.00', 'NaN', 'Infinity', '--1', '１'])('refuses %j', (text) => {
    expect(() => decimal(text)).toThrow(/not a decimal/);
  });

  it('knows three currencies', () => {
    expect(['CNY', 'USD', 'EUR'].map(currencyOf)).toEqual(['CNY', 'USD', 'EUR'] satisfies Currency[]);
    expect(() => currencyOf('GBP')).toThrow(/GBP/);
  });
});
