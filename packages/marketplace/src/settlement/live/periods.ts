/**
 * Account periods of a site: which is open, when its bills are made. Whatever makes lines ready holds the site's lock
 * shared, a bill run holds it alone; so a line is either seen by the run or finds its period closed and takes the next.
 */
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { midnightOf, SITES, type Site } from '../../platform/site.ts';
import { addTask } from '../../platform/tasks/marketplace-tasks.ts';
import { addMonths, type Calendar, CalendarGap, type Day, nominalRunDay, type Period } from '../calendar.ts';
import { workingCalendar } from '../calendar-store.ts';
import { type Run, runOf } from '../runs.ts';

export const BILL_RUN = 'settlement.bill-run';
/** bills are made at night, when the day has begun for two hours */
const RUN_AFTER_MS = 2 * 3_600_000;

const lockName = (site: Site): string => `settlement ${site}`;
export async function lockShared(tx: Tx, site: Site): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(hashtextextended(${lockName(site)}, 0))`.execute(tx);
}
export async function lockAlone(tx: Tx, site: Site): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${lockName(site)}, 0))`.execute(tx);
}

/** The first period of a site that has not been billed; null = none was yet. */
export async function firstOpen(executor: Executor, site: Site): Promise<Period | null> {
  const { rows } = await sql<{ period: string | null }>`
    SELECT max(period) AS period FROM settlement.periods WHERE site = ${site} AND state = 'CLOSED'`.execute(executor);
  const last = rows[0]?.period ?? null;
  return last === null ? null : addMonths(last, 1);
}

/** In which period's bill a line goes that counts in `period`: a late fact lands in the next bill. */
export const billPeriodFor = (period: Period, open: Period | null): Period =>
  open !== null && open > period ? open : period;

/** Periods that hold lines from now on; each gets its bill run as a task. */
export async function openPeriods(
  platform: Platform,
  tx: Tx,
  site: Site,
  periods: readonly Period[],
  now: Date,
): Promise<void> {
  if (periods.length === 0) return;
  const { rows } = await sql<{ period: string }>`
    INSERT INTO settlement.periods (site, period) SELECT ${site}, unnest(${[...new Set(periods)].toSorted()}::text[])
    ON CONFLICT DO NOTHING RETURNING period`.execute(tx);
  if (rows.length === 0) return;
  const calendar = await workingCalendar(tx);
  for (const { period } of rows) await planRun(platform, tx, site, period, calendar, now);
}

/** Periods whose run was refused are tried again, by a calendar that knows more. */
export async function runAgain(platform: Platform, tx: Tx, site: Site, calendar: Calendar, now: Date): Promise<void> {
  const { rows } = await sql<{ period: string }>`
    UPDATE settlement.periods SET obstacle = NULL WHERE site = ${site} AND state = 'OPEN' AND obstacle IS NOT NULL RETURNING period`.execute(
    tx,
  );
  for (const { period } of rows.toSorted((one, other) => one.period.localeCompare(other.period)))
    await planRun(platform, tx, site, period, calendar, now);
}

/** The bill run of a period as a task, on its day. */
export async function planRun(
  platform: Platform,
  tx: Tx,
  site: Site,
  period: Period,
  calendar: Calendar,
  now: Date,
): Promise<void> {
  const task = {
    id: uuid(platform.random),
    kind: BILL_RUN,
    subject: `${site}:${period}`,
    dueAt: runAt(site, period, calendar),
    traceId: uuid(platform.random).replaceAll('-', ''),
  };
  await addTask(tx, task, now);
}

/** When the task is due: on the billing day, or on its nominal day while the holidays of that year are not known. */
function runAt(site: Site, period: Period, calendar: Calendar): Date {
  const planned = plannedRun(site, period, calendar);
  return new Date(midnightOf(planned.runDay ?? planned.nominalRunDay, SITES[site].timeZone).getTime() + RUN_AFTER_MS);
}

/** What the bills of one run have in common. */
export interface BillHead {
  readonly site: Site;
  readonly period: Period;
  readonly nominalRunDay: Day;
  readonly runDay: Day;
}

export interface PlannedRun {
  readonly nominalRunDay: Day;
  /** null = the holidays of its year are not known */
  readonly runDay: Day | null;
  readonly run: Run | null;
  readonly obstacle: string | null;
}
export function plannedRun(site: Site, period: Period, calendar: Calendar): PlannedRun {
  const nominal = nominalRunDay(site, period);
  try {
    const run = runOf(nominal, calendar);
    return { nominalRunDay: nominal, runDay: run.runDate, run, obstacle: null };
  } catch (error) {
    if (!(error instanceof CalendarGap)) throw error;
    return { nominalRunDay: nominal, runDay: null, run: null, obstacle: error.message };
  }
}
