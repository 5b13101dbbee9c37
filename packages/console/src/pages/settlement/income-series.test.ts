/** The parts of an income chart: exact sums by period, the largest apart, the rest together. */
import { describe, expect, it } from 'vitest';
import { stacked } from './income-series.ts';

const part = (key: string, period: string, settlement: string) => ({ key, name: `name of ${key}`, period, settlement });

describe('parts of a chart', () => {
  it('are summed by period without rounding, the largest first', () => {
    const parts = [
      part('a', '202601', '0.1'),
      part('b', '202601', '5'),
      part('a', '202601', '0.2'),
      part('a', '202602', '-1'),
    ];
    expect(stacked(parts, ['202601', '202602', '202603'], 'others')).toEqual([
      { name: 'name of b', values: ['5', '0', '0'] },
      { name: 'name of a', values: ['0.3', '-1', '0'] },
    ]);
  });

  it('beyond six are put together, and nothing is lost', () => {
    const parts = Array.from({ length: 9 }, (_, place) => part(`p${place}`, '202601', String(9 - place)));
    const series = stacked(parts, ['202601'], 'others');
    expect(series).toHaveLength(6);
    expect(series.at(-1)).toEqual({ name: 'others', values: ['10'] });
    expect(series.reduce((sum, { values }) => sum + Number(values[0]), 0)).toBe(45);
  });
});
