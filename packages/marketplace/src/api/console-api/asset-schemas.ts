/** What the console API says and hears about assets: what specifications deliver (L18, L21–L25, section 9). */
import { z } from 'zod';
import {
  ASSET_KINDS,
  ASSET_STATES,
  assetInfo,
  assetSource,
  assetVersionName,
  COPY_STATES,
} from '../../catalog/index.ts';
import { keptFile } from './file-schemas.ts';
import { instant, localized, pageQuery, uuidCursor } from './schemas.ts';

const id = z.string().min(1).max(64);

export const assetKind = z.enum(ASSET_KINDS);
export const assetState = z.enum(ASSET_STATES);
const releaseNotes = z.string().trim().max(2_000).default('');

export const newAssetVersion = z.strictObject({ version: assetVersionName, releaseNotes, source: assetSource });
/** `info.kind` and `version.source.kind` must be the same. */
export const newAsset = z.strictObject({
  name: z.string().trim().min(1).max(100),
  info: assetInfo,
  version: newAssetVersion,
});
export const changeAsset = z.strictObject({ name: z.string().trim().min(1).max(100), info: assetInfo });
export const addAssetRegions = z.strictObject({ regions: z.array(z.string().min(1).max(32)).min(1).max(50) });
export const decideAsset = z.strictObject({
  approve: z.boolean(),
  /** told to the seller; needed when it is rejected */
  reason: z.string().trim().max(500).default(''),
});

export const assetQuery = pageQuery.extend({
  cursor: uuidCursor,
  kind: assetKind.optional(),
  /** of any of its versions */
  state: assetState.optional(),
  /** part of the name or the id */
  q: z.string().trim().max(100).optional(),
  /** operators: one seller's */
  sellerId: id.optional(),
});

export const regionalCopy = z.object({
  regionId: z.string(),
  name: localized,
  imageId: z.string().nullable(),
  status: z.enum(COPY_STATES),
});
export const scanCheck = z.object({ check: z.string(), rule: z.string(), passed: z.boolean(), message: localized });
export const assetVersion = z
  .object({
    version: z.string(),
    state: assetState,
    /** who is waited for while it is SCANNING */
    waitsFor: z.enum(['SCAN', 'OPERATOR']).nullable(),
    /** package or data file */
    file: keptFile.nullable(),
    /** source image, model or chart reference */
    reference: z.string().nullable(),
    sha256: z.string().nullable(),
    sizeBytes: z.number().nullable(),
    /** images only */
    regions: z.array(regionalCopy),
    releaseNotes: z.string(),
    report: z.object({ scanner: z.string(), scannedAt: instant, checks: z.array(scanCheck) }).nullable(),
    submittedAt: instant,
    decidedAt: instant.nullable(),
    /** of a rejection by hand */
    reason: z.string().nullable(),
  })
  .openapi('AssetVersion');
export const assetCard = z
  .object({
    assetId: z.string(),
    kind: assetKind,
    name: z.string(),
    seller: z.object({ sellerId: z.string(), name: z.string() }),
    createdAt: instant,
    /** newest of all; what waits or was rejected shows here */
    latest: assetVersion,
    /** newest approved version: what is sold; null = can not be chosen yet */
    approvedVersion: z.string().nullable(),
    /** an API group that a specification uses or used once (section 9): it can not be chosen again */
    usedUp: z.boolean(),
  })
  .openapi('AssetCard');
export const assetPage = z.object({ items: z.array(assetCard), nextCursor: z.string().nullable() });
export const assetDetails = assetCard
  .omit({ latest: true })
  .extend({
    info: assetInfo,
    /** newest first */
    versions: z.array(assetVersion),
    /** products whose specifications name it */
    uses: z.array(z.object({ goodsId: z.string(), specificationId: z.string() })),
  })
  .openapi('Asset');
/** Where images of this site can be offered (L24). */
export const assetRegions = z.object({ items: z.array(z.object({ regionId: z.string(), name: localized })) });

export type AssetKindView = z.infer<typeof assetKind>;
export type AssetStateView = z.infer<typeof assetState>;
export type AssetCardView = z.infer<typeof assetCard>;
export type AssetDetailsView = z.infer<typeof assetDetails>;
export type AssetVersionView = z.infer<typeof assetVersion>;
export type AssetInfoView = z.infer<typeof assetInfo>;
export type AssetSourceView = z.input<typeof assetSource>;
export type NewAssetView = z.input<typeof newAsset>;
export type NewAssetVersionView = z.input<typeof newAssetVersion>;
export type AssetRegionsView = z.infer<typeof assetRegions>;
