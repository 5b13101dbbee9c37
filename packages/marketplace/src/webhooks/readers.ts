/** Domain events → what sellers are told. A reader takes of an event what the catalogue promises, and nothing else. */
import { z } from 'zod';
import type { DomainEvent } from '../platform/events.ts';
import { EVENTS, type EventType } from './catalogue.ts';

export interface Told {
  readonly sellerId: string;
  readonly type: EventType;
  readonly data: Readonly<Record<string, unknown>>;
}
type Reader = (event: DomainEvent) => Told[];

const ofSeller = z.looseObject({ sellerId: z.string().min(1) });
const members = z.looseObject({});
const withRef = z.looseObject({ ref: ofSeller });
/** `data` as the catalogue has it, out of members of the same names. @throws ZodError for an event that does not fit */
const told = (sellerId: string, type: EventType, from: Readonly<Record<string, unknown>>): Told => ({
  sellerId,
  type,
  data: EVENTS[type].data.parse(from),
});

/** An event of one seller that has the members already; `orNull` are those that it may lack. */
const plain =
  (type: EventType, orNull: readonly string[] = []): Reader =>
  ({ payload }) => {
    const { sellerId, ...rest } = ofSeller.parse(payload);
    return [told(sellerId, type, { ...Object.fromEntries(orNull.map((name) => [name, null])), ...rest })];
  };
const ofInstance =
  (type: EventType): Reader =>
  ({ payload }) => {
    const { ref, ...rest } = withRef.parse(payload);
    return [told(ref.sellerId, type, { ...rest, ...ref })];
  };

const paid = z.looseObject({
  orderId: z.string(),
  orderType: z.string(),
  lines: z.array(z.looseObject({ orderLineId: z.string(), sellerId: z.string() })),
});

const READERS: Readonly<Record<string, Reader>> = {
  'ordering.order-paid': ({ payload }) => {
    const { orderId, orderType, lines } = paid.parse(payload);
    return [...new Set(lines.map(({ sellerId }) => sellerId))].map((sellerId) => {
      const orderLineIds = lines.flatMap((line) => (line.sellerId === sellerId ? [line.orderLineId] : []));
      return told(sellerId, 'order.paid', { orderId, orderType, orderLineIds });
    });
  },
  'ordering.line-refunded': plain('order.refunded'),
  'ordering.refund-requested': plain('refund.requested', ['orderId']),
  'ordering.refund-executed': plain('refund.paid', ['orderId']),
  'instances.ready': ofInstance('instance.activated'),
  'instances.renewed': ofInstance('instance.renewed'),
  'instances.changed': ofInstance('instance.changed'),
  'instances.grace-begun': ofInstance('instance.expired'),
  'instances.frozen': ofInstance('instance.frozen'),
  'instances.unfrozen': ofInstance('instance.unfrozen'),
  'instances.released': ofInstance('instance.released'),
  'fulfilment.attempt-failed': ({ payload }) => {
    const { sellerId, ...rest } = ofSeller.parse(payload);
    return [told(sellerId, 'call.failed', { ...rest, nextAttemptAt: members.parse(payload).nextAt })];
  },
  'licensing.code-activated': plain('licence.activated'),
  'licensing.licence-requested': plain('licence.requested'),
  'licensing.licence-granted': plain('licence.granted'),
  'licensing.licence-refused': plain('licence.refused'),
  'metering.charge-paid': plain('usage.charged'),
  'metering.charge-reversed': plain('usage.reversed'),
  'metering.usage-rejected': plain('usage.rejected'),
  'settlement.bill-sent': plain('bill.ready'),
  'settlement.invoice-asked': plain('bill.invoice-asked'),
  'settlement.bill-paid': plain('bill.paid'),
};

const addressed = z.object({
  sellerId: z.string().optional(),
  ref: z.object({ sellerId: z.string() }).optional(),
  lines: z.array(z.object({ sellerId: z.string() })).optional(),
});
/** Sellers that an event names, wherever its reader finds them; null = it is not as a reader would have it. */
export function sellersOf({ payload }: Pick<DomainEvent, 'payload'>): string[] | null {
  const { data } = addressed.safeParse(payload);
  if (!data) return null;
  const named = [data.sellerId, data.ref?.sellerId, ...(data.lines ?? []).map(({ sellerId }) => sellerId)];
  return [...new Set(named.flatMap((sellerId) => sellerId ?? []))];
}

export const toldOf = (event: DomainEvent): Told[] => READERS[event.type]?.(event) ?? [];
/** Event types that are listened to. */
export const HEARD: readonly string[] = Object.keys(READERS);
