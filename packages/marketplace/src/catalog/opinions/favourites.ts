/** Products that a person keeps at hand (12.2). */
import { type Executor, sql } from '../../platform/database/database.ts';
import type { Position } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';

/** far more than anybody looks through */
const MOST_FAVOURITES = 500;

/** Sets or takes the mark; twice is once. Refuses NOT_FOUND, TOO_MANY_FAVOURITES. */
export async function setFavourite(
  executor: Executor,
  input: { readonly userId: string; readonly goodsId: string; readonly favourite: boolean },
  now: Date,
): Promise<Result<{ goodsId: string; favourite: boolean }>> {
  const { userId, goodsId, favourite } = input;
  if (!favourite) {
    await sql`DELETE FROM catalog.favourites WHERE user_id = ${userId} AND goods_id = ${goodsId}`.execute(executor);
    return ok({ goodsId, favourite });
  }
  const { rows } = await sql<{ known: boolean; kept: number }>`
    SELECT EXISTS (SELECT 1 FROM catalog.products WHERE goods_id = ${goodsId} AND state IN ('ON_SALE','TRADE_FROZEN','STOPPED','WITHDRAWN')) AS known,
           (SELECT count(*) FROM catalog.favourites WHERE user_id = ${userId}) AS kept`.execute(executor);
  if (rows[0]?.known !== true) return refuse('NOT_FOUND', 'there is no such product');
  if (rows[0].kept >= MOST_FAVOURITES)
    return refuse('TOO_MANY_FAVOURITES', `at most ${MOST_FAVOURITES} favourites are kept`);
  await sql`INSERT INTO catalog.favourites (user_id, goods_id, created_at) VALUES (${userId}, ${goodsId}, ${now}) ON CONFLICT DO NOTHING`.execute(
    executor,
  );
  return ok({ goodsId, favourite });
}

/** Of these products, those that the person keeps. */
export async function favouritesAmong(
  executor: Executor,
  userId: string,
  goodsIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ goods_id: string }>`
    SELECT goods_id FROM catalog.favourites WHERE user_id = ${userId} AND goods_id = ANY(${goodsIds}::text[])`.execute(
    executor,
  );
  return new Set(rows.map((row) => row.goods_id));
}

/** Newest first. */
export async function listFavourites(
  executor: Executor,
  query: { readonly userId: string; readonly before: Position | null; readonly limit: number },
): Promise<{ goodsId: string; createdAt: Date }[]> {
  const { userId, before, limit } = query;
  const { rows } = await sql<{ goodsId: string; createdAt: Date }>`
    SELECT goods_id AS "goodsId", created_at AS "createdAt" FROM catalog.favourites
    WHERE user_id = ${userId} ${before ? sql`AND (created_at, goods_id) < (${before.at}, ${before.id})` : sql``}
    ORDER BY created_at DESC, goods_id DESC LIMIT ${limit}`.execute(executor);
  return rows;
}
