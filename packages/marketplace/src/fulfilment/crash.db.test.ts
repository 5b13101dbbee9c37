/** A worker may die between any two steps: nothing is lost, nothing counts twice, a late one changes nothing (design.md 4.3, 4.4). */
import { verifyBase } from '@jishi/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { type FakeSeller, prompt, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { setProductionUrl } from '../catalog/index.ts';
import { listInstances } from '../instances/index.ts';
import { trialBalance } from '../ledger/index.ts';
import { ordersByIds } from '../ordering/index.ts';
import { sql } from '../platform/database/database.ts';
import { dispatchOnce } from '../platform/events.ts';
import type { PausePointName } from '../platform/pause-points.ts';
import { reclaim } from '../platform/tasks/task-table.ts';
import { createSimulator } from '../runtime.ts';
import { buyFromDemo } from '../testing/index.ts';
import { attemptsOfTrace, CALLS, createCaller, makeDueCalls } from './index.ts';
import { settleAttempts } from './service.ts';
import type { SellerCall } from './store.ts';
import { LEASE_MS } from './worker.ts';

const ALL = { kind: 'all' } as const;
const world = fileWorld();
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startFakeSeller();
  await setProductionUrl(world().platform.db, world().demo.goodsId, seller.url);
});
afterAll(async () => {
  await seller.close();
});

/** The n-th passing of a point ends the program as far as the caller can tell: what was not committed is gone. */
function crashAt(point: PausePointName, passing: number): () => void {
  let passings = 0;
  return world().platform.pause.at(point, () => {
    passings += 1;
    if (passings === passing) throw new Error(`killed at ${point}`);
  });
}
async function leasesRunOut(): Promise<void> {
  const { clock, platform } = world();
  clock.moveTo(new Date(clock.now().getTime() + LEASE_MS + 1));
  await reclaim(platform.db, CALLS, clock.now());
}
/** Tells what has happened, without making a call. */
async function deliverEvents(): Promise<void> {
  const { platform, clock } = world();
  for (const subscription of platform.events.subscriptions) {
    while ((await dispatchOnce(platform, subscription, clock.now())) > 0);
  }
}
const callsOf = (orderId: string) =>
  seller.received.filter((call) => call.body.orderId === orderId || String(call.body.instanceId).includes(orderId));
const stateOf = async (orderId: string) =>
  (await ordersByIds(world().platform.db, [orderId], { scope: ALL }))[0]?.state;

describe('a crash', () => {
  it.each<[PausePointName, number, number]>([
    // point, passing, calls that the seller sees in all
    ['tasks.leased', 1, 2],
    ['tasks.leased', 2, 2],
    ['fulfilment.before-call', 1, 2],
    ['fulfilment.before-call', 2, 2],
    ['fulfilment.answered', 1, 3],
    ['fulfilment.answered', 2, 3],
    ['fulfilment.before-commit', 1, 3],
    ['fulfilment.before-commit', 2, 3],
    ['fulfilment.committed', 1, 2],
    ['fulfilment.committed', 2, 2],
  ])('at %s, passing %i, loses nothing and repeats only what was not recorded', async (point, passing, calls) => {
    const { platform, clock, demo } = world();
    seller.behave(prompt);
    const detach = crashAt(point, passing);
    const { orderId, traceId } = await buyFromDemo(world());
    const victim = createSimulator(platform, clock);
    await expect(victim.drain()).rejects.toThrow('killed');
    detach();
    await victim.close();
    await leasesRunOut();
    await world().simulator.drain();
    expect(await stateOf(orderId)).toBe('COMPLETED');
    expect(callsOf(orderId)).toHaveLength(calls);
    const attempts = await attemptsOfTrace(platform.db, traceId);
    expect(attempts.map((each) => [each.activity, each.outcome])).toEqual([
      ['newInstance', 'ok'],
      ['queryInstance', 'ok'],
    ]);
    const scope = { kind: 'buyer', buyerId: demo.buyerId, placedBy: null } as const;
    const instances = await listInstances(platform.db, { scope, before: null, limit: 500 });
    expect(instances.filter((each) => each.orderId === orderId).map((each) => each.state)).toEqual(['ACTIVE']);
    expect((await trialBalance(platform.db)).balanced).toBe(true);
  });
});

describe('a late worker', () => {
  it('whose lease went to another records nothing, whatever its answer', async () => {
    const { platform } = world();
    seller.behave(prompt);
    const { orderId, traceId } = await buyFromDemo(world());
    const late = createCaller(platform);
    await deliverEvents();
    const taken = (await late.take(50)).filter(({ call }) => call.order_id === orderId);
    await leasesRunOut();
    seller.behave(() => ({ resultCode: '000100', resultMsg: 'none left' }));
    const records = await Promise.all(
      taken.map(async (each) => ({ call: each.call, record: await late.attempt(each) })),
    );
    seller.behave(prompt);
    await world().simulator.drain();
    expect(await stateOf(orderId)).toBe('COMPLETED');
    await settleAttempts(platform, late.owner, records);
    await late.close();
    expect(records).toHaveLength(1);
    expect((await attemptsOfTrace(platform.db, traceId)).map((each) => each.outcome)).toEqual(['ok', 'ok']);
    expect(await stateOf(orderId)).toBe('COMPLETED');
  });
});

describe('many outcomes', () => {
  it('are one commit: all or nothing', async () => {
    const { platform } = world();
    seller.behave(prompt);
    const orders = await Promise.all([1, 2, 3].map(() => buyFromDemo(world())));
    await deliverEvents();
    const worker = createCaller(platform);
    const taken = await worker.take(50);
    const records = await Promise.all(
      taken.map(async (each) => ({ call: each.call, record: await worker.attempt(each) })),
    );
    expect(records).toHaveLength(3);
    const detach = crashAt('fulfilment.before-commit', 1);
    await expect(settleAttempts(platform, worker.owner, records)).rejects.toThrow('killed');
    detach();
    const attempts = () =>
      Promise.all(orders.map(async (order) => (await attemptsOfTrace(platform.db, order.traceId)).length));
    expect(await attempts()).toEqual([0, 0, 0]);
    await settleAttempts(platform, worker.owner, records);
    expect(await attempts()).toEqual([1, 1, 1]);
    const { rows } = await sql<{ writers: number }>`
      SELECT count(DISTINCT xmin::text) AS writers FROM fulfilment.attempts WHERE trace_id = ANY(${orders.map((order) => order.traceId)}::text[])`.execute(
      platform.db,
    );
    expect(rows[0]?.writers).toBe(1);
    await worker.close();
    await world().simulator.drain();
    for (const order of orders) expect(await stateOf(order.orderId)).toBe('COMPLETED');
  });

  it('of one order line are asked for one after the other', async () => {
    const { platform } = world();
    const { orderId } = await buyFromDemo(world());
    await deliverEvents();
    const worker = createCaller(platform);
    while ((await makeDueCalls(platform, worker)) > 0);
    await worker.close();
    expect(callsOf(orderId).map((call) => call.activity)).toEqual(['newInstance', 'queryInstance']);
    await world().simulator.drain();
  });
});

describe('a call that follows at once', () => {
  const openCalls = async (resourceId: string) =>
    (
      await sql<{ activity: string; state: string; attempts: number; lease_owner: string | null }>`
        SELECT activity, state, attempts, lease_owner FROM fulfilment.seller_calls WHERE resource_id = ${resourceId} AND state IN ('DUE', 'RUNNING') ORDER BY seq`.execute(
        world().platform.db,
      )
    ).rows;
  async function afterFirst(before?: (call: SellerCall) => Promise<void>) {
    const { platform } = world();
    seller.behave(prompt);
    const { orderId } = await buyFromDemo(world());
    await deliverEvents();
    const worker = createCaller(platform);
    const [first] = (await worker.take(50)).filter(({ call }) => call.order_id === orderId);
    if (!first) throw new Error('nothing was taken');
    await before?.(first.call);
    const record = await worker.attempt(first);
    const taken = await settleAttempts(platform, worker.owner, [{ call: first.call, record }], LEASE_MS);
    return { worker, orderId, first, next: taken.get(first.call.id) };
  }

  it('is leased with the outcome, and taken up by another when its worker dies', async () => {
    const { worker, orderId, first, next } = await afterFirst();
    const row = { activity: 'queryInstance', state: 'RUNNING', attempts: 1, lease_owner: worker.owner };
    expect(await openCalls(first.call.resource_id)).toEqual([row]);
    expect(next).toMatchObject({ activity: 'queryInstance', instance_id: expect.any(String), attempts: 1 });
    await worker.close();
    await world().simulator.drain();
    expect(await stateOf(orderId)).toBe('PROCESSING');
    await leasesRunOut();
    await world().simulator.drain();
    expect(await stateOf(orderId)).toBe('COMPLETED');
  });

  it('waits for what is before it in its lane', async () => {
    const { db } = world().platform;
    const { worker, first, next } = await afterFirst(async (call) => {
      await sql`INSERT INTO fulfilment.seller_calls (id, pool, lane, due_at, trace_id, created_at, protocol, activity, occasion, resource_id, seller_id, buyer_id, order_id, order_line_id, goods_id, product_name, anchor)
        SELECT gen_random_uuid(), pool, lane, due_at + interval '1 year', trace_id, created_at, protocol, 'releaseInstance', 'before', resource_id, seller_id, buyer_id, order_id, order_line_id, goods_id, product_name, anchor
        FROM fulfilment.seller_calls WHERE id = ${call.id}`.execute(db);
    });
    expect(next).toBeUndefined();
    const open = await openCalls(first.call.resource_id);
    expect(open.map(({ activity, state }) => [activity, state])).toEqual([
      ['releaseInstance', 'DUE'],
      ['queryInstance', 'DUE'],
    ]);
    await worker.close();
    await sql`DELETE FROM fulfilment.seller_calls WHERE occasion = 'before'`.execute(db);
    await world().simulator.drain();
  });
});

describe('every call', () => {
  it('is signed so that the seller can verify it, over exactly the bytes that were sent (saas-v2.md 3.1)', () => {
    expect(seller.received.length).toBeGreaterThan(20);
    const { demo, clock } = world();
    for (const call of seller.received) {
      const query = call.url.searchParams;
      const verdict = verifyBase({
        accessKey: demo.accessKey,
        signature: query.get('signature') ?? undefined,
        timestamp: query.get('timestamp') ?? undefined,
        nonce: query.get('nonce') ?? undefined,
        body: JSON.stringify(call.body),
        nowMs: Number(query.get('timestamp')),
      });
      expect(verdict).toEqual({ ok: true });
      expect(Number(query.get('timestamp'))).toBeLessThanOrEqual(clock.now().getTime());
      expect(call.headers['content-type']).toBe('application/json;charset=utf-8');
    }
    const nonces = seller.received.map((call) => call.url.searchParams.get('nonce'));
    expect(new Set(nonces).size).toBe(nonces.length);
  });
});
