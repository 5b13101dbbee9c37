/** SQL of members' passwords and sessions. */
import { type Executor, sql } from '../../platform/database/database.ts';
import type { SignedInMember } from './member-sessions.ts';

export interface Credential {
  readonly memberId: string;
  readonly passwordHash: string;
  readonly enabled: boolean;
  readonly dissolved: boolean;
}

/**
 * A member who was given a password. Of a dissolved enterprise too, so that its people are told why they stay outside,
 * unless another enterprise has taken the short name since.
 */
export async function credentialOf(
  executor: Executor,
  userName: string,
  shortName: string,
): Promise<Credential | null> {
  const { rows } = await sql<Credential>`SELECT m.member_id AS "memberId", c.password_hash AS "passwordHash", m.enabled,
      e.dissolved_at IS NOT NULL AS dissolved
    FROM directory.enterprises e JOIN directory.members m ON m.enterprise_id = e.enterprise_id
    JOIN directory.member_credentials c ON c.member_id = m.member_id
    WHERE (e.short_name = ${shortName.toLowerCase()} OR (e.dissolved_at IS NOT NULL
        AND e.short_name = ${shortName.toLowerCase()} || '~' || e.enterprise_id))
      AND lower(m.user_name) = lower(${userName}) AND m.deleted_at IS NULL
    ORDER BY e.dissolved_at DESC NULLS FIRST LIMIT 1`.execute(executor);
  return rows[0] ?? null;
}

/** Counts a look at a password before it is looked at. @returns false = the member is locked (E-39) */
export async function tryMemberPassword(
  executor: Executor,
  memberId: string,
  limit: number,
  now: Date,
  lockUntil: Date,
): Promise<boolean> {
  const result = await sql`UPDATE directory.member_credentials SET
    locked_until = CASE WHEN failed_sign_ins + 1 >= ${limit} THEN ${lockUntil}::timestamptz END,
    failed_sign_ins = CASE WHEN failed_sign_ins + 1 >= ${limit} THEN 0 ELSE failed_sign_ins + 1 END
    WHERE member_id = ${memberId}::uuid AND (locked_until IS NULL OR locked_until <= ${now})`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function lockedUntil(executor: Executor, memberId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`SELECT locked_until AS at FROM directory.member_credentials
    WHERE member_id = ${memberId}::uuid`.execute(executor);
  return rows[0]?.at ?? null;
}

/** The password was right: the attempts counted so far are forgotten. */
export async function memberSignedIn(executor: Executor, memberId: string, now: Date): Promise<void> {
  await sql`UPDATE directory.member_credentials SET failed_sign_ins = 0, locked_until = NULL, last_sign_in_at = ${now}
    WHERE member_id = ${memberId}::uuid`.execute(executor);
}

export async function insertSession(
  executor: Executor,
  tokenHash: string,
  memberId: string,
  now: Date,
  expiresAt: Date,
): Promise<void> {
  await sql`DELETE FROM directory.member_sessions WHERE expires_at < ${now}`.execute(executor);
  await sql`INSERT INTO directory.member_sessions (token_hash, member_id, created_at, expires_at)
    VALUES (${tokenHash}, ${memberId}::uuid, ${now}, ${expiresAt})`.execute(executor);
}

export async function memberOfToken(executor: Executor, tokenHash: string, now: Date): Promise<SignedInMember | null> {
  const { rows } =
    await sql<SignedInMember>`SELECT m.member_id AS "memberId", e.enterprise_id AS "enterpriseId", e.name AS "enterpriseName",
      e.buyer_id AS "buyerId", e.short_name AS "tenantCode", m.user_name AS "userName", m.name, m.email, m.mobile, m.role,
      m.department_code AS "departmentCode", coalesce(d.name, m.department_code) AS "departmentName", c.must_change AS "mustChangePassword"
    FROM directory.member_sessions s JOIN directory.members m ON m.member_id = s.member_id
    JOIN directory.member_credentials c ON c.member_id = m.member_id
    JOIN directory.enterprises e ON e.enterprise_id = m.enterprise_id
    LEFT JOIN directory.departments d ON d.enterprise_id = m.enterprise_id AND d.code = m.department_code
    WHERE s.token_hash = ${tokenHash} AND s.expires_at > ${now} AND m.enabled AND m.deleted_at IS NULL AND e.dissolved_at IS NULL`.execute(
      executor,
    );
  return rows[0] ?? null;
}

export async function deleteSession(executor: Executor, tokenHash: string): Promise<void> {
  await sql`DELETE FROM directory.member_sessions WHERE token_hash = ${tokenHash}`.execute(executor);
}

export async function endSessionsOf(executor: Executor, memberId: string): Promise<void> {
  await sql`DELETE FROM directory.member_sessions WHERE member_id = ${memberId}::uuid`.execute(executor);
}

/** Somebody guesses at the member's password: whoever is in is out as well, since it may be the one who guesses (E-39). */
export async function endSessionsOfLocked(executor: Executor, memberId: string, now: Date): Promise<void> {
  await sql`DELETE FROM directory.member_sessions s USING directory.member_credentials c
    WHERE s.member_id = ${memberId}::uuid AND c.member_id = s.member_id AND c.locked_until > ${now}`.execute(executor);
}

/** E-14: members who were disabled or deleted are out, and stay out when they are enabled again. */
export async function signOutMembers(
  executor: Executor,
  enterpriseId: string,
  memberIds: readonly string[],
): Promise<void> {
  await sql`DELETE FROM directory.member_sessions s USING directory.members m WHERE s.member_id = m.member_id
    AND m.enterprise_id = ${enterpriseId} AND m.member_id = ANY(${memberIds}::uuid[])`.execute(executor);
}

/** The first password of a member, or another one; a lock is lifted. */
export async function setPassword(
  executor: Executor,
  memberId: string,
  { hash, mustChange }: { readonly hash: string; readonly mustChange: boolean },
  now: Date,
): Promise<void> {
  await sql`INSERT INTO directory.member_credentials AS c (member_id, password_hash, must_change, changed_at)
    VALUES (${memberId}::uuid, ${hash}, ${mustChange}, ${now})
    ON CONFLICT (member_id) DO UPDATE SET password_hash = excluded.password_hash, must_change = excluded.must_change,
      changed_at = excluded.changed_at, failed_sign_ins = 0, locked_until = NULL`.execute(executor);
}
