/**
 * A refund that is agreed is executed in one transaction: an UNSUBSCRIBE order with one line, the money in the buyer's
 * balance, the original lines REFUNDED. The seller is told by the event that follows.
 */
import type { DerivationStep } from '../catalog/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { decimal } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { move } from '../platform/state-machine.ts';
import { handOver } from './claims.ts';
import { lineId, newOrderId } from './model.ts';
import { giveMoneyBack } from './money-back.ts';
import { lockOrdersOfLines, moveLines } from './moves.ts';
import { orderEvent } from './news.ts';
import { linesFulfilled, settleOrders } from './outcome.ts';
import { type Refund, type RefundKind, refundTransitions } from './refund-model.ts';
import { saveRefund } from './refund-store.ts';
import { insertOrder, linesByIds, type Order, type OrderLine } from './store.ts';

/** @param refund may move to EXECUTING; its row is locked or new */
export async function executeRefund(platform: Platform, tx: Tx, refund: Refund, now: Date): Promise<Refund> {
  const executing = move(refundTransitions, refund.state, 'EXECUTING');
  const originals = await linesByIds(tx, refund.lineIds);
  const orders = await lockOrdersOfLines(tx, refund.lineIds);
  const partial = isPartial(refund, originals);
  const moved = partial ? [] : await moveLines(tx, refund.lineIds, 'REFUNDED');
  // Only the holder of the resource's claim refunds its lines; anything else would pay twice.
  if (!partial && moved.length !== refund.lineIds.length)
    throw new Error(`lines of refund ${refund.refundId} were refunded before`);
  // The original stays COMPLETED, unless it was never fulfilled (7.1).
  await settleOrders(platform, tx, orders, (each) => (moved.includes(each.orderLineId) ? 'REFUNDED' : each.state), now);
  const order = await placeUnsubscription(platform, tx, refund, originals, now);
  const [line] = order.lines;
  if (!line) throw new Error('an unsubscription has one line');
  const { buyerId, amount, traceId } = refund;
  const parts = await giveMoneyBack(
    platform,
    tx,
    { buyerId, amount, traceId, orderLineId: line.orderLineId, originals },
    now,
  );
  await handOver(tx, { resourceId: refund.resourceId, refundId: refund.refundId, orderLineId: line.orderLineId });
  // S3-30: nothing is taken back from the buyer, so nobody is waited for
  if (partial) await linesFulfilled(platform, tx, [line.orderLineId], now);
  const done: Refund = {
    ...refund,
    state: move(refundTransitions, executing, 'DONE'),
    unsubscribeOrderId: order.orderId,
  };
  await saveRefund(tx, done);
  await platform.events.publish(
    tx,
    [
      orderEvent('ordering.refund-executed', order, {
        refundId: refund.refundId,
        orderLineId: line.orderLineId,
        kind: refund.kind,
        resourceId: refund.resourceId,
        buyerId: refund.buyerId,
        sellerId: refund.sellerId,
        originalLineIds: refund.lineIds,
        amount: refund.amount,
        parts,
        // S7-5: nothing was delivered and accepted yet, so vouchers go back too
        beforeEffect: !partial && originals.every(({ state }) => state !== 'FULFILLED'),
        partial,
        inFull: decimal(refund.amount.amount).equals(refund.paid.amount),
        productName: refund.productName,
      }),
    ],
    now,
  );
  await platform.pause.reach('ordering.before-refund-commit', refund.refundId);
  return done;
}

/** A part of what was paid, in the guarantee period: the order goes on with the rest (S3-30, S7-11). */
const isPartial = ({ kind, amount, paid }: Refund, originals: readonly OrderLine[]): boolean =>
  kind === 'NEGOTIATED' &&
  originals.every(({ state }) => state === 'SUPERVISING') &&
  decimal(amount.amount).lessThan(paid.amount);

async function placeUnsubscription(
  platform: Platform,
  tx: Tx,
  refund: Refund,
  originals: readonly OrderLine[],
  now: Date,
): Promise<Order> {
  const last = originals.at(-1);
  if (!last) throw new Error(`refund ${refund.refundId} has no lines`);
  for (;;) {
    const orderId = newOrderId(now, platform.random);
    const order: Order = {
      orderId,
      orderType: 'UNSUBSCRIBE',
      state: 'PROCESSING',
      buyerId: refund.buyerId,
      placedBy: refund.requestedBy,
      site: refund.site,
      amount: refund.amount,
      traceId: refund.traceId,
      createdAt: now,
      paidAt: null,
      completedAt: null,
      cancelAt: null,
      lines: [
        {
          ...last,
          orderLineId: lineId(orderId, 1),
          orderId,
          resourceId: refund.resourceId,
          scene: null,
          state: 'CALLING',
          listAmount: refund.amount,
          amount: refund.amount,
          effectiveFrom: now,
          // A renewal that is given back ends where it would have begun.
          expireAt: refund.kind === 'RENEWAL' ? last.effectiveFrom : last.expireAt,
          payment: null,
          snapshot: {
            ...last.snapshot,
            derivation: derivationOf(refund),
            parameters: [],
            deductions: [],
          },
        },
      ],
    };
    if (await insertOrder(tx, order)) return order;
  }
}

/** How the amount came about, by the rule of its path. */
function derivationOf({ kind, lineIds, amount, paid, consumption }: Refund): DerivationStep[] {
  if (consumption === null) return [{ rule: RULE[kind], text: lineIds.join(' + '), value: amount.amount }];
  const { usedHours, totalHours, amount: consumed } = consumption;
  return [
    { rule: RULE[kind], text: `${paid.amount} × ${usedHours} / ${totalHours}`, value: consumed.amount },
    { rule: RULE[kind], text: `${paid.amount} − ${consumed.amount}`, value: amount.amount },
  ];
}
const RULE: Readonly<Record<RefundKind, string>> = {
  FIVE_DAY: 'S7-4',
  LATE: 'S7-12',
  NEGOTIATED: 'S7-11',
  RENEWAL: 'S7-5',
};
