/** What is refused before anything is scanned, and what a decision makes of a version. Pure. */
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { Site } from '../../platform/site.ts';
import type { AssetInfo, AssetSource, ScanReport } from './definition.ts';
import { regionsOf } from './regions.ts';
import type { AssetVersion } from './store.ts';

/** A version of these is released by an operator who has tried it (section 9: tested, approved). */
const TESTED_BY_OPERATOR: readonly AssetInfo['kind'][] = ['AI_MODEL'];

/** @returns the first rule that is broken */
export function submissionFault(site: Site, info: AssetInfo, source: AssetSource): Result<null> {
  if (info.kind !== source.kind)
    return refuse('ASSET_KIND', `a version of ${info.kind} is not made of ${source.kind}`, { kind: info.kind });
  if (source.kind === 'IMAGE' && source.origin !== 'PRIVATE_SYSTEM_DISK')
    return refuse(
      'IMAGE_ORIGIN',
      'L22: only a private system-disk image made from a public image is taken; no data disk, full machine, ISO, encrypted, shared, published or rebuilt image',
      { origin: source.origin },
    );
  const regions = source.kind === 'IMAGE' ? source.regions : info.kind === 'API_GROUP' ? [info.regionId] : [];
  return regionFault(site, regions) ?? ok(null);
}

export function regionFault(site: Site, regions: readonly string[]): Result<never> | null {
  const known = regionsOf(site).map(({ regionId }) => regionId);
  const foreign = regions.find((each) => !known.includes(each));
  if (foreign !== undefined)
    return refuse('ASSET_REGION', `L24: the site ${site} has no region ${foreign}`, { regionId: foreign });
  return new Set(regions).size < regions.length ? refuse('ASSET_REGION', 'L24: a region stands twice') : null;
}

/** What the scanner found decides; where an operator tests, a clean scan is only the first half. */
export function scanned(version: AssetVersion, report: ScanReport, now: Date): AssetVersion {
  const seen = { ...version, report };
  if (report.checks.some(({ passed }) => !passed)) return ended(seen, 'REJECTED', 'scan', now);
  if (TESTED_BY_OPERATOR.includes(version.source.kind)) return { ...seen, waitsFor: 'OPERATOR', nextAt: null };
  return ended(seen, 'APPROVED', 'scan', now);
}

export interface Decision {
  readonly approve: boolean;
  readonly reason: string;
  readonly by: string;
}

/** An operator approves what was tested, and rejects that or what was approved before: something was found since. */
export function decided(version: AssetVersion, { approve, reason, by }: Decision, now: Date): Result<AssetVersion> {
  const open = approve
    ? version.waitsFor === 'OPERATOR'
    : version.waitsFor === 'OPERATOR' || version.state === 'APPROVED';
  if (!open)
    return refuse('ASSET_STATE', `a version that is ${version.state} can not be decided so`, { state: version.state });
  if (!approve && reason === '') return refuse('REASON_MISSING', 'a rejection needs a reason');
  return ok({ ...ended(version, approve ? 'APPROVED' : 'REJECTED', by, now), reason: reason === '' ? null : reason });
}

function ended(version: AssetVersion, state: 'APPROVED' | 'REJECTED', by: string, now: Date): AssetVersion {
  const copies = state === 'APPROVED' && version.regions.some(({ status }) => status === 'COPYING');
  return { ...version, state, waitsFor: null, decidedAt: now, decidedBy: by, nextAt: copies ? now : null };
}
