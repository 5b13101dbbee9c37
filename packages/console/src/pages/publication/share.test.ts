import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentOf, ratioOf } from './share.ts';

describe("the seller's share", () => {
  it.each([
    ['0.95', '95'],
    ['1', '100'],
    ['0', '0'],
    ['0.855', '85.5'],
    ['0.123456', '12.3456'],
    ['0.05', '5'],
  ])('%s is %s per cent, and back', (ratio, percent) => {
    expect(percentOf(ratio)).toBe(percent);
    expect(ratioOf(percent)).toBe(ratio);
  });

  it('loses nothing on the way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (millionths) => {
        const percent = String(millionths / 10_000);
        expect(percentOf(ratioOf(percent))).toBe(percent);
      }),
    );
  });

  it('leaves what is no number for the rule to name', () => {
    expect(ratioOf('ninety')).toBe('ninety');
    expect(ratioOf('')).toBe('');
  });
});
