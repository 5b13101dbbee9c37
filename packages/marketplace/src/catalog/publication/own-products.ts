/** Products as their seller finds them, whatever their state (S-30), and the facts behind a product's page. */
import { z } from 'zod';
import type { Scope } from '../../directory/index.ts';
import { type Executor, sql } from '../../platform/database/database.ts';
import { ACCESS_TYPES, type AccessType, LICENSE_VARIANTS, type LicenseVariant } from '../access-types.ts';
import { type LocalizedText, localizedText } from '../definition.ts';
import type { ProductState } from '../store.ts';
import { templateDue } from './access-faults.ts';
import type { DraftContent } from './draft.ts';
import type { ApplicationKind } from './model.ts';

export interface OwnProduct {
  readonly goodsId: string;
  readonly sellerId: string;
  readonly state: ProductState;
  readonly visibility: 'PUBLIC' | 'HIDDEN';
  /** 0 = never approved */
  readonly version: number;
  readonly createdAt: Date;
  readonly name: LocalizedText;
  readonly accessType: AccessType;
  readonly licenseVariant: LicenseVariant | null;
  readonly class: DraftContent['class'];
  readonly hasDraft: boolean;
  readonly openApplication: { readonly applicationId: string; readonly kind: ApplicationKind } | null;
  /** S-34, C61: on sale without the delivery template that is due by now */
  readonly templateMissing: boolean;
}

export interface OwnProductQuery {
  readonly scope: Scope;
  readonly q?: string | undefined;
  readonly accessType?: AccessType | undefined;
  readonly class?: DraftContent['class'] | undefined;
  readonly status?: ProductState | undefined;
  readonly visibility?: 'PUBLIC' | 'HIDDEN' | undefined;
  readonly goodsIds?: readonly string[] | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** members that a list shows; the rest of a version stays in the database */
const shown = z.object({
  name: localizedText,
  accessType: z.enum(ACCESS_TYPES),
  licenseVariant: z
    .enum(LICENSE_VARIANTS)
    .nullish()
    .transform((value) => value ?? null),
  class: z.enum(['GENERAL', 'JOINT', 'YANXUAN', 'YANXUAN_SELF', 'HUAWEI']),
  supervised: z.boolean(),
  hasTemplate: z.boolean(),
});

/** Newest first. A product that was never approved is shown as its draft has it. */
export async function ownProducts(executor: Executor, query: OwnProductQuery): Promise<OwnProduct[]> {
  const { scope } = query;
  if (scope.kind === 'buyer') return [];
  const conditions = [sql`true`];
  if (scope.kind === 'seller') conditions.push(sql`p.seller_id = ${scope.sellerId}`);
  if (scope.kind === 'seller' && scope.goodsIds) conditions.push(sql`p.goods_id = ANY(${scope.goodsIds}::text[])`);
  if (query.goodsIds) conditions.push(sql`p.goods_id = ANY(${query.goodsIds}::text[])`);
  if (query.status) conditions.push(sql`p.state = ${query.status}`);
  if (query.visibility) conditions.push(sql`p.visibility = ${query.visibility}`);
  if (query.accessType) conditions.push(sql`c.content->>'accessType' = ${query.accessType}`);
  if (query.class) conditions.push(sql`c.content->>'class' = ${query.class}`);
  if (query.q) {
    const words = query.q.toLowerCase();
    conditions.push(
      sql`(p.goods_id = ${query.q} OR strpos(lower((c.content#>>'{name,zh}') || ' ' || (c.content#>>'{name,en}')), ${words}) > 0)`,
    );
  }
  if (query.before) conditions.push(sql`(p.created_at, p.goods_id) < (${query.before.at}, ${query.before.id})`);
  const { rows } = await sql<
    Pick<OwnProduct, 'goodsId' | 'sellerId' | 'state' | 'visibility' | 'version' | 'createdAt' | 'hasDraft'> & {
      shown: unknown;
      applicationId: string | null;
      kind: ApplicationKind | null;
    }
  >`
    SELECT p.goods_id AS "goodsId", p.seller_id AS "sellerId", p.state, p.visibility, p.current_version AS version, p.created_at AS "createdAt",
      jsonb_build_object('name', c.content->'name', 'accessType', c.content->'accessType', 'licenseVariant', c.content->'licenseVariant',
        'class', c.content->'class', 'supervised', c.content->'supervised',
        'hasTemplate', coalesce(jsonb_typeof(c.content->'deliveryTemplate') = 'object', false)) AS shown,
      d.goods_id IS NOT NULL AS "hasDraft", a.application_id AS "applicationId", a.kind
    FROM catalog.products p
    LEFT JOIN catalog.drafts d ON d.goods_id = p.goods_id
    LEFT JOIN catalog.product_versions v ON v.goods_id = p.goods_id AND v.version = p.current_version AND v.version > 0
    LEFT JOIN catalog.applications a ON a.goods_id = p.goods_id AND a.state = 'PENDING'
    CROSS JOIN LATERAL (SELECT coalesce(v.content, d.content) AS content) c
    WHERE c.content IS NOT NULL AND ${sql.join(conditions, sql` AND `)}
    ORDER BY p.created_at DESC, p.goods_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows.map(({ shown: members, applicationId, kind, ...row }) => {
    const { supervised, hasTemplate, ...content } = shown.parse(members);
    return {
      ...row,
      ...content,
      openApplication: applicationId === null || kind === null ? null : { applicationId, kind },
      templateMissing:
        !hasTemplate &&
        (row.state === 'ON_SALE' || row.state === 'TRADE_FROZEN') &&
        templateDue({ ...content, supervised }),
    };
  });
}

/** Versions of a product with who approved them; newest first. */
export async function versionsOf(
  executor: Executor,
  goodsId: string,
): Promise<{ version: number; approvedAt: Date; approvedBy: string | null }[]> {
  const { rows } = await sql<{ version: number; approvedAt: Date; approvedBy: string | null }>`
    SELECT v.version, v.approved_at AS "approvedAt", a.decided_by AS "approvedBy"
    FROM catalog.product_versions v
    LEFT JOIN catalog.applications a ON a.goods_id = v.goods_id AND a.version = v.version AND a.state = 'APPROVED'
    WHERE v.goods_id = ${goodsId} AND v.version > 0 ORDER BY v.version DESC`.execute(executor);
  return rows;
}

export interface PartRow {
  readonly specificationId: string;
  readonly state: 'ON_SALE' | 'STOPPED';
  readonly visibility: 'PUBLIC' | 'HIDDEN';
  readonly skus: readonly { readonly skuCode: string; readonly state: 'ON_SALE' | 'STOPPED' }[];
}
export async function partsOf(executor: Executor, goodsId: string): Promise<PartRow[]> {
  const { rows } = await sql<Omit<PartRow, 'skus'> & { skuCode: string; skuState: 'ON_SALE' | 'STOPPED' }>`
    SELECT s.specification_id AS "specificationId", s.state, s.visibility, k.sku_code::text AS "skuCode", k.state AS "skuState"
    FROM catalog.specifications s JOIN catalog.skus k USING (specification_id)
    WHERE s.goods_id = ${goodsId} ORDER BY s.specification_id, k.sku_code`.execute(executor);
  const parts = new Map<string, PartRow>();
  for (const { skuCode, skuState, ...part } of rows) {
    const skus = parts.get(part.specificationId)?.skus ?? [];
    parts.set(part.specificationId, { ...part, skus: [...skus, { skuCode, state: skuState }] });
  }
  return [...parts.values()];
}
