/** SQL of a seller's customers: who ordered how often, and what it came to. */
import { buyersNamed, type Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import { type Currency, type Money, money } from '../platform/money.ts';
import { ownLines, paid } from './scope.ts';

export interface CustomerQuery {
  readonly scope: Scope;
  readonly currency: Currency;
  /** part of the buyer's name */
  readonly buyer?: string | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
export interface Customer {
  readonly buyerId: string;
  readonly orders: number;
  /** paid, less what was given back */
  readonly amount: Money;
  readonly firstOrderAt: Date;
  readonly lastOrderAt: Date;
}

/**
 * Whoever ordered last comes first. A refund counts with its own order; a delivery that failed was given back in full.
 * Only the customers of the page are added up in full. To know who they are, the last order of every customer in the
 * scope is looked at: an index of lines by seller and buyer would spare that, but would be written with every purchase.
 */
export async function listCustomers(executor: Executor, query: CustomerQuery): Promise<Customer[]> {
  const { scope, before, buyer, currency, limit } = query;
  if (scope.kind === 'buyer') return [];
  const { rows } = await sql<{
    buyer_id: string;
    orders: number;
    amount: string;
    first_order_at: Date;
    last_order_at: Date;
  }>`
    WITH page AS (
      SELECT l.buyer_id, max(l.created_at) AS last_order_at
      FROM ordering.order_lines l JOIN ordering.orders o USING (order_id)
      WHERE ${ownLines(scope)} AND ${paid()} AND o.currency = ${currency} AND o.order_type <> 'UNSUBSCRIBE'
        ${buyer === undefined ? sql`` : sql`AND l.buyer_id IN (${buyersNamed(buyer)})`}
      GROUP BY l.buyer_id
      ${before ? sql`HAVING (max(l.created_at), l.buyer_id) < (${before.at}, ${before.id})` : sql``}
      ORDER BY last_order_at DESC, l.buyer_id DESC LIMIT ${limit}),
    refunded AS (
      SELECT DISTINCT unnest(r.line_ids) AS order_line_id FROM ordering.refunds r JOIN page p USING (buyer_id)
      WHERE r.unsubscribe_order_id IS NOT NULL)
    SELECT p.buyer_id, p.last_order_at, count(DISTINCT l.order_id) FILTER (WHERE o.order_type <> 'UNSUBSCRIBE') AS orders,
           sum(CASE WHEN o.order_type = 'UNSUBSCRIBE' THEN -l.amount
                    WHEN l.state = 'REFUNDED' AND r.order_line_id IS NULL THEN 0 ELSE l.amount END) AS amount,
           min(l.created_at) AS first_order_at
    FROM page p JOIN ordering.orders o USING (buyer_id) JOIN ordering.order_lines l USING (order_id)
      LEFT JOIN refunded r ON r.order_line_id = l.order_line_id
    WHERE ${ownLines(scope)} AND ${paid()} AND o.currency = ${currency}
    GROUP BY p.buyer_id, p.last_order_at
    ORDER BY p.last_order_at DESC, p.buyer_id DESC`.execute(executor);
  return rows.map((row) => ({
    buyerId: row.buyer_id,
    orders: row.orders,
    amount: money(row.amount, currency),
    firstOrderAt: row.first_order_at,
    lastOrderAt: row.last_order_at,
  }));
}
