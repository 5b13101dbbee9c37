/** SQL of invoices to buyers. */
import type { RawBuilder } from 'kysely';
import type { Scope } from '../../../directory/index.ts';
import { type Executor, sql, type Tx } from '../../../platform/database/database.ts';
import type { BuyerInvoice, BuyerInvoiceState } from './model.ts';

export interface BuyerInvoiceQuery {
  readonly scope: Scope;
  readonly state?: BuyerInvoiceState | undefined;
  readonly issuer?: 'SELLER' | 'PLATFORM' | undefined;
  /** a part of the title, or of the buyer's account (S-64) */
  readonly title?: string | undefined;
  readonly buyerId?: string | undefined;
  readonly orderId?: string | undefined;
  readonly invoiceId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly before?: { readonly at: Date; readonly id: string } | null;
  readonly limit?: number;
  readonly lock?: boolean;
}

/** Newest first. */
export async function listBuyerInvoices(executor: Executor, query: BuyerInvoiceQuery): Promise<BuyerInvoice[]> {
  const { before, limit = 100, lock = false } = query;
  const conditions: RawBuilder<unknown>[] = [visible(query.scope)];
  const add = <T>(value: T | null | undefined, condition: (value: T) => RawBuilder<unknown>) => {
    if (value !== null && value !== undefined) conditions.push(condition(value));
  };
  add(query.state, (state) => sql`state = ${state}`);
  add(query.issuer, (issuer) => sql`issuer = ${issuer}`);
  add(query.title, (title) => sql`strpos(lower(title ->> 'name'), lower(${title})) > 0`);
  add(query.buyerId, (id) => sql`buyer_id = ${id}`);
  add(query.orderId, (id) => sql`${id} = ANY(order_ids)`);
  add(query.invoiceId, (id) => sql`invoice_id = ${id}`);
  add(query.requestId, (id) => sql`request_id = ${id}`);
  add(before, ({ at, id }) => sql`(requested_at, invoice_id) < (${at}, ${id}::uuid)`);
  const { rows } = await sql<BuyerInvoice>`
    SELECT invoice_id AS "invoiceId", request_id AS "requestId", issuer, seller_id AS "sellerId", buyer_id AS "buyerId", kind, title, receiver, note, currency,
      rate, net, tax, gross, lines, order_ids AS "orderIds", state, cancel_refused AS "cancelRefused", return_refused AS "returnRefused", reason,
      issued, courier, returned, letter, requested_at AS "requestedAt", requested_by AS "requestedBy", due_at AS "dueAt", sent_at AS "sentAt", trace_id AS "traceId"
    FROM settlement.buyer_invoices WHERE ${sql.join(conditions, sql` AND `)} ORDER BY requested_at DESC, invoice_id DESC LIMIT ${limit} ${lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  return rows;
}

/** A seller sees those that it issues. */
function visible(scope: Scope): RawBuilder<unknown> {
  if (scope.kind === 'all') return sql`true`;
  return scope.kind === 'buyer' ? sql`buyer_id = ${scope.buyerId}` : sql`seller_id = ${scope.sellerId}`;
}

export async function insertBuyerInvoices(tx: Tx, invoices: readonly BuyerInvoice[]): Promise<void> {
  await sql`
    INSERT INTO settlement.buyer_invoices (invoice_id, request_id, issuer, seller_id, buyer_id, kind, title, receiver, note, currency, rate, net, tax, gross, lines, order_ids,
      state, requested_at, requested_by, due_at, trace_id)
    SELECT "invoiceId", "requestId", issuer, "sellerId", "buyerId", kind, title, receiver, note, currency, rate, net, tax, gross, lines, "orderIds",
      state, "requestedAt", "requestedBy", "dueAt", "traceId"
    FROM jsonb_to_recordset(${JSON.stringify(invoices)}::jsonb) AS i ("invoiceId" uuid, "requestId" uuid, issuer text, "sellerId" text, "buyerId" text, kind text, title jsonb, receiver jsonb,
      note text, currency text, rate numeric, net numeric, tax numeric, gross numeric, lines jsonb, "orderIds" text[], state text, "requestedAt" timestamptz, "requestedBy" text,
      "dueAt" timestamptz, "traceId" text)`.execute(tx);
}

export async function saveBuyerInvoice(tx: Tx, invoice: BuyerInvoice): Promise<void> {
  const { invoiceId, state, cancelRefused, returnRefused, reason, issued, courier, returned, letter, sentAt } = invoice;
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  await sql`
    UPDATE settlement.buyer_invoices SET state = ${state}, cancel_refused = ${cancelRefused}, return_refused = ${returnRefused}, reason = ${reason},
      issued = ${json(issued)}::jsonb, courier = ${json(courier)}::jsonb, returned = ${json(returned)}::jsonb, letter = ${json(letter)}::jsonb, sent_at = ${sentAt}
    WHERE invoice_id = ${invoiceId}`.execute(tx);
}

export interface InvoiceMove {
  readonly state: BuyerInvoiceState;
  readonly at: Date;
  /** name of a person, or SYSTEM */
  readonly by: string;
  readonly note: string | null;
}
export async function addMove(
  tx: Tx,
  invoiceIds: readonly string[],
  { state, at, by, note }: InvoiceMove,
): Promise<void> {
  await sql`
    INSERT INTO settlement.buyer_invoice_moves (invoice_id, state, at, by_whom, note) SELECT unnest(${invoiceIds}::uuid[]), ${state}, ${at}, ${by}, ${note}`.execute(
    tx,
  );
}
/** Oldest first. */
export async function movesOf(executor: Executor, invoiceId: string): Promise<InvoiceMove[]> {
  const { rows } = await sql<InvoiceMove>`
    SELECT state, at, by_whom AS by, note FROM settlement.buyer_invoice_moves WHERE invoice_id = ${invoiceId} ORDER BY place`.execute(
    executor,
  );
  return rows;
}
