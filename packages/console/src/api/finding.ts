import type {
  FoundProductView,
  MarketClassesView,
  MarketHomeView,
  Page,
  ProductFacetsView,
  ProductPageView,
  ProductSuggestionsView,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of finding products (B-10, B-11). */

const CLASSES_STALE_MS = 3_600_000;

export const marketClassesQuery = queryOptions({
  queryKey: ['market', 'classes'],
  queryFn: ({ signal }): Promise<MarketClassesView> => http.get('market/classes', {}, signal),
  staleTime: CLASSES_STALE_MS,
});
export const marketHomeQuery = queryOptions({
  queryKey: ['products', 'home'],
  queryFn: ({ signal }): Promise<MarketHomeView> => http.get('market/home', {}, signal),
});
export const foundProductsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['products', 'found', query],
    queryFn: ({ signal }): Promise<Page<FoundProductView>> => http.get('products', query, signal),
    placeholderData: keepPreviousData,
  });
export const facetsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['products', 'facets', query],
    queryFn: ({ signal }): Promise<ProductFacetsView> => http.get('market/facets', query, signal),
    placeholderData: keepPreviousData,
  });
export const suggestionsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['products', 'suggestions', query],
    queryFn: ({ signal }): Promise<ProductSuggestionsView> => http.get('market/suggestions', query, signal),
  });
/** The same read as `productQuery`: the buy box looks at its part of it. */
export const productPageQuery = (goodsId: string) =>
  queryOptions({
    queryKey: ['product', goodsId, 'page'],
    queryFn: ({ signal }): Promise<ProductPageView> => http.get(`products/${encodeURIComponent(goodsId)}`, {}, signal),
  });
