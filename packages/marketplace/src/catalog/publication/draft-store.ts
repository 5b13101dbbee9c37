/** SQL of drafts, and of products as their seller writes them. */
import type { Scope } from '../../directory/index.ts';
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import type { Site } from '../../platform/site.ts';
import type { Protocol } from '../access-types.ts';
import type { ProductContent } from '../definition.ts';
import type { ProductState } from '../store.ts';
import { type Draft, type DraftContent, type DraftInterface, draftContent, draftInterface } from './draft.ts';

/** A product in whatever state. */
export interface WrittenProduct {
  readonly goodsId: string;
  readonly sellerId: string;
  readonly site: Site;
  readonly state: ProductState;
  readonly visibility: 'PUBLIC' | 'HIDDEN';
  /** 0 = never approved */
  readonly version: number;
  readonly protocol: Protocol;
  readonly productionUrl: string | null;
  readonly keyId: string | null;
  readonly createdAt: Date;
}
const COLUMNS = sql`goods_id AS "goodsId", seller_id AS "sellerId", site, state, visibility, current_version AS version,
  protocol, production_url AS "productionUrl", key_id AS "keyId", created_at AS "createdAt"`;

/** Within a scope, so that foreign ones are not found (P-2). @param lock nobody else changes it before the transaction ends */
export async function writtenProduct(
  executor: Executor,
  { scope, goodsId }: { readonly scope: Scope; readonly goodsId: string },
  lock?: 'lock',
): Promise<WrittenProduct | null> {
  if (scope.kind === 'buyer') return null;
  if (scope.kind === 'seller' && scope.goodsIds && !scope.goodsIds.includes(goodsId)) return null;
  const { rows } = await sql<WrittenProduct>`
    SELECT ${COLUMNS} FROM catalog.products WHERE goods_id = ${goodsId}
    ${scope.kind === 'seller' ? sql`AND seller_id = ${scope.sellerId}` : sql``} ${lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  return rows[0] ?? null;
}

export async function insertWritten(
  tx: Tx,
  product: Pick<WrittenProduct, 'goodsId' | 'sellerId' | 'site'>,
  now: Date,
): Promise<void> {
  await sql`
    INSERT INTO catalog.products (goods_id, seller_id, site, state, current_version, protocol, created_at)
    VALUES (${product.goodsId}, ${product.sellerId}, ${product.site}, 'DRAFT', 0, 'none', ${now})`.execute(tx);
}

/** A product that was never approved and has nothing but its draft. */
export async function deleteWritten(tx: Tx, goodsId: string): Promise<void> {
  await sql`DELETE FROM catalog.drafts WHERE goods_id = ${goodsId}`.execute(tx);
  await sql`DELETE FROM catalog.applications WHERE goods_id = ${goodsId}`.execute(tx);
  await sql`DELETE FROM catalog.product_versions WHERE goods_id = ${goodsId} AND version = 0`.execute(tx);
  await sql`DELETE FROM catalog.products WHERE goods_id = ${goodsId}`.execute(tx);
}

export interface DraftRow extends Draft {
  readonly goodsId: string;
  readonly revision: number;
  readonly baseVersion: number;
  readonly savedAt: Date;
  readonly savedBy: string;
}
interface RawDraft extends Omit<DraftRow, 'content' | 'interface'> {
  readonly content: unknown;
  readonly interface: unknown;
}

export async function draftRow(executor: Executor, goodsId: string): Promise<DraftRow | null> {
  const { rows } = await sql<RawDraft>`
    SELECT goods_id AS "goodsId", revision, base_version AS "baseVersion", saved_at AS "savedAt", saved_by AS "savedBy", content, interface
    FROM catalog.drafts WHERE goods_id = ${goodsId}`.execute(executor);
  const [row] = rows;
  return row ? { ...row, content: readContent(row.content), interface: readInterface(row.interface) } : null;
}

export const readContent = (kept: unknown): DraftContent => draftContent.parse(kept);
export const readInterface = (kept: unknown): DraftInterface => draftInterface.parse(kept);

export async function insertDraft(
  tx: Tx,
  draft: Draft & Pick<DraftRow, 'goodsId' | 'baseVersion' | 'savedBy'> & { readonly sellerId: string },
  now: Date,
): Promise<void> {
  await sql`
    INSERT INTO catalog.drafts (goods_id, seller_id, revision, content, interface, base_version, saved_at, saved_by)
    VALUES (${draft.goodsId}, ${draft.sellerId}, 1, ${JSON.stringify(draft.content)}, ${JSON.stringify(draft.interface)},
            ${draft.baseVersion}, ${now}, ${draft.savedBy})`.execute(tx);
}

/** @returns the new revision; null = somebody saved since `revision` was read */
export async function updateDraft(
  tx: Tx,
  draft: Draft & Pick<DraftRow, 'goodsId' | 'revision' | 'savedBy'>,
  now: Date,
): Promise<number | null> {
  const { rows } = await sql<{ revision: number }>`
    UPDATE catalog.drafts SET revision = revision + 1, content = ${JSON.stringify(draft.content)},
      interface = ${JSON.stringify(draft.interface)}, saved_at = ${now}, saved_by = ${draft.savedBy}
    WHERE goods_id = ${draft.goodsId} AND revision = ${draft.revision} RETURNING revision`.execute(tx);
  return rows[0]?.revision ?? null;
}

export async function deleteDraft(tx: Tx, goodsId: string): Promise<void> {
  await sql`DELETE FROM catalog.drafts WHERE goods_id = ${goodsId}`.execute(tx);
}

/** What was written since the submission goes on from the version that came of it. */
export async function rebaseDraft(tx: Tx, goodsId: string, version: number): Promise<void> {
  await sql`UPDATE catalog.drafts SET base_version = ${version} WHERE goods_id = ${goodsId}`.execute(tx);
}

/** Version 0: what a new product is to become, and where its seller answers, so that it can be debugged before. */
export async function putDraftVersion(
  tx: Tx,
  goodsId: string,
  { content, protocol, productionUrl, keyId }: WireOf & { readonly content: ProductContent },
  now: Date,
): Promise<void> {
  await sql`DELETE FROM catalog.product_versions WHERE goods_id = ${goodsId} AND version = 0`.execute(tx);
  await sql`
    INSERT INTO catalog.product_versions (goods_id, version, content, approved_at)
    VALUES (${goodsId}, 0, ${JSON.stringify(content)}, ${now})`.execute(tx);
  await sql`
    UPDATE catalog.products SET protocol = ${protocol}, production_url = ${productionUrl}, key_id = ${keyId}
    WHERE goods_id = ${goodsId}`.execute(tx);
}

export interface WireOf {
  readonly protocol: Protocol;
  /** both null exactly for `none` */
  readonly productionUrl: string | null;
  readonly keyId: string | null;
}

/** Ids of all parts that the product ever had (C2). */
export async function partIds(executor: Executor, goodsId: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT specification_id AS id FROM catalog.specifications WHERE goods_id = ${goodsId}
    UNION ALL SELECT sku_code::text FROM catalog.skus WHERE goods_id = ${goodsId}
    UNION ALL SELECT price_item_id FROM catalog.price_items WHERE goods_id = ${goodsId}`.execute(executor);
  return new Set(rows.map(({ id }) => id));
}

/** Groups of APIs that a specification has sold → which (section 9). */
export async function usedApiGroups(executor: Executor, assetIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; by: string }>`
    SELECT asset_id AS id, specification_id AS by FROM catalog.used_api_groups WHERE asset_id = ANY(${assetIds}::text[])`.execute(
    executor,
  );
  return new Map(rows.map(({ id, by }) => [id, by]));
}
