/** SQL of alarms: what buyers want, and what they were told. */
import { type Executor, executeUnanswered, sql, type Tx } from '../platform/database/database.ts';
import type { AlarmSettings, Level, PackageAlarm } from './alarm-rules.ts';
import { DEFAULT_ALARMS } from './alarm-rules.ts';
import type { OwnedPackage } from './meters.ts';

/** A package as its buyer sees it. */
export interface WatchedPackage extends OwnedPackage {
  /** beginning of the quota that counts now */
  readonly window: Date;
  readonly rest: string;
  /** null = as the account */
  readonly own: PackageAlarm | null;
  /** what is told when the rest falls to it, in the unit of the package; null = nothing is */
  readonly threshold: string | null;
}

export async function settingsOf(executor: Executor, buyerId: string): Promise<AlarmSettings> {
  const { rows } = await sql<AlarmSettings>`
    SELECT balance_below AS "balanceBelow", package_percent AS "packagePercent" FROM metering.alarm_settings WHERE buyer_id = ${buyerId}`.execute(
    executor,
  );
  return rows[0] ?? DEFAULT_ALARMS;
}

export async function saveSettings(tx: Tx, buyerId: string, { balanceBelow, packagePercent }: AlarmSettings) {
  await sql`
    INSERT INTO metering.alarm_settings (buyer_id, balance_below, package_percent) VALUES (${buyerId}, ${balanceBelow}::numeric, ${packagePercent}::int)
    ON CONFLICT (buyer_id) DO UPDATE SET balance_below = excluded.balance_below, package_percent = excluded.package_percent,
      balance_told_at = CASE WHEN excluded.balance_below IS NOT DISTINCT FROM alarm_settings.balance_below THEN alarm_settings.balance_told_at END`.execute(
    tx,
  );
}

/** Of these buyers, the lines below which their balance is told; those who want none are missing. */
export async function balanceAlarms(
  executor: Executor,
  buyerIds: readonly string[],
): Promise<{ readonly buyerId: string; readonly below: string; readonly told: boolean }[]> {
  if (buyerIds.length === 0) return [];
  const { rows } = await sql<{ buyerId: string; below: string; told: boolean }>`
    SELECT buyer_id AS "buyerId", balance_below AS below, balance_told_at IS NOT NULL AS told FROM metering.alarm_settings
    WHERE buyer_id = ANY(${buyerIds}::text[]) AND balance_below IS NOT NULL ORDER BY buyer_id FOR UPDATE`.execute(
    executor,
  );
  return rows;
}

/** @param toldAt null = it recovered */
export async function noteBalance(executor: Executor, buyerId: string, toldAt: Date | null): Promise<void> {
  await sql`UPDATE metering.alarm_settings SET balance_told_at = ${toldAt} WHERE buyer_id = ${buyerId}`.execute(
    executor,
  );
}

/** Money came: the balance of somebody who was told is looked at again. */
export async function recoveredBalance(executor: Executor, buyerId: string, balance: string): Promise<void> {
  await sql`UPDATE metering.alarm_settings SET balance_told_at = NULL WHERE buyer_id = ${buyerId} AND balance_below <= ${balance}::numeric`.execute(
    executor,
  );
}

export async function ownAlarms(
  executor: Executor,
  packageIds: readonly string[],
): Promise<ReadonlyMap<string, PackageAlarm>> {
  if (packageIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; kind: PackageAlarm['kind']; value: string | null }>`
    SELECT package_id AS id, kind, value FROM metering.package_alarms WHERE package_id = ANY(${packageIds}::text[])`.execute(
    executor,
  );
  return new Map(
    rows.map(({ id, kind, value }): [string, PackageAlarm] => [
      id,
      kind === 'OFF' || value === null ? { kind: 'OFF' } : { kind, value },
    ]),
  );
}

/** @param alarm null = as the account */
export async function saveAlarm(tx: Tx, packageId: string, buyerId: string, alarm: PackageAlarm | null): Promise<void> {
  if (alarm === null) {
    await sql`DELETE FROM metering.package_alarms WHERE package_id = ${packageId}`.execute(tx);
    return;
  }
  const value = alarm.kind === 'OFF' ? null : alarm.value;
  await sql`
    INSERT INTO metering.package_alarms (package_id, buyer_id, kind, value) VALUES (${packageId}, ${buyerId}, ${alarm.kind}, ${value}::numeric)
    ON CONFLICT (package_id) DO UPDATE SET kind = excluded.kind, value = excluded.value`.execute(tx);
}

/** What was drawn from quotas, by `<package> <window>`. */
export async function drawnOf(
  executor: Executor,
  packageIds: readonly string[],
): Promise<readonly { readonly packageId: string; readonly window: Date; readonly drawn: string }[]> {
  if (packageIds.length === 0) return [];
  const { rows } = await sql<{ packageId: string; window: Date; drawn: string }>`
    SELECT package_id AS "packageId", window_at AS "window", drawn FROM metering.draws WHERE package_id = ANY(${packageIds}::text[]) ORDER BY package_id, window_at`.execute(
    executor,
  );
  return rows;
}

/** One look at a package after the other, in one order: two would tell the same. */
export async function lockAlarms(tx: Tx, packageIds: readonly string[]): Promise<void> {
  for (const id of packageIds.toSorted())
    await executeUnanswered(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended(${`alarm ${id}`}, 0))`);
}

export async function toldLevels(executor: Executor, packageId: string, window: Date): Promise<Level[]> {
  const { rows } = await sql<{ level: Level }>`
    SELECT level FROM metering.alarms_told WHERE package_id = ${packageId} AND window_at = ${window}`.execute(executor);
  return rows.map(({ level }) => level);
}

/** Exactly these levels are told from now on. */
export async function noteLevels(
  tx: Tx,
  packageId: string,
  window: Date,
  levels: readonly Level[],
  now: Date,
): Promise<void> {
  await executeUnanswered(
    tx,
    sql`DELETE FROM metering.alarms_told WHERE package_id = ${packageId} AND window_at = ${window} AND NOT level = ANY(${levels}::text[])`,
  );
  await executeUnanswered(
    tx,
    sql`INSERT INTO metering.alarms_told (package_id, window_at, level, told_at) SELECT ${packageId}, ${window}::timestamptz, level, ${now}::timestamptz
      FROM unnest(${levels}::text[]) AS l (level) ON CONFLICT DO NOTHING`,
  );
}
