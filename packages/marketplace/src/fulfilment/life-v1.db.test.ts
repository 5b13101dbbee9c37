/** A subscription at a V1.0 seller: the order's facts travel with the call, every answer is signed, newInstance itself delivers (saas-v1.md 2–7). */
import { decodeExtendParamsV1, decryptPrivateMemberV1 } from '@jishi/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { DONE, type FakeSellerV1, promptV1, startFakeSellerV1 } from '../../../../tests/support/fake-seller-v1.ts';
import { lineState, newsOf, orderAbout, toldBy } from '../../../../tests/support/told.ts';
import { contentOf, publishProduct } from '../catalog/index.ts';
import { demoProduct } from '../demo/product.ts';
import { createAccessKey, createSeller } from '../directory/index.ts';
import { type Order, payOrder, placeOrder } from '../ordering/index.ts';
import { inTransaction, sql } from '../platform/database/database.ts';
import { dispatchOnce } from '../platform/events.ts';
import { seededRandom, uuid } from '../platform/random.ts';
import { accessDataOf, attemptsOf, createCaller, listCalls, requestComparison, viewAccess } from './index.ts';
import { settleAttempts } from './service.ts';

const MINUTE = 60_000;
const ALL = { kind: 'all' } as const;
const KEY = 'koo-v1-demo-key-0001';
// Shorter windows than the published ones, which policy.test.ts plays.
const upkeep = { windowMs: 2 * MINUTE, intervalMs: MINUTE };
const newInstance = { windowMs: 9 * MINUTE, intervalMs: 3 * MINUTE };
const world = fileWorld({
  config: {
    retryPolicies: {
      'saas-v1': { newInstance, refreshInstance: upkeep, expireInstance: upkeep, releaseInstance: upkeep },
    },
  },
});
let seller: FakeSellerV1;
let goodsId = '';
const random = seededRandom('v1');

beforeAll(async () => {
  const { platform, clock, demo } = world();
  seller = await startFakeSellerV1(KEY);
  const sellerId = await createSeller(platform, platform.db, { name: 'Old hand', site: 'CN' }, clock.now());
  const { keyId } = await createAccessKey(platform, platform.db, sellerId, clock.now(), KEY);
  goodsId = uuid(random);
  const product = demoProduct(random);
  const content = {
    ...product,
    orderParameters: [{ name: 'emailDomainName', label: { zh: '域名', en: 'Domain' }, required: false }],
    privateMembers: ['MOBILE' as const, 'EMAIL' as const, 'IAM' as const],
    encryptType: '2' as const,
  };
  await publishProduct(
    platform.db,
    { goodsId, sellerId, site: 'CN', protocol: 'saas-v1', productionUrl: `${seller.url}?tenant=a%20b`, keyId, content },
    clock.now(),
  );
  await sql`UPDATE directory.buyers SET phone = '+86 13800000001', email = 'buyer@acme.example' WHERE buyer_id = ${demo.buyerId}`.execute(
    platform.db,
  );
});
afterAll(async () => {
  await seller.close();
});

const drain = () => world().simulator.drain();
/** News arrive, but no call is made. */
async function dispatched() {
  const { platform, clock } = world();
  for (const subscription of platform.events.subscriptions)
    while ((await dispatchOnce(platform, subscription, clock.now())) > 0);
}
const advance = (ms: number) => world().simulator.advanceTo(new Date(world().clock.now().getTime() + ms));
const last = () => seller.received.at(-1);
async function buy(specification = 0): Promise<Order> {
  const { platform, clock, demo } = world();
  const spec = (await contentOf(platform.db, goodsId, 1)).specifications[specification];
  const item = spec?.skus[0]?.prices[0];
  const { rows } = await sql<{ user_id: string }>`
    SELECT user_id FROM directory.users WHERE buyer_id = ${demo.buyerId} ORDER BY user_id LIMIT 1`.execute(platform.db);
  const line = {
    priceItemId: item?.priceItemId ?? '',
    ...(spec?.linearAttribute ? { quantity: 10 } : {}),
    ...(item?.periodType ? { periodNumber: 1 } : {}),
    parameters: [{ name: 'emailDomainName', value: 'acme.example' }],
  };
  return inTransaction(platform.db, async (tx) => {
    const input = {
      buyerId: demo.buyerId,
      userId: rows[0]?.user_id ?? '',
      lines: [line],
      traceId: uuid(random).replaceAll('-', ''),
    };
    const placed = await placeOrder(platform, tx, input, clock.now());
    if (!placed.ok) throw new Error(placed.refusal.message);
    const paid = await payOrder(platform, tx, { orderId: placed.value.orderId, scope: ALL }, clock.now());
    if (!paid.ok) throw new Error(paid.refusal.message);
    return paid.value;
  });
}
async function subscription(more: { chargingMode?: string; state?: string } = {}) {
  seller.sign((right) => ['Body-Sign', right]);
  seller.behave(promptV1(KEY));
  const order = await buy();
  await drain();
  return { order, instanceId: `v1-${order.orderId}`, ...newsOf(world(), order, `v1-${order.orderId}`, more) };
}
const callsOf = (resourceId: string, activity: string) =>
  listCalls(world().platform.db, { scope: ALL, resourceId, activity, before: null, limit: 50 });
const attempts = async (order: Order, activity = 'newInstance') => {
  const [call] = await callsOf(order.lines[0]?.orderLineId ?? '', activity);
  return attemptsOf(world().platform.db, call?.id ?? '');
};

describe('newInstance', () => {
  it('carries customer, product, period, amount and parameters, signed; its answer delivers', async () => {
    const { order, instanceId, resourceId } = await subscription();
    const [line] = order.lines;
    const { demo, platform } = world();
    expect(last()).toMatchObject({
      activity: 'newInstance',
      tokenFits: true,
      parameters: {
        tenant: 'a b',
        customerId: demo.buyerId,
        orderId: order.orderId,
        skuCode: line?.skuCode,
        productId: line?.priceItemId,
        trialFlag: '0',
        chargingMode: '1',
        periodType: line?.periodType,
        periodNumber: '1',
        orderAmount: line?.amount.amount,
        provisionType: '1',
        amount: '10',
        expireTime: line?.expireAt?.toISOString().replace(/[-:T]|\..*/g, ''),
      },
    });
    const sent = last()?.parameters ?? {};
    expect(sent).not.toHaveProperty('testFlag');
    expect(sent.customerName).toBeTruthy();
    expect(sent.userName).toBeTruthy();
    expect(decryptPrivateMemberV1(sent.mobilePhone ?? '', KEY, '2')).toMatchObject({
      text: '13800000001',
      encryptType: '2',
    });
    expect(decryptPrivateMemberV1(sent.email ?? '', KEY, '2')).toMatchObject({ text: 'buyer@acme.example' });
    expect(decodeExtendParamsV1(sent.saasExtendParams ?? '')).toEqual([
      { name: 'emailDomainName', value: 'acme.example' },
    ]);

    expect(await lineState(world(), resourceId)).toBe('FULFILLED');
    expect(await toldBy(world(), 'fulfilment.instance-delivered', resourceId)).toMatchObject([{ instanceId }]);
    expect((await accessDataOf(platform, platform.db, resourceId))?.access).toMatchObject({
      frontEndUrl: 'https://v1.example.com/t',
      userName: 'admin@v1.example',
      password: 'Init-Pass-1',
    });
    expect(await callsOf(resourceId, 'queryInstance')).toEqual([]);
  });

  it('of one-time and pay-per-use purchases names no period and no end', async () => {
    seller.behave(promptV1(KEY));
    const specs = (await contentOf(world().platform.db, goodsId, 1)).specifications;
    for (const [mode, code] of [
      ['ONE_TIME', '3'],
      ['ON_DEMAND', '0'],
    ] as const) {
      await buy(specs.findIndex((spec) => spec.chargingMode === mode));
      await drain();
      expect(last()?.parameters).toMatchObject({ activity: 'newInstance', chargingMode: code });
      expect(Object.keys(last()?.parameters ?? {})).not.toContain('expireTime');
      expect(Object.keys(last()?.parameters ?? {})).not.toContain('periodType');
    }
  });

  it.each<[string, (right: string) => [string, string] | null, string]>([
    ['missing', () => null, 'body-sign.missing'],
    ['misspelt', (right) => ['body-sign', right], 'body-sign.name-case'],
    ['wrong', (right) => ['Body-Sign', right.replace(/signature=".{4}/, 'signature="AAAA')], 'body-sign.key'],
  ])(
    'whose answer has a %s Body-Sign failed, and is repeated every 3 minutes with new data',
    async (_, header, code) => {
      seller.behave(promptV1(KEY));
      seller.sign(header);
      const order = await buy();
      await drain();
      const [first] = await attempts(order);
      expect(first).toMatchObject({ outcome: 'failed', request: { method: 'GET' } });
      expect(first?.diagnosis[0]?.code).toBe(code);
      expect(JSON.stringify(first)).not.toContain('Init-Pass-1');
      seller.sign((right) => ['Body-Sign', right]);
      await advance(3 * MINUTE);
      const [one, two] = seller.received.slice(-2).map((call) => call.parameters);
      expect(one?.businessId).not.toBe(two?.businessId);
      expect(one?.timeStamp).not.toBe(two?.timeStamp);
      expect(one?.orderId).toBe(two?.orderId);
      expect(await lineState(world(), order.lines[0]?.orderLineId ?? '')).toBe('FULFILLED');
    },
  );

  it('answered 000004 is a failed attempt (Q8); a window of them refunds the line', async () => {
    seller.behave(() => ({ resultCode: '000004', resultMsg: 'later', instanceId: 'x' }));
    const order = await buy();
    await advance(9 * MINUTE + 1);
    expect((await attempts(order)).map((each) => each.outcome)).toEqual(Array.from({ length: 4 }, () => 'failed'));
    await drain();
    expect(await lineState(world(), order.lines[0]?.orderLineId ?? '')).toBe('REFUNDED');
  });

  it('whose account data cannot be read, or that brings none, counts as done (5.3)', async () => {
    seller.behave((call) => {
      const { appInfo, ...rest } = Object.fromEntries(Object.entries(promptV1(KEY)(call)));
      return { ...rest, appInfo: { ...appInfo, userName: 'in clear', password: 'Clear-Pass-9' } };
    });
    const order = await buy();
    await drain();
    const { platform } = world();
    const resourceId = order.lines[0]?.orderLineId ?? '';
    expect((await accessDataOf(platform, platform.db, resourceId))?.access).toMatchObject({
      userName: null,
      password: null,
    });
    const [attempt] = await attempts(order);
    expect(attempt?.outcome).toBe('ok');
    expect(attempt?.diagnosis.map((each) => each.code).join()).toMatch(/secret\./);
    expect(JSON.stringify(attempt)).not.toContain('Clear-Pass-9');

    seller.behave(({ parameters }) => ({ ...DONE, instanceId: `v1-${parameters.orderId}` }));
    const other = await buy();
    await drain();
    expect(await lineState(world(), other.lines[0]?.orderLineId ?? '')).toBe('FULFILLED');
    expect(await accessDataOf(platform, platform.db, other.lines[0]?.orderLineId ?? '')).toBeNull();
  });
});

describe('the life after', () => {
  const renewal = (line: { orderId: string }, more: object = {}) => ({
    ...line,
    occasion: `line:${line.orderId}`,
    call: {
      scene: 'RENEWAL',
      productId: null,
      expireTime: '2028-01-05T15:59:59.000Z',
      periodType: 'year',
      periodNumber: 1,
      orderAmount: '1200.00',
      ...more,
    },
  });

  it('is renewed, converted and taken back by refreshInstance', async () => {
    const { order, instanceId, tell } = await subscription();
    const cases = [
      [{}, { orderAmount: '1200.00' }],
      [
        { scene: 'TRIAL_TO_FORMAL', productId: 'OFFI000000000000000001' },
        { trialToFormal: '1', productId: 'OFFI000000000000000001' },
      ],
      [{ scene: 'UNSUBSCRIBE_RENEWAL_PERIOD', orderAmount: '-1200.00' }, { orderAmount: '-1200.00' }],
    ] as const;
    for (const [more, expected] of cases) {
      const line = await orderAbout(world(), order, 'RENEW');
      await tell('period-changed', renewal(line, more));
      await drain();
      expect(last()).toMatchObject({
        activity: 'refreshInstance',
        tokenFits: true,
        parameters: { orderId: line.orderId, instanceId, expireTime: '20280105155959', ...expected },
      });
      expect(last()?.parameters).not.toHaveProperty('scene');
      expect(await lineState(world(), line.orderLineId)).toBe('FULFILLED');
    }
    expect(last()?.parameters).not.toHaveProperty('trialToFormal');
  });

  it('is upgraded to new totals', async () => {
    const { order, instanceId, tell } = await subscription();
    const line = await orderAbout(world(), order, 'CHANGE');
    const call = { skuCode: 'sku-2', productId: 'OFFI000000000000000002', quantity: 20, linearCode: 'diskSize' };
    await tell('change-ordered', { ...line, occasion: `line:${line.orderLineId}`, call });
    await drain();
    expect(last()).toMatchObject({
      activity: 'upgrade',
      tokenFits: true,
      parameters: { instanceId, orderId: line.orderId, skuCode: 'sku-2', productId: call.productId, diskSize: '20' },
    });
    expect(await lineState(world(), line.orderLineId)).toBe('FULFILLED');
  });

  it('ends by expireInstance with the order of the purchase; a renewal revives without a call of its own', async () => {
    const { order, instanceId, resourceId, tell } = await subscription();
    seller.behave(() => ({ resultCode: '000005', resultMsg: 'broken' }));
    await tell('frozen', { occasion: 'status:1', reason: 'EXPIRED', call: true });
    await drain();
    expect(last()).toMatchObject({
      activity: 'expireInstance',
      tokenFits: true,
      parameters: { instanceId, orderId: order.orderId },
    });
    await advance(4 * MINUTE);
    expect((await callsOf(resourceId, 'expireInstance'))[0]?.state).toBe('STOPPED');
    const before = seller.received.length;
    await tell('unfrozen', { occasion: 'status:2', reason: 'RENEWED' });
    await drain();
    expect(seller.received).toHaveLength(before);
    expect((await callsOf(resourceId, 'expireInstance'))[0]?.state).toBe('RESOLVED');
  });

  it('that a violation froze is frozen again behind a renewal, which revives', async () => {
    const { order, instanceId, tell } = await subscription({ state: 'VIOLATION_FROZEN' });
    const line = await orderAbout(world(), order, 'RENEW');
    const expireTime = '2028-01-05T15:59:59.000Z';
    const call = {
      scene: 'RENEWAL',
      productId: null,
      expireTime,
      periodType: 'year',
      periodNumber: 1,
      orderAmount: '1',
    };
    const before = seller.received.length;
    await tell('period-changed', { ...line, occasion: `line:${line.orderLineId}`, call });
    await drain();
    expect(seller.received.slice(before).map(({ activity }) => activity)).toEqual([
      'refreshInstance',
      'instanceStatus',
    ]);
    expect(last()?.parameters).toMatchObject({ instanceId, instanceStatus: 'FREEZE' });
  });

  it('is not expired any more by a call that was under way when its renewal was paid', async () => {
    const { order, resourceId, tell } = await subscription();
    const line = await orderAbout(world(), order, 'RENEW');
    const expireTime = '2028-01-05T15:59:59.000Z';
    const call = {
      scene: 'RENEWAL',
      productId: null,
      expireTime,
      periodType: 'year',
      periodNumber: 1,
      orderAmount: '1',
    };
    await tell('frozen', { occasion: 'status:1', reason: 'EXPIRED', call: true });
    await dispatched();
    const caller = createCaller(world().platform);
    seller.behave(() => ({ resultCode: '000005', resultMsg: 'broken' }));
    const [expiring] = await caller.take(10);
    if (!expiring) throw new Error('expireInstance was due');
    await tell('period-changed', { ...line, occasion: `line:${line.orderLineId}`, call });
    await tell('unfrozen', { occasion: 'status:2', reason: 'RENEWED' });
    await dispatched();
    await settleAttempts(world().platform, caller.owner, [
      { call: expiring.call, record: await caller.attempt(expiring) },
    ]);
    await caller.close();
    expect((await callsOf(resourceId, 'expireInstance'))[0]?.state).toBe('RESOLVED');
    seller.behave(promptV1(KEY));
    await advance(3 * MINUTE);
    expect(last()?.activity).toBe('refreshInstance');
  });

  it('is frozen and revived by instanceStatus for what has no period, and for violations', async () => {
    const { instanceId, tell } = await subscription({ chargingMode: 'ON_DEMAND' });
    await tell('frozen', { occasion: 'status:1', reason: 'ARREARS', call: true });
    await drain();
    expect(last()?.parameters).toMatchObject({ activity: 'instanceStatus', instanceId, instanceStatus: 'FREEZE' });
    await tell('unfrozen', { occasion: 'status:2', reason: 'CURED' });
    await drain();
    expect(last()?.parameters).toMatchObject({ activity: 'instanceStatus', instanceId, instanceStatus: 'NORMAL' });
  });

  it('is released with the order of the purchase and what was paid', async () => {
    const { order, instanceId, resourceId, tell } = await subscription();
    const line = await orderAbout(world(), order, 'UNSUBSCRIBE');
    await tell('release-begun', { ...line, occasion: 'release', cause: 'UNSUBSCRIBED', amountPaid: '1200.00' });
    await drain();
    expect(last()).toMatchObject({
      activity: 'releaseInstance',
      tokenFits: true,
      parameters: { instanceId, orderId: order.orderId, orderAmount: '1200.00' },
    });
    expect(await lineState(world(), line.orderLineId)).toBe('FULFILLED');
    expect(await toldBy(world(), 'fulfilment.call-done', resourceId)).toMatchObject([{ activity: 'releaseInstance' }]);
  });
});

describe('looking', () => {
  const look = async (order: Order, instanceId: string) => {
    const caller = createCaller(world().platform);
    const [line] = order.lines;
    if (!line) throw new Error('no line');
    const viewed = await viewAccess(world().platform, caller, {
      sellerId: line.sellerId,
      buyerId: line.buyerId,
      orderId: order.orderId,
      orderLineId: line.orderLineId,
      goodsId,
      instanceId,
      productName: line.snapshot.productName,
      traceId: order.traceId,
    });
    await caller.close();
    return viewed;
  };

  it('at the details is newInstance again, with the facts of the purchase', async () => {
    const { order, instanceId } = await subscription();
    await advance(10_000);
    const viewed = await look(order, instanceId);
    expect(viewed).toMatchObject({ stale: false, access: { userName: 'admin@v1.example' } });
    expect(last()).toMatchObject({
      activity: 'newInstance',
      parameters: { orderId: order.orderId, chargingMode: '1' },
    });
  });

  it('that brings another instanceId changes nothing and says so', async () => {
    const { order, instanceId, resourceId } = await subscription();
    await advance(10_000);
    seller.behave(() => ({ ...DONE, instanceId: 'another', appInfo: { frontEndUrl: 'https://other.example/' } }));
    expect(await look(order, instanceId)).toMatchObject({
      stale: true,
      access: { frontEndUrl: 'https://v1.example.com/t' },
    });
    const [view] = (await callsOf(resourceId, 'newInstance')).filter((call) => call.occasion.startsWith('view:'));
    expect(view).toMatchObject({ state: 'STOPPED', last_diagnosis_code: 'instance.id-changed' });
  });

  it('compares by queryInstance', async () => {
    const { instanceId } = await subscription();
    const { platform, clock } = world();
    const sellerId =
      (await listCalls(platform.db, { scope: ALL, instanceId, before: null, limit: 1 }))[0]?.seller_id ?? '';
    const request = { sellerId, goodsId, instanceIds: [instanceId, 'lost'], occasion: 'day-1' };
    await inTransaction(platform.db, (tx) => requestComparison(platform, tx, request, clock.now()));
    seller.behave((call) => {
      const { info } = Object.fromEntries(Object.entries(promptV1(KEY)(call)));
      return { ...DONE, info: Array.isArray(info) ? info.slice(0, 1) : [] };
    });
    await drain();
    const { rows } = await sql<{ payload: unknown }>`
      SELECT payload FROM platform.events WHERE type = 'fulfilment.instances-compared'`.execute(platform.db);
    expect(rows.map((row) => row.payload)).toMatchObject([
      {
        asked: [instanceId, 'lost'],
        seen: [{ instanceId, frontEndUrl: 'https://v1.example.com/t' }],
        complete: true,
        occasion: 'day-1',
      },
    ]);
  });
});
