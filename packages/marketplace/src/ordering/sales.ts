/** What a product sold, month by month: for the page behind it. */
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import { ownLines, paid } from './scope.ts';

export interface MonthOfSales {
  /** yyyy-MM, local */
  readonly month: string;
  readonly orders: number;
  readonly amount: string;
  readonly currency: string;
}

/** Newest month first; paid lines less what was given back, trials without their nothing. */
export async function salesByMonth(
  executor: Executor,
  query: {
    readonly scope: Scope;
    readonly goodsId: string;
    readonly sellerId: string;
    readonly since: Date;
    readonly timeZone: string;
  },
): Promise<MonthOfSales[]> {
  const { scope, goodsId, sellerId, since, timeZone } = query;
  if (scope.kind === 'buyer') return [];
  const { rows } = await sql<MonthOfSales>`
    SELECT to_char(o.created_at AT TIME ZONE ${timeZone}, 'YYYY-MM') AS month, count(DISTINCT o.order_id) AS orders,
           sum(l.amount)::text AS amount, o.currency
    FROM ordering.order_lines l JOIN ordering.orders o USING (order_id)
    WHERE l.seller_id = ${sellerId} AND l.goods_id = ${goodsId} AND ${ownLines(scope)} AND ${paid()} AND l.created_at >= ${since}
      AND l.state NOT IN ('REFUNDED', 'FAILED') AND o.order_type NOT IN ('UNSUBSCRIBE', 'TRIAL')
    GROUP BY 1, o.currency ORDER BY 1 DESC, o.currency`.execute(executor);
  return rows;
}
