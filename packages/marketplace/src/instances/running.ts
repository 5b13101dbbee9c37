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

export interface RunningOfSeller {
  /** paid in advance, or once: nothing more is charged for them */
  readonly prepaid: number;
  /** when the last of these ends; null = none has an end */
  readonly lastExpiry: Date | null;
  /** pay-per-use and packages: charged as long as they live */
  readonly metered: number;
}

/** Services of a seller that were handed over and not released; no trials, which nobody pays for. */
export async function runningOfSeller(executor: Executor, sellerId: string): Promise<RunningOfSeller> {
  const { rows } = await sql<RunningOfSeller>`
    SELECT (count(*) FILTER (WHERE NOT metered))::int AS prepaid, max(expire_at) FILTER (WHERE NOT metered) AS "lastExpiry",
      (count(*) FILTER (WHERE metered))::int AS metered
    FROM (SELECT expire_at, charging_mode IN ('ON_DEMAND', 'ON_DEMAND_PKG') AS metered FROM instances.instances
      WHERE seller_id = ${sellerId} AND NOT trial AND state NOT IN ('PROVISIONING', 'RELEASED', 'FAILED')) AS i`.execute(
    executor,
  );
  return rows[0] ?? { prepaid: 0, lastExpiry: null, metered: 0 };
}
