/** A paid order reaches the seller, is repeated within its window, and ends in one instance or one full refund. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { ready, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { testWorld } from '../../../../tests/support/world.ts';
import { setProductionUrl } from '../catalog/index.ts';
import { instanceById } from '../instances/index.ts';
import { trialBalance } from '../ledger/index.ts';
import { ordersByIds } from '../ordering/index.ts';
import { inTransaction } from '../platform/database/database.ts';
import { forgetTasks } from '../platform/tasks/marketplace-tasks.ts';
import { buyFromDemo } from '../testing/index.ts';
import { forgetCalls, listCalls } from './index.ts';

describe('delivery', () => {
  it('creates, queries and completes the order', async () => {
    const seller = await startFakeSeller();
    onTestFinished(seller.close);
    const world = await testWorld({ productionUrl: seller.url });
    const order = await buyFromDemo(world);
    await world.simulator.drain();
    const [done] = await ordersByIds(world.platform.db, [order.orderId], { scope: { kind: 'all' } });
    expect(done?.state).toBe('COMPLETED');
    expect(seller.received.map((call) => call.activity)).toEqual(['newInstance', 'queryInstance']);
    expect((await trialBalance(world.platform.db)).balanced).toBe(true);
  });

  it('tries four times in three hours and then refunds in full (saas-v2.md 9)', async () => {
    const seller = await startFakeSeller(() => ({ resultCode: '000100', resultMsg: 'none left' }));
    onTestFinished(seller.close);
    const world = await testWorld({ productionUrl: seller.url });
    const order = await buyFromDemo(world);
    await world.simulator.advanceTo(new Date(world.clock.now().getTime() + 4 * 3_600_000));
    const [done] = await ordersByIds(world.platform.db, [order.orderId], { scope: { kind: 'all' } });
    expect(done?.state).toBe('REFUNDED');
    expect(seller.received).toHaveLength(4);
    expect(new Set(seller.received.map((call) => call.url.searchParams.get('nonce'))).size).toBe(4);
    expect(new Set(seller.received.map((call) => call.body.businessId)).size).toBe(4);
    expect((await trialBalance(world.platform.db)).balanced).toBe(true);
  });

  it('never shows one buyer the access data of another: a shared instanceId counts as a failure', async () => {
    const seller = await startFakeSeller(({ activity, body }) =>
      activity === 'newInstance'
        ? { resultCode: '000000', resultMsg: 'success.', instanceId: 'the-same' }
        : ready(String(body.instanceId)),
    );
    onTestFinished(seller.close);
    const world = await testWorld({ productionUrl: seller.url });
    const first = await buyFromDemo(world);
    await world.simulator.drain();
    const second = await buyFromDemo(world);
    await world.simulator.drain();
    const scope = { kind: 'all' } as const;
    const calls = await listCalls(world.platform.db, { scope, orderId: second.orderId, before: null, limit: 10 });
    expect(calls.map((call) => call.last_diagnosis_code)).toEqual(['instance.id-shared']);
    expect((await instanceById(world.platform.db, 'the-same', scope))?.orderId).toBe(first.orderId);
    await world.simulator.advanceTo(new Date(world.clock.now().getTime() + 4 * 3_600_000));
    const [refunded] = await ordersByIds(world.platform.db, [second.orderId], { scope });
    expect(refunded?.state).toBe('REFUNDED');
  });

  it('records a call that can not even be built, says why, and holds up no other seller', async () => {
    const seller = await startFakeSeller();
    onTestFinished(seller.close);
    const world = await testWorld({ productionUrl: seller.url });
    const order = await buyFromDemo(world);
    const { platform, demo } = world;
    await inTransaction(platform.db, (tx) => setProductionUrl(tx, demo.goodsId, 'http://['));
    await world.simulator.drain();
    const scope = { kind: 'all' } as const;
    const [call] = await listCalls(platform.db, { scope, orderId: order.orderId, before: null, limit: 1 });
    expect(call).toMatchObject({ state: 'DUE', attempts: 1, last_diagnosis_code: 'transport.not-sent' });
    await inTransaction(platform.db, (tx) => setProductionUrl(tx, demo.goodsId, seller.url));
    await world.simulator.advanceTo(new Date(world.clock.now().getTime() + 3_600_000));
    const [done] = await ordersByIds(platform.db, [order.orderId], { scope });
    expect(done?.state).toBe('COMPLETED');
  });

  it('survives an answer that is nested twelve thousand deep', async () => {
    const seller = await startFakeSeller((_, response) => {
      const deep = `{"resultCode":"000000","resultMsg":"ok","instanceId":${'['.repeat(12_000)}${']'.repeat(12_000)}}`;
      response.writeHead(200, { 'content-type': 'application/json' }).end(deep);
      return null;
    });
    onTestFinished(seller.close);
    const world = await testWorld({ productionUrl: seller.url });
    const order = await buyFromDemo(world);
    await world.simulator.drain();
    const [call] = await listCalls(world.platform.db, {
      scope: { kind: 'all' },
      orderId: order.orderId,
      before: null,
      limit: 1,
    });
    expect(call).toMatchObject({ state: 'DUE', attempts: 1, last_http_status: 200 });
    expect(call?.last_diagnosis_code).toMatch(/^body\./);
  });

  it('keeps finished messages for their retention and not for ever; the order stays', async () => {
    const seller = await startFakeSeller();
    onTestFinished(seller.close);
    const world = await testWorld({ productionUrl: seller.url });
    const order = await buyFromDemo(world);
    await world.simulator.drain();
    const { db } = world.platform;
    const after = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000);
    expect(await forgetCalls(db, after(-1), 10)).toBe(0);
    expect(await forgetCalls(db, after(1), 1)).toBe(1);
    expect(await forgetCalls(db, after(1), 10)).toBe(1);
    expect(await listCalls(db, { scope: { kind: 'all' }, orderId: order.orderId, before: null, limit: 5 })).toEqual([]);
    await world.simulator.advanceTo(after(2)); // the task that would have cancelled the order is done by then
    expect(await forgetTasks(db, after(1), 10)).toBe(1);
    const [kept] = await ordersByIds(db, [order.orderId], { scope: { kind: 'all' } });
    expect(kept?.state).toBe('COMPLETED');
  });
});
