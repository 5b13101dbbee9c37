import type { ProductFilters, ProductSort } from '@jishi/marketplace/console-api';
import * as z from 'zod/mini';
import { accessTypes } from '../components/access-types.ts';
import { compact, oneOf, paging, text, whole } from './params.ts';

/** Filters of the market and of opinions, in the URL (B-11). */

export const chargingModes = [
  'PERIOD',
  'ONE_TIME',
  'ON_DEMAND',
  'ON_DEMAND_PKG',
] as const satisfies readonly ProductFilters['chargingMode'][];
export const productSorts = [
  'DEFAULT',
  'SALES',
  'NEWEST',
  'PRICE_UP',
  'PRICE_DOWN',
  'RATING',
] as const satisfies readonly ProductSort[];

const price = z.catch(z.optional(z.coerce.string().check(z.regex(/^\d{1,12}(\.\d{1,4})?$/))), undefined);
const yes = oneOf(['true']);

const market = z.object({
  ...paging,
  cursor: text(400),
  q: text(100),
  sort: oneOf(productSorts),
  category: text(64),
  accessType: oneOf(accessTypes),
  chargingMode: oneOf(chargingModes),
  priceFrom: price,
  priceTo: price,
  free: yes,
  trial: yes,
  os: text(64),
  industry: text(64),
  region: text(64),
  certification: text(64),
  tag: text(64),
  seller: text(64),
});
export type MarketSearch = z.infer<typeof market>;
export const parseMarketSearch = (raw: unknown): MarketSearch => compact(market.parse(raw));

const page = z.object(paging);
export type PageSearch = z.infer<typeof page>;
export const parsePageSearch = (raw: unknown): PageSearch => compact(page.parse(raw));

export const reviewStates = ['UNANSWERED', 'ANSWERED', 'HIDDEN'] as const;
const reviews = z.object({ ...paging, goodsId: text(64), stars: whole(5), state: oneOf(reviewStates) });
export type ReviewSearch = z.infer<typeof reviews>;
export const parseReviewSearch = (raw: unknown): ReviewSearch => compact(reviews.parse(raw));

export const questionStates = ['OPEN', 'ANSWERED'] as const;
const questions = z.object({ ...paging, goodsId: text(64), state: oneOf(questionStates) });
export type QuestionSearch = z.infer<typeof questions>;
export const parseQuestionSearch = (raw: unknown): QuestionSearch => compact(questions.parse(raw));
