/** S4-7: what hinders a seller from leaving, from what is counted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hindrancesOf, leavingTransitions, mayTakeTheRest, type Standing, type StandingBill } from './model.ts';

const DONE: Standing = {
  ...{ products: 0, orders: 0, refunds: 0, metered: 0, unbilled: 0, bills: [], invoices: 0 },
  uninvoiced: { count: 0, amount: '0' },
  fee: { fees: [], asked: 0 },
};
const bill = (total: string, more: Partial<StandingBill> = {}): StandingBill => ({
  ...{ class: 'GENERAL', total, released: false, kept: false },
  ...more,
});
const kinds = (changes: Partial<Standing>) =>
  hindrancesOf({ ...DONE, ...changes }).map(({ kind, count, amount }) => [kind, count, amount]);

describe('S4-7: what hinders', () => {
  it('nothing, when all is sold off, settled and invoiced', () => expect(kinds({})).toEqual([]));

  it.each<[string, Partial<Standing>, unknown[]]>([
    ['a product on sale', { products: 2 }, ['PRODUCTS', 2, null]],
    ['an order in progress', { orders: 1 }, ['ORDERS', 1, null]],
    ['a refund that is open', { refunds: 1 }, ['REFUNDS', 1, null]],
    ['a metered service, which goes on being charged', { metered: 3 }, ['METERED', 3, null]],
    ['a line in no bill', { unbilled: 4 }, ['UNBILLED', 4, null]],
    ['a bill that is not paid', { bills: [bill('1200.00', { released: true })] }, ['UNPAID', 1, '1200.00']],
    ['a bill that the operator keeps back', { bills: [bill('5.00', { kept: true })] }, ['UNPAID', 1, '5.00']],
    ['a sum below the minimum (S4-4)', { bills: [bill('95.00'), bill('5.50')] }, ['BELOW_MINIMUM', 2, '100.50']],
    ['a sum that is owed (S4-6, S3-26)', { bills: [bill('95.00'), bill('-100.00')] }, ['OWED', 2, '-5.00']],
    ['an order without an invoice', { uninvoiced: { count: 2, amount: '20' } }, ['UNINVOICED', 2, '20.00']],
    ['an invoice that was asked for', { invoices: 1 }, ['INVOICES', 1, null]],
    ['a fee that is on no invoice', { fee: { fees: ['50.00', '-8.00'], asked: 0 } }, ['FEE', 2, '42.00']],
    ['a fee invoice that was asked for', { fee: { fees: [], asked: 1 } }, ['FEE', 1, null]],
  ])('%s', (_, changes, expected) => expect(kinds(changes)).toEqual([expected]));

  it('not what adds up to nothing: bills of a class that cancel each other, fees that nobody can ask for (S3-29)', () => {
    expect(kinds({ bills: [bill('95.00'), bill('-95.00')] })).toEqual([]);
    expect(kinds({ fee: { fees: ['8.00', '-8.00'], asked: 0 } })).toEqual([]);
    expect(kinds({ fee: { fees: ['-8.00'], asked: 0 } })).toEqual([]);
  });

  it('classes do not pay for each other: each has bills of its own', () => {
    expect(kinds({ bills: [bill('95.00'), bill('-95.00', { class: 'JOINT' })] })).toEqual([
      ['BELOW_MINIMUM', 1, '95.00'],
      ['OWED', 1, '-95.00'],
    ]);
  });
});

const few = fc.integer({ min: 0, max: 2 });
const cents = fc.integer({ min: -300, max: 300 }).map((each) => (each / 100).toFixed(2));
const standings: fc.Arbitrary<Standing> = fc.record({
  ...{ products: few, orders: few, refunds: few, metered: few, unbilled: few, invoices: few },
  bills: fc.array(
    fc.record({
      class: fc.constantFrom('GENERAL' as const, 'JOINT' as const),
      ...{ total: cents, released: fc.boolean(), kept: fc.constant(false) },
    }),
    { maxLength: 4 },
  ),
  uninvoiced: few.map((count) => ({ count, amount: `${count}` })),
  fee: fc.record({ fees: fc.array(cents, { maxLength: 3 }), asked: few }),
});

describe('for any standing', () => {
  it('each hindrance counts something, each kind stands once, and of money the sign tells whose it is', () => {
    fc.assert(
      fc.property(standings, (standing) => {
        const found = hindrancesOf(standing);
        expect(new Set(found.map(({ kind }) => kind)).size).toBe(found.length);
        for (const { kind, count, amount } of found) {
          expect(count).toBeGreaterThan(0);
          if (kind === 'OWED') expect(Number(amount)).toBeLessThan(0);
          if (kind === 'BELOW_MINIMUM') expect(Number(amount)).toBeGreaterThan(0);
        }
        const held = standing.bills.filter(({ released }) => !released);
        const sum = found
          .filter(({ kind }) => kind === 'BELOW_MINIMUM' || kind === 'OWED')
          .reduce((total, { amount }) => total + Number(amount), 0);
        expect(sum).toBeCloseTo(held.reduce((total, each) => total + Number(each.total), 0));
      }),
      { numRuns: 300 },
    );
  });

  it('the rest below the minimum is sent on only when nothing more comes', () => {
    fc.assert(
      fc.property(standings, (standing) => {
        const found = hindrancesOf(standing);
        if (!mayTakeTheRest(found)) return;
        const { products, orders, refunds, metered, unbilled } = standing;
        expect(products + orders + refunds + metered + unbilled).toBe(0);
      }),
      { numRuns: 300 },
    );
    expect(mayTakeTheRest(hindrancesOf({ ...DONE, bills: [bill('95.00')], invoices: 1 }))).toBe(true);
    expect(mayTakeTheRest(hindrancesOf({ ...DONE, bills: [bill('95.00')], orders: 1 }))).toBe(false);
    expect(mayTakeTheRest([])).toBe(false);
  });

  it('an application is decided once', () => {
    expect(leavingTransitions.PENDING).toHaveLength(3);
    for (const state of ['APPROVED', 'REJECTED', 'WITHDRAWN'] as const) expect(leavingTransitions[state]).toEqual([]);
  });
});
