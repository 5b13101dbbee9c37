import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimal, isDecimal, subtractDecimal } from './decimal.ts';

/** Decimals with up to four places, with the same number in ten-thousandths. */
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 4 }))
  .map(([scaled, digits]) => ({ text: write(scaled, digits), value: scaled * 10n ** BigInt(4 - digits) }));

function write(scaled: bigint, digits: number): string {
  const text = (scaled < 0n ? -scaled : scaled).toString().padStart(digits + 1, '0');
  const body = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return scaled < 0n ? `-${body}` : body;
}

describe('decimals', () => {
  it('subtract exactly', () => {
    expect(subtractDecimal('625.00', '500')).toBe('125.00');
    expect(subtractDecimal('0.3', '0.1')).toBe('0.2');
    expect(subtractDecimal('1.00', '1.005')).toBe('-0.005');
  });

  it('give the left side back when the difference is taken off again', () => {
    fc.assert(
      fc.property(decimals, decimals, (left, right) => {
        const difference = subtractDecimal(left.text, right.text);
        expect(isDecimal(difference)).toBe(true);
        expect(compareDecimal(subtractDecimal(left.text, difference), right.text)).toBe(0);
      }),
    );
  });

  it('compare as the numbers do, whatever their number of places', () => {
    fc.assert(
      fc.property(decimals, decimals, (left, right) => {
        expect(Math.sign(compareDecimal(left.text, right.text))).toBe(
          left.value < right.value ? -1 : left.value > right.value ? 1 : 0,
        );
      }),
    );
  });

  it.each(['', '1.', '.5', '1e3', 'NaN', '１', '1,000'])('%j is no decimal', (text) => {
    expect(isDecimal(text)).toBe(false);
    expect(() => subtractDecimal(text, '1')).toThrow(RangeError);
  });
});
