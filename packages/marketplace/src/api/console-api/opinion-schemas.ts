/**
 * What the console API says and hears about opinions: favourites, reviews (catalogue.md 12.3, B-104, S-52), questions
 * and answers (B-14, S-51). Sensitive words are refused with SENSITIVE_WORD and the fact `words` (B-16).
 */
import { z } from 'zod';
import { decodeCursor } from '../../platform/http/cursor.ts';
import { isUuid } from '../../platform/uuid.ts';
import { foundProduct } from './finding-schemas.ts';
import { instant, localized, pageQuery } from './schemas.ts';

const cursor = z
  .string()
  .max(200)
  .refine((text) => isUuid(decodeCursor(text)?.id), 'is not a cursor of this list')
  .optional();
export const opinionQuery = pageQuery.extend({ cursor });

// --- favourites -----------------------------------------------------------------------------------------------

export const favouriteQuery = pageQuery;
export const setFavourite = z.strictObject({ favourite: z.boolean() });
export const favourite = z.object({ goodsId: z.string(), favourite: z.boolean() }).openapi('Favourite');
export const favourites = z
  .object({
    /** `listed` false: kept, but not to be found now */
    items: z.array(foundProduct.extend({ listed: z.boolean() })),
    nextCursor: z.string().nullable(),
  })
  .openapi('Favourites');

// --- reviews --------------------------------------------------------------------------------------------------

const said = z.object({ text: z.string(), at: instant });
/** an address that shows the picture */
const picture = z.object({ fileId: z.string(), url: z.string(), name: z.string() });

export const review = z
  .object({
    reviewId: z.string(),
    goodsId: z.string(),
    productName: localized,
    specificationName: localized,
    /** the writer's name, masked for everybody but the writer */
    author: z.string(),
    own: z.boolean(),
    stars: z.number().int(),
    text: z.string(),
    pictures: z.array(picture),
    createdAt: instant,
    editedAt: instant.nullable(),
    /** one, later */
    addition: said.nullable(),
    /** the seller's, one */
    reply: said.nullable(),
    /** taken from sight by the platform; only writer, seller and platform see it */
    hidden: z.object({ reason: z.string(), at: instant }).nullable(),
    /** the writer may change it until then (30 days); null = not now or not yours */
    editableUntil: instant.nullable(),
    /** the writer may add to it */
    canAdd: z.boolean(),
  })
  .openapi('Review');
export const reviewPage = z.object({ items: z.array(review), nextCursor: z.string().nullable() }).openapi('ReviewPage');
export const productReviews = z
  .object({
    items: z.array(review),
    nextCursor: z.string().nullable(),
    /** mean of the visible ones, 1 decimal */
    rating: z.string().nullable(),
    count: z.number().int(),
    /** how many gave 1, 2, 3, 4, 5 stars */
    stars: z.array(z.number().int()).length(5),
  })
  .openapi('ProductReviews');
export const productReviewQuery = opinionQuery.extend({
  stars: z.coerce.number().int().min(1).max(5).optional(),
});
/** A completed order line that has no review yet. */
export const reviewable = z
  .object({
    orderLineId: z.string(),
    orderId: z.string(),
    goodsId: z.string(),
    productName: localized,
    specificationName: localized,
    completedAt: instant,
  })
  .openapi('Reviewable');
export const reviewables = z.object({ items: z.array(reviewable) }).openapi('Reviewables');
export const reviewableQuery = z.object({ goodsId: z.string().max(64).optional() });

const stars = z.number().int().min(1, '12.3: 1 to 5 stars').max(5, '12.3: 1 to 5 stars');
const reviewText = z.string().trim().min(1, '12.3: a review has a text').max(500, '12.3: at most 500 characters');
const pictures = z.array(z.uuid()).max(5, '12.3: at most 5 pictures');
export const writeReview = z.strictObject({
  orderLineId: z.string().min(1).max(64),
  stars,
  text: reviewText,
  pictures,
});
export const editReview = z.strictObject({ stars, text: reviewText, pictures });
export const addToReview = z.strictObject({ text: reviewText });
export const replyToReview = z.strictObject({ text: reviewText });
export const hideReview = z.strictObject({
  hidden: z.boolean(),
  reason: z.string().trim().min(1).max(200),
});
export const sellerReviewQuery = opinionQuery.extend({
  goodsId: z.string().max(64).optional(),
  stars: z.coerce.number().int().min(1).max(5).optional(),
  state: z.enum(['UNANSWERED', 'ANSWERED', 'HIDDEN']).optional(),
});

// --- questions ------------------------------------------------------------------------------------------------

export const question = z
  .object({
    questionId: z.string(),
    goodsId: z.string(),
    productName: localized,
    author: z.string(),
    own: z.boolean(),
    text: z.string(),
    createdAt: instant,
    answer: said.nullable(),
  })
  .openapi('Question');
export const questionPage = z
  .object({ items: z.array(question), nextCursor: z.string().nullable() })
  .openapi('QuestionPage');
const questionText = z.string().trim().min(2, 'at least 2 characters').max(500, 'at most 500 characters');
export const askQuestion = z.strictObject({ text: questionText });
export const answerQuestion = z.strictObject({ text: questionText });
export const sellerQuestionQuery = opinionQuery.extend({
  goodsId: z.string().max(64).optional(),
  state: z.enum(['OPEN', 'ANSWERED']).optional(),
});

export type FavouritesView = z.infer<typeof favourites>;
export type ReviewView = z.infer<typeof review>;
export type ProductReviewsView = z.infer<typeof productReviews>;
export type ReviewableView = z.infer<typeof reviewable>;
export type QuestionView = z.infer<typeof question>;
export type WriteReview = z.input<typeof writeReview>;
export type EditReview = z.input<typeof editReview>;
