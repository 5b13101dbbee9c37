/** When usage is billed, and which times quotas and steps are counted over. Pure; all local times are those of the site. */
import { daysLater, hourOfDay, localStart, SITES, type Site } from '../platform/site.ts';
import type { UsagePackageFacts, UsageTerms } from './definition.ts';

const HOUR_MS = 3_600_000;
/** S3-21: hourly usage is expected within 2 hours after its hour, daily usage until 01:00 of the next day. */
const HOURLY_LIMIT_MS = 2 * HOUR_MS;
const DAILY_HOUR = 1;

export interface BillingTime {
  readonly at: Date;
  /** it came after its limit: its charge slips (S3-21) */
  readonly late: boolean;
}

/**
 * When a record is billed: two hours after the hour, or at 01:00 after the day, in which its usage ended; one that comes later
 * is billed with what is billed next: at the next full hour, or a day later.
 */
export function billingTime(endAt: Date, receivedAt: Date, { cycle }: UsageTerms, site: Site): BillingTime {
  if (cycle === 'hour') {
    const at = new Date(nextHour(endAt.getTime()) + HOURLY_LIMIT_MS);
    return receivedAt <= at ? { at, late: false } : { at: new Date(nextHour(receivedAt.getTime())), late: true };
  }
  const at = afterDay(endAt, site);
  if (receivedAt <= at) return { at, late: false };
  const slipped = afterDay(receivedAt, site);
  const sameDay = daysLater(slipped, -1, SITES[site].timeZone);
  return { at: receivedAt <= sameDay ? sameDay : slipped, late: true };
}

/** The same for many records that came at once, in milliseconds: zones differ by whole hours, so usage of one hour has one answer. */
export function billingTimes(
  receivedAt: Date,
  terms: UsageTerms,
  site: Site,
): (endMs: number) => { readonly ms: number; readonly late: boolean } {
  const known = new Map<number, { readonly ms: number; readonly late: boolean }>();
  return (endMs) => {
    // a small whole number: one with a fraction, or larger, would be an object each time
    const hour = Math.ceil(endMs / HOUR_MS) | 0;
    let found = known.get(hour);
    if (!found) {
      const { at, late } = billingTime(new Date(endMs), receivedAt, terms, site);
      found = { ms: at.getTime(), late };
      known.set(hour, found);
    }
    return found;
  };
}

/** An hour that is over at the full hour ends there, not an hour later. */
const nextHour = (ms: number): number => Math.ceil(ms / HOUR_MS) * HOUR_MS;

/** 01:00 after the local day in which usage ended; what ends at midnight belongs to the day before. */
function afterDay(endAt: Date, site: Site): Date {
  const inside = new Date(endAt.getTime() - 1);
  return hourOfDay(inside, 1, DAILY_HOUR, SITES[site].timeZone);
}

/** The beginning of the hour, for charts. */
export const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;

/** The beginning of the time over which STEP prices add usage up (C30); null = each record by itself. */
export function accumulationStart(beginAt: Date, { accumulation }: UsageTerms, site: Site): Date | null {
  return accumulation === 'record' ? null : localStart(beginAt, accumulation, site);
}

/** The beginning of the quota that usage of that time is drawn from (C31). */
export const quotaStart = ({ resetting, from }: UsagePackageFacts, beginAt: Date, site: Site): Date =>
  resetting === null ? from : localStart(beginAt, resetting, site);
