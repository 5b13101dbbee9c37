/** Payment of an order, from the balance or with several instruments; what begins with it. */
import { productById } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { balanceOf, type Payment, PREPAID, payFromBalance } from '../ledger/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { decimal, type Money, money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { move } from '../platform/state-machine.ts';
import { orderTransitions, stateAtPayment } from './model.ts';
import { savePayments, setOrderState, startLines } from './moves.ts';
import { paidEvent } from './news.ts';
import { type PaymentChoice, payMixed } from './payment-mix.ts';
import { expiryAtPayment } from './period.ts';
import { consumeSale, stillAllowed } from './sale.ts';
import { type Order, ordersByIds } from './store.ts';

export interface PayOrder {
  readonly orderId: string;
  readonly scope: Scope;
  /** what pays it (B-33); absent = the balance */
  readonly choice?: PaymentChoice | undefined;
}
export const NO_ORDER: Result<never> = refuse('NOT_FOUND', 'there is no such order');

/**
 * Pays an order of any type. A second payment of a paid order shows its state (B-35); a short balance names the gap
 * (B-34); a change of a subscription that has expired meanwhile is refused (B-70a), a renewal of a product that was
 * withdrawn meanwhile (C29), a purchase of one that is not sold to this buyer any more (C46). A refusal has written nothing.
 */
export async function payOrder(platform: Platform, tx: Tx, input: PayOrder, now: Date): Promise<Result<Order>> {
  const [order] = await ordersByIds(tx, [input.orderId], { scope: input.scope, lock: true });
  if (!order) return NO_ORDER;
  if (order.paidAt) return ok(order);
  const fault = await paymentFault(tx, order, now);
  if (fault) return fault;
  const taken = await take(platform, tx, order, input.choice, now);
  if (!taken.ok) return taken;
  const paid = asPaid(taken.value, now);
  await consumeSale(tx, order);
  await Promise.all([
    startLines(tx, paid.lines),
    setOrderState(tx, [order.orderId], order.state, paid.state, { paidAt: now }),
  ]);
  await platform.events.publish(tx, [paidEvent(paid)], now);
  await platform.pause.reach('ordering.before-pay-commit', order.orderId);
  return ok(paid);
}

export const isBalanceAlone = (choice: PaymentChoice): boolean =>
  choice.rest === 'BALANCE' && choice.purseIds.length === 0;

/** @returns the order with what pays its lines; a refusal has written nothing */
async function take(
  platform: Platform,
  tx: Tx,
  order: Order,
  choice: PaymentChoice | undefined,
  now: Date,
): Promise<Result<Order>> {
  if (choice === undefined || isBalanceAlone(choice) || decimal(order.amount.amount).isZero())
    return (await takeMoney(platform, tx, order, now)) ?? ok(order);
  const paid = await payMixed(platform, tx, order, choice, now);
  if (paid.ok) await savePayments(tx, paid.value.lines);
  return paid;
}

/** What a payment makes of an order: its lines are called or supervised, and their periods begin (C19a). Pure. */
export const asPaid = (order: Order, now: Date): Order => ({
  ...order,
  state: move(orderTransitions, order.state, 'PROCESSING'),
  paidAt: now,
  cancelAt: null,
  lines: order.lines.map((line) => ({
    ...line,
    state: stateAtPayment(order.orderType, line.snapshot.delivery),
    effectiveFrom: line.effectiveFrom ?? now,
    expireAt: expiryAtPayment(line, order.orderType, order.site, now),
  })),
});

/** Why an unpaid order can not be paid (any more). @param known as of `stillAllowed` */
export const paymentFault = async (
  tx: Tx,
  order: Order,
  now: Date,
  known?: Parameters<typeof stillAllowed>[3],
): Promise<Result<never> | null> =>
  stateFault(order, now) ?? (await withdrawnFault(tx, order, now)) ?? stillAllowed(tx, order, now, known);

function stateFault(order: Order, now: Date): Result<never> | null {
  const { state } = order;
  if (state !== 'PENDING_PAYMENT') return refuse('ORDER_STATE', `an order that is ${state} can not be paid`, { state });
  if (order.cancelAt && order.cancelAt <= now)
    return refuse('ORDER_STATE', 'the time to pay has passed; the order is being cancelled', { state });
  if (order.orderType === 'CHANGE' && order.lines.some((line) => line.expireAt !== null && line.expireAt <= now))
    return refuse('CHANGE_NOT_ALLOWED', 'B-70a: the subscription has expired; only a running one is changed');
  return null;
}

/** What was quoted in this very instant needs no second look. */
async function withdrawnFault(tx: Tx, order: Order, now: Date): Promise<Result<never> | null> {
  if (order.orderType !== 'RENEW' || order.createdAt >= now) return null;
  for (const goodsId of new Set(order.lines.map((line) => line.goodsId)))
    if ((await productById(tx, goodsId))?.state === 'WITHDRAWN')
      return refuse('RENEWAL_NOT_ALLOWED', 'C29: the product was withdrawn after this order was placed', { goodsId });
  return null;
}

/** B-34: it names the gap. */
export function shortOf({ amount }: Pick<Order, 'amount'>, balance: Money): Result<never> {
  const gap = money(decimal(amount.amount).minus(balance.amount), amount.currency);
  return refuse('INSUFFICIENT_BALANCE', 'the balance is short', {
    balance: balance.amount,
    amount: amount.amount,
    gap: gap.amount,
    currency: gap.currency,
  });
}

async function takeMoney(platform: Platform, tx: Tx, order: Order, now: Date): Promise<Result<never> | null> {
  const { amount, buyerId } = order;
  if (decimal(amount.amount).isZero()) return null;
  const outcome = await payFromBalance(tx, paymentOf(platform, order), now);
  if (outcome === 'short') return shortOf(order, await balanceOf(tx, buyerId, amount.currency));
  // An order that is paid is answered before; money taken from a balance without its posting would be lost.
  if (outcome === 'repeated') throw new Error(`order ${order.orderId} is unpaid, but its payment is in the ledger`);
  return null;
}

/** How an order's payment is posted; an order of zero has none. */
export const paymentOf = (platform: Platform, { orderId, buyerId, amount, traceId }: Order): Payment => ({
  entryId: uuid(platform.random),
  kind: 'PAYMENT',
  reference: orderId,
  buyerId,
  credit: PREPAID,
  amount,
  traceId,
});
