/** What a buyer paid and got back: entries, and sums by month and product. */
import { z } from 'zod';
import { CLASSES } from '../../settlement/index.ts';
import { localized, pageQuery } from './schemas.ts';

const amount = z.string().openapi({ example: '1140.00' });
const askedPeriod = z.string().regex(/^20\d{2}(0[1-9]|1[0-2])$/, 'a month, YYYYMM');
const id = z.string().min(1).max(64);

export const spendingEntry = z
  .object({
    lineId: z.string(),
    orderId: z.string(),
    kind: z.enum(['NEW', 'RENEWAL', 'CHANGE', 'USAGE', 'REFUND']),
    at: z.string().openapi({ format: 'date-time' }),
    goodsId: z.string().nullable(),
    sellerName: z.string(),
    class: z.enum(CLASSES),
    productName: localized,
    specificationName: localized,
    currency: z.string(),
    /** before vouchers; of a refund negative */
    listed: amount,
    voucher: amount,
    amount,
    /** on credit, not repaid yet */
    owed: z.boolean(),
  })
  .openapi('SpendingEntry');
export const spendingPage = z.object({ items: z.array(spendingEntry), nextCursor: z.string().nullable() });
export const spendingQuery = pageQuery.extend({
  period: askedPeriod.optional(),
  goodsId: id.optional(),
  orderId: id.optional(),
  kind: z.enum(['PAYMENT', 'REFUND']).optional(),
});
export const spendingOverview = z
  .object({
    currency: z.string(),
    months: z.array(
      z.object({ period: z.string(), payments: amount, refunds: amount, total: amount, entries: z.number().int() }),
    ),
    products: z.array(
      z.object({ period: z.string(), goodsId: z.string().nullable(), productName: localized, total: amount }),
    ),
  })
  .openapi('SpendingOverview');
export const spendingOverviewQuery = z.object({ from: askedPeriod.optional(), to: askedPeriod.optional() });

export type SpendingEntryView = z.infer<typeof spendingEntry>;
export type SpendingOverviewView = z.infer<typeof spendingOverview>;
