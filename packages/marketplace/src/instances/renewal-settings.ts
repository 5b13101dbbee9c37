/** How an account's services renew by themselves (B-63): the day of the first deduction, and a day of the month on which all end. */
import type { Scope } from '../directory/index.ts';
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { FIRST_RENEWAL_DAYS } from './definition.ts';
import { commitChanges } from './news.ts';
import { lockInstances } from './store.ts';

export interface RenewalSettings {
  /** first deduction at 03:00 (GMT+8) so many days before the end, 1–7 */
  readonly deductDays: number;
  /** day of the month (1–31) that the end is moved on to, as B-60 prices it; null = not */
  readonly unifyDay: number | null;
}
export const DEFAULT_SETTINGS: RenewalSettings = { deductDays: FIRST_RENEWAL_DAYS, unifyDay: null };

/** @returns those that were set */
export async function renewalSettingsOf(
  executor: Executor,
  buyerIds: readonly string[],
): Promise<Map<string, RenewalSettings>> {
  const { rows } = await sql<{ buyer_id: string; deduct_days: number; unify_day: number | null }>`
    SELECT buyer_id, deduct_days, unify_day FROM instances.renewal_settings WHERE buyer_id = ANY(${buyerIds}::text[])`.execute(
    executor,
  );
  return new Map(rows.map((row) => [row.buyer_id, { deductDays: row.deduct_days, unifyDay: row.unify_day }]));
}

const between = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most;

/** Holds for all services of the account from now on; a deduction begins with the next 03:00, never at once. */
export async function setRenewalSettings(
  platform: Platform,
  tx: Tx,
  { scope, deductDays, unifyDay }: RenewalSettings & { readonly scope: Scope },
  now: Date,
): Promise<Result<RenewalSettings>> {
  if (scope.kind !== 'buyer') return refuse('FORBIDDEN', 'B-63: only a buyer sets how its services renew');
  if (!between(deductDays, 1, FIRST_RENEWAL_DAYS))
    return refuse('VALIDATION', `B-63: the first deduction is 1 to ${FIRST_RENEWAL_DAYS} days before the end`);
  if (unifyDay !== null && !between(unifyDay, 1, 31))
    return refuse('INVALID_PERIOD', 'B-60: the unified expiry day is a day of the month, 1 to 31');
  const { buyerId } = scope;
  await sql`
    INSERT INTO instances.renewal_settings (buyer_id, deduct_days, unify_day) VALUES (${buyerId}, ${deductDays}, ${unifyDay})
    ON CONFLICT (buyer_id) DO UPDATE SET deduct_days = excluded.deduct_days, unify_day = excluded.unify_day`.execute(
    tx,
  );
  const { rows } = await sql<{ resource_id: string }>`
    SELECT resource_id FROM instances.instances WHERE buyer_id = ${buyerId} AND renew_days <> ${deductDays} AND ended_at IS NULL`.execute(
    tx,
  );
  const instances = await lockInstances(
    tx,
    rows.map((row) => row.resource_id),
  );
  const changes = instances.map((before) => {
    const life = { ...before, renewDays: deductDays, steppedAt: now };
    return { before, life, news: [], traceId: before.traceId };
  });
  await commitChanges(platform, tx, changes, now);
  return ok({ deductDays, unifyDay });
}
