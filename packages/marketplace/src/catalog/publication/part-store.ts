/** SQL of versions and of the rows of their parts: what can be bought is looked up there. */
import { executeUnanswered, sql, type Tx } from '../../platform/database/database.ts';
import type { ProductContent } from '../definition.ts';
import type { WireOf } from './draft-store.ts';

export async function insertVersion(
  tx: Tx,
  goodsId: string,
  version: number,
  content: ProductContent,
  now: Date,
): Promise<void> {
  await sql`DELETE FROM catalog.product_versions WHERE goods_id = ${goodsId} AND version = 0`.execute(tx);
  await sql`
    INSERT INTO catalog.product_versions (goods_id, version, content, approved_at)
    VALUES (${goodsId}, ${version}, ${JSON.stringify(content)}, ${now})`.execute(tx);
}

export async function setCurrentVersion(
  tx: Tx,
  goodsId: string,
  { version, protocol, productionUrl, keyId }: WireOf & { readonly version: number },
): Promise<void> {
  await sql`
    UPDATE catalog.products SET current_version = ${version}, protocol = ${protocol}, production_url = ${productionUrl}, key_id = ${keyId}
    WHERE goods_id = ${goodsId}`.execute(tx);
}

/** New parts get their rows; what the version has no longer is stopped, never deleted (C36). */
export async function keepPartsInStep(tx: Tx, goodsId: string, { specifications }: ProductContent): Promise<void> {
  const skus = specifications.flatMap((spec) => spec.skus.map((sku) => ({ ...sku, of: spec.specificationId })));
  const items = skus.flatMap((sku) => sku.prices.map(({ priceItemId }) => ({ priceItemId, skuCode: sku.skuCode })));
  const specificationIds = specifications.map(({ specificationId }) => specificationId);
  const skuCodes = skus.map(({ skuCode }) => skuCode);
  await sql`
    INSERT INTO catalog.specifications (specification_id, goods_id)
    SELECT id, ${goodsId} FROM unnest(${specificationIds}::text[]) AS s (id) ON CONFLICT DO NOTHING`.execute(tx);
  await sql`
    INSERT INTO catalog.skus (sku_code, specification_id, goods_id)
    SELECT code, spec, ${goodsId} FROM unnest(${skuCodes}::uuid[], ${skus.map(({ of }) => of)}::text[]) AS s (code, spec)
    ON CONFLICT DO NOTHING`.execute(tx);
  await sql`
    INSERT INTO catalog.price_items (price_item_id, sku_code, goods_id)
    SELECT id, sku, ${goodsId}
    FROM unnest(${items.map((item) => item.priceItemId)}::text[], ${items.map((item) => item.skuCode)}::uuid[]) AS i (id, sku)
    ON CONFLICT DO NOTHING`.execute(tx);
  await sql`
    UPDATE catalog.specifications SET state = 'STOPPED'
    WHERE goods_id = ${goodsId} AND specification_id <> ALL(${specificationIds}::text[])`.execute(tx);
  await sql`
    UPDATE catalog.skus SET state = 'STOPPED' WHERE goods_id = ${goodsId} AND sku_code <> ALL(${skuCodes}::uuid[])`.execute(
    tx,
  );
}

/** Stops parts for good; both lists empty = all of them. @returns whether nothing of the product is on sale any more */
export async function stopParts(
  tx: Tx,
  goodsId: string,
  {
    specificationIds,
    skuCodes,
  }: { readonly specificationIds: readonly string[]; readonly skuCodes: readonly string[] },
): Promise<boolean> {
  const all = specificationIds.length === 0 && skuCodes.length === 0;
  await sql`
    UPDATE catalog.skus SET state = 'STOPPED'
    WHERE goods_id = ${goodsId} AND (${all} OR specification_id = ANY(${specificationIds}::text[]) OR sku_code = ANY(${skuCodes}::uuid[]))`.execute(
    tx,
  );
  await sql`
    UPDATE catalog.specifications s SET state = 'STOPPED'
    WHERE goods_id = ${goodsId} AND state = 'ON_SALE'
      AND NOT EXISTS (SELECT 1 FROM catalog.skus k WHERE k.specification_id = s.specification_id AND k.state = 'ON_SALE')`.execute(
    tx,
  );
  const { rows } = await sql`
    SELECT 1 FROM catalog.specifications WHERE goods_id = ${goodsId} AND state = 'ON_SALE' LIMIT 1`.execute(tx);
  return rows.length === 0;
}

/** A group of APIs that was sold once is sold by no other specification ever again (section 9). */
export async function markApiGroupsUsed(tx: Tx, { specifications, accessType }: ProductContent): Promise<void> {
  if (accessType !== 'API') return;
  const used = specifications.filter(({ assetId }) => assetId !== null);
  await executeUnanswered(
    tx,
    sql`
    INSERT INTO catalog.used_api_groups (asset_id, specification_id)
    SELECT asset, spec
    FROM unnest(${used.map(({ assetId }) => assetId)}::text[], ${used.map((each) => each.specificationId)}::text[]) AS u (asset, spec)
    ON CONFLICT DO NOTHING`,
  );
}
