/**
 * Orders, and months of pay-per-use, that a seller has to invoice to its buyers (S1-2, S5-15) and that are on no invoice: those
 * that hinder it from leaving, and what it declares of buyers who need none (S4-7).
 */
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import { claimFile, type KeptFile } from '../../platform/files/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { SITES, type Site } from '../../platform/site.ts';
import { PAID_OF_LINE, SELLERS_INVOICE_FROM } from '../invoices/buyer/orders.ts';

export interface Uninvoiced {
  readonly buyerId: string;
  /** of an order its number, of pay-per-use `USAGE-202601` */
  readonly orderKey: string;
  readonly amount: string;
  readonly placedAt: Date;
}
export interface UninvoicedSum {
  readonly count: number;
  readonly amount: string;
}

/** Oldest first; `all` counts and adds up what the list does not show. */
export async function uninvoicedOf(
  executor: Executor,
  asked: { readonly sellerId: string; readonly site: Site; readonly limit: number },
): Promise<{ readonly items: readonly Uninvoiced[]; readonly all: UninvoicedSum }> {
  const { sellerId, site, limit } = asked;
  if (site !== 'CN') return { items: [], all: { count: 0, amount: '0' } };
  const { rows } = await sql<Uninvoiced & { count: number; sum: string }>`
    ${open(sellerId, site)} SELECT buyer_id AS "buyerId", order_key AS "orderKey", round(amount, 2)::text AS amount, placed_at AS "placedAt",
      (count(*) OVER ())::int AS count, (round(sum(amount) OVER (), 2))::text AS sum
    FROM open ORDER BY placed_at, buyer_id, order_key LIMIT ${limit}`.execute(executor);
  return {
    items: rows.map(({ count: _, sum: __, ...row }) => row),
    all: { count: rows[0]?.count ?? 0, amount: rows[0]?.sum ?? '0' },
  };
}

/** Invoices that are asked for or being issued, cancelled or returned: what comes of them is not known. */
export async function openInvoices(executor: Executor, sellerId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM settlement.buyer_invoices
    WHERE seller_id = ${sellerId} AND state IN ('IN_REVIEW', 'ISSUING', 'CANCELLING', 'RETURNING')`.execute(executor);
  return rows[0]?.count ?? 0;
}

/** Less what was given back, and what stands on an invoice that is not over; not what is covered by a statement. */
const open = (sellerId: string, site: Site) => sql`
  WITH sold AS (
    SELECT l.buyer_id, CASE l.kind WHEN 'USAGE' THEN 'USAGE-' || to_char((f.line ->> 'consumedTo')::timestamptz AT TIME ZONE ${SITES[site].timeZone}, 'YYYYMM') ELSE l.order_id END AS order_key,
      l.order_id, l.line_id, l.kind, l.placed_at,
      ${PAID_OF_LINE} - coalesce((
        SELECT sum((r.line ->> 'amount')::numeric) FROM settlement.lines b JOIN settlement.facts r ON r.line_id = b.line_id
        WHERE b.root_id = l.line_id AND b.root_id <> b.line_id), 0) AS paid
    FROM settlement.lines l JOIN settlement.facts f ON f.line_id = l.line_id
    WHERE l.seller_id = ${sellerId} AND l.class = 'GENERAL' AND l.site = ${site} AND l.placed_at >= ${SELLERS_INVOICE_FROM}
      AND l.kind IN ('NEW', 'RENEWAL', 'CHANGE', 'USAGE')),
  invoiced AS (
    SELECT i.buyer_id, line ->> 'orderId' AS order_id, line ->> 'orderLineId' AS line_id, line ->> 'period' AS period, (line ->> 'amount')::numeric AS amount
    FROM settlement.buyer_invoices i CROSS JOIN jsonb_array_elements(i.lines) AS line
    WHERE i.seller_id = ${sellerId} AND i.state NOT IN ('REFUSED', 'CANCELLED', 'RETURNED')),
  owing AS (
    SELECT buyer_id, order_key, paid AS amount, placed_at FROM sold s
    WHERE kind <> 'USAGE' AND paid > 0 AND NOT EXISTS (SELECT FROM invoiced i WHERE i.line_id = s.line_id)
    UNION ALL
    SELECT u.buyer_id, u.order_key, u.paid - coalesce(i.amount, 0), u.placed_at
    FROM (SELECT buyer_id, order_key, sum(paid) AS paid, min(placed_at) AS placed_at FROM sold WHERE kind = 'USAGE' GROUP BY 1, 2) u
    LEFT JOIN (SELECT buyer_id, 'USAGE-' || period AS order_key, sum(amount) AS amount FROM invoiced WHERE period IS NOT NULL GROUP BY 1, 2) i USING (buyer_id, order_key)
    WHERE u.paid - coalesce(i.amount, 0) > 0),
  open AS (
    SELECT buyer_id, order_key, sum(amount) AS amount, min(placed_at) AS placed_at FROM owing o
    WHERE NOT EXISTS (SELECT FROM settlement.no_invoice_orders n WHERE n.seller_id = ${sellerId} AND n.buyer_id = o.buyer_id AND n.order_key = o.order_key)
    GROUP BY 1, 2)`;

export interface Statement {
  readonly statementId: string;
  readonly statement: string;
  readonly file: KeptFile | null;
  readonly declaredAt: Date;
  readonly declaredBy: string;
  readonly orders: readonly { readonly buyerId: string; readonly orderKey: string }[];
}

/** Newest first. */
export async function statementsOf(executor: Executor, sellerId: string): Promise<Statement[]> {
  const { rows } = await sql<Statement>`
    SELECT s.statement_id AS "statementId", s.statement, s.file, s.declared_at AS "declaredAt", s.declared_by AS "declaredBy",
      (SELECT jsonb_agg(jsonb_build_object('buyerId', o.buyer_id, 'orderKey', o.order_key) ORDER BY o.order_key, o.buyer_id)
       FROM settlement.no_invoice_orders o WHERE o.statement_id = s.statement_id) AS orders
    FROM settlement.no_invoice_statements s WHERE s.seller_id = ${sellerId} ORDER BY s.declared_at DESC, s.statement_id LIMIT ${MOST_STATEMENTS}`.execute(
    executor,
  );
  return rows;
}
/** enough for a page */
const MOST_STATEMENTS = 200;
/** as many as the list shows */
export const MOST_UNINVOICED = 200;

export interface DeclareNoInvoice {
  readonly sellerId: string;
  readonly orders: readonly { readonly buyerId: string; readonly orderKey: string }[];
  readonly statement: string;
  readonly fileId: string | null;
  readonly by: string;
}

/** The operator reads it with the application. Refuses STATEMENT_ORDER (it hinders no more: invoiced, given back, declared), FILE_UNKNOWN. */
export async function declareNoInvoice(
  platform: Platform,
  tx: Tx,
  { sellerId, orders, statement, fileId, by }: DeclareNoInvoice,
  now: Date,
): Promise<Result<string>> {
  const { site } = platform.config;
  const file = fileId === null ? null : await claimFile(tx, fileId, { kind: 'seller', id: sellerId }, 'OFFER_PROOF');
  if (file?.ok === false) return file;
  const { rows: known } = await sql<{ buyerId: string; orderKey: string }>`
    ${open(sellerId, site)} SELECT o.buyer_id AS "buyerId", o.order_key AS "orderKey" FROM open o
    JOIN jsonb_to_recordset(${JSON.stringify(orders)}::jsonb) AS a ("buyerId" text, "orderKey" text) ON a."buyerId" = o.buyer_id AND a."orderKey" = o.order_key`.execute(
    tx,
  );
  const isKnown = (order: (typeof orders)[number]) =>
    known.some(({ buyerId, orderKey }) => buyerId === order.buyerId && orderKey === order.orderKey);
  const strange = orders.find((order) => !isKnown(order));
  if (strange !== undefined)
    return refuse('STATEMENT_ORDER', 'S4-7: there is no such order without an invoice', { orderId: strange.orderKey });
  const statementId = uuid(platform.random);
  await sql`
    INSERT INTO settlement.no_invoice_statements (statement_id, seller_id, statement, file, declared_at, declared_by)
    VALUES (${statementId}, ${sellerId}, ${statement}, ${file === null ? null : JSON.stringify(file.value)}::jsonb, ${now}, ${by})`.execute(
    tx,
  );
  await sql`
    INSERT INTO settlement.no_invoice_orders (seller_id, buyer_id, order_key, statement_id)
    SELECT DISTINCT ${sellerId}, "buyerId", "orderKey", ${statementId}::uuid FROM jsonb_to_recordset(${JSON.stringify(orders)}::jsonb) AS a ("buyerId" text, "orderKey" text)
    ORDER BY 2, 3 ON CONFLICT DO NOTHING`.execute(tx);
  return ok(statementId);
}
