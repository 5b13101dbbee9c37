/** A paid order reaches the seller, is repeated within its window, and ends in one instance or one full refund. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { testWorld } from '../../../../tests/support/world.ts';
import { trialBalance } from '../ledger/index.ts';
import { ordersByIds } from '../ordering/index.ts';
import { buyFromDemo } from '../testing/index.ts';

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
});
