/**
 * Passwords that are given to members (E-13): random, to be changed at the first sign-in. For one member at once; for many
 * they are ordered and given in batches, since a password of this kind takes a processor for a noticeable while.
 */
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import { type Random, randomText } from '../../platform/random.ts';
import { hashPassword } from '../service.ts';
import { endSessionsOf, setPassword } from './member-session-store.ts';

/** Typed in from a text message: no letters and digits that look alike. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const LENGTH = 12;

/** Where a member's password goes to. */
export interface PasswordReceiver {
  readonly memberId: string;
  readonly buyerId: string;
  readonly enterpriseName: string;
  /** `account@short-name` */
  readonly account: string;
  /** empty = none */
  readonly mobile: string;
}

/** The password so far is good no more, and the member is signed out. @returns the new one, which nobody can read again */
export async function givePassword(random: Random, tx: Tx, memberId: string, now: Date): Promise<string> {
  const password = randomText(random, LENGTH, ALPHABET);
  await setPassword(tx, memberId, { hash: await hashPassword(password), mustChange: true }, now);
  await endSessionsOf(tx, memberId);
  return password;
}

export async function passwordReceiver(executor: Executor, memberId: string): Promise<PasswordReceiver | null> {
  const [found] = await receivers(executor, [memberId]);
  return found ?? null;
}

/** Members who have a phone and were never given a password. */
const waiting = sql`m.deleted_at IS NULL AND m.enabled AND m.mobile <> ''
  AND NOT EXISTS (SELECT FROM directory.member_credentials c WHERE c.member_id = m.member_id)`;

/** Orders passwords for all of an enterprise who wait for one. @returns how many were not ordered before */
export async function orderPasswords(tx: Tx, enterpriseId: string, now: Date): Promise<number> {
  const result = await sql`INSERT INTO directory.password_orders (member_id, asked_at)
    SELECT m.member_id, ${now}::timestamptz FROM directory.members m WHERE m.enterprise_id = ${enterpriseId} AND ${waiting}
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}

/** Gives the next ordered passwords. @returns to whom which; empty = all are given */
export async function giveOrdered(
  random: Random,
  tx: Tx,
  limit: number,
  now: Date,
): Promise<(PasswordReceiver & { readonly password: string })[]> {
  const { rows } = await sql<{ memberId: string }>`DELETE FROM directory.password_orders WHERE member_id IN (
    SELECT member_id FROM directory.password_orders ORDER BY asked_at, member_id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING member_id AS "memberId"`.execute(tx);
  const open = await receivers(
    tx,
    rows.map(({ memberId }) => memberId),
    sql`AND ${waiting}`,
  );
  const passwords = await Promise.all(open.map(({ memberId }) => givePassword(random, tx, memberId, now)));
  return open.map((each, place) => ({ ...each, password: passwords[place] ?? '' }));
}

export interface PasswordCounts {
  /** have a phone and no password yet */
  readonly waiting: number;
  /** of these, ordered and on their way */
  readonly ordered: number;
}

export async function passwordCounts(executor: Executor, enterpriseId: string): Promise<PasswordCounts> {
  const { rows } = await sql<PasswordCounts>`SELECT count(*) AS waiting, count(o.member_id) AS ordered
    FROM directory.members m LEFT JOIN directory.password_orders o ON o.member_id = m.member_id
    WHERE m.enterprise_id = ${enterpriseId} AND ${waiting}`.execute(executor);
  return rows[0] ?? { waiting: 0, ordered: 0 };
}

async function receivers(executor: Executor, memberIds: readonly string[], more = sql``): Promise<PasswordReceiver[]> {
  const { rows } =
    await sql<PasswordReceiver>`SELECT m.member_id AS "memberId", e.buyer_id AS "buyerId", e.name AS "enterpriseName",
      m.user_name || '@' || e.short_name AS account, m.mobile
    FROM directory.members m JOIN directory.enterprises e ON e.enterprise_id = m.enterprise_id
    WHERE m.member_id = ANY(${memberIds}::uuid[]) AND e.dissolved_at IS NULL ${more} ORDER BY m.member_id`.execute(
      executor,
    );
  return rows;
}
