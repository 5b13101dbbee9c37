/** How payments are composed, split over lines and given back: in the order of the rules, to the cent (B-32, B-33, S1-4, 7.3). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../platform/money.ts';
import { PURSE_KINDS, type RestKind } from './kinds.ts';
import {
  added,
  giveBack,
  isPostPaid,
  type LinePart,
  nonCashOf,
  type Part,
  type Purse,
  planAlone,
  planPayment,
  spread,
} from './payment-rules.ts';
import { divide } from './shares.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const purse = (purseId: string, kind: Purse['kind'], leftOver: string, ends: number | null = null): Purse => ({
  purseId,
  kind,
  leftOver,
  validTo: ends === null ? null : day(ends),
});
const cents = fc.integer({ min: 0, max: 5_000_000 }).map((value) => decimal(value).dividedBy(100));
const total = (amounts: readonly { readonly amount: string }[]) =>
  amounts.reduce((sum, { amount }) => sum.plus(amount), decimal('0'));

describe('the order of deduction', () => {
  it('B-32: coupons by their end, then cards, then the one rest', () => {
    const purses = [
      purse('card', 'CARD', '30.00'),
      purse('late', 'COUPON', '20.00', 20),
      purse('soon', 'COUPON_UNCOUNTED', '10.00', 10),
    ];
    expect(planPayment(decimal('100'), purses, 'CREDIT')).toEqual([
      { instrument: 'COUPON_UNCOUNTED', purseId: 'soon', amount: '10.00' },
      { instrument: 'COUPON', purseId: 'late', amount: '20.00' },
      { instrument: 'CARD', purseId: 'card', amount: '30.00' },
      { instrument: 'CREDIT', purseId: null, amount: '40.00' },
    ]);
  });

  it('B-33: what coupons pay needs no rest, and a coupon that is not needed is not touched', () => {
    const purses = [purse('one', 'COUPON', '60.00', 10), purse('two', 'COUPON', '60.00', 20), purse('c', 'CARD', '5')];
    expect(planPayment(decimal('60'), purses, 'BALANCE')).toEqual([
      { instrument: 'COUPON', purseId: 'one', amount: '60.00' },
    ]);
  });
});

describe('where nobody chooses (B-63)', () => {
  const means = (balance: string, credit: string) => ({
    purses: [purse('c', 'CREDIT_COUPON', '10.00', 10), purse('k', 'CARD', '20.00')],
    balance: decimal(balance),
    credit: decimal(credit),
  });
  const all = { coupon: true, limit: true };
  const partsOf = (...asked: Parameters<typeof planAlone>) => {
    const plan = planAlone(...asked);
    return 'missing' in plan
      ? plan.missing.toFixed(2)
      : plan.parts.map(({ instrument, amount }) => [instrument, amount]);
  };

  it('coupons and cards, then the balance, and credit only where the balance is short of the rest', () => {
    const coupons = [
      ['CREDIT_COUPON', '10.00'],
      ['CARD', '20.00'],
    ];
    expect(partsOf(decimal('100'), means('70', '500'), all)).toEqual([...coupons, ['BALANCE', '70.00']]);
    expect(partsOf(decimal('100'), means('69.99', '70'), all)).toEqual([...coupons, ['CREDIT', '70.00']]);
  });

  it('B-33, S2-9: never both; what the seller does not take is left out; the gap is that of the balance', () => {
    expect(partsOf(decimal('100'), means('69.99', '69.99'), all)).toBe('0.01');
    expect(partsOf(decimal('100'), means('5', '500'), { coupon: false, limit: false })).toBe('75.00');
    expect(partsOf(decimal('100'), means('80', '0'), { coupon: false, limit: false })).toEqual([
      ['CARD', '20.00'],
      ['BALANCE', '80.00'],
    ]);
  });

  it('what is left pays the next one', () => {
    const plan = planAlone(decimal('25'), means('0', '0'), all);
    if ('missing' in plan) throw new Error('there is enough');
    expect(partsOf(decimal('5'), plan.left, all)).toEqual([['CARD', '5.00']]);
    expect(partsOf(decimal('0'), plan.left, all)).toEqual([]);
  });
});

describe('what counts', () => {
  const parts: Part[] = [
    { instrument: 'COUPON', purseId: 'a', amount: '1.00' },
    { instrument: 'COUPON_UNCOUNTED', purseId: 'b', amount: '2.00' },
    { instrument: 'CARD', purseId: 'c', amount: '4.00' },
    { instrument: 'BALANCE', purseId: null, amount: '8.00' },
  ];
  it('S1-4, S1-5: only coupons that do not count are no cash consumption', () => {
    expect(nonCashOf(parts).toFixed(2)).toBe('2.00');
  });
  it.each([['CREDIT'], ['CREDIT_COUPON']] as const)('S2-3: %s is post-paid', (instrument) => {
    expect(isPostPaid(parts)).toBe(false);
    expect(isPostPaid([...parts, { instrument, purseId: null, amount: '1.00' }])).toBe(true);
  });
});

describe('sums agree to the cent', () => {
  const instruments = fc.array(
    fc.record({ kind: fc.constantFrom(...PURSE_KINDS), left: cents, ends: fc.option(fc.integer({ min: 1, max: 28 })) }),
    { maxLength: 5 },
  );
  const lines = fc.array(cents, { minLength: 1, maxLength: 6 });
  const composed = (
    given: readonly { kind: Purse['kind']; left: ReturnType<typeof decimal>; ends: number | null }[],
    amounts: readonly ReturnType<typeof decimal>[],
    rest: RestKind,
  ) => {
    const purses = given.map(({ kind, left, ends }, place) => purse(`p${place}`, kind, left.toFixed(2), ends));
    const amount = amounts.reduce((sum, each) => sum.plus(each), decimal('0'));
    const parts = planPayment(amount, purses, rest);
    return { amount, purses, parts, shares: spread(parts, amounts, '202601') };
  };

  it('per payment, per line and per instrument', () => {
    fc.assert(
      fc.property(instruments, lines, (given, amounts) => {
        const { amount, purses, parts, shares } = composed(given, amounts, 'BALANCE');
        expect(total(parts).equals(amount)).toBe(true);
        for (const { purseId, amount: used } of parts) {
          const left = purses.find((each) => each.purseId === purseId)?.leftOver;
          if (left !== undefined) expect(decimal(used).lessThanOrEqualTo(left)).toBe(true);
        }
        shares.forEach((share, place) => {
          expect(total(share).equals(amounts[place] ?? '0')).toBe(true);
        });
        for (const part of parts) {
          const same = shares
            .flat()
            .filter(({ purseId, instrument }) => purseId === part.purseId && instrument === part.instrument);
          expect(total(same).equals(part.amount)).toBe(true);
        }
      }),
    );
  });

  it('7.3, S7-4: refunds of any sizes never give an instrument more than it paid, and all in the end', () => {
    fc.assert(
      fc.property(
        instruments,
        cents,
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 4 }),
        (given, price, sizes) => {
          let parts: readonly LinePart[] = composed(given, [price], 'ONLINE').shares[0] ?? [];
          const back: LinePart[] = [];
          let left = price;
          for (const part of [...sizes.map((size) => left.times(size).dividedBy(100).toDecimalPlaces(2, 1)), null]) {
            const amount = part?.lessThan(left) ? part : left;
            const given = giveBack(parts, amount);
            expect(total(given.back).equals(amount)).toBe(true);
            left = left.minus(amount);
            parts = given.parts;
            back.push(...given.back);
            for (const each of parts) expect(decimal(each.given).lessThanOrEqualTo(each.amount)).toBe(true);
          }
          for (const each of parts) expect(decimal(each.given).equals(each.amount)).toBe(true);
          expect(total(added(back)).equals(price)).toBe(true);
        },
      ),
    );
  });

  it('more than there is can not be divided', () => {
    expect(() => divide(decimal('3'), [decimal('1'), decimal('1')])).toThrow(RangeError);
  });
});
