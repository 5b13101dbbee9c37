/** A paid order reaches the seller, is repeated within its window, and ends in one instance or one full refund. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { ready, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { testWorld } from '../../../../tests/support/world.ts';
import { instanceById } from '../instances/index.ts';
import { trialBalance } from '../ledger/index.ts';
import { ordersByIds } from '../ordering/index.ts';
import { buyFromDemo } from '../testing/index.ts';
import { listCalls } from './index.ts';

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
});
