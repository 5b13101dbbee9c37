/** Invoices as the console shows them; files with an address that works for who looks. */
import type { z } from 'zod';
import { fileLink, type KeptFile } from '../../platform/files/index.ts';
import { decimal } from '../../platform/money.ts';
import {
  type BuyerInvoice,
  courierPaidBy,
  type DemandDetail,
  type DemandView,
  dayAt,
  dueDayOf,
  type FeeInvoice,
  type InvoiceableOrder,
  nextSteps,
  sideOf,
  type TaxedAmount,
} from '../../settlement/index.ts';
import type * as schemas from './invoice-schemas.ts';
import type { Names } from './present.ts';
import type { Call } from './route.ts';

const cents = (text: string): string => decimal(text).toFixed(2);
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const taxedOf = ({ rate, net, tax, gross }: TaxedAmount) => ({
  rate: decimal(rate).toFixed(),
  net: cents(net),
  tax: cents(tax),
  gross: cents(gross),
});

type Looks = Pick<Call, 'platform' | 'principal' | 'now'>;
const linked = ({ platform, principal, now }: Looks, file: KeptFile) => ({
  ...file,
  url: fileLink(platform, file.fileId, { forUser: principal.userId, now }).url,
});

export function presentDemand(demand: DemandView, names: Names, now: Date): z.infer<typeof schemas.invoiceDemand> {
  const dueOn = dueDayOf(demand);
  return {
    requisitionId: demand.requisitionId,
    sellerId: demand.sellerId,
    sellerName: names.seller(demand.sellerId),
    class: demand.class,
    site: demand.site,
    currency: demand.currency,
    total: cents(demand.total),
    periods: [...new Set(demand.periods)],
    bills: demand.billIds.map((billId, place) => ({ billId, period: demand.periods[place] ?? '' })),
    state: demand.state,
    askedAt: demand.askedAt.toISOString(),
    dueOn,
    overdue: demand.state === 'TO_INVOICE' && dayAt(now, demand.site) > dueOn,
    rejected: demand.rejected,
  };
}

export function presentDemandDetail(
  call: Looks,
  { demand, list, invoices }: DemandDetail,
  names: Names,
  mayDecide: boolean,
): z.infer<typeof schemas.invoiceDemandDetail> {
  return {
    ...presentDemand(demand, names, call.now),
    list: list.map(taxedOf),
    invoices: invoices.map((invoice) => ({
      ...taxedOf(invoice),
      invoiceId: invoice.invoiceId,
      number: invoice.number,
      code: invoice.code,
      issuedOn: invoice.issuedOn,
      remark: invoice.remark,
      details: { ...invoice.details },
      file: linked(call, invoice.file),
      state: invoice.state,
      reason: invoice.reason,
      submittedAt: invoice.submittedAt.toISOString(),
      decidedAt: iso(invoice.decidedAt),
    })),
    remark: [demand.requisitionId, ...new Set(demand.periods)].join(' '),
    mayDecide: mayDecide && demand.state === 'INVOICE_REVIEW',
  };
}

export function presentFee(call: Looks, invoice: FeeInvoice, names: Names): z.infer<typeof schemas.feeInvoice> {
  return {
    ...taxedOf(invoice),
    feeInvoiceId: invoice.feeInvoiceId,
    sellerId: invoice.sellerId,
    sellerName: names.seller(invoice.sellerId),
    requisitionIds: [...invoice.requisitionIds],
    periods: [...invoice.periods],
    kind: invoice.kind,
    title: invoice.title,
    email: invoice.email,
    currency: invoice.currency,
    state: invoice.state,
    number: invoice.number,
    issuedOn: invoice.issuedOn,
    file: invoice.file && linked(call, invoice.file),
    reason: invoice.reason,
    requestedAt: invoice.requestedAt.toISOString(),
    decidedAt: iso(invoice.decidedAt),
  };
}

export const presentInvoiceable = (
  { issuer, sellerId, placedAt, lines, ...order }: InvoiceableOrder,
  names: Names,
): z.infer<typeof schemas.invoiceableOrder> => ({
  ...order,
  issuer,
  issuerName: issuer === 'PLATFORM' ? null : names.seller(sellerId),
  placedAt: placedAt.toISOString(),
  lines: [...lines],
});

export function presentBuyerInvoice(
  call: Looks & Pick<Call, 'scope'>,
  invoice: BuyerInvoice,
  names: Names,
  may: boolean,
): z.infer<typeof schemas.buyerInvoice> {
  const { issued, returned, sellerId, state, dueAt } = invoice;
  const side = sideOf(invoice, call.scope);
  const entry = (each: NonNullable<BuyerInvoice['issued']>) => ({
    ...each,
    file: each.file && linked(call, each.file),
  });
  return {
    ...taxedOf(invoice),
    invoiceId: invoice.invoiceId,
    requestId: invoice.requestId,
    issuer: invoice.issuer,
    issuerName: sellerId === null ? null : names.seller(sellerId),
    buyerId: invoice.buyerId,
    buyerName: names.buyer(invoice.buyerId),
    kind: invoice.kind,
    title: invoice.title,
    receiver: invoice.receiver,
    note: invoice.note,
    currency: invoice.currency,
    lines: [...invoice.lines],
    orderIds: [...invoice.orderIds],
    state,
    cancelRefused: invoice.cancelRefused,
    returnRefused: invoice.returnRefused,
    reason: invoice.reason,
    issued: issued && entry(issued),
    courier: invoice.courier,
    courierPaidBy: courierPaidBy(invoice),
    returned: returned && {
      ...returned,
      files: returned.files.map((file) => linked(call, file)),
      red: returned.red && entry(returned.red),
    },
    letter: invoice.letter,
    requestedAt: invoice.requestedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    overdue: (state === 'IN_REVIEW' || state === 'ISSUING') && call.now > dueAt,
    sentAt: iso(invoice.sentAt),
    next: may && side !== null ? nextSteps(invoice, side) : [],
  };
}
