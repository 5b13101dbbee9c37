/**
 * Idempotency keys: effect and stored answer are one commit, so a key is never left half done. The first answer is
 * replayed with a hit header; the same key while the first is under way is 409, with another body 422. An answer that shows
 * a secret is kept sealed, so that whoever lost it on the way can ask again, and a copy of the table gives it to nobody.
 */
import { createHash } from 'node:crypto';
import { type Executor, executeUnanswered, sql, type Tx } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { KeyRing } from '../key-ring.ts';

export const idempotencySchema: Migration = {
  id: '0005-idempotency',
  sql: `
CREATE TABLE platform.idempotency_keys (
  owner text NOT NULL, key text NOT NULL, fingerprint text NOT NULL, status int NOT NULL, body text NOT NULL, created_at timestamptz NOT NULL,
  PRIMARY KEY (owner, key)
);
CREATE INDEX ON platform.idempotency_keys (created_at);
-- bodies that show a secret; that of the key is empty then
CREATE TABLE platform.sealed_answers (
  answer_id text PRIMARY KEY, owner text NOT NULL, key text NOT NULL, sealed text NOT NULL,
  FOREIGN KEY (owner, key) REFERENCES platform.idempotency_keys ON DELETE CASCADE
);
CREATE INDEX ON platform.sealed_answers (owner, key);
`,
};

const PURPOSE = 'platform.answer';
/** Columns that hold sealed values, for key rotation. */
export const idempotencySealed = [
  { table: 'platform.sealed_answers', id: 'answer_id', column: 'sealed', purpose: PURPOSE },
] as const;

export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{8,128}$/;
export const KEPT_HOURS = 48;

export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}
export type Claim =
  | { readonly kind: 'first' }
  | { readonly kind: 'in-flight' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'hit'; readonly answer: StoredAnswer };

export const fingerprintOf = (method: string, path: string, body: string): string =>
  createHash('sha256').update(`${method} ${path}\n${body}`).digest('hex');

/**
 * Holds the key for this transaction; two requests with one key never run side by side, on any number of servers. Lock
 * and look-up are two statements of one trip: as one statement it would look at what was there before the lock was had.
 */
export async function claimKey(tx: Tx, owner: string, key: string, fingerprint: string, keys: KeyRing): Promise<Claim> {
  const [{ rows: locks }, { rows }] = await Promise.all([
    sql<{
      held: boolean;
    }>`SELECT pg_try_advisory_xact_lock(hashtextextended(${`${owner} ${key}`}, 0)) AS held`.execute(tx),
    sql<{
      fingerprint: string;
      status: number;
      body: string;
    }>`SELECT fingerprint, status, body FROM platform.idempotency_keys WHERE owner = ${owner} AND key = ${key}`.execute(
      tx,
    ),
  ]);
  if (!locks[0]?.held) return { kind: 'in-flight' };
  const [known] = rows;
  if (!known) return { kind: 'first' };
  if (known.fingerprint !== fingerprint) return { kind: 'conflict' };
  const body = known.body === '' ? await sealedBody(tx, owner, key, keys) : known.body;
  return { kind: 'hit', answer: { status: known.status, body } };
}

async function sealedBody(tx: Tx, owner: string, key: string, keys: KeyRing): Promise<string> {
  const { rows } = await sql<{ sealed: string }>`SELECT sealed FROM platform.sealed_answers
    WHERE answer_id = ${answerId(owner, key)}`.execute(tx);
  return rows[0] ? keys.open(rows[0].sealed, PURPOSE) : '';
}
const answerId = (owner: string, key: string): string =>
  createHash('sha256').update(`${owner} ${key}`).digest('base64url');

/** For an answer that shows a secret. */
export async function storeSealedAnswer(
  tx: Tx,
  owner: string,
  key: string,
  fingerprint: string,
  { status, body }: StoredAnswer,
  keys: KeyRing,
  now: Date,
): Promise<void> {
  await storeAnswer(tx, owner, key, fingerprint, { status, body: '' }, now);
  await sql`INSERT INTO platform.sealed_answers (answer_id, owner, key, sealed)
    VALUES (${answerId(owner, key)}, ${owner}, ${key}, ${keys.seal(body, PURPOSE)})`.execute(tx);
}

export async function storeAnswer(
  tx: Tx,
  owner: string,
  key: string,
  fingerprint: string,
  answer: StoredAnswer,
  now: Date,
): Promise<void> {
  await executeUnanswered(
    tx,
    sql`INSERT INTO platform.idempotency_keys (owner, key, fingerprint, status, body, created_at) VALUES (${owner}, ${key}, ${fingerprint}, ${answer.status}, ${answer.body}, ${now})`,
  );
}

export async function forgetKeys(executor: Executor, now: Date): Promise<void> {
  await sql`DELETE FROM platform.idempotency_keys WHERE created_at < ${new Date(now.getTime() - KEPT_HOURS * 3_600_000)}`.execute(
    executor,
  );
}
