import type {
  EditReview,
  FavouritesView,
  Page,
  ProductReviewsView,
  QuestionView,
  ReviewableView,
  ReviewView,
  WriteReview,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of favourites, reviews and questions. */

const productPath = (goodsId: string): string => `products/${encodeURIComponent(goodsId)}`;
const reviewPath = (reviewId: string): string => `reviews/${encodeURIComponent(reviewId)}`;

export const setFavourite = (goodsId: string, favourite: boolean): Promise<{ favourite: boolean }> =>
  http.post(`${productPath(goodsId)}/favourite`, { favourite });
export const favouritesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['products', 'favourites', query],
    queryFn: ({ signal }): Promise<FavouritesView> => http.get('favourites', query, signal),
    placeholderData: keepPreviousData,
  });

export const productReviewsQuery = (goodsId: string, query: Query) =>
  queryOptions({
    queryKey: ['reviews', 'product', goodsId, query],
    queryFn: ({ signal }): Promise<ProductReviewsView> => http.get(`${productPath(goodsId)}/reviews`, query, signal),
    placeholderData: keepPreviousData,
  });
export const reviewableQuery = (goodsId?: string) =>
  queryOptions({
    queryKey: ['reviews', 'reviewable', goodsId],
    queryFn: ({ signal }): Promise<{ items: ReviewableView[] }> => http.get('reviewable', { goodsId }, signal),
  });
export const myReviewsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['reviews', 'mine', query],
    queryFn: ({ signal }): Promise<Page<ReviewView>> => http.get('my-reviews', query, signal),
    placeholderData: keepPreviousData,
  });
/** @param all the platform sees those of every seller */
export const staffReviewsQuery = (all: boolean, query: Query) =>
  queryOptions({
    queryKey: ['reviews', all ? 'all' : 'seller', query],
    queryFn: ({ signal }): Promise<Page<ReviewView>> => http.get(all ? 'market/reviews' : 'reviews', query, signal),
    placeholderData: keepPreviousData,
  });

export const writeReview = (review: WriteReview): Promise<ReviewView> => http.post('reviews', review);
export const editReview = (reviewId: string, review: EditReview): Promise<ReviewView> =>
  http.post(`${reviewPath(reviewId)}/edit`, review);
export const addToReview = (reviewId: string, text: string): Promise<ReviewView> =>
  http.post(`${reviewPath(reviewId)}/addition`, { text });
export const replyToReview = (reviewId: string, text: string): Promise<ReviewView> =>
  http.post(`${reviewPath(reviewId)}/reply`, { text });
export const deleteReply = (reviewId: string): Promise<ReviewView> =>
  http.post(`${reviewPath(reviewId)}/reply-removal`, {});
export const hideReview = (reviewId: string, hidden: boolean, reason: string): Promise<ReviewView> =>
  http.post(`${reviewPath(reviewId)}/visibility`, { hidden, reason });

export const productQuestionsQuery = (goodsId: string, query: Query) =>
  queryOptions({
    queryKey: ['questions', 'product', goodsId, query],
    queryFn: ({ signal }): Promise<Page<QuestionView>> => http.get(`${productPath(goodsId)}/questions`, query, signal),
    placeholderData: keepPreviousData,
  });
export const sellerQuestionsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['questions', 'seller', query],
    queryFn: ({ signal }): Promise<Page<QuestionView>> => http.get('questions', query, signal),
    placeholderData: keepPreviousData,
  });
export const askQuestion = (goodsId: string, text: string): Promise<QuestionView> =>
  http.post(`${productPath(goodsId)}/questions`, { text });
export const answerQuestion = (questionId: string, text: string): Promise<QuestionView> =>
  http.post(`questions/${encodeURIComponent(questionId)}/answer`, { text });
