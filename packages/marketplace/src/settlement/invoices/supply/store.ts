/** SQL of invoice demands (requisitions whose sellers invoice the marketplace) and of the invoices themselves. */
import type { RawBuilder } from 'kysely';
import { type Executor, sql, type Tx } from '../../../platform/database/database.ts';
import type { KeptFile } from '../../../platform/files/index.ts';
import type { Site } from '../../../platform/site.ts';
import type { Day, Period } from '../../calendar.ts';
import type { ProductClass } from '../../facts.ts';
import type { BillState } from '../../live/bill-states.ts';
import { atTier, INCREMENT_OF_LINE } from '../../live/increments.ts';
import { splitByRate, type TaxedAmount } from '../amounts.ts';
import type { InvoiceEntry, SupplyState } from './model.ts';

export interface DemandView {
  readonly requisitionId: string;
  readonly sellerId: string;
  readonly class: ProductClass;
  readonly site: Site;
  readonly currency: string;
  readonly total: string;
  readonly billIds: readonly string[];
  readonly periods: readonly Period[];
  /** of its bills, which move together (S4-5) */
  readonly state: BillState;
  /** when the seller was last asked (S5-24) */
  readonly askedAt: Date;
  /** why the last invoices were rejected; null = they were not */
  readonly rejected: string | null;
}
export interface DemandQuery {
  readonly sellerId: string | null;
  readonly requisitionId?: string | undefined;
  /** true = those that wait for the seller or for the operator */
  readonly open?: boolean | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** Newest notice first. */
export async function listDemands(executor: Executor, query: DemandQuery): Promise<DemandView[]> {
  const { sellerId, requisitionId, open, before, limit } = query;
  // most requisitions are of general products in China, which are never asked for: not looked at further
  const conditions: RawBuilder<unknown>[] = [
    sql`q.seller_id IS NOT NULL`,
    sql`(q.class <> 'GENERAL' OR q.site <> 'CN')`,
    sql`a."askedAt" IS NOT NULL`,
  ];
  if (sellerId !== null) conditions.push(sql`q.seller_id = ${sellerId}`);
  if (requisitionId !== undefined) conditions.push(sql`q.requisition_id = ${requisitionId}`);
  if (open !== undefined) conditions.push(sql`(b.state IN ('TO_INVOICE', 'INVOICE_REVIEW')) = ${open}`);
  if (before) conditions.push(sql`(a."askedAt", q.requisition_id) < (${before.at}, ${before.id})`);
  const { rows } = await sql<DemandView>`
    SELECT q.requisition_id AS "requisitionId", q.seller_id AS "sellerId", q.class, q.site, q.currency, q.total,
      b."billIds", b.periods, b.state, a."askedAt",
      CASE b.state WHEN 'TO_INVOICE' THEN (
        SELECT i.reason FROM settlement.seller_invoices i WHERE i.requisition_id = q.requisition_id AND i.state = 'REJECTED' ORDER BY i.decided_at DESC LIMIT 1) END AS rejected
    FROM settlement.requisitions q
    CROSS JOIN LATERAL (
      SELECT min(state) AS state, array_agg(bill_id ORDER BY period, bill_id) AS "billIds", array_agg(period ORDER BY period, bill_id) AS periods
      FROM settlement.bills WHERE requisition_id = q.requisition_id) b
    CROSS JOIN LATERAL (
      SELECT max(m.at) AS "askedAt" FROM settlement.bill_moves m WHERE m.bill_id = ANY(b."billIds") AND m.state = 'TO_INVOICE') a
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY a."askedAt" DESC, q.requisition_id DESC LIMIT ${limit}`.execute(
    executor,
  );
  return rows;
}

/** When the seller was asked the time before the last; null = it was asked once. */
export async function askedBefore(executor: Executor, requisitionId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    SELECT m.at FROM settlement.bill_moves m
    WHERE m.bill_id = (SELECT min(bill_id) FROM settlement.bills WHERE requisition_id = ${requisitionId}) AND m.state = 'TO_INVOICE'
    ORDER BY m.place DESC OFFSET 1 LIMIT 1`.execute(executor);
  return rows[0]?.at ?? null;
}

/** The invoice list: what is demanded at each rate (S5-25), by the tax of each line's product. */
export async function invoiceList(executor: Executor, { billIds, total }: DemandView): Promise<TaxedAmount[]> {
  const { rows } = await sql<{ rate: string | null; amount: string }>`
    SELECT r.terms ->> 'sellerInvoiceTax' AS rate, sum(${atTier('settlement')}) AS amount
    FROM settlement.bills b
    JOIN settlement.lines l ON l.site = b.site AND l.bill_period = b.period AND l.class = b.class AND l.seller_id = b.seller_id AND l.state = 'READY'
    JOIN settlement.facts r ON r.line_id = l.root_id ${INCREMENT_OF_LINE}
    WHERE b.bill_id = ANY(${billIds}::text[]) GROUP BY 1`.execute(executor);
  return splitByRate(rows, total);
}

export interface SupplyInvoice extends InvoiceEntry {
  readonly invoiceId: string;
  readonly file: KeptFile;
  readonly state: SupplyState;
  readonly reason: string | null;
  readonly submittedAt: Date;
  readonly decidedAt: Date | null;
}

/** Newest submission first, as they were entered. */
export async function invoicesOf(executor: Executor, requisitionId: string): Promise<SupplyInvoice[]> {
  const { rows } = await sql<Omit<SupplyInvoice, 'issuedOn'> & { issuedOn: Day }>`
    SELECT invoice_id AS "invoiceId", number, code, issued_on AS "issuedOn", rate, net, tax, gross, remark, details, file, state, reason,
      submitted_at AS "submittedAt", decided_at AS "decidedAt"
    FROM settlement.seller_invoices WHERE requisition_id = ${requisitionId} ORDER BY submitted_at DESC, rate DESC, number`.execute(
    executor,
  );
  return rows;
}

/** @returns one that the seller has sent before and that was not rejected; null = none */
export async function knownNumber(
  executor: Executor,
  sellerId: string,
  entries: readonly Pick<InvoiceEntry, 'number' | 'code'>[],
): Promise<string | null> {
  const { rows } = await sql<{ number: string }>`
    SELECT i.number FROM settlement.seller_invoices i
    JOIN jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS e (number text, code text) ON e.number = i.number AND coalesce(e.code, '') = coalesce(i.code, '')
    WHERE i.seller_id = ${sellerId} AND i.state <> 'REJECTED' ORDER BY i.number LIMIT 1`.execute(executor);
  return rows[0]?.number ?? null;
}

export type NewInvoice = InvoiceEntry & { readonly invoiceId: string; readonly file: KeptFile };
export async function insertInvoices(
  tx: Tx,
  of: { readonly requisitionId: string; readonly sellerId: string; readonly by: string },
  invoices: readonly NewInvoice[],
  now: Date,
): Promise<void> {
  await sql`
    INSERT INTO settlement.seller_invoices (invoice_id, requisition_id, seller_id, number, code, issued_on, rate, net, tax, gross, remark, details, file, submitted_at, submitted_by)
    SELECT "invoiceId", ${of.requisitionId}, ${of.sellerId}, number, code, "issuedOn", rate, net, tax, gross, remark, details, file, ${now}, ${of.by}
    FROM jsonb_to_recordset(${JSON.stringify(invoices)}::jsonb) AS i ("invoiceId" uuid, number text, code text, "issuedOn" text, rate numeric, net numeric, tax numeric, gross numeric,
      remark text, details jsonb, file jsonb)`.execute(tx);
}

/** What was submitted for a requisition is decided. */
export async function closeSubmitted(
  tx: Tx,
  requisitionId: string,
  decision: { readonly state: 'VERIFIED' | 'REJECTED'; readonly reason: string | null; readonly by: string },
  now: Date,
): Promise<number> {
  const result = await sql`
    UPDATE settlement.seller_invoices SET state = ${decision.state}, reason = ${decision.reason}, decided_at = ${now}, decided_by = ${decision.by}
    WHERE requisition_id = ${requisitionId} AND state = 'SUBMITTED'`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}
