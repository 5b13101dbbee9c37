/** SQL of what sellers delivered, sealed. */
import { z } from 'zod';
import { type Executor, executeUnanswered, sql } from '../platform/database/database.ts';

export interface SealedAccess {
  readonly orderLineId: string;
  readonly buyerId: string;
  readonly sellerId: string;
  readonly instanceId: string;
  readonly sealed: string;
  readonly fetchedAt: Date;
}
export async function saveAccess(executor: Executor, rows: readonly SealedAccess[]): Promise<void> {
  if (rows.length === 0) return;
  await executeUnanswered(
    executor,
    sql`
    INSERT INTO fulfilment.access_data (order_line_id, buyer_id, seller_id, instance_id, sealed, fetched_at)
    SELECT * FROM unnest(${rows.map((r) => r.orderLineId)}::text[], ${rows.map((r) => r.buyerId)}::text[], ${rows.map((r) => r.sellerId)}::text[], ${rows.map((r) => r.instanceId)}::text[],
      ${rows.map((r) => r.sealed)}::text[], ${rows.map((r) => r.fetchedAt)}::timestamptz[])
    ON CONFLICT (order_line_id) DO UPDATE SET instance_id = EXCLUDED.instance_id, sealed = EXCLUDED.sealed, fetched_at = EXCLUDED.fetched_at`,
  );
}
export async function accessOf(executor: Executor, orderLineId: string): Promise<SealedAccess | null> {
  const { rows } = await sql<{
    order_line_id: string;
    buyer_id: string;
    seller_id: string;
    instance_id: string;
    sealed: string;
    fetched_at: Date;
  }>`
    SELECT * FROM fulfilment.access_data WHERE order_line_id = ${orderLineId}`.execute(executor);
  const [row] = rows;
  return row
    ? {
        orderLineId: row.order_line_id,
        buyerId: row.buyer_id,
        sellerId: row.seller_id,
        instanceId: row.instance_id,
        sealed: row.sealed,
        fetchedAt: row.fetched_at,
      }
    : null;
}

/** What was sealed is read back through the same form. */
export const accessData = z.object({
  frontEndUrl: z.string(),
  adminUrl: z.string().nullable(),
  userName: z.string().nullable(),
  password: z.string().nullable(),
  memo: z.string().nullable(),
});
