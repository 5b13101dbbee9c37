import { describe, expect, it } from 'vitest';
import { compareDecimal } from '../../format/decimal.ts';
import { composeReason, isRefundable, needsWords } from './refund-reason.ts';

describe('the reason of a refund', () => {
  it('is the chosen one and the own words, no longer than the API takes', () => {
    expect(composeReason('不再需要', '：', '  ')).toBe('不再需要');
    expect(composeReason('Other', ': ', ' moved away ')).toBe('Other: moved away');
    expect(composeReason('Other', ': ', 'x'.repeat(900))).toHaveLength(500);
  });

  it('needs words only where the list says nothing', () => {
    expect(needsWords('other')).toBe(true);
    expect(needsWords('price')).toBe(false);
  });
});

describe('isRefundable (S7-11: 0 < a ≤ paid)', () => {
  it.each([
    ['8000', true],
    ['68000.00', true],
    ['68000.01', false],
    ['0', false],
    ['0.01', true],
    ['0.001', false],
    ['-5', false],
    ['', false],
    ['1e3', false],
  ])('%s of 68000.00 → %s', (amount, expected) => {
    expect(isRefundable(amount, compareDecimal, '68000.00')).toBe(expected);
    // B-83a: all of it can not be asked for
    expect(isRefundable(amount, compareDecimal, '68000.00', true)).toBe(expected && Number(amount) < 68_000);
  });
});
