/** A 严选 product of the demo seller with a floor price, and orders of a buyer whom somebody brought. */
import { publishProduct } from '../../packages/marketplace/src/catalog/index.ts';
import { demoProduct } from '../../packages/marketplace/src/demo/product.ts';
import { type Order, placeOrder } from '../../packages/marketplace/src/ordering/index.ts';
import { sql } from '../../packages/marketplace/src/platform/database/database.ts';
import { traceId, uuid } from '../../packages/marketplace/src/platform/random.ts';
import type { World } from '../../packages/marketplace/src/testing/index.ts';
import { inTx, payFor } from './lives.ts';
import { granted } from './resources.ts';

/** Delivered by whoever delivers the demo product. @returns the price item of a month */
export async function yanxuanOnSale(world: World, terms: object = {}): Promise<string> {
  const { platform, demo, clock } = world;
  const content = {
    ...demoProduct(platform.random),
    class: 'YANXUAN' as const,
    name: { zh: '严选协作空间', en: 'Yanxuan Workspace' },
    sellerShare: '0.7',
    floorDiscount: '0.8',
    ...terms,
  };
  const { rows } = await sql<{ url: string }>`
    SELECT production_url AS url FROM catalog.products WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
  const { sellerId, keyId } = demo;
  const goodsId = uuid(platform.random);
  const product = { goodsId, sellerId, site: 'CN' as const, protocol: 'saas-v2' as const, keyId, content };
  await inTx(world, (tx) => publishProduct(tx, { ...product, productionUrl: rows[0]?.url ?? '' }, clock.now()));
  const prices = content.specifications[0]?.skus[0]?.prices ?? [];
  return prices.find(({ periodType }) => periodType === 'month')?.priceItemId ?? '';
}

/** Ordered for a month in the name of a distributor, paid, and delivered. */
export async function broughtOrder(world: World, priceItemId: string, distributorId: string): Promise<Order> {
  const { platform, demo, clock, simulator } = world;
  const lines = [{ priceItemId, quantity: 10, periodNumber: 6, parameters: [] }];
  const input = { buyerId: demo.buyerId, userId: 'u1', lines, distributorId, traceId: traceId(platform.random) };
  const order = granted(await inTx(world, (tx) => placeOrder(platform, tx, input, clock.now())));
  const paid = await payFor(world, order);
  await simulator.drain();
  return paid;
}
