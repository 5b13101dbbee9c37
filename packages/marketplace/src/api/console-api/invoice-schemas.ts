/**
 * What the console API says and hears about invoices (settlement.md 5.3–5.5, consoles-and-processes.md 7.7): of sellers to
 * the marketplace, of the marketplace to sellers for its fee, and to buyers. Amounts are decimal strings with two decimals,
 * tax rates ratios (`0.06`), days `YYYY-MM-DD` in the site's zone.
 */
import { z } from 'zod';
import {
  BILL_STATES,
  BUYER_INVOICE_STATES,
  CLASSES,
  FEE_KINDS,
  FEE_STATES,
  INTL_FIELDS,
  INVOICE_KINDS,
  SUPPLY_STATES,
  TITLE_TYPES,
} from '../../settlement/index.ts';
import { keptFile } from './file-schemas.ts';
import { instant, localized, pageQuery, uuidCursor } from './schemas.ts';

const day = z.string().openapi({ example: '2024-02-03' });
const askedDay = z.iso.date();
const amount = z.string().openapi({ example: '1140.00' });
const askedAmount = z.string().regex(/^-?\d{1,13}(\.\d{1,2})?$/, 'an amount with at most two decimals');
const askedRate = z.string().regex(/^0(\.\d{1,4})?$/, 'a tax rate as a ratio, e.g. 0.06');
const id = z.string().min(1).max(128);
const number = z.string().trim().min(1).max(40);
const line = (most: number) => z.string().trim().max(most);
const named = (most: number) => line(most).min(1);
const orNull = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .nullable()
    .transform((text) => (text === '' ? null : text));
/** with an address that works for who is signed in, for an hour */
const linkedFile = z.object({ ...keptFile.shape, url: z.string() });
const taxed = { rate: z.string(), net: amount, tax: amount, gross: amount };

export const invoiceKind = z.enum(INVOICE_KINDS);
export const supplyState = z.enum(SUPPLY_STATES);
export const buyerInvoiceState = z.enum(BUYER_INVOICE_STATES);
export const feeState = z.enum(FEE_STATES);

// --- sellers to the marketplace -----------------------------------------------------------------------------------

const intlDetails = z.partialRecord(z.enum(INTL_FIELDS), line(200));
export const supplyInvoice = z.object({
  invoiceId: z.string(),
  number: z.string(),
  code: z.string().nullable(),
  issuedOn: day,
  ...taxed,
  remark: z.string(),
  details: intlDetails,
  file: linkedFile,
  state: supplyState,
  reason: z.string().nullable(),
  submittedAt: instant,
  decidedAt: instant.nullable(),
});
export const invoiceDemand = z
  .object({
    requisitionId: z.string(),
    sellerId: z.string(),
    sellerName: z.string(),
    class: z.enum(CLASSES),
    site: z.enum(['CN', 'INTL', 'EU']),
    currency: z.string(),
    total: amount,
    periods: z.array(z.string()),
    bills: z.array(z.object({ billId: z.string(), period: z.string() })),
    state: z.enum(BILL_STATES),
    askedAt: instant,
    /** S5-24: the last day */
    dueOn: day,
    overdue: z.boolean(),
    /** why the last invoices were rejected */
    rejected: z.string().nullable(),
  })
  .openapi('InvoiceDemand');
export const invoiceDemandDetail = invoiceDemand
  .extend({
    /** the invoice list (开票清单): what is invoiced at each rate */
    list: z.array(z.object(taxed)),
    invoices: z.array(supplyInvoice),
    /** S5-25: what the remark must hold */
    remark: z.string(),
    mayDecide: z.boolean(),
  })
  .openapi('InvoiceDemandDetail');
export const invoiceDemandPage = z.object({ items: z.array(invoiceDemand), nextCursor: z.string().nullable() });
export const invoiceDemandQuery = pageQuery.extend({
  open: z.enum(['true', 'false']).optional(),
  sellerId: id.optional(),
});

/** S5-26: several for one requisition */
const MOST_INVOICES = 50;
export const newSupplyInvoices = z.strictObject({
  invoices: z
    .array(
      z.strictObject({
        number,
        code: orNull(20).default(null),
        issuedOn: askedDay,
        rate: askedRate,
        net: askedAmount,
        tax: askedAmount,
        gross: askedAmount,
        remark: line(500),
        details: intlDetails.default({}),
        fileId: z.uuid(),
      }),
    )
    .min(1)
    .max(MOST_INVOICES),
});
/** a rejection names its reason */
export const supplyDecision = z.discriminatedUnion('accept', [
  z.strictObject({ accept: z.literal(true) }),
  z.strictObject({ accept: z.literal(false), reason: named(500) }),
]);

// --- titles -------------------------------------------------------------------------------------------------------

export const invoiceTitle = z.object({
  type: z.enum(TITLE_TYPES),
  name: z.string(),
  taxNumber: z.string().nullable(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  bank: z.string().nullable(),
  account: z.string().nullable(),
});
export const invoiceReceiver = z.object({
  email: z.string().nullable(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
});
export const keptTitle = z
  .object({ titleId: z.string(), title: invoiceTitle, receiver: invoiceReceiver })
  .openapi('InvoiceTitle');
export const keptTitles = z.object({ items: z.array(keptTitle) });

/** of any site; the China site's own length is asked for with the invoice */
const TAX_NUMBER = /^[0-9A-Z]{5,20}$/;
const askedTitle = z.strictObject({
  type: z.enum(TITLE_TYPES),
  name: named(100),
  taxNumber: z
    .string()
    .trim()
    .toUpperCase()
    .nullable()
    .transform((text) => (text === '' ? null : text))
    .refine((text) => text === null || TAX_NUMBER.test(text), '5 to 20 digits and capital letters'),
  address: orNull(200),
  phone: orNull(40),
  bank: orNull(100),
  account: orNull(60),
});
const askedReceiver = z.strictObject({
  email: z.union([z.email().max(254), z.literal('').transform(() => null), z.null()]),
  name: orNull(60),
  phone: orNull(40),
  address: orNull(200),
});
export const newTitle = z.strictObject({
  titleId: z.uuid().nullable().default(null),
  title: askedTitle,
  receiver: askedReceiver,
});
export const invoiceTemplate = z.object({ template: keptTitle.nullable() });
export const newTemplate = z.strictObject({ title: askedTitle, receiver: askedReceiver });
export const invoiceKinds = z.object({ kinds: z.array(invoiceKind) });
export const newInvoiceKinds = z.strictObject({ kinds: z.array(invoiceKind).min(1).max(6) });
export const kindsQuery = z.object({ sellerId: id.optional() });

// --- the platform fee ----------------------------------------------------------------------------------------------

export const feeOffers = z.object({
  items: z.array(
    z.object({
      requisitionId: z.string(),
      periods: z.array(z.string()),
      fee: amount,
      /** S3-29: negative, taken along */
      preselected: z.boolean(),
    }),
  ),
});
export const feeInvoice = z
  .object({
    feeInvoiceId: z.string(),
    sellerId: z.string(),
    sellerName: z.string(),
    requisitionIds: z.array(z.string()),
    periods: z.array(z.string()),
    kind: z.enum(FEE_KINDS),
    title: invoiceTitle,
    email: z.string(),
    currency: z.string(),
    ...taxed,
    state: feeState,
    number: z.string().nullable(),
    issuedOn: day.nullable(),
    file: linkedFile.nullable(),
    reason: z.string().nullable(),
    requestedAt: instant,
    decidedAt: instant.nullable(),
  })
  .openapi('FeeInvoice');
export const feeInvoicePage = z.object({ items: z.array(feeInvoice), nextCursor: z.string().nullable() });
export const feeInvoiceQuery = pageQuery.extend({
  cursor: uuidCursor,
  state: feeState.optional(),
  sellerId: id.optional(),
});
export const newFeeInvoice = z.strictObject({ requisitionIds: z.array(id).min(1).max(200), kind: z.enum(FEE_KINDS) });
export const feeDecision = z.discriminatedUnion('issue', [
  z.strictObject({ issue: z.literal(true), number, issuedOn: askedDay, fileId: z.uuid() }),
  z.strictObject({ issue: z.literal(false), reason: named(500) }),
]);

// --- invoices to buyers ---------------------------------------------------------------------------------------------

/** `SELLER:<id>`, or `PLATFORM` */
const issuerKey = z.templateLiteral(['SELLER:', z.string().min(1).max(128)]).or(z.literal('PLATFORM'));
/** usage of this month; null = what the order cost */
const usagePeriod = z.string().nullable();
const invoicedLine = z.object({
  orderId: z.string(),
  orderLineId: z.string(),
  period: usagePeriod,
  productName: localized,
  amount,
});
export const invoiceableOrder = z
  .object({
    /** of usage `USAGE-` and its month: what a request names it by */
    orderId: z.string(),
    period: usagePeriod,
    issuer: issuerKey,
    /** who issues it: the seller, or the marketplace */
    issuerName: z.string().nullable(),
    placedAt: instant,
    currency: z.string(),
    amount,
    lines: z.array(z.object({ ...invoicedLine.shape, rate: z.string() })),
    /** why it can not be invoiced now; null = it can */
    obstacle: z
      .enum(['NOT_DELIVERED', 'NOT_OVER', 'UNPAID_CREDIT', 'REFUND', 'APPEAL', 'INVOICED', 'NOTHING'])
      .nullable(),
  })
  .openapi('InvoiceableOrder');
export const invoiceableOrderPage = z.object({ items: z.array(invoiceableOrder), nextCursor: z.string().nullable() });
export const invoiceableMonths = z.object({ items: z.array(invoiceableOrder) });
export const invoiceableQuery = pageQuery.extend({ orderId: id.optional() });
export const newBuyerInvoice = z.strictObject({
  issuer: issuerKey,
  orderIds: z.array(id).min(1).max(100),
  kind: invoiceKind,
  title: askedTitle,
  receiver: askedReceiver,
  note: line(200).default(''),
});

const courier = z.object({ carrier: z.string(), trackingNo: z.string() });
const issued = z.object({
  number: z.string(),
  code: z.string().nullable(),
  issuedOn: day,
  file: linkedFile.nullable(),
});
export const buyerInvoice = z
  .object({
    invoiceId: z.string(),
    requestId: z.string(),
    issuer: z.enum(['SELLER', 'PLATFORM']),
    issuerName: z.string().nullable(),
    buyerId: z.string(),
    buyerName: z.string(),
    kind: invoiceKind,
    title: invoiceTitle,
    receiver: invoiceReceiver,
    note: z.string(),
    currency: z.string(),
    ...taxed,
    lines: z.array(invoicedLine),
    orderIds: z.array(z.string()),
    state: buyerInvoiceState,
    cancelRefused: z.boolean(),
    returnRefused: z.boolean(),
    reason: z.string().nullable(),
    issued: issued.nullable(),
    courier: courier.nullable(),
    /** S5-16; null = nothing goes by courier */
    courierPaidBy: z.enum(['BUYER', 'SELLER']).nullable(),
    returned: z
      .object({
        deducted: z.boolean(),
        reason: z.string(),
        files: z.array(linkedFile),
        courier: courier.nullable(),
        red: issued.nullable(),
      })
      .nullable(),
    letter: z.object({ number: z.string(), validUntil: day }).nullable(),
    requestedAt: instant,
    dueAt: instant,
    overdue: z.boolean(),
    sentAt: instant.nullable(),
    /** what who is signed in may do with it now */
    next: z.array(
      z.enum(['accept', 'refuse', 'issue', 'cancel', 'answer-cancel', 'receive', 'return', 'answer-return']),
    ),
  })
  .openapi('BuyerInvoice');
export const buyerInvoiceDetail = buyerInvoice
  .extend({
    history: z.array(z.object({ state: buyerInvoiceState, at: instant, by: z.string(), note: z.string().nullable() })),
  })
  .openapi('BuyerInvoiceDetail');
export const buyerInvoicePage = z.object({ items: z.array(buyerInvoice), nextCursor: z.string().nullable() });
export const buyerInvoiceQuery = pageQuery.extend({
  cursor: uuidCursor,
  state: buyerInvoiceState.optional(),
  issuer: z.enum(['SELLER', 'PLATFORM']).optional(),
  title: line(100).optional(),
  buyerId: id.optional(),
  orderId: id.optional(),
});
export const buyerInvoices = z.object({ items: z.array(buyerInvoice) });

const askedCourier = z.strictObject({ carrier: named(60), trackingNo: named(60) });
const entry = z.strictObject({
  number,
  code: orNull(20).default(null),
  issuedOn: askedDay,
  fileId: z.uuid().nullable().default(null),
});
export const buyerStep = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('cancel') }),
  z.strictObject({ step: z.literal('receive') }),
  z.strictObject({
    step: z.literal('return'),
    deducted: z.boolean(),
    reason: named(500),
    fileIds: z.array(z.uuid()).max(10).default([]),
    courier: askedCourier.nullable().default(null),
  }),
]);
export const issuerStep = z.union([
  z.strictObject({ step: z.literal('accept') }),
  z.strictObject({ step: z.literal('refuse'), reason: named(500) }),
  z.strictObject({ step: z.literal('issue'), issued: entry, courier: askedCourier.nullable().default(null) }),
  z.strictObject({ step: z.literal('answer-cancel'), agree: z.boolean(), reason: line(500).default('') }),
  z.strictObject({ step: z.literal('answer-return'), agree: z.literal(true), red: entry }),
  z.strictObject({ step: z.literal('answer-return'), agree: z.literal(false), reason: named(500) }),
]);

export type InvoiceKindName = z.infer<typeof invoiceKind>;
export type InvoiceDemand = z.infer<typeof invoiceDemand>;
export type InvoiceDemandDetail = z.infer<typeof invoiceDemandDetail>;
export type SupplyInvoiceView = z.infer<typeof supplyInvoice>;
export type NewSupplyInvoices = z.input<typeof newSupplyInvoices>;
export type InvoiceTitleView = z.infer<typeof keptTitle>;
export type NewTitle = z.input<typeof newTitle>;
export type FeeInvoiceView = z.infer<typeof feeInvoice>;
export type FeeOffersView = z.infer<typeof feeOffers>;
export type NewFeeInvoice = z.input<typeof newFeeInvoice>;
export type FeeDecision = z.input<typeof feeDecision>;
export type InvoiceableOrderView = z.infer<typeof invoiceableOrder>;
export type NewBuyerInvoice = z.input<typeof newBuyerInvoice>;
export type BuyerInvoiceView = z.infer<typeof buyerInvoice>;
export type BuyerInvoiceDetailView = z.infer<typeof buyerInvoiceDetail>;
export type BuyerStep = z.input<typeof buyerStep>;
export type IssuerStep = z.input<typeof issuerStep>;
