/**
 * Years of the working calendar in a file, for `jishi settle --calendar` and `JISHI_CALENDAR_FILE`:
 * `{"years":[{"year":2027,"off":["2027-01-01",…],"worked":["2027-02-20",…]}]}`. Pure.
 */
import { z } from 'zod';
import { checkedYear, FIRST_YEAR, LAST_YEAR, MOST_DAYS } from './holidays.ts';
import type { SpecialDays } from './holidays-cn.ts';

/** What a file of years must not say; the message names the year or the member. */
export class CalendarFault extends Error {}

const days = z.array(z.string().max(10)).max(MOST_DAYS);
const calendarFile = z.strictObject({
  years: z
    .array(z.strictObject({ year: z.number().int().min(FIRST_YEAR).max(LAST_YEAR), off: days.min(1), worked: days }))
    .min(1),
});

/** @throws CalendarFault naming what is wrong: no such member, a day that can not be, a year that is given twice */
export function readCalendar(text: string): Readonly<Record<number, SpecialDays>> {
  const read = calendarFile.safeParse(fromJson(text));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new CalendarFault(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is no calendar'}`);
  }
  const years: Record<number, SpecialDays> = {};
  for (const [place, given] of read.data.years.entries()) {
    if (years[given.year] !== undefined) throw new CalendarFault(`years.${place}.year: ${given.year} is given twice`);
    const checked = checkedYear(given);
    if (!checked.ok) throw new CalendarFault(`years.${place}: ${checked.refusal.message}`);
    years[given.year] = checked.value;
  }
  return years;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CalendarFault(`no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
