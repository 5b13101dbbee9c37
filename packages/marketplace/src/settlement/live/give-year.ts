/** The operator gives the working calendar a year: bill runs that waited for it are planned again. */
import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { dayAt } from '../calendar.ts';
import { saveYear, workingCalendar } from '../calendar-store.ts';
import { checkedYear, type YearOfDays } from '../holidays.ts';
import { runAgain } from './periods.ts';

/**
 * A year may be given anew until it is over. Refuses YEAR_PASSED (what was counted keeps its days), CALENDAR_DAYS.
 * @returns the year
 */
export async function giveYear(
  platform: Platform,
  tx: Tx,
  given: YearOfDays & { readonly by: string },
  now: Date,
): Promise<Result<number>> {
  const { site } = platform.config;
  const { year, by } = given;
  if (year < Number(dayAt(now, site).slice(0, 4)))
    return refuse('YEAR_PASSED', `the days of ${year} are over and were counted`, { year: String(year) });
  const checked = checkedYear(given);
  if (!checked.ok) return checked;
  await saveYear(tx, { ...checked.value, year, by }, now);
  await runAgain(platform, tx, site, await workingCalendar(tx), now);
  return ok(year);
}
