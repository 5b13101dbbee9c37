/** What the home page shows besides lists (B-10): the brand hall. */

import { type Executor, sql } from '../../platform/database/database.ts';
import type { Site } from '../../platform/site.ts';

/** Sellers of what sells best: among the best-selling products, so that the page does not read the whole index. */
const LOOKED_AT = 200;

export async function brands(
  executor: Executor,
  site: Site,
  limit: number,
): Promise<{ sellerId: string; products: number }[]> {
  const { rows } = await sql<{ sellerId: string; products: number }>`
    WITH best AS (
      SELECT seller_id, sales FROM catalog.search WHERE site = ${site} ORDER BY sales DESC, listed_at DESC, goods_id DESC LIMIT ${LOOKED_AT}),
    seller AS (SELECT seller_id, sum(sales) AS sales FROM best GROUP BY seller_id ORDER BY sum(sales) DESC, seller_id LIMIT ${limit})
    SELECT seller_id AS "sellerId", (SELECT count(*) FROM catalog.search s WHERE s.seller_id = seller.seller_id AND s.site = ${site}) AS products
    FROM seller ORDER BY seller.sales DESC, seller_id`.execute(executor);
  return rows;
}

/** Hours from payment to completion, the mean of the last purchases; null when there are too few to tell (B-13). */
export async function averageDeliveryHours(executor: Executor, goodsId: string): Promise<number | null> {
  const { rows } = await sql<{ hours: string | null; lines: number }>`
    SELECT round((extract(epoch FROM avg(completed_at - paid_at)) / 3600)::numeric, 1) AS hours, count(*) AS lines
    FROM (SELECT completed_at, paid_at FROM catalog.purchases WHERE goods_id = ${goodsId} AND completed_at IS NOT NULL
          ORDER BY completed_at DESC LIMIT 50) AS recent`.execute(executor);
  const [recent] = rows;
  return recent?.hours != null && recent.lines >= FEWEST_LINES ? Number(recent.hours) : null;
}
const FEWEST_LINES = 3;
