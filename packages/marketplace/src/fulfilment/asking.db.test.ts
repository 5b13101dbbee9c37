/** Questions to a V2.0 seller: may this change be made, what do you have; and answers that come after our time-out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { type FakeSeller, prompt, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { toldBy } from '../../../../tests/support/told.ts';
import { setProductionUrl } from '../catalog/index.ts';
import { type Order, ordersByIds } from '../ordering/index.ts';
import { inTransaction, sql } from '../platform/database/database.ts';
import { buyFromDemo } from '../testing/index.ts';
import {
  attemptsOf,
  type Caller,
  changeCheckOf,
  checkChange,
  createCaller,
  listCalls,
  requestComparison,
} from './index.ts';

const ALL = { kind: 'all' } as const;
const HOUR = 3_600_000;
// Long enough that a busy machine answers the other tests in time.
const TIMEOUT_MS = 2_000;
const DONE = { resultCode: '000000', resultMsg: 'success.' };
const world = fileWorld({ config: { callTimeoutMs: TIMEOUT_MS } });
let seller: FakeSeller;
let caller: Caller;
let order: Order;
beforeAll(async () => {
  seller = await startFakeSeller();
  caller = createCaller(world().platform);
  await setProductionUrl(world().platform.db, world().demo.goodsId, seller.url);
  order = await buyFromDemo(world());
  await world().simulator.drain();
});
afterAll(async () => {
  await caller.close();
  await seller.close();
});

const resource = () => {
  const [line] = order.lines;
  if (!line) throw new Error('no line');
  return {
    sellerId: line.sellerId,
    buyerId: line.buyerId,
    orderId: order.orderId,
    resourceId: line.orderLineId,
    goodsId: line.goodsId,
    instanceId: `inst-${line.orderLineId}`,
    productName: line.snapshot.productName,
    traceId: order.traceId,
  };
};
const tenSecondsLater = () => world().clock.moveTo(new Date(world().clock.now().getTime() + 10_001));
const target = {
  skuCode: '6c1f0c55-0a1e-4f0a-9a55-2f9d0d0b7c11',
  productId: 'OFFI100000000000000002',
  quantity: 5,
  linear: true,
};
const asked = () => ({
  resourceId: resource().resourceId,
  skuCode: target.skuCode,
  quantity: 5,
  since: new Date(world().clock.now().getTime() - HOUR),
});

describe('changeInstanceCheck', () => {
  it('asks live, once; the answer is on record and is found again', async () => {
    expect(await changeCheckOf(world().platform.db, asked())).toBeNull();
    seller.behave(() => DONE);
    const answer = await checkChange(world().platform, caller, { ...resource(), target });
    expect(answer).toMatchObject({ allowed: true, resultCode: '000000' });
    expect(seller.received.at(-1)?.body).toEqual({
      activity: 'changeInstanceCheck',
      instanceId: resource().instanceId,
      productInfo: { productId: target.productId, skuCode: target.skuCode, linearValue: 5 },
    });
    expect(await changeCheckOf(world().platform.db, asked())).toMatchObject({ allowed: true });
    expect(await changeCheckOf(world().platform.db, { ...asked(), quantity: 6 })).toBeNull();
    const later = new Date(world().clock.now().getTime() + 1);
    expect(await changeCheckOf(world().platform.db, { ...asked(), since: later })).toBeNull();
  });

  it('is asked once for all who ask within ten seconds', async () => {
    seller.behave(() => ({ ...DONE }));
    const check = (quantity: number) =>
      checkChange(world().platform, caller, { ...resource(), target: { ...target, quantity } });
    const before = seller.received.length;
    const answers = await Promise.all([check(8), check(8), check(9)]);
    answers.push(await check(8));
    expect(seller.received).toHaveLength(before + 2);
    expect(new Set(answers.map(({ allowed }) => allowed))).toEqual(new Set([true]));
    tenSecondsLater();
    await check(8);
    expect(seller.received).toHaveLength(before + 3);
  });

  it('that is refused says why in the seller’s words, tells nobody else, and is not repeated', async () => {
    seller.behave(() => ({ resultCode: '000100', resultMsg: '12 seats are in use' }));
    tenSecondsLater();
    const answer = await checkChange(world().platform, caller, { ...resource(), target });
    expect(answer).toMatchObject({ allowed: false, resultCode: '000100', message: '12 seats are in use' });
    expect(await changeCheckOf(world().platform.db, asked())).toMatchObject({ allowed: false });
    const before = seller.received.length;
    await world().simulator.advanceTo(new Date(world().clock.now().getTime() + HOUR));
    expect(seller.received).toHaveLength(before);
    expect(await toldBy(world(), 'fulfilment.attempt-failed', resource().resourceId)).toEqual([]);
  });

  it('without an answer allows nothing', async () => {
    seller.behave((_, response) => {
      response.writeHead(502).end();
      return null;
    });
    tenSecondsLater();
    const answer = await checkChange(world().platform, caller, { ...resource(), target: { ...target, linear: false } });
    expect(answer).toMatchObject({ allowed: false, resultCode: null, message: expect.stringMatching(/not 200/) });
    expect(seller.received.at(-1)?.body.productInfo).not.toHaveProperty('linearValue');
  });
});

describe('a comparison', () => {
  const compare = async (instanceIds: readonly string[], occasion: string) => {
    const { platform, clock, demo } = world();
    const request = { sellerId: demo.sellerId, goodsId: demo.goodsId, instanceIds, occasion };
    await inTransaction(platform.db, (tx) => requestComparison(platform, tx, request, clock.now()));
    await world().simulator.drain();
    const { rows } = await sql<{ payload: unknown }>`
      SELECT payload FROM platform.events WHERE type = 'fulfilment.instances-compared' AND payload ->> 'occasion' = ${occasion}`.execute(
      platform.db,
    );
    return rows.map((row) => row.payload);
  };

  it('takes no slot from what was paid for', async () => {
    seller.behave(prompt);
    const { platform, clock, demo } = world();
    const request = { sellerId: demo.sellerId, goodsId: demo.goodsId, instanceIds: ['a'], occasion: 'apart' };
    await inTransaction(platform.db, (tx) => requestComparison(platform, tx, request, clock.now()));
    await buyFromDemo(world());
    await world().simulator.drain();
    const { rows } = await sql<{ pools: string[]; apart: string[] }>`
      SELECT array_agg(DISTINCT pool) FILTER (WHERE occasion = 'create') AS pools,
             array_agg(DISTINCT pool) FILTER (WHERE occasion = 'compare:apart') AS apart FROM fulfilment.seller_calls`.execute(
      platform.db,
    );
    expect(rows[0]?.pools).not.toContain(rows[0]?.apart[0]);
  });

  it('is one queryInstance over all ids, asked once', async () => {
    seller.behave(() => ({
      ...DONE,
      info: [{ instanceId: 'a', appInfo: { frontEndUrl: 'https://a.example' } }, { instanceId: 'b' }],
    }));
    const seen = [
      { instanceId: 'a', frontEndUrl: 'https://a.example' },
      { instanceId: 'b', frontEndUrl: null },
    ];
    expect(await compare(['a', 'b', 'c'], 'one')).toMatchObject([{ asked: ['a', 'b', 'c'], seen, complete: true }]);
    expect(seller.received.at(-1)?.body).toEqual({ activity: 'queryInstance', instanceId: 'a,b,c' });
    expect(await compare(['a', 'b', 'c'], 'one')).toHaveLength(1);
  });

  it('without an answer is told as not complete; of one id alone "does not exist" is an answer', async () => {
    seller.behave(() => ({ resultCode: '000003', resultMsg: 'unknown' }));
    expect(await compare(['a', 'b'], 'many')).toMatchObject([{ seen: [], complete: false }]);
    // They belong to no order: nobody is told of a failed attempt (N-16).
    const { rows } = await sql`
      SELECT payload FROM platform.events WHERE type = 'fulfilment.attempt-failed' AND payload ->> 'orderId' = ''`.execute(
      world().platform.db,
    );
    expect(rows).toEqual([]);
    expect(await compare(['a'], 'single')).toMatchObject([{ seen: [], complete: true }]);
  });

  it('of more than a call may hold is several calls, of none is no call', async () => {
    expect(await compare([], 'none')).toEqual([]);
    const many = Array.from({ length: 101 }, (_, id) => String(id));
    expect(await compare(many, 'much')).toMatchObject([{ asked: many.slice(0, 100) }]);
    expect(await compare(many, 'much')).toHaveLength(1);
    expect(seller.received.slice(-2).map(({ body }) => String(body.instanceId).split(',').length)).toEqual(
      expect.arrayContaining([100, 1]),
    );
  });
});

describe('a seller that answers after our time-out', () => {
  it('is found again with the next call: its instance is not made twice', async () => {
    const made = new Map<string, string>();
    let slow = true;
    const late: (() => void)[] = [];
    seller.behave(async (call, response) => {
      if (call.activity !== 'newInstance') return prompt(call, response);
      const line = String(call.body.orderLineId);
      const instanceId = made.get(line) ?? `late-${call.body.businessId}`;
      made.set(line, instanceId);
      // Created at once, told too late.
      if (slow) await new Promise<void>((resume) => late.push(resume));
      return { ...DONE, instanceId };
    });
    const { orderId } = await buyFromDemo(world());
    await world().simulator.drain();
    slow = false;
    for (const resume of late) resume();
    await world().simulator.advanceTo(new Date(world().clock.now().getTime() + HOUR));
    const { db } = world().platform;
    const [call] = await listCalls(db, { scope: ALL, orderId, activity: 'newInstance', before: null, limit: 1 });
    expect((await attemptsOf(db, call?.id ?? '')).map((each) => [each.outcome, each.diagnosis[0]?.code])).toEqual([
      ['failed', 'transport.timeout'],
      ['ok', undefined],
    ]);
    expect(made.size).toBe(1);
    expect(call?.instance_id).toBe([...made.values()][0]);
    expect((await ordersByIds(db, [orderId], { scope: ALL }))[0]?.state).toBe('COMPLETED');
  });
});

describe('in virtual time', () => {
  it('everything that is due is one commit', async () => {
    seller.behave(prompt);
    const orders = [];
    for (let count = 0; count < 5; count += 1) orders.push(await buyFromDemo(world()));
    await world().simulator.drain();
    const { rows } = await sql<{ writers: number }>`
      SELECT count(DISTINCT a.xmin::text) AS writers FROM fulfilment.attempts a JOIN fulfilment.seller_calls c ON c.id = a.call_id
      WHERE c.activity = 'newInstance' AND c.order_id = ANY(${orders.map((each) => each.orderId)}::text[])`.execute(
      world().platform.db,
    );
    expect(rows[0]?.writers).toBe(1);
  });
});
