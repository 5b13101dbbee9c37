/** What the console API says and hears about leaving the marketplace (S4-7). */
import { z } from 'zod';
import { fileRef } from '../../catalog/index.ts';
import { HINDRANCES, LEAVING_STATES, MOST_UNINVOICED } from '../../settlement/index.ts';
import { instant, page, pageQuery } from './schemas.ts';

const reason = z.string().trim().min(1).max(500);

export const hindrance = z.object({
  kind: z.enum(HINDRANCES),
  count: z.number().int(),
  /** of what is money; null = it is not */
  amount: z.string().nullable(),
});
export const leaving = z
  .object({
    leavingId: z.string(),
    sellerId: z.string(),
    sellerName: z.string(),
    state: z.enum(LEAVING_STATES),
    reason: z.string(),
    askedAt: instant,
    askedBy: z.string(),
    decidedAt: instant.nullable(),
    decidedBy: z.string().nullable(),
    comment: z.string().nullable(),
  })
  .openapi('Leaving');
const orderKey = z.string().min(1).max(40);
const ofBuyer = z.object({ buyerId: z.string(), buyerName: z.string(), orderKey });
export const noInvoiceStatement = z
  .object({
    statementId: z.string(),
    statement: z.string(),
    file: fileRef.nullable(),
    declaredAt: instant,
    declaredBy: z.string(),
    orders: z.array(ofBuyer),
  })
  .openapi('NoInvoiceStatement');
const standing = z.object({
  /** in the order in which they are solved; empty = the seller may leave */
  hindrances: z.array(hindrance),
  /** prepaid services that go on to their end: they hinder nobody */
  running: z.object({ prepaid: z.number().int(), lastExpiry: instant.nullable() }),
  /** what buyers are said to need no invoice for, newest first */
  statements: z.array(noInvoiceStatement),
});
export const ownLeaving = standing
  .extend({
    /** null = it is a seller */
    leftAt: instant.nullable(),
    /** the last application; null = there was none */
    application: leaving.nullable(),
    /** orders without an invoice, oldest first, as far as a page holds them */
    uninvoiced: z.array(ofBuyer.extend({ amount: z.string(), placedAt: instant })),
    currency: z.string(),
    /** what is held below the minimum may be sent on, since nothing more comes (S4-4) */
    mayTakeTheRest: z.boolean(),
    /** whoever looks may apply */
    mayApply: z.boolean(),
    /** … may say that a buyer needs no invoice */
    mayDeclare: z.boolean(),
  })
  .openapi('OwnLeaving');
export const leavingDetail = standing.extend({ leaving, currency: z.string() }).openapi('LeavingDetail');
export const newLeaving = z.strictObject({ reason });
export const newNoInvoiceStatement = z.strictObject({
  orders: z
    .array(z.strictObject({ buyerId: z.string().min(1).max(64), orderKey }))
    .min(1)
    .max(MOST_UNINVOICED),
  statement: reason,
  fileId: z.string().max(64).nullable(),
});
export const leavingQuery = pageQuery.extend({ state: z.enum(LEAVING_STATES).optional() });
export const leavingPage = page(leaving);
export const leavingDecision = z.strictObject({ approve: z.boolean(), comment: reason });

export type OwnLeavingView = z.infer<typeof ownLeaving>;
export type LeavingView = z.infer<typeof leaving>;
export type LeavingDetailView = z.infer<typeof leavingDetail>;
export type NoInvoiceStatementView = z.infer<typeof noInvoiceStatement>;
