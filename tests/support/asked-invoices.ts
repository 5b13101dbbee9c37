/** Invoices for tests that only look at them: one that a buyer asked a seller for, a refused one of the platform fee, a bill that was to be invoiced. */
import { sql } from '../../packages/marketplace/src/platform/database/database.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';
import { uuid } from '../../packages/marketplace/src/platform/random.ts';

export interface AskedInvoices {
  readonly invoiceId: string;
  readonly titleId: string;
  readonly feeInvoiceId: string;
}

/** @param billId a bill of the seller's; it counts as asked for from now on */
export async function askedInvoices(
  { db, clock, random }: Platform,
  { sellerId, buyerId, billId }: { readonly sellerId: string; readonly buyerId: string; readonly billId: string },
): Promise<AskedInvoices> {
  const now = clock.now();
  const [invoiceId, titleId, feeInvoiceId] = [uuid(random), uuid(random), uuid(random)];
  const title = JSON.stringify({
    type: 'PERSONAL',
    name: 'A title',
    taxNumber: null,
    address: null,
    phone: null,
    bank: null,
    account: null,
  });
  const receiver = JSON.stringify({ email: 'a@example.com', name: null, phone: null, address: null });
  await sql`
    INSERT INTO settlement.bill_moves (bill_id, state, at, by_whom) VALUES (${billId}, 'TO_INVOICE', ${now}, 'a test')`.execute(
    db,
  );
  await sql`
    INSERT INTO settlement.buyer_invoices (invoice_id, request_id, issuer, seller_id, buyer_id, kind, title, receiver, note, currency, rate, net, tax, gross, lines, order_ids, state,
      requested_at, requested_by, due_at, trace_id)
    VALUES (${invoiceId}, ${uuid(random)}, 'SELLER', ${sellerId}, ${buyerId}, 'ORDINARY_DIGITAL', ${title}::jsonb, ${receiver}::jsonb, '', 'CNY', 0.06, 94.34, 5.66, 100, '[]', '{}', 'REFUSED',
      ${now}, 'somebody', ${now}, 'a-trace')`.execute(db);
  await sql`
    INSERT INTO settlement.invoice_titles (title_id, owner, title, receiver, changed_at)
    VALUES (${titleId}, ${`buyer:${buyerId}`}, ${title}::jsonb, ${receiver}::jsonb, ${now})`.execute(db);
  await sql`
    INSERT INTO settlement.fee_invoices (fee_invoice_id, seller_id, requisition_ids, periods, kind, title, email, currency, rate, net, tax, gross, state, reason, requested_at, requested_by)
    VALUES (${feeInvoiceId}, ${sellerId}, '{}', '{}', 'ORDINARY_DIGITAL', ${title}::jsonb, 'a@example.com', 'CNY', 0.06, 56.6, 3.4, 60, 'REFUSED', 'a test', ${now}, 'somebody')`.execute(
    db,
  );
  return { invoiceId, titleId, feeInvoiceId };
}
