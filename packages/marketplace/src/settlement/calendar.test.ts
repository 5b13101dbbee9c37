/** Working days of the China site, and months. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, chineseCalendar, firstDay, lastDay, monthLater, nominalRunDay, plainCalendar } from './calendar.ts';
import { HOLIDAYS_CN } from './holidays-cn.ts';

const calendar = chineseCalendar();

describe('the calendar', () => {
  it.each([
    ['2024-02-03', '2024-02-04'], // a make-up Sunday
    ['2024-02-10', '2024-02-18'], // Spring Festival, ended by a make-up Sunday
    ['2025-10-03', '2025-10-09'], // National Day and Mid-Autumn
    ['2026-01-03', '2026-01-04'], // a make-up Sunday after New Year
    ['2026-05-06', '2026-05-06'],
  ])('from %s the next working day is %s', (day, expected) => {
    expect(calendar.workingDayFrom(day)).toBe(expected);
  });

  it('names a day off only on weekdays and a worked day only on weekends', () => {
    for (const [year, { off, worked }] of Object.entries(HOLIDAYS_CN)) {
      const weekday = (date: string) => ![0, 6].includes(new Date(`${year}-${date}T00:00:00Z`).getUTCDay());
      expect(
        off.split(' ').filter((date) => !weekday(date)),
        year,
      ).toEqual([]);
      expect(worked.split(' ').filter(weekday), year).toEqual([]);
    }
  });

  it('refuses a year that it does not know', () => {
    expect(() => calendar.workingDayFrom('2030-01-01')).toThrow(/2030/);
    expect(plainCalendar().workingDayFrom('2030-01-05')).toBe('2030-01-05');
  });

  it('counts months', () => {
    expect([addMonths('202412', 1), addMonths('202401', -1), lastDay('202402')]).toEqual([
      '202501',
      '202312',
      '2024-02-29',
    ]);
    expect([nominalRunDay('CN', '202401'), nominalRunDay('EU', '202412')]).toEqual(['2024-02-03', '2025-01-07']);
    expect([monthLater('2024-01-31'), monthLater('2024-02-10')]).toEqual(['2024-02-29', '2024-03-10']);
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 2100 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: -60, max: 60 }),
        (year, month, count) => {
          const period = `${year}${String(month).padStart(2, '0')}`;
          expect(addMonths(addMonths(period, count), -count)).toBe(period);
          expect(lastDay(period).slice(0, 7)).toBe(firstDay(period).slice(0, 7));
        },
      ),
    );
  });
});
