import { describe, expect, it } from 'vitest';
import { differenceGroups, memberOf, readable } from './difference-rows.ts';

describe('differences of two versions', () => {
  it('stand in their sections, the unchanged ones empty', () => {
    const groups = differenceGroups([
      {
        path: 'specifications.0.skus.1.prices.0.brackets.0.unitPrice',
        kind: 'CHANGED',
        section: 'SPECIFICATIONS',
        about: [{ zh: '标准版', en: 'Standard' }],
        before: '10',
        after: '12',
      },
    ]);
    expect(groups.map(({ section, rows }) => [section, rows.length])).toEqual([
      ['ACCESS', 0],
      ['BUSINESS', 0],
      ['DELIVERY', 0],
      ['SPECIFICATIONS', 1],
    ]);
    expect(groups[3]?.rows[0]).toMatchObject({
      member: 'specifications.skus.prices.brackets.unitPrice',
      before: '10',
      after: '12',
    });
  });

  it('the member is named without places', () => {
    expect(memberOf('highlights.2.zh')).toBe('highlights.zh');
    expect(memberOf('name.en')).toBe('name.en');
  });

  it('any value reads line by line; what is empty is left out', () => {
    expect(readable(null)).toBeNull();
    expect(readable(true)).toBe('true');
    expect(readable({ name: { zh: '甲', en: '' }, skus: [{ skuCode: 'S1', prices: [] }], n: 1 })).toBe(
      'name:\n  zh: 甲\nskus:\n  - skuCode: S1\n    prices:\nn: 1',
    );
    expect(readable(['a', 'b'])).toBe('- a\n- b');
  });
});
