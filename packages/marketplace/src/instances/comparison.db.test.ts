/** Every day the seller is asked for its instances; where it disagrees a difference stands until it agrees again. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { type FakeSeller, ready } from '../../../../tests/support/fake-seller.ts';
import {
  ALL,
  advanceTo,
  DAY_MS,
  instanceOf,
  inTx,
  obedient,
  ordering,
  startObedientSeller,
  subscribed,
} from '../../../../tests/support/lives.ts';
import { granted } from '../../../../tests/support/resources.ts';
import { sql } from '../platform/database/database.ts';
import { differences, runComparisons, startComparison, unsubscribe } from './index.ts';

const world = fileWorld({ openingBalance: '1000000.00', config: { comparisonHours: 24 } });
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startObedientSeller(world());
});
afterAll(() => seller.close());

const found = async () =>
  (await differences(world().platform.db, { scope: ALL, before: null, limit: 10 })).map(
    ({ kind, instanceId }) => `${kind} ${instanceId}`,
  );
/** Answers queryInstance with what the test has for each id. */
const answers = (known: (id: string) => object[]) =>
  seller.behave((call, response) =>
    call.activity === 'queryInstance'
      ? { resultCode: '000000', resultMsg: 'success.', info: String(call.body.instanceId).split(',').flatMap(known) }
      : obedient(call, response),
  );
const infoOf = (id: string, more: object = {}) => ready(id, more).info;
const compareNow = async () => {
  await inTx(world(), (tx) =>
    startComparison(world().platform, tx, { scope: ALL, goodsId: world().demo.goodsId }, world().clock.now()),
  );
  await world().simulator.drain();
};

it('tells what is missing, moved, or still there, and what to do about it; once they agree it is gone', async () => {
  const [one, other, third] = [await subscribed(world()), await subscribed(world()), await subscribed(world())];
  const [a, b, c] = [one.instanceId ?? '', other.instanceId ?? '', third.instanceId ?? ''];
  await inTx(world(), (tx) =>
    unsubscribe(
      world().platform,
      tx,
      { ...ordering(world()), resourceId: third.resourceId, reason: 'no', contactConsent: false },
      world().clock.now(),
    ),
  );
  await world().simulator.drain();
  expect((await instanceOf(world(), third.resourceId)).state).toBe('RELEASED');

  answers((id) => (id === c ? [] : infoOf(id)));
  await advanceTo(world(), new Date(world().clock.now().getTime() + DAY_MS));
  expect(seller.received.at(-1)?.body.instanceId).toBe([a, b, c].toSorted().join(','));
  expect(await found()).toEqual([]);

  answers((id) => (id === a ? [] : infoOf(id, id === b ? { frontEndUrl: 'https://moved.example/' } : {})));
  await advanceTo(world(), new Date(world().clock.now().getTime() + DAY_MS));
  expect((await found()).toSorted()).toEqual([
    `ADDRESS_CHANGED ${b}`,
    `MISSING_AT_SELLER ${a}`,
    `STILL_AT_SELLER ${c}`,
  ]);
  const [first] = await differences(world().platform.db, {
    scope: ALL,
    kind: 'ADDRESS_CHANGED',
    before: null,
    limit: 1,
  });
  expect(first).toMatchObject({
    ours: `https://app.example.com/t/${b}`,
    theirs: 'https://moved.example/',
    resourceId: other.resourceId,
  });
  expect(first?.remedy.zh).toContain('资源详情');
  const since = first?.since;

  seller.behave(() => ({ resultCode: '000005', resultMsg: 'down' })); // no answer tells nothing
  await compareNow();
  expect(await found()).toHaveLength(3);

  answers((id) => (id === b ? infoOf(id, { frontEndUrl: 'https://moved.example/' }) : id === a ? infoOf(id) : []));
  world().clock.moveTo(new Date(world().clock.now().getTime() + 3_600_000));
  await compareNow();
  const left = await differences(world().platform.db, { scope: ALL, before: null, limit: 10 });
  expect(left).toMatchObject([{ kind: 'ADDRESS_CHANGED', since }]);
  expect(left[0]?.lastSeenAt.getTime()).toBeGreaterThan(since?.getTime() ?? 0);
});

it('is started by hand by those who may see the product', async () => {
  const { goodsId, sellerId, buyerId } = world().demo;
  const start = (scope: Parameters<typeof startComparison>[2]['scope'], product = goodsId) =>
    inTx(world(), (tx) => startComparison(world().platform, tx, { scope, goodsId: product }, world().clock.now()));
  granted(await start({ kind: 'seller', sellerId, goodsIds: [goodsId] }));
  for (const scope of [
    { kind: 'seller', sellerId: 'another', goodsIds: null },
    { kind: 'seller', sellerId, goodsIds: [] },
    { kind: 'buyer', buyerId, placedBy: null },
  ] as const)
    expect(await start(scope)).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
  expect(await start(ALL, 'no product')).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
});

it('asks for a large product in portions, one run after the other, and for each instance once', async () => {
  const { platform, clock, demo } = world();
  seller.behave(obedient);
  const { resourceId } = await subscribed(world());
  await sql`
    INSERT INTO instances.instances
    SELECT copy.* FROM instances.instances i, generate_series(1, 2500) AS n,
      jsonb_populate_record(i, jsonb_build_object('resource_id', 'ZZ' || lpad(n::text, 6, '0'), 'instance_id', 'many-' || n, 'next_at', NULL)) AS copy
    WHERE i.resource_id = ${resourceId}`.execute(platform.db);
  const asked = async () => {
    const { rows } = await sql<{ ids: string[] }>`
      SELECT array(SELECT jsonb_array_elements_text(details -> 'instanceIds')) AS ids FROM fulfilment.seller_calls
      WHERE activity = 'queryInstance' AND occasion LIKE 'compare:%' AND created_at >= ${clock.now()}`.execute(
      platform.db,
    );
    return rows.map((row) => row.ids);
  };
  clock.moveTo(new Date(clock.now().getTime() + 3_600_000));
  await inTx(world(), (tx) => startComparison(platform, tx, { scope: ALL, goodsId: demo.goodsId }, clock.now()));
  expect(await runComparisons(platform)).toBe(1);
  expect((await asked()).flat()).toHaveLength(2_000);
  // asked again by hand meanwhile: goes on, and does not begin anew
  await inTx(world(), (tx) => startComparison(platform, tx, { scope: ALL, goodsId: demo.goodsId }, clock.now()));
  expect(await runComparisons(platform)).toBe(1);
  expect(await runComparisons(platform)).toBe(0);
  const calls = await asked();
  expect(calls.every((ids) => ids.length <= 100)).toBe(true);
  const ids = calls.flat();
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => id.startsWith('many-'))).toHaveLength(2_500);
});
