/** An order is placed at the price of the moment, paid once, and ends delivered, refunded or cancelled; strangers see nothing of it. */
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { testWorld } from '../../../../tests/support/world.ts';
import { contentOf, publishProduct } from '../catalog/index.ts';
import { demoProduct } from '../demo/product.ts';
import { createAccessKey, createBuyer, createSeller, type Scope } from '../directory/index.ts';
import { balanceOf, trialBalance } from '../ledger/index.ts';
import { inTransaction, sql } from '../platform/database/database.ts';
import { type Random, seededRandom, uuid } from '../platform/random.ts';
import { buyFromDemo, type World } from '../testing/index.ts';
import { cancelOrder, listOrders, type Order, ordersByIds, type PlaceOrder, payOrder, placeOrder } from './index.ts';

const ALL = { kind: 'all' } as const;
const HOUR = 3_600_000;
const world = fileWorld();
let prices: string[] = [];
beforeAll(async () => {
  prices = await pricesOf(world());
});

async function pricesOf({ platform, demo }: World): Promise<string[]> {
  const content = await contentOf(platform.db, demo.goodsId, 1);
  return content.specifications.flatMap((spec) =>
    spec.skus.flatMap((each) => each.prices.map((item) => item.priceItemId)),
  );
}
const line = (priceItemId: string | undefined, quantity = 10, periodNumber: number | undefined = 1) => ({
  priceItemId: priceItemId ?? '',
  quantity,
  periodNumber,
  parameters: [],
});
const place = ({ platform, demo }: World, input: Partial<PlaceOrder> = {}) =>
  inTransaction(platform.db, (tx) =>
    placeOrder(
      platform,
      tx,
      { buyerId: demo.buyerId, userId: 'u1', lines: [line(prices[0])], traceId: uuid(platform.random), ...input },
      platform.clock.now(),
    ),
  );
const pay = ({ platform }: World, orderId: string, scope: Scope = ALL) =>
  inTransaction(platform.db, (tx) => payOrder(platform, tx, { orderId, scope }, platform.clock.now()));
const cancel = ({ platform }: World, orderId: string, scope: Scope = ALL) =>
  inTransaction(platform.db, (tx) => cancelOrder(platform, tx, { orderId, scope }, platform.clock.now()));
const balance = async ({ platform, demo }: World) => (await balanceOf(platform.db, demo.buyerId, 'CNY')).amount;
const orderOf = async ({ platform }: World, orderId: string, scope: Scope = ALL) =>
  (await ordersByIds(platform.db, [orderId], { scope }))[0];
async function placed(given: World, input: Partial<PlaceOrder> = {}): Promise<Order> {
  const result = await place(given, input);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
}
const count = async ({ platform }: World, table: string) =>
  (await sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(platform.db)).rows[0]?.n;

describe('placing', () => {
  it('freezes prices, names and parameters into the lines and charges nothing', async () => {
    const before = await balance(world());
    const order = await placed(world(), {
      lines: [{ ...line(prices[0]), parameters: [{ name: 'spaceName', value: '一号' }] }, line(prices[2], 11)],
      expectedAmount: '4170',
    });
    expect(order).toMatchObject({ state: 'PENDING_PAYMENT', orderType: 'NEW', amount: { amount: '4170.00' } });
    expect(await balance(world())).toBe(before);
    const kept = await orderOf(world(), order.orderId);
    expect(kept).toEqual(order);
    expect(kept?.lines.map((each) => [each.orderLineId.slice(-6), each.state, each.amount.amount])).toEqual([
      ['000001', 'WAITING', '1200.00'],
      ['000002', 'WAITING', '2970.00'],
    ]);
    expect(kept?.lines[0]?.snapshot).toMatchObject({
      productName: { en: 'Acme Workspace' },
      parameters: [{ name: 'spaceName', value: '一号' }],
      derivation: [{ rule: '4.1 LINEAR' }, { rule: 'C20', value: '1200' }],
    });
  });

  it('is refused, with nothing left behind, when anything does not fit', async () => {
    const orders = await count(world(), 'ordering.orders');
    const tasks = await count(world(), 'platform.tasks');
    const unknown = [{ ...line(prices[0]), parameters: [{ name: 'colour', value: 'red' }] }];
    expect(await place(world(), { expectedAmount: '1200.01' })).toMatchObject({
      refusal: { code: 'PRICE_CHANGED', facts: { expected: '1200.01', amount: '1200.00', currency: 'CNY' } },
    });
    expect(await place(world(), { lines: [line(prices[0]), line(prices[0], 7)] })).toMatchObject({
      refusal: { code: 'INVALID_QUANTITY' },
    });
    expect(await place(world(), { lines: [line(prices[0], 10, 6)] })).toMatchObject({
      refusal: { code: 'INVALID_PERIOD' },
    });
    expect(await place(world(), { lines: [] })).toMatchObject({ refusal: { code: 'VALIDATION' } });
    expect(await place(world(), { lines: unknown })).toMatchObject({ refusal: { code: 'PARAMETER_UNKNOWN' } });
    expect([await count(world(), 'ordering.orders'), await count(world(), 'platform.tasks')]).toEqual([orders, tasks]);
  });

  it('tries another id when the id is taken', async () => {
    const { platform } = world();
    const first = await placed(world());
    const suffix = first.orderId.slice(-5);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    const clash = Uint8Array.from([...suffix].map((letter) => alphabet.indexOf(letter)));
    const rest = seededRandom('after the clash');
    let asked = 0;
    const random: Random = {
      bytes(length) {
        asked += 1;
        return asked === 1 ? Buffer.concat([clash, Buffer.alloc(length - clash.length)]) : rest.bytes(length);
      },
    };
    const second = await placed({ ...world(), platform: { ...platform, random } }, { traceId: 'clash' });
    expect(second.orderId.slice(0, 12)).toBe(first.orderId.slice(0, 12));
    expect(second.orderId).not.toBe(first.orderId);
    expect(asked).toBeGreaterThan(1);
    expect((await orderOf(world(), first.orderId))?.traceId).toBe(first.traceId);
  });
});

describe('paying', () => {
  it('takes the amount once, starts the period, and tells it', async () => {
    const before = Number(await balance(world()));
    const order = await placed(world());
    const paid = await pay(world(), order.orderId);
    expect(paid).toMatchObject({
      ok: true,
      value: { state: 'PROCESSING', paidAt: world().clock.now(), cancelAt: null },
    });
    // 2026-01-05 in Beijing, one year (C19a)
    expect((await orderOf(world(), order.orderId))?.lines[0]).toMatchObject({
      state: 'CALLING',
      expireAt: new Date('2027-01-05T15:59:59.000Z'),
    });
    expect(Number(await balance(world()))).toBe(before - 1200);
  });

  it('twice, or ten times at once, is paying once (B-35)', async () => {
    const before = Number(await balance(world()));
    const order = await placed(world());
    const results = await Promise.all(Array.from({ length: 10 }, () => pay(world(), order.orderId)));
    expect(results.every((result) => result.ok && result.value.state === 'PROCESSING')).toBe(true);
    expect((await pay(world(), order.orderId)).ok).toBe(true);
    expect(Number(await balance(world()))).toBe(before - 1200);
    const { rows } =
      await sql`SELECT 1 FROM platform.events WHERE type = 'ordering.order-paid' AND aggregate = ${`order:${order.orderId}`}`.execute(
        world().platform.db,
      );
    expect(rows).toHaveLength(1);
  });

  it('with too little names the gap and charges nothing (B-34)', async () => {
    const poor = await testWorld({ openingBalance: '1199.99' });
    const order = await placed(poor);
    expect(await pay(poor, order.orderId)).toMatchObject({
      refusal: {
        code: 'INSUFFICIENT_BALANCE',
        facts: { balance: '1199.99', amount: '1200.00', gap: '0.01', currency: 'CNY' },
      },
    });
    expect(await balance(poor)).toBe('1199.99');
    expect((await orderOf(poor, order.orderId))?.state).toBe('PENDING_PAYMENT');
    expect(await count(poor, 'ledger.entries')).toBe(1);
  });

  it('that fails before its commit has happened in no part', async () => {
    const { platform } = world();
    const before = await balance(world());
    const order = await placed(world());
    const detach = platform.pause.at('ordering.before-pay-commit', () => {
      throw new Error('killed');
    });
    await expect(pay(world(), order.orderId)).rejects.toThrow('killed');
    detach();
    expect(await balance(world())).toBe(before);
    expect(await orderOf(world(), order.orderId)).toEqual(order);
    expect((await pay(world(), order.orderId)).ok).toBe(true);
  });
});

describe('cancelling', () => {
  it('by the buyer closes the lines; it can be said twice, and paying is over', async () => {
    const order = await placed(world());
    expect(await cancel(world(), order.orderId)).toMatchObject({
      ok: true,
      value: { state: 'CANCELLED', lines: [{ state: 'CLOSED' }] },
    });
    expect((await cancel(world(), order.orderId)).ok).toBe(true);
    expect(await pay(world(), order.orderId)).toMatchObject({
      refusal: { code: 'ORDER_STATE', facts: { state: 'CANCELLED' } },
    });
    expect(await orderOf(world(), order.orderId)).toMatchObject({ state: 'CANCELLED', cancelAt: null });
  });

  it('is no way out of a paid order', async () => {
    const order = await placed(world());
    await pay(world(), order.orderId);
    expect(await cancel(world(), order.orderId)).toMatchObject({
      refusal: { code: 'ORDER_STATE', facts: { state: 'PROCESSING' } },
    });
  });

  it('and paying at the same moment: one of the two wins, whole', async () => {
    for (let round = 0; round < 5; round += 1) {
      const before = Number(await balance(world()));
      const order = await placed(world());
      const [paid, cancelled] = await Promise.all([pay(world(), order.orderId), cancel(world(), order.orderId)]);
      expect([paid.ok, cancelled.ok].filter(Boolean)).toHaveLength(1);
      expect((await orderOf(world(), order.orderId))?.state).toBe(paid.ok ? 'PROCESSING' : 'CANCELLED');
      expect(Number(await balance(world()))).toBe(paid.ok ? before - 1200 : before);
    }
  });

  it('by time comes after 24 hours, not before, and leaves paid orders alone (C24)', async () => {
    const seller = await startFakeSeller();
    onTestFinished(seller.close);
    const own = await testWorld({ productionUrl: seller.url });
    const [unpaid, paid] = [await placed(own), await buyFromDemo(own)];
    const start = own.clock.now().getTime();
    await own.simulator.advanceTo(new Date(start + 24 * HOUR - 1));
    expect((await orderOf(own, unpaid.orderId))?.state).toBe('PENDING_PAYMENT');
    own.clock.moveTo(new Date(start + 24 * HOUR));
    expect(await pay(own, unpaid.orderId)).toMatchObject({ refusal: { code: 'ORDER_STATE' } });
    await own.simulator.drain();
    expect((await orderOf(own, unpaid.orderId))?.state).toBe('CANCELLED');
    expect((await orderOf(own, paid.orderId))?.state).toBe('COMPLETED');
  });
});

describe('an order of several lines', () => {
  it('of which one fails is completed, with one refund', async () => {
    const seller = await startFakeSeller(({ activity, body }) => {
      if (activity === 'newInstance' && String(body.orderLineId).endsWith('2'))
        return { resultCode: '000106', resultMsg: 'sold out' };
      if (activity === 'newInstance')
        return { resultCode: '000000', resultMsg: 'ok', instanceId: `i-${body.orderLineId}` };
      return {
        resultCode: '000000',
        resultMsg: 'ok',
        info: [{ instanceId: body.instanceId, appInfo: { frontEndUrl: 'https://a.example' } }],
      };
    });
    onTestFinished(seller.close);
    const own = await testWorld({ productionUrl: seller.url });
    const order = await placed(own, { lines: [line(prices[0]), line(prices[0], 20)] });
    await pay(own, order.orderId);
    await own.simulator.advanceTo(new Date(own.clock.now().getTime() + 2 * HOUR));
    expect(await orderOf(own, order.orderId)).toMatchObject({
      state: 'PROCESSING',
      lines: [{ state: 'FULFILLED' }, { state: 'CALLING' }],
    });
    await own.simulator.advanceTo(new Date(own.clock.now().getTime() + 2 * HOUR));
    expect(await orderOf(own, order.orderId)).toMatchObject({
      state: 'COMPLETED',
      lines: [{ state: 'FULFILLED' }, { state: 'REFUNDED' }],
    });
    expect(await balance(own)).toBe('98800.00');
    const { rows } = await sql<{
      reference: string;
    }>`SELECT reference FROM ledger.entries WHERE kind = 'REFUND'`.execute(own.platform.db);
    expect(rows).toEqual([{ reference: `${order.orderId}-000002` }]);
    expect((await trialBalance(own.platform.db)).balanced).toBe(true);
  });
});

describe('who sees an order', () => {
  it('its buyer, and no other; a purchaser only what he or she ordered (P-2)', async () => {
    const { platform, demo } = world();
    const stranger = await createBuyer(
      platform,
      platform.db,
      { accountName: 's', name: 'S', site: 'CN' },
      platform.clock.now(),
    );
    const order = await placed(world(), { userId: 'purchaser' });
    const as = (buyerId: string, placedBy: string | null): Scope => ({ kind: 'buyer', buyerId, placedBy });
    const seen = async (scope: Scope) => (await orderOf(world(), order.orderId, scope))?.orderId;
    expect(await seen(as(demo.buyerId, null))).toBe(order.orderId);
    expect(await seen(as(demo.buyerId, 'purchaser'))).toBe(order.orderId);
    expect(await seen(as(demo.buyerId, 'colleague'))).toBeUndefined();
    expect(await seen(as(stranger, null))).toBeUndefined();
    for (const scope of [as(stranger, null), as(demo.buyerId, 'colleague')]) {
      expect(await pay(world(), order.orderId, scope)).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
      expect(await cancel(world(), order.orderId, scope)).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
      const list = await listOrders(platform.db, { scope, before: null, limit: 100 });
      expect(list.map((each) => each.orderId)).not.toContain(order.orderId);
    }
    expect((await orderOf(world(), order.orderId))?.state).toBe('PENDING_PAYMENT');
  });

  it('a seller, once it is paid, and of a shared order the own lines only', async () => {
    const { platform, demo, clock } = world();
    const random = seededRandom('other seller');
    const other = await createSeller(platform, platform.db, { name: 'Other', site: 'CN' }, clock.now());
    const { keyId } = await createAccessKey(platform, platform.db, other, clock.now());
    const goodsId = uuid(random);
    const content = demoProduct(random);
    await publishProduct(
      platform.db,
      {
        goodsId,
        sellerId: other,
        site: 'CN',
        protocol: 'saas-v2',
        productionUrl: 'http://127.0.0.1:1/',
        keyId,
        content,
      },
      clock.now(),
    );
    const otherPrice = content.specifications[0]?.skus[0]?.prices[0]?.priceItemId;
    const order = await placed(world(), { lines: [line(prices[0]), line(otherPrice, 20)] });
    const as = (sellerId: string, goodsIds: string[] | null = null): Scope => ({ kind: 'seller', sellerId, goodsIds });
    const lines = async (scope: Scope) =>
      (await orderOf(world(), order.orderId, scope))?.lines.map((each) => each.sellerId);
    expect(await lines(as(other))).toBeUndefined();
    await pay(world(), order.orderId);
    expect(await lines(as(other))).toEqual([other]);
    expect(await lines(as(demo.sellerId))).toEqual([demo.sellerId]);
    expect(await lines(as(other, [goodsId]))).toEqual([other]);
    expect(await lines(as(other, []))).toBeUndefined();
    expect(await lines(as(demo.sellerId, [goodsId]))).toBeUndefined();
    const list = await listOrders(platform.db, { scope: as(other), before: null, limit: 100 });
    expect(list.map((each) => [each.orderId, each.lines.length])).toEqual([[order.orderId, 1]]);
    // the search does not reach into the lines of others either
    const otherName = demoProduct(random).name.en;
    await sql`UPDATE ordering.order_lines SET snapshot = jsonb_set(snapshot, '{productName,en}', '"Rival Suite"')
      WHERE order_id = ${order.orderId} AND seller_id = ${demo.sellerId}`.execute(platform.db);
    const found = async (product: string) =>
      (await listOrders(platform.db, { scope: as(other), product, before: null, limit: 100 })).length;
    expect([await found(otherName), await found('Rival Suite')]).toEqual([1, 0]);
  });
});
