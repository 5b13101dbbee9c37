/**
 * What the console API says and hears about settlement (settlement.md 2 to 5): transaction details, bills with their
 * derivations, forecast, income; for the operator periods, preview, run, decisions. Amounts are decimal strings in the
 * currency of their bill; periods are `YYYYMM`, days `YYYY-MM-DD` in the site's zone, instants ISO 8601 in UTC.
 */
import { z } from 'zod';
import { BILL_STATES, CLASSES } from '../../settlement/index.ts';
import { derivationStep, instant, localized, pageQuery } from './schemas.ts';

const day = z.string().openapi({ example: '2024-02-03' });
const amount = z.string().openapi({ example: '1140.00' });
const period = z.string().openapi({ example: '202401' });
const askedPeriod = z.string().regex(/^20\d{2}(0[1-9]|1[0-2])$/, 'a month, YYYYMM');
const id = z.string().min(1).max(64);

// --- enumerations -----------------------------------------------------------------------------------------------

export const settlementClass = z.enum(CLASSES);
export const settlementKind = z.enum(['NEW', 'RENEWAL', 'CHANGE', 'REFUND', 'USAGE', 'ADJUSTMENT']);
/** settlement.md 4.4 */
export const billState = z.enum(BILL_STATES);
/**
 * BILLED: a bill exists (S5-5). READY: in the next bill. WAITING: `waitingFor` says for what. NEVER: refunded in full
 * before it counted, or settled with the rest of its original (S3-30). ERROR: a term is missing; the operator is told.
 */
export const lineBilling = z.enum(['BILLED', 'READY', 'WAITING', 'NEVER', 'ERROR']);

// --- transaction details ----------------------------------------------------------------------------------------

export const waitingFor = z
  .object({ rule: z.string(), text: localized })
  .openapi('SettlementWaiting', { description: 'what a line still waits for' });

export const settlementLine = z
  .object({
    /** the order line; of an adjustment its own id */
    lineId: z.string(),
    orderId: z.string(),
    kind: settlementKind,
    /** refunds only: the line that was given back (S3-22, S5-6) */
    originalLineId: z.string().nullable(),
    class: settlementClass,
    sellerId: z.string(),
    sellerName: z.string(),
    buyerId: z.string().nullable(),
    buyerName: z.string().nullable(),
    goodsId: z.string().nullable(),
    productName: localized,
    specificationName: localized,
    chargingMode: z.enum(['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG']).nullable(),
    currency: z.string(),
    placedAt: instant,
    paidAt: instant.nullable(),
    effectiveAt: instant.nullable(),
    supervisionCompletedAt: instant.nullable(),
    repaidAt: instant.nullable(),
    refundCompletedAt: instant.nullable(),
    unitPrice: amount.nullable(),
    /** purchased duration, in the months or years of the price */
    periods: z.string(),
    quantity: z.string(),
    /** negative for a refund */
    transactionAmount: amount,
    voucherDeduction: amount,
    cashConsumption: amount,
    sellerShare: z.string().nullable(),
    managementFeeRatio: z.string().nullable(),
    taxRate: z.string(),
    /** increment share included; null while it is not known */
    settlementAmount: amount.nullable(),
    platformFee: amount.nullable(),
    /** S3-4; null = takes no part */
    increment: z.string().nullable(),
    repaymentStatus: z.enum(['NOT_APPLICABLE', 'OPEN', 'REPAID']),
    supervisionStatus: z.enum(['NOT_APPLICABLE', 'OPEN', 'COMPLETED']),
    /** 是否里程碑交付 (consoles-and-processes.md 3.5) */
    milestones: z.boolean(),
    billing: lineBilling,
    waitingFor: z.array(waitingFor),
    readyAt: instant.nullable(),
    /** the month in which its last condition came true (S2-11) */
    period: period.nullable(),
    billId: z.string().nullable(),
    billPeriod: period.nullable(),
    billState: billState.nullable(),
    /** "View bill" is not grey (S5-7) */
    mayViewBill: z.boolean(),
  })
  .openapi('SettlementLine');

export const settlementLineDetail = settlementLine
  .extend({
    derivation: z.array(derivationStep),
    conditions: z.array(z.object({ rule: z.string(), text: localized, met: instant })),
    /** the month's increment share may still rise until its bill is made */
    provisional: z.boolean(),
    /** the first bill that it can be in as far as is known today; null = not known, or billed */
    earliestBill: z.object({ period, runDay: day }).nullable(),
    /** who brought the buyer, and what it earns of the line */
    distributor: z
      .object({ id: z.string(), name: z.string(), settlement: amount, derivation: z.array(derivationStep) })
      .nullable(),
    /** refunds: what the original settled (S5-6) */
    originalSettlement: amount.nullable(),
    /** an adjustment's reason, an exception's text */
    note: z.string().nullable(),
  })
  .openapi('SettlementLineDetail');

export const settlementLinePage = z.object({ items: z.array(settlementLine), nextCursor: z.string().nullable() });
export const settlementLineQuery = pageQuery.extend({
  class: settlementClass.optional(),
  /** of the bill, or in which it became ready */
  period: askedPeriod.optional(),
  orderId: id.optional(),
  buyerId: id.optional(),
  /** the lines of one bill */
  billId: id.optional(),
  billing: lineBilling.optional(),
  /** operators */
  sellerId: id.optional(),
});

// --- bills ------------------------------------------------------------------------------------------------------

export const settlementBill = z
  .object({
    /** names the bill in addresses; people read `period` (账单ID) */
    billId: z.string(),
    period,
    from: day,
    to: day,
    nominalRunDay: day,
    runDay: day,
    sellerId: z.string(),
    sellerName: z.string(),
    class: settlementClass,
    site: z.enum(['CN', 'INTL', 'EU']),
    currency: z.string(),
    sales: amount,
    total: amount,
    platformFee: amount,
    lines: z.number().int(),
    state: billState,
    /** S2-6: below the minimum; S4-6: nothing to pay, carried forward; HOLD: the operator keeps it back */
    held: z.boolean(),
    heldReason: z.enum(['S2-6', 'S4-6', 'HOLD']).nullable(),
    heldNote: z.string().nullable(),
    releasedAt: instant.nullable(),
    /** bills that are paid together share one (S4-5) */
    requisitionId: z.string().nullable(),
    /** details may be opened by its seller (S5-7) */
    mayView: z.boolean(),
  })
  .openapi('SettlementBill');

export const settlementBillDetail = settlementBill
  .extend({
    /** latest days of what follows (S4-1); from the release on, as far as the calendar's years are known */
    schedule: z.array(
      z.object({ step: z.enum(['RUN', 'REVIEW', 'COUNTERSIGN', 'INVOICE', 'VERIFY', 'PAY']), by: day }),
    ),
    distributors: z.array(z.object({ id: z.string(), name: z.string(), settlement: amount, lines: z.number().int() })),
    requisition: z
      .object({ requisitionId: z.string(), total: amount, bills: z.array(z.object({ billId: z.string(), period })) })
      .nullable(),
    /** when the requisition was paid, by the bank's own reference; a payment that came back, and why */
    payments: z.array(
      z.object({
        paymentId: z.string(),
        state: z.enum(['PAID', 'RETURNED']),
        amount,
        paidOn: day.nullable(),
        bankReference: z.string().nullable(),
        reason: z.string().nullable(),
        /** where it was paid to: bank and last characters of the account */
        account: z.string(),
      }),
    ),
    /** sums by product, largest first */
    products: z.array(
      z.object({
        goodsId: z.string().nullable(),
        name: localized,
        lines: z.number().int(),
        sales: amount,
        settlement: amount,
      }),
    ),
    history: z.array(z.object({ state: billState, at: instant, by: z.string(), note: z.string().nullable() })),
    /** states that whoever looks may move it to */
    next: z.array(billState),
  })
  .openapi('SettlementBillDetail');

export const settlementBillPage = z.object({ items: z.array(settlementBill), nextCursor: z.string().nullable() });
export const settlementBillQuery = pageQuery.extend({
  class: settlementClass.optional(),
  period: askedPeriod.optional(),
  state: billState.optional(),
  held: z.enum(['true', 'false']).optional(),
  sellerId: id.optional(),
});

// --- forecast and income ----------------------------------------------------------------------------------------

/** What the next bills will hold as far as is known today. */
export const settlementForecast = z
  .object({
    currency: z.string(),
    /** null: everything is known; else why a day is missing, e.g. the holidays of that year */
    calendarNote: z.string().nullable(),
    /** S2-1 */
    certified: z.boolean(),
    bills: z.array(
      z.object({
        period,
        class: settlementClass,
        runDay: day.nullable(),
        payBy: day.nullable(),
        total: amount,
        sales: amount,
        lines: z.number().int(),
        /** bills held so far that would go with it (S4-4) */
        carried: amount,
        /** it would be sent on */
        released: z.boolean(),
      }),
    ),
    /** not in any bill yet, by what is missing */
    waiting: z.array(z.object({ rule: z.string(), text: localized, lines: z.number().int(), sales: amount })),
  })
  .openapi('SettlementForecast');

export const settlementIncome = z
  .object({
    currency: z.string(),
    months: z.array(
      z.object({
        period,
        sales: amount,
        settlement: amount,
        platformFee: amount,
        refunds: amount,
        lines: z.number().int(),
      }),
    ),
    products: z.array(z.object({ goodsId: z.string(), name: localized, period, sales: amount, settlement: amount })),
    /** by who brought the buyer: null = nobody, the seller or the marketplace itself */
    /** null = sold directly */
    channels: z.array(
      z.object({
        distributorId: z.string().nullable(),
        name: z.string().nullable(),
        period,
        sales: amount,
        settlement: amount,
      }),
    ),
  })
  .openapi('SettlementIncome');
/** operators say whose */
export const settlementForecastQuery = z.object({ sellerId: id.optional() });
export const settlementIncomeQuery = z.object({
  sellerId: id.optional(),
  from: askedPeriod.optional(),
  to: askedPeriod.optional(),
  class: settlementClass.optional(),
});

// --- operator ---------------------------------------------------------------------------------------------------

export const settlementPeriod = z
  .object({
    site: z.enum(['CN', 'INTL', 'EU']),
    period,
    state: z.enum(['OPEN', 'CLOSED']),
    nominalRunDay: day,
    /** null: the holidays of that year are not known, the run is refused */
    runDay: day.nullable(),
    closedAt: instant.nullable(),
    bills: z.number().int(),
    total: amount,
    currency: z.string(),
    lines: z.number().int(),
    errors: z.number().int(),
    /** it may be run now: it is the first open one, and its day has come */
    mayRun: z.boolean(),
    /** why not */
    obstacle: z.string().nullable(),
  })
  .openapi('SettlementPeriod');
export const settlementPeriods = z.object({ items: z.array(settlementPeriod) });

const previewBill = z.object({
  sellerId: z.string(),
  sellerName: z.string(),
  class: settlementClass,
  total: amount,
  sales: amount,
  platformFee: amount,
  lines: z.number().int(),
  /** of the period before; null = there was none */
  lastTotal: amount.nullable(),
  held: z.boolean(),
});
/** A dry run: what the run would make; nothing is written. */
export const settlementPreview = z
  .object({
    period: settlementPeriod,
    bills: z.array(previewBill),
    /** bills of distributors (4.6); not part of the sums below */
    commissions: z.array(
      z.object({
        distributorId: z.string(),
        distributorName: z.string(),
        total: amount,
        lines: z.number().int(),
        lastTotal: amount.nullable(),
        held: z.boolean(),
      }),
    ),
    total: amount,
    lastTotal: amount,
    /** sellers that had a bill last month and have none now */
    missing: z.array(
      z.object({ sellerId: z.string(), sellerName: z.string(), class: settlementClass, lastTotal: amount }),
    ),
    /** lines that can not be computed */
    errors: z.array(z.object({ lineId: z.string(), sellerId: z.string(), text: z.string() })),
    /** sellers with lines who are not certified (S2-1) */
    uncertified: z.array(z.object({ sellerId: z.string(), sellerName: z.string(), lines: z.number().int() })),
  })
  .openapi('SettlementPreview');

export const settlementRunResult = z
  .object({ period, bills: z.number().int(), total: amount, lines: z.number().int(), repeated: z.boolean() })
  .openapi('SettlementRunResult');

export const billTransition = z.strictObject({
  to: billState,
  note: z.string().trim().min(1).max(500).optional(),
});
export const billHold = z.strictObject({ hold: z.boolean(), reason: z.string().trim().min(1).max(500) });
/** S4-3: what a dispute gives, as a line of the next bill; the issued bill stays */
export const newAdjustment = z.strictObject({
  sellerId: id,
  class: settlementClass,
  /** may be negative */
  amount: z
    .string()
    .regex(/^-?\d{1,12}(\.\d{1,2})?$/, 'an amount with at most two decimals')
    .refine((text) => Number(text) !== 0, 'an adjustment of 0 is none'),
  /** what it corrects */
  billId: id.optional(),
  reason: z.string().trim().min(1).max(500),
});
export const sellerCertification = z.strictObject({ certified: z.boolean() });
export const certifiedSellers = z.object({
  items: z.array(z.object({ sellerId: z.string(), name: z.string(), certifiedAt: instant.nullable() })),
});

export type SettlementLine = z.infer<typeof settlementLine>;
export type SettlementLineDetail = z.infer<typeof settlementLineDetail>;
export type SettlementBill = z.infer<typeof settlementBill>;
export type SettlementBillDetail = z.infer<typeof settlementBillDetail>;
export type SettlementForecast = z.infer<typeof settlementForecast>;
export type SettlementIncome = z.infer<typeof settlementIncome>;
export type SettlementPeriod = z.infer<typeof settlementPeriod>;
export type SettlementPreview = z.infer<typeof settlementPreview>;
export type BillState = z.infer<typeof billState>;
export type SettlementClass = z.infer<typeof settlementClass>;
