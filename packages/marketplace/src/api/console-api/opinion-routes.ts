/** Favourites, reviews and questions: of the buyer, the seller (S-51, S-52) and the platform. */
import {
  addToReview,
  answerQuestion,
  askQuestion,
  deleteReply,
  editReview,
  hideReview,
  listQuestions,
  listReviews,
  type Review,
  replyToReview,
  reviewableLines,
  scoreOf,
  setFavourite,
  writeReview,
} from '../../catalog/index.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { favouritesOf } from './favourites-list.ts';
import * as schemas from './opinion-schemas.ts';
import { presentQuestion, presentReview, productNames } from './present-opinion.ts';
import { type Call, type ConsoleRoute, command, nothing, read } from './route.ts';

const actorOf = ({ scope, principal }: Call) => ({
  scope,
  userId: principal.userId,
  displayName: principal.displayName,
});
const before = (cursor: string | undefined) => (cursor === undefined ? null : decodeCursor(cursor));

/** Whose reviews and questions a seller's user or the platform sees. */
function reached({ scope }: Call): { sellerId?: string; goodsIds?: readonly string[] } {
  if (scope.kind !== 'seller') return {};
  return { sellerId: scope.sellerId, ...(scope.goodsIds === null ? {} : { goodsIds: scope.goodsIds }) };
}

/** What a command made of a review. */
const shown = (call: Call, result: Result<Review>) =>
  result.ok ? ok(presentReview(result.value, call.principal, call.now)) : result;

function reviewPage(call: Call, reviews: readonly Review[], limit: number) {
  const page = toPage(reviews, limit, ({ createdAt, reviewId }) => ({ at: createdAt, id: reviewId }));
  return { ...page, items: page.items.map((review) => presentReview(review, call.principal, call.now)) };
}

export const opinionRoutes: ConsoleRoute[] = [
  command({
    path: '/products/{goodsId}/favourite',
    summary: 'Keep a product at hand, or no longer',
    action: 'opinion.write',
    body: schemas.setFavourite,
    response: schemas.favourite,
    run: ({ params, principal, now }, { favourite }, tx) =>
      setFavourite(tx, { userId: principal.userId, goodsId: params.goodsId ?? '', favourite }, now),
  }),
  read({
    path: '/favourites',
    summary: 'Products that the reader keeps at hand',
    action: 'opinion.write',
    query: schemas.favouriteQuery,
    response: schemas.favourites,
    run: async (call, query) => ok(await favouritesOf(call, query)),
  }),
  read({
    path: '/products/{goodsId}/reviews',
    summary: 'Visible reviews of a product with its score',
    action: 'product.view',
    query: schemas.productReviewQuery,
    response: schemas.productReviews,
    async run(call, { stars, cursor, limit }) {
      const { db } = call.platform;
      const goodsId = call.params.goodsId ?? '';
      const reviews = await listReviews(db, {
        ...{ goodsId, stars, state: 'VISIBLE' },
        before: before(cursor),
        limit: limit + 1,
      });
      const score = await scoreOf(db, goodsId);
      return ok({
        ...reviewPage(call, reviews, limit),
        rating: score.rating,
        count: score.reviews,
        stars: [...score.stars],
      });
    },
  }),
  read({
    path: '/reviewable',
    summary: 'Completed purchases without a review',
    action: 'opinion.write',
    query: schemas.reviewableQuery,
    response: schemas.reviewables,
    async run({ platform: { db }, principal }, { goodsId }) {
      const lines = await reviewableLines(db, { buyerId: principal.buyerId ?? '', goodsId, limit: MOST_REVIEWABLE });
      return ok({
        items: lines.map(({ sellerId: _, buyerId: __, completedAt, ...line }) => ({
          ...line,
          completedAt: completedAt.toISOString(),
        })),
      });
    },
  }),
  read({
    path: '/my-reviews',
    summary: 'Reviews of the reader’s account',
    action: 'opinion.write',
    query: schemas.opinionQuery,
    response: schemas.reviewPage,
    async run(call, { cursor, limit }) {
      const buyerId = call.principal.buyerId ?? '';
      const reviews = await listReviews(call.platform.db, { buyerId, before: before(cursor), limit: limit + 1 });
      return ok(reviewPage(call, reviews, limit));
    },
  }),
  command({
    path: '/reviews',
    summary: 'Review a completed purchase',
    action: 'opinion.write',
    body: schemas.writeReview,
    response: schemas.review,
    status: 201,
    run: async (call, body, tx) => shown(call, await writeReview(call.platform, tx, actorOf(call), body, call.now)),
  }),
  command({
    path: '/reviews/{reviewId}/edit',
    summary: 'Change a review, within 30 days',
    action: 'opinion.write',
    body: schemas.editReview,
    response: schemas.review,
    run: async (call, body, tx) =>
      shown(call, await editReview(tx, actorOf(call), call.params.reviewId ?? '', body, call.now)),
  }),
  command({
    path: '/reviews/{reviewId}/addition',
    summary: 'Add to a review, once',
    action: 'opinion.write',
    body: schemas.addToReview,
    response: schemas.review,
    run: async (call, { text }, tx) =>
      shown(call, await addToReview(tx, actorOf(call), call.params.reviewId ?? '', text, call.now)),
  }),
  read({
    path: '/reviews',
    summary: 'Reviews of the seller’s products',
    action: 'opinion.answer',
    query: schemas.sellerReviewQuery,
    response: schemas.reviewPage,
    run: (call, query) => listed(call, query),
  }),
  read({
    path: '/market/reviews',
    summary: 'All reviews, for the platform',
    action: 'opinion.hide',
    query: schemas.sellerReviewQuery,
    response: schemas.reviewPage,
    run: (call, query) => listed(call, query),
  }),
  command({
    path: '/reviews/{reviewId}/reply',
    summary: 'The seller’s reply',
    action: 'opinion.answer',
    body: schemas.replyToReview,
    response: schemas.review,
    run: async (call, { text }, tx) =>
      shown(call, await replyToReview(tx, actorOf(call), call.params.reviewId ?? '', text, call.now)),
  }),
  command({
    path: '/reviews/{reviewId}/reply-removal',
    summary: 'Delete the reply',
    action: 'opinion.answer',
    body: nothing,
    response: schemas.review,
    run: async (call, _body, tx) => shown(call, await deleteReply(tx, actorOf(call), call.params.reviewId ?? '')),
  }),
  command({
    path: '/reviews/{reviewId}/visibility',
    summary: 'Hide a review, or show it again',
    action: 'opinion.hide',
    body: schemas.hideReview,
    response: schemas.review,
    async run(call, body, tx) {
      const reviewId = call.params.reviewId ?? '';
      const result = await hideReview(tx, actorOf(call), reviewId, body, call.now);
      if (result.ok) {
        const action = body.hidden ? 'review.hide' : 'review.show';
        await auditDone(call, tx, { action, object: `review:${reviewId}`, traceId: null });
      }
      return shown(call, result);
    },
  }),
  read({
    path: '/products/{goodsId}/questions',
    summary: 'Answered questions about a product, and the reader’s own',
    action: 'product.view',
    query: schemas.opinionQuery,
    response: schemas.questionPage,
    run: (call, query) =>
      questions(call, { ...query, goodsId: call.params.goodsId, shownTo: call.principal.buyerId ?? '' }),
  }),
  command({
    path: '/products/{goodsId}/questions',
    summary: 'Ask the seller before buying',
    action: 'opinion.write',
    body: schemas.askQuestion,
    response: schemas.question,
    status: 201,
    async run(call, { text }, tx) {
      const goodsId = call.params.goodsId ?? '';
      const asked = await askQuestion(call.platform, tx, actorOf(call), { goodsId, text }, call.now);
      if (!asked.ok) return asked;
      const nameOf = await productNames(tx, [goodsId]);
      return ok(presentQuestion(asked.value, nameOf(goodsId), call.principal));
    },
  }),
  read({
    path: '/questions',
    summary: 'Questions about the seller’s products',
    action: 'opinion.answer',
    query: schemas.sellerQuestionQuery,
    response: schemas.questionPage,
    run: (call, query) => questions(call, { ...query, ...reached(call) }),
  }),
  command({
    path: '/questions/{questionId}/answer',
    summary: 'Answer a question',
    action: 'opinion.answer',
    body: schemas.answerQuestion,
    response: schemas.question,
    async run(call, { text }, tx) {
      const questionId = call.params.questionId ?? '';
      const answered = await answerQuestion(tx, actorOf(call), { questionId, text }, call.now);
      if (!answered.ok) return answered;
      const nameOf = await productNames(tx, [answered.value.goodsId]);
      return ok(presentQuestion(answered.value, nameOf(answered.value.goodsId), call.principal));
    },
  }),
];

/** purchases offered for a review at once */
const MOST_REVIEWABLE = 50;

type ReviewQuery = ReturnType<typeof schemas.sellerReviewQuery.parse>;
async function listed(call: Call, { cursor, limit, ...filters }: ReviewQuery) {
  const query = { ...filters, ...reached(call), before: before(cursor), limit: limit + 1 };
  return ok(reviewPage(call, await listReviews(call.platform.db, query), limit));
}

async function questions(
  call: Call,
  {
    cursor,
    limit,
    ...filters
  }: { cursor?: string | undefined; limit: number } & Omit<Parameters<typeof listQuestions>[1], 'before' | 'limit'>,
) {
  const { db } = call.platform;
  const rows = await listQuestions(db, { ...filters, before: before(cursor), limit: limit + 1 });
  const page = toPage(rows, limit, ({ createdAt, questionId }) => ({ at: createdAt, id: questionId }));
  const nameOf = await productNames(
    db,
    page.items.map(({ goodsId }) => goodsId),
  );
  return ok({
    ...page,
    items: page.items.map((question) => presentQuestion(question, nameOf(question.goodsId), call.principal)),
  });
}
