import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentOf, rateOf } from './rate.ts';

describe('C52: the rate of an offer', () => {
  it('is a decimal with at most four places', () => {
    expect(rateOf(80)).toBe('0.8');
    expect(rateOf(85.5)).toBe('0.855');
    expect(rateOf(99.99)).toBe('0.9999');
    expect(rateOf(0.01)).toBe('0.0001');
    expect(rateOf(100)).toBe('1');
  });

  it('is none outside 0 to 100 %, or finer than 0.01 %', () => {
    for (const percent of [null, 0, -1, 100.01, 33.333]) expect(rateOf(percent)).toBeNull();
  });

  it('reads back as the per cent that were entered, in the form that the API takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (hundredths) => {
        const rate = rateOf(hundredths / 100) ?? '';
        expect(rate).toMatch(/^(0\.\d{1,4}|1)$/);
        expect(Math.round(percentOf(rate) * 100)).toBe(hundredths);
      }),
    );
  });
});
