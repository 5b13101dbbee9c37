/** SQL of second factors and of sign-ins that wait for their code. */
import { type Executor, sql } from '../platform/database/database.ts';

export interface FactorRow {
  readonly sealed: string;
  readonly confirmedAt: Date | null;
  readonly lockedUntil: Date | null;
}

export async function factorOf(executor: Executor, userId: string): Promise<FactorRow | null> {
  const { rows } = await sql<FactorRow>`
    SELECT sealed, confirmed_at AS "confirmedAt", locked_until AS "lockedUntil" FROM directory.second_factors WHERE user_id = ${userId}`.execute(
    executor,
  );
  return rows[0] ?? null;
}

/** Begins anew as long as nothing is confirmed. @returns false = there is a confirmed one */
export async function keepSecret(executor: Executor, userId: string, sealed: string, now: Date): Promise<boolean> {
  const result =
    await sql`INSERT INTO directory.second_factors (user_id, sealed, created_at) VALUES (${userId}, ${sealed}, ${now})
    ON CONFLICT (user_id) DO UPDATE SET sealed = excluded.sealed, created_at = excluded.created_at
    WHERE second_factors.confirmed_at IS NULL`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** @returns false = it was confirmed before, or its secret is another one by now */
export async function confirmSecret(executor: Executor, userId: string, sealed: string, now: Date): Promise<boolean> {
  const result = await sql`UPDATE directory.second_factors SET confirmed_at = ${now}
    WHERE user_id = ${userId} AND sealed = ${sealed} AND confirmed_at IS NULL`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function deleteFactor(executor: Executor, userId: string): Promise<boolean> {
  const result = await sql`DELETE FROM directory.second_factors WHERE user_id = ${userId}`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** Counts a look at a code before it is looked at, as `reserveSignIn` does for passwords. @returns false = locked */
export async function reserveCode(
  executor: Executor,
  userId: string,
  limit: number,
  now: Date,
  lockUntil: Date,
): Promise<boolean> {
  const result = await sql`UPDATE directory.second_factors SET
    locked_until = CASE WHEN failures + 1 >= ${limit} THEN ${lockUntil}::timestamptz END,
    failures = CASE WHEN failures + 1 >= ${limit} THEN 0 ELSE failures + 1 END
    WHERE user_id = ${userId} AND (locked_until IS NULL OR locked_until <= ${now})`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** The code of a time step is taken once, and none older than it. @returns false = replayed */
export async function takeStep(executor: Executor, userId: string, step: number): Promise<boolean> {
  const result = await sql`UPDATE directory.second_factors SET last_step = ${step}, failures = 0, locked_until = NULL
    WHERE user_id = ${userId} AND last_step < ${step}`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** @returns false = there is no such code, or it was used before */
export async function takeRecoveryCode(
  executor: Executor,
  userId: string,
  codeHash: string,
  now: Date,
): Promise<boolean> {
  const result = await sql`WITH taken AS (
      UPDATE directory.recovery_codes SET used_at = ${now} WHERE user_id = ${userId} AND code_hash = ${codeHash} AND used_at IS NULL
      RETURNING user_id)
    UPDATE directory.second_factors SET failures = 0, locked_until = NULL WHERE user_id IN (SELECT user_id FROM taken)`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function replaceRecoveryCodes(
  executor: Executor,
  userId: string,
  hashes: readonly string[],
): Promise<void> {
  await sql`DELETE FROM directory.recovery_codes WHERE user_id = ${userId}`.execute(executor);
  await sql`INSERT INTO directory.recovery_codes (user_id, code_hash) SELECT ${userId}, unnest(${hashes}::text[])`.execute(
    executor,
  );
}

export async function recoveryCodesLeft(executor: Executor, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM directory.recovery_codes WHERE user_id = ${userId} AND used_at IS NULL`.execute(
    executor,
  );
  return rows[0]?.count ?? 0;
}

export type SignInMethod = 'PASSWORD' | 'OIDC';

export async function insertHalf(
  executor: Executor,
  half: {
    readonly tokenHash: string;
    readonly userId: string;
    readonly method: SignInMethod;
    readonly expiresAt: Date;
  },
  now: Date,
): Promise<void> {
  await sql`DELETE FROM directory.half_sign_ins WHERE expires_at < ${now}`.execute(executor);
  await sql`INSERT INTO directory.half_sign_ins (token_hash, user_id, method, expires_at)
    VALUES (${half.tokenHash}, ${half.userId}, ${half.method}, ${half.expiresAt})`.execute(executor);
}

export async function halfOf(
  executor: Executor,
  tokenHash: string,
  now: Date,
): Promise<{ readonly userId: string; readonly method: SignInMethod } | null> {
  const { rows } = await sql<{ userId: string; method: SignInMethod }>`
    SELECT user_id AS "userId", method FROM directory.half_sign_ins WHERE token_hash = ${tokenHash} AND expires_at > ${now}`.execute(
    executor,
  );
  return rows[0] ?? null;
}

/** Once: of two that send a right code at the same time one gets the session. */
export async function takeHalf(executor: Executor, tokenHash: string): Promise<boolean> {
  const result = await sql`DELETE FROM directory.half_sign_ins WHERE token_hash = ${tokenHash}`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function dropHalves(executor: Executor, userId: string): Promise<void> {
  await sql`DELETE FROM directory.half_sign_ins WHERE user_id = ${userId}`.execute(executor);
}
