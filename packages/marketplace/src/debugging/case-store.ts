/** SQL of saved cases. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { Parameters } from './protocols/index.ts';

export interface DebugCase {
  readonly caseId: string;
  readonly goodsId: string;
  readonly sellerId: string;
  readonly activity: string;
  readonly parameters: Parameters;
  /** where it passed */
  readonly url: string;
  readonly keyId: string;
  readonly savedBy: string;
  readonly savedAt: Date;
}
const columns = sql`case_id AS "caseId", goods_id AS "goodsId", seller_id AS "sellerId", activity, parameters, url,
  key_id AS "keyId", saved_by AS "savedBy", saved_at AS "savedAt"`;
const texts = z.record(z.string(), z.string());
const checked = (row: DebugCase): DebugCase => ({ ...row, parameters: texts.parse(row.parameters) });

/** What of a table with seller_id and goods_id a scope reaches. */
export function withinScope(scope: Scope) {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'buyer') return sql`false`;
  const own = sql`seller_id = ${scope.sellerId}`;
  return scope.goodsIds ? sql`${own} AND goods_id = ANY(${scope.goodsIds}::text[])` : own;
}

/** The same interface with the same parameters is the same case: it is saved anew. @returns its id */
export async function saveCase(executor: Executor, saved: DebugCase): Promise<string> {
  const sorted = Object.entries(saved.parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
  const { rows } = await sql<{ case_id: string }>`
    INSERT INTO debugging.cases (case_id, goods_id, seller_id, activity, parameters, parameters_hash, url, key_id, saved_by, saved_at)
    VALUES (${saved.caseId}::uuid, ${saved.goodsId}, ${saved.sellerId}, ${saved.activity}, ${JSON.stringify(saved.parameters)}::jsonb,
            ${hash}, ${saved.url}, ${saved.keyId}, ${saved.savedBy}, ${saved.savedAt})
    ON CONFLICT (goods_id, activity, parameters_hash) WHERE deleted_at IS NULL
    DO UPDATE SET url = EXCLUDED.url, key_id = EXCLUDED.key_id, saved_by = EXCLUDED.saved_by, saved_at = EXCLUDED.saved_at
    RETURNING case_id`.execute(executor);
  return rows[0]?.case_id ?? saved.caseId;
}

/** Newest first. */
export async function listCases(
  executor: Executor,
  query: {
    readonly scope: Scope;
    readonly goodsId: string | undefined;
    readonly before: { at: Date; id: string } | null;
    readonly limit: number;
  },
): Promise<DebugCase[]> {
  const conditions = [sql`deleted_at IS NULL`, withinScope(query.scope)];
  if (query.goodsId !== undefined) conditions.push(sql`goods_id = ${query.goodsId}`);
  if (query.before) conditions.push(sql`(saved_at, case_id) < (${query.before.at}, ${query.before.id}::uuid)`);
  const { rows } = await sql<DebugCase>`
    SELECT ${columns} FROM debugging.cases WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY saved_at DESC, case_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows.map(checked);
}

/** All of one product, oldest first: what a probe replays. */
export async function casesOf(executor: Executor, goodsIds: readonly string[]): Promise<DebugCase[]> {
  const { rows } =
    await sql<DebugCase>`SELECT ${columns} FROM debugging.cases WHERE goods_id = ANY(${goodsIds}::text[]) AND deleted_at IS NULL ORDER BY saved_at, case_id`.execute(
      executor,
    );
  return rows.map(checked);
}

/** Deleted ones are found too, so that deleting twice is no error. */
export async function caseById(executor: Executor, caseId: string, scope: Scope): Promise<DebugCase | null> {
  const { rows } =
    await sql<DebugCase>`SELECT ${columns} FROM debugging.cases WHERE case_id = ${caseId}::uuid AND ${withinScope(scope)}`.execute(
      executor,
    );
  return rows[0] ? checked(rows[0]) : null;
}

export async function deleteCase(executor: Executor, caseId: string, now: Date): Promise<void> {
  await sql`UPDATE debugging.cases SET deleted_at = ${now} WHERE case_id = ${caseId}::uuid AND deleted_at IS NULL`.execute(
    executor,
  );
}
