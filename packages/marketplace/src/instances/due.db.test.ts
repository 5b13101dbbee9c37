/** Steps that are due, taken by several workers at once, in one instant with orders, and when one of them fails. */
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
  ordering,
  payFor,
  startObedientSeller,
  subscribed,
} from '../../../../tests/support/lives.ts';
import { granted } from '../../../../tests/support/resources.ts';
import { setProductState } from '../catalog/index.ts';
import { ordersByIds } from '../ordering/index.ts';
import { sql } from '../platform/database/database.ts';
import { createBuyers } from '../testing/index.ts';
import {
  change,
  type Instance,
  nextRenewalAt,
  nextStepAt,
  runDue,
  setExpiryPolicy,
  setRenewalSettings,
  unsubscribe,
} from './index.ts';

const world = fileWorld({ openingBalance: '1000000.00' });
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startObedientSeller(world());
});
afterAll(() => seller.close());

const { floor } = Math;
const state = async ({ resourceId }: Instance) => (await instanceOf(world(), resourceId)).state;
/** The clock stands at an instant at which steps are due that nobody has done. */
const stopAt = (instant: Date | null) => world().clock.moveTo(instant ?? world().clock.now());

describe('several workers at once', () => {
  it('do each step once, whatever their batches', async () => {
    const bought: Instance[] = [];
    for (let count = 0; count < 12; count += 1) bought.push(await subscribed(world()));
    const [first] = bought;
    await advanceTo(world(), new Date((first?.expireAt?.getTime() ?? 0) - 1));
    stopAt(first?.expireAt ?? null);
    const worker = async (limit: number) => {
      let done = 0;
      for (let taken = await runDue(world().platform, limit); taken > 0; taken = await runDue(world().platform, limit))
        done += taken;
      return done;
    };
    const done = await Promise.all([worker(1), worker(5), worker(100)]);
    expect(done.reduce((sum, each) => sum + each)).toBe(12);
    for (const instance of bought) {
      expect(await state(instance)).toBe('GRACE');
      expect((await newsOf(world(), instance.resourceId)).filter((each) => each === 'grace-begun')).toHaveLength(1);
    }
    await world().simulator.drain();
  });

  it('a time in the index that the rules do not share is put right, and nothing is done early', async () => {
    const instance = await subscribed(world());
    const { resourceId } = instance;
    await inTx(world(), (tx) =>
      setExpiryPolicy(world().platform, tx, { scope: ALL, resourceId, policy: 'AUTO' }, world().clock.now()),
    );
    const nextAt = async (): Promise<Date | undefined> => {
      const { rows } = await sql<{ next_at: Date }>`
        SELECT next_at FROM instances.instances WHERE resource_id = ${resourceId}`.execute(world().platform.db);
      return rows[0]?.next_at;
    };
    // ten days before its end the next thing is the automatic renewal, three days later
    await advanceTo(world(), new Date((instance.expireAt?.getTime() ?? 0) - 10 * 86_400_000));
    const planned = await nextAt();
    await sql`UPDATE instances.instances SET next_at = ${world().clock.now()} WHERE resource_id = ${resourceId}`.execute(
      world().platform.db,
    );
    expect(await runDue(world().platform, 10)).toBe(1);
    expect(await runDue(world().platform, 10)).toBe(0);
    expect(await nextAt()).toEqual(planned);
    expect((await instanceOf(world(), resourceId)).expireAt).toEqual(instance.expireAt);
  });

  it('renew once: one order, one payment, and the handler of the payment does not renew again', async () => {
    const instance = await subscribed(world());
    const { resourceId } = instance;
    await inTx(world(), (tx) =>
      setExpiryPolicy(world().platform, tx, { scope: ALL, resourceId, policy: 'AUTO' }, world().clock.now()),
    );
    const at = (instance.expireAt?.getTime() ?? 0) - 6 * 86_400_000;
    await advanceTo(world(), new Date(at - 2 * 86_400_000));
    stopAt(new Date(at));
    await Promise.all([runDue(world().platform, 10), runDue(world().platform, 10), runDue(world().platform, 10)]);
    await world().simulator.drain();
    const { rows } = await sql<{ orders: number; periods: number; cancelling: number }>`
      SELECT (SELECT count(*) FROM ordering.order_lines WHERE resource_id = ${resourceId} AND order_line_id <> ${resourceId}) AS orders,
             (SELECT count(*) FROM instances.periods WHERE resource_id = ${resourceId}) AS periods,
             (SELECT count(*) FROM platform.tasks t JOIN ordering.order_lines l ON l.order_id = t.subject WHERE l.resource_id = ${resourceId} AND l.order_line_id <> ${resourceId}) AS cancelling`.execute(
      world().platform.db,
    );
    // Paid where it is placed: no task waits to cancel it.
    expect(rows).toEqual([{ orders: 1, periods: 2, cancelling: 0 }]);
    const { expireAt } = await instanceOf(world(), resourceId);
    expect(floor(((expireAt?.getTime() ?? 0) - (instance.expireAt?.getTime() ?? 0)) / 86_400_000)).toBeLessThan(32);
  });
});

it('what is not offered any more is not renewed by itself, and expires; the buyer is told why (C29, N-26)', async () => {
  const instance = await subscribed(world());
  const { resourceId, goodsId, expireAt } = instance;
  await inTx(world(), (tx) =>
    setExpiryPolicy(world().platform, tx, { scope: ALL, resourceId, policy: 'AUTO' }, world().clock.now()),
  );
  const waiting = granted(await askToRenew(world(), resourceId));
  await advanceTo(world(), new Date((expireAt?.getTime() ?? 0) - 6.5 * 86_400_000));
  const [unpaid] = await ordersByIds(world().platform.db, [waiting.orderId], { scope: ALL });
  expect(unpaid?.state).toBe('CANCELLED'); // long unpaid; the first attempt found nothing in its way
  expect((await instanceOf(world(), resourceId)).expireAt?.getTime()).toBeGreaterThan(expireAt?.getTime() ?? 0);
  const renewed = await instanceOf(world(), resourceId);
  await setProductState(world().platform.db, goodsId, 'WITHDRAWN');
  await advanceTo(world(), renewed.expireAt ?? '');
  expect(await state(instance)).toBe('GRACE');
  expect((await newsOf(world(), resourceId)).filter((each) => each === 'auto-renew-failed')).toHaveLength(1); // of 7 tries
  const { rows } = await sql<{ body: { zh: string; en: string } }>`
    SELECT body FROM notification.messages WHERE variant = 'N-26.refused' AND link LIKE ${`%${resourceId}`}`.execute(
    world().platform.db,
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows[0]?.body.en).toMatch(/has been withdrawn/);
  expect(rows[0]?.body.zh).toMatch(/已退市/);
  await setProductState(world().platform.db, goodsId, 'ON_SALE');
  expect((await instanceOf(world(), resourceId)).refusedTold).toContain('C29');
  const changed = await inTx(world(), (tx) =>
    setExpiryPolicy(world().platform, tx, { scope: ALL, resourceId, policy: 'AUTO' }, world().clock.now()),
  );
  expect(granted(changed).refusedTold).toBeNull();
});

describe('an automatic renewal and an order that nobody pays', () => {
  /** Renews itself; an hour later is the first attempt. */
  async function beforeItsRenewal(): Promise<Instance> {
    const bought = await subscribed(world(), { periodNumber: 2 });
    const { resourceId } = bought;
    const policy = { scope: ALL, resourceId, policy: 'AUTO' } as const;
    const instance = granted(
      await inTx(world(), (tx) => setExpiryPolicy(world().platform, tx, policy, world().clock.now())),
    );
    await advanceTo(world(), new Date((nextRenewalAt(instance)?.getTime() ?? 0) - 3_600_000));
    return instanceOf(world(), resourceId);
  }
  const anHourLater = () => advanceTo(world(), new Date(world().clock.now().getTime() + 3_600_000));
  const orderNow = async ({ orderId }: { orderId: string }) =>
    (await ordersByIds(world().platform.db, [orderId], { scope: ALL }))[0]?.state;

  it('a renewal is cancelled, and the service renewed by itself (B-63)', async () => {
    const { resourceId, expireAt } = await beforeItsRenewal();
    const forgotten = granted(await askToRenew(world(), resourceId, { periodNumber: 3 }));
    await anHourLater();
    expect(await orderNow(forgotten)).toBe('CANCELLED');
    const { rows } = await sql<{ by: string }>`
      SELECT payload ->> 'by' AS by FROM platform.events
      WHERE type = 'ordering.order-cancelled' AND aggregate = ${`order:${forgotten.orderId}`}`.execute(
      world().platform.db,
    );
    expect(rows).toEqual([{ by: 'system' }]);
    const days = ((await instanceOf(world(), resourceId)).expireAt?.getTime() ?? 0) - (expireAt?.getTime() ?? 0);
    expect(floor(days / 86_400_000)).toBeGreaterThan(27);
    expect(floor(days / 86_400_000)).toBeLessThan(32);
  });

  it('a change is left alone, and the next day is another try', async () => {
    const { resourceId, expireAt, skuCode } = await beforeItsRenewal();
    const input = { ...ordering(world()), resourceId, target: { skuCode, quantity: 20 } };
    const waiting = granted(await inTx(world(), (tx) => change(world().platform, tx, input, world().clock.now())));
    await anHourLater();
    expect(await orderNow(waiting)).toBe('PENDING_PAYMENT');
    const left = await instanceOf(world(), resourceId);
    expect(left.expireAt).toEqual(expireAt);
    expect(nextRenewalAt(left)).toEqual(new Date(world().clock.now().getTime() + 86_400_000));
  });
});

describe('a release and an order in one instant', () => {
  /** Frozen, and the end of its retention is now. */
  async function atItsEnd(): Promise<Instance> {
    const { resourceId, expireAt } = await subscribed(world());
    await advanceTo(world(), new Date((expireAt?.getTime() ?? 0) + 1.5 * 86_400_000));
    return instanceOf(world(), resourceId);
  }

  it('a renewal that is paid is never overtaken', async () => {
    const frozen = await atItsEnd();
    const order = granted(await askToRenew(world(), frozen.resourceId));
    stopAt(frozen.releaseAt);
    await payFor(world(), order); // nobody has heard of it yet
    expect(await runDue(world().platform, 10)).toBeGreaterThan(0);
    expect(await state(frozen)).toBe('FROZEN');
    expect(await nextStepAt(world().platform.db, world().clock.now())).toEqual(
      new Date((frozen.releaseAt?.getTime() ?? 0) + 60_000),
    );
    await world().simulator.drain();
    expect(await state(frozen)).toBe('ACTIVE');
    await advanceTo(world(), new Date(world().clock.now().getTime() + 3_600_000));
    expect(await state(frozen)).toBe('ACTIVE');
  });

  it('one that is not paid is cancelled with the release, and cannot be paid any more', async () => {
    const frozen = await atItsEnd();
    const order = granted(await askToRenew(world(), frozen.resourceId));
    stopAt(frozen.releaseAt);
    await runDue(world().platform, 10);
    expect(await state(frozen)).toBe('RELEASING');
    const [cancelled] = await ordersByIds(world().platform.db, [order.orderId], { scope: ALL });
    expect(cancelled?.state).toBe('CANCELLED');
    await expect(payFor(world(), order)).rejects.toThrow('ORDER_STATE');
    await world().simulator.drain();
  });

  it('at the very same time one of the two happens whole', async () => {
    for (let round = 0; round < 4; round += 1) {
      const frozen = await atItsEnd();
      const order = granted(await askToRenew(world(), frozen.resourceId));
      stopAt(frozen.releaseAt);
      const paid = payFor(world(), order).then(
        () => true,
        () => false,
      );
      const [won] = await Promise.all([paid, runDue(world().platform, 10)]);
      await advanceTo(world(), new Date(world().clock.now().getTime() + 3_600_000));
      expect(await state(frozen)).toBe(won ? 'ACTIVE' : 'RELEASED');
      const [after] = await ordersByIds(world().platform.db, [order.orderId], { scope: ALL });
      expect(after?.state).toBe(won ? 'COMPLETED' : 'CANCELLED');
    }
  });

  it('a refund that was executed is not overtaken, however late it is heard of', async () => {
    const { platform, clock } = world();
    const { resourceId, expireAt } = await subscribed(world());
    const input = { scope: ALL, resourceId, userId: 'u', reason: 'r', contactConsent: false, traceId: 't' };
    const refund = granted(await inTx(world(), (tx) => unsubscribe(platform, tx, input, clock.now())));
    stopAt(new Date((expireAt?.getTime() ?? 0) + 10 * 86_400_000)); // everything is due, nothing was heard
    while ((await runDue(platform, 10)) > 0);
    await world().simulator.drain();
    expect((await instanceOf(world(), resourceId)).state).toBe('RELEASED');
    const [order] = await ordersByIds(platform.db, [refund.unsubscribeOrderId ?? ''], { scope: ALL });
    expect(order?.state).toBe('COMPLETED');
  });

  it('a renewal that is asked for while it is released is refused', async () => {
    const frozen = await atItsEnd();
    stopAt(frozen.releaseAt);
    const [, asked] = await Promise.all([runDue(world().platform, 10), askToRenew(world(), frozen.resourceId)]);
    expect(asked).toMatchObject({ refusal: { code: 'RENEWAL_NOT_ALLOWED' } });
    await world().simulator.drain();
    expect(await state(frozen)).toBe('RELEASED');
  });
});

describe('a step that fails by our own fault', () => {
  it('holds up nobody else, leaves no half, and is tried again after a minute', async () => {
    const [bad, good] = [await subscribed(world()), await subscribed(world())];
    await advanceTo(world(), new Date((bad.expireAt?.getTime() ?? 0) - 1));
    stopAt(bad.expireAt);
    const { platform } = world();
    await sql`
      CREATE FUNCTION instances.stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stumbled'; END $$`.execute(
      platform.db,
    );
    await sql`CREATE TRIGGER stumble BEFORE UPDATE ON instances.instances FOR EACH ROW WHEN (NEW.resource_id = ${sql.lit(bad.resourceId)} AND NEW.state <> OLD.state) EXECUTE FUNCTION instances.stumble()`.execute(
      platform.db,
    );
    while ((await runDue(platform, 10)) > 0);
    expect([await state(bad), await state(good)]).toEqual(['ACTIVE', 'GRACE']);
    expect(await newsOf(world(), bad.resourceId)).not.toContain('grace-begun');
    await sql`DROP TRIGGER stumble ON instances.instances`.execute(platform.db);
    await advanceTo(world(), new Date(world().clock.now().getTime() + 60_000));
    expect(await state(bad)).toBe('GRACE');
  });
});

describe("an account's own day of deduction and of the end (B-63)", () => {
  const buyers: { buyerId: string }[] = [];
  beforeAll(async () => {
    buyers.push(...(await createBuyers(world().platform, 2)));
  });
  const after = (date: Date | null, days: number) => new Date((date?.getTime() ?? 0) + days * 86_400_000);
  const set = (buyerId: string, deductDays: number, unifyDay: number | null) =>
    inTx(world(), (tx) => {
      const settings = { scope: { kind: 'buyer' as const, buyerId, placedBy: null }, deductDays, unifyDay };
      return setRenewalSettings(world().platform, tx, settings, world().clock.now());
    });

  it('hold for what runs and for what is bought later; the end moves on to the day, and the days are paid', async () => {
    const { platform } = world();
    const buyerId = buyers[0]?.buyerId ?? '';
    const running = await subscribed(world(), { buyerId, autoRenew: true });
    expect(running.renewDays).toBe(7);
    expect(await set(buyerId, 0, null)).toMatchObject({ refusal: { code: 'VALIDATION' } });
    expect(await set(buyerId, 3, 32)).toMatchObject({ refusal: { code: 'INVALID_PERIOD' } });
    granted(await set(buyerId, 2, 20));
    const later = await subscribed(world(), { buyerId, autoRenew: true });
    const planned = (await instanceOf(world(), running.resourceId)).expireAt;
    for (const { resourceId, expireAt } of [running, later]) {
      await advanceTo(world(), after(expireAt, -2.9));
      expect((await instanceOf(world(), resourceId)).expireAt).toEqual(expireAt);
    }
    await advanceTo(world(), after(planned, -1.5));
    const renewed = await instanceOf(world(), running.resourceId);
    expect(renewed.expireAt?.getTime()).toBeGreaterThan(after(planned, 27).getTime());
    expect(renewed.expireAt?.toISOString()).toMatch(/-20T15:59:59/);
    const { rows } = await sql<{ amount: string }>`
      SELECT amount FROM instances.periods WHERE resource_id = ${running.resourceId} ORDER BY seq`.execute(platform.db);
    expect(Number(rows[1]?.amount)).toBeGreaterThan(Number(rows[0]?.amount));
  });

  it('a day that has passed begins with the next 03:00; a later one waits', async () => {
    const { clock } = world();
    const buyerId = buyers[1]?.buyerId ?? '';
    granted(await set(buyerId, 1, null));
    const { resourceId, expireAt } = await subscribed(world(), { buyerId, autoRenew: true });
    await advanceTo(world(), after(expireAt, -4));
    granted(await set(buyerId, 5, null));
    const next = nextRenewalAt(await instanceOf(world(), resourceId));
    expect(next?.getTime()).toBeGreaterThan(clock.now().getTime());
    expect(next?.getTime()).toBeLessThanOrEqual(after(clock.now(), 1).getTime());
    granted(await set(buyerId, 2, null));
    expect(nextRenewalAt(await instanceOf(world(), resourceId))).toEqual(
      after(new Date((expireAt?.getTime() ?? 0) - 20 * 3_600_000 - 59 * 60_000 - 59_000), -2),
    );
  });
});
