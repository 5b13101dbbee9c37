/** SQL of reviews and of the score that follows from them. */
import type { RawBuilder } from 'kysely';
import { type Executor, sql } from '../../platform/database/database.ts';
import type { Position } from '../../platform/http/cursor.ts';
import type { FileRef, LocalizedText } from '../definition.ts';
import { lockProducts } from '../finding/index-store.ts';

export interface Review {
  readonly reviewId: string;
  readonly orderLineId: string;
  readonly goodsId: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly author: string;
  readonly productName: LocalizedText;
  readonly specificationName: LocalizedText;
  readonly stars: number;
  readonly text: string;
  readonly pictures: readonly Picture[];
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly addition: string | null;
  readonly addedAt: Date | null;
  readonly reply: string | null;
  readonly repliedAt: Date | null;
  readonly hiddenReason: string | null;
  readonly hiddenAt: Date | null;
}
export type Picture = Pick<FileRef, 'fileId' | 'name'>;

const COLUMNS = sql`review_id AS "reviewId", order_line_id AS "orderLineId", goods_id AS "goodsId", seller_id AS "sellerId", buyer_id AS "buyerId", author,
  product_name AS "productName", specification_name AS "specificationName", stars, text, pictures, created_at AS "createdAt", edited_at AS "editedAt",
  addition, added_at AS "addedAt", reply, replied_at AS "repliedAt", hidden_reason AS "hiddenReason", hidden_at AS "hiddenAt"`;

export interface ReviewFilters {
  readonly goodsId?: string | undefined;
  readonly sellerId?: string | undefined;
  /** of a seller's user who was given some products only */
  readonly goodsIds?: readonly string[] | undefined;
  readonly buyerId?: string | undefined;
  readonly stars?: number | undefined;
  readonly state?: 'VISIBLE' | 'UNANSWERED' | 'ANSWERED' | 'HIDDEN' | undefined;
  readonly before: Position | null;
  readonly limit: number;
}

/** Newest first. */
export async function listReviews(executor: Executor, filters: ReviewFilters): Promise<Review[]> {
  const { goodsId, sellerId, goodsIds, buyerId, stars, state, before } = filters;
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (goodsId !== undefined) conditions.push(sql`goods_id = ${goodsId}`);
  if (sellerId !== undefined) conditions.push(sql`seller_id = ${sellerId}`);
  if (goodsIds !== undefined) conditions.push(sql`goods_id = ANY(${goodsIds}::text[])`);
  if (buyerId !== undefined) conditions.push(sql`buyer_id = ${buyerId}`);
  if (stars !== undefined) conditions.push(sql`stars = ${stars}`);
  if (state !== undefined) conditions.push(STATES[state]);
  if (before) conditions.push(sql`(created_at, review_id) < (${before.at}, ${before.id}::uuid)`);
  const { rows } = await sql<Review>`
    SELECT ${COLUMNS} FROM catalog.reviews WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at DESC, review_id DESC LIMIT ${filters.limit}`.execute(executor);
  return rows;
}

const STATES = {
  VISIBLE: sql`hidden_at IS NULL`,
  UNANSWERED: sql`hidden_at IS NULL AND reply IS NULL`,
  ANSWERED: sql`reply IS NOT NULL`,
  HIDDEN: sql`hidden_at IS NOT NULL`,
} as const;

/** For a change: nobody else changes it before the transaction ends. */
export async function lockReview(executor: Executor, reviewId: string): Promise<Review | null> {
  const { rows } =
    await sql<Review>`SELECT ${COLUMNS} FROM catalog.reviews WHERE review_id = ${reviewId}::uuid FOR UPDATE`.execute(
      executor,
    );
  return rows[0] ?? null;
}

/** @returns false = the order line has one already */
export async function insertReview(executor: Executor, review: Review): Promise<boolean> {
  const { numAffectedRows } = await sql`
    INSERT INTO catalog.reviews (review_id, order_line_id, goods_id, seller_id, buyer_id, author, product_name, specification_name, stars, text, pictures, created_at)
    VALUES (${review.reviewId}, ${review.orderLineId}, ${review.goodsId}, ${review.sellerId}, ${review.buyerId}, ${review.author},
            ${JSON.stringify(review.productName)}, ${JSON.stringify(review.specificationName)}, ${review.stars}, ${review.text}, ${JSON.stringify(review.pictures)}, ${review.createdAt})
    ON CONFLICT (order_line_id) DO NOTHING`.execute(executor);
  return Number(numAffectedRows ?? 0) === 1;
}

export async function saveReview(executor: Executor, review: Review, by: string): Promise<void> {
  const { reviewId, stars, text, pictures, editedAt, addition, addedAt } = review;
  const { reply, repliedAt, hiddenReason, hiddenAt } = review;
  await sql`
    UPDATE catalog.reviews SET stars = ${stars}, text = ${text}, pictures = ${JSON.stringify(pictures)}, edited_at = ${editedAt},
      addition = ${addition}, added_at = ${addedAt}, reply = ${reply}, replied_at = ${repliedAt},
      replied_by = CASE WHEN ${reply}::text IS NULL THEN NULL WHEN reply IS DISTINCT FROM ${reply}::text THEN ${by} ELSE replied_by END,
      hidden_reason = ${hiddenReason}, hidden_at = ${hiddenAt},
      hidden_by = CASE WHEN ${hiddenAt}::timestamptz IS NULL THEN NULL WHEN hidden_at IS NULL THEN ${by} ELSE hidden_by END
    WHERE review_id = ${reviewId}::uuid`.execute(executor);
}

export interface Score {
  /** mean of the visible reviews, rounded half-up to 1 decimal (12.3); null = none */
  readonly rating: string | null;
  readonly reviews: number;
  /** how many gave 1, 2, 3, 4, 5 stars */
  readonly stars: readonly number[];
}
const NO_SCORE: Score = { rating: null, reviews: 0, stars: [0, 0, 0, 0, 0] };

export async function scoreOf(executor: Executor, goodsId: string): Promise<Score> {
  const { rows } =
    await sql<Score>`SELECT rating, reviews, stars FROM catalog.scores WHERE goods_id = ${goodsId}`.execute(executor);
  return rows[0] ?? NO_SCORE;
}

/** Counts a product's score anew, and tells the index. */
export async function countScore(executor: Executor, goodsId: string): Promise<void> {
  await lockProducts(executor, [goodsId]);
  await sql`
    WITH counted AS (
      INSERT INTO catalog.scores (goods_id, reviews, rating, stars)
      SELECT ${goodsId}, count(*), round(avg(stars), 1),
             ARRAY[count(*) FILTER (WHERE stars = 1), count(*) FILTER (WHERE stars = 2), count(*) FILTER (WHERE stars = 3),
                   count(*) FILTER (WHERE stars = 4), count(*) FILTER (WHERE stars = 5)]::int[]
      FROM catalog.reviews WHERE goods_id = ${goodsId} AND hidden_at IS NULL
      ON CONFLICT (goods_id) DO UPDATE SET reviews = EXCLUDED.reviews, rating = EXCLUDED.rating, stars = EXCLUDED.stars
      RETURNING goods_id, reviews, rating)
    UPDATE catalog.search s SET reviews = counted.reviews, rating = counted.rating
    FROM counted WHERE s.goods_id = counted.goods_id`.execute(executor);
}

/** A completed order line, as the right to review. */
export interface ReviewableLine {
  readonly orderLineId: string;
  readonly orderId: string;
  readonly goodsId: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly productName: LocalizedText;
  readonly specificationName: LocalizedText;
  readonly completedAt: Date | null;
}
const LINE = sql`p.order_line_id AS "orderLineId", p.order_id AS "orderId", p.goods_id AS "goodsId", g.seller_id AS "sellerId", p.buyer_id AS "buyerId",
  p.product_name AS "productName", p.specification_name AS "specificationName", p.completed_at AS "completedAt"`;

export async function purchasedLine(executor: Executor, orderLineId: string): Promise<ReviewableLine | null> {
  const { rows } = await sql<ReviewableLine>`
    SELECT ${LINE} FROM catalog.purchases p JOIN catalog.products g USING (goods_id) WHERE p.order_line_id = ${orderLineId}`.execute(
    executor,
  );
  return rows[0] ?? null;
}

/** Completed lines of a buyer without a review, newest first. */
export async function reviewableLines(
  executor: Executor,
  { buyerId, goodsId, limit }: { buyerId: string; goodsId: string | undefined; limit: number },
): Promise<(ReviewableLine & { completedAt: Date })[]> {
  const { rows } = await sql<ReviewableLine & { completedAt: Date }>`
    SELECT ${LINE} FROM catalog.purchases p JOIN catalog.products g USING (goods_id)
    WHERE p.buyer_id = ${buyerId} AND p.completed_at IS NOT NULL ${goodsId === undefined ? sql`` : sql`AND p.goods_id = ${goodsId}`}
      AND NOT EXISTS (SELECT 1 FROM catalog.reviews r WHERE r.order_line_id = p.order_line_id)
    ORDER BY p.completed_at DESC, p.order_line_id LIMIT ${limit}`.execute(executor);
  return rows;
}
