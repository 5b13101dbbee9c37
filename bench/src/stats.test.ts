/** Figures are right at the edges of a sample. */
import { describe, expect, it } from 'vitest';
import { median, percentile, spread } from './stats.ts';

describe('figures of a sample', () => {
  it('takes percentiles by nearest rank, whatever the order', () => {
    const sample = Array.from({ length: 100 }, (_, place) => 100 - place);
    expect([percentile(sample, 0.5), percentile(sample, 0.99), percentile(sample, 1)]).toEqual([50, 99, 100]);
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });
  it('takes the middle of odd and even samples', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
  it('tells how far rounds agree', () => {
    expect(spread([90, 100, 110])).toBeCloseTo(0.2);
  });
});
