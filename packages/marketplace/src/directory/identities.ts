/**
 * Identities at the company's identity provider (OpenID Connect). No account is made by a sign-in: an identity belongs to the
 * account that its owner linked it to, or, for the marketplace's own people, to the account whose login name is its verified
 * e-mail address, in a domain that the configuration names.
 */
import { writeAudit } from '../platform/audit.ts';
import { type Db, type Executor, inTransaction, sql, type Tx } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { areaOf, isRole, type Principal } from './permissions.ts';
import { type Entered, type Origin, openOrAsk, type SignInContext, signInOf } from './sessions.ts';

export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
}
export interface ProvenIdentity extends Identity {
  /** the provider says that the address is this person's */
  readonly emailVerified: boolean;
}

interface Owner {
  readonly userId: string;
  readonly role: string;
  readonly disabled: boolean;
}

/**
 * @param domains whose verified addresses are login names of operators
 * @returns the session or what waits for its code; refusals NO_LINKED_ACCOUNT, ACCOUNT_DISABLED
 */
export async function signInWithIdentity(
  context: SignInContext,
  identity: ProvenIdentity,
  domains: readonly string[],
  now: Date,
  from: Origin,
): Promise<Result<Entered>> {
  const owner =
    (await ownerOf(context.db, identity, now)) ?? (await linkByAddress(context.db, identity, domains, now, from));
  const refused = async (code: string, message: string) => {
    const who = { actor: owner?.userId ?? 'unknown', role: owner?.role ?? 'none' };
    const entry = { ...signInOf(who, from), action: 'session.sign-in-oidc' };
    await writeAudit(context.db, { ...entry, result: `refused ${code}` }, now);
    return refuse(code, message);
  };
  if (!owner) return refused('NO_LINKED_ACCOUNT', 'no account is linked to this identity');
  if (owner.disabled) return refused('ACCOUNT_DISABLED', 'this account is disabled');
  return openOrAsk(context, { userId: owner.userId, role: owner.role, method: 'OIDC' }, now, from);
}

/** The identity of an account, to be shown to its owner. */
export async function identityOf(
  executor: Executor,
  userId: string,
  issuer: string,
): Promise<{ readonly email: string; readonly linkedAt: Date; readonly lastUsedAt: Date | null } | null> {
  const { rows } = await sql<{ email: string; linkedAt: Date; lastUsedAt: Date | null }>`
    SELECT email, linked_at AS "linkedAt", last_used_at AS "lastUsedAt" FROM directory.identities
    WHERE user_id = ${userId} AND issuer = ${issuer}`.execute(executor);
  return rows[0] ?? null;
}

/** Refuses IDENTITY_TAKEN when it is another account's, IDENTITY_LINKED when the account has one of this provider. */
export async function linkIdentity(
  db: Db,
  by: Principal,
  identity: Identity,
  now: Date,
  from: Origin,
): Promise<Result<null>> {
  return inTransaction(db, async (tx) => {
    const owner = await ownerOf(tx, identity, null);
    if (owner && owner.userId !== by.userId)
      return refuse('IDENTITY_TAKEN', 'another account is linked to this identity');
    if (!(await insertIdentity(tx, by.userId, identity, now)))
      return refuse('IDENTITY_LINKED', 'this account is linked already; remove the link first');
    await writeAudit(tx, entryOf(by, from, 'identity.link'), now);
    return ok(null);
  });
}

/** Refuses NO_IDENTITY. Sessions that the identity opened end: `endSessions` of the caller. */
export async function unlinkIdentity(
  tx: Tx,
  by: Principal,
  issuer: string,
  now: Date,
  from: Origin,
): Promise<Result<null>> {
  const result =
    await sql`DELETE FROM directory.identities WHERE user_id = ${by.userId} AND issuer = ${issuer}`.execute(tx);
  if (Number(result.numAffectedRows ?? 0) === 0) return refuse('NO_IDENTITY', 'no identity is linked to your account');
  await writeAudit(tx, entryOf(by, from, 'identity.unlink'), now);
  return ok(null);
}

/** @param usedAt written down as its last use; null = it is only looked at */
async function ownerOf(executor: Executor, { issuer, subject }: Identity, usedAt: Date | null): Promise<Owner | null> {
  const { rows } = await sql<Owner>`WITH used AS (
      UPDATE directory.identities SET last_used_at = coalesce(${usedAt}::timestamptz, last_used_at)
      WHERE issuer = ${issuer} AND subject = ${subject} RETURNING user_id)
    SELECT u.user_id AS "userId", u.role, u.disabled FROM used JOIN directory.users u ON u.user_id = used.user_id`.execute(
    executor,
  );
  return rows[0] ?? null;
}

/**
 * Operators only: login names of sellers' and buyers' people are chosen by their main accounts, who could take a name that is
 * somebody else's address.
 */
async function linkByAddress(
  db: Db,
  identity: ProvenIdentity,
  domains: readonly string[],
  now: Date,
  from: Origin,
): Promise<Owner | null> {
  const address = identity.email.toLowerCase();
  if (!identity.emailVerified || !domains.includes(address.slice(address.lastIndexOf('@') + 1))) return null;
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<Owner>`SELECT user_id AS "userId", role, disabled FROM directory.users
      WHERE login_name = ANY(${[...new Set([identity.email, address])]}::text[])`.execute(tx);
    const [owner, other] = rows.filter(({ role }) => isRole(role) && areaOf(role) === 'operator');
    if (!owner || other || !(await insertIdentity(tx, owner.userId, identity, now))) return null;
    await writeAudit(tx, entryOf(owner, from, 'identity.link'), now);
    return owner;
  });
}

async function insertIdentity(
  tx: Tx,
  userId: string,
  { issuer, subject, email }: Identity,
  now: Date,
): Promise<boolean> {
  const result = await sql`INSERT INTO directory.identities (issuer, subject, user_id, email, linked_at)
    VALUES (${issuer}, ${subject}, ${userId}, ${email}, ${now}) ON CONFLICT DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}

const entryOf = ({ userId, role }: { userId: string; role: string }, { ip, requestId }: Origin, action: string) => ({
  ...{ actor: userId, role, ip, requestId, action },
  ...{ object: `user:${userId}`, result: 'done' as const, traceId: null },
});
