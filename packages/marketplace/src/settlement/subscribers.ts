/**
 * What settlement hears: orders paid, instances running, changes done, acceptances (S2-4), refunds. Each event may come
 * twice, and those of an order and of its instance in any order.
 */
import { z } from 'zod';
import { deliveryEvents } from '../delivery/index.ts';
import { usageCharged } from '../metering/index.ts';
import { lineRefunded, orderPaid, refundExecuted } from '../ordering/index.ts';
import type { DomainEvent, Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { monthRepaid } from '../wallet/index.ts';
import { type Fact, takeIn } from './live/intake.ts';

export const settlementSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'settlement:facts',
    types: Object.keys(HEARD),
    async handle(tx, events) {
      const facts = events.flatMap((event) => HEARD[event.type]?.(event) ?? []);
      await takeIn(platform(), tx, facts, platform().clock.now());
    },
  },
];

const ofInstance = z.object({ ref: z.object({ resourceId: z.string(), orderId: z.string(), trial: z.boolean() }) });
const changed = z.object({ orderId: z.string() });

const HEARD: Readonly<Record<string, (event: DomainEvent) => Fact[]>> = {
  'ordering.order-paid': ({ payload }) => {
    const { orderId, orderType } = orderPaid.parse(payload);
    return orderType === 'TRIAL' || orderType === 'UNSUBSCRIBE' ? [] : [{ kind: 'PAID', orderId }];
  },
  'instances.ready': ({ payload, occurredAt }) => {
    const { resourceId, orderId, trial } = ofInstance.parse(payload).ref;
    // a purchase's line has the id of the resource that it creates; trials are never settled (S2-8)
    return trial ? [] : [{ kind: 'LEARNED', orderId, lineId: resourceId, member: 'activatedAt', at: occurredAt }];
  },
  'instances.changed': ({ payload, occurredAt }) => [
    { kind: 'CHANGED', orderId: changed.parse(payload).orderId, at: occurredAt },
  ],
  'delivery.accepted': ({ payload, occurredAt }) => {
    const { orderId, orderLineId } = deliveryEvents.accepted.parse(payload);
    return [{ kind: 'LEARNED', orderId, lineId: orderLineId, member: 'supervisionCompletedAt', at: occurredAt }];
  },
  'wallet.month-repaid': ({ payload, occurredAt }) =>
    monthRepaid.parse(payload).charged.flatMap(({ subject, reference }): Fact[] => {
      if (subject === 'ORDER') return [{ kind: 'REPAID', orderId: reference, at: occurredAt }];
      return subject === 'USAGE' ? [{ kind: 'USAGE_REPAID', lineId: reference, at: occurredAt }] : [];
    }),
  'ordering.refund-executed': ({ payload, occurredAt }) => [
    { kind: 'REFUNDED', refund: refundExecuted.parse(payload), at: occurredAt },
  ],
  'metering.charge-paid': ({ payload }) => {
    const charge = usageCharged.parse(payload);
    return [{ kind: 'USED', orderId: charge.orderId, charge }];
  },
  'metering.charge-reversed': ({ payload, occurredAt }) => {
    const { orderId, chargeId: lineId, amount } = usageCharged.parse(payload);
    return [{ kind: 'FAILED', orderId, lineId, amount: amount.amount, nonCash: '0', at: occurredAt }];
  },
  'ordering.line-refunded': ({ payload, occurredAt }) => {
    const { orderId, orderLineId, amount, nonCash } = lineRefunded.parse(payload);
    return [{ kind: 'FAILED', orderId, lineId: orderLineId, amount: amount.amount, nonCash, at: occurredAt }];
  },
};
