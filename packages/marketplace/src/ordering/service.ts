/** Placing, paying, cancelling, finishing orders: one transaction a command. */
import { type OfferInput, type PricedOffer, priceOffers } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { balanceAccount, balanceOf, credit, PREPAID, post, takeFromBalance } from '../ledger/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { NewEvent } from '../platform/events.ts';
import { decimal, money, sum } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { periodEnd, SITES, type Site } from '../platform/site.ts';
import { move } from '../platform/state-machine.ts';
import { addTask, type TaskHandler } from '../platform/tasks/marketplace-tasks.ts';
import type { PaidLine } from './events.ts';
import { lineId, newOrderId, orderAfterLines, orderTransitions } from './model.ts';
import type { Order, OrderLine } from './store.ts';
import * as store from './store.ts';

export interface PlaceOrder {
  readonly buyerId: string;
  readonly userId: string;
  readonly lines: readonly (OfferInput & { readonly parameters: readonly { name: string; value: string }[] })[];
  /** the amount that the buyer saw; another one now is refused (B-29) */
  readonly expectedAmount?: string | undefined;
  readonly traceId: string;
}

export const CANCEL_UNPAID = 'ordering.cancel-unpaid';

/** Prices are computed here and frozen into the lines (C22); nothing is charged. */
export async function placeOrder(platform: Platform, tx: Tx, input: PlaceOrder, now: Date): Promise<Result<Order>> {
  const priced = await priceOffers(tx, input.lines);
  if (!priced.ok) return priced;
  const [first] = priced.value;
  if (!first) return refuse('VALIDATION', 'an order needs at least one line');
  if (
    priced.value.some(
      ({ offer, quote }) => offer.site !== first.offer.site || quote.amount.currency !== first.quote.amount.currency,
    )
  ) {
    return refuse('MIXED_SITES', 'one order holds products of one site and one currency');
  }
  const parameterFault = firstParameterFault(priced.value, input);
  if (parameterFault) return parameterFault;
  const amount = sum(
    priced.value.map(({ quote }) => quote.amount),
    first.quote.amount.currency,
  );
  if (input.expectedAmount !== undefined && !decimal(input.expectedAmount).equals(amount.amount)) {
    return refuse('PRICE_CHANGED', 'the price has changed since it was shown', {
      expected: input.expectedAmount,
      amount: amount.amount,
      currency: amount.currency,
    });
  }
  const cancelAt = new Date(now.getTime() + platform.config.unpaidOrderHours * 3_600_000);
  for (;;) {
    const orderId = newOrderId(now, platform.random);
    const order: Order = {
      orderId,
      orderType: 'NEW',
      state: 'PENDING_PAYMENT',
      buyerId: input.buyerId,
      placedBy: input.userId,
      site: first.offer.site,
      amount,
      traceId: input.traceId,
      createdAt: now,
      paidAt: null,
      completedAt: null,
      cancelAt,
      lines: priced.value.map((each, place) => newLine(orderId, place + 1, each, input)),
    };
    if (!(await store.insertOrder(tx, order))) continue; // the 5 random characters clashed within this minute
    await addTask(
      tx,
      { id: uuid(platform.random), kind: CANCEL_UNPAID, subject: orderId, dueAt: cancelAt, traceId: order.traceId },
      now,
    );
    await platform.events.publish(tx, [event('ordering.order-placed', order, { amount: order.amount })], now);
    return ok(order);
  }
}

/** Pays from the buyer's balance. A second payment of a paid order shows its state (B-35); a short balance names the gap (B-34). */
export async function payOrder(
  platform: Platform,
  tx: Tx,
  input: { orderId: string; scope: Scope },
  now: Date,
): Promise<Result<Order>> {
  const [order] = await store.ordersByIds(tx, [input.orderId], { scope: input.scope, lock: true });
  if (!order) return refuse('NOT_FOUND', 'there is no such order');
  if (order.paidAt) return ok(order);
  if (order.state !== 'PENDING_PAYMENT')
    return refuse('ORDER_STATE', `an order that is ${order.state} can not be paid`, { state: order.state });
  if (order.cancelAt && order.cancelAt <= now)
    return refuse('ORDER_STATE', 'the time to pay has passed; the order is being cancelled', { state: order.state });
  if (!decimal(order.amount.amount).isZero()) {
    if (!(await takeFromBalance(tx, order.buyerId, order.amount))) {
      const balance = await balanceOf(tx, order.buyerId, order.amount.currency);
      const gap = money(decimal(order.amount.amount).minus(balance.amount), order.amount.currency);
      return refuse('INSUFFICIENT_BALANCE', 'the balance is short', {
        balance: balance.amount,
        amount: order.amount.amount,
        gap: gap.amount,
        currency: gap.currency,
      });
    }
    const posted = await post(
      tx,
      {
        entryId: uuid(platform.random),
        kind: 'PAYMENT',
        reference: order.orderId,
        debit: balanceAccount(order.buyerId),
        credit: PREPAID,
        amount: order.amount,
        traceId: order.traceId,
      },
      now,
    );
    // An order that is paid is answered above; money taken from a balance without its posting would be lost.
    if (!posted) throw new Error(`order ${order.orderId} is unpaid, but its payment is in the ledger`);
  }
  const state = move(orderTransitions, order.state, 'PROCESSING');
  const { timeZone } = SITES[order.site];
  const lines = order.lines.map((line) => ({
    ...line,
    state: 'CALLING' as const,
    effectiveFrom: now,
    expireAt:
      line.periodType === null || line.periodNumber === null
        ? null
        : periodEnd(now, line.periodType, line.periodNumber, timeZone),
  }));
  await store.startLines(tx, lines);
  await store.setOrderState(tx, [order.orderId], order.state, state, { paidAt: now });
  const paid: Order = { ...order, state, paidAt: now, cancelAt: null, lines };
  await platform.events.publish(
    tx,
    [
      event('ordering.order-paid', paid, {
        orderType: order.orderType,
        buyerId: order.buyerId,
        placedBy: order.placedBy,
        amount: paid.amount,
        lines: lines.map((line) => paidLine(line, order.site)),
      }),
    ],
    now,
  );
  await platform.pause.reach('ordering.before-pay-commit', order.orderId);
  return ok(paid);
}

/** The buyer cancels an unpaid order (B-31). */
export async function cancelOrder(
  platform: Platform,
  tx: Tx,
  input: { orderId: string; scope: Scope },
  now: Date,
): Promise<Result<Order>> {
  const [order] = await store.ordersByIds(tx, [input.orderId], { scope: input.scope, lock: true });
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
    const [order] = await store.ordersByIds(tx, [task.subject], { scope: { kind: 'all' }, lock: true });
    if (order?.state !== 'PENDING_PAYMENT') return 'resolved';
    await cancel(platform, tx, order, 'system', now);
    return 'done';
  };

async function cancel(platform: Platform, tx: Tx, order: Order, by: 'buyer' | 'system', now: Date): Promise<Order> {
  const state = move(orderTransitions, order.state, 'CANCELLED');
  await store.moveLines(
    tx,
    order.lines.map((line) => line.orderLineId),
    'CLOSED',
  );
  await store.setOrderState(tx, [order.orderId], order.state, state);
  await platform.events.publish(tx, [event('ordering.order-cancelled', order, { by })], now);
  return { ...order, state, cancelAt: null, lines: order.lines.map((line) => ({ ...line, state: 'CLOSED' as const })) };
}

/** Fulfilment tells that sellers accepted lines and are asked for the access data. */
export async function linesQuerying(tx: Tx, lineIds: readonly string[]): Promise<void> {
  await store.moveLines(tx, lineIds, 'QUERYING');
}

/** Fulfilment tells that lines are delivered; orders whose lines are all done are completed. */
export async function linesFulfilled(platform: Platform, tx: Tx, lineIds: readonly string[], now: Date): Promise<void> {
  const orders = await store.lockOrdersOfLines(tx, lineIds);
  const moved = new Set(await store.moveLines(tx, lineIds, 'FULFILLED'));
  await settleOrders(platform, tx, orders, (line) => (moved.has(line.orderLineId) ? 'FULFILLED' : line.state), now);
}

/** Lines whose seller could not deliver: refunded in full, at once (7.2, B-40). A line that was refunded before stays. */
export async function linesFailed(platform: Platform, tx: Tx, lineIds: readonly string[], now: Date): Promise<void> {
  const orders = await store.lockOrdersOfLines(tx, lineIds);
  const failed = new Set(await store.moveLines(tx, lineIds, 'FAILED'));
  // Balances are locked in one order everywhere, so that two batches never wait for each other.
  for (const order of orders.toSorted((a, b) => (a.buyerId < b.buyerId ? -1 : 1))) {
    for (const line of order.lines.filter((each) => failed.has(each.orderLineId))) {
      await credit(
        tx,
        order.buyerId,
        {
          entryId: uuid(platform.random),
          kind: 'REFUND',
          reference: line.orderLineId,
          debit: PREPAID,
          amount: line.amount,
          traceId: order.traceId,
        },
        now,
      );
    }
  }
  await store.moveLines(tx, [...failed], 'REFUNDED');
  await platform.events.publish(
    tx,
    orders.flatMap((order) =>
      order.lines
        .filter((line) => failed.has(line.orderLineId))
        .map((line) => event('ordering.line-refunded', order, { orderLineId: line.orderLineId, amount: line.amount })),
    ),
    now,
  );
  await settleOrders(platform, tx, orders, (line) => (failed.has(line.orderLineId) ? 'REFUNDED' : line.state), now);
}

async function settleOrders(
  platform: Platform,
  tx: Tx,
  orders: readonly store.LockedOrder[],
  stateOf: (line: store.LockedOrder['lines'][number]) => OrderLine['state'],
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
    events.push(event(outcome === 'COMPLETED' ? 'ordering.order-completed' : 'ordering.order-refunded', order, {}));
  }
  await store.setOrderState(tx, completed, 'PROCESSING', 'COMPLETED', { completedAt: now });
  // The balance is credited in this very transaction, so REFUNDING is passed through without being seen.
  await store.setOrderState(tx, refunded, 'PROCESSING', 'REFUNDING');
  await store.setOrderState(tx, refunded, 'REFUNDING', 'REFUNDED', { completedAt: now });
  await platform.events.publish(tx, events, now);
}

function newLine(
  orderId: string,
  place: number,
  { offer, content, specification, quote }: PricedOffer,
  input: PlaceOrder,
): OrderLine {
  const orderLineId = lineId(orderId, place);
  return {
    orderLineId,
    orderId,
    resourceId: orderLineId,
    scene: null,
    buyerId: input.buyerId,
    sellerId: offer.seller_id,
    state: 'WAITING',
    goodsId: offer.goods_id,
    version: offer.version,
    specificationId: offer.specification_id,
    skuCode: offer.sku_code,
    priceItemId: offer.price_item_id,
    chargingMode: specification.chargingMode,
    periodType: quote.periodType,
    periodNumber: quote.periodNumber,
    quantity: quote.quantity,
    listAmount: quote.listAmount,
    amount: quote.amount,
    effectiveFrom: null,
    expireAt: null,
    snapshot: {
      productName: content.name,
      specificationName: specification.name,
      linearAttribute: specification.linearAttribute,
      derivation: [...quote.derivation],
      parameters: [...(input.lines[place - 1]?.parameters ?? [])],
      trialDays: null,
      package: specification.package,
    },
  };
}

function firstParameterFault(priced: readonly PricedOffer[], input: PlaceOrder): Result<never> | null {
  for (const [place, { content }] of priced.entries()) {
    const given = input.lines[place]?.parameters ?? [];
    const missing = content.orderParameters.find(
      (asked) => asked.required && !given.some((each) => each.name === asked.name && each.value.trim() !== ''),
    );
    if (missing) return refuse('PARAMETER_MISSING', `the seller asks for ${missing.name}`, { name: missing.name });
    const unknown = given.find((each) => !content.orderParameters.some((asked) => asked.name === each.name));
    if (unknown)
      return refuse('PARAMETER_UNKNOWN', `the product does not ask for ${unknown.name}`, { name: unknown.name });
  }
  return null;
}

const event = (
  type: string,
  order: { orderId: string; traceId: string },
  payload: Record<string, unknown>,
): NewEvent => ({
  type,
  aggregate: `order:${order.orderId}`,
  payload: { orderId: order.orderId, ...payload },
  traceId: order.traceId,
});

/** What stations to the right need to know of a paid line. */
const paidLine = (line: OrderLine, site: Site): PaidLine => ({
  orderLineId: line.orderLineId,
  resourceId: line.resourceId,
  buyerId: line.buyerId,
  sellerId: line.sellerId,
  goodsId: line.goodsId,
  version: line.version,
  specificationId: line.specificationId,
  skuCode: line.skuCode,
  priceItemId: line.priceItemId,
  chargingMode: line.chargingMode,
  periodType: line.periodType,
  periodNumber: line.periodNumber,
  quantity: line.quantity,
  amount: line.amount,
  scene: line.scene,
  effectiveFrom: line.effectiveFrom?.toISOString() ?? null,
  expireAt: line.expireAt?.toISOString() ?? null,
  productName: line.snapshot.productName,
  specificationName: line.snapshot.specificationName,
  linearAttribute: line.snapshot.linearAttribute,
  site,
});
