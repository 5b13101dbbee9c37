/** What sellers sold, day by day (consoles-and-processes.md S-76). */
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { Currency } from '../platform/money.ts';
import { ownLines, paid } from './scope.ts';

/** Of one product on one day. Amounts are plain decimals. */
export interface TradeDay {
  /** YYYY-MM-DD, local */
  readonly day: string;
  readonly goodsId: string;
  /** paid orders, what was refunded later too; not those whose delivery failed and was given back in full */
  readonly orders: number;
  readonly sales: string;
  /** of these, renewals */
  readonly renewals: number;
  readonly renewalSales: string;
  /** on the day they were executed */
  readonly refunds: number;
  readonly refunded: string;
}

/** Orders count on the day they were placed, as in the months of `salesByMonth`; trials cost nothing and are left out. */
export async function tradeByDay(
  executor: Executor,
  query: {
    readonly scope: Scope;
    readonly currency: Currency;
    readonly from: Date;
    /** excluded */
    readonly to: Date;
    readonly timeZone: string;
  },
): Promise<TradeDay[]> {
  const { scope, currency, from, to, timeZone } = query;
  if (scope.kind === 'buyer') return [];
  const refund = sql`o.order_type = 'UNSUBSCRIBE'`;
  const sale = sql`o.order_type <> 'UNSUBSCRIBE' AND (l.state NOT IN ('FAILED', 'REFUNDED') OR r.order_line_id IS NOT NULL)`;
  const renewal = sql`${sale} AND o.order_type = 'RENEW'`;
  const { rows } = await sql<TradeDay>`
    WITH refunded AS (
      SELECT DISTINCT unnest(line_ids) AS order_line_id FROM ordering.refunds r
      WHERE r.unsubscribe_order_id IS NOT NULL AND r.requested_at >= ${from} AND ${ownLines(scope, 'r')})
    SELECT to_char(l.created_at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, l.goods_id AS "goodsId",
      count(DISTINCT o.order_id) FILTER (WHERE ${sale})::int AS orders,
      coalesce(sum(l.amount) FILTER (WHERE ${sale}), 0)::text AS sales,
      count(DISTINCT o.order_id) FILTER (WHERE ${renewal})::int AS renewals,
      coalesce(sum(l.amount) FILTER (WHERE ${renewal}), 0)::text AS "renewalSales",
      count(DISTINCT o.order_id) FILTER (WHERE ${refund})::int AS refunds,
      coalesce(sum(l.amount) FILTER (WHERE ${refund}), 0)::text AS refunded
    FROM ordering.order_lines l JOIN ordering.orders o USING (order_id) LEFT JOIN refunded r ON r.order_line_id = l.order_line_id
    WHERE ${ownLines(scope)} AND ${paid()} AND o.currency = ${currency} AND o.order_type <> 'TRIAL'
      AND l.created_at >= ${from} AND l.created_at < ${to}
    GROUP BY 1, 2 ORDER BY 1, 2`.execute(executor);
  return rows;
}
