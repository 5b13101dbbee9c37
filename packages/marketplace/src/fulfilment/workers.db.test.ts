/** In real time: many calls side by side, each seller within its limit, and one slow seller holds up nobody else. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { testWorld } from '../../../../tests/support/world.ts';
import { publishProduct } from '../catalog/index.ts';
import { demoProduct } from '../demo/product.ts';
import { createAccessKey, createSeller } from '../directory/index.ts';
import { trialBalance } from '../ledger/index.ts';
import { ordersByIds } from '../ordering/index.ts';
import { seededRandom, uuid } from '../platform/random.ts';
import { startWorkers } from '../runtime.ts';
import { buyFromDemo, type World } from '../testing/index.ts';
import { attemptsOfTrace } from './index.ts';

/** A second seller with the same product at another address. */
async function secondSeller({ platform, clock, demo }: World, productionUrl: string) {
  const random = seededRandom('second');
  const sellerId = await createSeller(platform, platform.db, { name: 'Second', site: 'CN' }, clock.now());
  const { keyId } = await createAccessKey(platform, platform.db, sellerId, clock.now());
  const goodsId = uuid(random);
  const content = demoProduct(random);
  await publishProduct(
    platform.db,
    { goodsId, sellerId, site: 'CN', protocol: 'saas-v2', productionUrl, keyId, content },
    clock.now(),
  );
  return { platform, demo: { ...demo, goodsId } };
}
const states = async ({ platform }: World, orders: readonly { orderId: string }[]) =>
  (
    await ordersByIds(
      platform.db,
      orders.map((order) => order.orderId),
      { scope: { kind: 'all' } },
    )
  ).map((order) => order.state);
const buy = (times: number, where: Parameters<typeof buyFromDemo>[0]) =>
  Promise.all(Array.from({ length: times }, () => buyFromDemo(where)));

describe('workers', () => {
  it('keep a slow seller within its limit, serve the others meanwhile, and end everything', async () => {
    const waiting: (() => void)[] = [];
    let atOnce = 0;
    let most = 0;
    let isSlow = true;
    const slow = await startFakeSeller(async ({ activity, body }) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      if (isSlow) await new Promise<void>((resolve) => waiting.push(resolve));
      atOnce -= 1;
      const instanceId = String(body.instanceId ?? `slow-${body.orderLineId}`);
      return {
        resultCode: '000000',
        resultMsg: 'ok',
        ...(activity === 'newInstance'
          ? { instanceId }
          : { info: [{ instanceId, appInfo: { frontEndUrl: 'https://slow.example' } }] }),
      };
    });
    const quick = await startFakeSeller();
    const world = await testWorld({ productionUrl: slow.url, config: { callsPerSeller: 2, callConcurrency: 8 } });
    const slowOrders = await buy(6, world);
    const quickOrders = await buy(12, await secondSeller(world, quick.url));
    const workers = startWorkers(world.platform);
    onTestFinished(async () => {
      await workers.stop();
      await slow.close();
      await quick.close();
    });
    await vi.waitFor(
      async () => expect(new Set(await states(world, quickOrders))).toEqual(new Set(['COMPLETED'])),
      15_000,
    );
    expect(new Set(await states(world, slowOrders))).toEqual(new Set(['PROCESSING']));
    expect(slow.received).toHaveLength(2);
    isSlow = false;
    for (const release of waiting) release();
    await vi.waitFor(
      async () => expect(new Set(await states(world, slowOrders))).toEqual(new Set(['COMPLETED'])),
      15_000,
    );
    expect(most).toBe(2);
    expect(quick.received).toHaveLength(24);
    expect((await trialBalance(world.platform.db)).balanced).toBe(true);
  });

  it('of several processes share the work: each order line is called once', async () => {
    const seller = await startFakeSeller();
    const world = await testWorld({ productionUrl: seller.url });
    const orders = await buy(30, world);
    const processes = [1, 2, 3].map(() => startWorkers(world.platform));
    onTestFinished(async () => {
      await Promise.all(processes.map((each) => each.stop()));
      await seller.close();
    });
    await vi.waitFor(async () => expect(new Set(await states(world, orders))).toEqual(new Set(['COMPLETED'])), 15_000);
    expect(seller.received).toHaveLength(60);
    const attempts = await Promise.all(orders.map((order) => attemptsOfTrace(world.platform.db, order.traceId)));
    expect(attempts.every((each) => each.length === 2)).toBe(true);
  });

  it('that are stopped let running calls end and record them; the next ones go on from there', async () => {
    const waiting: (() => void)[] = [];
    const seller = await startFakeSeller(async ({ activity, body }) => {
      if (activity === 'newInstance') await new Promise<void>((resolve) => waiting.push(resolve));
      const instanceId = String(body.instanceId ?? `i-${body.orderLineId}`);
      return {
        resultCode: '000000',
        resultMsg: 'ok',
        ...(activity === 'newInstance'
          ? { instanceId }
          : { info: [{ instanceId, appInfo: { frontEndUrl: 'https://a.example' } }] }),
      };
    });
    onTestFinished(seller.close);
    const world = await testWorld({ productionUrl: seller.url });
    const orders = await buy(3, world);
    const workers = startWorkers(world.platform);
    await vi.waitFor(() => expect(waiting).toHaveLength(3), 10_000);
    const stopped = workers.stop();
    for (const release of waiting) release();
    await stopped;
    for (const order of orders)
      expect((await attemptsOfTrace(world.platform.db, order.traceId)).map((each) => each.outcome)).toEqual(['ok']);
    await world.simulator.drain();
    expect(await states(world, orders)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
    expect(seller.received.filter((call) => call.activity === 'newInstance')).toHaveLength(3);
  });
});
