/** What is remembered is what the formulas give, whatever was settled before. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../platform/exact.ts';
import { remembering } from './remembered-lines.ts';
import { lineOf, productOf, scenarioHead, scenarioLine } from './scenario.ts';
import { sale } from './settle.test-support.ts';
import { settleLine } from './settle-root.ts';
import { policyFor } from './terms.ts';

const { products } = scenarioHead.parse({
  ...{ site: 'CN', currency: 'CNY', sellers: [{ id: 's1' }], billRuns: ['2024-04-03'] },
  products: [
    { id: 'p1', seller: 's1', class: 'GENERAL', type: 'SAAS', feeRatio: '0.05' },
    {
      id: 'p2',
      seller: 's1',
      class: 'JOINT',
      type: 'SAAS',
      share: { mode: 'FLOOR_DISCOUNT', ratio: '0.9', floorDiscount: '0.8' },
    },
  ],
});
const terms = products.map((product) => productOf(product, 'PERIOD'));
const some = (...values: string[]) => fc.constantFrom(...values);
const told = fc.record({
  product: fc.constantFrom(...terms),
  increment: some('0', '0.01', '0.02'),
  listPrice: some('100', '120.5'),
  unitPrice: some('100', '99.99'),
  periods: some('1', '12'),
  quantity: some('1', '3'),
  amount: fc.constantFrom(null, null, '77.7'),
  placedAt: some('2024-02-29', '2024-03-01'),
  used: some('0', '10'),
  sellerPart: fc.constantFrom(null, '0.5'),
});

describe('settlements that are remembered', () => {
  it('are those of the formulas', () => {
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 40 }), (given) => {
        const remembered = remembering(settleLine);
        given.forEach(({ product, increment, used, sellerPart, placedAt, ...numbers }, place) => {
          const payment = { paidAt: placedAt, voucher: { used, sellerPart } };
          const described = scenarioLine.parse(sale(`L${place}`, { ...numbers, placedAt, payment }));
          const args = [lineOf(described, 'CN'), product, policyFor('CN'), decimal(increment)] as const;
          expect(JSON.stringify(remembered(...args))).toBe(JSON.stringify(settleLine(...args)));
        });
      }),
      { numRuns: 60 },
    );
  });
});
