import type {
  BuyerInvoiceDetailView,
  BuyerInvoiceView,
  BuyerStep,
  FeeDecision,
  FeeInvoiceView,
  FeeOffersView,
  InvoiceableOrderView,
  InvoiceDemand,
  InvoiceDemandDetail,
  InvoiceKindName,
  InvoiceTitleView,
  IssuerStep,
  NewBuyerInvoice,
  NewFeeInvoice,
  NewSupplyInvoices,
  NewTitle,
  SpendingEntryView,
  SpendingOverviewView,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of invoices and of a buyer's spending; everything of invoices is read again after a step. */

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
const one = (id: string): string => encodeURIComponent(id);

export const demandsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['invoices', 'demands', query],
    queryFn: ({ signal }): Promise<Page<InvoiceDemand>> => http.get('seller/invoice-demands', query, signal),
    placeholderData: keepPreviousData,
  });
export const demandQuery = (requisitionId: string) =>
  queryOptions({
    queryKey: ['invoices', 'demand', requisitionId],
    queryFn: ({ signal }): Promise<InvoiceDemandDetail> =>
      http.get(`seller/invoice-demands/${one(requisitionId)}`, {}, signal),
  });
export const sendInvoices = (requisitionId: string, sent: NewSupplyInvoices) =>
  http.post(`seller/invoice-demands/${one(requisitionId)}/invoices`, sent);
export const decideDemand = (
  requisitionId: string,
  decision: { readonly accept: true } | { readonly accept: false; readonly reason: string },
) => http.post(`operator/invoice-demands/${one(requisitionId)}/decision`, decision);

export const feeInvoicesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['invoices', 'fees', query],
    queryFn: ({ signal }): Promise<Page<FeeInvoiceView>> => http.get('seller/fee-invoices', query, signal),
    placeholderData: keepPreviousData,
  });
export const feeOffersQuery = queryOptions({
  queryKey: ['invoices', 'fee-offers'],
  queryFn: ({ signal }): Promise<FeeOffersView> => http.get('seller/fee-invoice-offers', {}, signal),
});
export const askFeeInvoice = (asked: NewFeeInvoice) => http.post('seller/fee-invoices', asked);
export const decideFee = (feeInvoiceId: string, decision: FeeDecision) =>
  http.post(`operator/fee-invoices/${one(feeInvoiceId)}/decision`, decision);
export const templateQuery = queryOptions({
  queryKey: ['invoices', 'template'],
  queryFn: ({ signal }): Promise<{ readonly template: InvoiceTitleView | null }> =>
    http.get('seller/invoice-template', {}, signal),
});
export const saveTemplate = (template: Omit<NewTitle, 'titleId'>) => http.post('seller/invoice-template', template);

export const buyerInvoicesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['invoices', 'to-buyers', query],
    queryFn: ({ signal }): Promise<Page<BuyerInvoiceView>> => http.get('invoices', query, signal),
    placeholderData: keepPreviousData,
  });
export const buyerInvoiceQuery = (invoiceId: string) =>
  queryOptions({
    queryKey: ['invoices', 'to-buyer', invoiceId],
    queryFn: ({ signal }): Promise<BuyerInvoiceDetailView> => http.get(`invoices/${one(invoiceId)}`, {}, signal),
  });
export const invoiceableQuery = (query: Query) =>
  queryOptions({
    queryKey: ['invoices', 'orders', query],
    queryFn: ({ signal }): Promise<Page<InvoiceableOrderView>> => http.get('invoiceable-orders', query, signal),
    placeholderData: keepPreviousData,
  });
export const invoiceableUsageQuery = queryOptions({
  queryKey: ['invoices', 'usage'],
  queryFn: ({ signal }): Promise<{ readonly items: readonly InvoiceableOrderView[] }> =>
    http.get('invoiceable-usage', {}, signal),
});
/** `sellerId` undefined = the marketplace's own; a seller reads what it offers itself */
export const kindsQuery = (sellerId: string | undefined) =>
  queryOptions({
    queryKey: ['invoices', 'kinds', sellerId ?? ''],
    queryFn: ({ signal }): Promise<{ readonly kinds: readonly InvoiceKindName[] }> =>
      http.get('invoice-kinds', { sellerId }, signal),
  });
export const offerKinds = (kinds: readonly InvoiceKindName[]) => http.post('seller/invoice-kinds', { kinds });
export const askInvoice = (asked: NewBuyerInvoice): Promise<{ readonly items: readonly BuyerInvoiceView[] }> =>
  http.post('invoices', asked);
export const buyerStep = (invoiceId: string, step: BuyerStep) =>
  http.post(`invoices/${one(invoiceId)}/buyer-steps`, step);
export const issuerStep = (invoiceId: string, step: IssuerStep) =>
  http.post(`invoices/${one(invoiceId)}/issuer-steps`, step);
export const askLetter = (invoiceId: string) => http.post(`invoices/${one(invoiceId)}/letter`, {});

export const titlesQuery = queryOptions({
  queryKey: ['invoices', 'titles'],
  queryFn: ({ signal }): Promise<{ readonly items: readonly InvoiceTitleView[] }> =>
    http.get('invoice-titles', {}, signal),
});
export const saveTitle = (title: NewTitle) => http.post('invoice-titles', title);
export const removeTitle = (titleId: string) => http.post(`invoice-titles/${one(titleId)}/removal`, {});

export const spendingQuery = (query: Query) =>
  queryOptions({
    queryKey: ['spending', 'entries', query],
    queryFn: ({ signal }): Promise<Page<SpendingEntryView>> => http.get('spending', query, signal),
    placeholderData: keepPreviousData,
  });
export const spendingOverviewQuery = queryOptions({
  queryKey: ['spending', 'overview'],
  queryFn: ({ signal }): Promise<SpendingOverviewView> => http.get('spending/overview', {}, signal),
});
