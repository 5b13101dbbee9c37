/** Assets as the consoles show them. */
import type { z } from 'zod';
import { type Asset, type AssetVersion, checksumOf, regionName } from '../../catalog/index.ts';
import type { Site } from '../../platform/site.ts';
import type { assetCard, assetDetails, assetVersion } from './asset-schemas.ts';

interface Facts {
  /** its name */
  readonly seller: string;
  readonly usedUp: boolean;
}

/** @param versions newest first. @returns null for an asset without a version, of which there is none */
export function presentAssetCard(
  asset: Asset,
  versions: readonly AssetVersion[],
  facts: Facts,
): z.infer<typeof assetCard> | null {
  const [latest] = versions;
  return latest ? { ...common(asset, versions, facts), latest: presentVersion(latest, asset.site) } : null;
}

export function presentAsset(
  asset: Asset,
  versions: readonly AssetVersion[],
  facts: Facts,
  uses: readonly { readonly goodsId: string; readonly specificationId: string }[],
): z.infer<typeof assetDetails> {
  return {
    ...common(asset, versions, facts),
    info: asset.info,
    versions: versions.map((version) => presentVersion(version, asset.site)),
    uses: [...uses],
  };
}

const common = (asset: Asset, versions: readonly AssetVersion[], { seller, usedUp }: Facts) => ({
  assetId: asset.assetId,
  kind: asset.kind,
  name: asset.name,
  seller: { sellerId: asset.sellerId, name: seller },
  createdAt: asset.createdAt.toISOString(),
  approvedVersion: versions.find(({ state }) => state === 'APPROVED')?.version ?? null,
  usedUp,
});

function presentVersion(version: AssetVersion, site: Site): z.infer<typeof assetVersion> {
  const { source, file, report } = version;
  const reference = source.kind === 'IMAGE' ? source.sourceImageId : 'reference' in source ? source.reference : null;
  return {
    version: version.version,
    state: version.state,
    waitsFor: version.waitsFor,
    file,
    reference,
    sha256: checksumOf(source, file),
    sizeBytes: source.kind === 'IMAGE' ? source.sizeBytes : (file?.size ?? null),
    regions: version.regions.map((copy) => ({ ...copy, name: { ...regionName(site, copy.regionId) } })),
    releaseNotes: version.releaseNotes,
    report: report && {
      ...report,
      checks: report.checks.map((check) => ({ ...check, message: { ...check.message } })),
    },
    submittedAt: version.submittedAt.toISOString(),
    decidedAt: version.decidedAt?.toISOString() ?? null,
    reason: version.reason,
  };
}
