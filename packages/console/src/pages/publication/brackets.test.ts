import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addRange,
  bracketsOf,
  cheaperAt,
  cleanPrice,
  isPrice,
  linear,
  mostBrackets,
  type PriceShape,
  removeRange,
  reshape,
  sameShape,
  setLimit,
  shapeOf,
  withMode,
  wrongLimits,
} from './brackets.ts';

const tier = (...limits: number[]): PriceShape => ({ mode: 'TIER', limits });

describe('ranges of a price', () => {
  it('C16: are contiguous from 0 to open, whatever is done to them', () => {
    const step = fc.oneof(
      fc.constant(addRange),
      fc.nat(20).map((index) => (shape: PriceShape) => removeRange(shape, index)),
      fc.tuple(fc.nat(20), fc.nat(999)).map(
        ([index, limit]) =>
          (shape: PriceShape) =>
            setLimit(shape, index, limit),
      ),
      fc
        .constantFrom('LINEAR' as const, 'TIER' as const, 'STEP' as const)
        .map((mode) => (shape: PriceShape) => withMode(shape, mode)),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (all) => {
        const shape = all.reduce((so, one) => one(so), tier(10, 50));
        const brackets = bracketsOf(shape, ['1']);
        expect(brackets[0]?.from).toBe(0);
        expect(brackets.at(-1)?.to).toBeNull();
        for (const [index, { from }] of brackets.entries()) if (index > 0) expect(from).toBe(brackets[index - 1]?.to);
        expect(brackets.length).toBeLessThanOrEqual(mostBrackets);
        if (shape.mode === 'LINEAR') expect(brackets).toHaveLength(1);
        expect(sameShape(shapeOf({ mode: shape.mode, brackets }), shape)).toBe(true);
      }),
    );
  });

  it('C16: an empty range is told by its place', () => {
    expect(wrongLimits(tier(10, 50))).toEqual([]);
    expect(wrongLimits(tier(10, 10, 5))).toEqual([1, 2]);
    expect(wrongLimits({ mode: 'TIER', limits: [null, 5] })).toEqual([0]);
  });

  it('keep their prices when a range is added or taken away', () => {
    const price = {
      priceItemId: null,
      periodType: null,
      chargeItem: null,
      currency: 'CNY' as const,
      mode: 'TIER' as const,
      brackets: bracketsOf(tier(10, 50), ['100', '90', '80']),
    };
    const prices = (shape: PriceShape) => reshape(price, shape).brackets.map(({ unitPrice }) => unitPrice);
    expect(prices(addRange(shapeOf(price)))).toEqual(['100', '90', '80', '80']);
    expect(prices(linear)).toEqual(['100']);
    expect(addRange(tier(10, 50))).toEqual(tier(10, 50, 90));
  });

  it('C17: a price has so many decimals', () => {
    expect(['12', '0', '12.3456', '999999999999'].every((text) => isPrice(text, 4))).toBe(true);
    expect(['', '-1', '1.23456', '1e3', '1,2', '.5'].some((text) => isPrice(text, 4))).toBe(false);
    expect(isPrice('0.0000000001', 10)).toBe(true);
  });

  it.each([
    ['¥ 1,200.50', '1200.50'],
    ['$5', '5'],
    ['１２', '12'],
    [' 7. ', '7'],
    ['1,2', '1,2'],
    ['n/a', 'n/a'],
  ])('a pasted price: %s → %s', (typed, price) => {
    expect(cleanPrice(typed)).toBe(price);
  });

  it('4.1: TIER that makes more cheaper than fewer is told, STEP never is', () => {
    const brackets = bracketsOf(tier(10, 50), ['100', '90', '80']);
    expect(cheaperAt({ mode: 'TIER', brackets })).toBe(11);
    expect(cheaperAt({ mode: 'STEP', brackets })).toBeNull();
    expect(cheaperAt({ mode: 'TIER', brackets: bracketsOf(tier(10), ['100', '99.5']) })).toBeNull();
    expect(cheaperAt({ mode: 'TIER', brackets: bracketsOf(tier(10), ['0.3', '']) })).toBeNull();
  });
});
