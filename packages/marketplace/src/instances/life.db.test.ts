/** Whole lives against a seller on the virtual clock: what happens by itself, and what orders do to it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import type { FakeSeller } from '../../../../tests/support/fake-seller.ts';
import {
  ALL,
  advanceTo,
  askToRenew,
  instanceOf,
  inTx,
  newsOf,
  onTrial,
  ordering,
  payFor,
  renewedAndPaid,
  startObedientSeller,
  subscribed,
  toldOf,
} from '../../../../tests/support/lives.ts';
import { granted } from '../../../../tests/support/resources.ts';
import { createBuyer, setBuyerLevel } from '../directory/index.ts';
import { BANK, balanceOf, credit, trialBalance } from '../ledger/index.ts';
import { listOrders, ordersByIds } from '../ordering/index.ts';
import { sql } from '../platform/database/database.ts';
import { money } from '../platform/money.ts';
import { uuid } from '../platform/random.ts';
import { change, convert, freezeForViolation, periodsOf, setExpiryPolicy, unsubscribe } from './index.ts';

const world = fileWorld({ openingBalance: '1000000.00', start: new Date('2026-01-05T02:00:00.000Z') });
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startObedientSeller(world());
});
afterAll(() => seller.close());

const end = (instant: Date | null) => instant?.toISOString() ?? '';
const after = (instant: Date | null, days: number) => new Date((instant?.getTime() ?? 0) + days * 86_400_000);

describe('left alone', () => {
  it('a month ends in reminders, grace, freeze and release (V0)', async () => {
    const bought = await subscribed(world());
    expect(bought).toMatchObject({ state: 'ACTIVE', trial: false, expiryPolicy: 'MANUAL', periodType: 'month' });
    expect(end(bought.expireAt)).toBe('2026-02-05T15:59:59.000Z');
    await advanceTo(world(), after(bought.expireAt, 3));
    expect(await instanceOf(world(), bought.resourceId)).toMatchObject({ state: 'RELEASED' });
    expect(await newsOf(world(), bought.resourceId)).toEqual([
      'ready',
      ...['expiring', 'expiring', 'expiring', 'expiring'],
      ...['grace-begun', 'release-near', 'frozen', 'release-begun', 'released'],
    ]);
    expect(toldOf(seller, bought.resourceId)).toEqual(['updateInstanceStatus FREEZE', 'releaseInstance']);
  });

  it('the level of the buyer at the expiry decides how long it lives on (S7-14a)', async () => {
    const buyer = { accountName: 'big', name: 'Big', site: 'CN', email: 'a@b.example', phone: '' } as const;
    const buyerId = await inTx(world(), async (tx) => {
      const now = world().clock.now();
      const id = await createBuyer(world().platform, tx, buyer, now);
      const entry = { entryId: uuid(world().platform.random), kind: 'TOP_UP', reference: id, debit: BANK } as const;
      await credit(tx, id, { ...entry, amount: money('1000', 'CNY'), traceId: 't' }, now);
      return id;
    });
    const bought = await subscribed(world(), { buyerId });
    await setBuyerLevel(world().platform.db, buyerId, 'V4');
    await advanceTo(world(), after(bought.expireAt, 1));
    const expired = await instanceOf(world(), bought.resourceId);
    expect(expired).toMatchObject({
      state: 'GRACE',
      freezeAt: after(bought.expireAt, 7),
      releaseAt: after(bought.expireAt, 22),
    });
    await advanceTo(world(), after(bought.expireAt, 23));
    expect((await instanceOf(world(), bought.resourceId)).state).toBe('RELEASED');
  });

  it('what has no period lives for ever', async () => {
    const once = await subscribed(world(), { specification: 2, periodType: null });
    const byUse = await subscribed(world(), { specification: 3, periodType: null });
    expect([once.expireAt, byUse.expireAt]).toEqual([null, null]);
    await advanceTo(world(), after(world().clock.now(), 400));
    for (const { resourceId } of [once, byUse]) expect((await instanceOf(world(), resourceId)).state).toBe('ACTIVE');
  });
});

describe('automatic renewal ticked while ordering (B-25)', () => {
  it('holds from the opening on', async () => {
    const bought = await subscribed(world(), { autoRenew: true });
    expect(bought.expiryPolicy).toBe('AUTO');
    await advanceTo(world(), after(bought.expireAt, -6));
    expect((await instanceOf(world(), bought.resourceId)).expireAt?.getTime()).toBeGreaterThan(
      after(bought.expireAt, 27).getTime(),
    );
    expect(await newsOf(world(), bought.resourceId)).toContain('renewed');
  });

  it('is refused for what has no period, and nothing is ordered', async () => {
    for (const specification of [2, 3, 4])
      await expect(subscribed(world(), { specification, periodType: null, autoRenew: true })).rejects.toThrow(
        'RENEWAL_NOT_ALLOWED: B-61',
      );
  });
});

describe('renewed', () => {
  it('by hand it begins at the old expiry, in the retention too, and is unfrozen', async () => {
    const { resourceId, expireAt } = await subscribed(world());
    await renewedAndPaid(world(), resourceId, { periodNumber: 2 });
    const renewed = await instanceOf(world(), resourceId);
    const periods = await periodsOf(world().platform.db, [resourceId]);
    expect(periods.map(({ from, to }) => [from, to])).toEqual([
      [periods[0]?.from, expireAt],
      [expireAt, renewed.expireAt],
    ]);
    await advanceTo(world(), after(renewed.expireAt, 1.5));
    expect((await instanceOf(world(), resourceId)).state).toBe('FROZEN');
    await renewedAndPaid(world(), resourceId);
    const again = await instanceOf(world(), resourceId);
    expect(again).toMatchObject({ state: 'ACTIVE', freezeAt: null, releaseAt: null });
    expect((await periodsOf(world().platform.db, [resourceId])).at(-1)).toMatchObject({ from: renewed.expireAt });
    expect(toldOf(seller, resourceId)).toEqual([
      'refreshInstance RENEWAL',
      'updateInstanceStatus FREEZE',
      'refreshInstance RENEWAL',
      'updateInstanceStatus UNFREEZE',
    ]);
    expect((await newsOf(world(), resourceId)).slice(-3)).toEqual(['period-changed', 'renewed', 'unfrozen']);
  });

  it('a violation stays frozen over a renewal, and the seller is not told to unfreeze', async () => {
    const { resourceId, expireAt } = await subscribed(world());
    await inTx(world(), (tx) =>
      freezeForViolation(world().platform, tx, { scope: ALL, resourceId, reason: 'spam' }, world().clock.now()),
    );
    await advanceTo(world(), after(expireAt, 1.5));
    expect((await instanceOf(world(), resourceId)).state).toBe('FROZEN');
    await renewedAndPaid(world(), resourceId);
    expect((await instanceOf(world(), resourceId)).state).toBe('VIOLATION_FROZEN');
    expect(toldOf(seller, resourceId)).toEqual(['updateInstanceStatus FREEZE', 'refreshInstance RENEWAL']);
  });

  it('taken back before it is in effect: the expiry goes back to its start, the money comes back (B-66)', async () => {
    const { resourceId, expireAt, buyerId } = await subscribed(world());
    const balance = await balanceOf(world().platform.db, buyerId, 'CNY');
    const order = await renewedAndPaid(world(), resourceId, { periodType: 'year' });
    expect(await instanceOf(world(), resourceId)).toMatchObject({ periodType: 'year' });
    const refund = granted(
      await inTx(world(), (tx) =>
        unsubscribe(
          world().platform,
          tx,
          { ...ordering(world()), resourceId, kind: 'RENEWAL', reason: 'too much', contactConsent: false },
          world().clock.now(),
        ),
      ),
    );
    expect(refund).toMatchObject({ kind: 'RENEWAL', state: 'DONE', amount: order.amount });
    await world().simulator.drain();
    expect(await instanceOf(world(), resourceId)).toMatchObject({
      state: 'ACTIVE',
      expireAt,
      periodType: 'month',
      refundId: null,
    });
    expect(await balanceOf(world().platform.db, buyerId, 'CNY')).toEqual(balance);
    const last = seller.received.findLast(({ body }) => body.instanceId === `inst-${resourceId}`);
    expect(last?.body).toMatchObject({ scene: 'UNSUBSCRIBE_RENEWAL_PERIOD', orderId: refund.unsubscribeOrderId });
    const [done] = await ordersByIds(world().platform.db, [refund.unsubscribeOrderId ?? ''], { scope: ALL });
    expect(done?.state).toBe('COMPLETED');
    await renewedAndPaid(world(), resourceId);
    expect((await periodsOf(world().platform.db, [resourceId])).map(({ revokedAt }) => revokedAt !== null)).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('renewed by itself', () => {
  it('7 days before its expiry at 03:00 (GMT+8), for one period', async () => {
    const { resourceId, expireAt } = await subscribed(world());
    granted(
      await inTx(world(), (tx) =>
        setExpiryPolicy(world().platform, tx, { scope: ALL, resourceId, policy: 'AUTO' }, world().clock.now()),
      ),
    );
    await advanceTo(world(), after(expireAt, -6));
    const renewed = await instanceOf(world(), resourceId);
    expect(renewed.expireAt?.getTime()).toBeGreaterThan(after(expireAt, 27).getTime());
    const [order] = await listOrders(world().platform.db, { scope: ALL, before: null, limit: 1 });
    expect(order).toMatchObject({ orderType: 'RENEW', state: 'COMPLETED', placedBy: 'u1' });
    expect(order?.paidAt?.toISOString().slice(10)).toBe('T19:00:00.000Z');
    expect((await newsOf(world(), resourceId)).slice(-2)).toEqual(['period-changed', 'renewed']);
    expect(toldOf(seller, resourceId)).toEqual(['refreshInstance RENEWAL']);
  });

  it('a short balance makes no order, names what is missing, and is tried again every day into the retention', async () => {
    const poor = { accountName: 'poor', name: 'Poor', site: 'CN', email: 'p@b.example', phone: '' } as const;
    const topUp = (amount: string) =>
      inTx(world(), async (tx) => {
        const entry = { entryId: uuid(world().platform.random), kind: 'TOP_UP', debit: BANK } as const;
        const reference = uuid(world().platform.random);
        await credit(
          tx,
          buyerId,
          { ...entry, reference, amount: money(amount, 'CNY'), traceId: 't' },
          world().clock.now(),
        );
      });
    const buyerId = await inTx(world(), (tx) => createBuyer(world().platform, tx, poor, world().clock.now()));
    await topUp('130');
    const { resourceId, expireAt } = await subscribed(world(), { buyerId });
    await inTx(world(), (tx) =>
      setExpiryPolicy(world().platform, tx, { scope: ALL, resourceId, policy: 'AUTO' }, world().clock.now()),
    );
    await advanceTo(world(), after(expireAt, 1.01));
    expect((await instanceOf(world(), resourceId)).state).toBe('FROZEN');
    const { rows } = await sql<{ missing: string; orders: number }>`
      SELECT payload -> 'missing' ->> 'amount' AS missing, (SELECT count(*) FROM ordering.orders WHERE buyer_id = ${buyerId}) AS orders
      FROM platform.events WHERE type = 'instances.auto-renew-failed' AND aggregate = ${`instance:${resourceId}`}`.execute(
      world().platform.db,
    );
    expect(rows).toHaveLength(9); // from 7 days before the expiry to the day after it
    expect(rows[0]).toEqual({ missing: '110.00', orders: 1 });
    await topUp('110');
    await advanceTo(world(), after(expireAt, 1.5));
    expect((await instanceOf(world(), resourceId)).state).toBe('ACTIVE');
    expect(await balanceOf(world().platform.db, buyerId, 'CNY')).toEqual(money('0', 'CNY'));
  });
});

describe('a trial', () => {
  it('ends frozen (B-53), and becomes commercial out of its retention (X23)', async () => {
    const trial = await onTrial(world());
    expect(trial).toMatchObject({ state: 'TRIAL', trial: true });
    await advanceTo(world(), after(trial.expireAt, 0.5));
    expect((await instanceOf(world(), trial.resourceId)).state).toBe('FROZEN');
    const order = granted(
      await inTx(world(), (tx) =>
        convert(
          world().platform,
          tx,
          { ...ordering(world()), resourceId: trial.resourceId, periodType: 'month', periodNumber: 1 },
          world().clock.now(),
        ),
      ),
    );
    await payFor(world(), order);
    await world().simulator.drain();
    const now = world().clock.now();
    const formal = await instanceOf(world(), trial.resourceId);
    expect(formal).toMatchObject({ state: 'ACTIVE', trial: false, activatedAt: now, opening: order.amount });
    expect(formal.expireAt?.getTime()).toBeGreaterThan(after(now, 27).getTime());
    expect(toldOf(seller, trial.resourceId)).toEqual([
      'updateInstanceStatus FREEZE',
      'refreshInstance TRIAL_TO_FORMAL',
      'updateInstanceStatus UNFREEZE',
    ]);
  });
});

describe('a change', () => {
  const bigger = (resourceId: string, skuCode: string) =>
    inTx(world(), (tx) =>
      change(
        world().platform,
        tx,
        { ...ordering(world()), resourceId, target: { skuCode, quantity: 20 } },
        world().clock.now(),
      ),
    );

  it('takes effect when the seller has upgraded', async () => {
    const { resourceId, skuCode, expireAt } = await subscribed(world());
    await payFor(world(), granted(await bigger(resourceId, skuCode)));
    await world().simulator.drain();
    expect(await instanceOf(world(), resourceId)).toMatchObject({
      state: 'ACTIVE',
      quantity: 20,
      expireAt,
      periodType: 'month',
    });
    expect(toldOf(seller, resourceId)).toEqual(['upgradeInstance']);
    expect((await newsOf(world(), resourceId)).slice(-2)).toEqual(['change-ordered', 'changed']);
  });

  it('that the seller can not do is refunded after its window; the instance stays as before (B-73)', async () => {
    const { resourceId, skuCode, buyerId } = await subscribed(world());
    const balance = await balanceOf(world().platform.db, buyerId, 'CNY');
    seller.behave(() => ({ resultCode: '000100', resultMsg: 'no capacity' }));
    await payFor(world(), granted(await bigger(resourceId, skuCode)));
    await world().simulator.drain();
    expect((await instanceOf(world(), resourceId)).state).toBe('CHANGING');
    expect(await askToRenew(world(), resourceId)).toMatchObject({ refusal: { code: 'RENEWAL_NOT_ALLOWED' } });
    await advanceTo(world(), new Date(world().clock.now().getTime() + 4 * 3_600_000));
    expect(await instanceOf(world(), resourceId)).toMatchObject({ state: 'ACTIVE', quantity: 10, pending: null });
    expect(await balanceOf(world().platform.db, buyerId, 'CNY')).toEqual(balance);
    expect((await newsOf(world(), resourceId)).at(-1)).toBe('change-failed');
  });
});

it('at the end the ledger balances', async () => {
  expect((await trialBalance(world().platform.db)).balanced).toBe(true);
});
