/** The three sites (design.md 4.8): currency, time zone, language. */
import { Temporal } from 'temporal-polyfill';
import type { Currency } from './money.ts';

export type Site = 'CN' | 'INTL' | 'EU';

export interface SiteRules {
  readonly currency: Currency;
  readonly timeZone: string;
  readonly language: 'zh' | 'en';
}

// Zones: periods end at 23:59:59 Beijing time (C19a); the other sites have their own zone (design.md 4.8) [R].
export const SITES: Readonly<Record<Site, SiteRules>> = {
  CN: { currency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh' },
  INTL: { currency: 'USD', timeZone: 'Asia/Shanghai', language: 'en' },
  EU: { currency: 'EUR', timeZone: 'Europe/Dublin', language: 'en' },
};

export type PeriodType = 'month' | 'year';

/**
 * End of a subscription: start day + n months or years, clamped to the last day of the month, at 23:59:59 of the
 * site's zone (C19a). Published: created 2022-07-26 06:47:36 UTC, one year → 2023-07-26 15:59:59 UTC.
 */
export function periodEnd(start: Date, type: PeriodType, count: number, timeZone: string): Date {
  const day = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const last = day.add(type === 'month' ? { months: count } : { years: count }, { overflow: 'constrain' });
  const end = last.toZonedDateTime({ timeZone, plainTime: '23:59:59' });
  return new Date(end.epochMilliseconds);
}

/** `yyMMddHHmm` in Beijing time: the time part of an order id on every site (openapi.md 5.1). */
export function orderIdTime(at: Date): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Asia/Shanghai');
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(local.year % 100)}${two(local.month)}${two(local.day)}${two(local.hour)}${two(local.minute)}`;
}

const localTime = (instant: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);

/** The same local time `days` later (or earlier): a day of 23 or 25 hours counts as one. */
export function daysLater(instant: Date, days: number, timeZone: string): Date {
  return new Date(localTime(instant, timeZone).add({ days }).epochMilliseconds);
}

/** `hour` o'clock, local, on the day that lies `days` after (or before) the instant's own. */
export function hourOfDay(instant: Date, days: number, hour: number, timeZone: string): Date {
  const day = localTime(instant, timeZone).toPlainDate().add({ days });
  return new Date(day.toZonedDateTime({ timeZone, plainTime: { hour } }).epochMilliseconds);
}
