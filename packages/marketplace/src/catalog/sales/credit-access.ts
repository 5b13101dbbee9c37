/** Who may pay for what on credit: the seller's switches of each product (S2-9, S-84, B-3). */
import type { Executor } from '../../platform/database/database.ts';
import { creditOf, NO_RULE } from './model.ts';
import { creditListed, saleRulesOf } from './store.ts';

export interface CreditAccess {
  readonly coupon: boolean;
  readonly limit: boolean;
}
/** What would be sold to whom. */
export interface SoldTo {
  readonly buyerId: string;
  readonly goodsId: string;
  readonly class: string;
}

/** @returns in the order of the list */
export async function creditAccess(executor: Executor, sold: readonly SoldTo[]): Promise<CreditAccess[]> {
  const rules = await saleRulesOf(executor, [...new Set(sold.map(({ goodsId }) => goodsId))]);
  const choices = sold.map((each) => creditOf(rules.get(each.goodsId)?.get('') ?? NO_RULE, each.class));
  const asked = sold.filter((_, place) => choices[place]?.coupon === 'LISTED' || choices[place]?.limit === 'LISTED');
  const listed = await creditListed(executor, asked);
  return sold.map(({ buyerId, goodsId }, place) => {
    const open = (choice: 'OFF' | 'ALL' | 'LISTED' | undefined) =>
      choice === 'ALL' || (choice === 'LISTED' && listed.has(`${goodsId} ${buyerId}`));
    return { coupon: open(choices[place]?.coupon), limit: open(choices[place]?.limit) };
  });
}
