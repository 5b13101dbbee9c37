/** SQL of rounds, and of what supervision knows of a product. */
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import { withinScope } from './case-store.ts';
import type { FinishedRound, Slot } from './model.ts';

export interface Round {
  readonly roundId: string;
  readonly goodsId: string;
  readonly day: string;
  readonly slot: Slot;
  readonly startedAt: Date;
  /** null = still running */
  readonly finishedAt: Date | null;
  readonly passed: boolean | null;
}
const roundColumns = sql`round_id AS "roundId", goods_id AS "goodsId", day, slot, started_at AS "startedAt", finished_at AS "finishedAt", passed`;

/** @returns false = the round of this day and slot was begun before */
export async function insertRound(
  executor: Executor,
  round: Pick<Round, 'roundId' | 'goodsId' | 'day' | 'slot'> & { readonly sellerId: string },
  now: Date,
): Promise<boolean> {
  const result = await sql`
    INSERT INTO debugging.rounds (round_id, goods_id, seller_id, day, slot, started_at)
    VALUES (${round.roundId}::uuid, ${round.goodsId}, ${round.sellerId}, ${round.day}, ${round.slot}, ${now})
    ON CONFLICT (goods_id, day, slot) WHERE slot <> 'MANUAL' DO NOTHING`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** Locks the round and tells what its runs came to. @returns null = some are not over */
export async function roundOutcome(
  executor: Executor,
  roundId: string,
): Promise<{ readonly round: Round; readonly failed: readonly string[] } | null> {
  const found =
    await sql<Round>`SELECT ${roundColumns} FROM debugging.rounds WHERE round_id = ${roundId}::uuid FOR UPDATE`.execute(
      executor,
    );
  const { rows } = await sql<{ open: number; failed: string[] | null }>`
    SELECT count(*) FILTER (WHERE state IN ('DUE','RUNNING')) AS open, array_agg(id::text ORDER BY seq) FILTER (WHERE passed IS NOT TRUE) AS failed
    FROM debugging.runs WHERE round_id = ${roundId}::uuid`.execute(executor);
  const [round] = found.rows;
  return round && rows[0]?.open === 0 ? { round, failed: rows[0].failed ?? [] } : null;
}

export async function finishRound(executor: Executor, roundId: string, passed: boolean, now: Date): Promise<void> {
  await sql`UPDATE debugging.rounds SET finished_at = ${now}, passed = ${passed} WHERE round_id = ${roundId}::uuid`.execute(
    executor,
  );
}

/** Newest first. */
export async function roundsOf(executor: Executor, goodsId: string, limit: number): Promise<Round[]> {
  const { rows } =
    await sql<Round>`SELECT ${roundColumns} FROM debugging.rounds WHERE goods_id = ${goodsId} ORDER BY started_at DESC, round_id DESC LIMIT ${limit}`.execute(
      executor,
    );
  return rows;
}

const DAYS_LOOKED_AT = 40;

/** Finished rounds of the newest days by product, of those that still count (not before the operator's release). */
export async function countedRounds(
  executor: Executor,
  goodsIds: readonly string[],
): Promise<Map<string, FinishedRound[]>> {
  const { rows } = await sql<FinishedRound & { goodsId: string }>`
    SELECT r.goods_id AS "goodsId", r.day, r.finished_at AS "finishedAt", r.passed
    FROM unnest(${goodsIds}::text[]) AS g (goods_id)
    JOIN debugging.products p ON p.goods_id = g.goods_id
    CROSS JOIN LATERAL (
      SELECT * FROM debugging.rounds x WHERE x.goods_id = p.goods_id AND x.finished_at IS NOT NULL
        AND x.started_at >= coalesce(p.counted_from, '-infinity') ORDER BY x.started_at DESC LIMIT ${DAYS_LOOKED_AT}) r`.execute(
    executor,
  );
  const found = new Map<string, FinishedRound[]>();
  for (const { goodsId, ...round } of rows) found.set(goodsId, [...(found.get(goodsId) ?? []), round]);
  return found;
}

export interface SupervisedProduct {
  readonly goodsId: string;
  readonly sellerId: string;
  readonly probeAt: Date | null;
  readonly countedFrom: Date | null;
  readonly flaggedMonth: string | null;
  readonly visibilityBefore: 'PUBLIC' | 'HIDDEN' | null;
  readonly createdAt: Date;
}
const productColumns = sql`goods_id AS "goodsId", seller_id AS "sellerId", probe_at AS "probeAt", counted_from AS "countedFrom",
  flagged_month AS "flaggedMonth", visibility_before AS "visibilityBefore", created_at AS "createdAt"`;

/** The row of a product, made when there is none, locked until the transaction ends. */
export async function lockProduct(
  executor: Executor,
  product: { readonly goodsId: string; readonly sellerId: string },
  now: Date,
): Promise<SupervisedProduct> {
  await sql`INSERT INTO debugging.products (goods_id, seller_id, created_at) VALUES (${product.goodsId}, ${product.sellerId}, ${now}) ON CONFLICT DO NOTHING`.execute(
    executor,
  );
  const { rows } =
    await sql<SupervisedProduct>`SELECT ${productColumns} FROM debugging.products WHERE goods_id = ${product.goodsId} FOR UPDATE`.execute(
      executor,
    );
  if (!rows[0]) throw new Error('unreachable: the row was just made');
  return rows[0];
}

/** Newest first. */
export async function listProducts(
  executor: Executor,
  query: {
    readonly scope: Scope;
    readonly goodsId?: string | undefined;
    readonly before: { at: Date; id: string } | null;
    readonly limit: number;
  },
): Promise<SupervisedProduct[]> {
  const conditions = [withinScope(query.scope)];
  if (query.goodsId !== undefined) conditions.push(sql`goods_id = ${query.goodsId}`);
  if (query.before) conditions.push(sql`(created_at, goods_id) < (${query.before.at}, ${query.before.id})`);
  const { rows } = await sql<SupervisedProduct>`
    SELECT ${productColumns} FROM debugging.products WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at DESC, goods_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows;
}

export async function planProbe(executor: Executor, goodsId: string, at: Date | null): Promise<void> {
  await sql`UPDATE debugging.products SET probe_at = ${at} WHERE goods_id = ${goodsId}`.execute(executor);
}

export async function rememberFreeze(
  executor: Executor,
  goodsId: string,
  visibilityBefore: 'PUBLIC' | 'HIDDEN',
): Promise<void> {
  await sql`UPDATE debugging.products SET visibility_before = ${visibilityBefore} WHERE goods_id = ${goodsId}`.execute(
    executor,
  );
}

/** Failing days are counted anew. */
export async function rememberRelease(executor: Executor, goodsId: string, now: Date): Promise<void> {
  await sql`UPDATE debugging.products SET visibility_before = NULL, counted_from = ${now} WHERE goods_id = ${goodsId}`.execute(
    executor,
  );
}

export interface Sanction {
  readonly goodsId: string;
  readonly kind: 'FREEZE' | 'UNFREEZE';
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}
export async function insertSanction(
  executor: Executor,
  sanction: Sanction & { readonly sanctionId: string; readonly sellerId: string },
): Promise<void> {
  await sql`INSERT INTO debugging.sanctions (sanction_id, goods_id, seller_id, kind, actor, reason, at)
    VALUES (${sanction.sanctionId}::uuid, ${sanction.goodsId}, ${sanction.sellerId}, ${sanction.kind}, ${sanction.actor}, ${sanction.reason}, ${sanction.at})`.execute(
    executor,
  );
}

/** Newest first. */
export async function sanctionsOf(executor: Executor, goodsIds: readonly string[]): Promise<Sanction[]> {
  const { rows } =
    await sql<Sanction>`SELECT goods_id AS "goodsId", kind, actor, reason, at FROM debugging.sanctions WHERE goods_id = ANY(${goodsIds}::text[]) ORDER BY at DESC LIMIT 200`.execute(
      executor,
    );
  return rows;
}
