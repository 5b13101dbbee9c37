import { describe, expect, it } from 'vitest';
import { parseRefundFormSearch, parseRenewalSearch, readIds } from './subscription-params.ts';

describe('the URL of the pages about subscriptions', () => {
  it('keeps what it understands and drops the rest', () => {
    expect(parseRenewalSearch({ tab: 'AUTO', endsWithinDays: '30', product: ' desk ' })).toEqual({
      tab: 'AUTO',
      endsWithinDays: 30,
      product: 'desk',
    });
    expect(parseRenewalSearch({ tab: 'SOMETIMES', endsWithinDays: '9999' })).toEqual({});
    expect(parseRefundFormSearch({ kind: 'FIVE_DAY' })).toEqual({});
  });

  it('reads each chosen service once, at most as many as one order takes', () => {
    expect(readIds('a,b,,a')).toEqual(['a', 'b']);
    expect(readIds(undefined)).toEqual([]);
    expect(readIds(Array.from({ length: 80 }, (_, index) => `r${index}`).join(','))).toHaveLength(50);
  });
});
