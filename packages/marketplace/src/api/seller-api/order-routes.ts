/** Orders with the seller's lines. */
import { listOrders, type Order, ordersByIds } from '../../ordering/index.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { namesFor } from '../console-api/names.ts';
import { presentOrder } from '../console-api/present.ts';
import { noQuery, read, type SellerRequest, type SellerRoute } from './route.ts';
import * as schemas from './schemas.ts';

export const orderRoutes: SellerRoute[] = [
  read({
    path: '/orders',
    summary: 'Paid orders with lines of yours, newest first',
    query: schemas.orderQuery,
    response: schemas.orderPage,
    async run({ platform: { db }, scope }, { cursor, limit, from, to, ...filters }) {
      const found = await listOrders(db, {
        ...filters,
        scope,
        from: dateOf(from),
        to: dateOf(to),
        before: cursor ? decodeCursor(cursor) : null,
        limit: limit + 1,
      });
      const page = toPage(found, limit, (order) => ({ at: order.createdAt, id: order.orderId }));
      const names = await namesFor(db, page.items.map(peopleOf));
      return ok({ items: page.items.map((order) => presentOrder(order, names)), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/orders/{orderId}',
    summary: 'One order',
    query: noQuery,
    response: schemas.order,
    run: presented,
  }),
  read({
    path: '/orders/{orderId}/lines',
    summary: 'Your lines of an order, with what each costs and how that came about',
    query: noQuery,
    response: schemas.orderLines,
    async run(request) {
      const order = await presented(request);
      return order.ok ? ok({ items: order.value.lines }) : order;
    },
  }),
  read({
    path: '/orders/{orderId}/lines/{orderLineId}',
    summary: 'One line',
    query: noQuery,
    response: schemas.orderLine,
    async run(request) {
      const order = await presented(request);
      if (!order.ok) return order;
      const line = order.value.lines.find(({ orderLineId }) => orderLineId === request.params.orderLineId);
      return line ? ok(line) : refuse('NOT_FOUND', 'there is no such line in this order');
    },
  }),
];

export const dateOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
const peopleOf = (order: Order) => ({ buyerIds: [order.buyerId], sellerIds: [] });

async function presented({
  platform: { db },
  scope,
  params,
}: SellerRequest): Promise<Result<ReturnType<typeof presentOrder>>> {
  const [order] = await ordersByIds(db, [params.orderId ?? ''], { scope });
  if (!order) return refuse('NOT_FOUND', 'there is no such order');
  return ok(presentOrder(order, await namesFor(db, [peopleOf(order)])));
}
