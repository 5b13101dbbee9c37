/** What Jishi's extensions answer: the members that one can rely on; others come beside them. */
import type { Shaped } from '../shape.ts';

const text = { zh: 'string', en: 'string' } as const;
const money = { amount: 'string', currency: 'string' } as const;
const derivation = [{ rule: 'string', text: 'string', value: 'string' }] as const;

export const orderLine = {
  orderLineId: 'string',
  state: 'string',
  goodsId: 'string',
  skuCode: 'string',
  chargingMode: 'string',
  periodType: 'string?',
  periodNumber: 'number?',
  quantity: 'number',
  expireAt: 'string?',
  /** the instance, once there is one */
  resourceId: 'string?',
  productName: text,
  specificationName: text,
  listAmount: money,
  amount: money,
  derivation,
} as const;
export const order = {
  orderId: 'string',
  orderType: 'string',
  state: 'string',
  buyerId: 'string',
  buyerName: 'string',
  createdAt: 'string',
  paidAt: 'string?',
  completedAt: 'string?',
  amount: money,
  lines: [orderLine],
} as const;
export const instance = {
  resourceId: 'string',
  instanceId: 'string?',
  state: 'string',
  goodsId: 'string',
  orderId: 'string',
  chargingMode: 'string',
  quantity: 'number',
  buyerId: 'string',
  buyerName: 'string',
  createdAt: 'string',
  startedAt: 'string?',
  expireAt: 'string?',
  productName: text,
  specificationName: text,
} as const;
export const call = {
  callId: 'string',
  activity: 'string',
  protocol: 'string',
  state: 'string',
  orderId: 'string',
  orderLineId: 'string',
  instanceId: 'string?',
  goodsId: 'string',
  attempts: 'number',
  createdAt: 'string',
  nextAttemptAt: 'string?',
  windowEndsAt: 'string',
  last: 'json',
} as const;
const diagnosis = {
  code: 'string',
  severity: 'string',
  summary: text,
  expected: 'string',
  seen: 'string',
  fix: text,
} as const;
export const callDetail = {
  call,
  attempts: [
    {
      attempt: 'number',
      startedAt: 'string',
      durationMs: 'number',
      outcome: 'string',
      httpStatus: 'number?',
      resultCode: 'string?',
      resultMsg: 'string?',
      request: 'json',
      response: 'json',
      diagnosis: [diagnosis],
    },
  ],
} as const;
export const bill = {
  billId: 'string',
  period: 'string',
  from: 'string',
  to: 'string',
  runDay: 'string',
  class: 'string',
  currency: 'string',
  sales: 'string',
  total: 'string',
  platformFee: 'string',
  lines: 'number',
  state: 'string',
} as const;
export const billLine = {
  lineId: 'string',
  orderId: 'string',
  kind: 'string',
  class: 'string',
  currency: 'string',
  placedAt: 'string',
} as const;
export const billLineDetail = { ...billLine, derivation } as const;
export const usageRecord = {
  recordId: 'string',
  beginAt: 'string',
  endAt: 'string',
  receivedAt: 'string',
  value: 'string',
  meteringSn: 'string?',
  state: 'string',
  reason: 'string?',
  late: 'boolean',
  chargeId: 'string?',
} as const;
export const usageCharge = {
  chargeId: 'string',
  resourceId: 'string',
  orderId: 'string',
  billedAt: 'string',
  from: 'string',
  to: 'string',
  records: 'number',
  used: 'string',
  drawn: 'string',
  charged: 'string',
  refused: 'string',
  state: 'string',
  amount: money,
  derivation,
} as const;
export const usageRejection = {
  rejectionId: 'number',
  receivedAt: 'string',
  requestId: 'string',
  instanceId: 'string',
  meteringSn: 'string',
  code: 'string',
  meaning: 'string',
  record: 'string',
} as const;
export const endpoint = {
  endpointId: 'string',
  url: 'string',
  name: 'string',
  types: ['string'],
  state: 'string',
  secretBeforeUntil: 'string?',
  failingSince: 'string?',
  lastSuccessAt: 'string?',
  createdAt: 'string',
} as const;
export const shownEndpoint = { webhook: endpoint, secret: 'string' } as const;
export const delivery = {
  deliveryId: 'string',
  endpointId: 'string',
  messageId: 'string',
  type: 'string',
  state: 'string',
  attempts: 'number',
  createdAt: 'string',
  nextAttemptAt: 'string?',
  finishedAt: 'string?',
  lastStatus: 'number?',
  lastFault: 'string?',
} as const;

export type SellerOrder = Shaped<typeof order>;
export type SellerInstance = Shaped<typeof instance>;
export type ProductionCall = Shaped<typeof call>;
export type ProductionCallDetail = Shaped<typeof callDetail>;
export type SellerBill = Shaped<typeof bill>;
export type SellerBillLine = Shaped<typeof billLine>;
export type SellerBillLineDetail = Shaped<typeof billLineDetail>;
export type UsageRecord = Shaped<typeof usageRecord>;
export type UsageCharge = Shaped<typeof usageCharge>;
export type UsageRejection = Shaped<typeof usageRejection>;
export type WebhookEndpoint = Shaped<typeof endpoint>;
export type ShownWebhookEndpoint = Shaped<typeof shownEndpoint>;
export type WebhookDelivery = Shaped<typeof delivery>;
