/** Assets: what specifications deliver; checked before they may be sold. */
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
