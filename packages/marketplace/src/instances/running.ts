import { type Executor, sql } from '../platform/database/database.ts';

/** How many instances of a product run now, frozen ones included: they go on after a removal (O-5). */
export async function runningOfProduct(executor: Executor, goodsId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM instances.instances
    WHERE goods_id = ${goodsId} AND state NOT IN ('RELEASED', 'FAILED')`.execute(executor);
  return rows[0]?.count ?? 0;
}

/** Customers of products at a point in time: whose service had begun by then and was not released. */
export async function customersOfProducts(
  executor: Executor,
  goodsIds: readonly string[],
  at: Date,
): Promise<{ goodsId: string; buyerId: string }[]> {
  const { rows } = await sql<{ goodsId: string; buyerId: string }>`
    SELECT DISTINCT goods_id AS "goodsId", buyer_id AS "buyerId" FROM instances.instances
    WHERE goods_id = ANY(${goodsIds}::text[]) AND started_at < ${at} AND (ended_at IS NULL OR ended_at >= ${at})
    ORDER BY 1, 2`.execute(executor);
  return rows;
}
