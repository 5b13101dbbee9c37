/**
 * Which charges are invoiced to their buyer: they are not reversed before the invoice is returned (S5-20). Both lock the
 * charges first, so that of two at the same time one sees the other.
 */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import type { Migration } from '../platform/database/migrations.ts';
import { ok, type Result, refuse } from '../platform/result.ts';

export const invoicedUsageSchema: Migration = {
  id: '0075-invoiced-usage',
  sql: `
CREATE TABLE metering.invoiced_charges (charge_id uuid PRIMARY KEY REFERENCES metering.charges, invoice_id uuid NOT NULL);
CREATE INDEX ON metering.invoiced_charges (invoice_id);
`,
};

/** Refuses INVOICE_EXISTS, also for a charge that was reversed meanwhile. */
export async function markInvoicedUsage(
  tx: Tx,
  charges: readonly { readonly chargeId: string; readonly invoiceId: string }[],
): Promise<Result<null>> {
  if (charges.length === 0) return ok(null);
  const ids = charges.map(({ chargeId }) => chargeId);
  const paid = await sql`
    SELECT 1 FROM metering.charges WHERE charge_id = ANY(${ids}::uuid[]) AND state = 'PAID' ORDER BY charge_id FOR UPDATE`.execute(
    tx,
  );
  const marked = await sql`
    INSERT INTO metering.invoiced_charges (charge_id, invoice_id)
    SELECT * FROM unnest(${ids}::uuid[], ${charges.map(({ invoiceId }) => invoiceId)}::uuid[]) AS c (charge_id, invoice_id) ORDER BY 1
    ON CONFLICT DO NOTHING RETURNING charge_id`.execute(tx);
  return paid.rows.length === ids.length && marked.rows.length === ids.length
    ? ok(null)
    : refuse('INVOICE_EXISTS', 'S5-18: usage is invoiced once; its invoice is returned first');
}

/** The invoice is over: refused, cancelled or returned. */
export async function unmarkInvoicedUsage(tx: Tx, invoiceId: string): Promise<void> {
  await sql`DELETE FROM metering.invoiced_charges WHERE invoice_id = ${invoiceId}`.execute(tx);
}

/** Which of these are invoiced. */
export async function invoicedUsage(executor: Executor, chargeIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (chargeIds.length === 0) return new Set();
  const { rows } = await sql<{ charge_id: string }>`
    SELECT charge_id FROM metering.invoiced_charges WHERE charge_id = ANY(${chargeIds}::uuid[])`.execute(executor);
  return new Set(rows.map((row) => row.charge_id));
}

/** For a reversal, in its transaction: S5-20, the invoice is returned first. */
export async function invoiceKeeps(tx: Tx, chargeId: string): Promise<Result<never> | null> {
  await sql`SELECT 1 FROM metering.charges WHERE charge_id = ${chargeId}::uuid FOR UPDATE`.execute(tx);
  return (await invoicedUsage(tx, [chargeId])).size === 0
    ? null
    : refuse('CHARGE_INVOICED', 'S5-20: the usage is invoiced to its buyer; the invoice is returned first');
}
