/** A product is found by its words and filters as long as the rules show it, and lists answer from an index (C42, 12.2, B-10 … B-12). */
import { beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../../tests/support/database.ts';
import { inTransaction, sql } from '../../platform/database/database.ts';
import { seededRandom, uuid } from '../../platform/random.ts';
import { buyFromDemo } from '../../testing/index.ts';
import { sampleProduct } from '../../testing/products.ts';
import {
  countFacets,
  decodePlace,
  type Filters,
  latestRebuild,
  type ProductInput,
  publishProduct,
  refreshSales,
  type Sort,
  searchProducts,
  setProductState,
  setSkuState,
  setVisibility,
  startRebuild,
  suggest,
} from '../index.ts';

const world = fileWorld();
const ids = new Map<string, string>();
const random = seededRandom('finding');

async function publish(name: string, content: ProductInput, site: 'CN' | 'EU' = 'CN') {
  const { platform, demo } = world();
  const goodsId = uuid(random);
  ids.set(name, goodsId);
  const none = { protocol: 'none' as const, productionUrl: null, keyId: null };
  await publishProduct(
    platform.db,
    { goodsId, sellerId: demo.sellerId, site, ...none, content: { ...content, name: { zh: name, en: name } } },
    platform.clock.now(),
  );
}
const find = async (filters: Filters & { sort?: Sort; limit?: number; site?: 'CN' | 'EU' } = {}) => {
  const { sort = 'DEFAULT', limit = 50, site = 'CN', ...rest } = filters;
  const { items } = await searchProducts(world().platform.db, { ...rest, site, sort, after: null, limit });
  return items.map(({ card }) => card.name.zh);
};

beforeAll(async () => {
  const saas = (more: Partial<ProductInput>) => ({ ...sampleProduct('SAAS', random, { modes: ['PERIOD'] }), ...more });
  await publish('企业云服务器安全卫士', saas({ categoryId: 'security.host', tags: ['industry-finance', 'cert-mlps'] }));
  const withTrial = saas({ categoryId: 'business.office', keywords: ['workflow'] });
  for (const each of withTrial.specifications) each.trial = { days: 30, buyerIds: null, repeatable: false };
  await publish('Office Suite 办公套件', withTrial);
  const guide = sampleProduct('SERVICE', random, { modes: ['ONE_TIME'] });
  await publish('上云迁移', {
    ...guide,
    categoryId: 'service.migration',
    description: { zh: '把办公套件迁到云上', en: 'Moves everything' },
  });
  const free = sampleProduct('IMAGE', random, { modes: ['PERIOD'], assetId: 'image-1' });
  for (const each of free.specifications) {
    each.free = true;
    for (const { prices } of each.skus)
      for (const price of prices) price.brackets = [{ from: 0, to: null, unitPrice: '0' }];
  }
  await publish('免费镜像', { ...free, categoryId: 'infrastructure.os' });
  await publish('Elsewhere', saas({}), 'EU');
});

describe('12.2: search', () => {
  it.each([
    [{ q: '服务器' }, ['企业云服务器安全卫士']],
    [{ q: '云' }, ['上云迁移', '企业云服务器安全卫士']],
    [{ q: 'acme workspace' }, ['协作空间']],
    [{ q: 'OFFICE' }, ['Office Suite 办公套件']],
    [{ q: 'workflows' }, ['Office Suite 办公套件']],
    [{ q: '主机安全' }, ['企业云服务器安全卫士']],
    [{ q: 'acme nonsense' }, []],
    [{ q: '%_' }, []],
    [{ category: 'security' }, ['企业云服务器安全卫士']],
    [{ category: 'security.host' }, ['企业云服务器安全卫士']],
    [{ category: 'security.data' }, []],
    [{ accessType: 'SERVICE' }, ['上云迁移']],
    [{ chargingMode: 'ON_DEMAND' }, ['协作空间']],
    [{ free: true }, ['免费镜像']],
    [{ trial: true }, ['Office Suite 办公套件', '协作空间']],
    [{ industry: 'industry-finance' }, ['企业云服务器安全卫士']],
    [{ certification: 'cert-mlps' }, ['企业云服务器安全卫士']],
    [{ priceFrom: '20', priceTo: '40' }, ['上云迁移', '协作空间']],
    [{ priceFrom: '10.00', priceTo: '10' }, ['企业云服务器安全卫士', 'Office Suite 办公套件']],
    [{ region: 'DE', accessType: 'SERVICE' }, ['上云迁移']],
    [{ seller: 'nobody' }, []],
    [{ q: '安全', accessType: 'SERVICE' }, []],
  ] as [Filters, string[]][])('%o finds %o', async (filters, names) => {
    expect((await find(filters)).toSorted()).toEqual(names.toSorted());
  });

  it('B-11: shows products of the site only', async () => {
    expect(await find({ site: 'EU' })).toEqual(['Elsewhere']);
    expect(await find()).not.toContain('Elsewhere');
  });

  it('C42, B-12: what is hidden, frozen or stopped is not found, and found again afterwards', async () => {
    const { db } = world().platform;
    const goodsId = ids.get('上云迁移') ?? '';
    await setVisibility(db, goodsId, 'HIDDEN');
    expect(await find({ q: '迁移' })).toEqual([]);
    await setVisibility(db, goodsId, 'PUBLIC');
    expect(await find({ q: '迁移' })).toEqual(['上云迁移']);
    for (const state of ['TRADE_FROZEN', 'STOPPED', 'WITHDRAWN'] as const) {
      await setProductState(db, goodsId, state);
      expect(await find({ q: '迁移' })).toEqual([]);
    }
    await setProductState(db, goodsId, 'ON_SALE');
    const { rows } = await sql<{
      sku: string;
    }>`SELECT sku_code AS sku FROM catalog.skus WHERE goods_id = ${goodsId}`.execute(db);
    for (const { sku } of rows) await setSkuState(db, sku, 'STOPPED');
    expect(await find({ q: '迁移' })).toEqual([]);
    for (const { sku } of rows) await setSkuState(db, sku, 'ON_SALE');
    expect(await find({ q: '迁移' })).toEqual(['上云迁移']);
  });

  it('the default order is relevance × sales: the name first, then what sells best', async () => {
    const { platform, simulator } = world();
    expect(await find({ q: '办公套件' })).toEqual(['Office Suite 办公套件', '上云迁移']);
    await buyFromDemo(world());
    await simulator.drain();
    expect(await refreshSales(platform.db)).toBe(1);
    expect(await refreshSales(platform.db)).toBe(0);
    expect((await find())[0]).toBe('协作空间');
    expect((await find({ sort: 'SALES' }))[0]).toBe('协作空间');
    const { rows } = await sql`SELECT sales FROM catalog.search WHERE goods_id = ${world().demo.goodsId}`.execute(
      world().platform.db,
    );
    expect(rows).toEqual([{ sales: 1 }]);
  });

  it('sorts by price both ways, newest and rating; products without a price come last', async () => {
    const up = await find({ sort: 'PRICE_UP' });
    expect(up.slice(0, 2)).toContain('免费镜像');
    expect((await find({ sort: 'PRICE_DOWN' })).slice(0, 2).toSorted()).toEqual(['上云迁移', '协作空间']);
    expect(await find({ sort: 'NEWEST' })).toHaveLength(up.length);
    expect(await find({ sort: 'RATING' })).toHaveLength(up.length);
  });

  it.each(['DEFAULT', 'NEWEST', 'SALES', 'PRICE_UP', 'PRICE_DOWN', 'RATING'] as const)(
    'B-11: pages in the order %s hold everything once, with words and without',
    async (sort) => {
      for (const q of [undefined, '办公套件', '用于测试']) {
        const whole = await find({ sort, ...(q === undefined ? {} : { q }) });
        const paged: string[] = [];
        let cursor: string | null = null;
        do {
          const after = cursor === null ? null : decodePlace(cursor, sort);
          const page = await searchProducts(world().platform.db, { site: 'CN', q, sort, after, limit: 1 });
          paged.push(...page.items.map(({ card }) => card.name.zh));
          cursor = page.nextCursor;
        } while (cursor !== null && paged.length < 20);
        expect(paged).toEqual(whole);
      }
    },
  );

  it('counts the choices of each filter, of a filter that is set too', async () => {
    const counts = await countFacets(world().platform.db, 'CN', { accessType: 'SERVICE' });
    expect(counts.total).toBe(1);
    expect(counts.facets.get('category')).toContainEqual({ value: 'service.migration', count: 1 });
    expect(counts.facets.get('accessType')).toContainEqual({ value: 'SAAS', count: 3 });
    expect((await countFacets(world().platform.db, 'CN', {})).facets.get('industry')).toEqual([
      { value: 'industry-finance', count: 1 },
    ]);
  });

  it('suggests what would find something', async () => {
    const found = await suggest(world().platform.db, 'CN', { q: '安全 xyzzy', accessType: 'HARDWARE' });
    expect(found.words).toEqual([{ q: '安全', count: 1 }]);
    expect(found.categoryIds).toContain('security');
    expect((await suggest(world().platform.db, 'CN', { q: '迁移', free: true })).withoutFilters).toBe(1);
  });

  it('the whole index can be made anew; what nobody should find goes', async () => {
    const { platform, simulator } = world();
    const before =
      await sql`SELECT goods_id, words::text, terms, card, sales FROM catalog.search ORDER BY goods_id`.execute(
        platform.db,
      );
    await sql`UPDATE catalog.search SET words = '', terms = '{}', sales = 0`.execute(platform.db);
    await inTransaction(platform.db, (tx) => startRebuild(platform, tx, 'test', platform.clock.now()));
    await simulator.drain();
    const after =
      await sql`SELECT goods_id, words::text, terms, card, sales FROM catalog.search ORDER BY goods_id`.execute(
        platform.db,
      );
    expect(after.rows).toEqual(before.rows);
    expect(await latestRebuild(platform.db)).toMatchObject({ total: 6, done: 6 });
  });
});

describe('lists answer from an index', () => {
  const PRODUCTS = 20_000;
  beforeAll(async () => {
    const { db } = world().platform;
    await sql`ALTER TABLE catalog.search DROP CONSTRAINT search_goods_id_fkey`.execute(db);
    await sql`
      INSERT INTO catalog.search (goods_id, site, seller_id, version, title, words, terms, price_from, rating, reviews, sales, listed_at, card)
      SELECT 'g' || n, 'CN', 's' || n % 50, 1, array_to_tsvector(ARRAY['name' || n % 997]), array_to_tsvector(ARRAY['name' || n % 997, 'common', 'rare' || n % 5000]),
             ARRAY['category:c' || n % 40, 'type:SAAS', 'region:*'], n % 1000, n % 5, n % 7, n % 3000, timestamptz '2026-01-01' + n * interval '1 second', '{}'
      FROM generate_series(1, ${sql.lit(PRODUCTS)}) AS n`.execute(db);
    await sql`ANALYZE catalog.search`.execute(db);
  });

  it.each([
    [{ q: 'rare17' }],
    [{ q: 'common' }],
    [{ category: 'c7' }],
    [{ category: 'c7', q: 'common', sort: 'PRICE_UP' }],
    [{ sort: 'NEWEST' }],
    [{ sort: 'RATING' }],
    [{ sort: 'PRICE_DOWN' }],
  ] as [Filters & { sort?: Sort }][])(
    '12.2: %o reads no table as a whole',
    async ({ sort = 'DEFAULT', ...filters }) => {
      const { db } = world().platform;
      const scans = async () => {
        await sql`SELECT pg_stat_force_next_flush()`.execute(db);
        const { rows } = await sql<{
          n: number;
        }>`SELECT seq_scan AS n FROM pg_stat_user_tables WHERE schemaname = 'catalog' AND relname = 'search'`.execute(
          db,
        );
        return rows[0]?.n ?? 0;
      };
      const before = await scans();
      const { items } = await searchProducts(db, { site: 'CN', sort, after: null, limit: 20, ...filters });
      expect(items.length).toBeGreaterThan(0);
      expect(await scans()).toBe(before);
    },
  );
});
