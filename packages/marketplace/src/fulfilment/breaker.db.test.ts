/** A dead address gets one call at a time until it answers; it holds up nobody else and loses none of its attempts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { type FakeSeller, prompt, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { publishProduct, setProductionUrl } from '../catalog/index.ts';
import { demoProduct } from '../demo/product.ts';
import { ordersByIds } from '../ordering/index.ts';
import { sql } from '../platform/database/database.ts';
import { dispatchOnce } from '../platform/events.ts';
import { seededRandom, uuid } from '../platform/random.ts';
import { buyFromDemo } from '../testing/index.ts';
import { createCaller, listCalls } from './index.ts';
import { settleAttempts } from './service.ts';

const ALL = { kind: 'all' } as const;
const HOUR = 3_600_000;
const world = fileWorld();
let seller: FakeSeller;
let healthy: FakeSeller;
let second: { platform: ReturnType<typeof world>['platform']; demo: { goodsId: string; buyerId: string } };
beforeAll(async () => {
  seller = await startFakeSeller();
  healthy = await startFakeSeller();
  const { platform, clock, demo } = world();
  await setProductionUrl(platform.db, demo.goodsId, seller.url);
  // Another product of the same seller, at another address.
  const random = seededRandom('second address');
  const goodsId = uuid(random);
  const { rows } = await sql<{
    key_id: string;
  }>`SELECT key_id FROM catalog.products WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
  await publishProduct(
    platform.db,
    {
      goodsId,
      sellerId: demo.sellerId,
      site: 'CN',
      protocol: 'saas-v2',
      productionUrl: healthy.url,
      keyId: rows[0]?.key_id ?? '',
      content: demoProduct(random),
    },
    clock.now(),
  );
  second = { platform, demo: { goodsId, buyerId: demo.buyerId } };
});
afterAll(async () => {
  await seller.close();
  await healthy.close();
});
const advance = (ms: number) => world().simulator.advanceTo(new Date(world().clock.now().getTime() + ms));
const openBreakers = async () =>
  (
    await sql<{ failures: number }>`SELECT failures FROM fulfilment.breakers WHERE slots = 1`.execute(
      world().platform.db,
    )
  ).rows;

describe('the breaker', () => {
  it('opens after ten failures in a row, lets one call through at a time, and closes with an answer', async () => {
    const { platform, clock, simulator } = world();
    seller.behave((_, response) => {
      response.writeHead(503).end();
      return null;
    });
    const orders = [];
    for (let count = 0; count < 12; count += 1) orders.push(await buyFromDemo(world()));
    await simulator.drain();
    expect(seller.received).toHaveLength(12);
    expect(await openBreakers()).toEqual([{ failures: 12 }]);

    clock.moveTo(new Date(clock.now().getTime() + HOUR));
    const other = await buyFromDemo(second);
    for (const subscription of platform.events.subscriptions) {
      while ((await dispatchOnce(platform, subscription, clock.now())) > 0);
    }
    const caller = createCaller(platform);
    const taken = await caller.take(50);
    // One of the twelve, and everything of the address that works.
    expect(taken.filter(({ call }) => call.goods_id === world().demo.goodsId)).toHaveLength(1);
    expect(taken.filter(({ call }) => call.order_id === other.orderId)).toHaveLength(1);
    const settle = async () =>
      settleAttempts(
        platform,
        caller.owner,
        await Promise.all(taken.map(async (each) => ({ call: each.call, record: await caller.attempt(each) }))),
      );
    seller.behave(prompt);
    await settle();
    await caller.close();
    expect(await openBreakers()).toEqual([]);
    await simulator.drain();
    const states = await ordersByIds(
      platform.db,
      [...orders, other].map(({ orderId }) => orderId),
      { scope: ALL },
    );
    expect(new Set(states.map((order) => order.state))).toEqual(new Set(['COMPLETED']));
  });

  it('takes no attempt from a call: each has its four, however late', async () => {
    const { platform } = world();
    seller.behave((_, response) => {
      response.writeHead(500).end();
      return null;
    });
    const orders = [];
    for (let count = 0; count < 12; count += 1) orders.push(await buyFromDemo(world()));
    await advance(6 * HOUR);
    for (const { orderId } of orders) {
      const [call] = await listCalls(platform.db, { scope: ALL, orderId, before: null, limit: 1 });
      expect(call).toMatchObject({ attempts: 4, state: 'RESOLVED' });
    }
    expect((await openBreakers()).length).toBe(1);
  });
});
