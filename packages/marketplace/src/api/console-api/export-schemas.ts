/** What the console API says and hears about exports: tables as files, made in the background (S5-11, S5-12). */
import { z } from 'zod';
import { EXPORT_FORMATS, EXPORT_LANGUAGES, EXPORT_STATES } from '../../platform/exports/definition.ts';
import { activityFilter } from './activity-schemas.ts';
import { commissionBillQuery, commissionQuery } from './distributor-schemas.ts';
import { fileLink } from './file-schemas.ts';
import { orderQuery } from './order-schemas.ts';
import { instant } from './schemas.ts';
import { billState, settlementBillQuery, settlementLineQuery } from './settlement-schemas.ts';
import { spendingQuery } from './spending-schemas.ts';

export const exportKind = z.enum([
  'TRANSACTIONS',
  'BILLS',
  'BILL_LINES',
  'ORDERS',
  'COMMISSIONS',
  'COMMISSION_BILLS',
  'SPENDING',
  'ACTIVITY',
  'OPERATING',
  'USAGE_RECORDS',
  'USAGE_REJECTIONS',
  'USAGE_CHARGES',
]);

/** S5-4: what an export narrows by beyond the filters of the page */
export const transactionFilter = settlementLineQuery.omit({ cursor: true, limit: true }).extend({
  billState: billState.optional(),
  repaymentStatus: z.enum(['NOT_APPLICABLE', 'OPEN', 'REPAID']).optional(),
  supervisionStatus: z.enum(['NOT_APPLICABLE', 'OPEN', 'COMPLETED']).optional(),
  /** of the transaction */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export const billFilter = settlementBillQuery.omit({ cursor: true, limit: true });
export const billLineFilter = z.object({ billId: z.string().min(1).max(64) });
export const commissionFilter = commissionQuery.omit({ cursor: true, limit: true });
/** S5-13: by state and period */
export const commissionBillFilter = commissionBillQuery.omit({ cursor: true, limit: true });
export const spendingFilter = spendingQuery.omit({ cursor: true, limit: true });
export const orderFilter = orderQuery.omit({ cursor: true, limit: true });

export const operatingFilter = activityFilter.omit({ goodsId: true });

export const usageRecordFilter = z.object({
  only: z.enum(['LATE', 'UNRATED']).optional(),
  /** of the beginning of the usage */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export const usageRejectionFilter = z.object({ requestId: z.string().max(64).optional() });
export const usageChargeFilter = z.object({ resourceId: z.string().max(64).optional() });

const how = { format: z.enum(EXPORT_FORMATS), language: z.enum(EXPORT_LANGUAGES) };
export const newExport = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('TRANSACTIONS'), ...how, filter: transactionFilter }),
  z.strictObject({ kind: z.literal('BILLS'), ...how, filter: billFilter }),
  z.strictObject({ kind: z.literal('BILL_LINES'), ...how, filter: billLineFilter }),
  z.strictObject({ kind: z.literal('ORDERS'), ...how, filter: orderFilter }),
  z.strictObject({ kind: z.literal('COMMISSIONS'), ...how, filter: commissionFilter }),
  z.strictObject({ kind: z.literal('COMMISSION_BILLS'), ...how, filter: commissionBillFilter }),
  z.strictObject({ kind: z.literal('SPENDING'), ...how, filter: spendingFilter }),
  z.strictObject({ kind: z.literal('USAGE_RECORDS'), ...how, filter: usageRecordFilter }),
  z.strictObject({ kind: z.literal('USAGE_REJECTIONS'), ...how, filter: usageRejectionFilter }),
  z.strictObject({ kind: z.literal('USAGE_CHARGES'), ...how, filter: usageChargeFilter }),
  z.strictObject({ kind: z.literal('ACTIVITY'), ...how, filter: activityFilter }),
  z.strictObject({ kind: z.literal('OPERATING'), ...how, filter: operatingFilter }),
]);

export const exportJob = z
  .object({
    exportId: z.string(),
    kind: exportKind,
    format: z.enum(EXPORT_FORMATS),
    language: z.enum(EXPORT_LANGUAGES),
    /** of the file, with its ending */
    name: z.string(),
    state: z.enum(EXPORT_STATES),
    /** written so far */
    rows: z.number().int(),
    /** null = not known before the end */
    totalRows: z.number().int().nullable(),
    /** bytes */
    size: z.number().int().nullable(),
    /** for the person who asked, until the file goes */
    link: fileLink.nullable(),
    /** code of a refusal; INTERNAL = our own fault */
    error: z.string().nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
    expiresAt: instant.nullable(),
  })
  .openapi('ExportJob');
export const exportJobs = z.object({ items: z.array(exportJob) });

export type ExportKind = z.infer<typeof exportKind>;
export type NewExportInput = z.infer<typeof newExport>;
export type ExportJobView = z.infer<typeof exportJob>;
