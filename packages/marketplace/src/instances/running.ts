import { type Executor, sql } from '../platform/database/database.ts';

/** How many instances of a product run now, frozen ones included: they go on after a removal (O-5). */
export async function runningOfProduct(executor: Executor, goodsId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM instances.instances
    WHERE goods_id = ${goodsId} AND state NOT IN ('RELEASED', 'FAILED')`.execute(executor);
  return rows[0]?.count ?? 0;
}
