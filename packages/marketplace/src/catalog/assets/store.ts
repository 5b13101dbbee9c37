/** SQL of assets and their versions. */
import type { Scope } from '../../directory/index.ts';
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import type { Site } from '../../platform/site.ts';
import type { AssetKind } from '../access-types.ts';
import type { FileRef } from '../definition.ts';
import type { AssetInfo, AssetSource, AssetState, RegionalCopy, ScanReport } from './definition.ts';

export interface Asset {
  readonly assetId: string;
  readonly sellerId: string;
  readonly site: Site;
  readonly kind: AssetKind;
  readonly name: string;
  readonly info: AssetInfo;
  readonly createdAt: Date;
}
export interface AssetVersion {
  readonly assetId: string;
  readonly version: string;
  readonly state: AssetState;
  /** exactly while SCANNING */
  readonly waitsFor: 'SCAN' | 'OPERATOR' | null;
  readonly source: AssetSource;
  readonly file: FileRef | null;
  readonly regions: readonly RegionalCopy[];
  readonly releaseNotes: string;
  readonly report: ScanReport | null;
  readonly submittedAt: Date;
  readonly submittedBy: string;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  /** when it is scanned or copied; null = nothing happens by itself */
  readonly nextAt: Date | null;
}

const ASSET = sql.raw(
  'a.asset_id AS "assetId", a.seller_id AS "sellerId", a.site, a.kind, a.name, a.info, a.created_at AS "createdAt"',
);
const VERSION = sql.raw(
  'v.asset_id AS "assetId", v.version, v.state, v.waits_for AS "waitsFor", v.source, v.file, v.regions, v.release_notes AS "releaseNotes", v.report, v.submitted_at AS "submittedAt", v.submitted_by AS "submittedBy", v.decided_at AS "decidedAt", v.decided_by AS "decidedBy", v.reason, v.next_at AS "nextAt"',
);

/** @returns false = its group of APIs is an asset already */
export async function insertAsset(tx: Tx, asset: Asset): Promise<boolean> {
  const result = await sql`
    INSERT INTO catalog.assets (asset_id, seller_id, site, kind, name, info, created_at)
    VALUES (${asset.assetId}, ${asset.sellerId}, ${asset.site}, ${asset.kind}, ${asset.name}, ${JSON.stringify(asset.info)}, ${asset.createdAt})
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0) > 0;
}

export async function updateAsset(tx: Tx, { assetId, name, info }: Asset): Promise<void> {
  await sql`UPDATE catalog.assets SET name = ${name}, info = ${JSON.stringify(info)} WHERE asset_id = ${assetId}`.execute(
    tx,
  );
}

/** @returns false = its source image is a version already */
export async function insertVersion(tx: Tx, version: AssetVersion): Promise<boolean> {
  const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
  const result = await sql`
    INSERT INTO catalog.asset_versions (asset_id, version, state, waits_for, source, file, regions, release_notes, report, submitted_at, submitted_by, next_at)
    VALUES (${version.assetId}, ${version.version}, ${version.state}, ${version.waitsFor}, ${json(version.source)}, ${json(version.file)}, ${json(version.regions)},
      ${version.releaseNotes}, ${json(version.report)}, ${version.submittedAt}, ${version.submittedBy}, ${version.nextAt})
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0) > 0;
}

/** What changes in the life of a version; what it was made of never does. */
export async function saveVersion(tx: Tx, version: AssetVersion): Promise<void> {
  await sql`
    UPDATE catalog.asset_versions SET state = ${version.state}, waits_for = ${version.waitsFor}, regions = ${JSON.stringify(version.regions)},
      report = ${version.report === null ? null : JSON.stringify(version.report)}, decided_at = ${version.decidedAt}, decided_by = ${version.decidedBy},
      reason = ${version.reason}, next_at = ${version.nextAt}
    WHERE asset_id = ${version.assetId} AND version = ${version.version}`.execute(tx);
}

const visible = (scope: Scope) =>
  scope.kind === 'all' ? sql`true` : scope.kind === 'seller' ? sql`a.seller_id = ${scope.sellerId}` : sql`false`;

/** @param lock for a change: versions of the asset come and go one after the other */
export async function assetById(
  executor: Executor,
  assetId: string,
  scope: Scope,
  lock = false,
): Promise<Asset | null> {
  const { rows } = await sql<Asset>`
    SELECT ${ASSET} FROM catalog.assets a WHERE a.asset_id = ${assetId} AND ${visible(scope)} ${lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  return rows[0] ?? null;
}

export interface AssetListQuery {
  readonly scope: Scope;
  readonly kind?: AssetKind | undefined;
  readonly state?: AssetState | undefined;
  readonly q?: string | undefined;
  readonly sellerId?: string | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** Newest first. */
export async function listAssets(executor: Executor, query: AssetListQuery): Promise<Asset[]> {
  const conditions = [visible(query.scope)];
  if (query.kind) conditions.push(sql`a.kind = ${query.kind}`);
  if (query.sellerId) conditions.push(sql`a.seller_id = ${query.sellerId}`);
  if (query.state)
    conditions.push(
      sql`EXISTS (SELECT 1 FROM catalog.asset_versions v WHERE v.asset_id = a.asset_id AND v.state = ${query.state})`,
    );
  if (query.q) conditions.push(sql`position(lower(${query.q}) IN lower(a.name || ' ' || a.asset_id)) > 0`);
  if (query.before) conditions.push(sql`(a.created_at, a.asset_id) < (${query.before.at}, ${query.before.id}::uuid)`);
  const { rows } = await sql<Asset>`
    SELECT ${ASSET} FROM catalog.assets a WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY a.created_at DESC, a.asset_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows;
}

/** Newest first, asset by asset. */
export async function versionsOf(executor: Executor, assetIds: readonly string[]): Promise<AssetVersion[]> {
  if (assetIds.length === 0) return [];
  const { rows } = await sql<AssetVersion>`
    SELECT ${VERSION} FROM catalog.asset_versions v WHERE v.asset_id = ANY(${[...assetIds]}::uuid[]) ORDER BY v.asset_id, v.seq DESC`.execute(
    executor,
  );
  return rows;
}

/** The newest approved version of each asset, with the asset; others are absent. */
export async function approvedOf(
  executor: Executor,
  assetIds: readonly string[],
): Promise<{ asset: Asset; version: AssetVersion }[]> {
  const { rows: assets } = await sql<Asset>`
    SELECT ${ASSET} FROM catalog.assets a WHERE a.asset_id = ANY(${[...assetIds]}::uuid[])`.execute(executor);
  const { rows: versions } = await sql<AssetVersion>`
    SELECT DISTINCT ON (v.asset_id) ${VERSION} FROM catalog.asset_versions v
    WHERE v.asset_id = ANY(${[...assetIds]}::uuid[]) AND v.state = 'APPROVED' ORDER BY v.asset_id, v.seq DESC`.execute(
    executor,
  );
  return assets.flatMap((asset) => {
    const version = versions.find(({ assetId }) => assetId === asset.assetId);
    return version ? [{ asset, version }] : [];
  });
}

/**
 * Takes versions that are due and puts them off until `until`, so that other workers leave them alone; a worker that
 * dies meanwhile leaves them to the next one.
 */
export async function takeDueVersions(
  executor: Executor,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<AssetVersion[]> {
  const { rows } = await sql<AssetVersion>`
    UPDATE catalog.asset_versions v SET next_at = ${until} FROM (
      SELECT asset_id, version FROM catalog.asset_versions WHERE next_at <= ${now} ORDER BY next_at, seq LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) due WHERE v.asset_id = due.asset_id AND v.version = due.version RETURNING ${VERSION}`.execute(executor);
  return rows;
}

/** Specifications on sale, or once on sale, that name the asset. */
export async function usesOf(
  executor: Executor,
  assetId: string,
): Promise<{ readonly goodsId: string; readonly specificationId: string }[]> {
  const { rows } = await sql<{ goodsId: string; specificationId: string }>`
    SELECT DISTINCT v.goods_id AS "goodsId", s->>'specificationId' AS "specificationId"
    FROM catalog.products p JOIN catalog.product_versions v ON v.goods_id = p.goods_id AND v.version > 0,
         jsonb_array_elements(v.content->'specifications') s
    WHERE p.seller_id = (SELECT seller_id FROM catalog.assets WHERE asset_id = ${assetId}) AND s->>'assetId' = ${assetId}
    ORDER BY 1, 2 LIMIT 100`.execute(executor);
  return rows;
}

/** Of these, the API groups that a specification has sold (section 9). */
export async function usedUp(executor: Executor, assetIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT asset_id AS id FROM catalog.used_api_groups WHERE asset_id = ANY(${[...assetIds]}::text[])`.execute(
    executor,
  );
  return new Set(rows.map(({ id }) => id));
}
