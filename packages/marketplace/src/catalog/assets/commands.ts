/** What sellers do with assets, and what operators decide: one transaction each. */
import type { Scope } from '../../directory/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { claimFile } from '../../platform/files/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import type { FileRef } from '../definition.ts';
import type { AssetInfo, AssetSource } from './definition.ts';
import { type Decision, decided, regionFault, submissionFault } from './rules.ts';
import {
  type Asset,
  type AssetVersion,
  assetById,
  insertAsset,
  insertVersion,
  saveVersion,
  updateAsset,
  versionsOf,
} from './store.ts';

export interface NewVersion {
  readonly version: string;
  readonly releaseNotes: string;
  readonly source: AssetSource;
}
/** Who does it: a seller for itself, whose user is named as the one who submitted. */
export interface BySeller {
  readonly sellerId: string;
  readonly userId: string;
}

/** Versions are kept for ever; this many an asset is a release a day for a year. */
const MOST_VERSIONS = 400;

/** An asset with its first version, which is scanned next. */
export async function createAsset(
  platform: Platform,
  tx: Tx,
  wanted: { readonly by: BySeller; readonly name: string; readonly info: AssetInfo; readonly version: NewVersion },
  now: Date,
): Promise<Result<Asset>> {
  const { by, name, info, version } = wanted;
  const { site } = platform.config;
  const fault = submissionFault(site, info, version.source);
  if (!fault.ok) return fault;
  const asset: Asset = {
    assetId: uuid(platform.random),
    sellerId: by.sellerId,
    site,
    kind: info.kind,
    name,
    info,
    createdAt: now,
  };
  if (!(await insertAsset(tx, asset))) return GROUP_TAKEN;
  const added = await submit(tx, asset, by, version, now);
  return added.ok ? ok(asset) : added;
}

/** A next version; the versions before it stay as they are, and what was sold of them too (L21). */
export async function addVersion(
  platform: Platform,
  tx: Tx,
  wanted: { readonly assetId: string; readonly by: BySeller; readonly version: NewVersion },
  now: Date,
): Promise<Result<Asset>> {
  const asset = await ownAsset(tx, wanted.assetId, wanted.by);
  if (!asset.ok) return asset;
  const fault = submissionFault(platform.config.site, asset.value.info, wanted.version.source);
  if (!fault.ok) return fault;
  const versions = await versionsOf(tx, [asset.value.assetId]);
  if (versions.some((each) => each.version === wanted.version.version))
    return refuse('VERSION_EXISTS', `the asset has a version ${wanted.version.version} already`);
  if (versions.length >= MOST_VERSIONS) return refuse('TOO_MANY', `an asset has at most ${MOST_VERSIONS} versions`);
  const added = await submit(tx, asset.value, wanted.by, wanted.version, now);
  return added.ok ? asset : added;
}

/** Name, recommended security group and the like; the kind and the group of APIs never change. */
export async function changeAsset(
  tx: Tx,
  wanted: { readonly assetId: string; readonly by: BySeller; readonly name: string; readonly info: AssetInfo },
): Promise<Result<Asset>> {
  const found = await ownAsset(tx, wanted.assetId, wanted.by);
  if (!found.ok) return found;
  const { info } = found.value;
  if (
    info.kind !== wanted.info.kind ||
    (info.kind === 'API_GROUP' && JSON.stringify(info) !== JSON.stringify(wanted.info))
  )
    return refuse('ASSET_KIND', 'kind and API group of an asset do not change', { kind: info.kind });
  const asset = { ...found.value, name: wanted.name, info: wanted.info };
  await updateAsset(tx, asset);
  return ok(asset);
}

/** L23, L24: further regions for an image that is not rejected. */
export async function addRegions(
  platform: Platform,
  tx: Tx,
  wanted: {
    readonly assetId: string;
    readonly version: string;
    readonly by: BySeller;
    readonly regions: readonly string[];
  },
  now: Date,
): Promise<Result<Asset>> {
  const asset = await ownAsset(tx, wanted.assetId, wanted.by);
  if (!asset.ok) return asset;
  const version = await versionIn(tx, wanted);
  if (!version.ok) return version;
  const { state, source, regions } = version.value;
  if (source.kind !== 'IMAGE')
    return refuse('ASSET_KIND', 'only images are copied into regions', { kind: source.kind });
  if (state === 'REJECTED') return refuse('ASSET_STATE', 'a rejected version is not copied', { state });
  const fault = regionFault(platform.config.site, [...regions.map(({ regionId }) => regionId), ...wanted.regions]);
  if (fault) return fault;
  const more = wanted.regions.map((regionId) => ({ regionId, imageId: null, status: 'COPYING' as const }));
  const nextAt = state === 'APPROVED' ? now : version.value.nextAt;
  await saveVersion(tx, { ...version.value, regions: [...regions, ...more], nextAt });
  return asset;
}

/** An operator's word: approves what was tested, rejects that or what turned out to be bad (section 9, L25). */
export async function decideVersion(
  tx: Tx,
  wanted: { readonly assetId: string; readonly version: string; readonly scope: Scope; readonly decision: Decision },
  now: Date,
): Promise<Result<Asset>> {
  const asset = isUuid(wanted.assetId) ? await assetById(tx, wanted.assetId, wanted.scope, true) : null;
  if (!asset) return refuse('NOT_FOUND', 'there is no such asset');
  const version = await versionIn(tx, wanted);
  if (!version.ok) return version;
  const after = decided(version.value, wanted.decision, now);
  if (!after.ok) return after;
  await saveVersion(tx, after.value);
  return ok(asset);
}

const GROUP_TAKEN = refuse('API_GROUP_TAKEN', 'section 9: this API group is an asset already; one group is one asset');
const IMAGE_TAKEN = refuse('IMAGE_ORIGIN', 'L22: this source image is a version already; make a new private image');

async function submit(tx: Tx, asset: Asset, by: BySeller, wanted: NewVersion, now: Date): Promise<Result<null>> {
  const { source, version, releaseNotes } = wanted;
  const file = await claimedFile(tx, by, source);
  if (!file.ok) return file;
  const regions =
    source.kind === 'IMAGE'
      ? source.regions.map((regionId) => ({ regionId, imageId: null, status: 'COPYING' as const }))
      : [];
  const added: AssetVersion = {
    ...{ assetId: asset.assetId, version, source, regions, releaseNotes, file: file.value },
    ...{ state: 'SCANNING', waitsFor: 'SCAN', report: null, nextAt: now },
    ...{ submittedAt: now, submittedBy: by.userId, decidedAt: null, decidedBy: null, reason: null },
  };
  return (await insertVersion(tx, added)) ? ok(null) : IMAGE_TAKEN;
}

async function claimedFile(tx: Tx, by: BySeller, source: AssetSource): Promise<Result<FileRef | null>> {
  if (source.kind !== 'APPLICATION' && source.kind !== 'DATA_FILE') return ok(null);
  const purpose = source.kind === 'APPLICATION' ? 'PACKAGE' : 'DATA';
  return claimFile(tx, source.fileId, { kind: 'seller', id: by.sellerId }, purpose);
}

async function ownAsset(tx: Tx, assetId: string, { sellerId }: BySeller): Promise<Result<Asset>> {
  const scope = { kind: 'seller' as const, sellerId, goodsIds: null };
  const asset = isUuid(assetId) ? await assetById(tx, assetId, scope, true) : null;
  return asset ? ok(asset) : refuse('NOT_FOUND', 'there is no such asset');
}

async function versionIn(
  tx: Tx,
  { assetId, version }: { readonly assetId: string; readonly version: string },
): Promise<Result<AssetVersion>> {
  const found = (await versionsOf(tx, [assetId])).find((each) => each.version === version);
  return found ? ok(found) : refuse('NOT_FOUND', 'the asset has no such version');
}
