/** Upgrades and scale-out of running subscriptions, trials, pay-per-use and packages: what they cost, and every refusal by its rule. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { bought, demoSpecifications, granted, pay, run, tried } from '../../../../tests/support/resources.ts';
import { contentOf, setProductState, setSkuState } from '../catalog/index.ts';
import { createBuyer } from '../directory/index.ts';
import { balanceOf, trialBalance } from '../ledger/index.ts';
import { sql } from '../platform/database/database.ts';
import {
  cancelOrder,
  changeTargets,
  linesFulfilled,
  openOrdersOf,
  placeFor,
  placeTrial,
  type QuotedLine,
  quoteChange,
  quoteRenewals,
  type Resource,
} from './index.ts';
import { linesFailed } from './outcome.ts';

const ALL = { kind: 'all' } as const;
const world = fileWorld({ openingBalance: '1000000.00' });
/** 10 users of Standard and of the dearer Enterprise SKU; the cheaper one is the first */
let standard: Resource;
let dear: Resource;
let cheap: Resource;
beforeAll(async () => {
  standard = await bought(world());
  dear = await bought(world(), { specification: 1, sku: 1 });
  cheap = await bought(world(), { specification: 1, sku: 0 });
});

const beijing = (day: string) => new Date(`${day}T23:59:59+08:00`);
const MIDWAY = new Date('2026-01-20T12:00:00+08:00');
const change = (resource: Resource, target: { skuCode?: string; quantity?: number }, now = MIDWAY) =>
  quoteChange(
    world().platform.db,
    { resource, target: { skuCode: resource.skuCode, quantity: resource.quantity, ...target } },
    now,
  );
const place = (line: QuotedLine) =>
  run(world(), (tx) => {
    const { buyerId } = line.resource;
    return placeFor(world().platform, tx, { buyerId, userId: 'u1', lines: [line], traceId: 't' }, world().clock.now());
  });
const balance = async () => (await balanceOf(world().platform.db, world().demo.buyerId, 'CNY')).amount;
const refused = (rule: RegExp, code = 'CHANGE_NOT_ALLOWED') => ({
  refusal: { code, message: expect.stringMatching(rule) },
});

describe('a change', () => {
  it('to more users of a LINEAR price costs the difference for the rest; the expiry stays', async () => {
    // 12.00 × (20 − 10) × (11/31 + 5/28 = 0.5334)
    expect(await change(standard, { quantity: 20 })).toMatchObject({
      value: {
        orderType: 'CHANGE',
        amount: { amount: '64.01', currency: 'CNY' },
        expireAt: beijing('2026-02-05'),
        effectiveFrom: null,
        quantity: 20,
        derivation: [{ rule: '6.1 rest', text: '11/31 + 5/28', value: '0.5334' }, {}, {}, { rule: '6.1' }],
      },
    });
  });

  it('to a dearer SKU costs the difference of the prices, also with more users at once', async () => {
    // STEP 10 users: 400 − 300 a month
    expect(await change(cheap, { skuCode: dear.skuCode })).toMatchObject({ value: { amount: { amount: '53.34' } } });
    expect(await change(cheap, { skuCode: dear.skuCode, quantity: 11 })).toMatchObject({
      value: { amount: { amount: '72.54' } }, // (436 − 300) × 0.5334
    });
  });

  it('of a yearly subscription uses the price of the remaining duration against that of the purchased one', async () => {
    const yearly = await bought(world(), { periodType: 'year' });
    // rest 0.5161 months at 12.00 a month for 20 users against 10.00 a month (120 a year) for 10
    const late = new Date('2026-12-20T12:00:00+08:00');
    const line = granted(await change(yearly, { quantity: 20 }, late));
    expect(line).toMatchObject({ periodType: 'year', amount: { amount: '72.25' } }); // (240 − 100) × (11/31 + 5/31)
    const items = (await demoSpecifications(world()))[0]?.skus[0]?.prices;
    expect(line.priceItemId).toBe(items?.find((item) => item.periodType === 'year')?.priceItemId);
  });

  it('offers the SKUs of its specification, with the least that may be chosen', async () => {
    const targets = await changeTargets(world().platform.db, cheap);
    expect(targets).toMatchObject([
      { skuCode: cheap.skuCode, quantityMinimum: 11, quantityMaximum: 10_000, renewalMinimum: 1, running: true },
      { skuCode: dear.skuCode, quantityMinimum: 10, running: true },
    ]);
    expect(await changeTargets(world().platform.db, dear)).toMatchObject([
      { skuCode: cheap.skuCode, running: false },
      { skuCode: dear.skuCode, running: true },
    ]);
    expect(await changeTargets(world().platform.db, { ...cheap, trial: true })).toEqual([]);
  });
});

describe('a change is refused (13.1)', () => {
  it.each<[string, () => ReturnType<typeof change>, RegExp]>([
    ['to another specification', () => change(standard, { skuCode: dear.skuCode }), /^C25.*same specification/],
    ['to an unknown SKU', () => change(standard, { skuCode: 'nonsense' }), /^C25.*no such SKU/],
    ['to a cheaper SKU', () => change(dear, { skuCode: cheap.skuCode }), /^C26.*cheaper/],
    ['to fewer users', () => change(standard, { quantity: 5 }), /^C25.*renewal only/],
    ['to what it is already', () => change(standard, {}), /^C25.*nothing/],
    ['after the expiry', () => change(standard, { quantity: 20 }, beijing('2026-02-05')), /^B-70a/],
    ['of a trial', () => change({ ...standard, trial: true }, { quantity: 20 }), /^C25.*trial/],
    ['of a one-time purchase', () => change({ ...standard, chargingMode: 'ONE_TIME' }, { quantity: 20 }), /^C25/],
  ])('%s', async (_name, given, rule) => {
    expect(await given()).toMatchObject(refused(rule));
  });

  it('for a quantity off its steps', async () => {
    expect(await change(standard, { quantity: 12 })).toMatchObject({ refusal: { code: 'INVALID_QUANTITY' } });
  });

  it('when product, target or source is not on sale (C26, C29)', async () => {
    const { platform, demo } = world();
    await setSkuState(platform.db, dear.skuCode, 'STOPPED');
    expect(await change(cheap, { skuCode: dear.skuCode })).toMatchObject(refused(/^C26: the target/));
    await setSkuState(platform.db, dear.skuCode, 'ON_SALE');
    await setSkuState(platform.db, cheap.skuCode, 'STOPPED');
    expect(await change(cheap, { skuCode: dear.skuCode })).toMatchObject(refused(/^C26: what the subscription has/));
    await setSkuState(platform.db, cheap.skuCode, 'ON_SALE');
    await setProductState(platform.db, demo.goodsId, 'STOPPED');
    expect(await change(standard, { quantity: 20 })).toMatchObject(refused(/^C26/));
    await setProductState(platform.db, demo.goodsId, 'ON_SALE');
  });

  it('when the seller does not offer changes (C25)', async () => {
    const { platform, demo, clock } = world();
    const content = await contentOf(platform.db, demo.goodsId, 1);
    const specifications = content.specifications.map((each) => ({ ...each, changeable: false }));
    await sql`INSERT INTO catalog.product_versions (goods_id, version, content, approved_at)
      VALUES (${demo.goodsId}, 2, ${JSON.stringify({ ...content, specifications })}, ${clock.now()})`.execute(
      platform.db,
    );
    await sql`UPDATE catalog.products SET current_version = 2 WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
    expect(await change(standard, { quantity: 20 })).toMatchObject(refused(/^C25.*does not offer/));
    expect(await changeTargets(platform.db, standard)).toEqual([]);
    await sql`UPDATE catalog.products SET current_version = 1 WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
  });
});

describe('a change order', () => {
  it('blocks a renewal until it is done, and the other way round', async () => {
    const { platform, clock } = world();
    const resource = await bought(world());
    const order = granted(await place(granted(await change(resource, { quantity: 20 }, clock.now()))));
    const renew = () =>
      quoteRenewals(
        platform.db,
        [{ resource, periodType: 'month', periodNumber: 1, unifyDay: null, target: null }],
        clock.now(),
      );
    expect(await renew()).toMatchObject({
      refusal: { code: 'RENEWAL_NOT_ALLOWED', facts: { orderId: order.orderId } },
    });
    const paid = granted(await pay(world(), order.orderId));
    expect(paid.lines[0]).toMatchObject({ effectiveFrom: clock.now(), expireAt: beijing('2026-02-05') });
    expect(await renew()).toMatchObject({ ok: false });
    await run(world(), (tx) =>
      linesFulfilled(
        platform,
        tx,
        paid.lines.map((line) => line.orderLineId),
        clock.now(),
      ),
    );
    const [renewal] = granted(await renew());
    if (!renewal) throw new Error('a renewal is quoted');
    granted(await place(renewal));
    expect(await change(resource, { quantity: 20 })).toMatchObject(refused(/^B-70c/));
  });

  it('that fails is refunded in full, and the resource is free again (B-73)', async () => {
    const { platform, clock } = world();
    const resource = await bought(world());
    const before = await balance();
    const order = granted(await place(granted(await change(resource, { quantity: 20 }, clock.now()))));
    const paid = granted(await pay(world(), order.orderId));
    expect(await balance()).not.toBe(before);
    const ids = paid.lines.map((line) => line.orderLineId);
    for (const _twice of [1, 2]) await run(world(), (tx) => linesFailed(platform, tx, ids, clock.now()));
    expect(await balance()).toBe(before);
    expect(await openOrdersOf(platform.db, [resource.resourceId])).toEqual([]);
    const { rows } = await sql<{ type: string; payload: unknown }>`
      SELECT type, payload FROM platform.events WHERE aggregate = ${`order:${order.orderId}`} ORDER BY event_id`.execute(
      platform.db,
    );
    expect(rows.map((row) => row.type)).toEqual([
      'ordering.order-placed',
      'ordering.order-paid',
      'ordering.line-refunded',
      'ordering.order-refunded',
    ]);
    expect(rows[2]).toMatchObject({
      payload: { resourceId: resource.resourceId, amount: order.amount, productName: { en: 'Acme Workspace' } },
    });
    expect((await change(resource, { quantity: 20 }, clock.now())).ok).toBe(true);
    expect((await trialBalance(platform.db)).balanced).toBe(true);
  });

  it('is not paid after the subscription has expired', async () => {
    const { platform, clock } = world();
    const expireAt = new Date(clock.now().getTime() + 3_600_000);
    const resource = { ...(await bought(world())), expireAt };
    const order = granted(await place(granted(await change(resource, { quantity: 20 }, clock.now()))));
    expect(await pay(world(), order.orderId, expireAt)).toMatchObject(refused(/^B-70a/));
    expect((await openOrdersOf(platform.db, [resource.resourceId]))[0]?.orderState).toBe('PENDING_PAYMENT');
  });
});

describe('a trial', () => {
  const newBuyer = () => {
    const { platform, clock } = world();
    return createBuyer(platform, platform.db, { accountName: 't', name: 'T', site: 'CN' }, clock.now());
  };
  const specification = async (place = 0) => (await demoSpecifications(world()))[place];
  const trySku = (
    buyerId: string,
    skuCode: string,
    more: { quantity?: number; parameters?: { name: string; value: string }[] } = {},
  ) =>
    run(world(), (tx) =>
      placeTrial(
        world().platform,
        tx,
        { buyerId, userId: 'u1', skuCode, parameters: [], traceId: 't', ...more },
        world().clock.now(),
      ),
    );
  const standardSku = async () => (await specification())?.skus[0]?.skuCode ?? '';
  const cancel = (orderId: string) =>
    run(world(), (tx) => cancelOrder(world().platform, tx, { orderId, scope: ALL }, world().clock.now()));

  it('costs nothing, is paid with 0 without a balance, and ends after its days', async () => {
    const buyerId = await newBuyer();
    const trial = await tried(world(), buyerId);
    expect(trial).toMatchObject({ trial: true, quantity: 5, expireAt: beijing('2026-01-19'), periodType: null });
    expect((await balanceOf(world().platform.db, buyerId, 'CNY')).amount).toBe('0.00');
  });

  it('is once per account and specification, also in sessions of the same instant (B-51)', async () => {
    const buyerId = await newBuyer();
    const results = await Promise.all(
      [1, 2, 3].map(async () => trySku(buyerId, await standardSku(), { quantity: 10 })),
    );
    const [won] = results.filter((result) => result.ok);
    if (!won?.ok) throw new Error('one session wins');
    expect(results.filter((result) => !result.ok)).toMatchObject(
      [1, 2].map(() => ({ refusal: { code: 'TRIAL_USED', facts: { orderId: won.value.orderId } } })),
    );
    granted(await pay(world(), won.value.orderId));
    expect(await trySku(buyerId, await standardSku())).toMatchObject({ refusal: { code: 'TRIAL_USED' } });
  });

  it('that was cancelled or could not be delivered was none', async () => {
    const { platform, clock } = world();
    const buyerId = await newBuyer();
    const first = granted(await trySku(buyerId, await standardSku()));
    granted(await cancel(first.orderId));
    const second = granted(await trySku(buyerId, await standardSku()));
    const paid = granted(await pay(world(), second.orderId));
    await run(world(), (tx) =>
      linesFailed(
        platform,
        tx,
        paid.lines.map((line) => line.orderLineId),
        clock.now(),
      ),
    );
    expect((await trySku(buyerId, await standardSku())).ok).toBe(true);
  });

  it('is refused where none is offered, nothing is sold, or the quantity or a parameter is wrong', async () => {
    const { platform, demo } = world();
    const buyerId = await newBuyer();
    const sku = await standardSku();
    expect(await trySku(buyerId, (await specification(1))?.skus[0]?.skuCode ?? '')).toMatchObject(
      refused(/^C33/, 'NOT_ON_SALE'),
    );
    expect(await trySku(buyerId, 'nonsense')).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
    expect(await trySku(buyerId, sku, { quantity: 7 })).toMatchObject({ refusal: { code: 'INVALID_QUANTITY' } });
    expect(await trySku(buyerId, sku, { parameters: [{ name: 'colour', value: 'red' }] })).toMatchObject({
      refusal: { code: 'PARAMETER_UNKNOWN' },
    });
    await setProductState(platform.db, demo.goodsId, 'STOPPED');
    expect(await trySku(buyerId, sku)).toMatchObject({ refusal: { code: 'NOT_ON_SALE' } });
    await setProductState(platform.db, demo.goodsId, 'ON_SALE');
    expect((await trySku(buyerId, sku)).ok).toBe(true);
  });

  it('may be for listed buyers, and as often as they like, as the seller sets it', async () => {
    const { platform, demo, clock } = world();
    const [listed, stranger] = [await newBuyer(), await newBuyer()];
    const content = await contentOf(platform.db, demo.goodsId, 1);
    const trial = { days: 3, buyerIds: [listed], repeatable: true };
    const specifications = content.specifications.map((each, place) => (place === 0 ? { ...each, trial } : each));
    await sql`INSERT INTO catalog.product_versions (goods_id, version, content, approved_at)
      VALUES (${demo.goodsId}, 3, ${JSON.stringify({ ...content, specifications })}, ${clock.now()})`.execute(
      platform.db,
    );
    await sql`UPDATE catalog.products SET current_version = 3 WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
    const sku = await standardSku();
    expect(await trySku(stranger, sku)).toMatchObject(refused(/^C33/, 'NOT_TARGET_CUSTOMER'));
    for (const _time of [1, 2]) expect((await trySku(listed, sku)).ok).toBe(true);
    await sql`UPDATE catalog.products SET current_version = 1 WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
  });
});

describe('the other charging modes', () => {
  it('pay-per-use opens for nothing and never expires; a package ends with its validity; one-time never', async () => {
    const before = await balance();
    expect(await bought(world(), { specification: 3, periodType: null })).toMatchObject({
      chargingMode: 'ON_DEMAND',
      expireAt: null,
    });
    expect(await balance()).toBe(before);
    expect(await bought(world(), { specification: 4, periodType: null })).toMatchObject({
      chargingMode: 'ON_DEMAND_PKG',
      expireAt: beijing('2027-01-05'),
    });
    expect(Number(before) - Number(await balance())).toBeCloseTo(199, 2);
    expect(await bought(world(), { specification: 2, periodType: null })).toMatchObject({
      chargingMode: 'ONE_TIME',
      expireAt: null,
    });
  });
});
