import { describe, expect, it } from 'vitest';
import { formatPeriods, periodUnit } from './period.ts';

describe('periods', () => {
  it.each([
    [1, 'year', 'en', '1 year', 'year'],
    [3, 'month', 'en', '3 months', 'months'],
    [1, 'year', 'zh', '1年', '年'],
    [3, 'month', 'zh', '3个月', '个月'],
  ] as const)('%d %s in %s → %s', (count, periodType, language, whole, unit) => {
    expect(formatPeriods(count, periodType, language)).toBe(whole);
    expect(periodUnit(count, periodType, language)).toBe(unit);
  });
});
