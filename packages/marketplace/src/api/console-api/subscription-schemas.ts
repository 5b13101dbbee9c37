/**
 * What the console API says and hears about running subscriptions: what can be done with one, what it costs, renewals,
 * conversions, changes, refunds, freezes. The rules stand in `catalogue.md` 6, `settlement.md` 7 and
 * `consoles-and-processes.md` 1.5 – 1.9.
 */
import { z } from 'zod';
import { ACCESS_TYPES, fileRef } from '../../catalog/index.ts';
import { REFUND_KINDS } from '../../ordering/index.ts';
import { decodeCursor } from '../../platform/http/cursor.ts';
import { INSTRUMENTS } from '../../wallet/index.ts';
import { linearAttribute, periodType } from './market-schemas.ts';
import { derivationStep, instant, localized, money, pageQuery } from './schemas.ts';
import { expiryPolicy, instance } from './service-schemas.ts';

const id = z.string().min(1).max(64);
const expectedAmount = z.string().regex(/^\d{1,15}(\.\d{1,4})?$/);
/** O-14: seller and buyer read it too */
const violation = z.object({
  reason: z.string(),
  evidence: z.string(),
  references: z.array(z.string()),
  at: instant,
});
const reason = z.string().trim().min(1).max(500);

/** May it be done now? If not: the rule that says no, for people. */
export const option = z
  .object({
    allowed: z.boolean(),
    code: z.string().nullable(),
    message: z.string().nullable(),
  })
  .openapi('Option');

/** A price of the running specification for one more period. */
const renewalPrice = z.object({ periodType, mostPeriods: z.number().int(), unitPriceFrom: money });
/** A SKU that the service can be changed to. */
export const changeTarget = z
  .object({
    skuCode: z.string(),
    attributes: z.array(z.object({ code: z.string(), name: localized, value: localized })),
    current: z.boolean(),
    linearAttribute: linearAttribute.nullable(),
  })
  .openapi('ChangeTarget');

/** One time of the subscription that was paid for: from – to, what, what it cost. */
export const period = z
  .object({
    orderId: z.string(),
    orderLineId: z.string(),
    from: instant,
    to: instant.nullable(),
    quantity: z.number().int(),
    skuCode: z.string(),
    state: z.enum(['ENDED', 'IN_EFFECT', 'NOT_IN_EFFECT', 'REVOKED']),
  })
  .openapi('Period');

/** Everything that a page about a running service needs to offer what can be done with it. */
export const subscription = z
  .object({
    instance,
    trial: z.boolean(),
    /** what the customer wants at expiry is not told to sellers: null */
    expiryPolicy: expiryPolicy.nullable(),
    /** when it freezes unless it is renewed (end of grace), and when it is released (end of retention); by today's level before it ends */
    freezeAt: instant.nullable(),
    releaseAt: instant.nullable(),
    /** B-63: the first deduction of an automatic renewal, in days before the end; null for sellers */
    renewDays: z.number().int().nullable(),
    /** next automatic renewal attempt; null also for sellers */
    autoRenewAt: instant.nullable(),
    violation: violation.nullable(),
    options: z.object({
      renew: option,
      renewWithChange: option,
      convert: option,
      change: option,
      unsubscribe: option,
      cancelRenewal: option,
      autoRenew: option,
    }),
    renewalPrices: z.array(renewalPrice),
    changeTargets: z.array(changeTarget),
    periods: z.array(period),
    /** an unpaid or running order about this service; it has to end first */
    openOrderId: z.string().nullable(),
  })
  .openapi('Subscription');

const target = z.object({ skuCode: id, quantity: z.number().int().min(1).max(9_999_999) });
export const renewalItem = z.object({
  resourceId: id,
  periodType,
  periodNumber: z.number().int().min(1).max(99),
  /** day of the month on which all of them are to end (B-60) */
  unifyDay: z.number().int().min(1).max(31).nullable().default(null),
  /** renewal with change (B-64) */
  target: target.nullable().default(null),
});
export const renewalQuoteRequest = z.object({ items: z.array(renewalItem).min(1).max(50) });
export const renewalRequest = renewalQuoteRequest.extend({ expectedAmount, agreementsAccepted: z.literal(true) });
export const quotedLine = z
  .object({
    resourceId: z.string(),
    productName: localized,
    specificationName: localized,
    quantity: z.number().int(),
    periodType: periodType.nullable(),
    periodNumber: z.number().int().nullable(),
    /** null = from the payment on */
    from: instant.nullable(),
    to: instant.nullable(),
    listAmount: money,
    amount: money,
    derivation: z.array(derivationStep),
  })
  .openapi('QuotedLine');
export const subscriptionQuote = z
  .object({ lines: z.array(quotedLine).min(1), amount: money })
  .openapi('SubscriptionQuote');

export const conversionQuoteRequest = z.object({ periodType, periodNumber: z.number().int().min(1).max(99) });
export const conversionRequest = conversionQuoteRequest.extend({ expectedAmount, agreementsAccepted: z.literal(true) });
export const changeQuoteRequest = target;
export const changeRequest = target.extend({ expectedAmount, agreementsAccepted: z.literal(true) });
/** The seller's answer to "may this renewal change the service?" (saas-v2.md 5.7) */
export const changeCheck = z
  .object({ allowed: z.boolean(), message: z.string().nullable(), checkedAt: instant })
  .openapi('ChangeCheck');
export const policyRequest = z.object({ policy: expiryPolicy });

export const trialRequest = z.object({
  skuCode: id,
  quantity: z.number().int().min(1).max(9_999_999).optional(),
  parameters: z
    .array(z.object({ name: z.string().min(1).max(64), value: z.string().max(1024) }))
    .max(3)
    .default([]),
  agreementsAccepted: z.literal(true),
});

// --- refunds --------------------------------------------------------------------------------------------------

export const refundKind = z
  .enum(REFUND_KINDS)
  .describe('LATE: an image after its five days or beyond the quota, less what was used (S7-12)');
export const refundState = z.enum([
  'SELLER_REVIEW',
  'LARGE_REVIEW',
  'WAIT_RETURN',
  'WAIT_INSPECTION',
  'EXECUTING',
  'DONE',
  'REJECTED',
  'WITHDRAWN',
]);
/** What would come back, and by which rule, before anything is confirmed (B-81). */
export const renewalSettings = z
  .object({
    deductDays: z.number().int().min(1).max(7).describe('B-63: days before the end of the first deduction'),
    unifyDay: z.number().int().min(1).max(31).nullable().describe('B-63: day of the month that ends move on to'),
  })
  .openapi('RenewalSettings');
/** S7-12: the part of the payment that is kept, for the hours from `effectiveAt` on */
const consumption = z
  .object({
    effectiveAt: instant,
    expireAt: instant,
    /** the instant that it was computed for */
    askedAt: instant,
    usedHours: z.number().int(),
    totalHours: z.number().int(),
    amount: money,
  })
  .openapi('Consumption');
const codeTo = z.object({ channel: z.enum(['EMAIL', 'SMS']), address: z.string() });
export const refundCodeRequest = z.object({});
export const refundCode = z.object({ ...codeTo.shape, expiresAt: instant }).openapi('RefundCode');
export const refundQuote = z
  .object({
    kind: refundKind,
    accessType: z.enum(ACCESS_TYPES),
    paid: money,
    /** the amount that comes back; of a negotiated refund the most that can be asked */
    amount: money,
    /** negotiated: it must be less (B-83a) */
    partOnly: z.boolean(),
    /** false = the seller decides (negotiated) */
    selfService: z.boolean(),
    /** five-day refunds of this account in this year */
    quota: z.object({ limit: z.number().int(), used: z.number().int(), left: z.number().int() }),
    usesQuota: z.boolean(),
    /** of a LATE one */
    consumption: consumption.nullable(),
    /** LATE: the amount holds until then, a full hour; afterwards another is quoted */
    holdsUntil: instant.nullable(),
    /** self-service: what vouchers took off the price, and whether they come back (7.3); null = none was used */
    vouchers: z.object({ amount: money, returned: z.boolean() }).nullable(),
    /** above 50 000 CNY an account manager approves, or 24 hours do (S7-9) */
    large: z.boolean(),
    lines: z.array(z.object({ orderLineId: z.string(), orderId: z.string(), amount: money })),
    /** B-81, 7.3: what of the amount goes back to which instrument */
    back: z.array(
      z.object({
        instrument: z.enum(INSTRUMENTS),
        amount: money,
        void: z.boolean().describe('S7-4: the coupon is over, nothing comes back to it'),
      }),
    ),
    /** B-81: where the code that confirms it goes, in part; null = none is asked */
    codeTo: codeTo.nullable(),
  })
  .openapi('RefundQuote');
export const refundQuoteQuery = z.object({ kind: refundKind.optional() });
export const refundRequest = z.object({
  kind: refundKind,
  /** the amount that was shown, or (negotiated) that is asked for */
  amount: expectedAmount,
  reason,
  /** the buyer agrees that the seller sees phone and e-mail */
  contactConsent: z.boolean().default(false),
  /** the tick "data will be deleted"; a cancelled renewal deletes nothing */
  dataLossAccepted: z.literal(true),
  /** B-81: the code that the account got; of five-day and late refunds, unless the quote asks for none */
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/)
    .optional(),
});
export const refund = z
  .object({
    refundId: z.string(),
    kind: refundKind,
    state: refundState,
    resourceId: z.string(),
    orderId: z.string(),
    /** the order of type UNSUBSCRIBE, once it is executed */
    refundOrderId: z.string().nullable(),
    productName: localized,
    buyerId: z.string(),
    buyerName: z.string(),
    sellerId: z.string(),
    sellerName: z.string(),
    paid: money,
    amount: money,
    consumption: consumption.nullable(),
    reason: z.string(),
    contact: z.object({ phone: z.string(), email: z.string() }).nullable(),
    createdAt: instant,
    decidedAt: instant.nullable(),
    comment: z.string().nullable(),
    /** LARGE_REVIEW: approved by itself then */
    approvedAt: instant.nullable(),
    /** what the seller's answer rests on (settlement.md 7.4) */
    proofs: z.array(z.object(fileRef.shape)),
    /** hardware: where it is; received goods come back first, those on their way the operator confirms (7.4) */
    goods: z.enum(['NONE', 'IN_TRANSIT', 'RECEIVED']),
    returned: z.object({ carrier: z.string(), trackingNo: z.string(), at: instant }).nullable(),
    /** WAIT_RETURN: withdrawn then; WAIT_INSPECTION: accepted then */
    deadlineAt: instant.nullable(),
    may: z.object({ withdraw: z.boolean(), decide: z.boolean(), sendBack: z.boolean(), inspect: z.boolean() }),
  })
  .openapi('Refund');
export const refundListQuery = pageQuery.extend({ state: refundState.optional() });
export const refundPage = z.object({ items: z.array(refund), nextCursor: z.string().nullable() }).openapi('RefundPage');
export const refundDecision = z.object({
  agree: z.boolean(),
  comment: z.string().trim().max(500).default(''),
  /** of the seller (7.4) */
  proofFileIds: z.array(z.uuid()).max(10).default([]),
});
export const returnRequest = z.strictObject({
  carrier: z.string().trim().min(1).max(64),
  trackingNo: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{4,64}$/, 'letters, digits and dashes'),
});
export const inspectionRequest = z
  .strictObject({ accept: z.boolean(), comment: z.string().trim().max(500).default('') })
  .refine(({ accept, comment }) => accept || comment !== '', { message: 'a reason is needed' });

// --- operator, seller -------------------------------------------------------------------------------------------

/** Running services of a seller's products, or all of them: without access data (S-50a, O-14). */
export const serviceListQuery = pageQuery.extend({
  state: instance.shape.state.optional(),
  product: z.string().max(100).optional(),
  buyer: z.string().max(100).optional(),
  /** those that end within so many days */
  endsWithinDays: z.coerce.number().int().min(0).max(366).optional(),
});
export const freezeRequest = z.object({
  reason,
  evidence: z.string().trim().min(1).max(2_000).describe('O-14: what was seen, where and when'),
  references: z
    .array(z.string().trim().min(1).max(500))
    .max(10)
    .default([])
    .describe('addresses or numbers of documents that show it'),
});
export const cureRequest = z.object({ reason });

export const customer = z
  .object({
    buyerId: z.string(),
    buyerName: z.string(),
    accountName: z.string(),
    orders: z.number().int(),
    /** what the customer paid the seller, less refunds */
    amount: money,
    services: z.number().int(),
    activeServices: z.number().int(),
    firstOrderAt: instant,
    lastOrderAt: instant,
  })
  .openapi('Customer');
export const customerQuery = z.object({
  cursor: z
    .string()
    .max(200)
    .refine((text) => decodeCursor(text) !== null, 'is not a cursor of this list')
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  name: z.string().max(100).optional(),
});
export const customerPage = z
  .object({ items: z.array(customer), nextCursor: z.string().nullable() })
  .openapi('CustomerPage');

/** Where seller and marketplace disagree about a running service, and what to do about it. */
export const difference = z
  .object({
    differenceId: z.string(),
    kind: z.enum(['MISSING_AT_SELLER', 'ADDRESS_CHANGED', 'STILL_AT_SELLER']),
    resourceId: z.string(),
    instanceId: z.string(),
    goodsId: z.string(),
    productName: localized,
    sellerId: z.string(),
    sellerName: z.string(),
    detail: localized,
    remedy: localized,
    since: instant,
    lastSeenAt: instant,
  })
  .openapi('Difference');
export const differencePage = z
  .object({ items: z.array(difference), nextCursor: z.string().nullable() })
  .openapi('DifferencePage');

/** The product whose instances the seller is asked for now. */
export const comparison = z.object({ goodsId: z.string().min(1).max(64) });

export const callReason = z.object({ reason });
export const restartManyRequest = z.object({ callIds: z.array(z.uuid()).min(1).max(200) });
export const restartManyResult = z
  .object({
    restarted: z.array(z.string()),
    refused: z.array(z.object({ callId: z.string(), code: z.string(), message: localized })),
  })
  .openapi('RestartManyResult');

export type OptionView = z.infer<typeof option>;
export type SubscriptionView = z.infer<typeof subscription>;
export type ChangeTargetView = z.infer<typeof changeTarget>;
export type PeriodView = z.infer<typeof period>;
export type RenewalItemInput = z.input<typeof renewalItem>;
export type RenewalRequest = z.input<typeof renewalRequest>;
export type QuotedLineView = z.infer<typeof quotedLine>;
export type SubscriptionQuoteView = z.infer<typeof subscriptionQuote>;
export type ConversionRequest = z.input<typeof conversionRequest>;
export type ChangeRequest = z.input<typeof changeRequest>;
export type ChangeCheckView = z.infer<typeof changeCheck>;
export type TrialRequest = z.input<typeof trialRequest>;
export type ExpiryPolicy = z.infer<typeof expiryPolicy>;
export type RefundQuoteView = z.infer<typeof refundQuote>;
export type RefundRequest = z.input<typeof refundRequest>;
export type RenewalSettingsView = z.infer<typeof renewalSettings>;
export type RefundCodeView = z.infer<typeof refundCode>;
export type RefundView = z.infer<typeof refund>;
export type CustomerView = z.infer<typeof customer>;
export type DifferenceView = z.infer<typeof difference>;
export type RestartManyView = z.infer<typeof restartManyResult>;
