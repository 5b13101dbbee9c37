/** Who may pay for what on credit: the seller's switches of each product (S2-9, S-84, B-3). */
import type { Executor } from '../../platform/database/database.ts';
import { creditOf, NO_RULE } from './model.ts';
import { isListed, saleRulesOf } from './store.ts';

export interface CreditAccess {
  readonly coupon: boolean;
  readonly limit: boolean;
}

/** @returns by goodsId */
export async function creditAccess(
  executor: Executor,
  buyerId: string,
  sold: readonly { readonly goodsId: string; readonly class: string }[],
): Promise<Map<string, CreditAccess>> {
  const classes = new Map(sold.map((each) => [each.goodsId, each.class]));
  const rules = await saleRulesOf(executor, [...classes.keys()]);
  const access = new Map<string, CreditAccess>();
  for (const [goodsId, productClass] of classes) {
    const { coupon, limit } = creditOf(rules.get(goodsId)?.get('') ?? NO_RULE, productClass);
    const listed =
      (coupon === 'LISTED' || limit === 'LISTED') &&
      (await isListed(executor, { goodsId, level: '', list: 'CREDIT', buyerId }));
    const open = (choice: typeof coupon) => choice === 'ALL' || (choice === 'LISTED' && listed);
    access.set(goodsId, { coupon: open(coupon), limit: open(limit) });
  }
  return access;
}
