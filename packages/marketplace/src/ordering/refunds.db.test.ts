/** Refund applications on a database: the money comes back once, by the right hands, within quota and amount. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { bought, granted, paidAndDone, run } from '../../../../tests/support/resources.ts';
import { testWorld } from '../../../../tests/support/world.ts';
import { createBuyer, type Scope } from '../directory/index.ts';
import { BANK, balanceOf, credit, trialBalance } from '../ledger/index.ts';
import { sql } from '../platform/database/database.ts';
import { money } from '../platform/money.ts';
import { uuid } from '../platform/random.ts';
import type { Result } from '../platform/result.ts';
import {
  type ApplyForRefund,
  applyForRefund,
  type DecideRefund,
  decideRefund,
  linesFulfilled,
  linesOfResource,
  listRefunds,
  orderingTasks,
  ordersByIds,
  placeFor,
  type QuotedLine,
  quoteChange,
  quoteRenewals,
  type Resource,
  refundById,
  refundExecuted,
  refundQuota,
  type TradeDay,
  tradeByDay,
  withdrawRefund,
} from './index.ts';
import { APPROVE_LARGE_REFUND } from './refunds.ts';

const ALL = { kind: 'all' } as const;
const world = fileWorld();
let buyerId = '';

async function richBuyer(amount = '10000000'): Promise<string> {
  const { platform, clock } = world();
  const id = await createBuyer(platform, platform.db, { accountName: 'r', name: 'R', site: 'CN' }, clock.now());
  const movement = {
    entryId: uuid(platform.random),
    kind: 'TOP_UP',
    reference: id,
    debit: BANK,
    traceId: 't',
  } as const;
  await credit(platform.db, id, { ...movement, amount: money(amount, 'CNY') }, clock.now());
  return id;
}
beforeAll(async () => {
  buyerId = await richBuyer();
});

/** Orders, sales, renewals and their sales, refunds and their amount. */
async function tradeOfAll(): Promise<number[]> {
  const { platform, clock } = world();
  const to = new Date(clock.now().getTime() + 1);
  const asked = { scope: ALL, currency: 'CNY', from: new Date(0), to, timeZone: 'Asia/Shanghai' } as const;
  const rows = await tradeByDay(platform.db, asked);
  const total = (of: (row: TradeDay) => string | number) => rows.reduce((sum, row) => sum + Number(of(row)), 0);
  return [
    total((row) => row.orders),
    total((row) => row.sales),
    total((row) => row.renewals),
    total((row) => row.renewalSales),
    total((row) => row.refunds),
    total((row) => row.refunded),
  ];
}

const balance = async (of = buyerId) => Number((await balanceOf(world().platform.db, of, 'CNY')).amount);
const buy = (of = buyerId, quantity = 10) => bought(world(), { buyerId: of, quantity });
const CNY = (amount: string) => money(amount, 'CNY');

/** All paid lines of the resource, in full, unless told otherwise. */
async function apply(resource: Resource, more: Partial<ApplyForRefund> = {}) {
  const { platform, clock } = world();
  const lineIds = (await linesOfResource(platform.db, resource.resourceId)).map((line) => line.orderLineId);
  const paid = more.paid ?? CNY('120.00');
  const input = { resource, kind: 'FIVE_DAY', lineIds, amount: paid, paid, reason: 'not needed' } as const;
  return run(world(), (tx) =>
    applyForRefund(platform, tx, { ...input, contactConsent: true, userId: 'u1', traceId: 't', ...more }, clock.now()),
  );
}
const decide = (refundId: string, more: Partial<DecideRefund> = {}) =>
  run(world(), (tx) =>
    decideRefund(
      world().platform,
      tx,
      { refundId, scope: ALL, userId: 's1', as: 'SELLER', agree: true, comment: 'fine', ...more },
      world().clock.now(),
    ),
  );
const withdraw = (refundId: string, scope: Scope = ALL) =>
  run(world(), (tx) => withdrawRefund(world().platform, tx, { refundId, scope }, world().clock.now()));
const eventsOf = async (aggregate: string) =>
  (
    await sql<{ type: string; payload: unknown }>`
      SELECT type, payload FROM platform.events WHERE aggregate = ${aggregate} ORDER BY event_id`.execute(
      world().platform.db,
    )
  ).rows;
const refused = (rule: RegExp, code = 'REFUND_NOT_ALLOWED') => ({
  refusal: { code, message: expect.stringMatching(rule) },
});

describe('a self-service refund', () => {
  it('is executed at once: an order of its own, the money back, the lines refunded', async () => {
    const { platform, clock } = world();
    const resource = await buy();
    const before = await balance();
    const refund = granted(await apply(resource));
    expect(refund).toMatchObject({ state: 'DONE', kind: 'FIVE_DAY', amount: CNY('120.00'), decidedBy: null });
    expect(await balance()).toBe(before + 120);
    const [unsubscription, original] = await ordersByIds(
      platform.db,
      [refund.unsubscribeOrderId ?? '', resource.orderId],
      {
        scope: ALL,
      },
    ).then((orders) => orders.toSorted((a) => (a.orderType === 'UNSUBSCRIBE' ? -1 : 1)));
    expect(unsubscription).toMatchObject({
      orderType: 'UNSUBSCRIBE',
      state: 'PROCESSING',
      amount: CNY('120.00'),
      paidAt: null,
      lines: [{ resourceId: resource.resourceId, state: 'CALLING', skuCode: resource.skuCode }],
    });
    expect(original).toMatchObject({ state: 'COMPLETED', lines: [{ state: 'REFUNDED' }] });
    const executed = (await eventsOf(`order:${refund.unsubscribeOrderId}`)).find(
      ({ type }) => type === 'ordering.refund-executed',
    );
    expect(refundExecuted.parse(executed?.payload)).toMatchObject({
      refundId: refund.refundId,
      orderLineId: `${refund.unsubscribeOrderId}-000001`,
      kind: 'FIVE_DAY',
      resourceId: resource.resourceId,
      originalLineIds: [resource.resourceId],
    });
    await run(world(), (tx) => linesFulfilled(platform, tx, [`${refund.unsubscribeOrderId}-000001`], clock.now()));
    const [done] = await ordersByIds(platform.db, [refund.unsubscribeOrderId ?? ''], { scope: ALL });
    expect(done).toMatchObject({ state: 'COMPLETED', lines: [{ state: 'FULFILLED' }] });
    expect(await apply(resource)).toMatchObject(refused(/^S7-8.*REFUNDED/));
    expect((await trialBalance(platform.db)).balanced).toBe(true);
  });

  it('of a renewal that is not in effect gives back its price only, without quota', async () => {
    const { platform, clock } = world();
    const soFar = await tradeOfAll();
    const resource = await buy();
    const items = [{ resource, periodType: 'month', periodNumber: 2, unifyDay: null, target: null } as const];
    const lines = granted(await quoteRenewals(platform.db, items, clock.now()));
    const renewal = granted(
      await run(world(), (tx) => placeFor(platform, tx, { buyerId, userId: 'u1', lines, traceId: 't' }, clock.now())),
    );
    const paid = await paidAndDone(world(), renewal.orderId);
    const [line] = paid.lines;
    const quota = await refundQuota(platform.db, buyerId, clock.now());
    const before = await balance();
    const refund = granted(
      await apply(resource, { kind: 'RENEWAL', lineIds: [line?.orderLineId ?? ''], paid: CNY('240.00') }),
    );
    expect(await balance()).toBe(before + 240);
    expect(await refundQuota(platform.db, buyerId, clock.now())).toEqual(quota);
    const [unsubscription] = await ordersByIds(platform.db, [refund.unsubscribeOrderId ?? ''], { scope: ALL });
    expect(unsubscription?.lines[0]).toMatchObject({ expireAt: resource.expireAt, scene: null });
    expect(await linesOfResource(platform.db, resource.resourceId)).toMatchObject([
      { orderType: 'NEW', state: 'FULFILLED' },
      { orderType: 'RENEW', state: 'REFUNDED' },
    ]);
    // S-76: what was refunded counts as sold, and as refunded
    const now = await tradeOfAll();
    expect(now.map((each, place) => each - (soFar[place] ?? 0))).toEqual([2, 360, 1, 240, 1, 240]);
  });

  it('is one of ten a year, also for sessions of the same instant; next year there are ten again (S7-3)', async () => {
    const { platform, clock } = world();
    const other = await richBuyer();
    const resources: Resource[] = [];
    for (let count = 0; count < 12; count += 1) resources.push(await buy(other));
    const results = await Promise.all(resources.map((resource) => apply(resource)));
    expect(results.filter((result) => result.ok)).toHaveLength(10);
    for (const result of results) if (!result.ok) expect(result).toMatchObject(refused(/^S7-3/));
    expect(await refundQuota(platform.db, other, clock.now())).toEqual({ used: 10, limit: 10, left: 0 });
    // The year is Beijing's: 2027 begins there at 16:00 UTC.
    expect((await refundQuota(platform.db, other, new Date('2026-12-31T15:59:59Z'))).left).toBe(0);
    expect((await refundQuota(platform.db, other, new Date('2026-12-31T16:00:00Z'))).left).toBe(10);
    const late = resources[results.findIndex((result) => !result.ok)];
    if (!late) throw new Error('two were refused');
    expect(await apply(late)).toMatchObject(refused(/^S7-3/)); // a refusal left no claim behind
  });

  it('is given once to sessions of the same instant', async () => {
    const resource = await buy();
    const before = await balance();
    const results = await Promise.all([1, 2, 3].map(() => apply(resource)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(await balance()).toBe(before + 120);
  });
});

describe('a refund is refused', () => {
  it('for a part of the payment, for more than it, for foreign or unfinished lines', async () => {
    const [resource, other] = [await buy(), await buy()];
    expect(await apply(resource, { amount: CNY('119.99') })).toMatchObject(refused(/^S7-5/));
    expect(await apply(resource, { kind: 'NEGOTIATED', amount: CNY('120.01') })).toMatchObject(refused(/^S7-11/));
    expect(await apply(resource, { kind: 'NEGOTIATED', amount: CNY('0') })).toMatchObject(refused(/^S7-11/));
    expect(await apply(resource, { lineIds: [other.resourceId] })).toMatchObject(refused(/^S7-8/));
    await expect(apply(resource, { paid: CNY('1.00') })).rejects.toThrow(/were not paid with/);
  });

  it('while an order of the resource is open, which is named; and a renewal while a refund is', async () => {
    const { platform, clock } = world();
    const resource = await buy();
    const items = [{ resource, periodType: 'month', periodNumber: 1, unifyDay: null, target: null } as const];
    const lines = granted(await quoteRenewals(platform.db, items, clock.now()));
    const place = () =>
      run(world(), (tx) => placeFor(platform, tx, { buyerId, userId: 'u1', lines, traceId: 't' }, clock.now()));
    const asked = granted(await apply(resource, { kind: 'NEGOTIATED' }));
    expect(await place()).toMatchObject({
      refusal: { code: 'RENEWAL_NOT_ALLOWED', facts: { refundId: asked.refundId } },
    });
    granted(await withdraw(asked.refundId));
    const order = granted(await place());
    expect(await apply(resource)).toMatchObject({
      refusal: { code: 'REFUND_NOT_ALLOWED', facts: { orderId: order.orderId } },
    });
  });
});

it('a renewal, a change and a refund of one resource at the same instant: one wins, the others are told by whom', async () => {
  const { platform, clock } = world();
  const now = clock.now();
  const order = async (quote: Promise<Result<QuotedLine | QuotedLine[]>>) => {
    const lines = [granted(await quote)].flat();
    return run(world(), (tx) => placeFor(platform, tx, { buyerId, userId: 'u1', lines, traceId: 't' }, now));
  };
  for (let round = 0; round < 5; round += 1) {
    const resource = await buy();
    const item = { resource, periodType: 'month', periodNumber: 1, unifyDay: null, target: null } as const;
    const target = { skuCode: resource.skuCode, quantity: 20 };
    const results = await Promise.allSettled([
      order(quoteRenewals(platform.db, [item], now)),
      order(quoteChange(platform.db, { resource, target }, now)),
      apply(resource, { kind: 'NEGOTIATED' }),
    ]);
    const outcomes = results.map((result) =>
      result.status === 'rejected' ? String(result.reason) : result.value.ok ? 'done' : result.value.refusal.message,
    );
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    for (const outcome of outcomes) expect(outcome).toMatch(/^done$|B-70c: (order CS|refund application )/);
  }
});

describe('a negotiated refund', () => {
  it('S7-6: waits for the seller, who agrees to a part of the payment; order and money follow at once', async () => {
    const resource = await buy();
    const before = await balance();
    const asked = granted(await apply(resource, { kind: 'NEGOTIATED', amount: CNY('50.50') }));
    expect(asked).toMatchObject({ state: 'SELLER_REVIEW', reason: 'not needed', contactConsent: true });
    expect(await balance()).toBe(before);
    expect(await decide(asked.refundId, { as: 'OPERATOR' })).toMatchObject({ refusal: { code: 'REFUND_STATE' } });
    const done = granted(await decide(asked.refundId));
    expect(done).toMatchObject({ state: 'DONE', decidedBy: 'SELLER', comment: 'fine', amount: CNY('50.50') });
    expect(await balance()).toBe(before + 50.5);
    expect(await decide(asked.refundId)).toMatchObject({ refusal: { code: 'REFUND_STATE', facts: { state: 'DONE' } } });
    expect(await eventsOf(`refund:${asked.refundId}`)).toMatchObject([
      {
        type: 'ordering.refund-requested',
        payload: { state: 'SELLER_REVIEW', kind: 'NEGOTIATED', orderId: resource.orderId },
      },
      { type: 'ordering.refund-decided', payload: { agreed: true, by: 'SELLER', amount: CNY('50.50') } },
    ]);
  });

  it('may be rejected or withdrawn, and asked for again', async () => {
    const resource = await buy();
    const before = await balance();
    const first = granted(await apply(resource, { kind: 'NEGOTIATED' }));
    expect(granted(await decide(first.refundId, { agree: false })).state).toBe('REJECTED');
    expect(await withdraw(first.refundId)).toMatchObject({ refusal: { code: 'REFUND_STATE' } });
    const second = granted(await apply(resource, { kind: 'NEGOTIATED' }));
    expect(granted(await withdraw(second.refundId)).state).toBe('WITHDRAWN');
    expect(await decide(second.refundId)).toMatchObject({ refusal: { code: 'REFUND_STATE' } });
    expect(await balance()).toBe(before);
    expect((await apply(resource, { kind: 'NEGOTIATED' })).ok).toBe(true);
  });

  it('is decided once by sessions of the same instant', async () => {
    const resource = await buy();
    const before = await balance();
    const { refundId } = granted(await apply(resource, { kind: 'NEGOTIATED' }));
    const results = await Promise.all([
      decide(refundId),
      decide(refundId),
      withdraw(refundId),
      decide(refundId, { agree: false }),
    ]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    const end = await refundById(world().platform.db, refundId, ALL);
    expect(await balance()).toBe(end?.state === 'DONE' ? before + 120 : before);
  });

  it('is seen by its buyer, by its seller and by nobody else', async () => {
    const { platform, demo } = world();
    const { refundId } = granted(await apply(await buy(), { kind: 'NEGOTIATED' }));
    const scopes: [Scope, boolean][] = [
      [ALL, true],
      [{ kind: 'buyer', buyerId, placedBy: null }, true],
      [{ kind: 'buyer', buyerId, placedBy: 'u1' }, true],
      [{ kind: 'buyer', buyerId, placedBy: 'u2' }, false],
      [{ kind: 'buyer', buyerId: demo.buyerId, placedBy: null }, false],
      [{ kind: 'seller', sellerId: demo.sellerId, goodsIds: null }, true],
      [{ kind: 'seller', sellerId: demo.sellerId, goodsIds: [demo.goodsId] }, true],
      [{ kind: 'seller', sellerId: demo.sellerId, goodsIds: [] }, false],
      [{ kind: 'seller', sellerId: 'other', goodsIds: null }, false],
    ];
    for (const [scope, seen] of scopes) {
      expect((await refundById(platform.db, refundId, scope)) !== null, JSON.stringify(scope)).toBe(seen);
      const listed = await listRefunds(platform.db, { scope, state: 'SELLER_REVIEW', before: null, limit: 100 });
      expect(listed.some((each) => each.refundId === refundId)).toBe(seen);
      if (!seen) expect(await decide(refundId, { scope })).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
      if (!seen) expect(await withdraw(refundId, scope)).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
    }
  });
});

it('a negotiated refund that the seller agrees to after the expiry is rejected by the system (S7-8)', async () => {
  const { platform } = world();
  const resource = await buy();
  const before = await balance();
  const { refundId } = granted(await apply(resource, { kind: 'NEGOTIATED' }));
  const input = { refundId, scope: ALL, userId: 's1', as: 'SELLER', agree: true, comment: 'fine' } as const;
  const late = await run(world(), (tx) => decideRefund(platform, tx, input, resource.expireAt ?? new Date(0)));
  expect(granted(late)).toMatchObject({ state: 'REJECTED', decidedBy: 'SYSTEM' });
  expect(await balance()).toBe(before);
});

describe('a large refund (S7-9)', () => {
  const large = async (of = buyerId) =>
    bought(world(), { buyerId: of, specification: 1, sku: 1, periodType: 'year', quantity: 200 });
  const paid = CNY('64000.00');

  it('waits for the operator, who agrees or rejects; a rejected one uses no quota', async () => {
    const { platform, clock } = world();
    const other = await richBuyer();
    const resource = await large(other);
    const before = await balance(other);
    const first = granted(await apply(resource, { paid }));
    expect(first).toMatchObject({ state: 'LARGE_REVIEW', approveAt: new Date(clock.now().getTime() + 24 * 3_600_000) });
    expect((await refundQuota(platform.db, other, clock.now())).used).toBe(1);
    expect(await decide(first.refundId)).toMatchObject({ refusal: { code: 'REFUND_STATE' } });
    expect(granted(await decide(first.refundId, { as: 'OPERATOR', agree: false })).state).toBe('REJECTED');
    expect((await refundQuota(platform.db, other, clock.now())).used).toBe(0);
    const second = granted(await apply(resource, { paid }));
    expect(granted(await decide(second.refundId, { as: 'OPERATOR' }))).toMatchObject({
      state: 'DONE',
      decidedBy: 'OPERATOR',
    });
    expect(await balance(other)).toBe(before + 64_000);
  });

  it('that is negotiated passes both hands', async () => {
    const resource = await large();
    const { refundId } = granted(await apply(resource, { kind: 'NEGOTIATED', paid, amount: CNY('50000.01') }));
    expect(granted(await decide(refundId))).toMatchObject({ state: 'LARGE_REVIEW', decidedBy: 'SELLER' });
    expect(granted(await decide(refundId, { as: 'OPERATOR' }))).toMatchObject({ state: 'DONE', decidedBy: 'OPERATOR' });
  });

  it('of CNY 50 000.00 is none yet', async () => {
    const { refundId } = granted(await apply(await large(), { kind: 'NEGOTIATED', paid, amount: CNY('50000.00') }));
    expect(granted(await decide(refundId)).state).toBe('DONE');
  });

  it('that nobody decides is approved after 24 h', async () => {
    const own = await testWorld({ openingBalance: '100000.00' });
    const { platform, clock, demo, simulator } = own;
    const resource = await bought(own, { specification: 1, sku: 1, periodType: 'year', quantity: 200 });
    const input = {
      resource,
      kind: 'FIVE_DAY',
      lineIds: [resource.resourceId],
      amount: paid,
      paid,
      reason: 'r',
    } as const;
    const { refundId } = granted(
      await run(own, (tx) =>
        applyForRefund(platform, tx, { ...input, contactConsent: true, userId: 'u1', traceId: 't' }, clock.now()),
      ),
    );
    const money = async () => (await balanceOf(platform.db, demo.buyerId, 'CNY')).amount;
    await simulator.advanceTo(new Date(clock.now().getTime() + 24 * 3_600_000 - 1));
    expect((await refundById(platform.db, refundId, ALL))?.state).toBe('LARGE_REVIEW');
    expect(await money()).toBe('36000.00');
    await simulator.advanceTo(new Date(clock.now().getTime() + 1));
    expect(await refundById(platform.db, refundId, ALL)).toMatchObject({ state: 'DONE', decidedBy: 'SYSTEM' });
    expect(await money()).toBe('100000.00');
    expect((await trialBalance(platform.db)).balanced).toBe(true);
  });

  it('of a renewal that comes into effect under review is rejected by the system, whoever agrees (S7-8)', async () => {
    for (const by of ['OPERATOR', 'TIME'] as const) {
      const { platform, clock } = world();
      const resource = await large();
      const renewal = { resource, periodType: 'year', periodNumber: 1, unifyDay: null, target: null } as const;
      const lines = granted(await quoteRenewals(platform.db, [renewal], clock.now()));
      const order = granted(
        await run(world(), (tx) => placeFor(platform, tx, { buyerId, userId: 'u1', lines, traceId: 't' }, clock.now())),
      );
      const lineIds = (await paidAndDone(world(), order.orderId)).lines.map((line) => line.orderLineId);
      const { refundId } = granted(await apply(resource, { kind: 'RENEWAL', lineIds, paid }));
      const before = await balance();
      const inEffect = resource.expireAt ?? clock.now();
      const input = { refundId, scope: ALL, userId: 'o1', as: 'OPERATOR', agree: true, comment: 'fine' } as const;
      const task = {
        id: 'x',
        kind: APPROVE_LARGE_REFUND,
        subject: refundId,
        attempts: 1,
        due_at: inEffect,
        trace_id: 't',
      };
      await run(world(), async (tx) =>
        by === 'OPERATOR'
          ? decideRefund(platform, tx, input, inEffect)
          : orderingTasks(platform)[APPROVE_LARGE_REFUND]?.(tx, task, inEffect),
      );
      expect(await refundById(platform.db, refundId, ALL)).toMatchObject({
        state: 'REJECTED',
        decidedBy: 'SYSTEM',
        comment: expect.stringMatching(/^S7-8/),
      });
      expect(await balance()).toBe(before);
      expect((await linesOfResource(platform.db, resource.resourceId)).map(({ state }) => state)).toEqual([
        'FULFILLED',
        'FULFILLED',
      ]);
      expect((await eventsOf(`refund:${refundId}`)).at(-1)).toMatchObject({
        type: 'ordering.refund-decided',
        payload: { agreed: false, by: 'SYSTEM', comment: expect.stringMatching(/^S7-8/) },
      });
    }
  });

  it('that was decided needs no approval by time', async () => {
    const { platform, clock } = world();
    const { refundId } = granted(await apply(await large(), { paid }));
    granted(await decide(refundId, { as: 'OPERATOR', agree: false }));
    const task = {
      id: 'x',
      kind: APPROVE_LARGE_REFUND,
      subject: refundId,
      attempts: 1,
      due_at: clock.now(),
      trace_id: 't',
    };
    const outcome = await run(
      world(),
      (tx) => orderingTasks(platform)[APPROVE_LARGE_REFUND]?.(tx, task, clock.now()) ?? Promise.reject(),
    );
    expect(outcome).toBe('resolved');
    expect((await refundById(platform.db, refundId, ALL))?.state).toBe('REJECTED');
  });
});
