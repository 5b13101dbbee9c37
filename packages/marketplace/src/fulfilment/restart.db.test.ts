/** Restart by hand: at any time within the window, by name, as an attempt of its own; never after success or refund (saas-v2.md 9, S-29). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { type Behaviour, type FakeSeller, prompt, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { setProductionUrl } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { ordersByIds } from '../ordering/index.ts';
import { inTransaction } from '../platform/database/database.ts';
import { buyFromDemo } from '../testing/index.ts';
import { attemptsOf, callById, createCaller, listCalls, restart, viewAccess } from './index.ts';

const HOUR = 3_600_000;
const ALL = { kind: 'all' } as const;
const refusing = () => ({ resultCode: '000104', resultMsg: 'broken' });
const world = fileWorld();
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startFakeSeller();
  await setProductionUrl(world().platform.db, world().demo.goodsId, seller.url);
});
afterAll(async () => {
  await seller.close();
});

async function buy(behaviour: Behaviour = refusing) {
  seller.behave(behaviour);
  const { orderId } = await buyFromDemo(world());
  await world().simulator.drain();
  return { orderId, callId: (await callOf(orderId)).id };
}
async function callOf(orderId: string, activity = 'newInstance') {
  const [call] = await listCalls(world().platform.db, { scope: ALL, orderId, activity, before: null, limit: 1 });
  if (!call) throw new Error(`no ${activity}`);
  return call;
}
const press = (callId: string, scope: Scope = ALL) =>
  inTransaction(world().platform.db, (tx) =>
    restart(world().platform, tx, { callId, scope, by: 'chen' }, world().clock.now()),
  );
const advance = (ms: number) => world().simulator.advanceTo(new Date(world().clock.now().getTime() + ms));
const stateOf = async (orderId: string) =>
  (await ordersByIds(world().platform.db, [orderId], { scope: ALL }))[0]?.state;

describe('restart', () => {
  it('calls at once, under the name of who pressed it, and does not use up a planned attempt', async () => {
    const start = world().clock.now().getTime();
    const { orderId, callId } = await buy();
    await advance(10 * 60_000);
    expect(await press(callId)).toMatchObject({ ok: true, value: { state: 'DUE', restarted_by: 'chen' } });
    await advance(4 * HOUR);
    const attempts = await attemptsOf(world().platform.db, callId);
    expect(attempts.map((each) => [each.actor, (each.startedAt.getTime() - start) / 60_000])).toEqual([
      ['system', 0],
      ['chen', 10],
      ['system', 60],
      ['system', 120],
      ['system', 180],
    ]);
    expect(await stateOf(orderId)).toBe('REFUNDED');
  });

  it('ends well when the seller has mended its server', async () => {
    const { orderId, callId } = await buy();
    seller.behave(prompt);
    await advance(60_000);
    await press(callId);
    await world().simulator.drain();
    expect(await stateOf(orderId)).toBe('COMPLETED');
    expect((await attemptsOf(world().platform.db, callId)).map((each) => [each.actor, each.outcome])).toEqual([
      ['system', 'failed'],
      ['chen', 'ok'],
    ]);
  });

  it('pressed twice before the call is made is one call', async () => {
    const { callId } = await buy();
    expect((await press(callId)).ok && (await press(callId)).ok).toBe(true);
    const before = seller.received.length;
    await world().simulator.drain();
    expect(seller.received.length - before).toBe(1);
    seller.behave(prompt);
    await advance(HOUR);
  });

  it('is refused when the call has succeeded', async () => {
    const { callId } = await buy(prompt);
    expect(await press(callId)).toMatchObject({ refusal: { code: 'CALL_DONE' } });
  });

  it('is refused when the line is refunded: the money is back', async () => {
    const { orderId, callId } = await buy();
    await advance(4 * HOUR);
    expect(await stateOf(orderId)).toBe('REFUNDED');
    expect(await press(callId)).toMatchObject({ refusal: { code: 'ORDER_CLOSED' } });
    expect((await callById(world().platform.db, callId, ALL))?.state).toBe('RESOLVED');
  });

  it('is refused while the call is being made', async () => {
    const { platform } = world();
    const { callId } = await buy();
    await advance(HOUR - 1);
    world().clock.moveTo(new Date(world().clock.now().getTime() + 1));
    const caller = createCaller(platform);
    const taken = await caller.take(10);
    expect(taken.map(({ call }) => call.id)).toContain(callId);
    expect(await press(callId)).toMatchObject({ refusal: { code: 'CALL_RUNNING' } });
    await caller.close();
  });

  it('is refused for a call that was made while a person looked', async () => {
    const { platform } = world();
    const { orderId } = await buy(prompt);
    await advance(10_000);
    const query = await callOf(orderId, 'queryInstance');
    seller.behave(refusing);
    const caller = createCaller(platform);
    await viewAccess(platform, caller, {
      sellerId: query.seller_id,
      buyerId: query.buyer_id,
      orderId,
      orderLineId: query.order_line_id,
      goodsId: query.goods_id,
      instanceId: query.instance_id ?? '',
      productName: query.product_name,
      traceId: query.trace_id,
    });
    await caller.close();
    const view = await callOf(orderId, 'queryInstance');
    expect(view.occasion).toMatch(/^view:/);
    expect(await press(view.id)).toMatchObject({ refusal: { code: 'CALL_ONCE' } });
  });

  it('of a call of somebody else does not find it (P-2)', async () => {
    const { callId } = await buy();
    const { demo } = world();
    const strangers: Scope[] = [
      { kind: 'seller', sellerId: 'other', goodsIds: null },
      { kind: 'seller', sellerId: demo.sellerId, goodsIds: [] },
      { kind: 'buyer', buyerId: demo.buyerId, placedBy: null },
    ];
    for (const scope of strangers) expect(await press(callId, scope)).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
    expect((await press(callId, { kind: 'seller', sellerId: demo.sellerId, goodsIds: [demo.goodsId] })).ok).toBe(true);
  });
});
