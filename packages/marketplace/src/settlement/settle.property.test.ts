/** Whatever is sold and given back: each line is in exactly one place, sums are right, and files or memory make no difference. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../platform/money.ts';
import { refund, type ScenarioResult, sale, settled, type Told } from './settle.test-support.ts';

const day = fc
  .integer({ min: 0, max: 420 })
  .map((days) => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
const amount = fc.integer({ min: 6, max: 90_000_000 }).map((cents) => (cents / 100).toFixed(2));

const family = fc.record({
  amount,
  placed: day,
  active: fc.option(day, { nil: null }),
  credit: fc.boolean(),
  repaid: fc.option(day, { nil: null }),
  kind: fc.constantFrom('NEW', 'RENEWAL', 'USAGE', 'CHANGE'),
  product: fc.constantFrom('p1', 'p2', 'p3'),
  buyer: fc.constantFrom('b1', 'b2'),
  refunds: fc.array(fc.record({ part: fc.integer({ min: 1, max: 3 }), at: day }), { maxLength: 2 }),
});

const PRODUCTS = [
  { id: 'p1', seller: 's1', class: 'GENERAL', type: 'SAAS', feeRatio: '0.05' },
  { id: 'p2', seller: 's1', class: 'GENERAL', type: 'SERVICE', feeRatio: '0.1', supervised: true },
  { id: 'p3', seller: 's2', class: 'JOINT', type: 'LICENSE', share: { mode: 'DEAL_PRICE', ratio: '0.7' } },
];
const told = (families: readonly (typeof family extends fc.Arbitrary<infer T> ? T : never)[]): Told => ({
  sellers: ['s1', 's2'].map((id) => ({ id, certifiedAt: '2019-01-01' })),
  products: PRODUCTS,
  billRuns: ['2024-01/2025-03'],
  lines: families.flatMap((each, place) => {
    const id = `L${place}`;
    const when = {
      activatedAt: each.active,
      effectiveAt: each.active,
      consumedTo: each.active,
      supervisionCompletedAt: each.active,
    };
    const payment = {
      mode: each.credit ? 'CREDIT' : 'CASH',
      paidAt: each.placed,
      repaidAt: each.credit ? each.repaid : null,
    };
    const line = sale(id, {
      kind: each.kind,
      product: each.product,
      buyer: each.buyer,
      amount: each.amount,
      placedAt: each.placed,
      payment,
      ...when,
    });
    const part = decimal(each.amount).dividedBy(each.refunds.length || 1);
    const back = each.refunds.map(({ part: share, at }, index) =>
      refund(`${id}-R${index}`, id, part.dividedBy(share).toFixed(2, 1), at, { product: each.product }),
    );
    return [line, ...back];
  }),
});

const idsOf = ({ bills, unbilled, errors }: ScenarioResult): string[] =>
  [...bills.flatMap((bill) => bill.lines), ...unbilled, ...errors].map(({ id }) => id);

describe('whatever is sold', () => {
  it('each line is in exactly one bill, unbilled, or an error; totals are the sums of their lines; each bill is released once or held', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(family, { maxLength: 12 }), async (families) => {
        const input = told(families);
        const result = await settled(input);
        const given = input.lines.map((line) => ('id' in line ? String(line.id) : ''));
        expect(idsOf(result).toSorted()).toEqual(given.toSorted());
        for (const bill of result.bills) {
          const sum = bill.lines.reduce((total, line) => total.plus(line.settlement), decimal('0'));
          expect(bill.total).toBe(sum.toFixed(2, 4));
          for (const { derivation, settlement } of bill.lines) expect(derivation.at(-1)?.value).toBe(settlement);
        }
        const released = result.releases.reduce((total, release) => total.plus(release.total), decimal('0'));
        const free = result.bills
          .filter(({ held }) => !held)
          .reduce((total, bill) => total.plus(bill.total), decimal('0'));
        expect(released.toFixed(2)).toBe(free.toFixed(2));
        for (const release of result.releases) expect(Number(release.total)).toBeGreaterThanOrEqual(1000);
      }),
      { numRuns: 60 },
    );
  });

  it('a refund never gives back more than its original settled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(family, { minLength: 1, maxLength: 8 }), async (families) => {
        const { bills } = await settled(told(families));
        const sums = new Map<string, { own: number; all: number }>();
        for (const line of bills.flatMap((bill) => bill.lines)) {
          const root = line.id.replace(/-R\d$/, '');
          const known = sums.get(root) ?? { own: 0, all: 0 };
          const value = Number(line.settlement);
          sums.set(root, { own: known.own + (line.id === root ? value : 0), all: known.all + value });
        }
        for (const { own, all } of sums.values()) {
          expect(all).toBeGreaterThanOrEqual(-1e-6);
          expect(all).toBeLessThanOrEqual(own + 1e-6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('lines put aside in files give the same document as lines in memory', async () => {
    const families = fc.sample(family, { numRuns: 60, seed: 7 });
    expect(await settled({ ...told(families), onDisk: 5 })).toEqual(await settled(told(families)));
  });
});
