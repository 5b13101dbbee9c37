/** SQL of `catalog.purchases` and of the sales that are counted from it. Each function tolerates what it did before. */
import { type Executor, executeUnanswered, sql } from '../../platform/database/database.ts';
import type { LocalizedText } from '../definition.ts';

export interface Purchase {
  readonly orderLineId: string;
  readonly orderId: string;
  readonly goodsId: string;
  readonly buyerId: string;
  readonly placedBy: string;
  readonly productName: LocalizedText;
  readonly specificationName: LocalizedText;
  readonly paidAt: Date;
}

export async function addPurchases(executor: Executor, purchases: readonly Purchase[]): Promise<void> {
  if (purchases.length === 0) return;
  const { rows } = await sql<{ goods_id: string }>`
    INSERT INTO catalog.purchases (order_line_id, order_id, goods_id, buyer_id, placed_by, product_name, specification_name, paid_at)
    SELECT p."orderLineId", p."orderId", p."goodsId", p."buyerId", p."placedBy", p."productName", p."specificationName", p."paidAt"
    FROM jsonb_to_recordset(${JSON.stringify(purchases)}::jsonb)
           AS p("orderLineId" text, "orderId" text, "goodsId" text, "buyerId" text, "placedBy" text, "productName" jsonb, "specificationName" jsonb, "paidAt" timestamptz)
    ON CONFLICT DO NOTHING RETURNING goods_id`.execute(executor);
  await count(
    executor,
    rows.map((row) => row.goods_id),
    1,
  );
}

/** A purchase that was given back is no sale any more. */
export async function refundPurchases(
  executor: Executor,
  lines: readonly { readonly orderLineId: string; readonly at: Date }[],
): Promise<void> {
  if (lines.length === 0) return;
  const { rows } = await sql<{ goods_id: string }>`
    UPDATE catalog.purchases p SET refunded_at = r.at
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS r("orderLineId" text, at timestamptz)
    WHERE p.order_line_id = r."orderLineId" AND p.refunded_at IS NULL RETURNING p.goods_id`.execute(executor);
  await count(
    executor,
    rows.map((row) => row.goods_id),
    -1,
  );
}

/**
 * Lines that were refunded because they failed are not completed. Nearly all that the table holds is completed, so a condition on
 * that seems to leave nothing, and the table was read from end to end for each batch.
 */
export async function completePurchases(
  executor: Executor,
  orders: readonly { readonly orderId: string; readonly at: Date }[],
): Promise<void> {
  if (orders.length === 0) return;
  await executeUnanswered(
    executor,
    sql`
    UPDATE catalog.purchases p SET completed_at = coalesce(p.completed_at, o.at)
    FROM unnest(${orders.map(({ orderId }) => orderId)}::text[], ${orders.map(({ at }) => at)}::timestamptz[]) AS o (order_id, at)
    WHERE p.order_id = o.order_id AND p.refunded_at IS NULL`,
  );
}

/** Products in one order everywhere, so that two batches never wait for each other. */
async function count(executor: Executor, goodsIds: readonly string[], by: number): Promise<void> {
  if (goodsIds.length === 0) return;
  const ordered = [...new Set(goodsIds)].toSorted();
  const lines = ordered.map((goodsId) => by * goodsIds.filter((each) => each === goodsId).length);
  await sql`
    INSERT INTO catalog.sales_counts (goods_id, lines, told) SELECT *, false FROM unnest(${ordered}::text[], ${lines}::int[])
    ON CONFLICT (goods_id) DO UPDATE SET lines = catalog.sales_counts.lines + EXCLUDED.lines, told = false`.execute(
    executor,
  );
}

/** products in one go: each rewrites its index row with some hundred words */
const MOST_REFRESHED = 100;

/**
 * Tells the index of sales since the last time. Not with each sale: a product that sells well would have its row, and
 * all its words, written again for each. @returns how many products
 */
export async function refreshSales(executor: Executor): Promise<number> {
  const { numAffectedRows } = await sql`
    WITH counted AS (
      UPDATE catalog.sales_counts SET told = true WHERE goods_id IN (
        SELECT goods_id FROM catalog.sales_counts WHERE NOT told ORDER BY goods_id LIMIT ${MOST_REFRESHED} FOR UPDATE SKIP LOCKED)
      RETURNING goods_id, lines)
    UPDATE catalog.search s SET sales = counted.lines FROM counted
    WHERE s.goods_id = counted.goods_id AND s.sales <> counted.lines`.execute(executor);
  return Number(numAffectedRows ?? 0);
}
