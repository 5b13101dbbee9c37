/** What ordering tells, as schemas: a subscriber parses what it hears. */
import { z } from 'zod';
import { chargingMode, localizedText } from '../catalog/index.ts';
import { parsedOnce } from '../platform/parsed-once.ts';
import { REFUND_KINDS } from './refund-model.ts';
import { lineSnapshot } from './store.ts';

export const orderType = z.enum(['NEW', 'TRIAL', 'TRIAL_TO_FORMAL', 'RENEW', 'CHANGE', 'UNSUBSCRIBE']);
const site = z.enum(['CN', 'INTL', 'EU']);
export const moneyPayload = z.object({ amount: z.string(), currency: z.enum(['CNY', 'USD', 'EUR']) });

export const paidLine = z.object({
  orderLineId: z.string(),
  /** the resource it creates (NEW, TRIAL: its own id) or is about */
  resourceId: z.string(),
  buyerId: z.string(),
  sellerId: z.string(),
  goodsId: z.string(),
  version: z.number(),
  specificationId: z.string(),
  skuCode: z.string(),
  priceItemId: z.string(),
  chargingMode,
  periodType: z.enum(['month', 'year']).nullable(),
  periodNumber: z.number().nullable(),
  quantity: z.number(),
  amount: moneyPayload,
  scene: z.enum(['RENEWAL', 'RENEWAL_CHANGE']).nullable(),
  effectiveFrom: z.iso.datetime().nullable(),
  expireAt: z.iso.datetime().nullable(),
  productName: localizedText,
  specificationName: localizedText,
  linearAttribute: lineSnapshot.shape.linearAttribute,
  autoRenew: lineSnapshot.shape.autoRenew,
  delivery: lineSnapshot.shape.delivery,
  /** ON_DEMAND_PKG: what was bought (C31) */
  package: lineSnapshot.shape.package,
  site,
});
export type PaidLine = z.infer<typeof paidLine>;
const paid = z.object({
  orderId: z.string(),
  orderType,
  buyerId: z.string(),
  placedBy: z.string(),
  amount: moneyPayload,
  lines: z.array(paidLine).min(1),
});
export type OrderPaid = z.infer<typeof paid>;
/** `ordering.order-paid` */
export const orderPaid = parsedOnce(paid);

/** `ordering.order-placed` */
export const orderPlaced = z.object({
  orderId: z.string(),
  orderType,
  buyerId: z.string(),
  amount: moneyPayload,
  cancelAt: z.iso.datetime(),
  lines: z.array(z.object({ orderLineId: z.string(), resourceId: z.string(), sellerId: z.string() })).min(1),
});
/** `ordering.line-refunded`: a delivery or change that failed was given back in full */
export const lineRefunded = z.object({
  orderId: z.string(),
  orderLineId: z.string(),
  resourceId: z.string(),
  buyerId: z.string(),
  sellerId: z.string(),
  amount: moneyPayload,
  /** what of it was no cash consumption (S1-4) */
  nonCash: z.string(),
  productName: localizedText,
});
/** `ordering.refund-executed`; its aggregate is the UNSUBSCRIBE order `orderId` */
export const refundExecuted = z.object({
  refundId: z.string(),
  orderId: z.string(),
  orderLineId: z.string(),
  kind: z.enum(REFUND_KINDS),
  resourceId: z.string(),
  buyerId: z.string(),
  sellerId: z.string(),
  originalLineIds: z.array(z.string()).min(1),
  /** a part of a negotiated refund: the lines, their supervision and the service go on (S3-30) */
  partial: z.boolean().default(false),
  /** all that was paid came back; false leaves a purchase (C47) */
  inFull: z.boolean().default(true),
  amount: moneyPayload,
  /** for each original, in their order: how much, and what of it was no cash consumption (S1-4) */
  parts: z.array(z.object({ amount: z.string(), nonCash: z.string() })).min(1),
  productName: localizedText,
});
export type RefundExecuted = z.infer<typeof refundExecuted>;
