/** Products whose seller's server is called, whatever their state, as their seller and the operator see them: where they are reached and with which key. */
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { Site } from '../platform/site.ts';
import type { CallingProtocol, LicenseVariant } from './access-types.ts';
import type { LocalizedText } from './definition.ts';
import type { ProductState } from './store.ts';

export interface OfferedProduct {
  readonly goodsId: string;
  readonly sellerId: string;
  readonly site: Site;
  readonly state: ProductState;
  readonly visibility: 'PUBLIC' | 'HIDDEN';
  readonly version: number;
  readonly protocol: CallingProtocol;
  readonly productionUrl: string;
  readonly keyId: string;
}

/** Newest first. @param lock for a change of state: nobody else changes these rows before the transaction ends */
export async function productsInScope(
  executor: Executor,
  query: { readonly scope: Scope; readonly goodsIds?: readonly string[]; readonly limit: number; readonly lock?: true },
): Promise<OfferedProduct[]> {
  const { scope } = query;
  if (scope.kind === 'buyer') return [];
  // a draft that is not whole yet has no content to look at
  const conditions = [
    sql`protocol <> 'none'`,
    sql`(current_version > 0 OR EXISTS (SELECT 1 FROM catalog.product_versions v WHERE v.goods_id = products.goods_id AND v.version = 0))`,
  ];
  if (scope.kind === 'seller') conditions.push(sql`seller_id = ${scope.sellerId}`);
  if (scope.kind === 'seller' && scope.goodsIds) conditions.push(sql`goods_id = ANY(${scope.goodsIds}::text[])`);
  if (query.goodsIds) conditions.push(sql`goods_id = ANY(${query.goodsIds}::text[])`);
  const { rows } = await sql<OfferedProduct>`
    SELECT goods_id AS "goodsId", seller_id AS "sellerId", site, state, visibility, current_version AS version, protocol,
           production_url AS "productionUrl", key_id AS "keyId"
    FROM catalog.products WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at DESC, goods_id DESC LIMIT ${query.limit} ${query.lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  return rows;
}

/** A seller's License products of one variant, whoever delivers them, in their newest version. */
export async function licensesOf(
  executor: Executor,
  sellerId: string,
  variant: LicenseVariant,
): Promise<{ readonly goodsId: string; readonly name: LocalizedText }[]> {
  const { rows } = await sql<{ goodsId: string; name: LocalizedText }>`
    SELECT p.goods_id AS "goodsId", v.content -> 'name' AS name
    FROM catalog.products p JOIN catalog.product_versions v ON v.goods_id = p.goods_id AND v.version = p.current_version
    WHERE p.seller_id = ${sellerId} AND v.content ->> 'licenseVariant' = ${variant} ORDER BY p.created_at DESC, p.goods_id LIMIT 200`.execute(
    executor,
  );
  return rows;
}

/** Calls of these products are signed with another key from now on (S-21). */
export async function setProductKey(executor: Executor, goodsIds: readonly string[], keyId: string): Promise<void> {
  await sql`UPDATE catalog.products SET key_id = ${keyId} WHERE goods_id = ANY(${goodsIds}::text[])`.execute(executor);
}

/** Shown to buyers or not; apart from the state (consoles-and-processes.md 7.5). */
export async function setVisibility(
  executor: Executor,
  goodsId: string,
  visibility: OfferedProduct['visibility'],
): Promise<void> {
  await sql`UPDATE catalog.products SET visibility = ${visibility} WHERE goods_id = ${goodsId}`.execute(executor);
}

/** C42: one specification shown or not. @returns false = the product has no such specification */
export async function setSpecificationVisibility(
  executor: Executor,
  goodsId: string,
  specificationId: string,
  visibility: OfferedProduct['visibility'],
): Promise<boolean> {
  const result = await sql`
    UPDATE catalog.specifications SET visibility = ${visibility}
    WHERE goods_id = ${goodsId} AND specification_id = ${specificationId}`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** C42: turning a product public makes all its specifications public. */
export async function showSpecifications(executor: Executor, goodsId: string): Promise<void> {
  await sql`UPDATE catalog.specifications SET visibility = 'PUBLIC' WHERE goods_id = ${goodsId} AND visibility = 'HIDDEN'`.execute(
    executor,
  );
}

/** Ids of specifications that only the direct link leads to (C42), of all the products together. */
export async function hiddenSpecifications(executor: Executor, goodsIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT specification_id AS id FROM catalog.specifications WHERE goods_id = ANY(${goodsIds}::text[]) AND visibility = 'HIDDEN'`.execute(
    executor,
  );
  return new Set(rows.map(({ id }) => id));
}
