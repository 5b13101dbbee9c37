/** Unpaid orders end cancelled: by the buyer, by time, or because what they are about is released. */
import type { Scope } from '../directory/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { move } from '../platform/state-machine.ts';
import type { TaskHandler } from '../platform/tasks/marketplace-tasks.ts';
import { releaseLines, releaseTrials } from './claims.ts';
import { orderTransitions } from './model.ts';
import { moveLines, setOrderState } from './moves.ts';
import { orderEvent } from './news.ts';
import type { FollowUpType } from './resource.ts';
import { openOrdersOf } from './resource-lines.ts';
import { giveSaleBack } from './sale.ts';
import { type Order, ordersByIds } from './store.ts';

const ALL = { kind: 'all' } as const;

/** The buyer cancels an unpaid order (B-31). */
export async function cancelOrder(
  platform: Platform,
  tx: Tx,
  input: { orderId: string; scope: Scope },
  now: Date,
): Promise<Result<Order>> {
  const [order] = await ordersByIds(tx, [input.orderId], { scope: input.scope, lock: true });
  if (!order) return refuse('NOT_FOUND', 'there is no such order');
  if (order.state === 'CANCELLED') return ok(order);
  if (order.state !== 'PENDING_PAYMENT')
    return refuse('ORDER_STATE', `an order that is ${order.state} can not be cancelled`, { state: order.state });
  return ok(await cancel(platform, tx, order, 'buyer', now));
}

/** Task: an order that is still unpaid after its time is cancelled (C24). */
export const cancelUnpaid =
  (platform: Platform): TaskHandler =>
  async (tx, task, now) => {
    const [order] = await ordersByIds(tx, [task.subject], { scope: ALL, lock: true });
    if (order?.state !== 'PENDING_PAYMENT') return 'resolved';
    await cancel(platform, tx, order, 'system', now);
    return 'done';
  };

/**
 * Unpaid renewals, conversions and changes of these resources are cancelled, whole orders: because the resources are
 * being released, or of one type because they are in the way of what the marketplace does by itself (B-63).
 * @returns resources, also others of these orders, that no order claims any more
 */
export async function cancelUnpaidOf(
  platform: Platform,
  tx: Tx,
  resourceIds: readonly string[],
  now: Date,
  which: { readonly by: 'release' | 'system'; readonly orderType?: FollowUpType } = { by: 'release' },
): Promise<string[]> {
  if (resourceIds.length === 0) return [];
  const open = await openOrdersOf(tx, resourceIds, { lock: true });
  const unpaid = open.filter(({ orderState, orderType }) => {
    return orderState === 'PENDING_PAYMENT' && (which.orderType === undefined || orderType === which.orderType);
  });
  const freed: string[] = [];
  for (const order of await ordersByIds(tx, [...new Set(unpaid.map(({ orderId }) => orderId))], { scope: ALL })) {
    const { lines } = await cancel(platform, tx, order, which.by, now);
    freed.push(...lines.map(({ resourceId }) => resourceId));
  }
  return freed;
}

async function cancel(
  platform: Platform,
  tx: Tx,
  order: Order,
  by: 'buyer' | 'system' | 'release',
  now: Date,
): Promise<Order> {
  const state = move(orderTransitions, order.state, 'CANCELLED');
  await moveLines(
    tx,
    order.lines.map((line) => line.orderLineId),
    'CLOSED',
  );
  await setOrderState(tx, [order.orderId], order.state, state);
  if (order.orderType === 'TRIAL') await releaseTrials(tx, [order]);
  else if (order.orderType === 'NEW') await giveSaleBack(tx, order);
  else await releaseLines(tx, order.lines);
  await platform.events.publish(tx, [orderEvent('ordering.order-cancelled', order, { by })], now);
  return { ...order, state, cancelAt: null, lines: order.lines.map((line) => ({ ...line, state: 'CLOSED' as const })) };
}
