/** Orders, their payment and the way they go. */
import { z } from 'zod';
import { INSTRUMENTS } from '../../wallet/index.ts';
import { chargingMode, deduction, linearAttribute, periodType } from './market-schemas.ts';
import { askedInstant, derivationStep, instant, localized, money, page, pageQuery } from './schemas.ts';

export const orderState = z.enum([
  'PENDING_APPROVAL',
  'PENDING_PAYMENT',
  'PROCESSING',
  'REFUNDING',
  'REFUNDED',
  'COMPLETED',
  'CANCELLED',
]);
export const orderLineState = z.enum([
  'WAITING',
  'CALLING',
  'QUERYING',
  'SUPERVISING',
  'FULFILLED',
  'FAILED',
  'REFUNDED',
  'CLOSED',
]);
export const orderType = z.enum(['NEW', 'TRIAL', 'TRIAL_TO_FORMAL', 'RENEW', 'CHANGE', 'UNSUBSCRIBE']);

export const orderLineInput = z.object({
  priceItemId: z.string().min(1).max(64),
  quantity: z.number().int().min(1).max(9_999_999).optional(),
  periodNumber: z.number().int().min(1).max(99).optional(),
  /** images: where it is to run, and the size of the server (L30, L34) */
  regionId: z.string().min(1).max(64).optional(),
  vcpus: z.number().int().min(1).max(1_024).optional(),
  parameters: z
    .array(z.object({ name: z.string().min(1).max(64), value: z.string().max(1024) }))
    .max(3)
    .default([]),
  /** it renews itself from its opening on (B-25); only what is bought by month or year, else RENEWAL_NOT_ALLOWED */
  autoRenew: z.boolean().default(false),
});
export const createOrder = z.object({
  /** 30 packages that stop when used up fit into one order (C32) */
  lines: z.array(orderLineInput).min(1).max(30),
  /** amount the buyer saw; another price now is refused with PRICE_CHANGED (B-29) */
  expectedAmount: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,4})?$/)
    .optional(),
  /** one offer, one voucher (C53) */
  offerId: z.string().min(1).max(64).optional(),
  voucherId: z.string().min(1).max(64).optional(),
  /** account of the distributor who brought the buyer (C55); an offer's own one goes first */
  distributorId: z.string().min(1).max(64).optional(),
  /** hardware: where it is sent (L37); kept sealed */
  receiver: z
    .object({
      name: z.string().trim().min(1).max(64),
      phone: z
        .string()
        .trim()
        .regex(/^\+?[\d\- ]{5,20}$/),
      address: z.string().trim().min(1).max(300),
    })
    .optional(),
  /** both agreements ticked (B-26) */
  agreementsAccepted: z.literal(true),
});
export const orderLine = z
  .object({
    orderLineId: z.string(),
    state: orderLineState,
    goodsId: z.string(),
    productName: localized,
    specificationName: localized,
    skuCode: z.string(),
    priceItemId: z.string(),
    chargingMode,
    periodType: periodType.nullable(),
    periodNumber: z.number().int().nullable(),
    quantity: z.number().int(),
    linearAttribute: linearAttribute.nullable(),
    listAmount: money,
    amount: money,
    deductions: z.array(deduction),
    derivation: z.array(derivationStep),
    parameters: z.array(z.object({ name: z.string(), value: z.string() })),
    expireAt: instant.nullable(),
    sellerId: z.string(),
    sellerName: z.string(),
    /** our id of the instance, once there is one */
    resourceId: z.string().nullable(),
  })
  .openapi('OrderLine');
export const order = z
  .object({
    orderId: z.string(),
    orderType,
    state: orderState,
    buyerId: z.string(),
    buyerName: z.string(),
    amount: money,
    createdAt: instant,
    paidAt: instant.nullable(),
    completedAt: instant.nullable(),
    /** unpaid orders: when the system cancels it (C24) */
    cancelAt: instant.nullable(),
    traceId: z.string(),
    /** what paid it (B-33); empty where the balance alone did, while unpaid, and for sellers */
    payment: z.array(z.object({ instrument: z.enum(INSTRUMENTS), purseId: z.string().nullable(), amount: money })),
    lines: z.array(orderLine),
  })
  .openapi('Order');
export const orderQuery = pageQuery.extend({
  state: orderState.optional(),
  orderId: z.string().max(64).optional(),
  product: z.string().max(100).optional(),
  from: askedInstant.optional(),
  to: askedInstant.optional(),
});
export const orderPage = page(order).openapi('OrderPage');

/** One entry of the record page's timeline: what happened, when, with its evidence. */
export const timelineEntry = z
  .object({
    at: instant,
    kind: z.enum(['order', 'money', 'call', 'instance', 'access']),
    title: localized,
    detail: localized.nullable(),
    outcome: z.enum(['ok', 'failed', 'waiting', 'info']),
    /** where the evidence is: id of a call, an entry of the ledger … */
    ref: z.object({ kind: z.enum(['call', 'ledger', 'instance', 'order', 'refund']), id: z.string() }).nullable(),
  })
  .openapi('TimelineEntry');
export const timeline = z.object({ items: z.array(timelineEntry) }).openapi('Timeline');

export const wallet = z.object({ balance: money }).openapi('Wallet');
export const topUp = z.object({ amount: z.string().regex(/^\d{1,12}(\.\d{1,2})?$/) });

export type CreateOrder = z.input<typeof createOrder>;
export type OrderView = z.infer<typeof order>;
export type OrderLineView = z.infer<typeof orderLine>;
export type TimelineEntryView = z.infer<typeof timelineEntry>;
export type WalletView = z.infer<typeof wallet>;
