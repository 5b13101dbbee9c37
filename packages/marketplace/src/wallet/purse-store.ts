/** SQL of cash coupons and stored-value cards. */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import { type Currency, currencyOf } from '../platform/money.ts';
import type { PurseKind } from './kinds.ts';

export type PurseState = 'ACTIVE' | 'WITHDRAWN' | 'EXPIRED';
export interface StoredPurse {
  readonly purseId: string;
  readonly buyerId: string;
  readonly kind: PurseKind;
  readonly currency: Currency;
  readonly face: string;
  readonly leftOver: string;
  readonly validFrom: Date;
  /** null = it does not end */
  readonly validTo: Date | null;
  readonly state: PurseState;
  readonly reason: string;
  readonly grantedBy: string;
  readonly createdAt: Date;
}

interface PurseRow extends Omit<StoredPurse, 'currency'> {
  readonly currency: string;
}
const toPurse = (row: PurseRow): StoredPurse => ({ ...row, currency: currencyOf(row.currency) });
const COLUMNS = sql`purse_id AS "purseId", buyer_id AS "buyerId", kind, currency, face::text, left_over::text AS "leftOver", valid_from AS "validFrom",
  valid_to AS "validTo", state, reason, granted_by AS "grantedBy", created_at AS "createdAt"`;

export async function insertPurse(tx: Tx, purse: StoredPurse): Promise<void> {
  await sql`
    INSERT INTO wallet.purses (purse_id, buyer_id, kind, currency, face, left_over, valid_from, valid_to, state, reason, granted_by, created_at)
    VALUES (${purse.purseId}, ${purse.buyerId}, ${purse.kind}, ${purse.currency}, ${purse.face}, ${purse.leftOver}, ${purse.validFrom}, ${purse.validTo}, ${purse.state},
      ${purse.reason}, ${purse.grantedBy}, ${purse.createdAt})`.execute(tx);
}

/** Locked in one order everywhere. */
export async function lockPurses(tx: Tx, purseIds: readonly string[]): Promise<StoredPurse[]> {
  if (purseIds.length === 0) return [];
  const { rows } = await sql<PurseRow>`
    SELECT ${COLUMNS} FROM wallet.purses WHERE purse_id = ANY(${purseIds}::text[]) ORDER BY purse_id FOR UPDATE`.execute(
    tx,
  );
  return rows.map(toPurse);
}

/** What these buyers can pay with now, locked in the same order. */
export async function lockUsablePurses(tx: Tx, buyerIds: readonly string[], now: Date): Promise<StoredPurse[]> {
  const { rows } = await sql<PurseRow>`
    SELECT ${COLUMNS} FROM wallet.purses WHERE buyer_id = ANY(${buyerIds}::text[]) AND state = 'ACTIVE' AND left_over > 0
      AND valid_from <= ${now} AND (valid_to IS NULL OR valid_to > ${now}) ORDER BY purse_id FOR UPDATE`.execute(tx);
  return rows.map(toPurse);
}

/** @param taken each purse once */
export async function takeFromPurses(tx: Tx, taken: ReadonlyMap<string, string>): Promise<void> {
  if (taken.size === 0) return;
  await sql`
    UPDATE wallet.purses p SET left_over = p.left_over - t.amount
    FROM unnest(${[...taken.keys()]}::text[], ${[...taken.values()]}::numeric[]) AS t (purse_id, amount) WHERE p.purse_id = t.purse_id`.execute(
    tx,
  );
}

/** @param amount taken when it is less than zero */
export async function addToPurse(tx: Tx, purseId: string, amount: string): Promise<void> {
  await sql`UPDATE wallet.purses SET left_over = left_over + ${amount}::numeric WHERE purse_id = ${purseId}`.execute(
    tx,
  );
}

/** It is over: nothing is left of it. */
export async function endPurse(tx: Tx, purseId: string, state: 'WITHDRAWN' | 'EXPIRED'): Promise<void> {
  await sql`UPDATE wallet.purses SET state = ${state}, left_over = 0 WHERE purse_id = ${purseId}`.execute(tx);
}

export interface PurseQuery {
  /** absent = of all buyers */
  readonly buyerId?: string | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
/** Newest first. */
export async function listPurses(executor: Executor, query: PurseQuery): Promise<StoredPurse[]> {
  const conditions = [sql`true`];
  if (query.buyerId !== undefined) conditions.push(sql`buyer_id = ${query.buyerId}`);
  if (query.before) conditions.push(sql`(created_at, purse_id) < (${query.before.at}, ${query.before.id})`);
  const { rows } = await sql<PurseRow>`
    SELECT ${COLUMNS} FROM wallet.purses WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at DESC, purse_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows.map(toPurse);
}

/** What this buyer can pay with now. */
export async function usablePurses(
  executor: Executor,
  { buyerId, currency, now }: { readonly buyerId: string; readonly currency: Currency; readonly now: Date },
): Promise<StoredPurse[]> {
  const { rows } = await sql<PurseRow>`
    SELECT ${COLUMNS} FROM wallet.purses WHERE buyer_id = ${buyerId} AND currency = ${currency} AND state = 'ACTIVE' AND left_over > 0
      AND valid_from <= ${now} AND (valid_to IS NULL OR valid_to > ${now}) ORDER BY created_at, purse_id LIMIT 100`.execute(
    executor,
  );
  return rows.map(toPurse);
}

/** Those of these that nothing can be paid with any more. */
export async function purseIdsOver(
  executor: Executor,
  purseIds: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  if (purseIds.length === 0) return new Set();
  const { rows } =
    await sql<PurseRow>`SELECT ${COLUMNS} FROM wallet.purses WHERE purse_id = ANY(${purseIds}::text[])`.execute(
      executor,
    );
  return new Set(rows.map(toPurse).flatMap((purse) => (isUsable(purse, now) ? [] : purse.purseId)));
}

export const isUsable = ({ state, validFrom, validTo }: StoredPurse, now: Date): boolean =>
  state === 'ACTIVE' && validFrom <= now && (validTo === null || validTo > now);
