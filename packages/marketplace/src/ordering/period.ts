/** Ends of periods that `platform/site.ts` does not have: trials, and an expiry that is moved on to a unified day. Pure. */
import { Temporal } from 'temporal-polyfill';
import { periodEnd, SITES, type Site } from '../platform/site.ts';
import type { OrderType } from './model.ts';
import type { LineSnapshot } from './store.ts';

/** A trial lasts whole days: start day + n days at 23:59:59 of the site's zone, as periods do (C19a, C33). */
export function trialEnd(start: Date, days: number, timeZone: string): Date {
  return endOf(dayOf(start, timeZone).add({ days }), timeZone);
}

/** The first such day of the month that is not before `end`; in a short month its last day (B-60). */
export function unifiedEnd(end: Date, dayOfMonth: number, timeZone: string): Date {
  const day = dayOf(end, timeZone);
  const here = day.with({ day: dayOfMonth }, { overflow: 'constrain' });
  if (Temporal.PlainDate.compare(here, day) >= 0) return endOf(here, timeZone);
  const next = day.with({ day: 1 }).add({ months: 1 });
  return endOf(next.with({ day: dayOfMonth }, { overflow: 'constrain' }), timeZone);
}

interface Begun {
  readonly periodType: 'month' | 'year' | null;
  readonly periodNumber: number | null;
  readonly expireAt: Date | null;
  readonly snapshot: Pick<LineSnapshot, 'trialDays' | 'package'>;
}
/** When a line that begins at its payment ends; a line whose end was known before keeps it. @returns null = never (C21) */
export function expiryAtPayment(line: Begun, orderType: OrderType, site: Site, now: Date): Date | null {
  if (line.expireAt) return line.expireAt;
  const { timeZone } = SITES[site];
  const { trialDays, package: bought } = line.snapshot;
  if (orderType === 'TRIAL') return trialDays === null ? null : trialEnd(now, trialDays, timeZone);
  if (bought) return periodEnd(now, bought.validity.type, bought.validity.number, timeZone);
  if (line.periodType === null || line.periodNumber === null) return null;
  return periodEnd(now, line.periodType, line.periodNumber, timeZone);
}

const dayOf = (at: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
const endOf = (day: Temporal.PlainDate, timeZone: string) =>
  new Date(day.toZonedDateTime({ timeZone, plainTime: '23:59:59' }).epochMilliseconds);
