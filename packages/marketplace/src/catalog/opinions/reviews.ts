/** Commands about reviews (12.3, B-104, S-52). Each keeps the score and the index in its transaction. */
import type { Scope } from '../../directory/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { claimPictures } from './pictures.ts';
import { countScore, insertReview, lockReview, purchasedLine, type Review, saveReview } from './review-store.ts';
import { mayAdd, mayEdit, mayReply, type ReviewState, sensitiveWords } from './rules.ts';

/** Who does it, and what that person reaches. */
export interface Actor {
  readonly scope: Scope;
  readonly userId: string;
  readonly displayName: string;
}
export interface Opinion {
  readonly stars: number;
  readonly text: string;
  /** ids of uploaded files, at most five */
  readonly pictures: readonly string[];
}

/** Refuses NOT_FOUND, NOT_COMPLETED, ALREADY_REVIEWED, SENSITIVE_WORD, PERSONAL_DATA. */
export async function writeReview(
  platform: Platform,
  tx: Tx,
  actor: Actor,
  input: Opinion & { readonly orderLineId: string },
  now: Date,
): Promise<Result<Review>> {
  const { scope } = actor;
  const line = await purchasedLine(tx, input.orderLineId);
  if (!line || scope.kind !== 'buyer' || line.buyerId !== scope.buyerId)
    return refuse('NOT_FOUND', 'there is no such purchase');
  if (line.completedAt === null)
    return refuse('NOT_COMPLETED', '12.3: a purchase is reviewed once its order is completed');
  const fault = sensitiveWords(input.text);
  if (fault) return { ok: false, refusal: fault };
  const pictures = await claimPictures(tx, scope.buyerId, input.pictures, []);
  if (!pictures.ok) return pictures;
  const review: Review = {
    reviewId: uuid(platform.random),
    ...line,
    author: actor.displayName,
    stars: input.stars,
    text: input.text,
    pictures: pictures.value,
    createdAt: now,
    ...{ editedAt: null, addition: null, addedAt: null, reply: null, repliedAt: null },
    ...{ hiddenReason: null, hiddenAt: null },
  };
  if (!(await insertReview(tx, review)))
    return refuse('ALREADY_REVIEWED', '12.3: one review for each completed order line');
  await countScore(tx, review.goodsId);
  return ok(review);
}

/** Within 30 days. Refuses NOT_FOUND, REVIEW_CLOSED, REVIEW_HIDDEN, SENSITIVE_WORD, PERSONAL_DATA. */
export const editReview = (
  tx: Tx,
  actor: Actor,
  reviewId: string,
  input: Opinion,
  now: Date,
): Promise<Result<Review>> =>
  change(tx, actor, reviewId, input.text, {
    may: (review) => mayEdit(review, now),
    async changed(review) {
      const pictures = await claimPictures(tx, review.buyerId, input.pictures, review.pictures);
      if (!pictures.ok) return pictures;
      return ok({ ...review, stars: input.stars, text: input.text, pictures: pictures.value, editedAt: now });
    },
  });

/** Once, at any later time. */
export const addToReview = (tx: Tx, actor: Actor, reviewId: string, text: string, now: Date): Promise<Result<Review>> =>
  change(tx, actor, reviewId, text, {
    may: mayAdd,
    changed: async (review) => ok({ ...review, addition: text, addedAt: now }),
  });

/** The seller's one reply (S-52). */
export const replyToReview = (
  tx: Tx,
  actor: Actor,
  reviewId: string,
  text: string,
  now: Date,
): Promise<Result<Review>> =>
  change(tx, actor, reviewId, text, {
    may: mayReply,
    changed: async (review) => ok({ ...review, reply: text, repliedAt: now }),
  });

export const deleteReply = (tx: Tx, actor: Actor, reviewId: string): Promise<Result<Review>> =>
  change(tx, actor, reviewId, null, {
    may: ({ reply }) => (reply === null ? refuse('NO_REPLY', 'there is no reply to delete') : ok(true)),
    changed: async (review) => ok({ ...review, reply: null, repliedAt: null }),
  });

/** The platform takes a review from sight with its reason, or shows it again. */
export const hideReview = (
  tx: Tx,
  actor: Actor,
  reviewId: string,
  input: { readonly hidden: boolean; readonly reason: string },
  now: Date,
): Promise<Result<Review>> =>
  change(tx, actor, reviewId, null, {
    may: () => ok(true),
    changed: async (review) =>
      ok({ ...review, hiddenReason: input.hidden ? input.reason : null, hiddenAt: input.hidden ? now : null }),
  });

interface Change {
  may(review: Review & ReviewState): Result<true>;
  changed(review: Review): Promise<Result<Review>>;
}

async function change(
  tx: Tx,
  actor: Actor,
  reviewId: string,
  text: string | null,
  { may, changed }: Change,
): Promise<Result<Review>> {
  const review = isUuid(reviewId) ? await lockReview(tx, reviewId) : null;
  if (!review || !reaches(actor.scope, review)) return refuse('NOT_FOUND', 'there is no such review');
  const allowed = may(review);
  if (!allowed.ok) return allowed;
  const fault = text === null ? null : sensitiveWords(text);
  if (fault) return { ok: false, refusal: fault };
  const result = await changed(review);
  if (!result.ok) return result;
  await saveReview(tx, result.value, actor.userId);
  await countScore(tx, review.goodsId);
  return result;
}

/** Foreign objects are "not found" (P-2). */
export function reaches(
  scope: Scope,
  { buyerId, sellerId, goodsId }: { readonly buyerId: string; readonly sellerId: string; readonly goodsId: string },
): boolean {
  if (scope.kind === 'all') return true;
  if (scope.kind === 'buyer') return scope.buyerId === buyerId;
  return scope.sellerId === sellerId && (scope.goodsIds === null || scope.goodsIds.includes(goodsId));
}
