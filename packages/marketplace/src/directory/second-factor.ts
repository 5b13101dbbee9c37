/**
 * The second factor of an account: a code of an authenticator app (RFC 6238) after the password, or one of ten recovery codes,
 * each of which works once.
 *
 * none → (enrol: password) → waiting → (confirm: code) → on → (remove: password and code; reset by who keeps the account) → none.
 * Five wrong codes in a row lock the code step for 15 minutes, as wrong passwords do the first one (E-39); a code is counted
 * before it is looked at, and the code of a time step is taken once.
 */
import { verify } from '@node-rs/argon2';
import { writeAudit } from '../platform/audit.ts';
import type { Config } from '../platform/config.ts';
import { inTransaction, sql } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { areaOf, type Principal } from './permissions.ts';
import { distrustSessions } from './recent-sessions.ts';
import { appAddress, newRecoveryCodes, newSecret, recoveryHash, stepOf } from './second-factor-code.ts';
import * as factors from './second-factor-store.ts';
import { type DirectoryContext, lockEnd, MOST_FAILED_CODES, tokenHash, tryPassword } from './service.ts';
import { endSessions, type Origin, openSession, type SignedIn, type SignInContext, signInOf } from './sessions.ts';
import { passwordRight } from './store.ts';

const PURPOSE = 'directory.second-factor';

/** Whose second factor, at which instants: `now` of the marketplace, `codeAt` of the clock that the telephone goes by. */
export interface Asked {
  readonly by: Principal;
  readonly from: Origin;
  readonly now: Date;
  readonly codeAt: Date;
}

/** Whether this person has to set one up before anything else; an identity provider asks for its own. */
export function factorDue({ role, secondFactor, signedInBy }: Principal, policy: Config['secondFactor']): boolean {
  if (secondFactor || signedInBy === 'OIDC' || policy === 'optional') return false;
  return policy === 'everybody' || areaOf(role) === 'operator';
}

export interface FactorState {
  readonly since: Date | null;
  readonly recoveryCodesLeft: number;
}
export async function factorState({ db }: Pick<DirectoryContext, 'db'>, userId: string): Promise<FactorState> {
  const factor = await factors.factorOf(db, userId);
  const since = factor?.confirmedAt ?? null;
  return { since, recoveryCodesLeft: since === null ? 0 : await factors.recoveryCodesLeft(db, userId) };
}

/**
 * A new secret, which is told this once. Asks for the password: a session that somebody found open would lock its owner out.
 * @param issuer what the app shows beside the login name
 * @returns refusals WRONG_PASSWORD, ACCOUNT_LOCKED, SECOND_FACTOR_ON
 */
export async function enrolFactor(
  context: DirectoryContext,
  asked: Asked,
  { password, issuer }: { readonly password: string; readonly issuer: string },
): Promise<Result<{ secret: string; address: string }>> {
  const { by, now } = asked;
  const known = await knowsPassword(context, asked, password);
  if (!known.ok) return refused(context, asked, 'second-factor.enrol', known);
  const secret = newSecret(context.random);
  if (!(await factors.keepSecret(context.db, by.userId, context.keys.seal(secret, PURPOSE), now)))
    return refuse('SECOND_FACTOR_ON', 'the account has a second factor; remove it first');
  return ok({ secret, address: appAddress(issuer, by.loginName, secret) });
}

/**
 * The first right code turns it on; all other sessions of the account end.
 * @returns ten recovery codes, told this once; refusals NO_SECOND_FACTOR, SECOND_FACTOR_WRONG, ACCOUNT_LOCKED
 */
export async function confirmFactor(
  context: DirectoryContext,
  asked: Asked,
  { code, token }: { readonly code: string; readonly token: string },
): Promise<Result<string[]>> {
  const { by, now } = asked;
  const factor = await factors.factorOf(context.db, by.userId);
  if (factor === null || factor.confirmedAt !== null)
    return refuse('NO_SECOND_FACTOR', 'no second factor is being set up');
  const taken = await takeCode(context, by.userId, code, asked);
  if (!taken.ok) return refused(context, asked, 'second-factor.confirm', taken);
  const codes = newRecoveryCodes(context.random);
  return inTransaction(context.db, async (tx) => {
    if (!(await factors.confirmSecret(tx, by.userId, factor.sealed, now)))
      return refuse('NO_SECOND_FACTOR', 'the second factor was set up anew meanwhile');
    await factors.replaceRecoveryCodes(tx, by.userId, codes.map(recoveryHash));
    await endSessions(tx, by.userId, tokenHash(token));
    await writeAudit(tx, entryOf(asked, 'second-factor.confirm', 'done'), now);
    return ok(codes);
  });
}

/** Ten new recovery codes; the old ones end. Refusals as of `removeFactor`. */
export async function renewRecoveryCodes(
  context: DirectoryContext,
  asked: Asked,
  proof: { readonly password: string; readonly code: string },
): Promise<Result<string[]>> {
  const proven = await provesBoth(context, asked, proof);
  if (!proven.ok) return refused(context, asked, 'second-factor.recovery-codes', proven);
  const codes = newRecoveryCodes(context.random);
  return inTransaction(context.db, async (tx) => {
    await factors.replaceRecoveryCodes(tx, asked.by.userId, codes.map(recoveryHash));
    await writeAudit(tx, entryOf(asked, 'second-factor.recovery-codes', 'done'), asked.now);
    return ok(codes);
  });
}

/** By the password and a code (where the factor has to be there, it is set up anew at once). Refuses NO_SECOND_FACTOR, WRONG_PASSWORD, SECOND_FACTOR_WRONG, ACCOUNT_LOCKED. */
export async function removeFactor(
  context: DirectoryContext,
  asked: Asked,
  proof: { readonly password: string; readonly code: string },
): Promise<Result<null>> {
  const proven = await provesBoth(context, asked, proof);
  if (!proven.ok) return refused(context, asked, 'second-factor.remove', proven);
  return inTransaction(context.db, async (tx) => {
    distrustSessions(tx);
    await factors.deleteFactor(tx, asked.by.userId);
    await writeAudit(tx, entryOf(asked, 'second-factor.remove', 'done'), asked.now);
    return ok(null);
  });
}

/**
 * The second step of a sign-in. @param halfToken of the first step, good for five minutes and one session
 * @returns refusals SIGN_IN_EXPIRED, SECOND_FACTOR_WRONG, ACCOUNT_LOCKED, ACCOUNT_DISABLED
 */
export async function finishSignIn(
  context: DirectoryContext & SignInContext,
  { halfToken, code, now, codeAt }: { halfToken: string; code: string; now: Date; codeAt: Date },
  from: Origin,
): Promise<Result<SignedIn>> {
  const expired = refuse('SIGN_IN_EXPIRED', 'begin the sign-in anew: the code was not sent in time');
  const half = await factors.halfOf(context.db, tokenHash(halfToken), now);
  const user = half && (await accountOf(context, half.userId));
  if (!half || !user || user.disabled) return expired;
  const taken = await takeCode(context, half.userId, code, { now, codeAt });
  if (!taken.ok) {
    const result = `refused ${taken.refusal.code}` as const;
    await writeAudit(context.db, { ...signInOf({ actor: half.userId, role: user.role }, from), result }, now);
    return taken;
  }
  if (!(await factors.takeHalf(context.db, tokenHash(halfToken)))) return expired;
  return openSession(context, { userId: half.userId, role: user.role, method: half.method }, now, from);
}

/** Whoever gives an account another way in knows its password. Refuses WRONG_PASSWORD, ACCOUNT_LOCKED. */
export async function provesPassword(
  context: DirectoryContext,
  asked: Asked,
  password: string,
  action: string,
): Promise<Result<null>> {
  const known = await knowsPassword(context, asked, password);
  return known.ok ? known : refused(context, asked, action, known);
}

// --- helpers --------------------------------------------------------------------------------------------------

/** A code of the app, or a recovery code; counted first. */
async function takeCode(
  { db, keys }: DirectoryContext,
  userId: string,
  code: string,
  { now, codeAt }: { readonly now: Date; readonly codeAt: Date },
): Promise<Result<null>> {
  if (!(await factors.reserveCode(db, userId, MOST_FAILED_CODES, now, lockEnd(now)))) {
    const factor = await factors.factorOf(db, userId);
    if (factor === null) return refuse('NO_SECOND_FACTOR', 'the account has no second factor');
    const lockedUntil = (factor.lockedUntil ?? lockEnd(now)).toISOString();
    return refuse('ACCOUNT_LOCKED', 'too many wrong codes', { lockedUntil });
  }
  const factor = await factors.factorOf(db, userId);
  const typed = code.replaceAll(/\s/g, '');
  const step = factor === null ? null : stepOf(keys.open(factor.sealed, PURPOSE), typed, codeAt);
  const right =
    step === null
      ? await factors.takeRecoveryCode(db, userId, recoveryHash(code), now)
      : await factors.takeStep(db, userId, step);
  return right ? ok(null) : refuse('SECOND_FACTOR_WRONG', 'the code is wrong or was used before');
}

async function provesBoth(
  context: DirectoryContext,
  asked: Asked,
  { password, code }: { readonly password: string; readonly code: string },
): Promise<Result<null>> {
  const factor = await factors.factorOf(context.db, asked.by.userId);
  if (factor?.confirmedAt == null) return refuse('NO_SECOND_FACTOR', 'the account has no second factor');
  const known = await knowsPassword(context, asked, password);
  return known.ok ? takeCode(context, asked.by.userId, code, asked) : known;
}

/** Counts as a sign-in does, so that an open session is no place to try passwords. */
async function knowsPassword(
  context: DirectoryContext,
  { by, now }: Pick<Asked, 'by' | 'now'>,
  password: string,
): Promise<Result<null>> {
  if (!(await tryPassword(context.db, by.userId, now))) return refuse('ACCOUNT_LOCKED', 'too many wrong passwords');
  const user = await accountOf(context, by.userId);
  if (user === null || !(await verify(user.passwordHash, password)))
    return refuse('WRONG_PASSWORD', 'the present password is wrong');
  await passwordRight(context.db, by.userId);
  return ok(null);
}

async function accountOf(
  { db }: Pick<DirectoryContext, 'db'>,
  userId: string,
): Promise<{ passwordHash: string; role: string; disabled: boolean } | null> {
  const { rows } = await sql<{ passwordHash: string; role: string; disabled: boolean }>`
    SELECT password_hash AS "passwordHash", role, disabled FROM directory.users WHERE user_id = ${userId}`.execute(db);
  return rows[0] ?? null;
}

async function refused<T>(
  { db }: DirectoryContext,
  asked: Asked,
  action: string,
  outcome: Extract<Result<T>, { ok: false }>,
): Promise<Extract<Result<T>, { ok: false }>> {
  await writeAudit(db, entryOf(asked, action, `refused ${outcome.refusal.code}`), asked.now);
  return outcome;
}

const entryOf = ({ by, from }: Asked, action: string, result: 'done' | `refused ${string}`) => ({
  ...{ actor: by.userId, role: by.role, ip: from.ip, requestId: from.requestId },
  ...{ action, object: `user:${by.userId}`, result, traceId: null },
});
