/** Renewals and conversions on a database: what they cost, when they run, and every refusal with its rule. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import {
  bought,
  demoSpecifications,
  granted,
  paidAndDone,
  pay,
  run,
  tried,
} from '../../../../tests/support/resources.ts';
import { contentOf, setProductState, setSkuState } from '../catalog/index.ts';
import { createBuyer } from '../directory/index.ts';
import { balanceOf } from '../ledger/index.ts';
import { sql } from '../platform/database/database.ts';
import {
  cancelOrder,
  cancelUnpaidOf,
  linesFulfilled,
  linesOfResource,
  listOrders,
  openOrdersOf,
  placeFor,
  type QuotedLine,
  quoteConversion,
  quoteRenewals,
  type RenewalRequest,
  type Resource,
} from './index.ts';

const ALL = { kind: 'all' } as const;
const world = fileWorld({ openingBalance: '1000000.00' });
let standard: Resource;
beforeAll(async () => {
  standard = await bought(world());
});

const request = (resource: Resource, more: Partial<RenewalRequest> = {}): RenewalRequest => ({
  resource,
  periodType: 'month',
  periodNumber: 1,
  unifyDay: null,
  target: null,
  ...more,
});
const quoted = (resource: Resource, more: Partial<RenewalRequest> = {}, now = world().clock.now()) =>
  quoteRenewals(world().platform.db, [request(resource, more)], now);
const place = (lines: readonly QuotedLine[], more: { expectedAmount?: string } = {}) =>
  run(world(), (tx) =>
    placeFor(
      world().platform,
      tx,
      { buyerId: lines[0]?.resource.buyerId ?? '', userId: 'u1', lines, traceId: 't', ...more },
      world().clock.now(),
    ),
  );
const renewed = async (resource: Resource, more: Partial<RenewalRequest> = {}) =>
  granted(await place(granted(await quoted(resource, more))));
const beijing = (day: string) => new Date(`${day}T23:59:59+08:00`);

describe('a renewal', () => {
  it('begins at the old expiry and costs the price of now', async () => {
    expect(await quoted(standard, { periodNumber: 2 })).toMatchObject({
      value: [
        {
          scene: 'RENEWAL',
          amount: { amount: '240.00' },
          effectiveFrom: beijing('2026-02-05'),
          expireAt: beijing('2026-04-05'),
        },
      ],
    });
  });

  it('begins at the old expiry in grace and retention too (S3-32)', async () => {
    expect(await quoted(standard, {}, beijing('2026-02-15'))).toMatchObject({
      value: [{ effectiveFrom: beijing('2026-02-05'), expireAt: beijing('2026-03-05') }],
    });
  });

  it('may change the period type: another price item of the same SKU and instance (C1, S3-33)', async () => {
    const { value } = { value: granted(await quoted(standard, { periodType: 'year' })) };
    const prices = (await demoSpecifications(world()))[0]?.skus[0]?.prices;
    expect(value).toMatchObject([
      {
        resource: { resourceId: standard.resourceId },
        skuCode: standard.skuCode,
        priceItemId: prices?.find((item) => item.periodType === 'year')?.priceItemId,
        amount: { amount: '1200.00' },
        expireAt: beijing('2027-02-05'),
      },
    ]);
  });

  it('to a unified day pays the days between as rest months of the month price, rounded once', async () => {
    const [line] = granted(await quoted(standard, { unifyDay: 20 }));
    // 120.00 × (1 + 15/31 = 0.4839)
    expect(line).toMatchObject({ expireAt: beijing('2026-03-20'), amount: { amount: '178.07' } });
    expect(line?.derivation.map(({ rule }) => rule)).toEqual([
      '4.1 LINEAR',
      'C18',
      '6.1 rest',
      '4.1 LINEAR',
      'B-60',
      'C18',
      'C17',
    ]);
    const [year] = granted(await quoted(standard, { periodType: 'year', unifyDay: 20 }));
    // 1200.00 × (1 + 15/28 = 0.5357 / 12)
    expect(year).toMatchObject({ expireAt: beijing('2027-02-20'), amount: { amount: '1253.57' } });
    expect(granted(await quoted(standard, { unifyDay: 5 }))[0]).toMatchObject({ amount: { amount: '120.00' } });
    expect(await quoted(standard, { unifyDay: 32 })).toMatchObject({ refusal: { code: 'INVALID_PERIOD' } });
  });

  it('of several resources is one order, paid at once, and each line ends by itself', async () => {
    const [one, two] = [await bought(world()), await bought(world(), { quantity: 20 })];
    const { platform, clock } = world();
    const lines = granted(await quoteRenewals(platform.db, [request(one), request(two)], clock.now()));
    const order = granted(await place(lines, { expectedAmount: '360' }));
    expect(order).toMatchObject({ orderType: 'RENEW', amount: { amount: '360.00' }, state: 'PENDING_PAYMENT' });
    expect(await openOrdersOf(platform.db, [one.resourceId, standard.resourceId])).toMatchObject([
      { resourceId: one.resourceId, orderType: 'RENEW', orderState: 'PENDING_PAYMENT', lineState: 'WAITING' },
    ]);
    const paid = granted(await pay(world(), order.orderId));
    expect(paid.lines.map((line) => [line.effectiveFrom, line.expireAt])).toEqual(
      [1, 2].map(() => [beijing('2026-02-05'), beijing('2026-03-05')]),
    );
    const [first, second] = paid.lines.map((line) => line.orderLineId);
    await run(world(), (tx) => linesFulfilled(platform, tx, [first ?? ''], clock.now()));
    expect((await openOrdersOf(platform.db, [one.resourceId, two.resourceId])).map((open) => open.resourceId)).toEqual([
      two.resourceId,
    ]);
    await run(world(), (tx) => linesFulfilled(platform, tx, [second ?? ''], clock.now()));
    expect(await linesOfResource(platform.db, two.resourceId)).toMatchObject([
      { orderType: 'NEW', state: 'FULFILLED', amount: { amount: '240.00' } },
      { orderType: 'RENEW', state: 'FULFILLED', orderLineId: second, scene: 'RENEWAL' },
    ]);
  });

  it('tells what was placed and paid, with the resource in each line', async () => {
    const order = await renewed(await bought(world()));
    await paidAndDone(world(), order.orderId);
    const { rows } = await sql<{ type: string; payload: unknown }>`
      SELECT type, payload FROM platform.events WHERE aggregate = ${`order:${order.orderId}`} ORDER BY event_id`.execute(
      world().platform.db,
    );
    const resourceId = order.lines[0]?.resourceId;
    expect(rows).toMatchObject([
      { type: 'ordering.order-placed', payload: { orderType: 'RENEW', lines: [{ resourceId }] } },
      {
        type: 'ordering.order-paid',
        payload: {
          orderType: 'RENEW',
          placedBy: 'u1',
          lines: [{ resourceId, scene: 'RENEWAL', effectiveFrom: '2026-02-05T15:59:59.000Z', site: 'CN' }],
        },
      },
      { type: 'ordering.order-completed' },
    ]);
  });

  it('keeps a price that was seen, or says what it is now (B-29)', async () => {
    const lines = granted(await quoted(standard));
    expect(await place(lines, { expectedAmount: '119.99' })).toMatchObject({
      refusal: { code: 'PRICE_CHANGED', facts: { amount: '120.00' } },
    });
  });
});

describe('a renewal is refused', () => {
  const no = (message: RegExp, code = 'RENEWAL_NOT_ALLOWED') => ({
    refusal: { code, message: expect.stringMatching(message) },
  });

  it.each<[string, Partial<Resource>, RegExp]>([
    ['of a trial', { trial: true }, /^C34/],
    ['of pay-per-use', { chargingMode: 'ON_DEMAND' }, /^C27/],
    ['of a package', { chargingMode: 'ON_DEMAND_PKG' }, /^C31/],
    ['of a one-time purchase', { chargingMode: 'ONE_TIME' }, /^C21/],
    ['of what never expires', { expireAt: null }, /^C27/],
  ])('%s', async (_name, changes, rule) => {
    expect(await quoted({ ...standard, ...changes })).toMatchObject(no(rule));
  });

  it('that waits for its payment is refused once the product is withdrawn, and nothing is taken (C29)', async () => {
    const { platform, clock, demo } = world();
    const order = await renewed(await bought(world()));
    const balance = async () => (await balanceOf(platform.db, order.buyerId, 'CNY')).amount;
    const before = await balance();
    await setProductState(platform.db, demo.goodsId, 'WITHDRAWN');
    const later = new Date(clock.now().getTime() + 60_000);
    expect(await pay(world(), order.orderId, later)).toMatchObject({
      refusal: { code: 'RENEWAL_NOT_ALLOWED', message: expect.stringMatching(/^C29/) },
    });
    expect(await balance()).toBe(before);
    await setProductState(platform.db, demo.goodsId, 'STOPPED');
    expect((await pay(world(), order.orderId, later)).ok).toBe(true);
    await setProductState(platform.db, demo.goodsId, 'ON_SALE');
  });

  it('of a withdrawn product; a stopped one is renewed at its price (C29)', async () => {
    const { platform, demo } = world();
    await setProductState(platform.db, demo.goodsId, 'STOPPED');
    await setSkuState(platform.db, standard.skuCode, 'STOPPED');
    expect(await quoted(standard)).toMatchObject({ value: [{ amount: { amount: '120.00' } }] });
    await setSkuState(platform.db, standard.skuCode, 'ON_SALE');
    await setProductState(platform.db, demo.goodsId, 'WITHDRAWN');
    expect(await quoted(standard)).toMatchObject(no(/^C29/));
    await setProductState(platform.db, demo.goodsId, 'ON_SALE');
  });

  it('for a duration out of range, for none or the same resource twice', async () => {
    expect(await quoted(standard, { periodNumber: 12 })).toMatchObject({ refusal: { code: 'INVALID_PERIOD' } });
    const { platform, clock } = world();
    for (const items of [[], [request(standard), request(standard)]])
      expect(await quoteRenewals(platform.db, items, clock.now())).toMatchObject({ refusal: { code: 'VALIDATION' } });
  });

  it('while an order of the resource is open, which is named; not any more when that is cancelled', async () => {
    const resource = await bought(world());
    const lines = granted(await quoted(resource));
    const order = granted(await place(lines));
    const refusal = { code: 'RENEWAL_NOT_ALLOWED', facts: { resourceId: resource.resourceId, orderId: order.orderId } };
    expect(await quoted(resource)).toMatchObject({ refusal });
    expect(await place(lines)).toMatchObject({ refusal });
    const { platform, clock } = world();
    await run(world(), (tx) => cancelOrder(platform, tx, { orderId: order.orderId, scope: ALL }, clock.now()));
    expect((await quoted(resource)).ok).toBe(true);
  });

  it('in one of two sessions at the same instant; nothing of its order is left', async () => {
    const resource = await bought(world());
    const lines = granted(await quoted(resource));
    const results = await Promise.all([1, 2, 3, 4].map(() => place(lines)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    for (const result of results) if (!result.ok) expect(result).toMatchObject(no(/is not done yet/));
    const listed = await listOrders(world().platform.db, { scope: ALL, before: null, limit: 200 });
    expect(listed.filter((each) => each.lines.some((line) => line.resourceId === resource.resourceId))).toHaveLength(2);
  });
});

describe('a renewal with change', () => {
  const window = new Date(beijing('2026-02-05').getTime() - 30 * 86_400_000);
  const other = async (place = 1) => (await demoSpecifications(world()))[1]?.skus[place]?.skuCode ?? '';

  it('goes up or down from 30 days before the expiry, and takes effect at the old expiry', async () => {
    const down = { target: { skuCode: standard.skuCode, quantity: 5 } };
    expect(await quoted(standard, down, window)).toMatchObject({
      value: [
        { scene: 'RENEWAL_CHANGE', quantity: 5, amount: { amount: '60.00' }, effectiveFrom: beijing('2026-02-05') },
      ],
    });
    expect(await quoted(standard, down, new Date(window.getTime() - 1))).toMatchObject({
      refusal: {
        code: 'CHANGE_NOT_ALLOWED',
        message: expect.stringMatching(/^C25/),
        facts: { from: window.toISOString() },
      },
    });
  });

  it('to what it has already is a plain renewal', async () => {
    const same = { target: { skuCode: standard.skuCode, quantity: 10 } };
    expect(await quoted(standard, same)).toMatchObject({ value: [{ scene: 'RENEWAL' }] });
  });

  it('goes to another SKU of the same specification only, on sale, at a good quantity', async () => {
    const enterprise = await bought(world(), { specification: 1, sku: 1, periodType: 'year' });
    const late = new Date((enterprise.expireAt?.getTime() ?? 0) - 1);
    const to = (skuCode: string, quantity = 10) =>
      quoted(enterprise, { periodType: 'year', target: { skuCode, quantity } }, late);
    const cheaper = await other(0);
    expect(await to(cheaper)).toMatchObject({ value: [{ skuCode: cheaper, amount: { amount: '3000.00' } }] });
    expect(await to(standard.skuCode)).toMatchObject({
      refusal: { code: 'CHANGE_NOT_ALLOWED', message: expect.stringMatching(/^C25.*same specification/) },
    });
    expect(await to(cheaper, 10_001)).toMatchObject({ refusal: { code: 'INVALID_QUANTITY' } });
    await setSkuState(world().platform.db, cheaper, 'STOPPED');
    expect(await to(cheaper)).toMatchObject({
      refusal: { code: 'CHANGE_NOT_ALLOWED', message: expect.stringMatching(/^C26/) },
    });
    await setSkuState(world().platform.db, cheaper, 'ON_SALE');
  });

  it('does not exist for SaaS V1.0 (B-70a)', async () => {
    const { platform, demo } = world();
    const down = { target: { skuCode: standard.skuCode, quantity: 5 } };
    await sql`UPDATE catalog.products SET protocol = 'saas-v1' WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
    expect(await quoted(standard, down, window)).toMatchObject({
      refusal: { code: 'CHANGE_NOT_ALLOWED', message: expect.stringMatching(/^B-70a/) },
    });
    await sql`UPDATE catalog.products SET protocol = 'saas-v2' WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
  });
});

describe('a SKU that the current version has no longer', () => {
  it('is renewed at the last price (C29)', async () => {
    const { platform, demo, clock } = world();
    const resource = await bought(world());
    const content = await contentOf(platform.db, demo.goodsId, 1);
    const specifications = content.specifications.slice(1);
    await sql`INSERT INTO catalog.product_versions (goods_id, version, content, approved_at)
      VALUES (${demo.goodsId}, 2, ${JSON.stringify({ ...content, specifications })}, ${clock.now()})`.execute(
      platform.db,
    );
    await sql`UPDATE catalog.products SET current_version = 2 WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
    expect(await quoted(resource)).toMatchObject({ value: [{ version: 1, amount: { amount: '120.00' } }] });
    const order = granted(await place(granted(await quoted(resource))));
    expect(order.lines[0]).toMatchObject({ version: 1, snapshot: { specificationName: { en: 'Standard' } } });
    await sql`UPDATE catalog.products SET current_version = 1 WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
  });
});

describe('the conversion of a trial', () => {
  const trial = async () => {
    const { platform, clock } = world();
    return tried(
      world(),
      await createBuyer(platform, platform.db, { accountName: 't', name: 'T', site: 'CN' }, clock.now()),
    );
  };
  const convert = (resource: Resource) =>
    quoteConversion(world().platform.db, { resource, periodType: 'year', periodNumber: 1 }, world().clock.now());

  it('costs the price and begins when it is paid (C34)', async () => {
    const { demo } = world();
    const resource = { ...(await trial()), buyerId: demo.buyerId };
    const line = granted(await convert(resource));
    expect(line).toMatchObject({ orderType: 'TRIAL_TO_FORMAL', effectiveFrom: null, expireAt: null, quantity: 5 });
    const order = granted(await place([line]));
    const paid = granted(await pay(world(), order.orderId));
    expect(paid.lines[0]).toMatchObject({ effectiveFrom: world().clock.now(), expireAt: beijing('2027-01-05') });
  });

  it('is refused for what is no trial, and where nothing is sold any more', async () => {
    expect(await convert(standard)).toMatchObject({
      refusal: { code: 'RENEWAL_NOT_ALLOWED', message: expect.stringMatching(/^C34/) },
    });
    const resource = await trial();
    const { platform, demo } = world();
    await setProductState(platform.db, demo.goodsId, 'STOPPED');
    expect(await convert(resource)).toMatchObject({ refusal: { code: 'NOT_ON_SALE' } });
    await setProductState(platform.db, demo.goodsId, 'ON_SALE');
  });
});

describe('the release of a resource', () => {
  it('cancels its unpaid orders and lets a paid one be seen', async () => {
    const { platform, clock } = world();
    const [unpaid, paid] = [await bought(world()), await bought(world())];
    const order = await renewed(unpaid);
    const other = await renewed(paid);
    granted(await pay(world(), other.orderId));
    await run(world(), async (tx) => {
      expect(await openOrdersOf(tx, [unpaid.resourceId, paid.resourceId], { lock: true })).toHaveLength(2);
      await cancelUnpaidOf(platform, tx, [unpaid.resourceId, paid.resourceId], clock.now());
    });
    expect(await openOrdersOf(platform.db, [unpaid.resourceId, paid.resourceId])).toMatchObject([
      { resourceId: paid.resourceId, orderState: 'PROCESSING', lineState: 'CALLING' },
    ]);
    expect(await pay(world(), order.orderId)).toMatchObject({ refusal: { code: 'ORDER_STATE' } });
    const { rows } = await sql<{ by: string }>`
      SELECT payload ->> 'by' AS by FROM platform.events WHERE type = 'ordering.order-cancelled' AND aggregate = ${`order:${order.orderId}`}`.execute(
      platform.db,
    );
    expect(rows).toEqual([{ by: 'release' }]);
  });
});
