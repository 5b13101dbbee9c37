import { describe, expect, it } from 'vitest';
import { formatCount, formatMoney } from './money.ts';

const cny = (amount: string) => ({ amount, currency: 'CNY' });

describe('formatMoney', () => {
  it.each([
    [cny('1200.00'), 'zh', '¥1,200.00'],
    [cny('1200.00'), 'en', 'CN¥1,200.00'],
    [cny('0.3125'), 'zh', '¥0.3125'],
    [cny('31.5'), 'zh', '¥31.50'],
    [cny('31.5000'), 'zh', '¥31.50'],
    [cny('-12'), 'zh', '-¥12.00'],
    [{ amount: '5', currency: 'USD' }, 'en', 'US$5.00'],
  ] as const)('%j in %s → %s', (money, language, expected) => {
    expect(formatMoney(money, language)).toBe(expected);
  });

  it('keeps every digit of an amount that a float would round', () => {
    expect(formatMoney(cny('123456789012345.67'), 'zh')).toBe('¥123,456,789,012,345.67');
    expect(formatMoney(cny('9007199254740993.01'), 'zh')).toBe('¥9,007,199,254,740,993.01');
  });

  it('shows what is no decimal as it came', () => {
    expect(formatMoney(cny('n/a'), 'en')).toBe('n/a CNY');
  });
});

describe('formatCount', () => {
  it('groups digits', () => {
    expect(formatCount(1284, 'zh')).toBe('1,284');
  });
});
