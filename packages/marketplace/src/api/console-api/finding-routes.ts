/** Finding products: home page, lists with their filters and counts, what helps when nothing is found (B-10, B-11, 12.2). */
import {
  brands,
  CATEGORIES,
  COUNTED_TO,
  categoryPath,
  countFacets,
  decodePlace,
  type Filters,
  latestRebuild,
  type ProductSearch,
  type Rebuild,
  searchProducts,
  startRebuild,
  suggest,
} from '../../catalog/index.ts';
import { sellerNames } from '../../directory/index.ts';
import { ok, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import * as schemas from './finding-schemas.ts';
import { presentClasses, presentCounts, presentFound } from './present-finding.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

/** products in a row of the home page */
const IN_A_ROW = 8;
const MOST_BRANDS = 8;

const CLASSES = {
  ...presentClasses(),
  categories: CATEGORIES.map(({ categoryId, name, children }) => ({ categoryId, name, children: [...children] })),
};

export const findingRoutes: ConsoleRoute[] = [
  read({
    path: '/market/classes',
    summary: 'Categories, industries and certifications that products are sorted by',
    action: 'product.view',
    query: noQuery,
    response: schemas.marketClasses,
    run: async () => ok(CLASSES),
  }),
  read({
    path: '/market/home',
    summary: 'The home page of the market',
    action: 'product.view',
    query: noQuery,
    response: schemas.marketHome,
    async run(call) {
      const { db, config } = call.platform;
      const [popular, newest, trials, sellers] = await Promise.all([
        row(call, { sort: 'SALES' }),
        row(call, { sort: 'NEWEST' }),
        row(call, { sort: 'SALES', trial: true }),
        brands(db, config.site, MOST_BRANDS),
      ]);
      const names = await sellerNames(
        db,
        sellers.map(({ sellerId }) => sellerId),
      );
      return ok({
        popular,
        newest,
        trials,
        brands: sellers.map((seller) => ({ ...seller, sellerName: names.get(seller.sellerId) ?? '' })),
      });
    },
  }),
  read({
    path: '/products',
    summary: 'Products on sale, by words and filters, sorted',
    action: 'product.view',
    query: schemas.searchedProductsQuery,
    response: schemas.foundProducts,
    async run({ platform: { db, config }, principal }, query) {
      const after = query.cursor === undefined ? null : decodePlace(query.cursor, query.sort);
      if (query.cursor !== undefined && after === null)
        return refuse('VALIDATION', 'cursor: is not a cursor of this list');
      const page = await searchProducts(db, {
        ...filtersOf(query),
        site: config.site,
        sort: query.sort,
        after,
        limit: query.limit,
      });
      return ok({ items: await presentFound(db, page.items, principal.userId), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/market/facets',
    summary: 'How many products each choice of a filter would show',
    action: 'product.view',
    query: schemas.productFilters,
    response: schemas.productFacets,
    async run({ platform: { db, config } }, query) {
      return ok(await presentCounts(db, await countFacets(db, config.site, filtersOf(query)), COUNTED_TO));
    },
  }),
  read({
    path: '/market/suggestions',
    summary: 'What to try when nothing was found',
    action: 'product.view',
    query: schemas.productFilters,
    response: schemas.productSuggestions,
    async run(call, query) {
      const { db, config } = call.platform;
      const { withoutFilters, words, categoryIds } = await suggest(db, config.site, filtersOf(query));
      return ok({
        withoutFilters,
        words: [...words],
        categories: categoryIds
          .flatMap((id) => categoryPath(id).slice(-1))
          .map(({ categoryId, name }) => ({ categoryId, name })),
        popular: await row(call, { sort: 'SALES' }),
      });
    },
  }),
  read({
    path: '/market/index',
    summary: 'The last time that the search index was made anew',
    action: 'task.view',
    query: noQuery,
    response: schemas.searchRebuilds,
    run: async ({ platform }) => ok({ last: presentRebuild(await latestRebuild(platform.db)) }),
  }),
  command({
    path: '/market/index/rebuild',
    summary: 'Make the whole search index anew, while lists go on answering',
    action: 'task.restart',
    body: nothing,
    response: schemas.searchRebuilds,
    async run(call, _body, tx) {
      const rebuild = await startRebuild(call.platform, tx, call.principal.userId, call.now);
      await auditDone(call, tx, {
        action: 'catalog.rebuild-search',
        object: `rebuild:${rebuild.rebuildId}`,
        traceId: null,
      });
      return ok({ last: presentRebuild(rebuild) });
    },
  }),
];

async function row({ platform: { db, config }, principal }: Call, search: Pick<ProductSearch, 'sort' | 'trial'>) {
  const { items } = await searchProducts(db, { ...search, site: config.site, after: null, limit: IN_A_ROW });
  return presentFound(db, items, principal.userId);
}

interface AskedFilters extends Omit<Filters, 'free' | 'trial'> {
  readonly free?: 'true' | undefined;
  readonly trial?: 'true' | undefined;
}
const filtersOf = ({ free, trial, ...filters }: AskedFilters): Filters => ({
  ...filters,
  free: free === 'true',
  trial: trial === 'true',
});

const presentRebuild = (rebuild: Rebuild | null) =>
  rebuild && {
    startedAt: rebuild.startedAt.toISOString(),
    finishedAt: rebuild.finishedAt?.toISOString() ?? null,
    total: rebuild.total,
    done: rebuild.done,
  };
