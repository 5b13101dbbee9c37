/** SQL of the applications to leave. */
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import { isUuid } from '../../platform/uuid.ts';
import type { LeavingState } from './model.ts';

export interface Leaving {
  readonly leavingId: string;
  readonly sellerId: string;
  readonly state: LeavingState;
  readonly reason: string;
  readonly askedAt: Date;
  readonly askedBy: string;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  /** what the operator says to it */
  readonly comment: string | null;
}
export interface LeavingQuery {
  readonly state?: LeavingState | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

const COLUMNS = sql`leaving_id AS "leavingId", seller_id AS "sellerId", state, reason, asked_at AS "askedAt", asked_by AS "askedBy",
  decided_at AS "decidedAt", decided_by AS "decidedBy", comment`;

/** Of all sellers, newest first. */
export async function listLeavings(executor: Executor, query: LeavingQuery): Promise<Leaving[]> {
  const { state, before, limit } = query;
  const conditions = [
    sql`true`,
    ...(state === undefined ? [] : [sql`state = ${state}`]),
    ...(before ? [sql`(asked_at, leaving_id) < (${before.at}, ${before.id}::uuid)`] : []),
  ];
  const { rows } = await sql<Leaving>`
    SELECT ${COLUMNS} FROM settlement.leavings WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY asked_at DESC, leaving_id DESC LIMIT ${limit}`.execute(executor);
  return rows;
}

/** The one that waits, or else the last one. */
export async function lastLeaving(executor: Executor, sellerId: string): Promise<Leaving | null> {
  const { rows } = await sql<Leaving>`
    SELECT ${COLUMNS} FROM settlement.leavings WHERE seller_id = ${sellerId}
    ORDER BY state = 'PENDING' DESC, asked_at DESC, decided_at DESC LIMIT 1`.execute(executor);
  return rows[0] ?? null;
}

export async function leavingById(executor: Executor, leavingId: string, lock?: 'lock'): Promise<Leaving | null> {
  if (!isUuid(leavingId)) return null;
  const { rows } = await sql<Leaving>`
    SELECT ${COLUMNS} FROM settlement.leavings WHERE leaving_id = ${leavingId} ${lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  return rows[0] ?? null;
}

export async function insertLeaving(
  tx: Tx,
  { leavingId, sellerId, state, reason, askedAt, askedBy }: Leaving,
): Promise<void> {
  await sql`
    INSERT INTO settlement.leavings (leaving_id, seller_id, state, reason, asked_at, asked_by)
    VALUES (${leavingId}, ${sellerId}, ${state}, ${reason}, ${askedAt}, ${askedBy})`.execute(tx);
}

export async function saveDecision(
  tx: Tx,
  leavingId: string,
  { state, by, comment }: { readonly state: LeavingState; readonly by: string; readonly comment: string | null },
  now: Date,
): Promise<void> {
  await sql`
    UPDATE settlement.leavings SET state = ${state}, decided_at = ${now}, decided_by = ${by}, comment = ${comment}
    WHERE leaving_id = ${leavingId} AND state = 'PENDING'`.execute(tx);
}
