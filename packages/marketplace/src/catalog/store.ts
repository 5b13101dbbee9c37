/** SQL of the catalogue. Versions are immutable, so a parsed one is kept in memory. */
import { type Executor, perDatabase, sql } from '../platform/database/database.ts';
import type { Site } from '../platform/site.ts';
import type { CallingProtocol, Protocol } from './access-types.ts';
import { type ProductContent, productContent } from './definition.ts';

export type ProductState = 'DRAFT' | 'IN_REVIEW' | 'REJECTED' | 'ON_SALE' | 'TRADE_FROZEN' | 'STOPPED' | 'WITHDRAWN';

export interface ProductRow {
  readonly goods_id: string;
  readonly seller_id: string;
  readonly site: Site;
  readonly state: ProductState;
  readonly visibility: 'PUBLIC' | 'HIDDEN';
  readonly current_version: number;
  readonly created_at: Date;
  /** by the platform, for good; null = it was not, or nobody noted when */
  readonly withdrawn_at: Date | null;
}

export interface NewProduct {
  readonly goodsId: string;
  readonly sellerId: string;
  readonly site: Site;
  readonly protocol: Protocol;
  /** null exactly for the protocol `none` */
  readonly productionUrl: string | null;
  readonly keyId: string | null;
  readonly content: ProductContent;
}

export async function insertProduct(executor: Executor, product: NewProduct, now: Date): Promise<void> {
  const { content } = product;
  await sql`INSERT INTO catalog.products (goods_id, seller_id, site, state, current_version, protocol, production_url, key_id, created_at)
    VALUES (${product.goodsId}, ${product.sellerId}, ${product.site}, 'ON_SALE', 1, ${product.protocol}, ${product.productionUrl}, ${product.keyId}, ${now})`.execute(
    executor,
  );
  await sql`INSERT INTO catalog.product_versions (goods_id, version, content, approved_at) VALUES (${product.goodsId}, 1, ${JSON.stringify(content)}, ${now})`.execute(
    executor,
  );
  for (const spec of content.specifications) {
    await sql`INSERT INTO catalog.specifications (specification_id, goods_id) VALUES (${spec.specificationId}, ${product.goodsId})`.execute(
      executor,
    );
    for (const sku of spec.skus) {
      await sql`INSERT INTO catalog.skus (sku_code, specification_id, goods_id) VALUES (${sku.skuCode}, ${spec.specificationId}, ${product.goodsId})`.execute(
        executor,
      );
      for (const item of sku.prices) {
        await sql`INSERT INTO catalog.price_items (price_item_id, sku_code, goods_id) VALUES (${item.priceItemId}, ${sku.skuCode}, ${product.goodsId})`.execute(
          executor,
        );
      }
    }
  }
}

export interface OfferRow {
  readonly price_item_id: string;
  readonly sku_code: string;
  readonly specification_id: string;
  readonly goods_id: string;
  readonly seller_id: string;
  readonly site: Site;
  readonly product_state: ProductState;
  readonly on_sale: boolean;
  readonly version: number;
}
export interface SkuRow {
  readonly sku_code: string;
  readonly specification_id: string;
  readonly goods_id: string;
  readonly seller_id: string;
  readonly site: Site;
  readonly protocol: Protocol;
  readonly product_state: ProductState;
  readonly on_sale: boolean;
  readonly version: number;
}
/** SKUs with the states that decide whether they can be bought, renewed or changed to; stopped ones included. */
export async function skuRows(executor: Executor, skuCodes: readonly string[]): Promise<Map<string, SkuRow>> {
  const { rows } = await sql<SkuRow>`
    SELECT k.sku_code, k.specification_id, k.goods_id, p.seller_id, p.site, p.protocol, p.state AS product_state,
           (p.state = 'ON_SALE' AND s.state = 'ON_SALE' AND k.state = 'ON_SALE') AS on_sale, p.current_version AS version
    FROM catalog.skus k JOIN catalog.specifications s USING (specification_id) JOIN catalog.products p ON p.goods_id = k.goods_id
    WHERE k.sku_code = ANY(${skuCodes}::uuid[])`.execute(executor);
  return new Map(rows.map((row) => [row.sku_code, row]));
}

const parsedVersions = perDatabase(() => new Map<string, ProductContent>());
const MOST_PARSED = 5_000; // ~ 10 kB each

export interface VersionOf {
  readonly goodsId: string;
  readonly version: number;
}

/** Versions that exist, in the order asked for; what is not known yet is read in one statement. */
export async function contentsOf(executor: Executor, versions: readonly VersionOf[]): Promise<ProductContent[]> {
  const keyOf = ({ goodsId, version }: VersionOf) => `${goodsId}@${version}`;
  const parsed = parsedVersions(executor);
  const found = new Map<string, ProductContent>();
  for (const each of versions) {
    const known = parsed.get(keyOf(each));
    if (known) found.set(keyOf(each), known);
  }
  const unknown = versions.filter((each) => !found.has(keyOf(each)));
  if (unknown.length > 0) for (const [key, content] of await readVersions(executor, unknown)) found.set(key, content);
  return versions.map((each) => {
    const content = found.get(keyOf(each));
    if (!content) throw new Error(`product ${each.goodsId} has no version ${each.version}`);
    return content;
  });
}

async function readVersions(executor: Executor, versions: readonly VersionOf[]): Promise<Map<string, ProductContent>> {
  const { rows } = await sql<{ key: string; version: number; content: unknown }>`
    SELECT v.goods_id || '@' || v.version AS key, v.version, v.content FROM catalog.product_versions v
    JOIN (SELECT DISTINCT * FROM unnest(${versions.map(({ goodsId }) => goodsId)}::text[], ${versions.map(({ version }) => version)}::int[])) AS asked (goods_id, version)
      USING (goods_id, version)`.execute(executor);
  const parsed = parsedVersions(executor);
  const read = new Map<string, ProductContent>();
  for (const { key, version, content } of rows) {
    const product = productContent.parse(content);
    read.set(key, product);
    // version 0 is a draft and changes
    if (version === 0) continue;
    if (parsed.size >= MOST_PARSED) parsed.clear();
    parsed.set(key, product);
  }
  return read;
}

export async function contentOf(executor: Executor, goodsId: string, version: number): Promise<ProductContent> {
  const [content] = await contentsOf(executor, [{ goodsId, version }]);
  if (!content) throw new Error(`product ${goodsId} has no version ${version}`);
  return content;
}

/** What products say of themselves now, by their ids; an unknown one is absent. */
export async function currentContents(
  executor: Executor,
  goodsIds: readonly string[],
): Promise<ReadonlyMap<string, ProductContent>> {
  const { rows } = await sql<VersionOf>`
    SELECT goods_id AS "goodsId", current_version AS version FROM catalog.products WHERE goods_id = ANY(${[...new Set(goodsIds)]}::text[])`.execute(
    executor,
  );
  const contents = await contentsOf(executor, rows);
  return new Map(rows.flatMap(({ goodsId }, place) => (contents[place] ? [[goodsId, contents[place]] as const] : [])));
}

export async function productById(executor: Executor, goodsId: string): Promise<ProductRow | null> {
  const { rows } =
    await sql<ProductRow>`SELECT goods_id, seller_id, site, state, visibility, current_version, created_at, withdrawn_at FROM catalog.products WHERE goods_id = ${goodsId}`.execute(
      executor,
    );
  return rows[0] ?? null;
}

/** From then on its usage is not taken any more (006). */
export async function noteWithdrawal(executor: Executor, goodsId: string, at: Date): Promise<void> {
  await sql`UPDATE catalog.products SET withdrawn_at = ${at} WHERE goods_id = ${goodsId}`.execute(executor);
}

export async function partStates(executor: Executor, goodsId: string): Promise<Map<string, 'ON_SALE' | 'STOPPED'>> {
  const { rows } = await sql<{ id: string; state: 'ON_SALE' | 'STOPPED' }>`
    SELECT specification_id AS id, state FROM catalog.specifications WHERE goods_id = ${goodsId}
    UNION ALL SELECT sku_code::text, state FROM catalog.skus WHERE goods_id = ${goodsId}`.execute(executor);
  return new Map(rows.map((row) => [row.id, row.state]));
}

export interface InterfaceRow {
  readonly goods_id: string;
  readonly protocol: CallingProtocol;
  readonly production_url: string;
  readonly key_id: string;
}
/** Where the sellers of products are called; a product that nobody is called for is absent. */
export async function productionInterfaces(
  executor: Executor,
  goodsIds: readonly string[],
): Promise<Map<string, InterfaceRow>> {
  const { rows } =
    await sql<InterfaceRow>`SELECT goods_id, protocol, production_url, key_id FROM catalog.products WHERE goods_id = ANY(${goodsIds}::text[]) AND protocol <> 'none'`.execute(
      executor,
    );
  return new Map(rows.map((row) => [row.goods_id, row]));
}

/** Where the seller answers; absent `protocol` = the one it spoke before. */
export async function setProductionUrl(
  executor: Executor,
  goodsId: string,
  url: string,
  protocol: Protocol | null = null,
): Promise<void> {
  await sql`UPDATE catalog.products SET production_url = ${url}, protocol = coalesce(${protocol}, protocol) WHERE goods_id = ${goodsId}`.execute(
    executor,
  );
}

export async function setProductState(executor: Executor, goodsId: string, state: ProductState): Promise<void> {
  await sql`UPDATE catalog.products SET state = ${state} WHERE goods_id = ${goodsId}`.execute(executor);
}

export async function setSkuState(executor: Executor, skuCode: string, state: 'ON_SALE' | 'STOPPED'): Promise<void> {
  await sql`UPDATE catalog.skus SET state = ${state} WHERE sku_code = ${skuCode}`.execute(executor);
}
