/** What the routes of assets need of a seller: an image with one version, and bodies that make more of them. */
import { randomUUID } from 'node:crypto';
import { createAsset } from '../../packages/marketplace/src/catalog/index.ts';
import { inTransaction } from '../../packages/marketplace/src/platform/database/database.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';

export const imageInfo = {
  kind: 'IMAGE' as const,
  osType: 'LINUX' as const,
  osVersion: 'openEuler 24.03',
  arch: 'x86_64' as const,
  minDiskGiB: 40,
  minRamMiB: 2048,
  agency: 'marketplace',
  securityGroup: [],
};
/** A version from an image that nobody has used yet. */
export const imageVersion = (version: string) => ({
  version,
  releaseNotes: '',
  source: {
    kind: 'IMAGE' as const,
    origin: 'PRIVATE_SYSTEM_DISK' as const,
    sourceImageId: randomUUID(),
    sizeBytes: 1_000_000,
    sha256: 'a'.repeat(64),
    regions: ['cn-north-4'],
    vulnerabilities: [],
  },
});

/** @returns the asset's id; its version is 1.0 */
export async function imageOf(platform: Platform, sellerId: string): Promise<string> {
  const by = { sellerId, userId: 'dev' };
  const wanted = { by, name: 'An image', info: imageInfo, version: imageVersion('1.0') };
  const made = await inTransaction(platform.db, (tx) => createAsset(platform, tx, wanted, platform.clock.now()));
  if (!made.ok) throw new Error(`asset refused: ${made.refusal.code}`);
  return made.value.assetId;
}
