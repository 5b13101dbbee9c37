/**
 * Which lines are invoiced to their buyer. A refund waits until the invoice is returned, and no invoice is asked for while
 * a refund is open (S5-20, B-83): both lock the lines first, so that of two at the same time one sees the other.
 */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import type { Migration } from '../platform/database/migrations.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { LineState } from './model.ts';

/** Lines that are invoiced to their buyer: a refund waits until the invoice is returned (S5-20). */
export const invoicedSchema: Migration = {
  id: '0033-invoiced',
  sql: `
CREATE TABLE ordering.invoiced_lines (order_line_id text PRIMARY KEY REFERENCES ordering.order_lines, invoice_id uuid NOT NULL);
CREATE INDEX ON ordering.invoiced_lines (invoice_id);
`,
};

const INVOICEABLE: readonly LineState[] = ['FULFILLED', 'SUPERVISING'];
/**
 * Lines that are delivered, or being accepted, are invoiced as a whole (S5-18); of what was given back in part (S7-11,
 * S7-12) the rest is. What failed has no refund of its own and nothing left.
 * @param refunds executed for the line
 */
export const isInvoiceable = (line: { readonly state: LineState }, refunds: number): boolean =>
  INVOICEABLE.includes(line.state) || (line.state === 'REFUNDED' && refunds > 0);

export interface InvoicedLineId {
  readonly orderLineId: string;
  readonly invoiceId: string;
  /** of the line, that the invoiced amount is without */
  readonly refunds: number;
}

/** Refuses INVOICE_LINE (not paid and delivered), INVOICE_EXISTS, INVOICE_REFUND (S5-20: open, or not in the amount). */
export async function markInvoiced(tx: Tx, buyerId: string, lines: readonly InvoicedLineId[]): Promise<Result<null>> {
  const ids = lines.map(({ orderLineId }) => orderLineId);
  await lockLines(tx, ids);
  // A statement of its own: it sees the refund that the lock waited for.
  const { rows } = await sql<{ order_line_id: string; resource_id: string; state: LineState; refunds: number }>`
    SELECT l.order_line_id, l.resource_id, l.state,
      (SELECT count(*)::int FROM ordering.refunds r WHERE r.resource_id = l.resource_id AND r.state = 'DONE' AND l.order_line_id = ANY(r.line_ids)) AS refunds
    FROM ordering.order_lines l WHERE l.order_line_id = ANY(${ids}::text[]) AND l.buyer_id = ${buyerId} ORDER BY l.order_line_id`.execute(
    tx,
  );
  if (rows.length !== ids.length || rows.some((line) => !isInvoiceable(line, line.refunds)))
    return refuse('INVOICE_LINE', 'S5-18: orders that are paid and delivered are invoiced');
  const refunding = await refundsOpenFor(
    tx,
    rows.map((row) => row.resource_id),
  );
  if (refunding.size > 0)
    return refuse('INVOICE_REFUND', 'S5-20: while a refund is open no invoice is asked for', {
      refundId: [...refunding.values()][0] ?? '',
    });
  const told = new Map(lines.map((line) => [line.orderLineId, line.refunds]));
  if (rows.some((line) => told.get(line.order_line_id) !== line.refunds))
    return refuse('INVOICE_REFUND', 'S5-20: a refund of the order was executed a moment ago; ask again');
  const marked = await sql<{ order_line_id: string }>`
    INSERT INTO ordering.invoiced_lines (order_line_id, invoice_id)
    SELECT "orderLineId", "invoiceId" FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l ("orderLineId" text, "invoiceId" uuid) ORDER BY 1
    ON CONFLICT DO NOTHING RETURNING order_line_id`.execute(tx);
  return marked.rows.length === ids.length
    ? ok(null)
    : refuse('INVOICE_EXISTS', 'S5-18: an order is invoiced once; its invoice is returned first');
}

/** The invoice is over: refused, cancelled or returned. */
export async function unmarkInvoiced(tx: Tx, invoiceId: string): Promise<void> {
  await sql`DELETE FROM ordering.invoiced_lines WHERE invoice_id = ${invoiceId}`.execute(tx);
}

export async function invoicedAmong(executor: Executor, lineIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (lineIds.length === 0) return new Set();
  const { rows } = await sql<{ order_line_id: string }>`
    SELECT order_line_id FROM ordering.invoiced_lines WHERE order_line_id = ANY(${lineIds}::text[])`.execute(executor);
  return new Set(rows.map((row) => row.order_line_id));
}

/** For a refund, in its transaction: S5-20, the invoice is returned first. */
export async function invoiceBlocks(tx: Tx, lineIds: readonly string[]): Promise<Result<never> | null> {
  await lockLines(tx, lineIds);
  return invoicedRefusal(await invoicedAmong(tx, lineIds));
}
async function lockLines(tx: Tx, lineIds: readonly string[]): Promise<void> {
  await sql`
    SELECT 1 FROM ordering.order_lines WHERE order_line_id = ANY(${lineIds}::text[]) ORDER BY order_line_id FOR UPDATE`.execute(
    tx,
  );
}
export const invoicedRefusal = (invoiced: ReadonlySet<string>): Result<never> | null =>
  invoiced.size === 0
    ? null
    : refuse('REFUND_NOT_ALLOWED', 'S5-20: the order is invoiced; the invoice is returned first');

/** Resources whose refund is being decided or carried out, with its id. */
export async function refundsOpenFor(
  executor: Executor,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ resource_id: string; refund_id: string }>`
    SELECT resource_id, refund_id FROM ordering.claims WHERE resource_id = ANY(${resourceIds}::text[]) AND refund_id IS NOT NULL`.execute(
    executor,
  );
  return new Map(rows.map((row) => [row.resource_id, row.refund_id]));
}
