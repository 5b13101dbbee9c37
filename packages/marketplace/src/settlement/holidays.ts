/**
 * A year of the working calendar as people give it: public holidays on weekdays, weekend days that are worked instead (as
 * the State Council publishes them each autumn). Pure.
 */
import { ok, type Result, refuse } from '../platform/result.ts';
import type { Day } from './calendar.ts';
import type { SpecialDays } from './holidays-cn.ts';

export interface YearOfDays {
  readonly year: number;
  /** weekdays on which nobody works */
  readonly off: readonly Day[];
  /** Saturdays and Sundays that are worked */
  readonly worked: readonly Day[];
}

export const FIRST_YEAR = 2018;
export const LAST_YEAR = 2099;
/** more than any year has had: a year of other days is a mistake */
export const MOST_DAYS = 60;

/**
 * Refuses CALENDAR_DAYS with the day at fault: of another year, no such date, given twice, a holiday that is a weekend
 * anyway, a worked day that is a weekday anyway, a year without New Year's Day.
 */
export function checkedYear({ year, off, worked }: YearOfDays): Result<SpecialDays> {
  const fault = (day: string, why: string) => refuse('CALENDAR_DAYS', `${day}: ${why}`, { day, why });
  const seen = new Set<string>();
  for (const [days, weekend] of [
    [off, false],
    [worked, true],
  ] as const)
    for (const day of days) {
      if (!isDate(day)) return fault(day, 'not a date');
      if (day.slice(0, 4) !== String(year)) return fault(day, 'another year');
      if (seen.has(day)) return fault(day, 'given twice');
      if (isWeekend(day) !== weekend)
        return fault(day, weekend ? 'a weekday is worked anyway' : 'a weekend is off anyway');
      seen.add(day);
    }
  const newYear = `${year}-01-01`;
  if (!isWeekend(newYear) && !off.includes(newYear)) return fault(newYear, 'New Year’s Day is a holiday');
  return ok({ off: monthDays(off), worked: monthDays(worked) });
}

/** And back: for showing and changing. */
export const daysOf = (year: number, { off, worked }: SpecialDays): YearOfDays => ({
  year,
  off: days(year, off),
  worked: days(year, worked),
});

const days = (year: number, text: string): Day[] =>
  text.split(' ').flatMap((monthDay) => (monthDay === '' ? [] : [`${year}-${monthDay}`]));
const monthDays = (given: readonly Day[]): string =>
  given
    .map((day) => day.slice(5))
    .toSorted()
    .join(' ');

function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}
const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
