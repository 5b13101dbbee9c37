/** Offers and vouchers in the price: derivation and deductions add up, and nothing falls below zero (C53, S9-6, S9-7). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../platform/money.ts';
import type { PriceItem } from './definition.ts';
import { type Quote, quote } from './model.ts';
import { applyVoucher } from './voucher-quote.ts';

const cents = (most: number) => fc.integer({ min: 0, max: most }).map((value) => (value / 100).toFixed(2));
const unitPrice = fc.integer({ min: 0, max: 5_000_000 }).map((value) => decimal(value).dividedBy(10_000).toFixed(4));
const brackets = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }),
    fc.array(unitPrice, { minLength: 4, maxLength: 4 }),
  )
  .map(([cuts, prices]) => {
    const ends = cuts.toSorted((a, b) => a - b);
    return [...ends, null].map((to, place) => ({
      from: place === 0 ? 0 : (ends[place - 1] ?? 0),
      to,
      unitPrice: prices[place] ?? '1',
    }));
  });
const priceItem: fc.Arbitrary<PriceItem> = fc
  .record({
    mode: fc.constantFrom('LINEAR' as const, 'TIER' as const, 'STEP' as const),
    brackets,
    periodType: fc.constantFrom('month' as const, 'year' as const, null),
  })
  .map(({ mode, brackets: all, periodType }) => ({
    priceItemId: 'OFFI000000000000000001',
    mode,
    brackets: mode === 'LINEAR' ? [{ from: 0, to: null, unitPrice: all[0]?.unitPrice ?? '1' }] : all,
    periodType,
    currency: 'CNY',
    chargeItem: null,
  }));
const text = { zh: '数量', en: 'Pieces' };
const amount = { code: 'amount', name: text, unit: text, minimum: 1, maximum: 9_999, step: 1 };
const rate = fc.option(
  fc.integer({ min: 1, max: 10_000 }).map((value) => (value / 10_000).toFixed(4)),
  { nil: undefined },
);

const quoted = fc
  .record({ item: priceItem, quantity: fc.integer({ min: 1, max: 90 }), periods: fc.integer({ min: 1, max: 5 }), rate })
  .map(({ item, quantity, periods, rate: off }): Quote => {
    const priced = quote({
      priceItem: item,
      linearAttribute: amount,
      quantity,
      periodNumber: item.periodType === null ? undefined : periods,
      discount: off === undefined ? undefined : { offerId: 'o', rate: off },
    });
    if (!priced.ok) throw new Error(priced.refusal.message);
    return priced.value;
  });
const deducted = ({ deductions }: Quote) =>
  deductions.reduce((total, each) => total.plus(each.amount.amount), decimal('0'));
const isCents = (value: string) => /^\d+\.\d{2}$/.test(value);

describe('for random prices, quantities, periods, offers and vouchers', () => {
  const order = fc.record({
    quotes: fc.array(quoted, { minLength: 1, maxLength: 5 }),
    face: cents(2_000_00),
    eligible: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  });

  it('C17, C53: what is paid is the list amount less the deductions, is the last step of the derivation, is never negative', () => {
    fc.assert(
      fc.property(order, ({ quotes, face, eligible }) => {
        const places = new Set(quotes.flatMap((_, place) => (eligible[place] ? [place] : [])));
        const taken = applyVoucher(quotes, places, { voucherId: 'v', faceValue: face, minimumSpend: null });
        for (const each of taken.ok ? taken.value : quotes) {
          expect(decimal(each.listAmount.amount).minus(deducted(each)).toFixed(2)).toBe(each.amount.amount);
          expect(decimal(each.amount.amount).isNegative()).toBe(false);
          expect(isCents(each.amount.amount)).toBe(true);
          const last = each.derivation.at(-1);
          expect(decimal(last?.value ?? '-1').equals(each.amount.amount)).toBe(true);
        }
      }),
    );
  });

  it('S9-7: the parts of a voucher are its face value exactly, or all that is due', () => {
    fc.assert(
      fc.property(order, ({ quotes, face, eligible }) => {
        const places = new Set(quotes.flatMap((_, place) => (eligible[place] ? [place] : [])));
        const due = [...places].reduce((total, place) => total.plus(quotes[place]?.amount.amount ?? '0'), decimal('0'));
        const taken = applyVoucher(quotes, places, { voucherId: 'v', faceValue: face, minimumSpend: null });
        const parts = taken.ok
          ? taken.value.flatMap(({ deductions }) => deductions.filter(({ kind }) => kind === 'VOUCHER'))
          : [];
        const total = parts.reduce((sum, each) => sum.plus(each.amount.amount), decimal('0'));
        const expected = due.lessThan(face) ? due : decimal(face);
        expect(taken.ok).toBe(!due.isZero());
        expect(total.toFixed(2)).toBe(expected.toFixed(2));
      }),
    );
  });

  it('C53: an offer never makes it dearer', () => {
    fc.assert(
      fc.property(quoted, (each) => {
        expect(decimal(each.amount.amount).lessThanOrEqualTo(each.listAmount.amount)).toBe(true);
      }),
    );
  });

  it('4.1: LINEAR and STEP are monotone in the quantity; TIER may not be', () => {
    fc.assert(
      fc.property(priceItem, fc.integer({ min: 1, max: 100 }), rate, (item, quantity, off) => {
        if (item.mode === 'TIER') return;
        const paid = (pieces: number) => {
          const discount = off === undefined ? undefined : { offerId: 'o', rate: off };
          const periodNumber = item.periodType === null ? undefined : 1;
          const priced = quote({ priceItem: item, linearAttribute: amount, quantity: pieces, periodNumber, discount });
          if (!priced.ok) throw new Error(priced.refusal.message);
          return decimal(priced.value.amount.amount);
        };
        expect(paid(quantity + 1).greaterThanOrEqualTo(paid(quantity))).toBe(true);
      }),
    );
  });
});

describe('the minimum spend', () => {
  const hundred = quote({
    priceItem: {
      priceItemId: 'OFFI000000000000000001',
      mode: 'LINEAR',
      brackets: [{ from: 0, to: null, unitPrice: '50' }],
      periodType: null,
      currency: 'CNY',
      chargeItem: null,
    },
    linearAttribute: amount,
    quantity: 2,
    periodNumber: undefined,
  });
  if (!hundred.ok) throw new Error('a good quote');
  const both = [hundred.value, hundred.value];
  const terms = (minimumSpend: string) => ({ voucherId: 'v', faceValue: '30', minimumSpend });

  it('S9-7: looks at the sum due of the eligible lines only', () => {
    expect(applyVoucher(both, new Set([0]), terms('100')).ok).toBe(true);
    expect(applyVoucher(both, new Set([0]), terms('100.01'))).toMatchObject({
      ok: false,
      refusal: { code: 'VOUCHER_NOT_USABLE', facts: { due: '100.00' } },
    });
    expect(applyVoucher(both, new Set([0, 1]), terms('200')).ok).toBe(true);
  });

  it('L32, S9-7: a line that is not eligible pays its own price', () => {
    const taken = applyVoucher(both, new Set([1]), terms('100'));
    expect(taken).toMatchObject({
      ok: true,
      value: [{ amount: { amount: '100.00' } }, { amount: { amount: '70.00' } }],
    });
  });
});
