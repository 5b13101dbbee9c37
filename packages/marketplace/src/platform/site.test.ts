/** Periods end at 23:59:59 of the site's zone, clamped to the last day of the month (C19a). */
import { formatUtc14 } from '@jishi/protocol';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { daysLater, hourOfDay, orderIdTime, periodEnd, SITES } from './site.ts';

const BEIJING = SITES.CN.timeZone;
const endOf = (start: string, type: 'month' | 'year', count: number, zone = BEIJING) =>
  periodEnd(new Date(start), type, count, zone).toISOString();

describe('periodEnd', () => {
  it('gives the published example: created 20220726064736, one year → 20230726155959', () => {
    const created = new Date('2022-07-26T06:47:36Z');
    expect(formatUtc14(periodEnd(created, 'year', 1, BEIJING))).toBe('20230726155959');
  });

  it('gives the second published example: bought 2024-01-01 10:30 for one month → 2024-02-01 23:59:59', () => {
    expect(endOf('2024-01-01T02:30:00Z', 'month', 1)).toBe('2024-02-01T15:59:59.000Z');
  });

  it.each([
    ['2024-01-31T02:00:00Z', 'month', 1, '2024-02-29T15:59:59.000Z'],
    ['2023-01-31T02:00:00Z', 'month', 1, '2023-02-28T15:59:59.000Z'],
    ['2024-01-31T02:00:00Z', 'month', 3, '2024-04-30T15:59:59.000Z'],
    ['2024-02-29T02:00:00Z', 'year', 1, '2025-02-28T15:59:59.000Z'],
    ['2024-02-29T02:00:00Z', 'year', 4, '2028-02-29T15:59:59.000Z'],
    ['2024-03-31T02:00:00Z', 'month', 11, '2025-02-28T15:59:59.000Z'],
  ] as const)('clamps %s + %s × %i to %s', (start, type, count, end) => {
    expect(endOf(start, type, count)).toBe(end);
  });

  it('counts the day of the site, not the day of UTC', () => {
    expect(endOf('2024-01-01T15:59:59Z', 'month', 1)).toBe('2024-02-01T15:59:59.000Z');
    expect(endOf('2024-01-01T16:00:00Z', 'month', 1)).toBe('2024-02-02T15:59:59.000Z');
  });

  it('follows summer time where the site has it (EU)', () => {
    expect(endOf('2026-01-10T12:00:00Z', 'month', 1, SITES.EU.timeZone)).toBe('2026-02-10T23:59:59.000Z');
    expect(endOf('2026-01-10T12:00:00Z', 'month', 6, SITES.EU.timeZone)).toBe('2026-07-10T22:59:59.000Z');
  });

  it('is always after the start, at the last second of a day, and later for more periods', () => {
    const start = fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    const zone = fc.constantFrom(...Object.values(SITES).map((site) => site.timeZone));
    fc.assert(
      fc.property(start, fc.constantFrom('month', 'year'), fc.integer({ min: 1, max: 10 }), zone, (at, type, n, tz) => {
        const end = periodEnd(at, type, n, tz);
        expect(end.getTime()).toBeGreaterThan(at.getTime());
        expect(periodEnd(at, type, n + 1, tz).getTime()).toBeGreaterThan(end.getTime());
        const time = new Intl.DateTimeFormat('en-GB', { timeZone: tz, timeStyle: 'medium' }).format(end);
        expect(time).toBe('23:59:59');
      }),
    );
  });
});

describe('orderIdTime', () => {
  it('is yyMMddHHmm in Beijing time on every site (openapi.md 5.1)', () => {
    expect(orderIdTime(new Date('2026-07-26T06:47:36Z'))).toBe('2607261447');
    expect(orderIdTime(new Date('2025-12-31T16:00:00Z'))).toBe('2601010000');
    expect(orderIdTime(new Date('2009-01-01T00:01:00Z'))).toBe('0901010801');
  });
});

describe('days and hours of a site', () => {
  const DUBLIN = SITES.EU.timeZone;
  it('keep their local time over a change of the clocks', () => {
    const before = new Date('2026-03-28T23:59:59Z');
    expect(daysLater(before, 1, DUBLIN).toISOString()).toBe('2026-03-29T22:59:59.000Z');
    expect(daysLater(new Date('2026-10-24T22:59:59Z'), 1, DUBLIN).toISOString()).toBe('2026-10-25T23:59:59.000Z');
    expect(hourOfDay(before, 1, 10, DUBLIN).toISOString()).toBe('2026-03-29T09:00:00.000Z');
    expect(hourOfDay(before, -15, 10, BEIJING).toISOString()).toBe('2026-03-14T02:00:00.000Z');
  });

  it('are what the calendar library says', () => {
    const zone = fc.constantFrom(BEIJING, DUBLIN);
    const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        zone,
        instant,
        fc.integer({ min: -40, max: 400 }),
        fc.integer({ min: 3, max: 23 }),
        (timeZone, at, days, hour) => {
          const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
          const day = local.toPlainDate().add({ days }).toZonedDateTime({ timeZone, plainTime: { hour } });
          expect(hourOfDay(at, days, hour, timeZone).getTime()).toBe(day.epochMilliseconds);
          fc.pre(local.hour >= 3);
          expect(daysLater(at, days, timeZone).getTime()).toBe(local.add({ days }).epochMilliseconds);
          const end = local
            .toPlainDate()
            .add({ months: Math.abs(days) % 60 })
            .toZonedDateTime({ timeZone, plainTime: '23:59:59' });
          expect(periodEnd(at, 'month', Math.abs(days) % 60, timeZone).getTime()).toBe(end.epochMilliseconds);
        },
      ),
    );
  });
});
