/**
 * Sessions of the consoles: opened by a password (and a code, where the account has a second factor) or by the company's
 * identity provider; listed for their owner; ended by the owner, by whoever keeps the account, and by time: an absolute limit
 * and one without use (`config.sessions`).
 */
import { createHash } from 'node:crypto';
import { writeAudit } from '../platform/audit.ts';
import type { Config } from '../platform/config.ts';
import { type Db, type Executor, inTransaction, sql, type Tx } from '../platform/database/database.ts';
import type { Random } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { Principal } from './permissions.ts';
import { distrustSessions } from './recent-sessions.ts';
import { factorOf, insertHalf, type SignInMethod } from './second-factor-store.ts';
import * as store from './store.ts';

/** Where a sign-in comes from, for the audit log. */
export interface Origin {
  readonly ip: string | null;
  readonly requestId: string;
  /** the browser as it names itself */
  readonly agent?: string | null;
}
export interface SignInContext {
  readonly db: Db;
  readonly random: Random;
  readonly config: Pick<Config, 'sessions'>;
}
export interface SignedIn {
  readonly kind: 'SIGNED_IN';
  readonly token: string;
  readonly principal: Principal;
  readonly expiresAt: Date;
}
/** The first step was right; the token is good for the second one and for nothing else. */
export interface CodeNeeded {
  readonly kind: 'CODE_NEEDED';
  readonly token: string;
  readonly expiresAt: Date;
}
export type Entered = SignedIn | CodeNeeded;

/** Who proved to be whom, and how. */
export interface Proven {
  readonly userId: string;
  readonly role: string;
  readonly method: SignInMethod;
}

/** how long a code may take to be typed */
const HALF_MS = 5 * 60_000;
/** browsers name themselves at length; what tells them apart comes first */
const MOST_AGENT = 300;

/** A session, or, for an account with a second factor, what waits for its code. */
export async function openOrAsk(
  context: SignInContext,
  proven: Proven,
  now: Date,
  from: Origin,
): Promise<Result<Entered>> {
  const factor = await factorOf(context.db, proven.userId);
  if (factor?.confirmedAt == null) return openSession(context, proven, now, from);
  const token = newToken(context.random);
  const expiresAt = new Date(now.getTime() + HALF_MS);
  const { userId, method } = proven;
  await insertHalf(context.db, { tokenHash: hashOf(token), userId, method, expiresAt }, now);
  return ok({ kind: 'CODE_NEEDED', token, expiresAt });
}

/** Refuses ACCOUNT_DISABLED when the account was disabled in between or has no role. */
export async function openSession(
  { db, random, config }: SignInContext,
  { userId, role, method }: Proven,
  now: Date,
  from: Origin,
): Promise<Result<SignedIn>> {
  const token = newToken(random);
  const entry = signInOf({ actor: userId, role }, from);
  const { hours, idleMinutes } = config.sessions;
  const expiresAt = new Date(now.getTime() + hours * 3_600_000);
  const how = {
    ...{ method, ip: from.ip, agent: from.agent?.slice(0, MOST_AGENT) ?? null },
    idleMs: idleMinutes === 0 ? null : idleMinutes * 60_000,
  };
  const principal = await inTransaction(db, async (tx) => {
    await store.insertSession(tx, hashOf(token), userId, now, expiresAt, how);
    await store.signedInAt(tx, userId, now);
    const action = method === 'OIDC' ? 'session.sign-in-oidc' : entry.action;
    await writeAudit(tx, { ...entry, action, result: 'done' }, now);
    return store.principalOfSession(tx, hashOf(token), now);
  });
  return principal
    ? ok({ kind: 'SIGNED_IN', token, principal, expiresAt })
    : refuse('ACCOUNT_DISABLED', 'this account is disabled or has no role');
}

/** An entry of the audit log about a sign-in, all but its result. */
export const signInOf = (who: { actor: string; role: string }, { ip, requestId }: Origin) => ({
  ...who,
  ...{ ip, requestId },
  action: 'session.sign-in',
  object: `user:${who.actor}`,
  traceId: null,
});

const newToken = (random: Random): string => Buffer.from(random.bytes(32)).toString('base64url');
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

// --- the list -------------------------------------------------------------------------------------------------

/** Names a session to people; of a hash, so that it opens nothing. */
export const sessionIdOf = (tokenHash: string): string => tokenHash.slice(0, ID_LENGTH);
const ID_LENGTH = 32;

export interface OpenSession {
  readonly sessionId: string;
  readonly createdAt: Date;
  /** to the minute */
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly method: SignInMethod;
  readonly ip: string | null;
  readonly agent: string | null;
}

/** The open sessions of an account, the one that was used last first. */
export async function sessionsOf(executor: Executor, userId: string, now: Date): Promise<OpenSession[]> {
  const { rows } = await sql<OpenSession>`
    SELECT left(token_hash, ${ID_LENGTH}::int) AS "sessionId", created_at AS "createdAt", last_used_at AS "lastUsedAt",
      expires_at AS "expiresAt", method, ip, agent
    FROM directory.sessions WHERE user_id = ${userId} AND expires_at > ${now}
      AND (idle_ms IS NULL OR last_used_at + idle_ms * interval '1 millisecond' > ${now}::timestamptz)
    ORDER BY last_used_at DESC, created_at DESC, token_hash`.execute(executor);
  return rows;
}

/** @returns false = the account has no such session (any more) */
export async function endSession(tx: Tx, userId: string, sessionId: string): Promise<boolean> {
  distrustSessions(tx);
  const result = await sql`DELETE FROM directory.sessions
    WHERE user_id = ${userId} AND left(token_hash, ${ID_LENGTH}::int) = ${sessionId}`.execute(tx);
  return Number(result.numAffectedRows ?? 0) > 0;
}

/**
 * Ends all sessions of an account, and what waits for a code. @param keep the one that goes on: a token's hash
 * @returns how many ended
 */
export async function endSessions(tx: Tx, userId: string, keep: string | null = null): Promise<number> {
  distrustSessions(tx);
  await sql`DELETE FROM directory.half_sign_ins WHERE user_id = ${userId}`.execute(tx);
  const result = await sql`DELETE FROM directory.sessions
    WHERE user_id = ${userId} AND token_hash IS DISTINCT FROM ${keep}::text`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}
