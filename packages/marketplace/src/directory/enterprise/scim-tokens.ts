/** Tokens of identity providers: found by their hash, never kept in clear. While there is one, the directory is the provider's (E-18). */
import { createHash } from 'node:crypto';
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import { ALPHANUMERIC, type Random, randomText, uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { setSource } from './enterprise-store.ts';

const MOST_TOKENS = 5;

export interface ScimToken {
  readonly tokenId: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** @returns the token, shown this once; refusal TOO_MANY_TOKENS */
export async function makeScimToken(
  random: Random,
  tx: Tx,
  asked: { readonly enterpriseId: string; readonly name: string; readonly by: string },
  now: Date,
): Promise<Result<string>> {
  if ((await scimTokensOf(tx, asked.enterpriseId)).length >= MOST_TOKENS)
    return refuse('TOO_MANY_TOKENS', `an enterprise has at most ${MOST_TOKENS} tokens`);
  const token = `scim_${randomText(random, 43, ALPHANUMERIC)}`;
  await sql`INSERT INTO directory.scim_tokens (token_hash, token_id, enterprise_id, name, created_by, created_at)
    VALUES (${hashOf(token)}, ${uuid(random)}::uuid, ${asked.enterpriseId}, ${asked.name}, ${asked.by}, ${now})`.execute(
    tx,
  );
  await setSource(tx, asked.enterpriseId, 'SCIM');
  return ok(token);
}

/** The last one gives the directory back to the console. @returns false = there is no such token */
export async function revokeScimToken(tx: Tx, enterpriseId: string, tokenId: string): Promise<boolean> {
  const result =
    await sql`DELETE FROM directory.scim_tokens WHERE enterprise_id = ${enterpriseId} AND token_id = ${tokenId}::uuid`.execute(
      tx,
    );
  if (Number(result.numAffectedRows ?? 0) === 0) return false;
  if ((await scimTokensOf(tx, enterpriseId)).length === 0) await setSource(tx, enterpriseId, 'CONSOLE');
  return true;
}

export async function scimTokensOf(executor: Executor, enterpriseId: string): Promise<ScimToken[]> {
  const { rows } =
    await sql<ScimToken>`SELECT token_id AS "tokenId", name, created_at AS "createdAt", last_used_at AS "lastUsedAt"
    FROM directory.scim_tokens WHERE enterprise_id = ${enterpriseId} ORDER BY created_at, token_id`.execute(executor);
  return rows;
}

/** @returns the enterprise that a token keeps, if it lives; that it was used is written down */
export async function enterpriseOfToken(
  executor: Executor,
  token: string,
  now: Date,
): Promise<{ readonly enterpriseId: string; readonly tokenId: string } | null> {
  const { rows } = await sql<{
    enterpriseId: string;
    tokenId: string;
  }>`UPDATE directory.scim_tokens t SET last_used_at = ${now}
    FROM directory.enterprises e WHERE t.token_hash = ${hashOf(token)} AND e.enterprise_id = t.enterprise_id AND e.dissolved_at IS NULL
    RETURNING t.enterprise_id AS "enterpriseId", t.token_id AS "tokenId"`.execute(executor);
  return rows[0] ?? null;
}
