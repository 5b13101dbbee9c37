/** Assets: what specifications deliver; checked before they may be sold (L18, L21–L25, section 9). */
export { type ApprovedAsset, approvedAsset, approvedAssets, checksumOf, referenceOf } from './approved.ts';
export {
  addRegions,
  addVersion,
  type BySeller,
  changeAsset,
  createAsset,
  decideVersion,
  type NewVersion,
} from './commands.ts';
export {
  ASSET_STATES,
  type AssetInfo,
  type AssetSource,
  type AssetState,
  assetInfo,
  assetSource,
  assetVersionName,
  COPY_STATES,
  type CopyState,
  IMAGE_ORIGINS,
  type RegionalCopy,
  type ScanCheck,
  type ScanReport,
} from './definition.ts';
export { type Region, regionName, regionsOf } from './regions.ts';
export type { Decision as AssetDecision } from './rules.ts';
export { builtInScanner, type Scanner } from './scanner.ts';
export { ASSET_VERSIONS, assetsSchema } from './schema.ts';
export { type ImageCopier, recordingCopier, stepAssets } from './stepping.ts';
export {
  type Asset,
  type AssetListQuery,
  type AssetVersion,
  assetById,
  listAssets,
  usedUp as usedApiGroupAssets,
  usesOf as usesOfAsset,
  versionsOf as versionsOfAssets,
} from './store.ts';
