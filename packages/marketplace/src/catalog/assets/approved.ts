/** What specifications may sell and deliveries hand over: the newest approved version of each asset (L21, L25). */
import type { Executor } from '../../platform/database/database.ts';
import { isUuid } from '../../platform/uuid.ts';
import type { AssetKind } from '../access-types.ts';
import type { FileRef } from '../definition.ts';
import { type Asset, type AssetVersion, approvedOf } from './store.ts';

export interface ApprovedAsset {
  readonly assetId: string;
  readonly sellerId: string;
  readonly kind: AssetKind;
  readonly name: string;
  readonly version: string;
  /** packages, data files */
  readonly file: FileRef | null;
  /** models, charts and container images */
  readonly reference: string | null;
  readonly apiGroupId: string | null;
  /** of file, image or referenced content */
  readonly sha256: string | null;
  /** where an image is ready; a new version's regions take a moment */
  readonly regions: readonly { readonly regionId: string; readonly imageId: string }[];
}

/** By asset; one that is unknown or has no approved version is absent. */
export async function approvedAssets(
  executor: Executor,
  assetIds: readonly string[],
): Promise<ReadonlyMap<string, ApprovedAsset>> {
  const ids = assetIds.filter(isUuid);
  if (ids.length === 0) return new Map();
  const found = await approvedOf(executor, ids);
  return new Map(found.map(({ asset, version }) => [asset.assetId, approved(asset, version)]));
}

export async function approvedAsset(executor: Executor, assetId: string): Promise<ApprovedAsset | null> {
  return (await approvedAssets(executor, [assetId])).get(assetId) ?? null;
}

function approved(
  { assetId, sellerId, kind, name, info }: Asset,
  { version, file, source, regions }: AssetVersion,
): ApprovedAsset {
  return {
    ...{ assetId, sellerId, kind, name, version, file },
    reference: referenceOf(source),
    apiGroupId: info.kind === 'API_GROUP' ? info.groupId : null,
    sha256: checksumOf(source, file),
    regions: regions.flatMap(({ regionId, imageId }) => (imageId === null ? [] : [{ regionId, imageId }])),
  };
}

/** Of a model, a chart, a container image, or the image that a version was made from. */
export const referenceOf = (source: AssetVersion['source']): string | null =>
  source.kind === 'AI_MODEL' || source.kind === 'CONTAINER' ? source.reference : null;

export function checksumOf(source: AssetVersion['source'], file: FileRef | null): string | null {
  if (source.kind === 'IMAGE') return source.sha256;
  if (source.kind === 'CONTAINER') return source.reference.slice(-64);
  return file?.sha256 ?? null;
}
