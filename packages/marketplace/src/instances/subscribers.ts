/**
 * Instances follow what ordering and fulfilment tell. The events of a batch are applied one after the other to the
 * lives in memory, which are loaded once and saved once. Each handler tolerates an event it has seen before.
 */
import { z } from 'zod';
import { deliveryEvents } from '../delivery/index.ts';
import { type OrderPaid, orderPaid, refundExecuted } from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { DomainEvent, Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { comparisonSubscription, nextComparison } from './comparison.ts';
import { effectsOf, paidTime } from './effects.ts';
import { type Change, commitChanges } from './news.ts';
import { insertPeriods, periodsOf, revokePeriods, revokeRest, startPeriods } from './periods.ts';
import { insertInstances, lockInstances, nameInstances } from './store.ts';

const accepted = z.object({ orderLineId: z.string(), instanceId: z.string() });

export const instancesSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'instances:follow',
    urgent: true,
    types: [
      'ordering.order-paid',
      'ordering.refund-executed',
      'ordering.refund-decided',
      'ordering.refund-withdrawn',
      'fulfilment.instance-accepted',
      'fulfilment.instance-delivered',
      'fulfilment.licence-delivered',
      'delivery.delivered',
      'delivery.accepted',
      'delivery.failed',
      'fulfilment.line-failed',
      'metering.arrears-begun',
      'metering.arrears-ended',
      'fulfilment.call-done',
      'fulfilment.call-stopped',
    ],
    handle: (tx, events) => follow(platform(), tx, events),
  },
  comparisonSubscription(platform),
];

async function follow(platform: Platform, tx: Tx, events: readonly DomainEvent[]): Promise<void> {
  const now = platform.clock.now();
  const of = (type: string) => events.filter((event) => event.type === type);
  const orders = of('ordering.order-paid').map((event) => ({ ...orderPaid.parse(event.payload), event }));
  await begin(platform, tx, orders, now);
  await name(tx, of('fulfilment.instance-accepted'));

  const later = orders.filter(({ orderType }) => orderType === 'RENEW' || orderType === 'TRIAL_TO_FORMAL');
  const fresh = await insertPeriods(
    tx,
    later.flatMap((order) => order.lines.map((line) => paidTime(order, line, order.event.occurredAt))),
  );
  const refunds = of('ordering.refund-executed').map((event) => refundExecuted.parse(event.payload));
  const takenBack = refunds.filter(({ kind }) => kind === 'RENEWAL');
  const unsubscribed = refunds.filter(({ kind, partial }) => kind !== 'RENEWAL' && !partial);
  const periods = await periodsOf(
    tx,
    takenBack.map(({ resourceId }) => resourceId),
  );

  const begun = new Set(orders.filter(({ orderType }) => isPurchase(orderType)).map(({ event }) => event.eventId));
  const effects = events
    .filter((event) => !begun.has(event.eventId))
    .flatMap((event) => effectsOf(event, now, fresh, periods));
  if (effects.length === 0) return;
  const lives = await lockInstances(tx, [...new Set(effects.map(({ resourceId }) => resourceId))]);
  const current = new Map(lives.map((instance) => [instance.resourceId, instance]));
  const changes = effects.map(({ resourceId, traceId, apply }): Change => {
    const before = current.get(resourceId);
    if (!before) throw new Error(`there is no instance ${resourceId}`);
    const outcome = apply(before);
    current.set(resourceId, outcome.life);
    return { before, ...outcome, traceId };
  });
  await commitChanges(platform, tx, changes, now);
  await startPeriods(
    tx,
    of('delivery.accepted').map((event) => deliveryEvents.accepted.parse(event.payload)),
  );
  await revokePeriods(
    tx,
    takenBack.flatMap(({ originalLineIds }) => originalLineIds),
    now,
  );
  await revokeRest(
    tx,
    unsubscribed.map(({ resourceId }) => resourceId),
    now,
  );
}

const isPurchase = (type: string): type is 'NEW' | 'TRIAL' => type === 'NEW' || type === 'TRIAL';

/** New purchases and trials: the instance exists from the payment on. */
async function begin(
  platform: Platform,
  tx: Tx,
  orders: readonly (OrderPaid & { readonly event: DomainEvent })[],
  now: Date,
): Promise<void> {
  const purchases = orders.flatMap(({ orderType, event, ...order }) =>
    isPurchase(orderType) ? [{ ...order, orderType, paidAt: event.occurredAt, traceId: event.traceId }] : [],
  );
  await insertInstances(tx, purchases, now, nextComparison(platform, now));
}

/** The seller gave its id. */
async function name(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  const names = events.map((event) => accepted.parse(event.payload));
  await nameInstances(
    tx,
    names.map(({ orderLineId, instanceId }) => ({ resourceId: orderLineId, instanceId })),
  );
}
