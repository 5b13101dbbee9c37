/**
 * Accounts of the distributor role (ED): beside the main account of a buyer that sets up enterprises for its own customers, up to
 * fifty (E-3). An operator makes them, locks them out, lets them in again and gives new passwords.
 */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { type Member, membersOf, newAccount, renewPassword } from './accounts.ts';
import { distrustSessions } from './recent-sessions.ts';
import type { DirectoryContext } from './service.ts';
import { endSessions } from './sessions.ts';

interface NewDistributorAccount {
  readonly buyerId: string;
  readonly loginName: string;
  readonly displayName: string;
}
type MemberWithPassword = { readonly member: Member; readonly password: string };

export async function distributorAccounts(
  executor: Executor,
  buyerId: string,
  userId: string | null = null,
): Promise<Member[]> {
  const people = await membersOf(executor, { buyerId, sellerId: null, role: 'BO' }, userId);
  return people.filter(({ role }) => role === 'ED');
}

/** @returns the initial password, which nobody can read again. Refuses LOGIN_NAME_TAKEN. */
export async function addDistributorAccount(
  context: DirectoryContext,
  tx: Tx,
  asked: NewDistributorAccount,
  now: Date,
): Promise<Result<MemberWithPassword>> {
  const made = await newAccount(context, tx, { ...asked, role: 'ED' }, now);
  if (!made.ok) return made;
  const found = await accountOf(tx, asked.buyerId, made.value.userId);
  return found.ok ? ok({ member: found.value, password: made.value.password }) : found;
}

/** Locks out, which ends the sessions, or lets in again. Refuses NO_SUCH_MEMBER. */
export async function lockDistributorAccount(
  tx: Tx,
  { buyerId, userId, disabled }: { buyerId: string; userId: string; disabled: boolean },
): Promise<Result<Member>> {
  const found = await accountOf(tx, buyerId, userId);
  if (!found.ok) return found;
  distrustSessions(tx);
  await sql`UPDATE directory.users SET disabled = ${disabled} WHERE user_id = ${userId}`.execute(tx);
  if (disabled) await endSessions(tx, userId);
  return ok({ ...found.value, disabled });
}

/** A new initial password; the sessions end. Refuses NO_SUCH_MEMBER. */
export async function resetDistributorPassword(
  context: DirectoryContext,
  tx: Tx,
  { buyerId, userId }: { buyerId: string; userId: string },
): Promise<Result<MemberWithPassword>> {
  const found = await accountOf(tx, buyerId, userId);
  return found.ok ? ok(await renewPassword(context, tx, found.value)) : found;
}

async function accountOf(executor: Executor, buyerId: string, userId: string): Promise<Result<Member>> {
  const [member] = await distributorAccounts(executor, buyerId, userId);
  return member ? ok(member) : refuse('NO_SUCH_MEMBER', 'this buyer has no such account of the distributor role');
}
