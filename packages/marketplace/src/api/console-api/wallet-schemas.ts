/**
 * What the console API says and hears about paying (consoles-and-processes.md B-31 … B-35; settlement.md S1-4, S2-3): coupons
 * and cards, credit with its monthly statements, online payments, the split of an order. Months are `YYYYMM`.
 */
import { z } from 'zod';
import { INSTRUMENTS, PURSE_KINDS, REST_KINDS } from '../../wallet/index.ts';
import { instant, money, pageQuery } from './schemas.ts';

const askedAmount = z.string().regex(/^(?=.*[1-9])\d{1,12}(\.\d{1,2})?$/, 'above zero, two decimals at most');
const purseId = z.string().min(1).max(64);
const purseIds = z.array(purseId).max(20);
const reason = z.string().trim().min(1).max(500);
const buyerId = z.string().min(1).max(64);

/** A cash coupon or a stored-value card. */
export const purse = z
  .object({
    purseId: z.string(),
    buyerId: z.string(),
    buyerName: z.string(),
    kind: z.enum(PURSE_KINDS),
    face: money,
    left: money,
    validFrom: instant,
    validTo: instant.nullable(),
    state: z.enum(['ACTIVE', 'WITHDRAWN', 'EXPIRED']),
    reason: z.string(),
    createdAt: instant,
  })
  .openapi('Purse');
export const pursePage = z.object({ items: z.array(purse), nextCursor: z.string().nullable() }).openapi('PursePage');
export const purseQuery = pageQuery.extend({ buyerId: buyerId.optional() });

export const credit = z
  .object({
    buyerId: z.string(),
    buyerName: z.string(),
    state: z.enum(['ACTIVE', 'WITHDRAWN']),
    limit: money,
    used: money,
    available: money,
    /** days from a statement until it has to be repaid */
    termDays: z.number().int(),
    reason: z.string(),
    changedAt: instant,
  })
  .openapi('Credit');
export const creditPage = z.object({ items: z.array(credit), nextCursor: z.string().nullable() }).openapi('CreditPage');

export const statement = z
  .object({
    month: z.string().openapi({ example: '202601' }),
    /** OPEN: the month goes on; ISSUED: to be repaid until `dueAt`; REPAID: its orders count as paid (S2-3) */
    state: z.enum(['OPEN', 'ISSUED', 'REPAID']),
    overdue: z.boolean(),
    charged: money,
    owed: money,
    issuedAt: instant.nullable(),
    dueAt: instant.nullable(),
    repaidAt: instant.nullable(),
  })
  .openapi('CreditStatement');
export const statementDetail = statement
  .extend({
    entries: z.array(
      z.object({
        at: instant,
        kind: z.enum(['CHARGE', 'REFUND', 'REPAYMENT']),
        instrument: z.enum(INSTRUMENTS).nullable(),
        /** the order that was bought, the line that was refunded; null for others */
        orderId: z.string().nullable(),
        reference: z.string(),
        amount: money,
      }),
    ),
  })
  .openapi('CreditStatementDetail');

export const onlinePayment = z
  .object({
    paymentId: z.string(),
    amount: money,
    orderId: z.string().nullable(),
    state: z.enum(['STARTED', 'PAID', 'FAILED']),
    /** of an order: PAID, or why the money stays on the balance */
    outcome: z.string().nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .openapi('OnlinePayment');
/** where the buyer pays it */
export const startedPayment = onlinePayment.extend({ cashierUrl: z.string() }).openapi('StartedPayment');

export const walletOverview = z
  .object({
    balance: money,
    /** whether this marketplace takes online payments */
    online: z.boolean(),
    credit: credit.nullable(),
    statements: z.array(statement),
    purses: z.array(purse),
    payments: z.array(onlinePayment),
  })
  .openapi('WalletOverview');

/** What pays a part of an order. */
export const paymentPart = z
  .object({ instrument: z.enum(INSTRUMENTS), purseId: z.string().nullable(), amount: money })
  .openapi('PaymentPart');
const refused = z.object({ code: z.string(), message: z.string(), facts: z.record(z.string(), z.string()) }).nullable();
export const paymentOptions = z
  .object({
    amount: money,
    /** coupons and cards that can be used now, and why not where they can not (S2-9) */
    purses: z.array(purse.extend({ refused })),
    /** what coupons and cards leave, by what it can be paid with (B-33) */
    rest: z.array(z.object({ kind: z.enum(REST_KINDS), available: money.nullable(), refused })),
    restAmount: money,
    /** coupons first, then cards (B-32) */
    split: z.array(paymentPart),
  })
  .openapi('PaymentOptions');
/** chosen coupons and cards, separated by commas */
export const paymentOptionsQuery = z.object({
  purseIds: z
    .string()
    .max(2_000)
    .optional()
    .transform((text) => (text === undefined || text === '' ? [] : text.split(',')))
    .pipe(purseIds),
});

export const payOrder = z.object({
  /** what pays the rest that coupons and cards leave */
  method: z.enum(['BALANCE', 'CREDIT']),
  purseIds: purseIds.optional(),
});
export const payOnline = z.strictObject({ purseIds: purseIds.optional() });
export const topUpOnline = z.strictObject({ amount: askedAmount });
export const buyCard = z.strictObject({ amount: askedAmount });
const month = z.string().regex(/^20\d{2}(0[1-9]|1[0-2])$/, 'a month, YYYYMM');
export const statementQuery = z.object({ month });
export const repayment = z.strictObject({ month, amount: askedAmount });

export const grantPurse = z.strictObject({
  buyerId,
  kind: z.enum(PURSE_KINDS),
  amount: askedAmount,
  validFrom: z.iso.datetime().optional(),
  /** coupons only */
  validTo: z.iso.datetime().nullable(),
  reason,
});
export const grantCredit = z.strictObject({
  buyerId,
  limit: z.string().regex(/^\d{1,12}(\.\d{1,2})?$/),
  termDays: z.number().int().min(1).max(90),
  reason,
});
export const withWhy = z.strictObject({ reason });
/** of the sandbox's cashier */
export const cashierDecision = z.strictObject({ outcome: z.enum(['PAID', 'FAILED']) });

export type PurseView = z.infer<typeof purse>;
export type PursePageView = z.infer<typeof pursePage>;
export type CreditView = z.infer<typeof credit>;
export type CreditPageView = z.infer<typeof creditPage>;
export type StatementView = z.infer<typeof statement>;
export type StatementDetailView = z.infer<typeof statementDetail>;
export type OnlinePaymentView = z.infer<typeof onlinePayment>;
export type StartedPaymentView = z.infer<typeof startedPayment>;
export type WalletOverviewView = z.infer<typeof walletOverview>;
export type PaymentPartView = z.infer<typeof paymentPart>;
export type PaymentOptionsView = z.infer<typeof paymentOptions>;
