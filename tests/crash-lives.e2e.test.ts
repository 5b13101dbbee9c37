/**
 * Real processes are killed with -9 while subscriptions are renewed, given back, frozen, unfrozen and released. The
 * subscriptions were bought on a virtual clock weeks ago, on the same database: when the processes start, freezes,
 * releases and automatic renewals are overdue, as after days in which nobody worked. Another seed: JISHI_CRASH_SEED=n.
 */
import { beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { contentOf } from '../packages/marketplace/src/catalog/index.ts';
import { setBuyerLevel } from '../packages/marketplace/src/directory/index.ts';
import {
  cure,
  freezeForViolation,
  type Instance,
  setExpiryPolicy,
} from '../packages/marketplace/src/instances/index.ts';
import { balanceOf, trialBalance } from '../packages/marketplace/src/ledger/index.ts';
import { sql } from '../packages/marketplace/src/platform/database/database.ts';
import { createPlatform } from '../packages/marketplace/src/runtime.ts';
import { createDice } from '../packages/marketplace/src/testing/dice.ts';
import { createBuyers, createWorld, testConfig, type World } from '../packages/marketplace/src/testing/index.ts';
import { nothingWaits } from '../packages/marketplace/src/testing/invariants/leftovers.ts';
import { brokenInvariants } from '../packages/marketplace/src/testing/invariants.ts';
import { TEST_KEYS } from '../packages/marketplace/src/testing/world.ts';
import { emptyDatabase, freePort } from './support/empty-database.ts';
import { startFleet } from './support/fleet.ts';
import { ensureBuilt } from './support/jishi.ts';
import { type KeepingSeller, startKeepingSeller } from './support/keeping-seller.ts';
import { ALL, DAY_MS, instanceOf, inTx, subscribed } from './support/lives.ts';
import { type PatientClient, patientClient } from './support/patient-client.ts';
import { granted } from './support/resources.ts';
import { until } from './support/until.ts';

const EACH = Number(process.env.JISHI_CRASH_LIVES ?? 6);
const ROUNDS = Number(process.env.JISHI_CRASH_ROUNDS ?? 6);
const SEED = process.env.JISHI_CRASH_SEED ?? '1';
/** 10 users by the month */
const PRICE = 120;
const MONTHLY = { periodType: 'month', periodNumber: 1, unifyDay: null, target: null };

beforeAll(ensureBuilt);

it(`six kinds of lives, ${EACH} of each, survive ${ROUNDS} rounds of kill -9 (seed ${SEED})`, async () => {
  const dice = createDice(`crash of lives ${SEED}`);
  const seller = await startKeepingSeller(SEED);
  const database = await emptyDatabase(inject('adminUrl'));
  onTestFinished(database.drop);
  const startedAt = new Date();
  const world = await worldBefore(database.url, seller.url, new Date(startedAt.getTime() - 41 * DAY_MS));
  onTestFinished(world.close);
  // In real time, for what the test itself does and asks.
  const platform = createPlatform({ config: testConfig(database.url), db: world.platform.db });
  const [big, small] = await createBuyers(platform, 2);
  if (!big || !small) throw new Error('nobody buys');
  await setBuyerLevel(platform.db, big.buyerId, 'V5');

  const boughtAgo = async (days: number, buyerId: string): Promise<Instance[]> => {
    world.clock.moveTo(new Date(Math.max(startedAt.getTime() - days * DAY_MS, world.clock.now().getTime())));
    const bought: Instance[] = [];
    while (bought.length < EACH) bought.push(await subscribed(world, { buyerId }));
    expect(new Set(bought.map(({ state }) => state))).toEqual(new Set(['ACTIVE']));
    return bought;
  };
  const lapsed = await boughtAgo(41, big.buyerId);
  const forgotten = await boughtAgo(35, small.buyerId);
  const automatic = await boughtAgo(27, big.buyerId);
  for (const { resourceId } of automatic)
    await inTx(world, (tx) =>
      setExpiryPolicy(world.platform, tx, { scope: ALL, resourceId, policy: 'AUTO' }, world.clock.now()),
    );
  const running = await boughtAgo(14, big.buyerId);
  const violators = await boughtAgo(14, big.buyerId);
  const balance = Number((await balanceOf(platform.db, big.buyerId, 'CNY')).amount);
  const { priceItemId = '' } = (await monthlyPrice(world)) ?? {};

  seller.misbehave();
  const port = await freePort();
  const upkeep = { windowMs: 120_000, intervalMs: 400 };
  const fleet = startFleet(
    {
      JISHI_DATABASE_URL: database.url,
      JISHI_MASTER_KEYS: TEST_KEYS,
      JISHI_PORT: String(port),
      JISHI_LOG_LEVEL: 'error',
      JISHI_CALL_TIMEOUT_MS: '2000',
      JISHI_COMPARISON_HOURS: '0',
      JISHI_RETRY_POLICIES: JSON.stringify({
        'saas-v2': {
          newInstance: upkeep,
          queryInstance: upkeep,
          refreshInstance: upkeep,
          updateInstanceStatus: upkeep,
          releaseInstance: upkeep,
        },
      }),
    },
    dice,
  );
  const ask = patientClient(`http://127.0.0.1:${port}/api/console`, big.token);
  const renewed = async ({ resourceId }: Instance) => {
    const items = [{ resourceId, ...MONTHLY }];
    await paid(ask, await ask('/renewals', { items, expectedAmount: PRICE.toFixed(2), agreementsAccepted: true }));
  };
  const givenBack = async (resourceId: string, kind: 'RENEWAL' | 'FIVE_DAY') => {
    await until(`no order of ${resourceId} is open`, async () => (await openOrders(world, resourceId)) === 0);
    const refund = {
      kind,
      amount: PRICE.toFixed(2),
      reason: 'changed my mind',
      contactConsent: false,
      dataLossAccepted: true,
    };
    await ask(`/instances/${resourceId}/refunds`, refund);
  };
  const regretted: string[] = [];
  const people = Promise.all([
    ...lapsed.map(async (instance) => {
      await until('it is frozen at the seller', () => kept(seller, instance)?.status === 'FROZEN', 120_000);
      await renewed(instance);
    }),
    ...running.map(async (instance) => {
      await renewed(instance);
      await givenBack(instance.resourceId, 'RENEWAL');
    }),
    ...violators.map(async (instance, place) => {
      const input = { scope: ALL, resourceId: instance.resourceId, reason: 'spam' };
      granted(await inTx(world, (tx) => freezeForViolation(platform, tx, input, new Date())));
      // Every other one is cured before the seller may have heard of the freeze.
      if (place % 2 === 0)
        await until('it is frozen at the seller', () => kept(seller, instance)?.status === 'FROZEN', 120_000);
      granted(await inTx(world, (tx) => cure(platform, tx, input, new Date())));
    }),
    ...Array.from({ length: EACH }, async () => {
      const lines = [{ priceItemId, quantity: 10, periodNumber: 1 }];
      const orderId = await paid(ask, await ask('/orders', { lines, agreementsAccepted: true }));
      regretted.push(`${orderId}-000001`);
      await givenBack(`${orderId}-000001`, 'FIVE_DAY');
    }),
  ]);

  people.catch(() => {}); // told when it is waited for
  for (let round = 1; round <= ROUNDS; round += 1) {
    const heard = seller.received.length;
    const next = heard + 5 + dice.below(15);
    await until('the seller is called', () => seller.received.length >= next, 5_000).catch(() => {}); // all done already
    await fleet.killOne();
  }
  await people;
  // a message whose worker was killed stays RUNNING until its lease of two minutes has run out
  await until('nothing is left to be done', () => isQuiet(world), 240_000);
  expect(new Set(await fleet.stop())).toEqual(new Set([0]));

  const outcome = async (instances: readonly { resourceId: string }[]) =>
    Promise.all(instances.map(async ({ resourceId }) => outcomeOf(seller, await instanceOf(world, resourceId))));
  const all = <T>(one: T): T[] => Array.from({ length: EACH }, () => one);
  const [freeze, unfreeze] = ['updateInstanceStatus FREEZE', 'updateInstanceStatus UNFREEZE'];
  const renewal = 'refreshInstance RENEWAL';
  const lives = { state: 'ACTIVE', status: 'ACTIVE', sameEnd: true };
  const gone = { state: 'RELEASED', status: 'RELEASED' };
  expect(await outcome(lapsed)).toMatchObject(all({ ...lives, changes: [freeze, renewal, unfreeze] }));
  expect(await outcome(automatic)).toMatchObject(all({ ...lives, changes: [renewal] }));
  expect(await outcome(running)).toMatchObject(
    all({ ...lives, changes: [renewal, 'refreshInstance UNSUBSCRIBE_RENEWAL_PERIOD'] }),
  );
  expect(await outcome(forgotten)).toMatchObject(all({ ...gone, changes: [freeze, 'releaseInstance'] }));
  expect(await outcome(regretted.map((resourceId) => ({ resourceId })))).toMatchObject(
    all({ ...gone, changes: ['releaseInstance'] }),
  );
  for (const [place, { changes, ...end }] of (await outcome(violators)).entries()) {
    expect(end).toMatchObject(lives);
    expect(changes.at(-1)).toBe(unfreeze);
    if (place % 2 === 0) expect(changes).toEqual([freeze, unfreeze]);
  }
  // Renewals that were kept cost once, those given back nothing, and so do the regretted purchases.
  const left = Number((await balanceOf(platform.db, big.buyerId, 'CNY')).amount);
  expect(balance - left).toBe(2 * EACH * PRICE);
  expect(await trialBalance(platform.db)).toMatchObject({ balanced: true });
  expect(await refundsDone(world)).toEqual({ FIVE_DAY: EACH, RENEWAL: EACH });
  expect(await brokenInvariants(platform.db, logOf(seller), new Date())).toEqual([]);
});

/** A marketplace weeks ago, with its product at the seller. */
const worldBefore = (databaseUrl: string, productionUrl: string, start: Date): Promise<World> =>
  createWorld({ databaseUrl, productionUrl, start });

const monthlyPrice = async ({ platform, demo }: World) =>
  (await contentOf(platform.db, demo.goodsId, 1)).specifications[0]?.skus[0]?.prices.find(
    ({ periodType }) => periodType === 'month',
  );

async function paid(ask: PatientClient, order: string): Promise<string> {
  const orderId = /"orderId":"(\w+)"/.exec(order)?.[1] ?? '';
  await ask(`/orders/${orderId}/payment`, { method: 'BALANCE' });
  return orderId;
}

async function openOrders({ platform }: World, resourceId: string): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    SELECT count(*) AS open FROM ordering.order_lines l JOIN ordering.orders o USING (order_id) LEFT JOIN instances.instances i USING (resource_id)
    WHERE l.resource_id = ${resourceId} AND (o.state <> 'COMPLETED' OR i.state IS DISTINCT FROM 'ACTIVE')`.execute(
    platform.db,
  );
  return rows[0]?.open ?? 0;
}

/** Nothing waits, as the invariants see it: leases of killed workers included. */
const isQuiet = async ({ platform }: World): Promise<boolean> =>
  (await nothingWaits(platform.db, new Date())).length === 0;

const kept = (seller: KeepingSeller, { resourceId }: Instance) => seller.instances.get(`inst-${resourceId}`);

/** Both sides of an instance; orders are left out of the names of changes, repeats of an order are none. */
function outcomeOf(seller: KeepingSeller, instance: Instance) {
  const theirs = kept(seller, instance);
  const end = instance.expireAt?.toISOString().replaceAll(/[-:T]|\.000Z/g, '');
  return {
    state: instance.state,
    status: theirs?.status,
    sameEnd: theirs?.expireTime === null || theirs?.expireTime === end,
    changes: (theirs?.changes ?? []).map((change) => change.replace(/ CS\S+$/, '')),
  };
}

async function refundsDone({ platform }: World): Promise<Record<string, number>> {
  const { rows } = await sql<{ kind: string; count: number }>`
    SELECT r.kind, count(e.entry_id) AS count FROM ordering.refunds r JOIN ordering.order_lines l ON l.order_id = r.unsubscribe_order_id
    JOIN ledger.entries e ON e.kind = 'REFUND' AND e.reference = l.order_line_id WHERE r.state = 'DONE' GROUP BY r.kind`.execute(
    platform.db,
  );
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const logOf = (seller: KeepingSeller) =>
  seller.received.map(({ activity, body, url }) => ({
    activity,
    orderId: text(body.orderId),
    orderLineId: text(body.orderLineId),
    instanceId: text(body.instanceId),
    nonce: url.searchParams.get('nonce') ?? '',
  }));
