/** What happens with invoices → who is told (consoles-and-processes.md 5.2, N-60, N-61, N-63): whoever waits or must act. */
import { z } from 'zod';
import type { LocalizedText } from '../catalog/index.ts';
import type { Variant } from './catalogue.ts';
import { id, instant, money, type Notice, notice, plain, type Reader, reads, words } from './notice-parts.ts';

const reasonOf = (text: string | null): LocalizedText =>
  text === null || text === '' ? { zh: '未填写', en: 'none given' } : plain(text);
const daysOf = (count: number): LocalizedText => ({
  zh: `${count} 天`,
  en: count === 1 ? '1 day' : `${count} days`,
});

const toBuyer = z.object({
  invoiceId: id,
  sellerId: id.nullable(),
  buyerId: id,
  title: words,
  amount: money,
  dueAt: instant,
  number: words.nullable(),
  reason: words.nullable(),
});
type Invoice = z.infer<typeof toBuyer>;

const factsOf = ({ invoiceId, title, amount, number, reason }: Invoice) => ({
  invoice: invoiceId,
  title: plain(title),
  amount,
  number: plain(number ?? ''),
  reason: reasonOf(reason),
});
/** The seller, or the marketplace where that is the issuer. */
const toIssuer = (variant: Variant, invoice: Invoice, facts: Parameters<typeof notice>[2]): Notice[] =>
  invoice.sellerId === null ? [notice('N-60.to-operators', '', facts)] : [notice(variant, invoice.sellerId, facts)];
const tellBuyer = (variant: Variant): Reader =>
  reads(toBuyer, (invoice) => [notice(variant, invoice.buyerId, factsOf(invoice))]);
const tellIssuer = (variant: Variant): Reader =>
  reads(toBuyer, (invoice) => toIssuer(variant, invoice, { ...factsOf(invoice), until: invoice.dueAt }));

const demand = z.object({ requisitionId: id, sellerId: id, amount: money, dueOn: words });
const demandFacts = ({ requisitionId, amount, dueOn }: z.infer<typeof demand>) => ({
  requisition: requisitionId,
  amount,
  day: plain(dueOn),
});

const fee = z.object({
  feeInvoiceId: id,
  sellerId: id,
  amount: money,
  number: words.nullable(),
  reason: words.nullable(),
});
const feeFacts = ({ amount, number, reason }: z.infer<typeof fee>) => ({
  amount,
  number: plain(number ?? ''),
  reason: reasonOf(reason),
});

export const INVOICE_READERS: Readonly<Record<string, Reader>> = {
  'settlement.buyer-invoice-requested': tellIssuer('N-60.requested'),
  'settlement.buyer-invoice-due': reads(toBuyer.extend({ daysLeft: z.number() }), ({ daysLeft, ...invoice }) =>
    toIssuer(daysLeft < 0 ? 'N-60.overdue' : 'N-60.due', invoice, { ...factsOf(invoice), until: invoice.dueAt }),
  ),
  'settlement.buyer-invoice-cancel-asked': tellIssuer('N-60.cancel-asked'),
  'settlement.buyer-invoice-return-asked': tellIssuer('N-60.return-asked'),
  'settlement.buyer-invoice-issued': tellBuyer('N-61.issued'),
  'settlement.buyer-invoice-refused': tellBuyer('N-61.refused'),
  'settlement.buyer-invoice-cancel-answered': tellBuyer('N-61.cancel-answered'),
  'settlement.buyer-invoice-returned': tellBuyer('N-61.returned'),
  'settlement.buyer-invoice-return-refused': tellBuyer('N-61.return-refused'),
  'settlement.invoices-submitted': reads(demand, (told) => [notice('N-63.submitted', '', demandFacts(told))]),
  'settlement.invoices-verified': reads(demand, (told) => [notice('N-63.verified', told.sellerId, demandFacts(told))]),
  'settlement.invoices-rejected': reads(demand.extend({ reason: words }), ({ reason, ...told }) => [
    notice('N-63.rejected', told.sellerId, { ...demandFacts(told), reason: reasonOf(reason) }),
  ]),
  'settlement.invoices-due': reads(demand.extend({ daysLeft: z.number() }), ({ daysLeft, ...told }) =>
    daysLeft < 0
      ? [
          notice('N-63.overdue', told.sellerId, demandFacts(told)),
          notice('N-63.overdue-to-operators', '', demandFacts(told)),
        ]
      : [notice('N-63.due', told.sellerId, { ...demandFacts(told), left: daysOf(daysLeft) })],
  ),
  'settlement.fee-invoice-requested': reads(fee, (told) => [notice('N-64.requested', '', feeFacts(told))]),
  'settlement.fee-invoice-issued': reads(fee, (told) => [notice('N-64.issued', told.sellerId, feeFacts(told))]),
  'settlement.fee-invoice-refused': reads(fee, (told) => [notice('N-64.refused', told.sellerId, feeFacts(told))]),
};
