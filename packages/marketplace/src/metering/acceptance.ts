/** Whether a record may be taken for its meter (openapi.md 5.2 rules 3, 5, 6; 8 rows 27, 32, 36, 37). Pure; instants in milliseconds. */
import { OLDEST_USAGE_MS, type UsageRecord, type UsageRecordCode } from '@jishi/protocol';
import type { Span, UsagePackageFacts } from './definition.ts';

/** The record's code, or null when it may be taken. Duplicates are for the database to find. */
export function recordFault(
  { beginMs, endMs, packageInstanceId }: Pick<UsageRecord, 'beginMs' | 'endMs' | 'packageInstanceId'>,
  meter: { readonly openedMs: number; readonly closedMs: number | null; readonly frozen: readonly Span[] },
  packages: readonly UsagePackageFacts[],
  nowMs: number,
): UsageRecordCode | null {
  if (nowMs - beginMs > OLDEST_USAGE_MS) return '007';
  if (beginMs > endMs || endMs > nowMs || beginMs < wholeSecond(meter.openedMs)) return '011';
  if (meter.closedMs !== null && endMs > meter.closedMs) return '011';
  if (meter.frozen.some((span) => overlaps(span, beginMs, endMs))) return '013';
  if (packageInstanceId !== null && !packages.some(({ instanceId }) => instanceId === packageInstanceId)) return '001';
  return null;
}

/** Times of records have whole seconds: usage may begin in the very second in which the service was opened. */
const wholeSecond = (ms: number): number => Math.floor(ms / 1_000) * 1_000;

/** C32, row 37: a buyer with a package that stops when it is used up is told which package to draw from, always. */
export const mustNamePackage = (
  { beginMs, packageInstanceId }: Pick<UsageRecord, 'beginMs' | 'packageInstanceId'>,
  packages: readonly UsagePackageFacts[],
): boolean => packageInstanceId === null && packages.some((each) => each.stopWhenUsedUp && holds(each, beginMs));

/** Is a package valid at that time? Its end is no part of it. */
export const holds = ({ from, to }: Span, atMs: number): boolean =>
  atMs >= from.getTime() && (to === null || atMs < to.getTime());

/** Usage that ends when a freeze begins, or begins when it ends, is outside. */
const overlaps = (span: Span, beginMs: number, endMs: number): boolean =>
  beginMs === endMs
    ? holds(span, beginMs)
    : endMs > span.from.getTime() && (span.to === null || beginMs < span.to.getTime());
