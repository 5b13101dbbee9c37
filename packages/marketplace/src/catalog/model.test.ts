/** The price of an order line is one pure function whose derivation adds up to the amount (catalogue.md 4.1, C13, C16–C21). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, plain } from '../platform/money.ts';
import type { LinearAttribute, PriceItem } from './definition.ts';
import { MOST_PERIODS, priceOfQuantity, type QuoteInput, quote } from './model.ts';

const text = { zh: '数量', en: 'Users' };
const linear = (minimum: number, maximum: number, step: number): LinearAttribute => ({
  code: 'amount',
  name: text,
  unit: text,
  minimum,
  maximum,
  step,
});
const bracket = (from: number, to: number | null, unitPrice: string) => ({ from, to, unitPrice });
const TEN_FIFTY = [bracket(0, 10, '100'), bracket(10, 50, '90'), bracket(50, null, '80')];
const item = (
  mode: PriceItem['mode'],
  brackets: PriceItem['brackets'],
  periodType: PriceItem['periodType'] = 'year',
): PriceItem => ({
  priceItemId: 'OFFI000000000000000001',
  mode,
  brackets,
  periodType,
  chargeItem: null,
  currency: 'CNY',
});

function amountOf(priceItem: PriceItem, quantity: number, periodNumber?: number): string {
  const result = quote({ priceItem, linearAttribute: linear(1, 9_999_999, 1), quantity, periodNumber });
  return result.ok ? result.value.amount.amount : result.refusal.code;
}

describe('the worked examples of 4.1', () => {
  it('LINEAR: 30 one-time licences at 120.00 are 3600.00', () => {
    expect(amountOf(item('LINEAR', [bracket(0, null, '120.00')], null), 30)).toBe('3600.00');
  });

  it.each([
    [1, '100.00', '100.00'],
    [10, '1000.00', '1000.00'],
    [11, '990.00', '1090.00'],
    [50, '4500.00', '4600.00'],
    [51, '4080.00', '4680.00'],
  ])('brackets (0,10] 100, (10,50] 90, (50,∞) 80: %i is %s by TIER, %s by STEP', (quantity, tier, step) => {
    expect(amountOf(item('TIER', TEN_FIFTY), quantity, 1)).toBe(tier);
    expect(amountOf(item('STEP', TEN_FIFTY), quantity, 1)).toBe(step);
  });

  it('usage of 8 minutes, brackets (0,3] 0.3, (3,∞) 0.2: STEP 1.9, TIER 1.6', () => {
    const minutes = [bracket(0, 3, '0.3'), bracket(3, null, '0.2')];
    expect(plain(priceOfQuantity(item('STEP', minutes), 8))).toBe('1.9');
    expect(plain(priceOfQuantity(item('TIER', minutes), 8))).toBe('1.6');
  });
});

describe('the charging modes without a period', () => {
  const once = (mode: 'ON_DEMAND' | 'ON_DEMAND_PKG' | 'ONE_TIME') =>
    quote({
      priceItem: item('LINEAR', [bracket(0, null, '199')], null),
      chargingMode: mode,
      linearAttribute: null,
      quantity: undefined,
      periodNumber: undefined,
    });

  it('opening pay-per-use costs nothing, a package and a one-time purchase their price', () => {
    expect(once('ON_DEMAND')).toMatchObject({ value: { amount: { amount: '0.00' }, derivation: [{ rule: 'C30' }] } });
    expect(once('ON_DEMAND_PKG')).toMatchObject({ value: { amount: { amount: '199.00' }, periodNumber: null } });
    expect(once('ONE_TIME')).toMatchObject({ value: { amount: { amount: '199.00' }, periodType: null } });
  });

  it('pay-per-use has no duration either', () => {
    expect(
      quote({
        priceItem: item('LINEAR', [bracket(0, null, '1')], null),
        chargingMode: 'ON_DEMAND',
        linearAttribute: null,
        quantity: undefined,
        periodNumber: 1,
      }),
    ).toMatchObject({ refusal: { code: 'INVALID_PERIOD' } });
  });
});

describe('duration', () => {
  it('multiplies the price of one period (C18); a year is a price of its own (C20)', () => {
    expect(amountOf(item('LINEAR', [bracket(0, null, '12.50')], 'month'), 4, 11)).toBe('550.00');
    expect(amountOf(item('LINEAR', [bracket(0, null, '120')], 'year'), 4, 5)).toBe('2400.00');
  });

  it.each(['month', 'year'] as const)('in %ss stays within its bounds, which the refusal names (C19)', (type) => {
    const input = (periodNumber: number | undefined): QuoteInput => ({
      priceItem: item('LINEAR', [bracket(0, null, '1')], type),
      linearAttribute: null,
      quantity: undefined,
      periodNumber,
    });
    const most = MOST_PERIODS[type];
    for (const good of [1, most]) expect(quote(input(good)).ok).toBe(true);
    for (const bad of [undefined, 0, -1, 1.5, most + 1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(quote(input(bad))).toMatchObject({
        ok: false,
        refusal: { code: 'INVALID_PERIOD', facts: { minimum: '1', maximum: String(most) } },
      });
  });

  it('is not for one-time prices (C21)', () => {
    const once = item('LINEAR', [bracket(0, null, '1')], null);
    expect(amountOf(once, 1, 1)).toBe('INVALID_PERIOD');
    expect(
      quote({ priceItem: once, linearAttribute: null, quantity: undefined, periodNumber: undefined }),
    ).toMatchObject({
      ok: true,
      value: { periodType: null, periodNumber: null, quantity: 1 },
    });
  });
});

describe('quantity', () => {
  const priceItem = item('LINEAR', [bracket(0, null, '1')]);

  it.each([undefined, 4, 7, 501, 500.5, -5, 0, Number.NaN])('%s is refused, the bounds are named (C13)', (quantity) => {
    expect(quote({ priceItem, linearAttribute: linear(5, 500, 5), quantity, periodNumber: 1 })).toMatchObject({
      ok: false,
      refusal: { code: 'INVALID_QUANTITY', facts: { minimum: '5', maximum: '500', step: '5' } },
    });
  });

  it('is exactly min + whole steps up to max (C13)', () => {
    const bounds = fc.tuple(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 20 }),
    );
    fc.assert(
      fc.property(bounds, fc.integer({ min: -10, max: 300 }), ([minimum, step, steps], quantity) => {
        const allowed = Array.from({ length: steps + 1 }, (_, index) => minimum + index * step);
        const result = quote({
          priceItem,
          linearAttribute: linear(minimum, minimum + steps * step, step),
          quantity,
          periodNumber: 1,
        });
        expect(result.ok).toBe(allowed.includes(quantity));
      }),
    );
  });

  it('without a linear attribute there is one, said or unsaid', () => {
    const one = (quantity: number | undefined) =>
      quote({ priceItem, linearAttribute: null, quantity, periodNumber: 1 });
    expect([one(undefined), one(1)].every((result) => result.ok && result.value.quantity === 1)).toBe(true);
    expect(one(2)).toMatchObject({ ok: false, refusal: { code: 'INVALID_QUANTITY', facts: { maximum: '1' } } });
  });
});

describe('rounding', () => {
  it('happens half-up, once per line, and is told (C17)', () => {
    const priceItem = item('LINEAR', [bracket(0, null, '0.0005')], 'month');
    const result = quote({ priceItem, linearAttribute: linear(1, 100, 1), quantity: 1, periodNumber: 10 });
    expect(result).toMatchObject({ ok: true, value: { amount: { amount: '0.01' } } });
    expect(result.ok && result.value.derivation.at(-1)).toEqual({
      rule: 'C17',
      text: '0.005 ≈ 0.01',
      value: '0.01',
    });
  });
});

// --- properties -----------------------------------------------------------------------------------------------

const price = fc.bigInt({ min: 0n, max: 10n ** 8n }).map((value) => plain(decimal(value.toString()).div(10_000)));
/** Contiguous brackets from 0 to unbounded, prices falling as they should when more is bought. */
const falling = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 5 }),
    fc.array(price, { minLength: 6, maxLength: 6 }),
  )
  .map(([ends, prices]) => {
    const bounds = [0, ...ends.toSorted((a, b) => a - b)];
    const sorted = prices.toSorted((a, b) => decimal(b).comparedTo(a));
    return bounds.map((from, index) => bracket(from, bounds[index + 1] ?? null, sorted[index] ?? '0'));
  });
const quantities = fc.integer({ min: 1, max: 600 });

describe('for any falling price list', () => {
  it('STEP never makes more units cheaper than fewer; one more costs its slice’s price', () => {
    fc.assert(
      fc.property(falling, quantities, (brackets, quantity) => {
        const step = item('STEP', brackets);
        const [less, more] = [priceOfQuantity(step, quantity), priceOfQuantity(step, quantity + 1)];
        const slice = brackets.find(({ from, to }) => quantity + 1 > from && (to === null || quantity + 1 <= to));
        expect(more.minus(less).equals(slice?.unitPrice ?? '-1')).toBe(true);
      }),
    );
  });

  it('TIER costs no more than STEP, and within a bracket it is linear', () => {
    fc.assert(
      fc.property(falling, quantities, (brackets, quantity) => {
        const tier = priceOfQuantity(item('TIER', brackets), quantity);
        expect(tier.lessThanOrEqualTo(priceOfQuantity(item('STEP', brackets), quantity))).toBe(true);
        const own = brackets.find(({ from, to }) => quantity > from && (to === null || quantity <= to));
        expect(tier.equals(decimal(own?.unitPrice ?? '-1').times(quantity))).toBe(true);
      }),
    );
  });

  it('with one bracket the three modes agree', () => {
    fc.assert(
      fc.property(price, quantities, (unitPrice, quantity) => {
        const prices = (['LINEAR', 'TIER', 'STEP'] as const).map((mode) =>
          plain(priceOfQuantity(item(mode, [bracket(0, null, unitPrice)]), quantity)),
        );
        expect(new Set(prices).size).toBe(1);
      }),
    );
  });

  it('the derivation ends in the amount, and the slices add up', () => {
    const modes = fc.constantFrom('TIER' as const, 'STEP' as const);
    fc.assert(
      fc.property(
        modes,
        falling,
        quantities,
        fc.integer({ min: 1, max: 11 }),
        (mode, brackets, quantity, periodNumber) => {
          const priceItem = item(mode, brackets, 'month');
          const result = quote({ priceItem, linearAttribute: linear(1, 9_999_999, 1), quantity, periodNumber });
          if (!result.ok) return expect.unreachable(result.refusal.code);
          const { derivation, amount } = result.value;
          expect(decimal(derivation.at(-1)?.value ?? '-1').toFixed(2)).toBe(amount.amount);
          const steps = derivation.filter((step) => step.rule === '4.1 STEP').map((step) => decimal(step.value));
          const total = steps.pop() ?? decimal(0);
          expect(steps.reduce((sum, value) => sum.plus(value), decimal(0)).equals(total)).toBe(true);
          const exact = priceOfQuantity(priceItem, quantity).times(periodNumber);
          expect(exact.minus(amount.amount).abs().lessThanOrEqualTo('0.005')).toBe(true);
        },
      ),
    );
  });
});
