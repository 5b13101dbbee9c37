/**
 * An order is paid online: the buyer goes to the gateway's cashier with what coupons and cards leave, the gateway tells
 * the outcome. The money is on the balance first; when the order can not be paid any more it stays there.
 */
import type { Scope } from '../directory/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { decimal, money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import {
  type Notice,
  noteOutcome,
  type OnlinePayment,
  planPayment,
  startPayment,
  takeNotice,
  usablePurses,
} from '../wallet/index.ts';
import { payOrder } from './payment.ts';
import { creditRefused } from './payment-mix.ts';
import { ordersByIds } from './store.ts';

export interface PayOnline {
  readonly orderId: string;
  readonly scope: Scope;
  readonly purseIds: readonly string[];
}

/** Nothing is taken yet. Refuses NOT_FOUND, ORDER_STATE, PURSE_NOT_USABLE, NOTHING_TO_PAY, CREDIT_NOT_ALLOWED. */
export async function startOnline(
  platform: Platform,
  tx: Tx,
  { orderId, scope, purseIds }: PayOnline,
  now: Date,
): Promise<Result<OnlinePayment>> {
  const [order] = await ordersByIds(tx, [orderId], { scope });
  if (!order) return refuse('NOT_FOUND', 'there is no such order');
  const { state, buyerId, amount } = order;
  if (state !== 'PENDING_PAYMENT') return refuse('ORDER_STATE', `an order that is ${state} can not be paid`, { state });
  const { currency } = amount;
  const chosen = (await usablePurses(tx, { buyerId, currency, now })).filter((each) => purseIds.includes(each.purseId));
  const gone = purseIds.find((id) => !chosen.some(({ purseId }) => purseId === id));
  if (gone !== undefined)
    return refuse('PURSE_NOT_USABLE', 'this coupon or card can not be used (any more)', { purseId: gone });
  const parts = planPayment(decimal(amount.amount), chosen, 'ONLINE');
  const refused = parts.some(({ instrument }) => instrument === 'CREDIT_COUPON')
    ? await creditRefused(tx, order, 'coupon')
    : null;
  if (refused) return refused;
  const rest = parts.find(({ instrument }) => instrument === 'ONLINE');
  if (!rest) return refuse('NOTHING_TO_PAY', 'coupons and cards pay it all: pay without going online');
  return startPayment(platform, tx, { buyerId, orderId, purseIds, amount: money(rest.amount, currency) }, now);
}

/** What the gateway tells, once or more often. @returns the payment as it stands */
export async function receiveNotice(
  platform: Platform,
  tx: Tx,
  notice: Notice,
  now: Date,
): Promise<Result<OnlinePayment>> {
  const taken = await takeNotice(platform, tx, notice, now);
  if (!taken.ok) return taken;
  const { payment, fresh } = taken.value;
  const { orderId, buyerId, purseIds, paymentId } = payment;
  if (!fresh || orderId === null) return ok(payment);
  const scope = { kind: 'buyer', buyerId, placedBy: null } as const;
  const [before] = await ordersByIds(tx, [orderId], { scope, lock: true });
  // an order that was paid meanwhile needs no money: it stays on the balance like that of one that was cancelled
  const paid = before?.paidAt
    ? refuse('ORDER_STATE', 'the order was paid otherwise')
    : await payOrder(platform, tx, { orderId, scope, choice: { purseIds, rest: 'ONLINE' } }, now);
  const outcome = paid.ok ? 'PAID' : paid.refusal.code;
  await noteOutcome(tx, paymentId, outcome);
  return ok({ ...payment, outcome });
}
