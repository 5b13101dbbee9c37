/** The operator gives the working calendar a year: bill runs that waited for it are planned again. */
import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { dayAt } from '../calendar.ts';
import { knownYears, saveYear, workingCalendar } from '../calendar-store.ts';
import { checkedYear, daysOf, type YearOfDays } from '../holidays.ts';
import type { SpecialDays } from '../holidays-cn.ts';
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

/** who gave a year that stands in the file */
const BY_FILE = 'JISHI_CALENDAR_FILE';

/**
 * Takes the years of the server's calendar file at its start; any number of processes may. What the operator gave stays,
 * and so do the days of a year that is over and was known.
 * @returns the years that were new or other
 */
export async function takeYears(
  platform: Platform,
  tx: Tx,
  years: Readonly<Record<number, SpecialDays>>,
  now: Date,
): Promise<number[]> {
  const { site } = platform.config;
  const known = new Map((await knownYears(tx)).map((each) => [each.year, each]));
  const thisYear = Number(dayAt(now, site).slice(0, 4));
  const taken = Object.entries(years).flatMap(([text, special]) => {
    const year = Number(text);
    const before = known.get(year);
    if (before && (year < thisYear || (before.by !== null && before.by !== BY_FILE))) return [];
    return before && isSame(before, daysOf(year, special)) ? [] : [{ year, ...special }];
  });
  for (const year of taken) await saveYear(tx, { ...year, by: BY_FILE }, now);
  if (taken.length > 0) await runAgain(platform, tx, site, await workingCalendar(tx), now);
  return taken.map(({ year }) => year);
}

const isSame = (one: YearOfDays, other: YearOfDays): boolean =>
  one.off.join() === other.off.join() && one.worked.join() === other.worked.join();
