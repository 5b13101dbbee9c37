/**
 * The timeline of an order or an instance: events, calls to the seller and money of exactly the lines that the reader
 * may see, in order, each entry pointing to its evidence. The trace finds them; the order and its lines decide.
 */
import type { z } from 'zod';
import { type Principal, scopeOf } from '../../directory/index.ts';
import { attemptsOfResource, attemptsOfTrace } from '../../fulfilment/index.ts';
import type { Instance } from '../../instances/index.ts';
import { entriesOfTrace, entriesOfTraces } from '../../ledger/index.ts';
import { listRefunds, type Order, ordersOfResource, type Refund } from '../../ordering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { type DomainEvent, eventsOfTrace, eventsOfTraces } from '../../platform/events.ts';
import type { timelineEntry } from './order-schemas.ts';
import { type About, fromEvent } from './timeline-events.ts';
import { fromAttempt, fromMoney, isStep } from './timeline-steps.ts';

type Entry = z.infer<typeof timelineEntry>;

/**
 * @param order with the lines that the reader may see, and no others
 * @param withCalls whoever may see seller calls gets all of them with a link; everyone else the steps of the delivery
 */
export async function timelineOf(executor: Executor, order: Order, withCalls: boolean): Promise<Entry[]> {
  const lines = linesOf(order);
  const events = await eventsOfTrace(executor, order.traceId);
  const attempts = await attemptsOfTrace(executor, order.traceId);
  const money = await entriesOfTrace(executor, order.traceId);
  const about: About = { site: order.site, withCalls, withMoney: true };
  return sorted([
    ...events
      .filter((event) => concerns(event, order, lines))
      .flatMap((event) => fromEvent(event, { ...about, order })),
    ...attempts
      .filter((attempt) => lines.has(attempt.orderLineId) && (withCalls || isStep(attempt)))
      .map((attempt) => fromAttempt(attempt, withCalls)),
    ...money.flatMap((entry) => fromMoney(entry, order, lines)),
  ]);
}

/** The life of one instance over all its orders: what was ordered and paid, what the seller was told, how it ended. */
export async function timelineOfInstance(
  executor: Executor,
  instance: Instance,
  principal: Principal,
): Promise<Entry[]> {
  const { resourceId, site } = instance;
  const withCalls = seesCalls(principal);
  // Who sees a service need not see its orders, what they cost, what was asked back (6.2).
  const [orderScope, refundScope] = [scopeOf(principal, 'order.view'), scopeOf(principal, 'refund.view')];
  const orders = orderScope ? await ordersOfResource(executor, resourceId, orderScope) : [];
  const refunds = refundScope
    ? await listRefunds(executor, { scope: refundScope, resourceId, before: null, limit: MOST_REFUNDS })
    : [];
  // Its own events are found by the traces of all its orders, those too that this reader does not see.
  const causes = await ordersOfResource(executor, resourceId, { kind: 'all' });
  const traces = new Set([instance, ...causes, ...refunds].map(({ traceId }) => traceId));
  const events = await eventsOfTraces(
    executor,
    [...traces],
    [
      `instance:${resourceId}`,
      ...orders.map(({ orderId }) => `order:${orderId}`),
      ...refunds.map(({ refundId }) => `refund:${refundId}`),
    ],
  );
  const attempts = await attemptsOfResource(executor, resourceId, MOST_ENTRIES + 1);
  const money = await entriesOfTraces(
    executor,
    orders.map(({ traceId }) => traceId),
  );
  const about: About = { site, withCalls, withMoney: principal.sellerId === null };
  return newest(
    sorted([
      ...events.flatMap((event) => fromEventOfInstance(event, resourceId, orders, refunds, about)),
      ...attempts.filter((attempt) => withCalls || isStep(attempt)).map((attempt) => fromAttempt(attempt, withCalls)),
      ...money.flatMap((entry) => orders.flatMap((order) => fromMoney(entry, order, linesOf(order)))),
    ]),
  );
}
const MOST_REFUNDS = 100;
/** a page of more is not read; the list of calls and the orders have all */
const MOST_ENTRIES = 500;

/** The newest entries, and before them that there are older ones. */
function newest(entries: Entry[]): Entry[] {
  const kept = entries.slice(-MOST_ENTRIES);
  const [oldest] = kept;
  if (!oldest || kept.length === entries.length) return kept;
  const cut: Entry = {
    at: oldest.at,
    kind: 'instance',
    outcome: 'info',
    title: { zh: '更早的记录未显示', en: 'Earlier entries are not shown' },
    detail: {
      zh: `此处仅显示最近 ${MOST_ENTRIES} 条。`,
      en: `These are the newest ${MOST_ENTRIES}.`,
    },
    ref: null,
  };
  return [cut, ...kept];
}

/** Who sees orders need not see the calls to sellers (SF, SS, OF, buyers). */
export const seesCalls = (principal: Principal): boolean => scopeOf(principal, 'call.view') !== null;

function fromEventOfInstance(
  event: DomainEvent,
  resourceId: string,
  orders: readonly Order[],
  refunds: readonly Refund[],
  about: About,
): Entry[] {
  const order = orders.find((each) => event.aggregate === `order:${each.orderId}`);
  // That it is ready, the instance says itself.
  if (order && event.type !== 'fulfilment.instance-delivered')
    return concerns(event, order, linesOf(order)) ? fromEvent(event, { ...about, order }) : [];
  const own =
    event.aggregate === `instance:${resourceId}` ||
    refunds.some(({ refundId }) => event.aggregate === `refund:${refundId}`);
  return own ? fromEvent(event, { ...about, orders }) : [];
}

const linesOf = (order: Order): ReadonlySet<string> => new Set(order.lines.map((line) => line.orderLineId));

function concerns(event: DomainEvent, order: Order, lines: ReadonlySet<string>): boolean {
  const { orderLineId } = event.payload;
  return event.aggregate === `order:${order.orderId}` && (typeof orderLineId !== 'string' || lines.has(orderLineId));
}

const sorted = (entries: readonly Entry[]): Entry[] =>
  entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
