/** Pay-per-use services and packages of the demo product, opened by real orders at a seller who answers at once. */
import { contentOf, publishProduct } from '../../packages/marketplace/src/catalog/index.ts';
import { createBuyer } from '../../packages/marketplace/src/directory/index.ts';
import { BANK, credit } from '../../packages/marketplace/src/ledger/index.ts';
import { placeOrder } from '../../packages/marketplace/src/ordering/index.ts';
import { sql } from '../../packages/marketplace/src/platform/database/database.ts';
import { money } from '../../packages/marketplace/src/platform/money.ts';
import { DIGITS, randomText, traceId, uuid } from '../../packages/marketplace/src/platform/random.ts';
import type { World } from '../../packages/marketplace/src/testing/index.ts';
import { type FakeSeller, prompt, startFakeSeller } from './fake-seller.ts';
import { granted, pay, run } from './resources.ts';

export const PAY_PER_USE = 3;
export const PACKAGE = 4;
export interface OpenService {
  readonly resourceId: string;
  readonly instanceId: string;
  readonly buyerId: string;
  readonly orderId: string;
}

export interface MeteredShop {
  readonly seller: FakeSeller;
  buyer(name: string, balance: string): Promise<string>;
  open(buyerId: string, specification?: number, goodsId?: string): Promise<OpenService>;
  /** a product like the demo's, whose package stops when it is used up (C32) */
  stoppingProduct(): Promise<string>;
  topUp(buyerId: string, amount: string): Promise<void>;
  close(): Promise<void>;
}

export async function meteredShop(world: World): Promise<MeteredShop> {
  const { platform, clock, demo, simulator } = world;
  const seller = await startFakeSeller((call, response) =>
    call.activity === 'newInstance' || call.activity === 'queryInstance'
      ? prompt(call, response)
      : { resultCode: '000000', resultMsg: 'success.' },
  );
  await sql`UPDATE catalog.products SET production_url = ${seller.url} WHERE goods_id = ${demo.goodsId}`.execute(
    platform.db,
  );
  const topUp = async (buyerId: string, amount: string) => {
    const entryId = uuid(platform.random);
    const entry = {
      entryId,
      kind: 'TOP_UP',
      reference: entryId,
      debit: BANK,
      traceId: traceId(platform.random),
    } as const;
    await run(world, (tx) => credit(tx, buyerId, { ...entry, amount: money(amount, 'CNY') }, clock.now()));
  };
  return {
    seller,
    topUp,
    async buyer(name, balance) {
      const account = { accountName: name, name, site: 'CN', email: '', phone: '' } as const;
      const buyerId = await createBuyer(platform, platform.db, account, clock.now());
      if (balance !== '0') await topUp(buyerId, balance);
      return buyerId;
    },
    async stoppingProduct() {
      const goodsId = uuid(platform.random);
      const demoContent = await contentOf(platform.db, demo.goodsId, 1);
      const content = {
        ...demoContent,
        specifications: demoContent.specifications.map((each) => ({
          ...each,
          specificationId: `spec-${uuid(platform.random)}`,
          package: each.package && { ...each.package, stopWhenUsedUp: true },
          skus: each.skus.map((sku) => ({
            ...sku,
            skuCode: uuid(platform.random),
            prices: sku.prices.map((price) => ({
              ...price,
              priceItemId: `OFFI${randomText(platform.random, 18, DIGITS)}`,
            })),
          })),
        })),
      };
      const { sellerId, keyId } = demo;
      const product = { goodsId, sellerId, keyId, site: 'CN', content } as const;
      await publishProduct(platform.db, { ...product, protocol: 'saas-v2', productionUrl: seller.url }, clock.now());
      return goodsId;
    },
    async open(buyerId, specification = PAY_PER_USE, goodsId = demo.goodsId) {
      const { specifications } = await contentOf(platform.db, goodsId, 1);
      const sku = specifications[specification]?.skus[0];
      const line = { priceItemId: sku?.prices[0]?.priceItemId ?? '', parameters: [] };
      const input = { buyerId, userId: 'u1', lines: [line], traceId: traceId(platform.random) };
      const order = granted(await run(world, (tx) => placeOrder(platform, tx, input, clock.now())));
      granted(await pay(world, order.orderId));
      await simulator.drain();
      const resourceId = order.lines[0]?.resourceId ?? '';
      return { resourceId, instanceId: `inst-${resourceId}`, buyerId, orderId: order.orderId };
    },
    close: () => seller.close(),
  };
}
