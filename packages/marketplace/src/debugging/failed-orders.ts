/** Orders that a seller's interface failed: more than five in a calendar month flag the product (saas-v2.md 1.5, O-10). */
import { contentOf, productById } from '../catalog/index.ts';
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { mustFlag } from './model.ts';
import { lockProduct } from './probe-store.ts';
import { monthOf } from './schedule.ts';

export interface FailedOrder {
  readonly orderId: string;
  readonly goodsId: string;
  readonly sellerId: string;
  readonly at: Date;
  readonly traceId: string;
}

/** Counts an order once a product, however many of its lines failed and however often the news arrives. */
export async function countFailedOrder(platform: Platform, tx: Tx, failed: FailedOrder): Promise<void> {
  const { orderId, goodsId, sellerId, at, traceId } = failed;
  const month = monthOf(at, platform.config.site);
  const product = await lockProduct(tx, failed, at);
  await sql`INSERT INTO debugging.failed_orders (order_id, goods_id, seller_id, month, at)
    VALUES (${orderId}, ${goodsId}, ${sellerId}, ${month}, ${at}) ON CONFLICT DO NOTHING`.execute(tx);
  const failedOrders = (await failedOrdersOf(tx, [goodsId], month)).get(goodsId)?.ofProduct ?? 0;
  if (!mustFlag(failedOrders) || product.flaggedMonth === month) return;
  await sql`UPDATE debugging.products SET flagged_month = ${month}, flagged_at = ${at} WHERE goods_id = ${goodsId}`.execute(
    tx,
  );
  const version = (await productById(tx, goodsId))?.current_version ?? 1;
  const { name: productName } = await contentOf(tx, goodsId, version);
  await platform.events.publish(
    tx,
    [
      {
        type: 'debugging.seller-flagged',
        aggregate: `product:${goodsId}`,
        payload: { sellerId, goodsId, productName, failedOrders, month },
        traceId,
      },
    ],
    at,
  );
}

/** Failed orders of a month by product, and of the product's seller over all its products. */
export async function failedOrdersOf(
  executor: Executor,
  goodsIds: readonly string[],
  month: string,
): Promise<Map<string, { readonly ofProduct: number; readonly ofSeller: number }>> {
  const { rows } = await sql<{ goods_id: string; of_product: number; of_seller: number }>`
    SELECT p.goods_id,
      (SELECT count(*) FROM debugging.failed_orders f WHERE f.goods_id = p.goods_id AND f.month = ${month}) AS of_product,
      (SELECT count(DISTINCT f.order_id) FROM debugging.failed_orders f WHERE f.seller_id = p.seller_id AND f.month = ${month}) AS of_seller
    FROM debugging.products p WHERE p.goods_id = ANY(${goodsIds}::text[])`.execute(executor);
  return new Map(rows.map((row) => [row.goods_id, { ofProduct: row.of_product, ofSeller: row.of_seller }]));
}
