import type { BuyerInvoiceView, FeeInvoiceView } from '@jishi/marketplace/console-api';
import * as z from 'zod/mini';
import { compact, oneOf, paging, text } from './params.ts';

/** What stands in the URL of the pages about invoices and spending. */

export const buyerInvoiceStates = [
  'IN_REVIEW',
  'REFUSED',
  'ISSUING',
  'CANCELLING',
  'CANCELLED',
  'TO_RECEIVE',
  'ISSUED',
  'RETURNING',
  'RETURNED',
] as const satisfies readonly BuyerInvoiceView['state'][];
export const feeStates = ['REQUESTED', 'ISSUED', 'REFUSED'] as const satisfies readonly FeeInvoiceView['state'][];

const schemas = {
  invoices: z.object({
    ...paging,
    state: oneOf(buyerInvoiceStates),
    issuer: oneOf(['SELLER', 'PLATFORM']),
    title: text(100),
    orderId: text(64),
  }),
  demands: z.object({ ...paging, open: oneOf(['true', 'false']) }),
  fees: z.object({ ...paging, state: oneOf(feeStates) }),
  orders: z.object({ ...paging, orderId: text(64) }),
  spending: z.object({
    ...paging,
    period: z.catch(z.optional(z.string().check(z.regex(/^20\d{2}(0[1-9]|1[0-2])$/))), undefined),
    goodsId: text(64),
    orderId: text(64),
    kind: oneOf(['PAYMENT', 'REFUND']),
  }),
};
export type SpendingSearch = z.infer<typeof schemas.spending>;

export const parseInvoiceSearch = (raw: unknown): z.infer<typeof schemas.invoices> =>
  compact(schemas.invoices.parse(raw));
export const parseDemandSearch = (raw: unknown): z.infer<typeof schemas.demands> => compact(schemas.demands.parse(raw));
export const parseFeeSearch = (raw: unknown): z.infer<typeof schemas.fees> => compact(schemas.fees.parse(raw));
export const parseInvoiceOrderSearch = (raw: unknown): z.infer<typeof schemas.orders> =>
  compact(schemas.orders.parse(raw));
export const parseSpendingSearch = (raw: unknown): SpendingSearch => compact(schemas.spending.parse(raw));
