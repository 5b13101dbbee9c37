/**
 * Members sign in with `account@short-name` (consoles-and-processes.md E-36). The same refusal for an unknown account and a
 * wrong password; five wrong passwords lock the member for 15 minutes, and the attempt is counted before the password is
 * looked at (E-39). What else is in the way is told only to whoever knows the password.
 *
 * A session is asked for each time, never remembered: disabling, deleting, dissolving count at once (E-14). What products
 * were given rests on the session too (people/sign-on), so whatever ends it ends the sign-ins to products.
 */
import { verify } from '@node-rs/argon2';
import { writeAudit } from '../../platform/audit.ts';
import { type Db, type Executor, inTransaction, type Tx } from '../../platform/database/database.ts';
import type { Random } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { hashPassword, type Origin, tokenHash } from '../service.ts';
import type { MemberRole } from './definition.ts';
import * as store from './member-session-store.ts';

/** HttpOnly, SameSite=Lax, path / */
export const MEMBER_COOKIE = 'jishi_member';
const SESSION_MS = 12 * 3_600_000;
const MOST_FAILED_SIGN_INS = 5;
const LOCK_MS = 15 * 60_000;

export interface SignedInMember {
  readonly memberId: string;
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly buyerId: string;
  /** the enterprise's short name; `userName@tenantCode` is unique everywhere (E-13b) */
  readonly tenantCode: string;
  readonly userName: string;
  readonly name: string;
  readonly email: string;
  readonly mobile: string;
  readonly role: MemberRole;
  readonly departmentCode: string;
  readonly departmentName: string;
  /** the password is one that somebody else gave: nothing is opened before it is changed (E-13, E-36) */
  readonly mustChangePassword: boolean;
}

export interface MemberSession {
  /** the cookie's value */
  readonly token: string;
  readonly member: SignedInMember;
  readonly expiresAt: Date;
}

interface Context {
  readonly db: Db;
  readonly random: Random;
}

/** @returns refusals INVALID_CREDENTIALS, ACCOUNT_LOCKED (with `lockedUntil`), ACCOUNT_DISABLED, ENTERPRISE_DISSOLVED */
export async function signInMember(
  { db, random }: Context,
  account: string,
  password: string,
  now: Date,
  from: Origin = { ip: null, requestId: 'none' },
): Promise<Result<MemberSession>> {
  const at = account.lastIndexOf('@');
  const found = at < 1 ? null : await store.credentialOf(db, account.slice(0, at), account.slice(at + 1));
  // An unknown name is not written down: people type passwords into the wrong field.
  const actor = found ? `member:${found.memberId}` : 'unknown';
  const entry = { ...from, actor, role: 'EM', action: 'member.sign-in', object: actor, traceId: null };
  const refused = async (code: string, message: string, facts?: Record<string, string>) => {
    await writeAudit(db, { ...entry, result: `refused ${code}` }, now);
    return refuse(code, message, facts);
  };
  if (!found) {
    await hashPassword(password); // an unknown name takes as long as a known one
    return refused('INVALID_CREDENTIALS', WRONG);
  }
  const lockEnd = new Date(now.getTime() + LOCK_MS);
  if (!(await store.tryMemberPassword(db, found.memberId, MOST_FAILED_SIGN_INS, now, lockEnd)))
    return refused('ACCOUNT_LOCKED', 'E-39: too many wrong passwords', {
      lockedUntil: ((await store.lockedUntil(db, found.memberId)) ?? lockEnd).toISOString(),
    });
  if (!(await verify(found.passwordHash, password))) {
    await store.endSessionsOfLocked(db, found.memberId, now);
    return refused('INVALID_CREDENTIALS', WRONG);
  }
  await store.memberSignedIn(db, found.memberId, now);
  if (found.dissolved) return refused('ENTERPRISE_DISSOLVED', 'E-7: this enterprise was dissolved');
  if (!found.enabled) return refused('ACCOUNT_DISABLED', 'E-14: the administrator has disabled this member');
  return inTransaction(db, async (tx) => {
    const session = await memberSession(random, tx, found.memberId, now);
    if (session) await writeAudit(tx, { ...entry, result: 'done' }, now);
    return session ? ok(session) : refuse('ACCOUNT_DISABLED', 'this member was disabled just now');
  });
}

/** A session of a member who has shown who it is. @returns null = the member may not sign in */
export async function memberSession(
  random: Random,
  tx: Tx,
  memberId: string,
  now: Date,
): Promise<MemberSession | null> {
  const token = Buffer.from(random.bytes(32)).toString('base64url');
  const expiresAt = new Date(now.getTime() + SESSION_MS);
  await store.insertSession(tx, tokenHash(token), memberId, now, expiresAt);
  const member = await store.memberOfToken(tx, tokenHash(token), now);
  return member && { token, member, expiresAt };
}
const WRONG = 'the account or the password is wrong';

/** Who is signed in; null = the session is over, or the member was disabled or deleted, or the enterprise dissolved. */
export const memberOfSession = (executor: Executor, token: string, now: Date): Promise<SignedInMember | null> =>
  store.memberOfToken(executor, tokenHash(token), now);

/** Names a session to whoever rests something on it; nobody signs in with it. */
export const markOfSession = (token: string): string => tokenHash(token);

/** Who is signed in with the session of this mark; null as for `memberOfSession`. */
export const memberOfMark = (executor: Executor, mark: string, now: Date): Promise<SignedInMember | null> =>
  store.memberOfToken(executor, mark, now);

export const endMemberSession = (executor: Executor, token: string): Promise<void> =>
  store.deleteSession(executor, tokenHash(token));

/**
 * One's own password; every session of the member ends, and another one begins for whoever changed it. A wrong present
 * one counts as a failed sign-in does.
 *
 * @returns refusals WRONG_PASSWORD, ACCOUNT_LOCKED, PASSWORD_WEAK when the new one is the present one or the account
 */
export async function changeMemberPassword(
  { db, random }: Context,
  asked: { readonly member: SignedInMember; readonly current: string; readonly next: string },
  from: Origin,
  now: Date,
): Promise<Result<MemberSession>> {
  const { member, current, next } = asked;
  const actor = `member:${member.memberId}`;
  const entry = { ...from, actor, role: 'EM', action: 'member.password', object: actor, traceId: null };
  const refused = async (code: string, message: string) => {
    await writeAudit(db, { ...entry, result: `refused ${code}` }, now);
    return refuse(code, message);
  };
  const found = await store.credentialOf(db, member.userName, member.tenantCode);
  const lockEnd = new Date(now.getTime() + LOCK_MS);
  if (!(await store.tryMemberPassword(db, member.memberId, MOST_FAILED_SIGN_INS, now, lockEnd)))
    return refused('ACCOUNT_LOCKED', 'E-39: too many wrong passwords');
  if (!found || !(await verify(found.passwordHash, current))) {
    await store.endSessionsOfLocked(db, member.memberId, now);
    return refused('WRONG_PASSWORD', 'the present password is wrong');
  }
  const same = (name: string) => next.toLowerCase() === name.toLowerCase();
  if (next === current || same(member.userName) || same(`${member.userName}@${member.tenantCode}`))
    return refused('PASSWORD_WEAK', 'choose a password that is neither the present one nor the account');
  const hash = await hashPassword(next);
  return inTransaction(db, async (tx) => {
    await store.setPassword(tx, member.memberId, { hash, mustChange: false }, now);
    await store.endSessionsOf(tx, member.memberId);
    await writeAudit(tx, { ...entry, result: 'done' }, now);
    const session = await memberSession(random, tx, member.memberId, now);
    return session ? ok(session) : refuse('ACCOUNT_DISABLED', 'this member was disabled just now');
  });
}
