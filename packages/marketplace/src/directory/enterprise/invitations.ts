/**
 * Members join by themselves with an invitation: a code, also as a link and a QR code, that is valid for some days and leads
 * into the department that the inviter chose. It works only while self-registration is open (E-13a).
 */
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import { type Random, randomText } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { hashPassword } from '../service.ts';
import { departmentsByCodes } from './department-store.ts';
import { enterpriseWithin } from './enterprise-store.ts';
import { setPassword } from './member-session-store.ts';
import { createMember } from './members.ts';
import { type Invitation, LONGEST_INVITATION_DAYS, MOST_INVITATIONS, mayJoin } from './model.ts';

const DAY_MS = 86_400_000;
/** read aloud and typed in: no letters and digits that look alike; 58 bits can not be guessed over a network */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const LENGTH = 12;

export interface InvitationRow extends Invitation {
  readonly code: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly createdAt: Date;
  /** members who came by it */
  readonly joined: number;
}

/** @returns the code; refusals INVITATION_DAYS, DEPARTMENT_UNKNOWN, TOO_MANY_INVITATIONS */
export async function inviteMembers(
  random: Random,
  tx: Tx,
  asked: { readonly enterpriseId: string; readonly departmentCode: string; readonly days: number; readonly by: string },
  now: Date,
): Promise<Result<string>> {
  const { enterpriseId, departmentCode, days, by } = asked;
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_INVITATION_DAYS)
    return refuse('INVITATION_DAYS', `E-13a: an invitation is valid for 1 to ${LONGEST_INVITATION_DAYS} days`);
  if (!(await departmentsByCodes(tx, enterpriseId, [departmentCode])).has(departmentCode))
    return refuse('DEPARTMENT_UNKNOWN', 'there is no such department', { code: departmentCode });
  if ((await invitationsTo(tx, enterpriseId, now)).length >= MOST_INVITATIONS)
    return refuse('TOO_MANY_INVITATIONS', `an enterprise has at most ${MOST_INVITATIONS} valid invitations`);
  const code = randomText(random, LENGTH, ALPHABET);
  const expiresAt = new Date(now.getTime() + days * DAY_MS);
  await sql`INSERT INTO directory.member_invitations (code, enterprise_id, department_code, invited_by, created_at, expires_at)
    VALUES (${code}, ${enterpriseId}, ${departmentCode}, ${by}, ${now}, ${expiresAt})`.execute(tx);
  return ok(code);
}

/** Those that are still valid, the newest first. */
export async function invitationsTo(executor: Executor, enterpriseId: string, now: Date): Promise<InvitationRow[]> {
  const { rows } = await sql<InvitationRow>`SELECT ${columns} FROM ${tables}
    WHERE i.enterprise_id = ${enterpriseId} AND i.revoked_at IS NULL AND i.expires_at > ${now}
    ORDER BY i.created_at DESC, i.code`.execute(executor);
  return rows;
}

/** @returns false = there is no valid one */
export async function revokeInvitation(tx: Tx, enterpriseId: string, code: string, now: Date): Promise<boolean> {
  const result = await sql`UPDATE directory.member_invitations SET revoked_at = ${now}
    WHERE enterprise_id = ${enterpriseId} AND code = ${code} AND revoked_at IS NULL`.execute(tx);
  return Number(result.numAffectedRows ?? 0) > 0;
}

export async function setSelfRegistration(tx: Tx, enterpriseId: string, open: boolean): Promise<void> {
  await sql`UPDATE directory.enterprises SET self_registration = ${open} WHERE enterprise_id = ${enterpriseId}`.execute(
    tx,
  );
}

export async function selfRegistrationOpen(executor: Executor, enterpriseId: string): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`SELECT self_registration AS open FROM directory.enterprises
    WHERE enterprise_id = ${enterpriseId}`.execute(executor);
  return rows[0]?.open ?? false;
}

/** What somebody sees who opens an invitation; null = it can not be used, whatever the reason. */
export async function openInvitation(executor: Executor, code: string, now: Date) {
  const { rows } = await sql<
    InvitationRow & { readonly enterpriseId: string }
  >`SELECT ${columns}, i.enterprise_id AS "enterpriseId"
    FROM ${tables} WHERE i.code = ${code.toUpperCase()}`.execute(executor);
  const [invitation] = rows;
  if (!invitation) return null;
  const enterprise = await enterpriseWithin(executor, invitation.enterpriseId, { kind: 'all' });
  const open = await selfRegistrationOpen(executor, invitation.enterpriseId);
  return enterprise && mayJoin(invitation, { ...enterprise, selfRegistration: open }, now)
    ? { invitation, enterprise }
    : null;
}

export interface Joining {
  readonly userName: string;
  readonly name: string;
  readonly mobile: string;
  readonly email: string;
  /** the own one, chosen now */
  readonly password: string;
}

/** @returns the new member; refusals INVITATION_OVER, and those of `createMember` */
export async function joinByInvitation(
  random: Random,
  tx: Tx,
  code: string,
  { password, ...asked }: Joining,
  now: Date,
): Promise<Result<{ readonly enterpriseId: string; readonly memberId: string }>> {
  const found = await openInvitation(tx, code, now);
  const locked = found && (await enterpriseWithin(tx, found.enterprise.enterpriseId, { kind: 'all' }, true));
  if (!found || !locked) return refuse('INVITATION_OVER', 'E-13a: this invitation can not be used (any more)');
  const { enterpriseId } = found.enterprise;
  const facts = {
    ...asked,
    departmentCode: found.invitation.departmentCode,
    ...{ position: '', employeeCode: '', employeeType: null, workPlace: '', entryDate: '' },
    ...{ role: 'user' as const, enabled: true },
  };
  const created = await createMember(random, tx, enterpriseId, facts, now);
  if (!created.ok) return created;
  await setPassword(tx, created.value, { hash: await hashPassword(password), mustChange: false }, now);
  await sql`UPDATE directory.member_invitations SET joined = joined + 1 WHERE code = ${found.invitation.code}`.execute(
    tx,
  );
  return ok({ enterpriseId, memberId: created.value });
}

const columns = sql`i.code, i.department_code AS "departmentCode", d.name AS "departmentName", i.created_at AS "createdAt",
  i.expires_at AS "expiresAt", i.revoked_at AS "revokedAt", i.joined`;
/** one whose department is gone leads nowhere */
const tables = sql`directory.member_invitations i
  JOIN directory.departments d ON d.enterprise_id = i.enterprise_id AND d.code = i.department_code`;
