/** Signals that somebody used a product, and how they become figures. */
import { type Executor, inTransaction, sql, type Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { dayAfter, dayOf, endOfDay, NO_GAP, type Signal } from './definition.ts';

export interface SignIn {
  readonly applicationId: string;
  readonly memberId: string;
  readonly at: Date;
}

/** S-72: a member signed in to an application. The first of a day counts, the others change nothing. */
export async function recordSignIn(tx: Tx, signIn: SignIn): Promise<void> {
  await recordSignals(tx, 'SIGN_IN', [signIn]);
}

/**
 * Counted when the day of the signal is over (S-70: no figures of the same day).
 * @returns what was not known before, as `application member day`
 */
export async function recordSignals(
  executor: Executor,
  source: Signal,
  signals: readonly SignIn[],
): Promise<ReadonlySet<string>> {
  const rows = signals.map(({ applicationId, memberId, at }) => {
    const day = dayOf(at);
    return { applicationId, memberId, at, day, nextAt: endOfDay(day) };
  });
  const { rows: fresh } = await sql<{
    key: string;
  }>`INSERT INTO people.signals (application_id, member_id, day, at, source, next_at)
    SELECT s."applicationId", s."memberId", s.day, s.at, ${source}, s."nextAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s ("applicationId" uuid, "memberId" uuid, day date, at timestamptz, "nextAt" timestamptz)
    ON CONFLICT DO NOTHING RETURNING application_id || ' ' || member_id || ' ' || day AS key`.execute(executor);
  return new Set(fresh.map(({ key }) => key));
}

const BATCH = 5_000;

/**
 * Takes signals of days that are over into the figures, some at a time; a late one corrects the days after it too.
 * One at a time does it: two would not see each other's days of the same member.
 * @returns how many signals were taken
 */
export function foldSignals(platform: Platform, limit = BATCH): Promise<number> {
  return inTransaction(platform.db, async (tx) => {
    const { rows } = await sql<{
      held: boolean;
    }>`SELECT pg_try_advisory_xact_lock(hashtextextended('people.signals', 0)) AS held`.execute(tx);
    if (rows[0]?.held !== true) return 0;
    // A batch's few members are guessed to be many: each would cost a look through all signals.
    await sql`SET LOCAL enable_seqscan = off`.execute(tx);
    return fold(tx, platform.clock.now(), limit);
  });
}

async function fold(tx: Tx, now: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    WITH taken AS (
      SELECT application_id, member_id, day FROM people.signals WHERE next_at <= ${now} ORDER BY next_at LIMIT ${limit}
    ), touched AS (
      SELECT application_id, member_id, min(day) AS first, max(day) AS last FROM taken GROUP BY 1, 2
    ), spaced AS (
      SELECT s.application_id, s.member_id, s.day, s.gap AS old,
        least(coalesce(s.day - lag(s.day) OVER (PARTITION BY s.application_id, s.member_id ORDER BY s.day), ${NO_GAP}), ${NO_GAP}) AS gap
      FROM touched t JOIN people.signals s ON s.application_id = t.application_id AND s.member_id = t.member_id
        AND s.day BETWEEN t.first - ${NO_GAP}::int AND t.last + ${NO_GAP}::int
      WHERE s.gap IS NOT NULL OR (s.application_id, s.member_id, s.day) IN (SELECT application_id, member_id, day FROM taken)
    ), moved AS (
      -- before the first of those taken nothing changes, and the window does not see what lies before it
      SELECT s.* FROM spaced s JOIN touched t USING (application_id, member_id) WHERE s.day >= t.first AND s.old IS DISTINCT FROM s.gap
    ), marked AS (
      UPDATE people.signals s SET gap = m.gap, next_at = NULL FROM moved m
      WHERE s.application_id = m.application_id AND s.member_id = m.member_id AND s.day = m.day
    ), changes AS (
      SELECT application_id, day, gap, 1 AS change FROM moved
      UNION ALL SELECT application_id, day, old, -1 FROM moved WHERE old IS NOT NULL
    ), counted AS (
      INSERT INTO people.activity_days AS d (application_id, day, gap, users)
      SELECT application_id, day, gap, sum(change) FROM changes GROUP BY 1, 2, 3
      ON CONFLICT (application_id, day, gap) DO UPDATE SET users = d.users + excluded.users
    )
    SELECT count(*) AS taken FROM taken`.execute(tx);
  return rows[0]?.taken ?? 0;
}

/**
 * Removes signals that are older than they are kept, those in the figures only: the counts stay. The least that may be kept is
 * longer than a late report reaches (31 days) and its correction looks back (31 more). @returns how many went
 */
export async function forgetSignals(
  { db, clock, config }: Pick<Platform, 'db' | 'clock' | 'config'>,
  limit: number,
): Promise<number> {
  const before = dayAfter(dayOf(clock.now()), -config.activitySignalDays);
  const result = await sql`DELETE FROM people.signals WHERE ctid IN (
    SELECT ctid FROM people.signals WHERE day < ${before}::date AND next_at IS NULL LIMIT ${limit})`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}
