/**
 * What delivery hears: a purchase was paid, a seller's server gave something, a code moved, a service froze, revived or
 * ends. One subscriber, so that what happens to an order is heard in its order. Each event may come twice.
 */
import { z } from 'zod';
import { orderPaid } from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { DomainEvent, Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { beginDeliveries } from './begin.ts';
import { commitSteps } from './commit.ts';
import type { Delivery } from './definition.ts';
import { codeMoved, failed, opened, revived, revoked } from './model.ts';
import { lockDeliveries } from './store.ts';

export const deliverySubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'delivery:follow',
    urgent: true,
    types: ['ordering.order-paid', ...Object.keys(HEARD)],
    concerns: ({ type, payload }) => type !== 'ordering.order-paid' || !plainSaas.safeParse(payload).success,
    async handle(tx, events) {
      const now = platform().clock.now();
      const paid = events
        .filter(({ type }) => type === 'ordering.order-paid')
        .map(({ payload, traceId, occurredAt }) => ({ ...orderPaid.parse(payload), traceId, paidAt: occurredAt }));
      await beginDeliveries(platform(), tx, paid, now);
      await follow(platform(), tx, events, now);
    },
  },
];

/** An order of which its sellers' servers deliver each line alone (`begin.ts`). */
const plainSaas = z.object({
  lines: z.array(z.object({ delivery: z.object({ accessType: z.literal('SAAS'), supervised: z.literal(false) }) })),
});

type Hear = (delivery: Delivery, event: DomainEvent, now: Date) => Delivery | null;

const ofLine = z.object({ orderLineId: z.string(), resourceId: z.string().optional() });
const licence = z.object({ sealedLicence: z.string().nullable() });
const ended = z.object({ reason: z.string() });
const released = z.object({ cause: z.enum(['EXPIRED', 'UNSUBSCRIBED']) });
const ofInstance = z.object({ ref: z.object({ resourceId: z.string() }) });

const FROZEN: Readonly<Record<string, NonNullable<Delivery['reason']>>> = {
  EXPIRED: { zh: '服务已到期冻结', en: 'The service expired and is frozen' },
  VIOLATION: { zh: '服务因违规被冻结', en: 'The service is frozen for a violation' },
  ARREARS: { zh: '服务因欠费被冻结', en: 'The service is frozen for arrears' },
};
const NOT_OPENED = { zh: '商家未能在规定时间内开通', en: 'The seller could not open it in time' };
const RELEASED = {
  EXPIRED: { zh: '服务已到期释放', en: 'The service expired and was released' },
  UNSUBSCRIBED: { zh: '已退订', en: 'Unsubscribed' },
};
/** what is used anew each time; what was handed over once stays until the release */
const GRANTED = new Set(['IMAGE_GRANT', 'API_SUBSCRIPTION']);

const HEARD: Readonly<Record<string, Hear>> = {
  'fulfilment.instance-delivered': (delivery, _, now) => opened(delivery, null, now),
  'fulfilment.licence-delivered': (delivery, { payload }, now) =>
    opened(delivery, licence.parse(payload).sealedLicence, now),
  'fulfilment.line-failed': (delivery, { payload }, now) => {
    const { orderLineId, resourceId = orderLineId } = ofLine.parse(payload);
    if (resourceId !== orderLineId) return null;
    return failed(delivery, NOT_OPENED, now) ?? revoked(delivery, NOT_OPENED, now);
  },
  'licensing.code-picked-up': (delivery, { occurredAt }, now) =>
    codeMoved(delivery, { pickedUpAt: occurredAt.toISOString() }, now),
  'licensing.code-activated': (delivery, { payload }, now) =>
    codeMoved(delivery, z.object({ activatedAt: z.iso.datetime() }).parse(payload), now),
  'instances.frozen': (delivery, { payload }, now) =>
    GRANTED.has(delivery.payload.kind)
      ? revoked(delivery, FROZEN[ended.parse(payload).reason] ?? RELEASED.EXPIRED, now)
      : null,
  'instances.unfrozen': (delivery, _, now) => (GRANTED.has(delivery.payload.kind) ? revived(delivery, now) : null),
  'instances.release-begun': (delivery, { payload }, now) =>
    revoked(delivery, RELEASED[released.parse(payload).cause], now),
};

/** how the log of operations names it (S6-1) */
const LOGGED: Readonly<Record<string, string>> = {
  'fulfilment.instance-delivered': 'OPENED',
  'fulfilment.licence-delivered': 'DELIVER',
  'licensing.code-picked-up': 'PICK_UP',
  'licensing.code-activated': 'ACTIVATE',
};
const OPENED = new Set(['fulfilment.instance-delivered', 'fulfilment.licence-delivered']);

async function follow(platform: Platform, tx: Tx, events: readonly DomainEvent[], now: Date): Promise<void> {
  const heard = events.flatMap((event) => {
    const hear = HEARD[event.type];
    return hear ? [{ event, hear, lineId: lineOf(event) }] : [];
  });
  const known = new Map(
    (await lockDeliveries(tx, [...new Set(heard.map(({ lineId }) => lineId))])).map((each) => [each.orderLineId, each]),
  );
  // One after the other: a batch may hold several events of one delivery.
  for (const { event, hear, lineId } of heard) {
    const before = known.get(lineId);
    const delivery = before && hear(before, event, now);
    if (!before || !delivery) continue;
    known.set(lineId, delivery);
    const done = before.supervision === null ? undefined : { by: 'SYSTEM' as const, what: LOGGED[event.type] ?? 'END' };
    const step = before.supervision?.step;
    await commitSteps(
      platform,
      tx,
      [{ from: before.status, step, delivery, opened: OPENED.has(event.type), done }],
      now,
    );
  }
}

/** A purchase's line has the id of the resource that it creates. */
function lineOf({ type, payload }: DomainEvent): string {
  return type.startsWith('instances.') ? ofInstance.parse(payload).ref.resourceId : ofLine.parse(payload).orderLineId;
}
