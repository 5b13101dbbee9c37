/** An order is paid with coupons and cards first, then with one of balance, credit or online payment (B-32, B-33). */
import { type CreditAccess, contentsOf, creditAccess } from '../catalog/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import { decimal } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { payWith, type RestKind } from '../wallet/index.ts';
import type { Order } from './store.ts';

export interface PaymentChoice {
  /** coupons and cards; how much of each is for the rules to say */
  readonly purseIds: readonly string[];
  readonly rest: RestKind;
}

/** Takes the money. @returns the order, each line with what pays it; a refusal has written nothing */
export async function payMixed(
  platform: Platform,
  tx: Tx,
  order: Order,
  choice: PaymentChoice,
  now: Date,
): Promise<Result<Order>> {
  const { buyerId, orderId, traceId, lines } = order;
  const asked = {
    ...{ buyerId, currency: order.amount.currency, reference: orderId, traceId, ...choice },
    lines: lines.map(({ amount }) => decimal(amount.amount)),
    creditRefused: (kind: 'coupon' | 'limit') => creditRefused(tx, order, kind),
  };
  const paid = await payWith(platform, tx, asked, now);
  if (!paid.ok) return paid;
  return ok({ ...order, lines: lines.map((line, place) => ({ ...line, payment: paid.value[place] ?? [] })) });
}

/** S2-9: every product of the order must allow it. */
export async function creditRefused(
  executor: Executor,
  { buyerId, lines }: Pick<Order, 'buyerId' | 'lines'>,
  kind: 'coupon' | 'limit',
): Promise<Result<never> | null> {
  const access = await creditAccessOf(
    executor,
    lines.map((line) => ({ ...line, buyerId })),
  );
  const closed = lines.find((_, place) => access[place]?.[kind] !== true);
  return closed === undefined
    ? null
    : refuse('CREDIT_NOT_ALLOWED', 'S2-9: the seller does not take this credit for the product', {
        goodsId: closed.goodsId,
      });
}

/** S2-9 for lines of any number of buyers. @returns in the order of the list */
export async function creditAccessOf(
  executor: Executor,
  lines: readonly { readonly buyerId: string; readonly goodsId: string; readonly version: number }[],
): Promise<CreditAccess[]> {
  const contents = await contentsOf(executor, lines);
  const sold = lines.map(({ buyerId, goodsId }, place) => ({ buyerId, goodsId, class: contents[place]?.class ?? '' }));
  return creditAccess(executor, sold);
}
