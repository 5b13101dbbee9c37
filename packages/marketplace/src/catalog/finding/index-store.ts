/** SQL that keeps `catalog.search`. */
import { type Executor, sql } from '../../platform/database/database.ts';
import type { ProductRow } from '../store.ts';
import type { Entry } from './entry.ts';

/**
 * The products, locked in one order: whoever changes what the index says of one waits here, so that the last to commit
 * has seen what the others did.
 */
export async function lockProducts(executor: Executor, goodsIds: readonly string[]): Promise<ProductRow[]> {
  const { rows } = await sql<ProductRow>`
    SELECT goods_id, seller_id, site, state, visibility, current_version, created_at FROM catalog.products
    WHERE goods_id = ANY(${goodsIds}::text[]) ORDER BY goods_id FOR NO KEY UPDATE`.execute(executor);
  return rows;
}

export async function statesOf(
  executor: Executor,
  goodsIds: readonly string[],
): Promise<Map<string, 'ON_SALE' | 'STOPPED'>> {
  const { rows } = await sql<{ id: string; state: 'ON_SALE' | 'STOPPED' }>`
    SELECT specification_id AS id, state FROM catalog.specifications WHERE goods_id = ANY(${goodsIds}::text[])
    UNION ALL SELECT sku_code::text, state FROM catalog.skus WHERE goods_id = ANY(${goodsIds}::text[])`.execute(
    executor,
  );
  return new Map(rows.map(({ id, state }) => [id, state]));
}

export async function removeEntries(executor: Executor, goodsIds: readonly string[]): Promise<void> {
  if (goodsIds.length === 0) return;
  await sql`DELETE FROM catalog.search WHERE goods_id = ANY(${goodsIds}::text[])`.execute(executor);
}

/** Puts entries in the place of the older ones, with the sales and the score as they are now. */
export async function putEntries(executor: Executor, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;

  await sql`
    INSERT INTO catalog.search (goods_id, site, seller_id, version, title, words, terms, price_from, rating, reviews, sales, listed_at, card)
    SELECT e."goodsId", e.site, e."sellerId", e.version, array_to_tsvector(e.title), array_to_tsvector(e.words), e.terms, e."priceFrom",
           r.rating, coalesce(r.reviews, 0), coalesce(s.lines, 0), v.approved_at, e.card
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
           AS e("goodsId" text, site text, "sellerId" text, version int, title text[], words text[], terms text[], "priceFrom" numeric, card jsonb)
    JOIN catalog.product_versions v ON v.goods_id = e."goodsId" AND v.version = 1
    LEFT JOIN catalog.scores r ON r.goods_id = e."goodsId"
    LEFT JOIN catalog.sales_counts s ON s.goods_id = e."goodsId"
    ON CONFLICT (goods_id) DO UPDATE SET site = EXCLUDED.site, seller_id = EXCLUDED.seller_id, version = EXCLUDED.version,
      title = EXCLUDED.title, words = EXCLUDED.words, terms = EXCLUDED.terms, price_from = EXCLUDED.price_from,
      rating = EXCLUDED.rating, reviews = EXCLUDED.reviews, sales = EXCLUDED.sales, listed_at = EXCLUDED.listed_at,
      card = EXCLUDED.card`.execute(executor);
}

export async function goodsOfSku(executor: Executor, skuCode: string): Promise<string | null> {
  const { rows } = await sql<{
    goods_id: string;
  }>`SELECT goods_id FROM catalog.skus WHERE sku_code = ${skuCode}::uuid`.execute(executor);
  return rows[0]?.goods_id ?? null;
}

/** Operating systems of images by their asset: the family and the release, such as LINUX and Ubuntu 24.04 (L23). */
export async function systemsOf(executor: Executor, assetIds: readonly string[]): Promise<Map<string, string[]>> {
  if (assetIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; family: string; release: string }>`
    SELECT asset_id::text AS id, info->>'osType' AS family, info->>'osVersion' AS release
    FROM catalog.assets WHERE asset_id = ANY(${assetIds}::uuid[]) AND kind = 'IMAGE'`.execute(executor);
  return new Map(rows.map(({ id, family, release }) => [id, [family, release]]));
}
