/** A catalogue of the wanted size: products by blocks, their parts taken out of the versions by the database itself. */

import type { Platform } from '@jishi/marketplace';
import { createSellers, indexProducts } from '@jishi/marketplace/testing';
import pg from 'pg';
import { say } from '../progress.ts';
import { type Texts, textsOf } from './words.ts';

export interface Population {
  readonly products: number;
  readonly skusEach: number;
  /** seconds that the index took */
  readonly indexedIn: number;
}
const BLOCK = 500;
const SELLERS = 200;
const CATEGORIES = [
  'security.host',
  'security.data',
  'infrastructure.database',
  'business.erp',
  'business.crm',
  'business.office',
  'service.migration',
  'ai.vision',
  'iot.device',
  'data.dataset',
  'industry.retail',
  'development.code',
];
const TAGS = ['industry-retail', 'industry-finance', 'industry-health', 'cert-mlps', 'cert-kunpeng', 'new', 'popular'];

export async function populate(
  platform: Platform,
  url: string,
  products: number,
  skusEach: number,
): Promise<Population> {
  const sellers = await createSellers(
    platform,
    Array.from({ length: SELLERS }, () => 'http://127.0.0.1:1/'),
    'key',
  );
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await insertAll(
      client,
      sellers.map(({ sellerId }) => sellerId),
      products,
      skusEach,
    );
    const indexedIn = await indexAll(platform, client);
    await client.query('VACUUM ANALYZE');
    return { products, skusEach, indexedIn };
  } finally {
    await client.end();
  }
}

async function insertAll(
  client: pg.Client,
  sellerIds: readonly string[],
  products: number,
  skusEach: number,
): Promise<void> {
  await client.query('SET synchronous_commit = off');
  // what the scan looks through; the marketplace itself has no such column
  await client.query("ALTER TABLE catalog.products ADD COLUMN search_text text NOT NULL DEFAULT ''");
  for (let from = 0; from < products; from += BLOCK) {
    const numbers = Array.from({ length: Math.min(BLOCK, products - from) }, (_, place) => from + place);
    await client.query(
      `WITH p AS (SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::text[], $5::timestamptz[]) AS p (id, seller, content, words, at)),
       kept AS (
         INSERT INTO catalog.products (goods_id, seller_id, site, state, current_version, protocol, search_text, created_at)
         SELECT id, seller, 'CN', 'ON_SALE', 1, 'none', words, at FROM p)
       INSERT INTO catalog.product_versions (goods_id, version, content, approved_at) SELECT id, 1, content, at FROM p`,
      [
        numbers.map(goodsIdOf),
        numbers.map((number) => sellerIds[number % sellerIds.length]),
        numbers.map((number) => JSON.stringify(contentOf(number, skusEach))),
        numbers.map((number) => wordsOf(number)),
        numbers.map((number) => new Date(Date.UTC(2026, 0, 1) + number * 60_000)),
      ],
    );
    if (from % 20_000 === 0) say(`${from} of ${products} products`);
  }
  say('their specifications, SKUs and prices');
  await client.query(`
    CREATE TEMP TABLE parts AS
      SELECT v.goods_id, s->>'specificationId' AS specification_id, k->>'skuCode' AS sku_code, i->>'priceItemId' AS price_item_id
      FROM catalog.product_versions v, jsonb_array_elements(v.content->'specifications') s, jsonb_array_elements(s->'skus') k, jsonb_array_elements(k->'prices') i
      WHERE v.goods_id LIKE 'bench-%'`);
  await client.query(
    'INSERT INTO catalog.specifications (specification_id, goods_id) SELECT DISTINCT specification_id, goods_id FROM parts',
  );
  await client.query(
    'INSERT INTO catalog.skus (sku_code, specification_id, goods_id) SELECT sku_code::uuid, specification_id, goods_id FROM parts',
  );
  await client.query(
    'INSERT INTO catalog.price_items (price_item_id, sku_code, goods_id) SELECT price_item_id, sku_code::uuid, goods_id FROM parts',
  );
  await client.query(
    'INSERT INTO catalog.sales_counts (goods_id, lines, told) SELECT goods_id, (hashtext(goods_id) & 1023), true FROM catalog.products',
  );
  await client.query('ANALYZE');
}

/** As a rebuild does it, in blocks of 200; the index takes entries in bulk meanwhile. */
async function indexAll(platform: Platform, client: pg.Client): Promise<number> {
  await client.query('ALTER INDEX catalog.search_content SET (fastupdate = on)');
  const { rows } = await client.query<{ goods_id: string }>(
    "SELECT goods_id FROM catalog.products WHERE goods_id LIKE 'bench-%' ORDER BY goods_id",
  );
  const ids = rows.map((row) => row.goods_id);
  const startedMs = performance.now();
  for (let from = 0; from < ids.length; from += 200) {
    await indexProducts(platform.db, ids.slice(from, from + 200));
    if (from % 10_000 === 0) say(`${from} of ${ids.length} indexed`);
  }
  await client.query('ALTER INDEX catalog.search_content SET (fastupdate = off)');
  return (performance.now() - startedMs) / 1000;
}

export const goodsIdOf = (number: number): string => `bench-${String(number).padStart(7, '0')}`;

/** A small generator with a seed of its own for each product: products do not depend on each other. */
function numbersOf(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}
const wordsOf = (number: number): string => {
  const { name, summary } = textsOf(number, numbersOf(number));
  return `${name.zh} ${name.en} ${summary.zh} ${summary.en}`.toLowerCase();
};

function contentOf(number: number, skusEach: number): object {
  const next = numbersOf(number);
  const texts: Texts = textsOf(number, next);
  const both = (text: string) => ({ zh: text, en: text });
  const month = 10 + next(990);
  return {
    ...texts,
    highlights: [{ zh: '开通即用', en: 'Ready at once' }],
    usageGuide: { zh: '登录后使用。', en: 'Sign in and use it.' },
    support: { hours: { zh: '工作日', en: 'Working days' }, phone: '400-000-0000', email: 'support@example.com' },
    agreement: { zh: '商品协议', en: 'Agreement' },
    class: 'GENERAL',
    accessType: number % 5 === 0 ? 'SERVICE' : 'SAAS',
    supervised: number % 5 === 0,
    deliveryDays: number % 5 === 0 ? 10 : null,
    categoryId: CATEGORIES[next(CATEGORIES.length)] ?? 'other',
    tags: [TAGS[next(TAGS.length)] ?? 'new'],
    orderParameters: [],
    specifications: [
      {
        specificationId: `bench-spec-${number}`,
        name: both('Standard'),
        chargingMode: 'PERIOD',
        linearAttribute: {
          code: 'users',
          name: both('Users'),
          unit: both('users'),
          minimum: 1,
          maximum: 1000,
          step: 1,
        },
        trial: number % 7 === 1 && number % 5 !== 0 ? { days: 14, buyerIds: null, repeatable: false } : null,
        skus: Array.from({ length: skusEach }, (_, place) => ({
          skuCode: skuCodeOf(number * skusEach + place),
          attributes: [{ code: 'edition', name: both('Edition'), value: both(`E${place}`) }],
          prices: [
            {
              priceItemId: `OFFI${String(number * skusEach + place).padStart(18, '0')}`,
              periodType: 'month',
              mode: 'LINEAR',
              brackets: [{ from: 0, to: null, unitPrice: `${month + place}.00` }],
              currency: 'CNY',
            },
          ],
        })),
      },
    ],
  };
}
const skuCodeOf = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
