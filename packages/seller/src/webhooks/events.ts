/** The events that a marketplace sends to a seller's endpoint. Payloads are thin: ask the Open API by their ids. */
import type { Shaped } from '../shape.ts';

const money = { amount: 'string', currency: 'string' } as const;
const instance = {
  resourceId: 'string',
  /** your own id; null until you gave one */
  instanceId: 'string?',
  orderId: 'string',
  goodsId: 'string',
  state: 'string',
  expireAt: 'string?',
} as const;
const refund = { refundId: 'string', orderId: 'string?', resourceId: 'string', amount: money } as const;
const charge = {
  chargeId: 'string',
  resourceId: 'string',
  orderId: 'string',
  from: 'string',
  to: 'string',
  amount: money,
} as const;
const bill = { billId: 'string', period: 'string', amount: money } as const;
const licence = { eventId: 'string', resourceId: 'string' } as const;

/** `data` of each type. */
export const EVENT_SHAPES = {
  'order.paid': { orderId: 'string', orderType: 'string', orderLineIds: ['string'] },
  'order.refunded': { orderId: 'string', orderLineId: 'string', resourceId: 'string', amount: money },
  'refund.requested': { ...refund, state: 'string' },
  'refund.paid': refund,
  'instance.activated': instance,
  'instance.renewed': instance,
  'instance.changed': instance,
  'instance.expired': instance,
  'instance.frozen': { ...instance, reason: 'string' },
  'instance.unfrozen': { ...instance, reason: 'string' },
  'instance.released': instance,
  'call.failed': {
    callId: 'string',
    orderId: 'string',
    resourceId: 'string',
    activity: 'string',
    attempt: 'number',
    /** null = given up */
    nextAttemptAt: 'string?',
    resultCode: 'string?',
  },
  'licence.activated': { orderId: 'string', orderLineId: 'string', resourceId: 'string', activatedAt: 'string' },
  'licence.requested': licence,
  'licence.granted': licence,
  'licence.refused': { ...licence, resultCode: 'string?' },
  'usage.charged': charge,
  'usage.reversed': charge,
  'usage.rejected': { requestId: 'string', records: 'number' },
  'bill.ready': bill,
  'bill.invoice-asked': bill,
  'bill.paid': bill,
  'webhook.test': { endpointId: 'string' },
} as const;

export type WebhookEventType = keyof typeof EVENT_SHAPES;
export type WebhookData<T extends WebhookEventType> = Shaped<(typeof EVENT_SHAPES)[T]>;
/** Switch over `type`: `data` follows it. */
export type WebhookEvent = {
  readonly [T in WebhookEventType]: {
    readonly type: T;
    /** when it happened, ISO 8601 */
    readonly timestamp: string;
    readonly data: WebhookData<T>;
  };
}[WebhookEventType];

export const isEventType = (type: string): type is WebhookEventType => Object.hasOwn(EVENT_SHAPES, type);
