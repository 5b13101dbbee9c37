/**
 * What the console API says and hears about finding products: categories, search with its filters and sort orders
 * (catalogue.md 12.2), facet counts, what helps when nothing is found, the home page (B-10).
 */
import { z } from 'zod';
import { ACCESS_TYPES } from '../../catalog/index.ts';
import { chargingMode, product, productCard } from './market-schemas.ts';
import { instant, localized } from './schemas.ts';

const accessType = z.enum(ACCESS_TYPES);

/** The words that products are sorted by: the same for sellers who publish and buyers who look. */
export const marketClasses = z
  .object({
    /** two levels; a product belongs to one category without children, or to `other` */
    categories: z.array(
      z.object({
        categoryId: z.string(),
        name: localized,
        children: z.array(z.object({ categoryId: z.string(), name: localized })),
      }),
    ),
    /** tags that name an industry, and those that need a proof */
    industries: z.array(z.object({ tag: z.string(), name: localized })),
    certifications: z.array(z.object({ tag: z.string(), name: localized })),
  })
  .openapi('MarketClasses');

export const foundProduct = productCard
  .extend({
    sellerId: z.string(),
    categoryId: z.string(),
    /** address of its logo; null = none */
    logoUrl: z.string().nullable(),
    tags: z.array(z.string()),
    listedAt: instant,
    /** mean of the visible reviews, 1 decimal (12.3); null = no review yet */
    rating: z.string().nullable(),
    reviews: z.number().int(),
    /** order lines that bought it */
    sales: z.number().int(),
    /** at least one specification costs nothing */
    free: z.boolean(),
    /** longest free trial in days (C33); null = none */
    trialDays: z.number().int().nullable(),
    /** of the person who asks */
    favourite: z.boolean(),
  })
  .openapi('FoundProduct');

export const productSort = z.enum(['DEFAULT', 'NEWEST', 'SALES', 'PRICE_UP', 'PRICE_DOWN', 'RATING']);
const price = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/, 'must be a decimal with at most 4 decimals');
const yes = z.enum(['true']).optional();
const word = z.string().trim().min(1).max(64);

/** Filters of 12.2; each absent one lets everything through. */
export const productFilters = z.object({
  q: z.string().trim().max(100).optional(),
  category: word.optional(),
  accessType: accessType.optional(),
  chargingMode: chargingMode.optional(),
  priceFrom: price.optional(),
  priceTo: price.optional(),
  /** costs nothing */
  free: yes,
  /** can be tried (C33) */
  trial: yes,
  /** of images */
  os: word.optional(),
  industry: word.optional(),
  region: word.optional(),
  certification: word.optional(),
  tag: word.optional(),
  seller: word.optional(),
});
export const searchedProductsQuery = productFilters.extend({
  sort: productSort.default('DEFAULT'),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const foundProducts = z
  .object({ items: z.array(foundProduct), nextCursor: z.string().nullable() })
  .openapi('FoundProducts');

export const facet = z.enum([
  'category',
  'accessType',
  'chargingMode',
  'os',
  'industry',
  'region',
  'certification',
  'seller',
]);
/** How many products each choice would show, the other filters as they are. */
export const productFacets = z
  .object({
    /** products that the filters let through; counted up to `countedTo` */
    total: z.number().int(),
    countedTo: z.number().int(),
    free: z.number().int(),
    trial: z.number().int(),
    facets: z.array(
      z.object({
        facet,
        choices: z.array(z.object({ value: z.string(), name: localized, count: z.number().int() })),
      }),
    ),
  })
  .openapi('ProductFacets');

/** What to try when nothing was found. */
export const productSuggestions = z
  .object({
    /** the same words without the filters */
    withoutFilters: z.number().int(),
    /** other words that would find something */
    words: z.array(z.object({ q: z.string(), count: z.number().int() })),
    categories: z.array(z.object({ categoryId: z.string(), name: localized })),
    popular: z.array(foundProduct),
  })
  .openapi('ProductSuggestions');

/** B-10 */
export const marketHome = z
  .object({
    popular: z.array(foundProduct),
    newest: z.array(foundProduct),
    /** trial centre (C33) */
    trials: z.array(foundProduct),
    /** brand hall: sellers with most products on sale */
    brands: z.array(z.object({ sellerId: z.string(), sellerName: z.string(), products: z.number().int() })),
  })
  .openapi('MarketHome');

/** catalogue.md 6.3, with the sentence that the page shows */
export const refundRule = z.object({
  policy: z.enum(['FIVE_DAY_FULL', 'NEGOTIATED_IN_GUARANTEE', 'NONE', 'IMAGE']),
  /** what it holds for */
  chargingModes: z.array(chargingMode),
  text: localized,
});
const picture = z.object({ url: z.string(), name: z.string() });
/** What the product page shows besides specifications and prices (B-13). */
const productPageParts = z.object({
  sellerId: z.string(),
  /** as the seller numbers it, `V1.0` */
  versionName: z.string(),
  logoUrl: z.string().nullable(),
  pictures: z.array(picture),
  video: picture.nullable(),
  category: z.array(z.object({ categoryId: z.string(), name: localized })),
  tags: z.array(z.object({ tag: z.string(), name: localized })),
  customerCases: z.array(localized),
  licenseVariant: z.enum(['OFFLINE', 'IDENTIFICATION', 'CODE', 'PROVISIONED', 'PACKAGE']).nullable(),
  deliveryKind: z.string(),
  /** promised, in calendar days (L35) */
  deliveryDays: z.number().int().nullable(),
  /** from payment to completion, of the last orders; null = too few */
  averageDeliveryHours: z.number().nullable(),
  refundRules: z.array(refundRule),
  consultingUrl: z.string().nullable(),
  rating: z.string().nullable(),
  reviews: z.number().int(),
  sales: z.number().int(),
  favourite: z.boolean(),
  /** on sale and public, so that search finds it (C42) */
  listed: z.boolean(),
});

export const productPage = product.extend(productPageParts.shape).openapi('ProductPage');

/** How far the last rebuilding of the search index is. */
export const searchRebuilds = z
  .object({
    last: z
      .object({ startedAt: instant, finishedAt: instant.nullable(), total: z.number().int(), done: z.number().int() })
      .nullable(),
  })
  .openapi('SearchRebuilds');

export type MarketClassesView = z.infer<typeof marketClasses>;
export type FoundProductView = z.infer<typeof foundProduct>;
export type ProductFilters = z.infer<typeof productFilters>;
export type ProductSort = z.infer<typeof productSort>;
export type ProductFacetsView = z.infer<typeof productFacets>;
export type ProductSuggestionsView = z.infer<typeof productSuggestions>;
export type MarketHomeView = z.infer<typeof marketHome>;
export type RefundRuleView = z.infer<typeof refundRule>;
export type ProductPageView = z.infer<typeof productPage>;
