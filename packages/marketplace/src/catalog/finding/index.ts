/** Finding products (12.2): one row per product that can be found, kept by whatever changes it, and lists that answer from it. */
export { CATEGORIES, type Category, categoryPath, isLeafCategory } from './categories.ts';
export type { Card } from './entry.ts';
export { COUNTED_TO, type Counts, countFacets, FACETS, type Facet } from './facets.ts';
export { type FromPrice, fromPrice, type Purchasable } from './from-price.ts';
export { averageDeliveryHours, brands } from './home.ts';
export { indexProduct, indexProducts } from './index-product.ts';
export { refreshSales } from './purchase-store.ts';
export { findingSubscriptions } from './purchases.ts';
export { decodePlace, type Filters, SORTS, type Sort } from './query.ts';
export { findingTasks, latestRebuild, type Rebuild, startRebuild } from './rebuild.ts';
export { type RefundPolicy, type RefundRule, refundPolicy, refundRules } from './refund-policy.ts';
export { findingSchema } from './schema.ts';
export { type Found, foundByIds, type ProductSearch, searchProducts } from './search.ts';
export { setProductState, setSkuState, setVisibility } from './states.ts';
export { type Suggestions, suggest } from './suggestions.ts';
export { CERTIFICATIONS, INDUSTRIES, isCertification, type KnownTag, tagName } from './tags.ts';
