/**
 * The working calendar of the marketplace: the years that came with the program, and those that the operator gave since.
 * A year that is in neither is refused wherever it is needed, never guessed.
 */
import { type Executor, sql } from '../platform/database/database.ts';
import { type Calendar, chineseCalendar } from './calendar.ts';
import { daysOf, type YearOfDays } from './holidays.ts';
import { HOLIDAYS_CN, type SpecialDays } from './holidays-cn.ts';

interface Row extends SpecialDays {
  readonly year: number;
  readonly by_whom: string;
  readonly written_at: Date;
}
const given = async (executor: Executor): Promise<readonly Row[]> =>
  (
    await sql<Row>`SELECT year, off, worked, by_whom, written_at FROM settlement.calendar_years ORDER BY year`.execute(
      executor,
    )
  ).rows;

/** Working days by all that is known now. */
export async function workingCalendar(executor: Executor): Promise<Calendar> {
  const rows = await given(executor);
  return chineseCalendar({ ...HOLIDAYS_CN, ...Object.fromEntries(rows.map((row) => [row.year, row])) });
}

export interface KnownYear extends YearOfDays {
  /** who gave it; null = it came with the program */
  readonly by: string | null;
  readonly writtenAt: Date | null;
}
/** Newest first. */
export async function knownYears(executor: Executor): Promise<KnownYear[]> {
  const rows = new Map((await given(executor)).map((row) => [row.year, row]));
  const years = new Set([...Object.keys(HOLIDAYS_CN).map(Number), ...rows.keys()]);
  return [...years]
    .toSorted((one, other) => other - one)
    .flatMap((year): KnownYear[] => {
      const row = rows.get(year);
      const special = row ?? HOLIDAYS_CN[year];
      return special
        ? [{ ...daysOf(year, special), by: row?.by_whom ?? null, writtenAt: row?.written_at ?? null }]
        : [];
    });
}

export async function saveYear(
  executor: Executor,
  year: SpecialDays & { readonly year: number; readonly by: string },
  now: Date,
): Promise<void> {
  await sql`
    INSERT INTO settlement.calendar_years (year, off, worked, by_whom, written_at) VALUES (${year.year}, ${year.off}, ${year.worked}, ${year.by}, ${now})
    ON CONFLICT (year) DO UPDATE SET off = EXCLUDED.off, worked = EXCLUDED.worked, by_whom = EXCLUDED.by_whom, written_at = EXCLUDED.written_at`.execute(
    executor,
  );
}
