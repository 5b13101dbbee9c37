/** Twice a day saved cases are replayed; five failing days freeze trading; the operator releases; failed orders are counted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { type FakeSeller, prompt, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { productById, setProductionUrl, setProductState } from '../catalog/index.ts';
import { inTransaction, sql, type Tx } from '../platform/database/database.ts';
import { buyFromDemo } from '../testing/index.ts';
import { freezeByHand, probeBoard, probeNow, release, startDebugging } from './index.ts';

const ALL = { kind: 'all' } as const;
const DAY = 86_400_000;
const good = () => ({ resultCode: '000000', resultMsg: 'success.' });
const broken = () => ({ resultCode: '000002', resultMsg: 'broken' });
// 10:00 in Beijing
const world = fileWorld({ start: new Date('2026-01-05T02:00:00Z') });
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startFakeSeller(good);
  await setProductionUrl(world().platform.db, world().demo.goodsId, seller.url);
  for (const instanceId of ['i-1', 'i-2']) {
    const wanted = {
      scope: ALL,
      goodsId: world().demo.goodsId,
      activity: 'releaseInstance',
      parameters: { instanceId },
      target: null,
    };
    await inTx((tx) => startDebugging(world().platform, tx, { ...wanted, save: true, actor: 'chen' }, now()));
  }
  await world().simulator.drain();
});
afterAll(() => seller.close());

const now = () => world().clock.now();
const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(world().platform.db, work);
const until = (iso: string) => world().simulator.advanceTo(new Date(iso));
const board = async () => {
  const [probed] = await probeBoard(world().platform.db, { scope: ALL, before: null, limit: 10, details: true }, now());
  if (!probed) throw new Error('nothing is probed');
  return probed;
};
const state = async () => {
  const product = await productById(world().platform.db, world().demo.goodsId);
  return [product?.state, product?.visibility];
};
const told = async (type: string) => {
  const { rows } = await sql<{
    payload: Record<string, unknown>;
    aggregate: string;
  }>`SELECT payload, aggregate FROM platform.events WHERE type = ${type} ORDER BY event_id`.execute(
    world().platform.db,
  );
  return rows;
};
const sanction = { actor: 'zhao', reason: 'a reason' };

describe('probes', () => {
  it('replay each case at 15:00 and 09:00 of the site, as tests', async () => {
    const before = seller.received.length;
    await until('2026-01-06T02:00:00Z');
    const calls = seller.received
      .slice(before)
      .map((call) => [call.activity, call.body.instanceId, call.body.testFlag]);
    expect(calls.toSorted()).toEqual([
      ['releaseInstance', 'i-1', '1'],
      ['releaseInstance', 'i-1', '1'],
      ['releaseInstance', 'i-2', '1'],
      ['releaseInstance', 'i-2', '1'],
    ]);
    const { rounds, failingDays } = await board();
    expect(rounds.map((round) => [round.day, round.slot, round.passed, round.startedAt.toISOString()])).toEqual([
      ['2026-01-06', 'MORNING', true, '2026-01-06T01:00:00.000Z'],
      ['2026-01-05', 'AFTERNOON', true, '2026-01-05T07:00:00.000Z'],
    ]);
    expect(failingDays).toBe(0);
  });

  it('a failing probe is told once an interface, with the day', async () => {
    seller.behave((call) => (call.body.instanceId === 'i-2' ? broken() : good()));
    await until('2026-01-06T08:00:00Z');
    expect(await told('debugging.probe-failed')).toMatchObject([
      {
        aggregate: `product:${world().demo.goodsId}`,
        payload: {
          sellerId: world().demo.sellerId,
          activity: 'releaseInstance',
          day: 1,
          summary: { en: expect.stringContaining('000002') },
        },
      },
    ]);
    expect((await board()).failingDays).toBe(1);
  });

  it('a round by hand that passes makes the day good, and tells nobody', async () => {
    seller.behave(good);
    const run = () =>
      inTx((tx) => probeNow(world().platform, tx, { goodsId: world().demo.goodsId, scope: ALL, actor: 'chen' }, now()));
    expect([await run(), await run()]).toMatchObject([{ ok: true }, { ok: true }]);
    await world().simulator.drain();
    const { rounds, failingDays } = await board();
    expect(rounds.filter((round) => round.slot === 'MANUAL')).toMatchObject([{ day: '2026-01-06', passed: true }]);
    expect(failingDays).toBe(0);
    expect(await told('debugging.probe-failed')).toHaveLength(1);
  });

  it('rest while the product is not on sale', async () => {
    const before = (await board()).rounds.length;
    await inTx((tx) => setProductState(tx, world().demo.goodsId, 'STOPPED'));
    await until('2026-01-08T08:00:00Z');
    expect((await board()).rounds).toHaveLength(before);
    await inTx((tx) => setProductState(tx, world().demo.goodsId, 'ON_SALE'));
  });

  it('five failing days freeze trading in the afternoon of the fifth; nobody is probed then', async () => {
    seller.behave(broken);
    await until('2026-01-13T02:00:00Z');
    expect([await state(), (await board()).failingDays]).toEqual([['ON_SALE', 'PUBLIC'], 5]);
    await until('2026-01-13T07:00:00Z');
    expect(await state()).toEqual(['TRADE_FROZEN', 'HIDDEN']);
    expect(await told('debugging.trading-frozen')).toMatchObject([
      {
        payload: {
          goodsId: world().demo.goodsId,
          sellerId: world().demo.sellerId,
          productName: { en: 'Acme Workspace' },
        },
      },
    ]);
    const before = (await board()).rounds.length;
    await until('2026-01-14T08:00:00Z');
    expect((await board()).rounds).toHaveLength(before);
  });

  it('the operator releases it after repair: on sale, shown, counted anew', async () => {
    const release_ = () =>
      inTx((tx) => release(world().platform, tx, { ...sanction, goodsId: world().demo.goodsId }, now()));
    expect(await release_()).toMatchObject({ ok: true });
    expect([await state(), (await board()).failingDays]).toEqual([['ON_SALE', 'PUBLIC'], 0]);
    expect(await release_()).toMatchObject({ refusal: { code: 'PRODUCT_STATE' } });
    await until('2026-01-15T08:00:00Z');
    expect([await state(), (await board()).failingDays]).toEqual([['ON_SALE', 'PUBLIC'], 1]);
  });

  it('the operator freezes by hand, with a reason that is kept', async () => {
    const freeze = () =>
      inTx((tx) => freezeByHand(world().platform, tx, { ...sanction, goodsId: world().demo.goodsId }, now()));
    expect([await freeze(), await freeze()]).toMatchObject([{ ok: true }, { refusal: { code: 'PRODUCT_STATE' } }]);
    expect(await state()).toEqual(['TRADE_FROZEN', 'HIDDEN']);
    expect((await board()).sanctions[0]).toMatchObject({ kind: 'FREEZE', actor: 'zhao', reason: 'a reason' });
    await inTx((tx) => release(world().platform, tx, { ...sanction, goodsId: world().demo.goodsId }, now()));
  });
});

describe('failed orders', () => {
  it('more than five in a month flag the product, once', async () => {
    seller.behave((call, response) =>
      call.body.testFlag === '1' ? good() : call.activity === 'newInstance' ? broken() : prompt(call, response),
    );
    const buy = async (count: number) => {
      for (let made = 0; made < count; made += 1) await buyFromDemo(world());
      await world().simulator.advanceTo(new Date(now().getTime() + DAY / 4));
    };
    await buy(5);
    expect(await board()).toMatchObject({ failedOrders: { ofProduct: 5, ofSeller: 5 }, flagged: false });
    await buy(2);
    expect(await board()).toMatchObject({ failedOrders: { ofProduct: 7 }, flagged: true });
    expect(await told('debugging.seller-flagged')).toMatchObject([
      {
        payload: { goodsId: world().demo.goodsId, sellerId: world().demo.sellerId, month: '2026-01', failedOrders: 6 },
      },
    ]);
    const { rows } = await sql`
      SELECT u.login_name, m.variant FROM notification.messages m JOIN directory.users u USING (user_id)
      WHERE m.variant LIKE 'N-14.flagged%' ORDER BY m.variant`.execute(world().platform.db);
    expect(rows).toEqual([
      { login_name: 'seller', variant: 'N-14.flagged' },
      { login_name: 'operator', variant: 'N-14.flagged-to-operators' },
    ]);
  });
});
