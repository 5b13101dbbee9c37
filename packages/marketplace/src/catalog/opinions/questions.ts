/** Questions to the seller before a purchase, and his answers (B-14, S-51). */
import type { RawBuilder } from 'kysely';
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import type { Position } from '../../platform/http/cursor.ts';
import type { Platform } from '../../platform/platform.ts';
import { traceId, uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { lockProducts } from '../finding/index-store.ts';
import { contentOf } from '../store.ts';
import { type Actor, reaches } from './reviews.ts';
import { sensitiveWords } from './rules.ts';

export interface Question {
  readonly questionId: string;
  readonly goodsId: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly author: string;
  readonly text: string;
  readonly createdAt: Date;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
}
const COLUMNS = sql`question_id AS "questionId", goods_id AS "goodsId", seller_id AS "sellerId", buyer_id AS "buyerId", author, text,
  created_at AS "createdAt", answer, answered_at AS "answeredAt"`;

/** open questions of one account about one product; more would be noise to its seller */
export const MOST_OPEN = 5;

/** Refuses NOT_FOUND, SENSITIVE_WORD, PERSONAL_DATA, TOO_MANY_QUESTIONS. */
export async function askQuestion(
  platform: Platform,
  tx: Tx,
  actor: Actor,
  input: { readonly goodsId: string; readonly text: string },
  now: Date,
): Promise<Result<Question>> {
  const { scope } = actor;
  const [product] = await lockProducts(tx, [input.goodsId]);
  if (!product || scope.kind !== 'buyer' || !ASKABLE.has(product.state))
    return refuse('NOT_FOUND', 'there is no such product');
  const fault = sensitiveWords(input.text);
  if (fault) return { ok: false, refusal: fault };
  const { rows } = await sql<{ open: number }>`
    SELECT count(*) AS open FROM catalog.questions WHERE buyer_id = ${scope.buyerId} AND goods_id = ${input.goodsId} AND answer IS NULL`.execute(
    tx,
  );
  if ((rows[0]?.open ?? 0) >= MOST_OPEN)
    return refuse('TOO_MANY_QUESTIONS', `${MOST_OPEN} of your questions are waiting for an answer`);
  const question: Question = {
    questionId: uuid(platform.random),
    goodsId: input.goodsId,
    sellerId: product.seller_id,
    buyerId: scope.buyerId,
    author: actor.displayName,
    text: input.text,
    createdAt: now,
    answer: null,
    answeredAt: null,
  };
  await sql`INSERT INTO catalog.questions (question_id, goods_id, seller_id, buyer_id, author, text, created_at)
    VALUES (${question.questionId}, ${question.goodsId}, ${question.sellerId}, ${question.buyerId}, ${question.author}, ${question.text}, ${now})`.execute(
    tx,
  );
  const { name: productName } = await contentOf(tx, product.goods_id, product.current_version ?? 1);
  const { questionId, goodsId, sellerId, buyerId, text } = question;
  const payload = { questionId, goodsId, sellerId, buyerId, productName, text };
  await platform.events.publish(
    tx,
    [
      {
        type: 'catalog.question-asked',
        aggregate: `question:${questionId}`,
        payload,
        traceId: traceId(platform.random),
      },
    ],
    now,
  );
  return ok(question);
}
/** whoever has the page may ask, also about what is not sold any more */
const ASKABLE = new Set(['ON_SALE', 'TRADE_FROZEN', 'STOPPED', 'WITHDRAWN']);

/** Writes the answer, or another in its place. Refuses NOT_FOUND, SENSITIVE_WORD, PERSONAL_DATA. */
export async function answerQuestion(
  tx: Tx,
  actor: Actor,
  input: { readonly questionId: string; readonly text: string },
  now: Date,
): Promise<Result<Question>> {
  const question = isUuid(input.questionId) ? await lockQuestion(tx, input.questionId) : null;
  if (!question || !reaches(actor.scope, question)) return refuse('NOT_FOUND', 'there is no such question');
  const fault = sensitiveWords(input.text);
  if (fault) return { ok: false, refusal: fault };
  await sql`UPDATE catalog.questions SET answer = ${input.text}, answered_at = ${now}, answered_by = ${actor.userId}
    WHERE question_id = ${input.questionId}::uuid`.execute(tx);
  return ok({ ...question, answer: input.text, answeredAt: now });
}

async function lockQuestion(executor: Executor, questionId: string): Promise<Question | null> {
  const { rows } =
    await sql<Question>`SELECT ${COLUMNS} FROM catalog.questions WHERE question_id = ${questionId}::uuid FOR UPDATE`.execute(
      executor,
    );
  return rows[0] ?? null;
}

export interface QuestionFilters {
  readonly goodsId?: string | undefined;
  readonly sellerId?: string | undefined;
  readonly goodsIds?: readonly string[] | undefined;
  readonly state?: 'OPEN' | 'ANSWERED' | undefined;
  /** answered ones, and this buyer's own (B-14) */
  readonly shownTo?: string | undefined;
  readonly before: Position | null;
  readonly limit: number;
}

/** Newest first. */
export async function listQuestions(executor: Executor, filters: QuestionFilters): Promise<Question[]> {
  const { goodsId, sellerId, goodsIds, state, shownTo, before } = filters;
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (goodsId !== undefined) conditions.push(sql`goods_id = ${goodsId}`);
  if (sellerId !== undefined) conditions.push(sql`seller_id = ${sellerId}`);
  if (goodsIds !== undefined) conditions.push(sql`goods_id = ANY(${goodsIds}::text[])`);
  if (state !== undefined) conditions.push(state === 'OPEN' ? sql`answer IS NULL` : sql`answer IS NOT NULL`);
  if (shownTo !== undefined) conditions.push(sql`(answer IS NOT NULL OR buyer_id = ${shownTo})`);
  if (before) conditions.push(sql`(created_at, question_id) < (${before.at}, ${before.id}::uuid)`);
  const { rows } = await sql<Question>`
    SELECT ${COLUMNS} FROM catalog.questions WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at DESC, question_id DESC LIMIT ${filters.limit}`.execute(executor);
  return rows;
}
