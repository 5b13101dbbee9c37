import type { QuoteView } from '@jishi/marketplace/console-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDecimal } from '../../format/decimal.ts';
import { orderQuote } from './order-quote.ts';

const money = (amount: string) => ({ amount, currency: 'CNY' });
const line = (
  listAmount: string,
  amount: string,
  deductions: [QuoteView['deductions'][number]['kind'], string, string][],
) => ({
  priceItemId: 'OFFI1',
  quantity: 1,
  periodType: null,
  periodNumber: null,
  listAmount: money(listAmount),
  amount: money(amount),
  deductions: deductions.map(([kind, id, off]) => ({ kind, id, amount: money(off) })),
  derivation: [],
  blockedBy: null,
});

describe('the price of an order', () => {
  it('adds its lines up, each deduction once', () => {
    const quote = orderQuote([
      line('100.00', '70.00', [
        ['OFFER', 'o', '20.00'],
        ['VOUCHER', 'v', '10.00'],
      ]),
      line('0.10', '0.05', [['OFFER', 'o', '0.05']]),
    ]);
    expect(quote).toMatchObject({ listAmount: money('100.10'), amount: money('70.05') });
    expect(quote?.deductions.map(({ kind, amount }) => [kind, amount.amount])).toEqual([
      ['OFFER', '20.05'],
      ['VOUCHER', '10.00'],
    ]);
  });

  it('is nothing without lines', () => {
    expect(orderQuote([])).toBeUndefined();
  });

  it('C18: is exact, whatever the amounts', () => {
    const cents = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 20 }), (all) => {
        const amounts = all.map((one) => (one / 100).toFixed(2));
        const sum = orderQuote(amounts.map((amount) => line(amount, amount, [])))?.amount.amount ?? '';
        expect(Math.round(Number(sum) * 100)).toBe(all.reduce((total, one) => total + one, 0));
        expect(addDecimal(sum, '0.00')).toBe(sum);
      }),
    );
  });
});
