/** Orders, balance; how they are paid: `order-payment-routes.ts`. */

import type { z } from 'zod';
import { balanceOf } from '../../ledger/index.ts';
import {
  ALONE,
  type Alone,
  cancelOrder,
  listOrders,
  type Order,
  ordersByIds,
  type Parties,
  type PlaceOrder,
  placeOrder,
  placeTogether,
} from '../../ordering/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { traceId } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import { auditDone } from './audit.ts';
import { namesFor } from './names.ts';
import * as schemas from './order-schemas.ts';
import { type Names, presentOrder } from './present.ts';
import { type Call, type ConsoleRoute, command, latest, noQuery, nothing, read } from './route.ts';
import { seesCalls, timelineOf } from './timeline.ts';

export const orderRoutes: ConsoleRoute[] = [
  command({
    path: '/orders',
    summary: 'Place an order; prices are computed and frozen, nothing is charged',
    action: 'order.create',
    body: schemas.createOrder,
    response: schemas.order,
    status: 201,
    async run(call, body, tx) {
      const { buyerId } = call.principal;
      if (buyerId === null) return NO_BUYER;
      return present(tx, await placeOrder(call.platform, tx, placing(call, buyerId, body), call.now));
    },
    async together(asked, tx) {
      const [first] = asked;
      const inputs = new Map<unknown, PlaceOrder>();
      for (const each of asked) {
        const { buyerId } = each.call.principal;
        if (buyerId !== null) inputs.set(each, placing(each.call, buyerId, each.body));
      }
      const place = first && (await placeTogether(first.call.platform, tx, [...inputs.values()], latest(asked)));
      return async (chosen) => {
        const presenting = presentLater(tx);
        const own = chosen.flatMap((each) => inputs.get(each) ?? []);
        const placed = (await place?.(own, presenting.meanwhile)) ?? [];
        return presenting.each(chosen.map((each) => (inputs.has(each) ? (placed.shift() ?? ALONE) : NO_BUYER)));
      };
    },
  }),
  read({
    path: '/orders',
    summary: 'Orders, newest first',
    action: 'order.view',
    query: schemas.orderQuery,
    response: schemas.orderPage,
    async run({ platform: { db }, scope }, query) {
      const orders = await listOrders(db, {
        scope,
        state: query.state,
        orderId: query.orderId,
        product: query.product,
        from: date(query.from),
        to: date(query.to),
        before: query.cursor ? decodeCursor(query.cursor) : null,
        limit: query.limit + 1,
      });
      const page = toPage(orders, query.limit, (order) => ({ at: order.createdAt, id: order.orderId }));
      const names = await namesFor(db, page.items.map(peopleOf));
      return ok({ items: page.items.map((order) => presentOrder(order, names)), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/orders/{orderId}',
    summary: 'One order',
    action: 'order.view',
    query: noQuery,
    response: schemas.order,
    async run(call) {
      return present(call.platform.db, await find(call));
    },
  }),
  read({
    path: '/orders/{orderId}/timeline',
    summary: 'Everything that happened to an order',
    action: 'order.view',
    query: noQuery,
    response: schemas.timeline,
    async run(call) {
      const order = await find(call);
      return order.ok
        ? ok({ items: await timelineOf(call.platform.db, order.value, seesCalls(call.principal)) })
        : order;
    },
  }),
  read({
    path: '/orders/{orderId}/stream',
    summary: 'Server-sent events: the order at once and on each change',
    action: 'order.view',
    query: noQuery,
    response: schemas.order,
    async run(call) {
      const order = await find(call);
      const stream = order.ok ? call.streams.open(call, order.value) : order;
      return stream.ok ? stream.value : stream;
    },
  }),
  command({
    path: '/orders/{orderId}/cancellation',
    summary: 'Cancel an unpaid order',
    action: 'order.cancel',
    body: nothing,
    response: schemas.order,
    async run(call, _body, tx) {
      const { platform, scope, now, params } = call;
      return audited(
        call,
        tx,
        'order.cancel',
        await cancelOrder(platform, tx, { orderId: params.orderId ?? '', scope }, now),
      );
    },
  }),
  read({
    path: '/wallet',
    summary: 'Balance of the signed-in buyer',
    action: 'wallet.view',
    query: noQuery,
    response: schemas.wallet,
    async run({ platform, principal }) {
      if (principal.buyerId === null) return refuse('NOT_FOUND', 'there is no balance');
      return ok({ balance: await balanceOf(platform.db, principal.buyerId, SITES[platform.config.site].currency) });
    },
  }),
];

const NO_BUYER: Result<never> = refuse('FORBIDDEN', 'only a buyer orders');

const placing = (
  { principal, platform }: Call,
  buyerId: string,
  body: z.infer<typeof schemas.createOrder>,
): PlaceOrder => ({
  buyerId,
  userId: principal.userId,
  lines: body.lines,
  expectedAmount: body.expectedAmount,
  offerId: body.offerId,
  voucherId: body.voucherId,
  distributorId: body.distributorId,
  receiver: body.receiver,
  // Never the request's id: that one may come from the client, and would lead into another order's trace.
  traceId: traceId(platform.random),
});

const date = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
const peopleOf = (order: Parties) => ({
  buyerIds: [order.buyerId],
  sellerIds: order.lines.map((line) => line.sellerId),
});

async function find({ platform, params, scope }: Call): Promise<Result<Order>> {
  const [order] = await ordersByIds(platform.db, [params.orderId ?? ''], { scope });
  return order ? ok(order) : refuse('NOT_FOUND', 'there is no such order');
}

async function audited(call: Call, tx: Tx, action: string, order: Result<Order>) {
  if (order.ok)
    await auditDone(call, tx, { action, object: `order:${order.value.orderId}`, traceId: order.value.traceId });
  return present(tx, order);
}

async function present(executor: Executor, order: Result<Order>) {
  return order.ok ? ok(presentOrder(order.value, await namesFor(executor, [peopleOf(order.value)]))) : order;
}

/** The same for many; the names of all of them are asked for while the orders are written. */
export function presentLater(executor: Executor) {
  let names: Promise<Names> = namesFor(executor, []);
  return {
    async meanwhile(orders: readonly Parties[]): Promise<void> {
      names = namesFor(executor, orders.map(peopleOf));
      await names;
    },
    async each(orders: readonly (Result<Order> | Alone)[]) {
      const known = await names;
      return orders.map((order) => (order === ALONE || !order.ok ? order : ok(presentOrder(order.value, known))));
    },
  };
}
