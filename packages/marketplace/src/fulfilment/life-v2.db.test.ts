/** A running subscription at a V2.0 seller: each activity is called in its form, repeated as long as its policy says, and followed by what its table says (saas-v2.md 5.3–5.7, 9). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { type Behaviour, type FakeSeller, prompt, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { lineState, newsOf, orderAbout, toldBy } from '../../../../tests/support/told.ts';
import { setProductionUrl } from '../catalog/index.ts';
import { inTransaction } from '../platform/database/database.ts';
import { dispatchOnce } from '../platform/events.ts';
import { buyFromDemo } from '../testing/index.ts';
import { attemptsOf, closeCall, listCalls, restart, restartMany, stopCall } from './index.ts';

const MINUTE = 60_000;
const ALL = { kind: 'all' } as const;
const DONE = { resultCode: '000000', resultMsg: 'success.' };
const refusing = () => ({ resultCode: '000005', resultMsg: 'broken' });
// Shorter windows than the published ones, which policy.test.ts plays: an hour of refusals is 61 calls.
const windowMs = 5 * MINUTE;
const upkeep = { windowMs, intervalMs: MINUTE };
const world = fileWorld({
  config: {
    retryPolicies: { 'saas-v2': { refreshInstance: upkeep, updateInstanceStatus: upkeep, releaseInstance: upkeep } },
  },
});
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startFakeSeller();
  await setProductionUrl(world().platform.db, world().demo.goodsId, seller.url);
});
afterAll(async () => {
  await seller.close();
});

const keeping: Behaviour = (call, response) =>
  call.activity === 'newInstance' || call.activity === 'queryInstance' ? prompt(call, response) : DONE;
async function subscription() {
  seller.behave(keeping);
  const order = await buyFromDemo(world());
  await world().simulator.drain();
  const instanceId = `inst-${order.lines[0]?.orderLineId}`;
  return { order, instanceId, ...newsOf(world(), order, instanceId) };
}
const drain = () => world().simulator.drain();
const advance = (ms: number) => world().simulator.advanceTo(new Date(world().clock.now().getTime() + ms));
const callsOf = async (resourceId: string, activity: string) =>
  (await listCalls(world().platform.db, { scope: ALL, resourceId, activity, before: null, limit: 50 })).toReversed();
/** in the order of their occasions */
const statesOf = async (resourceId: string, activity: string) =>
  (await callsOf(resourceId, activity))
    .toSorted((a, b) => (a.occasion < b.occasion ? -1 : 1))
    .map((call) => call.state);
const lastBody = () => seller.received.at(-1)?.body;
const byHand = (callId: string) => ({ callId, scope: ALL, by: 'chen', reason: 'done on the telephone' });
const now = () => world().clock.now();

const renewal = (line: { orderId: string; orderLineId: string }, more: object = {}) => ({
  ...line,
  occasion: `line:${line.orderLineId}`,
  call: {
    scene: 'RENEWAL',
    productId: null,
    skuCode: 'sku',
    quantity: 10,
    expireTime: '2028-01-05T15:59:59.000Z',
    periodType: 'year',
    periodNumber: 1,
    orderAmount: '1200.00',
    ...more,
  },
});
const status = (n: number, reason: string, call?: boolean) => ({
  occasion: `status:${n}`,
  reason,
  ...(call === undefined ? {} : { call }),
});

describe('a new end', () => {
  it.each(['TRIAL_TO_FORMAL', 'RENEWAL', 'RENEWAL_CHANGE', 'UNSUBSCRIBE_RENEWAL_PERIOD'])(
    'of scene %s is told by refreshInstance; the line is fulfilled with it',
    async (scene) => {
      const { order, instanceId, resourceId, tell } = await subscription();
      const line = await orderAbout(world(), order, 'RENEW');
      await tell('period-changed', renewal(line, { scene, productId: 'OFFI000000000000000001' }));
      await drain();
      expect(lastBody()).toEqual({
        activity: 'refreshInstance',
        ...line,
        instanceId,
        scene,
        productId: 'OFFI000000000000000001',
        expireTime: '20280105155959',
      });
      expect(await lineState(world(), line.orderLineId)).toBe('FULFILLED');
      expect(await toldBy(world(), 'fulfilment.call-done', resourceId)).toMatchObject([
        {
          activity: 'refreshInstance',
          occasion: `line:${line.orderLineId}`,
          ...line,
          instanceId,
          resultCode: '000000',
        },
      ]);
    },
  );

  it('says productId only when the period type changed, and is told once however often the news come', async () => {
    const { order, resourceId, tell } = await subscription();
    const line = await orderAbout(world(), order, 'RENEW');
    await tell('period-changed', renewal(line));
    await tell('period-changed', renewal(line));
    await drain();
    expect(await callsOf(resourceId, 'refreshInstance')).toHaveLength(1);
    expect(lastBody()).not.toHaveProperty('productId');
  });

  it('that the seller refuses is told for its whole window; then the renewal holds and the call waits for a person', async () => {
    const { order, resourceId, tell } = await subscription();
    const line = await orderAbout(world(), order, 'RENEW');
    seller.behave(refusing);
    await tell('period-changed', renewal(line));
    await advance(windowMs - 1);
    expect(await lineState(world(), line.orderLineId)).toBe('CALLING');
    await advance(2 * MINUTE);
    const [call] = await callsOf(resourceId, 'refreshInstance');
    expect(call).toMatchObject({ state: 'STOPPED', attempts: 6 });
    expect(await lineState(world(), line.orderLineId)).toBe('FULFILLED');
    const stopped = await toldBy(world(), 'fulfilment.call-stopped', resourceId);
    expect(stopped).toMatchObject([{ activity: 'refreshInstance', resultCode: '000005', diagnosis: 'result.refused' }]);
    const failed = await toldBy(world(), 'fulfilment.attempt-failed', resourceId);
    expect(failed).toHaveLength(6);
    expect(failed[0]).toMatchObject({ attempt: 1, nextAt: expect.stringMatching(/Z$/), resultCode: '000005' });
    expect(failed[5]).toMatchObject({ attempt: 6, nextAt: null });

    // A restart after the window is one attempt, and what followed from the stop does not follow again.
    const press = () =>
      inTransaction(world().platform.db, (tx) =>
        restart(world().platform, tx, { callId: call?.id ?? '', scope: ALL, by: 'chen' }, now()),
      );
    expect(await press()).toMatchObject({ ok: true });
    await advance(5 * MINUTE);
    expect((await callsOf(resourceId, 'refreshInstance'))[0]).toMatchObject({ state: 'STOPPED', attempts: 7 });
    expect(await toldBy(world(), 'fulfilment.call-stopped', resourceId)).toHaveLength(1);
    seller.behave(keeping);
    await press();
    await drain();
    expect(await statesOf(resourceId, 'refreshInstance')).toEqual(['SUCCEEDED']);
    expect(await toldBy(world(), 'fulfilment.call-done', resourceId)).toHaveLength(1);
  });

  it('that succeeds makes an older one that was given up needless (S-29)', async () => {
    const { order, resourceId, tell } = await subscription();
    const [first, second] = [await orderAbout(world(), order, 'RENEW'), await orderAbout(world(), order, 'RENEW')];
    seller.behave(refusing);
    await tell('period-changed', renewal(first));
    await advance(windowMs + 2 * MINUTE);
    seller.behave(keeping);
    await tell('period-changed', renewal(second));
    await drain();
    expect(await statesOf(resourceId, 'refreshInstance')).toEqual(['RESOLVED', 'SUCCEEDED']);
  });
});

describe('a change', () => {
  const change = (line: { orderId: string; orderLineId: string }) => ({
    ...line,
    occasion: `line:${line.orderLineId}`,
    call: { skuCode: 'sku', productId: 'OFFI000000000000000002', quantity: 20, linearCode: 'amount' },
  });

  it('is told by upgradeInstance, which names the new order only', async () => {
    const { order, instanceId, resourceId, tell } = await subscription();
    const line = await orderAbout(world(), order, 'CHANGE');
    await tell('change-ordered', change(line));
    await drain();
    expect(lastBody()).toEqual({ activity: 'upgradeInstance', ...line, instanceId });
    expect(await lineState(world(), line.orderLineId)).toBe('FULFILLED');
    expect(await toldBy(world(), 'fulfilment.call-done', resourceId)).toMatchObject([{ activity: 'upgradeInstance' }]);
  });

  it('that fails for three hours, four times, fails its line', async () => {
    const { order, resourceId, tell } = await subscription();
    const line = await orderAbout(world(), order, 'CHANGE');
    seller.behave(refusing);
    await tell('change-ordered', change(line));
    await advance(181 * MINUTE);
    const [call] = await callsOf(resourceId, 'upgradeInstance');
    expect(call?.attempts).toBe(4);
    expect(await toldBy(world(), 'fulfilment.line-failed', resourceId)).toMatchObject([
      { ...line, activity: 'upgradeInstance', sellerId: call?.seller_id, goodsId: call?.goods_id },
    ]);
    expect(await toldBy(world(), 'fulfilment.call-stopped', resourceId)).toEqual([]);
  });
});

describe('freezing', () => {
  it('and unfreezing are told in their order; who was told before is not told again', async () => {
    const { instanceId, resourceId, tell } = await subscription();
    await tell('frozen', status(1, 'EXPIRED', true));
    await drain(); // else the unfreeze takes its place before it is made
    await tell('unfrozen', status(2, 'RENEWED'));
    await tell('frozen', status(3, 'VIOLATION', false));
    await drain();
    expect(seller.received.slice(-2).map((call) => call.body)).toEqual([
      { activity: 'updateInstanceStatus', instanceId, status: 'FREEZE' },
      { activity: 'updateInstanceStatus', instanceId, status: 'UNFREEZE' },
    ]);
    expect(await statesOf(resourceId, 'updateInstanceStatus')).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    await tell('frozen', status(4, 'VIOLATION', true));
    await drain();
    expect(lastBody()).toEqual({ activity: 'updateInstanceStatus', instanceId, status: 'FREEZE' });
  });

  it('that fails is stopped after its window, and superseded by the unfreeze', async () => {
    const { resourceId, tell } = await subscription();
    seller.behave(refusing);
    await tell('frozen', status(1, 'EXPIRED', true));
    await advance(windowMs + 2 * MINUTE);
    expect(await statesOf(resourceId, 'updateInstanceStatus')).toEqual(['STOPPED']);
    expect(await toldBy(world(), 'fulfilment.call-stopped', resourceId)).toMatchObject([{ occasion: 'status:1' }]);
    await tell('unfrozen', status(2, 'RENEWED'));
    await drain();
    expect(await statesOf(resourceId, 'updateInstanceStatus')).toEqual(['RESOLVED', 'DUE']);
    seller.behave(keeping);
    await advance(2 * MINUTE);
    expect(await statesOf(resourceId, 'updateInstanceStatus')).toEqual(['RESOLVED', 'SUCCEEDED']);
  });

  it('that is under way when the unfreeze is ordered is not repeated after it', async () => {
    const { resourceId, tell } = await subscription();
    await tell('frozen', status(1, 'EXPIRED', true));
    seller.behave(async () => {
      await tell('unfrozen', status(2, 'RENEWED'));
      seller.behave(keeping);
      const events = world().platform.events.subscriptions.filter((each) => each.name === 'fulfilment:call-sellers');
      for (const subscription of events) await dispatchOnce(world().platform, subscription, now());
      return refusing();
    });
    await drain();
    expect(await statesOf(resourceId, 'updateInstanceStatus')).toEqual(['RESOLVED', 'SUCCEEDED']);
    expect(lastBody()).toMatchObject({ status: 'UNFREEZE' });
  });
});

describe('a release', () => {
  const release = (line: { orderId: string; orderLineId: string } | null) => ({
    occasion: 'release',
    cause: line ? 'UNSUBSCRIBED' : 'EXPIRED',
    orderId: line?.orderId ?? null,
    orderLineId: line?.orderLineId ?? null,
    amountPaid: '1200.00',
  });

  it('after expiry names no order; everything else that is open of the resource needs nobody any more', async () => {
    const { instanceId, resourceId, tell } = await subscription();
    seller.behave(refusing);
    await tell('frozen', status(1, 'EXPIRED', true));
    await advance(windowMs + 2 * MINUTE);
    seller.behave(keeping);
    await tell('release-begun', release(null));
    await drain();
    expect(lastBody()).toEqual({ activity: 'releaseInstance', instanceId });
    expect(await statesOf(resourceId, 'updateInstanceStatus')).toEqual(['RESOLVED']);
    expect(await toldBy(world(), 'fulfilment.call-done', resourceId)).toMatchObject([{ occasion: 'release' }]);
  });

  it('after an unsubscription names its order, whose line is fulfilled, also when the call is given up', async () => {
    const first = await subscription();
    const line = await orderAbout(world(), first.order, 'UNSUBSCRIBE');
    await first.tell('release-begun', release(line));
    await drain();
    expect(lastBody()).toEqual({ activity: 'releaseInstance', instanceId: first.instanceId, ...line });
    expect(await lineState(world(), line.orderLineId)).toBe('FULFILLED');

    const second = await subscription();
    const other = await orderAbout(world(), second.order, 'UNSUBSCRIBE');
    seller.behave(refusing);
    await second.tell('release-begun', release(other));
    await advance(windowMs + 2 * MINUTE);
    expect(await statesOf(second.resourceId, 'releaseInstance')).toEqual(['STOPPED']);
    expect(await lineState(world(), other.orderLineId)).toBe('FULFILLED');
  });
});

describe('by hand', () => {
  const act = <T>(work: (tx: Parameters<Parameters<typeof inTransaction>[1]>[0]) => Promise<T>) =>
    inTransaction(world().platform.db, work);
  async function failing() {
    const found = await subscription();
    const line = await orderAbout(world(), found.order, 'RENEW');
    seller.behave(refusing);
    await found.tell('period-changed', renewal(line));
    await drain();
    const [call] = await callsOf(found.resourceId, 'refreshInstance');
    if (!call) throw new Error('no call');
    return { ...found, line, call };
  }

  it('a call that was done otherwise is closed with a name and a reason, and followed by what follows a success', async () => {
    const { call, line, resourceId } = await failing();
    const closed = await act((tx) => closeCall(world().platform, tx, byHand(call.id), now()));
    expect(closed).toMatchObject({
      ok: true,
      value: { state: 'RESOLVED', ended_by: 'chen', end_reason: 'done on the telephone' },
    });
    expect(await lineState(world(), line.orderLineId)).toBe('FULFILLED');
    expect(await toldBy(world(), 'fulfilment.call-done', resourceId)).toHaveLength(1);
    const before = seller.received.length;
    await advance(5 * MINUTE);
    expect(seller.received).toHaveLength(before);
    const again = await act((tx) => closeCall(world().platform, tx, byHand(call.id), now()));
    expect(again).toMatchObject({ refusal: { code: 'CALL_CLOSED' } });
  });

  it('the repeats are stopped: what follows is what follows the window; a restart goes on', async () => {
    const { call, line, resourceId } = await failing();
    const stopped = await act((tx) => stopCall(world().platform, tx, byHand(call.id), now()));
    expect(stopped).toMatchObject({ ok: true, value: { state: 'STOPPED' } });
    expect(await lineState(world(), line.orderLineId)).toBe('FULFILLED');
    expect(await toldBy(world(), 'fulfilment.call-stopped', resourceId)).toHaveLength(1);
    expect(await act((tx) => stopCall(world().platform, tx, byHand(call.id), now()))).toMatchObject({
      refusal: { code: 'CALL_STATE' },
    });
    seller.behave(keeping);
    await act((tx) => restart(world().platform, tx, { callId: call.id, scope: ALL, by: 'wang' }, now()));
    await drain();
    const attempts = await attemptsOf(world().platform.db, call.id);
    expect(attempts.map((each) => [each.actor, each.outcome])).toEqual([
      ['system', 'failed'],
      ['wang', 'ok'],
    ]);
  });

  it('a creation can be stopped, which refunds its line, and not be closed: nobody would know its instanceId', async () => {
    seller.behave(refusing);
    const order = await buyFromDemo(world());
    await drain();
    const resourceId = order.lines[0]?.orderLineId ?? '';
    const [call] = await callsOf(resourceId, 'newInstance');
    const closed = await act((tx) => closeCall(world().platform, tx, byHand(call?.id ?? ''), now()));
    expect(closed).toMatchObject({ refusal: { code: 'CALL_NEEDS_ANSWER' } });
    await act((tx) => stopCall(world().platform, tx, byHand(call?.id ?? ''), now()));
    await drain();
    expect(await lineState(world(), resourceId)).toBe('REFUNDED');
  });

  it('many are restarted at once; those that cannot be say why', async () => {
    const [one, two] = [await failing(), await failing()];
    const done = await subscription();
    const [create] = await callsOf(done.resourceId, 'newInstance');
    const callIds = [one.call.id, two.call.id, create?.id ?? '', '00000000-0000-4000-8000-000000000000'];
    const result = await act((tx) => restartMany(world().platform, tx, { callIds, scope: ALL, by: 'chen' }, now()));
    expect(result.restarted.map((call) => call.id).toSorted()).toEqual([one.call.id, two.call.id].toSorted());
    expect(result.refused.map(({ code }) => code)).toEqual(['CALL_DONE', 'NOT_FOUND']);
    await drain();
    expect(await statesOf(one.resourceId, 'refreshInstance')).toEqual(['SUCCEEDED']);
  });
});
