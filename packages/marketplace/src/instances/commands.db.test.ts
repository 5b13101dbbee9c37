/** What may be done with an instance, and every refusal with its code and rule; a refused command changes nothing. */
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
  obedient,
  onTrial,
  ordering,
  payFor,
  renewalOf,
  renewedAndPaid,
  startObedientSeller,
  subscribed,
  toldOf,
} from '../../../../tests/support/lives.ts';
import { granted } from '../../../../tests/support/resources.ts';
import { setProductState } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { type Caller, createCaller } from '../fulfilment/index.ts';
import { balanceOf } from '../ledger/index.ts';
import { placeTrial } from '../ordering/index.ts';
import type { Result } from '../platform/result.ts';
import {
  change,
  checkRenewalChange,
  convert,
  cure,
  differences,
  freezeForViolation,
  type Instance,
  optionsOf,
  periodState,
  periodsOf,
  quoteRefund,
  quoteRenewal,
  setExpiryPolicy,
  unsubscribe,
} from './index.ts';

const world = fileWorld({ openingBalance: '1000000.00' });
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startObedientSeller(world());
});
afterAll(() => seller.close());

const now = () => world().clock.now();
const no = (code: string, rule: string) => ({ ok: false, refusal: { code, message: expect.stringContaining(rule) } });
const asTx = <T>(work: Parameters<typeof inTx<T>>[1]) => inTx(world(), work);
const freeze = (resourceId: string, scope: Scope = ALL) =>
  asTx((tx) => freezeForViolation(world().platform, tx, { scope, resourceId, reason: 'spam' }, now()));
const toCure = (resourceId: string) => asTx((tx) => cure(world().platform, tx, { scope: ALL, resourceId }, now()));
const toChange = (resourceId: string, skuCode: string, quantity = 20) =>
  asTx((tx) =>
    change(world().platform, tx, { ...ordering(world()), resourceId, target: { skuCode, quantity } }, now()),
  );
const toConvert = (resourceId: string) =>
  asTx((tx) =>
    convert(world().platform, tx, { ...ordering(world()), resourceId, periodType: 'month', periodNumber: 1 }, now()),
  );
const policy = (resourceId: string, value: Instance['expiryPolicy'] = 'AUTO') =>
  asTx((tx) => setExpiryPolicy(world().platform, tx, { scope: ALL, resourceId, policy: value }, now()));
const giveBack = (resourceId: string, more: { amount?: string; kind?: 'FIVE_DAY' | 'RENEWAL' | 'NEGOTIATED' } = {}) =>
  asTx((tx) =>
    unsubscribe(
      world().platform,
      tx,
      { ...ordering(world()), resourceId, reason: 'no use', contactConsent: false, ...more },
      now(),
    ),
  );
const unchanged = async (before: Instance, attempt: Promise<Result<unknown>>) => {
  const result = await attempt;
  expect(await instanceOf(world(), before.resourceId)).toEqual(before);
  return result;
};

describe('who is asked for', () => {
  it('a foreign instance is not there (P-2)', async () => {
    const { resourceId, buyerId, sellerId, goodsId } = await subscribed(world());
    const foreign: Scope[] = [
      { kind: 'buyer', buyerId: 'another', placedBy: null },
      { kind: 'buyer', buyerId, placedBy: 'a colleague' },
      { kind: 'seller', sellerId: 'another', goodsIds: null },
      { kind: 'seller', sellerId, goodsIds: ['another'] },
    ];
    for (const scope of foreign) {
      expect(await freeze(resourceId, scope)).toMatchObject(no('NOT_FOUND', ''));
      const items = [renewalOf(resourceId)];
      expect(await quoteRenewal(world().platform, world().platform.db, { scope, items }, now())).toMatchObject(
        no('NOT_FOUND', ''),
      );
      const asked = { scope, resourceId };
      expect(await quoteRefund(world().platform, world().platform.db, asked, now())).toMatchObject(no('NOT_FOUND', ''));
    }
    expect(
      await differences(world().platform.db, {
        scope: { kind: 'seller', sellerId, goodsIds: [goodsId] },
        before: null,
        limit: 1,
      }),
    ).toEqual([]);
  });

  it('several are renewed in one order, or none is', async () => {
    const [one, other] = [await subscribed(world()), await subscribed(world())];
    const items = [renewalOf(one.resourceId), renewalOf(other.resourceId, { periodNumber: 2 })];
    const quote = granted(await quoteRenewal(world().platform, world().platform.db, { scope: ALL, items }, now()));
    expect(quote.map(({ amount }) => amount.amount)).toEqual(['120.00', '240.00']);
    const unknown = [...items, renewalOf('no such thing')];
    expect(
      await quoteRenewal(world().platform, world().platform.db, { scope: ALL, items: unknown }, now()),
    ).toMatchObject(no('NOT_FOUND', ''));
    const twice = [...items, renewalOf(one.resourceId)];
    expect(
      await quoteRenewal(world().platform, world().platform.db, { scope: ALL, items: twice }, now()),
    ).toMatchObject(no('VALIDATION', 'once'));
  });
});

describe('one order after the other', () => {
  it('an open order keeps every other away, and names itself', async () => {
    const bought = await subscribed(world());
    const { resourceId, skuCode } = bought;
    const { orderId } = granted(await askToRenew(world(), resourceId));
    expect(await unchanged(bought, askToRenew(world(), resourceId))).toMatchObject(no('RENEWAL_NOT_ALLOWED', orderId));
    expect(await unchanged(bought, toChange(resourceId, skuCode))).toMatchObject(no('CHANGE_NOT_ALLOWED', orderId));
    const options = await optionsOf(world().platform, world().platform.db, bought, now());
    expect(options).toMatchObject({ openOrderId: orderId, renew: { allowed: false, code: 'RENEWAL_NOT_ALLOWED' } });
  });

  it('of two sessions at once one wins, the other gets the rule', async () => {
    const { resourceId, skuCode } = await subscribed(world());
    const both = await Promise.all([askToRenew(world(), resourceId), toChange(resourceId, skuCode)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const lost = both.find(({ ok }) => !ok);
    expect(lost).toMatchObject({ refusal: { code: expect.stringMatching(/_NOT_ALLOWED$/) } });
  });
});

describe('a violation', () => {
  it('is frozen and cured with one call each; a second of either is refused', async () => {
    const { resourceId } = await subscribed(world());
    expect(granted(await freeze(resourceId))).toMatchObject({
      state: 'VIOLATION_FROZEN',
      violation: { reason: 'spam' },
    });
    expect(await freeze(resourceId)).toMatchObject(no('INSTANCE_STATE', 'O-14'));
    expect(await giveBack(resourceId)).toMatchObject(no('INSTANCE_STATE', 'VIOLATION_FROZEN'));
    await world().simulator.drain(); // else the unfreeze takes its place before it is made
    expect(granted(await toCure(resourceId)).state).toBe('ACTIVE');
    expect(await toCure(resourceId)).toMatchObject(no('INSTANCE_STATE', 'O-14'));
    await world().simulator.drain();
    expect(toldOf(seller, resourceId)).toEqual(['updateInstanceStatus FREEZE', 'updateInstanceStatus UNFREEZE']);
  });
});

it('a one-time purchase is not frozen: no seller could be told (saas-v2.md 6)', async () => {
  const once = await subscribed(world(), { specification: 2, periodType: null });
  expect(await unchanged(once, freeze(once.resourceId))).toMatchObject(no('INSTANCE_STATE', 'one-time'));
  await world().simulator.drain();
  expect(toldOf(seller, once.resourceId)).toEqual([]);
});

describe('refused by state', () => {
  it('nothing is done with what is released', async () => {
    const bought = await subscribed(world());
    const { resourceId, skuCode } = bought;
    await advanceTo(world(), new Date((bought.expireAt?.getTime() ?? 0) + 4 * 86_400_000));
    const gone = await instanceOf(world(), resourceId);
    expect(gone.state).toBe('RELEASED');
    expect(await unchanged(gone, freeze(resourceId))).toMatchObject(no('INSTANCE_STATE', 'RELEASED'));
    expect(await unchanged(gone, toCure(resourceId))).toMatchObject(no('INSTANCE_STATE', 'RELEASED'));
    expect(await unchanged(gone, askToRenew(world(), resourceId))).toMatchObject(no('RENEWAL_NOT_ALLOWED', 'C27'));
    expect(await unchanged(gone, toChange(resourceId, skuCode))).toMatchObject(no('CHANGE_NOT_ALLOWED', 'B-70c'));
    expect(await unchanged(gone, policy(resourceId))).toMatchObject(no('RENEWAL_NOT_ALLOWED', 'B-61'));
    expect(await unchanged(gone, giveBack(resourceId))).toMatchObject(no('INSTANCE_STATE', '7.3'));
    expect(await unchanged(gone, toConvert(resourceId))).toMatchObject(no('INSTANCE_STATE', 'B-52'));
  });

  it('a trial is converted only, and is had once', async () => {
    const trial = await onTrial(world());
    const { resourceId, skuCode, buyerId } = trial;
    expect(await unchanged(trial, askToRenew(world(), resourceId))).toMatchObject(no('RENEWAL_NOT_ALLOWED', 'B-52'));
    expect(await unchanged(trial, toChange(resourceId, skuCode))).toMatchObject(no('CHANGE_NOT_ALLOWED', 'C25'));
    expect(await unchanged(trial, policy(resourceId))).toMatchObject(no('RENEWAL_NOT_ALLOWED', 'B-61'));
    expect(await unchanged(trial, giveBack(resourceId))).toMatchObject(no('REFUND_NOT_ALLOWED', 'S7-8'));
    const again = { buyerId, userId: 'u1', skuCode, parameters: [], traceId: 't' };
    expect(await asTx((tx) => placeTrial(world().platform, tx, again, now()))).toMatchObject(no('TRIAL_USED', ''));
    const options = await optionsOf(world().platform, world().platform.db, trial, now());
    expect(
      Object.entries(options).flatMap(([name, each]) =>
        each && typeof each === 'object' && each.allowed ? [name] : [],
      ),
    ).toEqual(['convert']);
  });

  it('what is not a subscription by month or year is neither renewed nor changed', async () => {
    for (const choice of [{ specification: 2 }, { specification: 3 }, { specification: 4 }]) {
      const bought = await subscribed(world(), { ...choice, periodType: null });
      const { resourceId, skuCode } = bought;
      expect(await unchanged(bought, askToRenew(world(), resourceId))).toMatchObject(no('RENEWAL_NOT_ALLOWED', 'C27'));
      expect(await unchanged(bought, toChange(resourceId, skuCode))).toMatchObject(no('CHANGE_NOT_ALLOWED', 'C25'));
      expect(await unchanged(bought, policy(resourceId))).toMatchObject(no('RENEWAL_NOT_ALLOWED', 'B-61'));
      expect(await unchanged(bought, giveBack(resourceId))).toMatchObject(no('REFUND_NOT_ALLOWED', 'S7-8'));
    }
  });

  it('a withdrawn product is not renewed (C29), one that is not on sale not changed', async () => {
    const bought = await subscribed(world());
    const { resourceId, goodsId, skuCode } = bought;
    const { db } = world().platform;
    await setProductState(db, goodsId, 'STOPPED');
    expect(await toChange(resourceId, skuCode)).toMatchObject(no('CHANGE_NOT_ALLOWED', 'B-70b'));
    await setProductState(db, goodsId, 'WITHDRAWN');
    expect(await unchanged(bought, askToRenew(world(), resourceId))).toMatchObject(no('RENEWAL_NOT_ALLOWED', 'C29'));
    expect(await policy(resourceId)).toMatchObject(no('RENEWAL_NOT_ALLOWED', 'C29'));
    await setProductState(db, goodsId, 'ON_SALE');
  });
});

describe('a renewal with change', () => {
  const lastWeek = async () => {
    const bought = await subscribed(world(), { periodNumber: 2 });
    const target = { skuCode: bought.skuCode, quantity: 5 };
    const ask = () =>
      checkRenewalChange(world().platform, caller, { scope: ALL, resourceId: bought.resourceId, target }, now());
    return { ...bought, target, ask };
  };
  let caller: Caller;
  beforeAll(() => {
    caller = createCaller(world().platform);
  });
  afterAll(() => caller.close());

  it('is possible from 30 days before the expiry, after the seller agreed', async () => {
    const { resourceId, target, ask, expireAt } = await lastWeek();
    expect(await ask()).toMatchObject(no('CHANGE_NOT_ALLOWED', '30 days'));
    await advanceTo(world(), new Date((expireAt?.getTime() ?? 0) - 7 * 86_400_000));
    expect(await askToRenew(world(), resourceId, { target })).toMatchObject(no('CHANGE_NOT_ALLOWED', 'not asked'));
    seller.behave(() => ({ resultCode: '000100', resultMsg: '8 users are in use' }));
    expect(granted(await ask())).toMatchObject({ allowed: false });
    expect(await askToRenew(world(), resourceId, { target })).toMatchObject(
      no('CHANGE_NOT_ALLOWED', '8 users are in use'),
    );
    seller.behave(obedient);
    world().clock.moveTo(new Date(now().getTime() + 10_001)); // the seller is asked anew after ten seconds
    granted(await ask());
    await renewedAndPaid(world(), resourceId, { target });
    const asked = await instanceOf(world(), resourceId);
    expect(asked).toMatchObject({ state: 'ACTIVE', quantity: 10, pending: { at: expireAt } });
    expect(await askToRenew(world(), resourceId, { target })).toMatchObject(no('CHANGE_NOT_ALLOWED', 'B-70c'));
    const items = [renewalOf(resourceId)];
    const [next] = granted(await quoteRenewal(world().platform, world().platform.db, { scope: ALL, items }, now()));
    expect(next).toMatchObject({ quantity: 5, effectiveFrom: asked.expireAt });
    await advanceTo(world(), expireAt ?? '');
    expect(await instanceOf(world(), resourceId)).toMatchObject({ state: 'ACTIVE', quantity: 5, pending: null });
    expect(toldOf(seller, resourceId).slice(-1)).toEqual(['refreshInstance RENEWAL_CHANGE']);
  });
});

describe('a refund', () => {
  it('within 5 days gives back what was paid to open and to change it, and releases (S7-2)', async () => {
    const { resourceId, skuCode, buyerId } = await subscribed(world());
    const balance = await balanceOf(world().platform.db, buyerId, 'CNY');
    await payFor(world(), granted(await toChange(resourceId, skuCode)));
    await world().simulator.drain();
    const quote = granted(await quoteRefund(world().platform, world().platform.db, { scope: ALL, resourceId }, now()));
    expect(quote.lines.map(({ orderType }) => orderType)).toEqual(['NEW', 'CHANGE']);
    expect(await giveBack(resourceId, { amount: '1.00' })).toMatchObject(no('PRICE_CHANGED', ''));
    expect(await giveBack(resourceId, { kind: 'NEGOTIATED' })).toMatchObject(no('REFUND_NOT_ALLOWED', 'S7-1'));
    granted(await giveBack(resourceId, { amount: quote.paid.amount }));
    expect(await giveBack(resourceId)).toMatchObject(no('REFUND_NOT_ALLOWED', '7.9'));
    expect(await askToRenew(world(), resourceId)).toMatchObject(no('RENEWAL_NOT_ALLOWED', '7.9'));
    await world().simulator.drain();
    expect(await instanceOf(world(), resourceId)).toMatchObject({ state: 'RELEASED', refundId: null });
    const back = await balanceOf(world().platform.db, buyerId, 'CNY');
    expect(Number(back.amount) - Number(balance.amount)).toBeCloseTo(120, 2);
    expect(toldOf(seller, resourceId)).toEqual(['upgradeInstance', 'releaseInstance']);
    expect((await newsOf(world(), resourceId)).slice(-2)).toEqual(['release-begun', 'released']);
  });

  it('takes back a renewal first, and is over after 5 days (S7-2, S7-5)', async () => {
    const { resourceId, activatedAt } = await subscribed(world());
    await renewedAndPaid(world(), resourceId);
    expect(await giveBack(resourceId, { kind: 'FIVE_DAY' })).toMatchObject(no('REFUND_NOT_ALLOWED', 'first'));
    granted(await giveBack(resourceId, { kind: 'RENEWAL' }));
    await world().simulator.drain();
    expect(await giveBack(resourceId, { kind: 'RENEWAL' })).toMatchObject(no('REFUND_NOT_ALLOWED', 'S7-8'));
    await advanceTo(world(), new Date((activatedAt?.getTime() ?? 0) + 5 * 86_400_000));
    expect(await giveBack(resourceId)).toMatchObject(no('REFUND_NOT_ALLOWED', 'S7-2'));
  });

  it('leaves no time in effect (B-66)', async () => {
    const { resourceId } = await subscribed(world());
    const states = async () =>
      (await periodsOf(world().platform.db, [resourceId])).map((one) => periodState(one, now()));
    expect(await states()).toEqual(['IN_EFFECT']);
    granted(await giveBack(resourceId, { kind: 'FIVE_DAY' }));
    await world().simulator.drain();
    expect(await states()).toEqual(['REVOKED']);
  });

  it('cancels unpaid orders of the instance', async () => {
    const { resourceId } = await subscribed(world());
    const { orderId } = granted(await askToRenew(world(), resourceId));
    granted(await giveBack(resourceId, { kind: 'FIVE_DAY' }));
    await world().simulator.drain();
    await expect(payFor(world(), { orderId })).rejects.toThrow('ORDER_STATE');
  });

  it('of a large amount waits a day; meanwhile nothing else is ordered (S7-9)', async () => {
    const { resourceId } = await subscribed(world(), { quantity: 500, periodNumber: 10 });
    expect(granted(await giveBack(resourceId))).toMatchObject({ state: 'LARGE_REVIEW' });
    expect(await askToRenew(world(), resourceId)).toMatchObject(no('RENEWAL_NOT_ALLOWED', '7.9'));
    await advanceTo(world(), new Date(now().getTime() + 25 * 3_600_000));
    expect((await instanceOf(world(), resourceId)).state).toBe('RELEASED');
  });
});
