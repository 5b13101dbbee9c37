/** What is told of an invoice to a buyer (N-60, N-61). */
import type { NewEvent } from '../../../platform/events.ts';
import type { BuyerInvoice } from './model.ts';

export type InvoiceNews =
  | 'requested'
  | 'due'
  | 'issued'
  | 'refused'
  | 'cancel-asked'
  | 'cancel-answered'
  | 'return-asked'
  | 'returned'
  | 'return-refused';

export const invoiceNews = (
  what: InvoiceNews,
  invoice: BuyerInvoice,
  more: Readonly<Record<string, unknown>> = {},
): NewEvent => ({
  type: `settlement.buyer-invoice-${what}`,
  aggregate: `invoice:${invoice.invoiceId}`,
  payload: {
    invoiceId: invoice.invoiceId,
    issuer: invoice.issuer,
    sellerId: invoice.sellerId,
    buyerId: invoice.buyerId,
    title: invoice.title.name,
    amount: { amount: invoice.gross, currency: invoice.currency },
    dueAt: invoice.dueAt.toISOString(),
    number: invoice.issued?.number ?? null,
    reason: invoice.reason,
    ...more,
  },
  traceId: invoice.traceId,
});
