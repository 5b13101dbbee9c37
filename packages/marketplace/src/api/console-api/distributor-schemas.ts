/**
 * What the console API says and hears about those who bring buyers: parties and what is agreed with them, their commissions
 * (settlement.md 3.4 – 3.6), taxes and fees (S3-8, S3-14, 1.5), the working calendar. Ratios and amounts are decimal strings.
 */
import { z } from 'zod';
import { buyerTerms, DISTRIBUTOR_KINDS, distributorTerms, sellerTerms, siteTerms } from '../../directory/index.ts';
import { CLASSES, COMMISSION_STATES, FIRST_YEAR, LAST_YEAR, MOST_DAYS, MOST_DECIDED } from '../../settlement/index.ts';
import { derivationStep, instant, localized, pageQuery } from './schemas.ts';
import {
  billHold,
  billState,
  billTransition,
  newAdjustment,
  settlementBillDetail,
  settlementKind,
  waitingFor,
} from './settlement-schemas.ts';

const day = z.string().openapi({ example: '2027-02-03' });
const amount = z.string().openapi({ example: '1140.00' });
const period = z.string().openapi({ example: '202701' });
const askedPeriod = z.string().regex(/^20\d{2}(0[1-9]|1[0-2])$/, 'a month, YYYYMM');
const id = z.string().min(1).max(64);
const word = z.string().trim().min(1).max(100);

// --- what is agreed -----------------------------------------------------------------------------------------------

/** the first day it holds, in the site's zone; null = from now on */
const validFrom = z.iso.date().nullable();
const dated = <T extends z.ZodType>(terms: T) =>
  z.object({
    terms,
    validFrom: instant,
    /** HELD: another holds since; HOLDS: now; COMES: later */
    state: z.enum(['HELD', 'HOLDS', 'COMES']),
    by: z.string(),
    writtenAt: instant,
  });

export const distributorKind = z.enum(DISTRIBUTOR_KINDS);
export const partner = z
  .object({
    /** what orders name (C55) */
    distributorId: z.string(),
    kind: distributorKind,
    name: z.string(),
    email: z.string(),
    /** its bank account is verified; null = nothing is paid out */
    certifiedAt: instant.nullable(),
    members: z.array(z.string()),
    /** newest first */
    terms: z.array(dated(distributorTerms)),
  })
  .openapi('Partner');
export const partners = z.object({ items: z.array(partner) });
export const newPartner = z.strictObject({
  kind: distributorKind,
  name: word,
  email: z.email().max(200).or(z.literal('')).default(''),
  terms: distributorTerms,
});
export const newPartnerTerms = z.strictObject({ validFrom, terms: distributorTerms });
export const partnerCertification = z.strictObject({ certified: z.boolean() });
export const newPartnerMember = z.strictObject({
  loginName: z.string().regex(/^[A-Za-z0-9._@-]{3,64}$/, '3 to 64 letters, digits or . _ @ -'),
  displayName: word,
});
/** the first password is told once */
export const addedMember = z.object({ loginName: z.string(), password: z.string() }).openapi('PartnerMember');

export const tradeTerms = z
  .object({
    site: z.object({ site: z.enum(['CN', 'INTL', 'EU']), terms: z.array(dated(siteTerms)) }),
    sellers: z.array(z.object({ id: z.string(), name: z.string(), terms: z.array(dated(sellerTerms)) })),
    buyers: z.array(z.object({ id: z.string(), name: z.string(), terms: z.array(dated(buyerTerms)) })),
  })
  .openapi('TradeTerms');
/** a seller by id or name, a buyer by id or account name */
export const newTradeTerms = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('site'), validFrom, terms: siteTerms }),
  z.strictObject({ kind: z.literal('seller'), party: word, validFrom, terms: sellerTerms }),
  z.strictObject({ kind: z.literal('buyer'), party: word, validFrom, terms: buyerTerms }),
]);

// --- commissions --------------------------------------------------------------------------------------------------

/** an operator says whose: distributorId */
export const commissionMonthsQuery = z.object({
  distributorId: id.optional(),
  from: askedPeriod.optional(),
  to: askedPeriod.optional(),
});
export const commissionMonths = z
  .object({
    distributorId: z.string(),
    currency: z.string(),
    months: z.array(
      z.object({
        period,
        commission: amount,
        sales: amount,
        lines: z.number().int(),
        /** its bills are made */
        closed: z.boolean(),
      }),
    ),
  })
  .openapi('CommissionMonths');

export const commissionState = z.enum(COMMISSION_STATES);
export const commissionQuery = pageQuery.extend({
  distributorId: id.optional(),
  period: askedPeriod.optional(),
  orderId: z.string().max(64).optional(),
  state: commissionState.optional(),
});
export const commissionLine = z
  .object({
    lineId: z.string(),
    /** refunds only: the line that was given back */
    originalLineId: z.string().nullable(),
    /** of an adjustment the bill that it corrects */
    orderId: z.string(),
    kind: settlementKind,
    /** null = an adjustment of the party's own bill (S4-3) */
    class: z.enum(CLASSES).nullable(),
    productName: localized,
    currency: z.string(),
    placedAt: instant,
    state: commissionState,
    billPeriod: period.nullable(),
    sales: amount.nullable(),
    /** S1-4: what it is counted of */
    cash: amount.nullable(),
    commission: amount.nullable(),
    /** why an adjustment was made */
    note: z.string().nullable(),
    waitingFor: z.array(waitingFor),
  })
  .openapi('CommissionLine');
export const commissionPage = z.object({ items: z.array(commissionLine), nextCursor: z.string().nullable() });
export const commissionDetail = commissionLine
  .extend({
    derivation: z.array(derivationStep),
    conditions: z.array(z.object({ rule: z.string(), text: localized, met: instant })),
    earliestBill: z.object({ period, runDay: day }).nullable(),
  })
  .openapi('CommissionDetail');

// --- bills (4.6) ---------------------------------------------------------------------------------------------------

/** an operator sees those of all, or says whose */
export const commissionBillQuery = pageQuery.extend({
  distributorId: id.optional(),
  period: askedPeriod.optional(),
  state: billState.optional(),
});
export const commissionBill = z
  .object({
    /** names the bill in addresses; people read `period` */
    billId: z.string(),
    distributorId: z.string(),
    distributorName: z.string(),
    period,
    currency: z.string(),
    sales: amount,
    /** S1-4 */
    cash: amount,
    /** what is paid for it */
    total: amount,
    lines: z.number().int(),
    runDay: day,
    state: billState,
    held: z.boolean(),
    /** S2-1: the bank account is not verified; S4-6: nothing to pay, carried on; HOLD: the operator keeps it back */
    heldReason: z.enum(['S2-1', 'S4-6', 'HOLD']).nullable(),
    heldNote: z.string().nullable(),
    requisitionId: z.string().nullable(),
    /** its distributor may open it: it was sent */
    mayView: z.boolean(),
  })
  .openapi('CommissionBill');
export const commissionBillPage = z.object({ items: z.array(commissionBill), nextCursor: z.string().nullable() });
export const commissionBillDetail = commissionBill
  .extend({
    ...settlementBillDetail.pick({ schedule: true, requisition: true, payments: true, history: true, next: true })
      .shape,
    /** S5-25: what is invoiced for the requisition at each rate */
    invoiceList: z.array(z.object({ rate: z.string(), net: amount, tax: amount, gross: amount })),
    /** S4-3: lines of this bill that correct an earlier one */
    adjustments: z.array(
      z.object({
        lineId: z.string(),
        amount,
        reason: z.string(),
        madeAt: instant,
        corrects: z.object({ billId: z.string(), period }).nullable(),
      }),
    ),
    /** whoever looks may confirm it or reject it */
    mayDecide: z.boolean(),
  })
  .openapi('CommissionBillDetail');
export const commissionBillDecision = z.strictObject({
  billIds: z.array(z.string().min(1).max(100)).min(1).max(MOST_DECIDED),
  accept: z.boolean(),
  /** of a rejection */
  reason: z.string().trim().max(500).optional(),
});
export const decidedCommissionBills = z.object({ billIds: z.array(z.string()) });
export const commissionBillTransition = billTransition;
export const commissionBillHold = billHold;
/** S4-3: what a dispute about the bill gives, as a line of the party's next one */
export const commissionAdjustment = newAdjustment.pick({ amount: true, reason: true });

// --- working calendar -----------------------------------------------------------------------------------------------

export const workingCalendar = z
  .object({
    years: z.array(
      z.object({
        year: z.number().int(),
        /** weekdays on which nobody works */
        off: z.array(day),
        /** weekend days that are worked */
        worked: z.array(day),
        /** null = it came with the program */
        by: z.string().nullable(),
        writtenAt: instant.nullable(),
      }),
    ),
    /** this year and the next, as far as they are not known: bill runs that need them are refused */
    missing: z.array(z.number().int()),
    /** may still be given or changed from this year on */
    from: z.number().int(),
  })
  .openapi('WorkingCalendar');
export const askedYear = z.coerce.number().int().min(FIRST_YEAR).max(LAST_YEAR);
export const newCalendarYear = z.strictObject({
  off: z.array(z.string().max(10)).min(1).max(MOST_DAYS),
  worked: z.array(z.string().max(10)).max(MOST_DAYS),
});

export type PartnerView = z.infer<typeof partner>;
export type NewPartner = z.infer<typeof newPartner>;
export type PartnerTerms = z.infer<typeof distributorTerms>;
export type TradeTermsView = z.infer<typeof tradeTerms>;
export type NewTradeTerms = z.infer<typeof newTradeTerms>;
export type CommissionMonthsView = z.infer<typeof commissionMonths>;
export type CommissionLineView = z.infer<typeof commissionLine>;
export type CommissionBillView = z.infer<typeof commissionBill>;
export type CommissionBillDetailView = z.infer<typeof commissionBillDetail>;
export type CommissionDetailView = z.infer<typeof commissionDetail>;
export type WorkingCalendarView = z.infer<typeof workingCalendar>;
