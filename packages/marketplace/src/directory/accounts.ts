/**
 * People of a tenant: its main account makes sub-users, gives each a role, and takes it back (consoles-and-processes.md
 * 6.1, S-11); the marketplace's own people are kept by its system administrators (6.2, OS).
 */
import { verify } from '@node-rs/argon2';
import { writeAudit } from '../platform/audit.ts';
import { type Executor, inTransaction, sql, type Tx } from '../platform/database/database.ts';
import { ALPHANUMERIC, randomText } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { type Area, areaOf, isRole, type Principal, type Role } from './permissions.ts';
import { distrustSessions } from './recent-sessions.ts';
import { deleteFactor } from './second-factor-store.ts';
import { createUser, type DirectoryContext, hashPassword, type Origin, tokenHash, tryPassword } from './service.ts';
import { endSessions } from './sessions.ts';
import { userByLogin } from './store.ts';

/** What a main account may give; its own role is not among them: a tenant has one main account. */
const SUB_ROLES: Readonly<Record<Area, readonly Role[]>> = {
  buyer: ['BP', 'BV', 'BF', 'EA', 'EB'],
  seller: ['SP', 'SD', 'SS', 'SF'],
  operator: ['OR', 'OM', 'OF', 'OC', 'OA', 'OS'],
  enterprise: [],
  distributor: [],
};
export const subRoles = (role: Role): readonly Role[] => SUB_ROLES[areaOf(role)];

/** An initial password: shown once to whoever made the account, changed at the first sign-in (E-13). */
const INITIAL_LENGTH = 16;

export interface Member {
  readonly userId: string;
  readonly loginName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly disabled: boolean;
  /** the initial password has not been changed yet */
  readonly passwordInitial: boolean;
  readonly lastSignInAt: Date | null;
  readonly createdAt: Date;
  /** signs in with a code of an authenticator app */
  readonly secondFactor: boolean;
  /** products of a seller's sub-user whose role reaches assigned ones only (S-11) */
  readonly goodsIds: readonly string[];
}

/** whose people they are */
type Tenancy = Pick<Principal, 'buyerId' | 'sellerId' | 'role'>;

/** All people of the tenant of `by`, the main account first. */
export async function membersOf(executor: Executor, by: Tenancy, userId: string | null = null): Promise<Member[]> {
  const { rows } = await sql<Omit<Member, 'role' | 'goodsIds'> & { role: string; goodsIds: string[] | null }>`
    SELECT user_id AS "userId", login_name AS "loginName", display_name AS "displayName", role, disabled,
      password_initial AS "passwordInitial", last_sign_in_at AS "lastSignInAt", created_at AS "createdAt",
      EXISTS (SELECT FROM directory.second_factors f WHERE f.user_id = u.user_id AND f.confirmed_at IS NOT NULL) AS "secondFactor",
      (SELECT array_agg(g.goods_id ORDER BY g.goods_id) FROM directory.product_grants g WHERE g.user_id = u.user_id) AS "goodsIds"
    FROM directory.users u WHERE ${sameTenant(by)} AND (${userId}::text IS NULL OR user_id = ${userId}::text)
    ORDER BY created_at, login_name`.execute(executor);
  return rows.flatMap(({ role, goodsIds, ...row }) =>
    isRole(role) ? [{ ...row, role, goodsIds: goodsIds ?? [] }] : [],
  );
}

/** @returns the member with its initial password, which nobody can read again. Refuses ROLE_NOT_GIVEN, LOGIN_NAME_TAKEN. */
export async function addMember(
  context: DirectoryContext,
  tx: Tx,
  input: { by: Principal; loginName: string; displayName: string; role: Role },
  now: Date,
): Promise<Result<{ member: Member; password: string }>> {
  const { by, role } = input;
  if (!subRoles(by.role).includes(role)) return roleNotGiven(role);
  const made = await newAccount(
    context,
    tx,
    {
      loginName: input.loginName,
      displayName: input.displayName,
      role,
      ...(by.buyerId === null ? {} : { buyerId: by.buyerId }),
      ...(by.sellerId === null ? {} : { sellerId: by.sellerId }),
    },
    now,
  );
  if (!made.ok) return made;
  const [member] = await membersOf(tx, by, made.value.userId);
  if (!member) throw new Error(`the account ${made.value.userId} was made for another tenant`);
  return ok({ member, password: made.value.password });
}

export interface AccountOf {
  readonly loginName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly buyerId?: string;
  readonly sellerId?: string;
  readonly distributorId?: string;
}

/** An account with an initial password. Refuses LOGIN_NAME_TAKEN: login names are unique in the marketplace. */
export async function newAccount(
  context: DirectoryContext,
  tx: Tx,
  account: AccountOf,
  now: Date,
): Promise<Result<{ userId: string; password: string }>> {
  const { rows } = await sql`SELECT 1 FROM directory.users WHERE login_name = ${account.loginName}`.execute(tx);
  if (rows.length > 0) return refuse('LOGIN_NAME_TAKEN', 'this login name is taken', { loginName: account.loginName });
  const password = randomText(context.random, INITIAL_LENGTH, ALPHANUMERIC);
  const userId = await createUser(context, tx, { ...account, password }, now);
  await sql`UPDATE directory.users SET password_initial = true WHERE user_id = ${userId}`.execute(tx);
  return ok({ userId, password });
}

/**
 * A person of the marketplace itself, made where nobody is signed in: the first one of a new marketplace, on the command line.
 * @returns the initial password. Refuses LOGIN_NAME_TAKEN, ROLE_NOT_GIVEN for roles of buyers and sellers.
 */
export async function addOperator(
  context: DirectoryContext,
  account: Pick<AccountOf, 'loginName' | 'displayName' | 'role'>,
  now: Date,
): Promise<Result<{ password: string }>> {
  if (areaOf(account.role) !== 'operator') return roleNotGiven(account.role);
  return inTransaction(context.db, async (tx) => {
    const made = await newAccount(context, tx, account, now);
    if (!made.ok) return made;
    const by = { actor: 'command-line', role: 'none', ip: null, requestId: 'none', traceId: null };
    await writeAudit(tx, { ...by, action: 'member.add', object: `user:${made.value.userId}`, result: 'done' }, now);
    return ok({ password: made.value.password });
  });
}

/**
 * Another role, a lock, other products; what is undefined stays. Whoever is locked out is signed out. Refuses NO_SUCH_MEMBER
 * for people of other tenants, OWN_ACCOUNT for one's own account and the main account, ROLE_NOT_GIVEN.
 */
export async function changeMember(
  tx: Tx,
  input: {
    by: Principal;
    userId: string;
    role?: Role | undefined;
    disabled?: boolean | undefined;
    goodsIds?: readonly string[] | undefined;
  },
): Promise<Result<Member>> {
  const { by, userId, role, disabled, goodsIds } = input;
  const found = await subUser(tx, by, userId);
  if (!found.ok) return found;
  if (role !== undefined && !subRoles(by.role).includes(role)) return roleNotGiven(role);
  distrustSessions(tx);
  await sql`UPDATE directory.users SET role = coalesce(${role ?? null}, role), disabled = coalesce(${disabled ?? null}::boolean, disabled)
    WHERE user_id = ${userId}`.execute(tx);
  if (disabled === true) await endSessions(tx, userId);
  if (goodsIds !== undefined) {
    await sql`DELETE FROM directory.product_grants WHERE user_id = ${userId}`.execute(tx);
    await sql`INSERT INTO directory.product_grants (user_id, goods_id) SELECT ${userId}, unnest(${[...new Set(goodsIds)]}::text[])`.execute(
      tx,
    );
  }
  const [member] = await membersOf(tx, by, userId);
  return member ? ok(member) : notFound();
}

/** A new initial password for a sub-user; its sessions end. */
export async function resetPassword(
  context: DirectoryContext,
  tx: Tx,
  { by, userId }: { by: Principal; userId: string },
): Promise<Result<{ member: Member; password: string }>> {
  const found = await subUser(tx, by, userId);
  return found.ok ? ok(await renewPassword(context, tx, found.value)) : found;
}

/** A new initial password for an account; its sessions end. */
export async function renewPassword({ random }: Pick<DirectoryContext, 'random'>, tx: Tx, member: Member) {
  const password = randomText(random, INITIAL_LENGTH, ALPHANUMERIC);
  distrustSessions(tx);
  await sql`UPDATE directory.users SET password_hash = ${await hashPassword(password)}, password_initial = true,
    failed_sign_ins = 0, locked_until = NULL WHERE user_id = ${member.userId}`.execute(tx);
  await endSessions(tx, member.userId);
  return { member: { ...member, passwordInitial: true }, password };
}

/**
 * One's own password; every other session of the account ends. A wrong present one counts as a failed sign-in does, so
 * that whoever finds a session open does not try them all (E-39). Refuses WRONG_PASSWORD, ACCOUNT_LOCKED, PASSWORD_WEAK
 * when the new one is the present one or the login name; its length is checked at the boundary.
 */
export async function changePassword(
  { db }: DirectoryContext,
  input: { by: Principal; token: string; current: string; next: string },
  from: Origin,
  now: Date,
): Promise<Result<Principal>> {
  const { by, token, current, next } = input;
  const { ip, requestId } = from;
  const entry = {
    ...{ ip, requestId },
    actor: by.userId,
    role: by.role,
    action: 'session.password',
    object: `user:${by.userId}`,
    traceId: null,
  };
  const refused = async (code: string, message: string) => {
    await writeAudit(db, { ...entry, result: `refused ${code}` }, now);
    return refuse(code, message);
  };
  const { rows } = await sql<{ password_hash: string }>`
    SELECT password_hash FROM directory.users WHERE user_id = ${by.userId}`.execute(db);
  if (!(await tryPassword(db, by.userId, now))) return refused('ACCOUNT_LOCKED', 'too many wrong passwords');
  if (!(await verify(rows[0]?.password_hash ?? '', current)))
    return refused('WRONG_PASSWORD', 'the present password is wrong');
  if (next === current || next.toLowerCase() === by.loginName.toLowerCase())
    return refused('PASSWORD_WEAK', 'choose a password that is neither the present one nor the login name');
  const hash = await hashPassword(next);
  return inTransaction(db, async (tx) => {
    distrustSessions(tx);
    await sql`UPDATE directory.users SET password_hash = ${hash}, password_initial = false, failed_sign_ins = 0, locked_until = NULL
      WHERE user_id = ${by.userId}`.execute(tx);
    await endSessions(tx, by.userId, tokenHash(token));
    await writeAudit(tx, { ...entry, result: 'done' }, now);
    const { passwordInitial: _, ...principal } = by;
    return ok(principal);
  });
}

/** Signs a sub-user out everywhere. Refuses NO_SUCH_MEMBER, OWN_ACCOUNT. @returns how many sessions ended */
export async function signOutMember(
  tx: Tx,
  { by, userId }: { by: Principal; userId: string },
): Promise<Result<number>> {
  const found = await subUser(tx, by, userId);
  return found.ok ? ok(await endSessions(tx, userId)) : found;
}

/**
 * A sub-user has lost the telephone and the recovery codes: from now on the password alone, until a new second factor is set
 * up. The sessions end. Refuses NO_SUCH_MEMBER, OWN_ACCOUNT, NO_SECOND_FACTOR.
 */
export async function resetFactorOfMember(
  tx: Tx,
  { by, userId }: { by: Principal; userId: string },
): Promise<Result<Member>> {
  const found = await subUser(tx, by, userId);
  if (!found.ok) return found;
  if (!(await dropFactor(tx, userId))) return noFactor();
  return ok({ ...found.value, secondFactor: false });
}

/** The same for any account, by its login name: a main account has nobody else. Refuses NO_SUCH_ACCOUNT, NO_SECOND_FACTOR. */
export async function resetFactorOf(tx: Tx, loginName: string): Promise<Result<{ userId: string }>> {
  const user = await userByLogin(tx, loginName);
  if (!user) return refuse('NO_SUCH_ACCOUNT', 'nobody has this login name', { loginName });
  return (await dropFactor(tx, user.user_id)) ? ok({ userId: user.user_id }) : noFactor();
}

/** `resetFactorOf` where nobody is signed in: on the command line. */
export async function resetFactorAtHome({ db }: DirectoryContext, loginName: string, now: Date): Promise<Result<null>> {
  return inTransaction(db, async (tx) => {
    const reset = await resetFactorOf(tx, loginName);
    if (!reset.ok) return reset;
    const by = { actor: 'command-line', role: 'none', ip: null, requestId: 'none', traceId: null };
    const object = `user:${reset.value.userId}`;
    await writeAudit(tx, { ...by, action: 'second-factor.reset', object, result: 'done' }, now);
    return ok(null);
  });
}

async function dropFactor(tx: Tx, userId: string): Promise<boolean> {
  const had = await deleteFactor(tx, userId);
  if (had) await endSessions(tx, userId);
  return had;
}
const noFactor = () => refuse('NO_SECOND_FACTOR', 'this account has no second factor');

async function subUser(tx: Tx, by: Principal, userId: string): Promise<Result<Member>> {
  const [member] = await membersOf(tx, by, userId);
  if (!member) return notFound();
  return member.userId === by.userId || !subRoles(by.role).includes(member.role)
    ? refuse('OWN_ACCOUNT', 'one’s own account and the main account are not changed here')
    : ok(member);
}

/** Operators belong to no buyer, seller or distributor. */
function sameTenant({ buyerId, sellerId, role }: Tenancy) {
  if (buyerId !== null) return sql`u.buyer_id = ${buyerId}`;
  if (sellerId !== null) return sql`u.seller_id = ${sellerId}`;
  return areaOf(role) === 'operator'
    ? sql`u.buyer_id IS NULL AND u.seller_id IS NULL AND u.distributor_id IS NULL`
    : sql`false`;
}

const notFound = () => refuse('NO_SUCH_MEMBER', 'there is no such person in your account');
const roleNotGiven = (role: Role) => refuse('ROLE_NOT_GIVEN', 'the main account does not give this role', { role });
