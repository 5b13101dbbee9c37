/**
 * What happens to versions by itself: scanned, then, if an image, copied into its regions. Looking and copying take
 * long, so both are done outside a transaction; the outcome is committed if nobody has decided meanwhile.
 */
import { createHash } from 'node:crypto';
import { inTransaction } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import type { RegionalCopy } from './definition.ts';
import { scanned } from './rules.ts';
import type { Scanner } from './scanner.ts';
import { type AssetVersion, assetById, saveVersion, takeDueVersions, versionsOf } from './store.ts';

/** Copies private images between regions; a cloud of one's own implements it, the recording one makes up ids. */
export interface ImageCopier {
  /** @returns id of the copy; the same for a repeat. @throws when the cloud can not be asked now */
  copy(sourceImageId: string, regionId: string): Promise<string>;
}

/** Without a cloud: a copy's id is computed from what is copied where. */
export const recordingCopier: ImageCopier = {
  copy(sourceImageId, regionId) {
    const hex = createHash('sha256').update(`${sourceImageId}\n${regionId}`).digest('hex');
    const groups = [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ];
    return Promise.resolve(groups.join('-'));
  },
};

const BATCH = 4;
/** A package of 20 GiB is read in minutes; what is not done then is begun again. */
const TAKEN_MS = 3_600_000;
const PUT_OFF_MS = 60_000;

/** Does one batch of what is due. @returns how many were due */
export async function stepAssets(platform: Platform, scanner: Scanner, copier: ImageCopier): Promise<number> {
  const now = platform.clock.now();
  const until = new Date(now.getTime() + TAKEN_MS);
  const due = await takeDueVersions(platform.db, { now, until, limit: BATCH });
  for (const version of due) {
    try {
      await step(platform, version, scanner, copier);
    } catch (error) {
      platform.log.error(
        { err: error, assetId: version.assetId, version: version.version },
        'an asset could not be looked at; it is tried again',
      );
      await save(platform, version, (current) => ({
        ...current,
        nextAt: new Date(platform.clock.now().getTime() + PUT_OFF_MS),
      }));
    }
  }
  return due.length;
}

async function step(platform: Platform, version: AssetVersion, scanner: Scanner, copier: ImageCopier): Promise<void> {
  if (version.waitsFor === 'SCAN') {
    const asset = await assetById(platform.db, version.assetId, { kind: 'all' });
    if (!asset) throw new Error(`version of an unknown asset ${version.assetId}`);
    const checks = await scanner.scan(asset, version);
    const now = platform.clock.now();
    const report = { scanner: scanner.name, scannedAt: now.toISOString(), checks };
    return save(platform, version, (current) =>
      current.waitsFor === 'SCAN' ? scanned(current, report, now) : current,
    );
  }
  const { source } = version;
  const made = new Map<string, string>();
  if (source.kind === 'IMAGE')
    for (const { regionId } of version.regions.filter(({ status }) => status === 'COPYING'))
      made.set(regionId, await copier.copy(source.sourceImageId, regionId));
  const after = (copy: RegionalCopy): RegionalCopy => {
    const imageId = made.get(copy.regionId);
    return imageId === undefined ? copy : { ...copy, imageId, status: 'ACTIVE' };
  };
  await save(platform, version, (current) => {
    const regions = current.regions.map(after);
    // a region that was added meanwhile has its turn next
    const isWaiting = current.state === 'APPROVED' && regions.some(({ status }) => status === 'COPYING');
    return { ...current, regions, nextAt: isWaiting ? platform.clock.now() : null };
  });
}

async function save(
  platform: Platform,
  { assetId, version }: AssetVersion,
  change: (current: AssetVersion) => AssetVersion,
): Promise<void> {
  await inTransaction(platform.db, async (tx) => {
    await assetById(tx, assetId, { kind: 'all' }, true);
    const current = (await versionsOf(tx, [assetId])).find((each) => each.version === version);
    if (current) await saveVersion(tx, change(current));
  });
}
