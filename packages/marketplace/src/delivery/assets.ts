/** What an asset's newest approved version gives to a delivery; frozen at the payment (L21). */
import type { Executor } from '../platform/database/database.ts';
import type { DeliveredFile } from './definition.ts';

export interface FrozenAsset {
  readonly assetId: string;
  readonly version: string;
  /** packages, data files */
  readonly file: DeliveredFile | null;
  /** models, charts */
  readonly reference: string | null;
  readonly apiGroupId: string | null;
  /** of an image */
  readonly sha256: string | null;
  /** where an image is ready */
  readonly regions: readonly { readonly regionId: string; readonly imageId: string }[];
}

/** By asset; one without an approved version is absent. */
export async function frozenAssets(
  _executor: Executor,
  _assetIds: readonly string[],
): Promise<ReadonlyMap<string, FrozenAsset>> {
  return new Map();
}
