/** What an upgrade or a scale-out costs: every example of catalogue.md 6.1, and what holds for all of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, plain } from '../platform/money.ts';
import { monthlyPrice, restMonths, scaleOutFee, upgradeFee } from './change-fee.ts';
import type { PriceItem } from './definition.ts';
import { priceOfQuantity } from './model.ts';

const BEIJING = 'Asia/Shanghai';
const day = (text: string) => new Date(`${text}T12:00:00+08:00`);
const rest = (change: string, expiry: string) => restMonths(day(change), day(expiry), BEIJING);
const REST = rest('2023-04-18', '2023-05-08').months;

type Bracket = readonly [from: number, to: number | null, unitPrice: string];
const item = (
  mode: PriceItem['mode'],
  brackets: readonly Bracket[],
  periodType: 'month' | 'year' = 'month',
): PriceItem => ({
  priceItemId: 'OFFI000000000000000001',
  mode,
  periodType,
  chargeItem: null,
  currency: 'CNY',
  brackets: brackets.map(([from, to, unitPrice]) => ({ from, to, unitPrice })),
});
const flat = (unitPrice: string, periodType?: 'month' | 'year') => item('LINEAR', [[0, null, unitPrice]], periodType);
const TEN_FIFTY: Bracket[] = [
  [0, 10, '100'],
  [10, 50, '90'],
  [50, null, '80'],
];
const side = (priceItem: PriceItem, quantity = 1) => ({
  price: { item: priceItem, divisor: priceItem.periodType === 'year' ? (12 as const) : (1 as const) },
  quantity,
});
const upgrade = (from: string, to: string, months = REST) =>
  upgradeFee({ from: side(flat(from)), to: side(flat(to)), rest: months }).amount.amount;
const scaleOut = (
  priceItem: PriceItem,
  from: number,
  to: number,
  more: { ordered?: Date; stepScaleOut?: 'PAGE' | 'P_OF_Q'; rest?: typeof REST } = {},
) =>
  scaleOutFee({
    from: side(priceItem, from),
    to: side(priceItem, to),
    rest: REST,
    ordered: day('2026-01-05'),
    ...more,
  });

describe('the rest in months', () => {
  it.each([
    ['2023-04-18', '2023-05-08', '0.6581', '12/30 + 8/31'],
    ['2023-04-18', '2024-04-08', '11.6581', '12/30 + 8/31 + 11'],
    ['2023-04-18', '2023-05-18', '1', '1'],
    ['2023-04-18', '2023-04-18', '0', '0'],
    ['2023-04-17', '2023-04-18', '0.0333', '1/30'],
    ['2023-04-19', '2023-04-18', '0', '0'],
    ['2024-01-29', '2024-02-29', '1', '1'],
    ['2024-01-31', '2024-02-29', '1', '29/29'],
    ['2024-01-30', '2024-02-29', '1.0323', '1/31 + 29/29'],
    ['2025-12-31', '2026-03-15', '2.4839', '15/31 + 2'],
  ])('from %s to %s is %s', (change, expiry, months, text) => {
    expect(rest(change, expiry)).toMatchObject({ derivation: [{ rule: '6.1 rest', text, value: months }] });
  });

  it('is told by the days of the zone: an evening in London is the next day in Beijing', () => {
    const evening = new Date('2023-04-17T20:00:00Z');
    expect(plain(restMonths(evening, day('2023-05-08'), BEIJING).months)).toBe('0.6581');
    expect(plain(restMonths(evening, day('2023-05-08'), 'Europe/Dublin').months)).toBe('0.6914');
  });

  it('is never negative, never far from the calendar, and whole where days agree', () => {
    const from = fc.date({ min: day('2020-01-01'), max: day('2035-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(from, fc.integer({ min: 0, max: 2_000 }), (start, days) => {
        const end = new Date(start.getTime() + days * 86_400_000);
        const months = restMonths(start, end, BEIJING).months.toNumber();
        expect(months).toBeGreaterThanOrEqual(days / 31 - 0.1);
        expect(months).toBeLessThanOrEqual(days / 28 + 0.1);
      }),
    );
  });
});

describe('the price that belongs to a duration', () => {
  const [month, year] = [flat('12'), flat('120', 'year')];
  it.each([
    ['a year from 12 months on', [month, year], 12, { item: year, divisor: 12 }],
    ['a month below', [month, year], decimal('11.9999'), { item: month, divisor: 1 }],
    ['the month where there is no year', [month], 24, { item: month, divisor: 1 }],
    ['the year where there is no month', [year], 1, { item: year, divisor: 12 }],
    ['none for a one-time price', [{ ...month, periodType: null }], 1, null],
  ])('is %s', (_name, prices, months, expected) => {
    expect(monthlyPrice(prices, months)).toEqual(expected);
  });
});

describe('the published examples', () => {
  it.each([
    ['470', '869', '262.58'],
    ['10000', '17500', '4935.75'],
    ['12750', '25500', '8390.78'], // printed 8,392.78 on the page, which does not recompute
  ])('S3-34: upgrade from %s to %s', (from, to, fee) => {
    expect(upgrade(from, to)).toBe(fee);
  });

  it('S3-35: scale-out LINEAR 50, 20 → 35', () => {
    expect(scaleOut(flat('50'), 20, 35).amount).toEqual({ amount: '493.58', currency: 'CNY' });
  });

  it('S3-36, S3-35: scale-out TIER 10 → 20, by the rule from 2023-06-12 and by the one before', () => {
    const tier = item('TIER', TEN_FIFTY);
    expect(scaleOut(tier, 10, 20, { ordered: new Date('2023-06-11T16:00:00Z') }).amount.amount).toBe('592.29');
    expect(scaleOut(tier, 10, 20, { ordered: new Date('2023-06-11T15:59:59Z') }).amount.amount).toBe('526.48');
  });

  it('scale-out STEP 10 → 20, PAGE and P_OF_Q', () => {
    const step = item('STEP', TEN_FIFTY);
    expect(scaleOut(step, 10, 20).amount.amount).toBe('526.48');
    expect(scaleOut(step, 10, 20, { stepScaleOut: 'PAGE' }).amount.amount).toBe('526.48');
    expect(scaleOut(step, 10, 20, { stepScaleOut: 'P_OF_Q' }).amount.amount).toBe('592.29');
  });

  it('a year is a twelfth a month, divided once: 100 a year against nothing, 0.6 months left, is 5.00', () => {
    const from = side(flat('0'));
    const to = side(flat('100', 'year'));
    expect(upgradeFee({ from, to, rest: decimal('0.6') }).amount.amount).toBe('5.00');
    expect(upgradeFee({ from, to, rest: decimal('0.6'), discount: '0.5' }).amount.amount).toBe('2.50');
  });
});

describe('every fee', () => {
  const price = fc.integer({ min: 0, max: 1_000_000 }).map((cents) => plain(decimal(cents).div(100)));
  const months = fc.integer({ min: 0, max: 600_000 }).map((part) => decimal(part).div(10_000));
  const mode = fc.constantFrom('LINEAR' as const, 'TIER' as const, 'STEP' as const);
  const priced = fc.record({ mode, prices: fc.tuple(price, price, price) }).map(({ mode, prices: [a, b, c] }) =>
    mode === 'LINEAR'
      ? flat(a)
      : item(mode, [
          [0, 10, a],
          [10, 50, b],
          [50, null, c],
        ]),
  );
  const quantity = fc.integer({ min: 1, max: 100 });
  const policy = fc.constantFrom('PAGE' as const, 'P_OF_Q' as const);

  it('is never negative, in cents, and the last step of its derivation', () => {
    fc.assert(
      fc.property(priced, priced, quantity, quantity, months, policy, (a, b, q0, more, left, stepScaleOut) => {
        const fees = [
          upgradeFee({ from: side(a, q0), to: side(b, q0 + more), rest: left }),
          scaleOut(a, q0, q0 + more, { rest: left, stepScaleOut }),
        ];
        for (const { amount, derivation } of fees) {
          expect(decimal(amount.amount).isNegative()).toBe(false);
          expect(decimal(amount.amount).decimalPlaces()).toBeLessThanOrEqual(2);
          expect(decimal(derivation.at(-1)?.value ?? '').equals(amount.amount)).toBe(true);
        }
      }),
    );
  });

  it('of an upgrade grows with the rest and with the new price, and is 0 for an equal one', () => {
    fc.assert(
      fc.property(priced, priced, quantity, months, months, (a, b, q, x, y) => {
        const of = (left: typeof x, to = b) =>
          decimal(upgradeFee({ from: side(a, q), to: side(to, q), rest: left }).amount.amount);
        const [less, more] = x.lessThan(y) ? [x, y] : [y, x];
        expect(of(more).greaterThanOrEqualTo(of(less))).toBe(true);
        expect(of(x, a).isZero()).toBe(true);
        if (priceOfQuantity(b, q).lessThanOrEqualTo(priceOfQuantity(a, q))) expect(of(x).isZero()).toBe(true);
      }),
    );
  });

  it('of a LINEAR scale-out and of a P_OF_Q one grows with the quantity; at no more quantity it is 0', () => {
    fc.assert(
      fc.property(priced, quantity, quantity, quantity, months, (a, q0, x, y, left) => {
        if (a.mode === 'TIER') return;
        const of = (q1: number) => decimal(scaleOut(a, q0, q1, { rest: left, stepScaleOut: 'P_OF_Q' }).amount.amount);
        expect(of(q0 + Math.max(x, y)).greaterThanOrEqualTo(of(q0 + Math.min(x, y)))).toBe(true);
        expect(of(q0).isZero()).toBe(true);
      }),
    );
  });
});
