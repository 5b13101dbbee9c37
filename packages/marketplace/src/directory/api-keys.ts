/** AK/SK pairs of the Open API, as their seller manages them: named, rotated with an overlap, revoked. */
import { type Executor, sql } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { createApiKey, type DirectoryContext } from './service.ts';

/** A seller's programs need a few; more would hide one that leaked. */
export const MOST_API_KEYS = 10;
/** last use is kept to the minute, so that a busy program does not write each time */
const USE_MS = 60_000;
/** how long the key before may go on working while programs are changed */
export const LONGEST_OVERLAP_HOURS = 168;

export interface ApiKey {
  readonly ak: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** when it ends, because another has taken its place; null = it does not */
  readonly endsAt: Date | null;
  readonly revoked: boolean;
  readonly lockedUntil: Date | null;
  /** the key that it took the place of */
  readonly replaces: string | null;
}

/** Newest first, revoked ones too: calls of theirs stand in the log. */
export async function apiKeysOf(executor: Executor, sellerId: string): Promise<ApiKey[]> {
  const { rows } = await sql<ApiKey>`
    SELECT ak, name, created_at AS "createdAt", last_used_at AS "lastUsedAt", ends_at AS "endsAt", disabled AS revoked, locked_until AS "lockedUntil", replaces
    FROM directory.api_keys WHERE seller_id = ${sellerId} ORDER BY created_at DESC, ak`.execute(executor);
  return rows;
}

/** The secret key is shown here and never again. Refuses TOO_MANY. */
export async function makeApiKey(
  context: DirectoryContext,
  executor: Executor,
  { sellerId, name }: { readonly sellerId: string; readonly name: string },
  now: Date,
): Promise<Result<{ ak: string; sk: string }>> {
  const living = (await apiKeysOf(executor, sellerId)).filter((key) => works(key, now));
  if (living.length >= MOST_API_KEYS) return refuse('TOO_MANY', `a seller has at most ${MOST_API_KEYS} access keys`);
  const made = await createApiKey(context, executor, { sellerId }, now);
  await sql`UPDATE directory.api_keys SET name = ${name} WHERE ak = ${made.ak}`.execute(executor);
  return ok(made);
}

/** A new pair takes the place of one that goes on for some hours. Refuses NOT_FOUND, KEY_STATE. */
export async function rotateApiKey(
  context: DirectoryContext,
  executor: Executor,
  { sellerId, ak, overlapHours }: { readonly sellerId: string; readonly ak: string; readonly overlapHours: number },
  now: Date,
): Promise<Result<{ ak: string; sk: string }>> {
  const before = (await apiKeysOf(executor, sellerId)).find((key) => key.ak === ak);
  if (!before) return refuse('NOT_FOUND', 'there is no such access key');
  if (!works(before, now) || before.endsAt !== null)
    return refuse('KEY_STATE', 'this key is revoked, or another has taken its place already');
  const made = await createApiKey(context, executor, { sellerId }, now);
  await sql`UPDATE directory.api_keys SET name = ${before.name}, replaces = ${ak} WHERE ak = ${made.ak}`.execute(
    executor,
  );
  const endsAt = new Date(now.getTime() + overlapHours * 3_600_000);
  await sql`UPDATE directory.api_keys SET ends_at = ${endsAt} WHERE ak = ${ak}`.execute(executor);
  return ok(made);
}

/** At once, for good. Refuses NOT_FOUND. */
export async function revokeApiKey(
  executor: Executor,
  { sellerId, ak }: { readonly sellerId: string; readonly ak: string },
): Promise<Result<null>> {
  const { numAffectedRows = 0n } = await sql`
    UPDATE directory.api_keys SET disabled = true WHERE ak = ${ak} AND seller_id = ${sellerId}`.execute(executor);
  return numAffectedRows > 0n ? ok(null) : refuse('NOT_FOUND', 'there is no such access key');
}

export const works = ({ revoked, endsAt }: Pick<ApiKey, 'revoked' | 'endsAt'>, now: Date): boolean =>
  !revoked && (endsAt === null || endsAt > now);

/** Notes that it was used. @returns false = another has taken its place, and its overlap is over */
export async function useApiKey(executor: Executor, ak: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ ended: boolean; stale: boolean }>`
    SELECT coalesce(ends_at <= ${now}, false) AS ended, coalesce(last_used_at < ${new Date(now.getTime() - USE_MS)}, true) AS stale
    FROM directory.api_keys WHERE ak = ${ak}`.execute(executor);
  const [key] = rows;
  if (key?.ended) return false;
  if (key?.stale) await sql`UPDATE directory.api_keys SET last_used_at = ${now} WHERE ak = ${ak}`.execute(executor);
  return true;
}
