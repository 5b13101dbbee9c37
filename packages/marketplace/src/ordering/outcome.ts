/** What becomes of paid lines, as fulfilment tells it; an order ends when its lines have. */
import type { Tx } from '../platform/database/database.ts';
import type { NewEvent } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { releaseLines, releaseTrials } from './claims.ts';
import { type LineState, orderAfterLines, stateAfterSuccess } from './model.ts';
import { giveMoneyBack } from './money-back.ts';
import {
  type LockedLine,
  type LockedOrder,
  lockOrdersOfLines,
  moveLines,
  moveLinesUnasked,
  setOrderState,
} from './moves.ts';
import { orderEvent } from './news.ts';

/** Sellers accepted lines and are asked for the access data. */
export async function linesQuerying(tx: Tx, lineIds: readonly string[]): Promise<void> {
  await moveLinesUnasked(tx, lineIds, 'QUERYING');
}

/** Lines are done, but those that were opened first and wait for acceptance (7.2); orders whose lines are all done are completed. */
export const linesFulfilled = (platform: Platform, tx: Tx, lineIds: readonly string[], now: Date): Promise<void> =>
  goOn(platform, tx, lineIds, () => true, now);

/** Sellers' servers have opened lines: they are supervised on, or done (B-41). What is supervised already stays. */
export const linesOpened = (platform: Platform, tx: Tx, lineIds: readonly string[], now: Date): Promise<void> =>
  goOn(platform, tx, lineIds, (line) => line.state === 'QUERYING', now);

async function goOn(
  platform: Platform,
  tx: Tx,
  lineIds: readonly string[],
  concerns: (line: LockedLine) => boolean,
  now: Date,
): Promise<void> {
  const orders = await lockOrdersOfLines(tx, lineIds);
  const asked = new Set(lineIds);
  const reached: Record<'SUPERVISING' | 'FULFILLED', string[]> = { SUPERVISING: [], FULFILLED: [] };
  for (const { orderType, lines } of orders)
    for (const line of lines)
      if (asked.has(line.orderLineId) && concerns(line))
        reached[stateAfterSuccess(orderType, line.state, line.delivery)].push(line.orderLineId);
  if (reached.SUPERVISING.length > 0) await moveLines(tx, reached.SUPERVISING, 'SUPERVISING');
  await completeLines(platform, tx, orders, reached.FULFILLED, now);
}

async function completeLines(
  platform: Platform,
  tx: Tx,
  orders: readonly LockedOrder[],
  lineIds: readonly string[],
  now: Date,
): Promise<void> {
  if (lineIds.length === 0) return;
  const moved = new Set(await moveLines(tx, lineIds, 'FULFILLED'));
  await releaseLines(tx, followUpsAmong(orders, moved));
  await settleOrders(platform, tx, orders, (line) => (moved.has(line.orderLineId) ? 'FULFILLED' : line.state), now);
}

/** Lines whose seller could not deliver or change: refunded in full, at once (7.2, B-40, B-73). A line that was refunded before stays. */
export async function linesFailed(platform: Platform, tx: Tx, lineIds: readonly string[], now: Date): Promise<void> {
  const orders = await lockOrdersOfLines(tx, lineIds);
  const failed = new Set(await moveLines(tx, lineIds, 'FAILED'));
  const refunds: NewEvent[] = [];
  // Balances are locked in one order everywhere, so that two batches never wait for each other.
  for (const order of orders.toSorted((a, b) => (a.buyerId < b.buyerId ? -1 : 1))) {
    for (const line of order.lines.filter((each) => failed.has(each.orderLineId))) {
      const { buyerId, traceId } = order;
      const { amount, orderLineId } = line;
      const back = { buyerId, amount, traceId, orderLineId, originals: [line] };
      const [part] = await giveMoneyBack(platform, tx, back, now);
      refunds.push(refundedEvent(order, line, part?.nonCash ?? '0'));
    }
  }
  await moveLines(tx, [...failed], 'REFUNDED');
  await releaseLines(tx, followUpsAmong(orders, failed));
  await releaseTrials(
    tx,
    orders.filter(
      ({ orderType, lines }) => orderType === 'TRIAL' && lines.some((line) => failed.has(line.orderLineId)),
    ),
  );
  await platform.events.publish(tx, refunds, now);
  await settleOrders(platform, tx, orders, (line) => (failed.has(line.orderLineId) ? 'REFUNDED' : line.state), now);
}

/** Lines that held a claim on their resource; a purchase holds none. */
function followUpsAmong(orders: readonly LockedOrder[], ids: ReadonlySet<string>): LockedLine[] {
  return orders
    .filter(({ orderType }) => orderType !== 'NEW' && orderType !== 'TRIAL')
    .flatMap(({ lines }) => lines.filter((line) => ids.has(line.orderLineId)));
}

const refundedEvent = (order: LockedOrder, line: LockedLine, nonCash: string): NewEvent =>
  orderEvent('ordering.line-refunded', order, {
    orderLineId: line.orderLineId,
    resourceId: line.resourceId,
    buyerId: order.buyerId,
    sellerId: line.sellerId,
    amount: line.amount,
    nonCash,
    productName: line.productName,
  });

/** Orders that are at work and whose lines have all ended now. */
export async function settleOrders(
  platform: Platform,
  tx: Tx,
  orders: readonly LockedOrder[],
  stateOf: (line: LockedLine) => LineState,
  now: Date,
): Promise<void> {
  const events: NewEvent[] = [];
  const completed: string[] = [];
  const refunded: string[] = [];
  for (const order of orders) {
    if (order.state !== 'PROCESSING') continue;
    const outcome = orderAfterLines(order.lines.map(stateOf));
    if (outcome === 'PROCESSING') continue;
    (outcome === 'COMPLETED' ? completed : refunded).push(order.orderId);
    events.push(
      orderEvent(outcome === 'COMPLETED' ? 'ordering.order-completed' : 'ordering.order-refunded', order, {}),
    );
  }
  await setOrderState(tx, completed, 'PROCESSING', 'COMPLETED', { completedAt: now });
  // The balance is credited in this very transaction, so REFUNDING is passed through without being seen.
  await setOrderState(tx, refunded, 'PROCESSING', 'REFUNDING');
  await setOrderState(tx, refunded, 'REFUNDING', 'REFUNDED', { completedAt: now });
  await platform.events.publish(tx, events, now);
}
