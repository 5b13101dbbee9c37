/**
 * The platform-fee invoice: the marketplace to the seller, for its fee of general products on the China site (S1-3,
 * S5-29), on request, for bills that are paid. What one requisition paid together is invoiced together, and a negative
 * fee is always taken along (S3-29, S5-30).
 */
import { type Executor, sql, type Tx } from '../../../platform/database/database.ts';
import type { NewEvent } from '../../../platform/events.ts';
import { claimFile, type KeptFile } from '../../../platform/files/index.ts';
import { decimal } from '../../../platform/money.ts';
import type { Platform } from '../../../platform/platform.ts';
import { uuid } from '../../../platform/random.ts';
import { ok, type Result, refuse } from '../../../platform/result.ts';
import { type Day, dayAt, type Period } from '../../calendar.ts';
import { TAX_RATES } from '../../terms.ts';
import { taxed } from '../amounts.ts';
import { type InvoiceTitle, titleOf } from '../titles.ts';

/** S5-29: fully digital, special or ordinary */
export const FEE_KINDS = ['SPECIAL_DIGITAL', 'ORDINARY_DIGITAL'] as const;
export type FeeKind = (typeof FEE_KINDS)[number];
export const FEE_STATES = ['REQUESTED', 'ISSUED', 'REFUSED'] as const;
export type FeeState = (typeof FEE_STATES)[number];

/** A paid requisition whose fee is not invoiced. */
export interface FeeOffer {
  readonly requisitionId: string;
  readonly periods: readonly Period[];
  readonly fee: string;
  /** negative: taken along with whatever is asked for */
  readonly preselected: boolean;
}

export async function feeOffers(executor: Executor, sellerId: string): Promise<FeeOffer[]> {
  const { rows } = await sql<Omit<FeeOffer, 'preselected'>>`
    SELECT b.requisition_id AS "requisitionId", array_agg(b.period ORDER BY b.period) AS periods, round(sum(b.platform_fee), 2)::text AS fee
    FROM settlement.bills b WHERE b.seller_id = ${sellerId} AND b.class = 'GENERAL' AND b.site = 'CN' AND b.state = 'PAID'
      AND NOT EXISTS (SELECT 1 FROM settlement.fee_invoiced f WHERE f.requisition_id = b.requisition_id)
    GROUP BY b.requisition_id HAVING round(sum(b.platform_fee), 2) <> 0 ORDER BY min(b.period), b.requisition_id`.execute(
    executor,
  );
  return rows.map((row) => ({ ...row, preselected: decimal(row.fee).isNegative() }));
}

export interface FeeInvoice {
  readonly feeInvoiceId: string;
  readonly sellerId: string;
  readonly requisitionIds: readonly string[];
  readonly periods: readonly Period[];
  readonly kind: FeeKind;
  readonly title: InvoiceTitle;
  readonly email: string;
  readonly currency: string;
  readonly rate: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly state: FeeState;
  readonly number: string | null;
  readonly issuedOn: Day | null;
  readonly file: KeptFile | null;
  readonly reason: string | null;
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
}
export interface FeeQuery {
  readonly sellerId: string | null;
  readonly state?: FeeState | undefined;
  readonly feeInvoiceId?: string | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** Newest first. */
export async function listFeeInvoices(executor: Executor, query: FeeQuery): Promise<FeeInvoice[]> {
  const { sellerId, state, feeInvoiceId, before, limit } = query;
  const conditions = [
    sql`true`,
    ...(sellerId === null ? [] : [sql`seller_id = ${sellerId}`]),
    ...(state === undefined ? [] : [sql`state = ${state}`]),
    ...(feeInvoiceId === undefined ? [] : [sql`fee_invoice_id = ${feeInvoiceId}`]),
    ...(before ? [sql`(requested_at, fee_invoice_id) < (${before.at}, ${before.id}::uuid)`] : []),
  ];
  const { rows } = await sql<FeeInvoice>`
    SELECT fee_invoice_id AS "feeInvoiceId", seller_id AS "sellerId", requisition_ids AS "requisitionIds", periods, kind, title, email, currency, rate, net, tax, gross,
      state, number, issued_on AS "issuedOn", file, reason, requested_at AS "requestedAt", decided_at AS "decidedAt"
    FROM settlement.fee_invoices WHERE ${sql.join(conditions, sql` AND `)} ORDER BY requested_at DESC, fee_invoice_id DESC LIMIT ${limit}`.execute(
    executor,
  );
  return rows;
}

export interface RequestFeeInvoice {
  readonly sellerId: string;
  readonly requisitionIds: readonly string[];
  readonly kind: FeeKind;
  readonly by: string;
}

/** Refuses INVOICE_TITLE (no template yet), FEE_TAKEN (not paid, or invoiced), FEE_NOT_POSITIVE (S3-29). */
export async function requestFeeInvoice(
  platform: Platform,
  tx: Tx,
  { sellerId, requisitionIds, kind, by }: RequestFeeInvoice,
  now: Date,
): Promise<Result<FeeInvoice>> {
  const template = await titleOf(tx, `seller:${sellerId}`);
  const email = template?.receiver.email ?? null;
  if (!template || email === null)
    return refuse('INVOICE_TITLE', 'S5-29: fill in the invoice template with its mailbox first');
  if (kind === 'SPECIAL_DIGITAL' && template.title.taxNumber === null)
    return refuse('INVOICE_TITLE', 'S5-29: a special VAT invoice needs the tax number');
  // one request of a seller after the other
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`fee invoices ${sellerId}`}, 0))`.execute(tx);
  const offers = await feeOffers(tx, sellerId);
  const taken = offers.filter((each) => each.preselected || requisitionIds.includes(each.requisitionId));
  const missing = requisitionIds.find((id) => !taken.some(({ requisitionId }) => requisitionId === id));
  if (missing !== undefined)
    return refuse('FEE_TAKEN', 'S5-29: only the fee of paid bills is invoiced, and once', { requisitionId: missing });
  const sum = taken.reduce((total, { fee }) => total.plus(fee), decimal('0'));
  if (!sum.greaterThan(0))
    return refuse('FEE_NOT_POSITIVE', 'S3-29: with the negative fees nothing is left to be invoiced', {
      amount: sum.toFixed(2),
    });
  const feeInvoiceId = uuid(platform.random);
  const { rate, net, tax, gross } = taxed(sum, TAX_RATES.SERVICE);
  const ids = taken.map((each) => each.requisitionId);
  const periods = [...new Set(taken.flatMap((each) => each.periods))].toSorted();
  await sql`
    INSERT INTO settlement.fee_invoices (fee_invoice_id, seller_id, requisition_ids, periods, kind, title, email, currency, rate, net, tax, gross, requested_at, requested_by)
    VALUES (${feeInvoiceId}, ${sellerId}, ${ids}, ${periods}, ${kind}, ${JSON.stringify(template.title)}::jsonb, ${email}, 'CNY', ${rate}, ${net}, ${tax}, ${gross}, ${now}, ${by})`.execute(
    tx,
  );
  await sql`
    INSERT INTO settlement.fee_invoiced (requisition_id, fee_invoice_id) SELECT unnest(${ids}::text[]), ${feeInvoiceId}::uuid`.execute(
    tx,
  );
  return told(platform, tx, feeInvoiceId, 'requested', now);
}

export type DecideFeeInvoice = { readonly feeInvoiceId: string; readonly by: string } & (
  | { readonly issue: true; readonly number: string; readonly issuedOn: Day; readonly fileId: string }
  | { readonly issue: false; readonly reason: string }
);

/** The operator issues it, or refuses; what is refused may be asked for again. Refuses NOT_FOUND, INVOICE_STATE, FILE_UNKNOWN. */
export async function decideFeeInvoice(
  platform: Platform,
  tx: Tx,
  decision: DecideFeeInvoice,
  now: Date,
): Promise<Result<FeeInvoice>> {
  const { feeInvoiceId, by } = decision;
  await sql`SELECT 1 FROM settlement.fee_invoices WHERE fee_invoice_id = ${feeInvoiceId} FOR UPDATE`.execute(tx);
  const [invoice] = await listFeeInvoices(tx, { sellerId: null, feeInvoiceId, before: null, limit: 1 });
  if (!invoice) return refuse('NOT_FOUND', 'there is no such request');
  if (invoice.state !== 'REQUESTED')
    return refuse('INVOICE_STATE', `this request is ${invoice.state}`, { state: invoice.state });
  if (!decision.issue) {
    await sql`
      UPDATE settlement.fee_invoices SET state = 'REFUSED', reason = ${decision.reason}, decided_at = ${now}, decided_by = ${by} WHERE fee_invoice_id = ${feeInvoiceId}`.execute(
      tx,
    );
    await sql`DELETE FROM settlement.fee_invoiced WHERE fee_invoice_id = ${feeInvoiceId}`.execute(tx);
    return told(platform, tx, feeInvoiceId, 'refused', now);
  }
  if (decision.issuedOn > dayAt(now, 'CN')) return refuse('INVOICE_CHECK', 'an invoice is not dated in the future');
  const file = await claimFile(tx, decision.fileId, { kind: 'operator', id: 'operator' }, 'INVOICE');
  if (!file.ok) return file;
  await sql`
    UPDATE settlement.fee_invoices SET state = 'ISSUED', number = ${decision.number}, issued_on = ${decision.issuedOn}, file = ${JSON.stringify(file.value)}::jsonb,
      decided_at = ${now}, decided_by = ${by} WHERE fee_invoice_id = ${feeInvoiceId}`.execute(tx);
  return told(platform, tx, feeInvoiceId, 'issued', now);
}

async function told(
  platform: Platform,
  tx: Tx,
  feeInvoiceId: string,
  what: 'requested' | 'issued' | 'refused',
  now: Date,
): Promise<Result<FeeInvoice>> {
  const [invoice] = await listFeeInvoices(tx, { sellerId: null, feeInvoiceId, before: null, limit: 1 });
  if (!invoice) throw new Error(`fee invoice ${feeInvoiceId} is not there`);
  const { sellerId, gross, currency, number, reason } = invoice;
  const news: NewEvent = {
    type: `settlement.fee-invoice-${what}`,
    aggregate: `fee-invoice:${feeInvoiceId}`,
    payload: { feeInvoiceId, sellerId, amount: { amount: gross, currency }, number, reason },
    traceId: `settlement-${feeInvoiceId}`,
  };
  await platform.events.publish(tx, [news], now);
  return ok(invoice);
}
