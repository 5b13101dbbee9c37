import { describe, expect, it } from 'vitest';
import { afterChange } from './stock-rules.ts';

const stock = { skuCode: '', attributes: [], total: 999, reserved: 3, consumed: 40, available: 956, changes: [] };

describe('C50: a change of stock', () => {
  it('adds and takes pieces', () => {
    expect(afterChange(stock, 1)).toEqual({ total: 1_000, fault: null });
    expect(afterChange(stock, -956)).toEqual({ total: 43, fault: null });
  });

  it('leaves at least what was sold or promised', () => {
    expect(afterChange(stock, -957)).toEqual({ total: 42, fault: 'used' });
  });

  it('is none when nothing changes', () => {
    expect(afterChange(stock, 0).fault).toBe('zero');
  });
});
