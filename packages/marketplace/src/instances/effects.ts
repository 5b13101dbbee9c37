/** What an event of ordering or fulfilment does to an instance: event → which instance, and a pure function of its life. */
import { z } from 'zod';
import { deliveryEvents } from '../delivery/index.ts';
import { linearCodeOf } from '../fulfilment/index.ts';
import { type OrderPaid, orderPaid, type PaidLine, refundExecuted } from '../ordering/index.ts';
import type { DomainEvent } from '../platform/events.ts';
import {
  accepted,
  changeAnswered,
  changeOrdered,
  converted,
  delivered,
  failed,
  inArrears,
  paidUp,
  released,
  renewalTakenBack,
  renewed,
  unsubscribed,
} from './changes.ts';
import type { Outcome, Plan } from './definition.ts';
import type { PaidTime, Period } from './periods.ts';
import type { Instance } from './row.ts';

export interface Effect {
  readonly resourceId: string;
  readonly traceId: string;
  apply(life: Instance): Outcome<Instance>;
}

const aboutLine = z.object({ orderLineId: z.string(), resourceId: z.string().optional() });
/** told by metering, to the right: it is parsed here as far as it is needed */
const arrears = z.object({ resourceId: z.string() });
const { delivered: handedOver, accepted: takenOver } = deliveryEvents;
const callEnded = z.object({ resourceId: z.string(), occasion: z.string() });
const refundClosed = z.object({ resourceId: z.string(), refundId: z.string(), agreed: z.boolean().default(false) });

/**
 * @param fresh order lines whose period was not known before
 * @param periods of the instances whose renewal is taken back
 */
export function effectsOf(
  event: DomainEvent,
  now: Date,
  fresh: ReadonlySet<string>,
  periods: readonly Period[],
): Effect[] {
  const effect = (resourceId: string, apply: Effect['apply']): Effect[] => [
    { resourceId, traceId: event.traceId, apply },
  ];
  switch (event.type) {
    case 'ordering.order-paid': {
      const order = orderPaid.parse(event.payload);
      return order.lines.flatMap((line) => effect(line.resourceId, paid(order, line, fresh, now)));
    }
    case 'ordering.refund-executed': {
      const refund = refundExecuted.parse(event.payload);
      // S3-30: a part was given back, the service goes on
      if (refund.partial) return effect(refund.resourceId, (life) => ({ life: { ...life, refundId: null }, news: [] }));
      if (refund.kind !== 'RENEWAL') return effect(refund.resourceId, (life) => unsubscribed(life, refund));
      return effect(refund.resourceId, (life) => {
        const taken = periods.find((period) => refund.originalLineIds.includes(period.orderLineId));
        const before = periods
          .filter((period) => period.resourceId === refund.resourceId && period.revokedAt === null && period !== taken)
          .at(-1);
        if (!taken || !before) throw new Error(`the renewal that refund ${refund.refundId} takes back is not known`);
        return renewalTakenBack(life, { ...refund, renewalLineId: taken.orderLineId, from: taken.from, before }, now);
      });
    }
    case 'ordering.refund-decided':
    case 'ordering.refund-withdrawn': {
      const { resourceId, refundId, agreed } = refundClosed.parse(event.payload);
      return agreed
        ? []
        : effect(resourceId, (life) => ({
            life: life.refundId === refundId ? { ...life, refundId: null } : life,
            news: [],
          }));
    }
    case 'fulfilment.instance-delivered':
    case 'fulfilment.licence-delivered':
      return effect(aboutLine.parse(event.payload).orderLineId, (life) => delivered(life, now));
    case 'delivery.delivered': {
      const { orderLineId, supervised } = handedOver.parse(event.payload);
      return supervised ? [] : effect(orderLineId, (life) => delivered(life, now));
    }
    case 'delivery.accepted': {
      const { orderLineId, expireAt } = takenOver.parse(event.payload);
      return effect(orderLineId, (life) => accepted(life, expireAt === null ? null : new Date(expireAt), now));
    }
    case 'delivery.failed':
      return effect(aboutLine.parse(event.payload).orderLineId, (life) => failed(life, now));
    case 'metering.arrears-begun':
      return effect(arrears.parse(event.payload).resourceId, (life) => inArrears(life, event.occurredAt));
    case 'metering.arrears-ended':
      return effect(arrears.parse(event.payload).resourceId, (life) => paidUp(life, now));
    case 'fulfilment.line-failed': {
      const { orderLineId, resourceId = orderLineId } = aboutLine.parse(event.payload);
      return effect(resourceId, (life) =>
        resourceId === orderLineId ? failed(life, now) : changeAnswered(life, orderLineId, false),
      );
    }
    case 'fulfilment.call-done':
    case 'fulfilment.call-stopped': {
      const { resourceId, occasion } = callEnded.parse(event.payload);
      if (occasion === 'release') return effect(resourceId, (life) => released(life, now));
      if (!occasion.startsWith(LINE)) return [];
      const orderLineId = occasion.slice(LINE.length);
      // An upgrade that was given up is told as fulfilment.line-failed; a renewal holds even when its call was.
      const decides = (life: Instance) => event.type === 'fulfilment.call-done' || life.pending?.at !== null;
      return effect(resourceId, (life) =>
        decides(life) ? changeAnswered(life, orderLineId, true) : { life, news: [] },
      );
    }
    default:
      return [];
  }
}

const LINE = 'line:';

function paid(order: OrderPaid, line: PaidLine, fresh: ReadonlySet<string>, now: Date): Effect['apply'] {
  const { orderId, orderType } = order;
  return (life) => {
    const { orderLineId, amount, scene } = line;
    const facts = { orderId, orderLineId, amount, plan: planOf(line, life) };
    if (orderType === 'CHANGE')
      return changeOrdered(life, { ...facts, linearCode: linearCodeOf(line.linearAttribute?.code) });
    if (!fresh.has(orderLineId)) return { life, news: [] }; // applied before: an automatic renewal, or a repeat
    const period = { ...facts, expireAt: expiryOf(line) };
    return orderType === 'TRIAL_TO_FORMAL'
      ? converted(life, period, now)
      : renewed(life, { ...period, scene: scene ?? 'RENEWAL', automatic: false }, now);
  };
}

/** A change keeps the period that it happens in. */
export const planOf = (line: PaidLine, life: Instance): Plan => ({
  version: line.version,
  specificationId: line.specificationId,
  specificationName: line.specificationName,
  skuCode: line.skuCode,
  priceItemId: line.priceItemId,
  quantity: line.quantity,
  linearAttribute: line.linearAttribute,
  periodType: line.periodType ?? life.periodType,
  periodNumber: line.periodNumber ?? life.periodNumber,
});

function expiryOf(line: PaidLine): Date {
  if (line.expireAt === null) throw new Error(`the paid period of line ${line.orderLineId} has no end`);
  return new Date(line.expireAt);
}

/** The time that a renewal or conversion line pays for. */
export function paidTime(order: OrderPaid, line: PaidLine, paidAt: Date): PaidTime {
  return {
    ...line,
    orderId: order.orderId,
    occasion: order.orderType === 'TRIAL_TO_FORMAL' ? 'TRIAL_TO_FORMAL' : (line.scene ?? 'RENEWAL'),
    from: line.effectiveFrom === null ? paidAt : new Date(line.effectiveFrom),
    to: expiryOf(line),
  };
}
