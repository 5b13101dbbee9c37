/**
 * A step that somebody who only found a session open must not take is confirmed with a code that reaches the person
 * another way: six digits, ten minutes, five tries, good for one purpose (E-7, E-13). Only a hash is kept.
 */
import { createHash } from 'node:crypto';
import { type Db, type Executor, sql, type Tx } from '../platform/database/database.ts';
import { DIGITS, type Random, randomText } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';

export const CODE_MINUTES = 10;
const MOST_TRIES = 5;
/** nobody can have a mailbox flooded with codes */
const PAUSE_MS = 30_000;

/** Of one person, e.g. `dissolve:<enterprise>`: a code is good for nothing else. */
export interface CodePurpose {
  readonly userId: string;
  readonly purpose: string;
}

/** A new code; the last one of the same purpose is good no more. @returns refusal CODE_TOO_SOON (with `seconds`) */
export async function newCode(
  random: Random,
  tx: Tx,
  { userId, purpose }: CodePurpose,
  now: Date,
): Promise<Result<{ readonly code: string; readonly expiresAt: Date }>> {
  const code = randomText(random, 6, DIGITS);
  const expiresAt = new Date(now.getTime() + CODE_MINUTES * 60_000);
  await sql`DELETE FROM directory.verification_codes WHERE user_id = ${userId} AND expires_at < ${now}`.execute(tx);
  const { rows } =
    await sql`INSERT INTO directory.verification_codes AS c (user_id, purpose, code_hash, sent_at, expires_at)
    VALUES (${userId}, ${purpose}, ${hashOf(userId, purpose, code)}, ${now}, ${expiresAt})
    ON CONFLICT (user_id, purpose) DO UPDATE SET code_hash = excluded.code_hash, sent_at = excluded.sent_at,
      expires_at = excluded.expires_at, tries = 0
    WHERE c.sent_at <= ${new Date(now.getTime() - PAUSE_MS)} RETURNING 1`.execute(tx);
  return rows.length > 0
    ? ok({ code, expiresAt })
    : refuse('CODE_TOO_SOON', 'a code was sent a moment ago', { seconds: String(PAUSE_MS / 1_000) });
}

/**
 * Tries are counted outside the command's transaction, because a refusal undoes that one; a right code is spent inside it,
 * with what it confirms. @returns refusal WRONG_CODE (also missing, too old, tried too often)
 */
export async function spendCode(
  db: Db,
  tx: Tx,
  { userId, purpose, code }: CodePurpose & { readonly code: string | undefined },
  now: Date,
): Promise<Result<null>> {
  if (code === undefined) return refuse('WRONG_CODE', 'the verification code is missing');
  const codeHash = hashOf(userId, purpose, code);
  const sent = await tryCode(db, { userId, purpose }, now);
  if (sent !== codeHash) return WRONG;
  const { rows } = await sql`DELETE FROM directory.verification_codes
    WHERE user_id = ${userId} AND purpose = ${purpose} AND code_hash = ${codeHash} RETURNING 1`.execute(tx);
  return rows.length > 0 ? ok(null) : WRONG;
}
const WRONG = refuse('WRONG_CODE', 'the code is wrong, too old or was tried too often; ask for a new one');

async function tryCode(executor: Executor, { userId, purpose }: CodePurpose, now: Date): Promise<string | null> {
  const { rows } = await sql<{ hash: string }>`UPDATE directory.verification_codes SET tries = tries + 1
    WHERE user_id = ${userId} AND purpose = ${purpose} AND tries < ${MOST_TRIES} AND expires_at > ${now}
    RETURNING code_hash AS hash`.execute(executor);
  return rows[0]?.hash ?? null;
}

const hashOf = (userId: string, purpose: string, code: string) =>
  createHash('sha256').update(`${userId} ${purpose} ${code}`).digest('hex');
