/** The three sites (design.md 4.8): currency, time zone, language. */
import { Temporal } from 'temporal-polyfill';
import type { Currency } from './money.ts';

export type Site = 'CN' | 'INTL' | 'EU';

export interface SiteRules {
  readonly currency: Currency;
  readonly timeZone: string;
  readonly language: 'zh' | 'en';
  /** country of a buyer who did not say another */
  readonly region: string;
}

// Zones: periods end at 23:59:59 Beijing time (C19a); the other sites have their own zone (design.md 4.8) [R].
export const SITES: Readonly<Record<Site, SiteRules>> = {
  CN: { currency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh', region: 'CN' },
  INTL: { currency: 'USD', timeZone: 'Asia/Shanghai', language: 'en', region: 'SG' },
  EU: { currency: 'EUR', timeZone: 'Europe/Dublin', language: 'en', region: 'IE' },
};

export type PeriodType = 'month' | 'year';

/**
 * End of a subscription: start day + n months or years, clamped to the last day of the month, at 23:59:59 of the
 * site's zone (C19a). Published: created 2022-07-26 06:47:36 UTC, one year → 2023-07-26 15:59:59 UTC.
 */
export function periodEnd(start: Date, type: PeriodType, count: number, timeZone: string): Date {
  const local = new Date(localMs(start, timeZone));
  const month = local.getUTCMonth() + (type === 'month' ? count : 12 * count);
  const lastDay = new Date(Date.UTC(local.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(local.getUTCDate(), lastDay);
  return fromLocal(Date.UTC(local.getUTCFullYear(), month, day, 23, 59, 59), timeZone);
}

/** `yyMMddHHmm` in Beijing time: the time part of an order id on every site (openapi.md 5.1). */
export function orderIdTime(at: Date): string {
  const local = new Date(localMs(at, 'Asia/Shanghai')).toISOString();
  return local.slice(2, 16).replaceAll(/\D/g, '');
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_OFFSETS = 100_000; // ~ 11 years of hours in one zone
const offsets = new Map<string, Map<number, number>>();

/**
 * Local time minus UTC. Zones change it on the hour, so one answer serves the hour: a subscription's clock asks for a
 * dozen local times a step, which took 300 µs through the calendar library each time and takes 5 so.
 */
function offsetMs(epochMs: number, timeZone: string): number {
  const hour = Math.floor(epochMs / HOUR_MS);
  let hours = offsets.get(timeZone);
  const known = hours?.get(hour);
  if (known !== undefined) return known;
  const at = Temporal.Instant.fromEpochMilliseconds(hour * HOUR_MS).toZonedDateTimeISO(timeZone);
  const offset = at.offsetNanoseconds / 1_000_000;
  if (!hours || hours.size >= MOST_OFFSETS) {
    hours = new Map();
    offsets.set(timeZone, hours);
  }
  hours.set(hour, offset);
  return offset;
}

/** Local time as if it were UTC. */
export const localMs = (instant: Date, timeZone: string): number =>
  instant.getTime() + offsetMs(instant.getTime(), timeZone);
/** And back; only for hours that no change of the clocks skips or repeats (1 to 3 at night). */
function fromLocal(local: number, timeZone: string): Date {
  const near = local - offsetMs(local, timeZone);
  return new Date(local - offsetMs(near, timeZone));
}

/** Midnight at the beginning of a local day, `YYYY-MM-DD`. */
export const midnightOf = (day: string, timeZone: string): Date => fromLocal(Date.parse(`${day}T00:00:00Z`), timeZone);

/** The same local time `days` later (or earlier): a day of 23 or 25 hours counts as one. */
export const daysLater = (instant: Date, days: number, timeZone: string): Date =>
  fromLocal(localMs(instant, timeZone) + days * DAY_MS, timeZone);

/** `hour` o'clock, local, on the day that lies `days` after (or before) the instant's own. */
export function hourOfDay(instant: Date, days: number, hour: number, timeZone: string): Date {
  const midnight = Math.floor(localMs(instant, timeZone) / DAY_MS) * DAY_MS;
  return fromLocal(midnight + days * DAY_MS + hour * HOUR_MS, timeZone);
}

/** Beginning of the local hour, day, week (Monday) or month. */
export function localStart(at: Date, unit: 'hour' | 'day' | 'week' | 'month', site: Site): Date {
  const { timeZone } = SITES[site];
  if (unit === 'hour') return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS); // zones differ by whole hours
  const local = new Date(localMs(at, timeZone));
  const day = local.toISOString().slice(0, 10);
  if (unit === 'day') return midnightOf(day, timeZone);
  if (unit === 'month') return midnightOf(`${day.slice(0, 7)}-01`, timeZone);
  return daysLater(midnightOf(day, timeZone), -((local.getUTCDay() + 6) % 7), timeZone);
}
