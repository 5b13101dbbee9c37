/**
 * Idempotency keys: effect and stored answer are one commit, so a key is never left half done. The first answer is
 * replayed with a hit header; the same key while the first is under way is 409, with another body 422. An answer that shows
 * a secret is kept sealed, so that whoever lost it on the way can ask again, and a copy of the table gives it to nobody.
 */
import { createHash } from 'node:crypto';
import { type Executor, executeUnanswered, list, sql, type Tx } from '../database/database.ts';
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

/** A key as a request gives it: keys of others are other keys. */
export interface GivenKey {
  readonly owner: string;
  readonly key: string;
  readonly fingerprint: string;
}

export const claimKey = async (
  tx: Tx,
  owner: string,
  key: string,
  fingerprint: string,
  keys: KeyRing,
): Promise<Claim> => (await claimKeys(tx, [{ owner, key, fingerprint }], keys))[0] ?? { kind: 'in-flight' };

/**
 * Holds keys for this transaction; two requests with one key never run side by side, on any number of servers. Locks
 * and look-up are two statements of one trip: as one statement it would look at what was there before the locks were had.
 * Nothing waits: a lock is had or not.
 * @returns in the order of the list
 */
export async function claimKeys(tx: Tx, given: readonly GivenKey[], keys: KeyRing): Promise<Claim[]> {
  const column = (of: (each: GivenKey) => string) => given.map(of);
  const [{ rows: locks }, { rows: answers }] = await Promise.all([
    sql<{ held: boolean }>`
      SELECT pg_try_advisory_xact_lock(hashtextextended(asked.name, 0)) AS held
      FROM unnest(${column(({ owner, key }) => `${owner} ${key}`)}::text[]) WITH ORDINALITY AS asked (name, place) ORDER BY place`.execute(
      tx,
    ),
    // a look through the key for each, whatever the statistics say
    sql<{ owner: string; key: string; fingerprint: string; status: number; body: string }>`
      SELECT known.* FROM unnest(${list(
        column(({ owner }) => owner),
        'text',
      )}, ${list(
        column(({ key }) => key),
        'text',
      )}) AS asked (owner, key)
      CROSS JOIN LATERAL (
        SELECT owner, key, fingerprint, status, body FROM platform.idempotency_keys k
        WHERE k.owner = asked.owner AND k.key = asked.key LIMIT 1) AS known`.execute(tx),
  ]);
  const claims: Claim[] = [];
  for (const [place, { owner, key, fingerprint }] of given.entries()) {
    const known = answers.find((each) => each.owner === owner && each.key === key);
    if (!locks[place]?.held) claims.push({ kind: 'in-flight' });
    else if (!known) claims.push({ kind: 'first' });
    else if (known.fingerprint !== fingerprint) claims.push({ kind: 'conflict' });
    else {
      const body = known.body === '' ? await sealedBody(tx, owner, key, keys) : known.body;
      claims.push({ kind: 'hit', answer: { status: known.status, body } });
    }
  }
  return claims;
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

export const storeAnswer = (
  tx: Tx,
  owner: string,
  key: string,
  fingerprint: string,
  answer: StoredAnswer,
  now: Date,
): Promise<void> => storeAnswers(tx, [{ owner, key, fingerprint, ...answer }], now);

export async function storeAnswers(tx: Tx, answers: readonly (GivenKey & StoredAnswer)[], now: Date): Promise<void> {
  if (answers.length === 0) return;
  const column = (of: (each: GivenKey & StoredAnswer) => string) => answers.map(of);
  await executeUnanswered(
    tx,
    sql`INSERT INTO platform.idempotency_keys (owner, key, fingerprint, status, body, created_at)
      SELECT owner, key, fingerprint, status, body, ${now}
      FROM unnest(${column(({ owner }) => owner)}::text[], ${column(({ key }) => key)}::text[], ${column(({ fingerprint }) => fingerprint)}::text[],
        ${answers.map(({ status }) => status)}::int[], ${column(({ body }) => body)}::text[]) AS a (owner, key, fingerprint, status, body)`,
  );
}

export async function forgetKeys(executor: Executor, now: Date): Promise<void> {
  await sql`DELETE FROM platform.idempotency_keys WHERE created_at < ${new Date(now.getTime() - KEPT_HOURS * 3_600_000)}`.execute(
    executor,
  );
}
