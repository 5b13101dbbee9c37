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

/** Whoever ordered last comes first. A refund counts with its own order; a delivery that failed was given back in full. */
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
    WITH refunded AS (SELECT unnest(r.line_ids) AS order_line_id FROM ordering.refunds r
                      WHERE r.unsubscribe_order_id IS NOT NULL ${scope.kind === 'seller' ? sql`AND r.seller_id = ${scope.sellerId}` : sql``})
    SELECT l.buyer_id, count(DISTINCT l.order_id) FILTER (WHERE o.order_type <> 'UNSUBSCRIBE') AS orders,
           sum(CASE WHEN o.order_type = 'UNSUBSCRIBE' THEN -l.amount
                    WHEN l.state = 'REFUNDED' AND l.order_line_id NOT IN (SELECT order_line_id FROM refunded) THEN 0 ELSE l.amount END) AS amount,
           min(l.created_at) AS first_order_at, max(l.created_at) FILTER (WHERE o.order_type <> 'UNSUBSCRIBE') AS last_order_at
    FROM ordering.order_lines l JOIN ordering.orders o USING (order_id)
    WHERE ${ownLines(scope)} AND ${paid()} AND o.currency = ${currency} ${buyer === undefined ? sql`` : sql`AND l.buyer_id IN (${buyersNamed(buyer)})`}
    GROUP BY l.buyer_id
    ${before ? sql`HAVING (max(l.created_at) FILTER (WHERE o.order_type <> 'UNSUBSCRIBE'), l.buyer_id) < (${before.at}, ${before.id})` : sql``}
    ORDER BY last_order_at DESC, l.buyer_id DESC LIMIT ${limit}`.execute(executor);
  return rows.map((row) => ({
    buyerId: row.buyer_id,
    orders: row.orders,
    amount: money(row.amount, currency),
    firstOrderAt: row.first_order_at,
    lastOrderAt: row.last_order_at,
  }));
}
