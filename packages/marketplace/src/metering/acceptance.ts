/** Whether a record may be taken for its meter (openapi.md 5.2 rules 3, 5, 6; 8 rows 27, 32, 36, 37). Pure. */
import { OLDEST_USAGE_MS, type UsageRecord, type UsageRecordCode } from '@jishi/protocol';
import type { Meter, Span, UsagePackageFacts } from './definition.ts';

/** The record's code, or null when it may be taken. Duplicates are for the database to find. */
export function recordFault(
  { beginAt, endAt, packageInstanceId }: Pick<UsageRecord, 'beginAt' | 'endAt' | 'packageInstanceId'>,
  meter: Pick<Meter, 'openedAt' | 'closedAt' | 'frozen'>,
  packages: readonly UsagePackageFacts[],
  now: Date,
): UsageRecordCode | null {
  if (now.getTime() - beginAt.getTime() > OLDEST_USAGE_MS) return '007';
  if (beginAt > endAt || endAt > now || beginAt < meter.openedAt) return '011';
  if (meter.closedAt !== null && endAt > meter.closedAt) return '011';
  if (meter.frozen.some((span) => overlaps(span, beginAt, endAt))) return '013';
  if (packageInstanceId !== null && !packages.some(({ instanceId }) => instanceId === packageInstanceId)) return '001';
  return null;
}

/** C32, row 37: a buyer with a package that stops when it is used up is told which package to draw from, always. */
export const mustNamePackage = (
  { beginAt, packageInstanceId }: Pick<UsageRecord, 'beginAt' | 'packageInstanceId'>,
  packages: readonly UsagePackageFacts[],
): boolean => packageInstanceId === null && packages.some((each) => each.stopWhenUsedUp && holds(each, beginAt));

/** Is a package valid at that time? Its end is no part of it. */
export const holds = ({ from, to }: Span, at: Date): boolean => at >= from && (to === null || at < to);

/** Usage that ends when a freeze begins, or begins when it ends, is outside. */
const overlaps = ({ from, to }: Span, beginAt: Date, endAt: Date): boolean =>
  beginAt.getTime() === endAt.getTime() ? holds({ from, to }, beginAt) : endAt > from && (to === null || beginAt < to);
