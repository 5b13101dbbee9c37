/** What is for sale is priced in one place; versions are facts, and what was ordered keeps its price (C22, C41). */
import { beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { demoProduct } from '../demo/product.ts';
import { offerLines, ordersByIds, payOrder } from '../ordering/index.ts';
import { inTransaction, sql } from '../platform/database/database.ts';
import { seededRandom, uuid } from '../platform/random.ts';
import { buyFromDemo } from '../testing/index.ts';
import {
  contentOf,
  publishProduct,
  type SaleLine,
  searchProducts,
  setProductionUrl,
  setProductState,
  setSkuState,
  setVisibility,
} from './index.ts';
import { productionInterfaces } from './store.ts';

const world = fileWorld();
let yearly = '';
let skuCode = '';
beforeAll(async () => {
  const content = await contentOf(world().platform.db, world().demo.goodsId, 1);
  yearly = content.specifications[0]?.skus[0]?.prices[0]?.priceItemId ?? '';
  skuCode = content.specifications[0]?.skus[0]?.skuCode ?? '';
});
const price = (input: Partial<SaleLine> = {}) => {
  const lines = [{ priceItemId: yearly, quantity: 10, periodNumber: 1, ...input }];
  return offerLines(world().platform.db, { buyerId: null, lines, now: world().clock.now() });
};

describe('an offer', () => {
  it('is priced from the current version', async () => {
    const priced = await price({ periodNumber: 2 });
    expect(priced).toMatchObject({
      ok: true,
      value: { lines: [{ quote: { amount: { amount: '2400.00', currency: 'CNY' } } }] },
    });
  });

  it('is refused by name: unknown, wrong quantity, wrong duration', async () => {
    expect(await price({ priceItemId: 'OFFI000000000000000000' })).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
    expect(await price({ quantity: 7 })).toMatchObject({ refusal: { code: 'INVALID_QUANTITY', facts: { step: '5' } } });
    expect(await price({ periodNumber: 6 })).toMatchObject({
      refusal: { code: 'INVALID_PERIOD', facts: { maximum: '5' } },
    });
  });

  it.each(['DRAFT', 'TRADE_FROZEN', 'STOPPED', 'WITHDRAWN'] as const)(
    'of a %s product is NOT_ON_SALE, whatever the quantity',
    async (state) => {
      const { platform, demo } = world();
      await setProductState(platform.db, demo.goodsId, state);
      expect(await price({ quantity: 7 })).toMatchObject({
        refusal: { code: 'NOT_ON_SALE', facts: { goodsId: demo.goodsId } },
      });
      await setProductState(platform.db, demo.goodsId, 'ON_SALE');
      expect((await price()).ok).toBe(true);
    },
  );

  it('of a stopped SKU is NOT_ON_SALE, its neighbours stay', async () => {
    const { platform } = world();
    await setSkuState(platform.db, skuCode, 'STOPPED');
    expect(await price()).toMatchObject({ refusal: { code: 'NOT_ON_SALE' } });
    const content = await contentOf(platform.db, world().demo.goodsId, 1);
    const other = content.specifications[1]?.skus[0]?.prices[0]?.priceItemId ?? '';
    expect((await price({ priceItemId: other, quantity: 1 })).ok).toBe(true);
    await setSkuState(platform.db, skuCode, 'ON_SALE');
  });
});

describe('a version', () => {
  it('is immutable, in the database itself (C41)', async () => {
    const { db } = world().platform;
    await expect(sql`UPDATE catalog.product_versions SET content = '{}'`.execute(db)).rejects.toThrow(
      /immutable \(C41\)/,
    );
  });

  it('that comes later changes the price of later orders only (C22)', async () => {
    const { platform, demo } = world();
    const before = await buyFromDemo(world(), { pay: false });
    const content = await contentOf(platform.db, demo.goodsId, 1);
    const dearer = structuredClone(content);
    for (const item of dearer.specifications[0]?.skus[0]?.prices ?? [])
      item.brackets = [{ from: 0, to: null, unitPrice: '150.00' }];
    await sql`INSERT INTO catalog.product_versions (goods_id, version, content, approved_at)
      VALUES (${demo.goodsId}, 2, ${JSON.stringify(dearer)}, ${platform.clock.now()})`.execute(platform.db);
    await sql`UPDATE catalog.products SET current_version = 2 WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
    const after = await buyFromDemo(world(), { pay: false });
    expect([before.amount.amount, after.amount.amount]).toEqual(['1200.00', '1500.00']);
    const paid = await inTransaction(platform.db, (tx) =>
      payOrder(platform, tx, { orderId: before.orderId, scope: { kind: 'all' } }, platform.clock.now()),
    );
    expect(paid).toMatchObject({ ok: true, value: { amount: { amount: '1200.00' } } });
    const [kept] = await ordersByIds(platform.db, [before.orderId], { scope: { kind: 'all' } });
    expect(kept?.lines[0]).toMatchObject({ version: 1, amount: { amount: '1200.00' } });
    expect(kept?.lines[0]?.snapshot.derivation).toEqual(before.lines[0]?.snapshot.derivation);
    await sql`UPDATE catalog.products SET current_version = 1 WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
  });
});

describe('the market', () => {
  it('shows what is on sale, public and of the site, and finds it by words in both languages', async () => {
    const { platform, demo } = world();
    const find = async (q?: string, site: 'CN' | 'EU' = 'CN') =>
      (await searchProducts(platform.db, { site, q, sort: 'DEFAULT', after: null, limit: 10 })).items.map(
        (row) => row.goodsId,
      );
    expect(await find()).toEqual([demo.goodsId]);
    expect(await find('ACME workspace')).toEqual([demo.goodsId]);
    expect(await find('协作')).toEqual([demo.goodsId]);
    expect(await find('acme nonsense')).toEqual([]);
    expect(await find("%_'")).toEqual([]);
    expect(await find(undefined, 'EU')).toEqual([]);
    await setVisibility(platform.db, demo.goodsId, 'HIDDEN');
    expect(await find()).toEqual([]);
    await setVisibility(platform.db, demo.goodsId, 'PUBLIC');
  });

  it('takes a product with all its parts or not at all', async () => {
    const { platform, demo } = world();
    const random = seededRandom('second product');
    const product = {
      goodsId: uuid(random),
      sellerId: demo.sellerId,
      site: 'CN' as const,
      protocol: 'saas-v2' as const,
      productionUrl: 'https://seller.example/produce',
      keyId: demo.keyId,
      content: demoProduct(random),
    };
    const broken = { ...product, content: { ...product.content, specifications: [] } };
    await expect(inTransaction(platform.db, (tx) => publishProduct(tx, broken, platform.clock.now()))).rejects.toThrow(
      /specifications/,
    );
    await inTransaction(platform.db, (tx) => publishProduct(tx, product, platform.clock.now()));
    await setProductionUrl(platform.db, product.goodsId, 'https://seller.example/v2');
    const interfaces = await productionInterfaces(platform.db, [product.goodsId, demo.goodsId]);
    expect(interfaces.get(product.goodsId)?.production_url).toBe('https://seller.example/v2');
    expect(interfaces.get(demo.goodsId)?.production_url).toBe('http://127.0.0.1:1/produce');
  });
});
