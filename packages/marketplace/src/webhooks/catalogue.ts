/**
 * The events that a seller's endpoint can choose, as data: name, what it means, the shape of `data` and an example. A
 * payload is thin: ids to ask with, and the little that decides whether to ask. New members may be added, none is taken
 * away.
 */
import { z } from 'zod';
import type { LocalizedText } from '../catalog/index.ts';

export interface EventKind<S extends z.ZodObject = z.ZodObject> {
  readonly meaning: LocalizedText;
  readonly data: S;
  readonly example: z.infer<S>;
}
const kind = <S extends z.ZodObject>(zh: string, en: string, data: S, example: z.infer<S>): EventKind<S> => ({
  meaning: { zh, en },
  data,
  example,
});

const id = z.string().min(1);
const at = z.iso.datetime();
const money = z.object({ amount: z.string(), currency: z.enum(['CNY', 'USD', 'EUR']) });
const AMOUNT = { amount: '1200', currency: 'CNY' } as const;
const ORDER = 'CS2601050200AUY4H';
const LINE = `${ORDER}-000001`;
const CALL = '3f2c8f0e-6a55-4b0e-9a52-0d5f3b1a7c10';

const instance = z.object({
  resourceId: id,
  /** the seller's own id */
  instanceId: z.string().nullable(),
  orderId: id,
  goodsId: id,
  state: z.string(),
  expireAt: at.nullable(),
});
const INSTANCE = {
  ...{ resourceId: LINE, instanceId: 'inst-81c2', orderId: ORDER, goodsId: 'goods-1', state: 'ACTIVE' },
  expireAt: '2027-01-05T15:59:59.000Z',
};
const refund = z.object({ refundId: id, orderId: id.nullable(), resourceId: id, amount: money });
const REFUND = {
  refundId: '0d5f3b1a-6a55-4b0e-9a52-7c103f2c8f0e',
  orderId: 'CS2601060300BQ7ZK',
  resourceId: LINE,
  amount: AMOUNT,
};
const charge = z.object({ chargeId: id, resourceId: id, orderId: id, from: at, to: at, amount: money });
const CHARGE = {
  ...{ chargeId: CALL, resourceId: LINE, orderId: ORDER },
  ...{ from: '2026-01-05T02:00:00.000Z', to: '2026-01-05T03:00:00.000Z', amount: AMOUNT },
};
const bill = z.object({ billId: id, period: id, amount: money });
const BILL = { billId: 'B-202601-seller-1-GENERAL', period: '202601', amount: AMOUNT };
const licence = z.object({ eventId: id, resourceId: id });
const LICENCE = { eventId: CALL, resourceId: LINE };

export const EVENTS = {
  'order.paid': kind(
    '订单已支付（新购、试用、续费、变更）',
    'An order was paid: purchase, trial, renewal or change',
    z.object({ orderId: id, orderType: id, orderLineIds: z.array(id) }),
    { orderId: ORDER, orderType: 'NEW', orderLineIds: [LINE] },
  ),
  'order.refunded': kind(
    '订单行因开通或变更失败全额退款',
    'A line was given back in full because opening or changing it failed',
    z.object({ orderId: id, orderLineId: id, resourceId: id, amount: money }),
    { orderId: ORDER, orderLineId: LINE, resourceId: LINE, amount: AMOUNT },
  ),
  'refund.requested': kind(
    '客户申请退订',
    'A buyer applied for a refund; it may wait for your decision',
    refund.extend({ state: z.string() }),
    { ...REFUND, state: 'SELLER_REVIEW' },
  ),
  'refund.paid': kind('退订款已退还客户', 'The money of a refund was given back to the buyer', refund, REFUND),
  'instance.activated': kind('实例已开通', 'An instance is open for its buyer', instance, INSTANCE),
  'instance.renewed': kind('实例已续费', 'An instance was renewed', instance, INSTANCE),
  'instance.changed': kind('实例规格已变更', 'An instance was changed to another specification', instance, INSTANCE),
  'instance.expired': kind('实例到期，进入宽限期', 'An instance came to its end and is in grace', instance, {
    ...INSTANCE,
    state: 'GRACE',
  }),
  'instance.frozen': kind(
    '实例已冻结（到期、违规或欠费）',
    'An instance was frozen: expired, violation or arrears',
    instance.extend({ reason: z.string() }),
    { ...INSTANCE, state: 'FROZEN', reason: 'EXPIRED' },
  ),
  'instance.unfrozen': kind('实例已解冻', 'An instance is no longer frozen', instance.extend({ reason: z.string() }), {
    ...INSTANCE,
    reason: 'RENEWED',
  }),
  'instance.released': kind('实例已释放', 'An instance was released', instance, { ...INSTANCE, state: 'RELEASED' }),
  'call.failed': kind(
    '对商家生产接口的一次调用失败',
    'An attempt to call your production interface failed; nextAttemptAt is null once it is given up',
    z.object({
      ...{ callId: id, orderId: id, resourceId: id, activity: id, attempt: z.number().int() },
      ...{ nextAttemptAt: at.nullable(), resultCode: z.string().nullable() },
    }),
    {
      ...{ callId: CALL, orderId: ORDER, resourceId: LINE, activity: 'newInstance', attempt: 1 },
      ...{ nextAttemptAt: '2026-01-05T02:05:00.000Z', resultCode: '000005' },
    },
  ),
  'licence.activated': kind(
    '授权码已激活',
    'An authorisation code was activated by your program; activatedAt is since when it is used',
    z.object({ orderId: id, orderLineId: id, resourceId: id, activatedAt: at }),
    { orderId: ORDER, orderLineId: LINE, resourceId: LINE, activatedAt: '2026-01-05T02:00:00.000Z' },
  ),
  'licence.requested': kind(
    '客户申请 License',
    'A buyer applied for a licence: make it and hand it over',
    licence,
    LICENCE,
  ),
  'licence.granted': kind('License 已交付', 'A licence was handed over', licence, LICENCE),
  'licence.refused': kind(
    'License 申请未成功',
    'No licence was made for an application',
    licence.extend({ resultCode: z.string().nullable() }),
    { ...LICENCE, resultCode: '91381034' },
  ),
  'usage.charged': kind('按需用量已扣费', 'Usage was charged', charge, CHARGE),
  'usage.reversed': kind('按需扣费已冲正', 'A charge of usage was reversed', charge, CHARGE),
  'usage.rejected': kind(
    '一次推送中有话单未被接受',
    'Records of a push were not taken; ask for them by its request id',
    z.object({ requestId: id, records: z.number().int() }),
    { requestId: '6c63c2211f6b41418ff422f5dfe82b65', records: 3 },
  ),
  'bill.ready': kind('账单已发出，待确认', 'A bill was sent to you for countersigning', bill, BILL),
  'bill.invoice-asked': kind('账单已确认，待开票', 'Your invoice for a bill is asked for', bill, BILL),
  'bill.paid': kind('账单已付款', 'A bill was paid', bill, BILL),
  'webhook.test': kind(
    '您手动发出的测试事件',
    'A test event that you sent by hand; it goes to its endpoint whatever the endpoint chose',
    z.object({ endpointId: id }),
    { endpointId: 'ep_7c103f2c8f0e6a55' },
  ),
} as const satisfies Readonly<Record<string, EventKind>>;

export type EventType = keyof typeof EVENTS;
export const TEST_EVENT = 'webhook.test';
export const isEventType = (text: string): text is EventType => Object.hasOwn(EVENTS, text);
const ALL: readonly EventType[] = Object.keys(EVENTS).filter(isEventType);
/** What an endpoint can choose: all but the test, which everybody gets. */
export const CHOOSABLE: readonly EventType[] = ALL.filter((type) => type !== TEST_EVENT);

export interface DescribedEvent {
  readonly type: EventType;
  readonly meaning: LocalizedText;
  /** JSON Schema of `data`; members that it does not name may come beside */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly example: Readonly<Record<string, unknown>>;
}
/** The catalogue for people and programs. */
export const describeEvents = (): DescribedEvent[] =>
  ALL.map((type) => {
    const { meaning, data, example } = EVENTS[type];
    return { type, meaning, schema: z.toJSONSchema(data, { io: 'input' }), example };
  });

/** The body that is sent (Standard Webhooks): what, when, about what. */
export const bodyOf = (message: {
  readonly type: string;
  readonly occurredAt: Date;
  readonly data: Readonly<Record<string, unknown>>;
}): string => JSON.stringify({ type: message.type, timestamp: message.occurredAt.toISOString(), data: message.data });
