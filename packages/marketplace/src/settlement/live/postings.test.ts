/** Each bill is one balanced entry, whatever it sums to. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Posting } from '../../ledger/index.ts';
import { decimal } from '../../platform/money.ts';
import { postingsOf, postingsOfAdjustments } from './postings.ts';

const amounts = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((cents) => decimal(cents).div(100).toFixed(2));
const credit = (postings: readonly Posting[], account?: string) =>
  postings
    .filter((each) => account === undefined || each.account === account)
    .reduce((sum, { credit: plus, debit: minus }) => sum.plus(plus?.amount ?? 0).minus(minus?.amount ?? 0), decimal(0))
    .toFixed(2);

it('4.6: of what was paid the seller and each distributor get what their bills say, the platform the rest', () => {
  fc.assert(
    fc.property(amounts, amounts, amounts, (cash, total, part) => {
      const distributors = [{ id: 'p-1', amount: part }];
      const postings = postingsOf({ bill_id: 'b', seller_id: 's-1', currency: 'CNY', cash, total, distributors });
      expect(credit(postings)).toBe('0.00');
      expect(credit(postings, 'seller:s-1:payable')).toBe(total);
      expect(credit(postings, 'distributor:p-1:payable')).toBe(part);
    }),
  );
});

it('S4-3: adjustments of a distributor are owed to it, or by it, out of the platform’s fees', () => {
  fc.assert(
    fc.property(amounts, (amount) => {
      const postings = postingsOfAdjustments({ distributor_id: 'p-1', currency: 'CNY', amount });
      expect(credit(postings)).toBe('0.00');
      expect(credit(postings, 'distributor:p-1:payable')).toBe(amount);
    }),
  );
});
