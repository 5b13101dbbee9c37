/**
 * The whole marketplace in one process, seeded (design.md 7): random buyers, faulty sellers, a virtual clock that jumps,
 * and crashes between any two commits. A crash is a pause point that throws while the connections close under it: what
 * was not committed is gone, as after a kill -9. Then new objects go on with the same database.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { createApp } from '../api/app.ts';
import { csrfToken } from '../directory/index.ts';
import { CALLS, createCaller } from '../fulfilment/index.ts';
import { ordersByState } from '../ordering/index.ts';
import { virtualClock } from '../platform/clock.ts';
import { type Db, openDatabase, sql } from '../platform/database/database.ts';
import { createPausePoints, PAUSE_POINTS } from '../platform/pause-points.ts';
import { seededRandom, uuid } from '../platform/random.ts';
import { TASKS } from '../platform/tasks/marketplace-tasks.ts';
import { reclaim, reclaimAll } from '../platform/tasks/task-table.ts';
import { createPlatform, createSimulator } from '../runtime.ts';
import { createSellers } from './crowd.ts';
import { createDice } from './dice.ts';
import { brokenInvariants } from './invariants.ts';
import { createSimulatedBuyers, type SimulatedBuyer } from './simulated-buyers.ts';
import { createSimulatedSellers } from './simulated-seller.ts';
import { TEST_START, testConfig } from './world.ts';

export interface SimulationReport {
  readonly seed: string;
  /** broken invariants, in words; empty = all hold */
  readonly faults: readonly string[];
  /** of the event log: two runs with one seed have the same */
  readonly digest: string;
  /** how many ended in which state */
  readonly orders: Readonly<Record<string, number>>;
  readonly crashes: number;
}

const STEPS = 30;
const BUYERS = 4;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LONGEST_LEASE_MS = 46_000;
/** asking every two minutes for three hours is what production does; here it would only cost time */
const POLICIES = { 'saas-v2': { queryInstance: { windowMs: 3 * HOUR, intervalMs: 30 * MINUTE } } };

/** Runs one seed on a migrated, empty database. */
export async function simulate(databaseUrl: string, seed: string): Promise<SimulationReport> {
  const dice = createDice(seed);
  const clock = virtualClock(TEST_START);
  const config = testConfig(databaseUrl, { retryPolicies: POLICIES });
  const sellers = createSimulatedSellers(createDice(`${seed} sellers`), clock, config.callTimeoutMs);
  let lives = 0;
  const begin = () => {
    lives += 1;
    const database = openDatabase(databaseUrl, { poolSize: 4 });
    const pause = createPausePoints();
    const random = seededRandom(`${seed} life ${lives}`);
    const platform = createPlatform({ config, db: database.db, clock, random, pause });
    const simulator = createSimulator(platform, clock, sellers.outbound);
    const app = createApp({ platform, caller: createCaller(platform, sellers.outbound) });
    const death: { closing: Promise<void> | null } = { closing: null };
    return { database, platform, simulator, app, pause, death };
  };

  let life = begin();
  const products = await createSellers(
    life.platform,
    ['http://one.test/produce', 'http://two.test/produce'],
    'an-access-key',
  );
  const buyers = await createSimulatedBuyers(life.platform, BUYERS, dice);
  const knownOrders: { orderId: string; buyer: SimulatedBuyer }[] = [];

  /** Somewhere in what follows the process dies. */
  const arm = () => {
    let passings = 1 + dice.below(3);
    const { death, database } = life;
    const [first, ...others] = PAUSE_POINTS;
    life.pause.at(dice.pick([first, ...others]), () => {
      passings -= 1;
      if (passings > 0) return;
      death.closing ??= database.close();
      throw new Error('crash');
    });
  };
  const surviving = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      if (!life.death.closing) throw error;
    }
    if (!life.death.closing) return;
    await life.death.closing;
    life = begin();
    if (dice.chance(50)) for (const table of [CALLS, TASKS]) await reclaimAll(life.database.db, table);
    else {
      clock.moveTo(new Date(clock.now().getTime() + LONGEST_LEASE_MS));
      for (const table of [CALLS, TASKS]) await reclaim(life.database.db, table, clock.now());
    }
  };
  const request = async (
    buyer: SimulatedBuyer,
    method: 'GET' | 'POST',
    path: string,
    body: object = {},
    key = uuid(dice.random),
  ) =>
    life.app.fetch(
      new Request(`http://simulation.test/api/console${path}`, {
        method,
        headers: {
          cookie: `jishi_session=${buyer.token}`,
          'content-type': 'application/json',
          'x-csrf-token': csrfToken(buyer.token),
          'x-request-id': uuid(dice.random).replaceAll('-', ''),
          'idempotency-key': key,
        },
        ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
      }),
    );

  const place = async (buyer: SimulatedBuyer): Promise<string | null> => {
    const lines = Array.from({ length: 1 + dice.below(3) }, () => ({
      priceItemId: products[dice.below(products.length)]?.priceItemId ?? '',
      quantity: 5 * (1 + dice.below(6)),
      periodNumber: 1 + dice.below(2),
    }));
    const answer = await request(buyer, 'POST', '/orders', { lines, agreementsAccepted: true });
    if (answer.status !== 201) return null;
    const { orderId } = placedOrder.parse(await answer.json());
    knownOrders.push({ orderId, buyer });
    return orderId;
  };
  /** A buyer who is not sure presses again with the same key, also after the server came back. */
  const pay = async (buyer: SimulatedBuyer, orderId: string) => {
    const key = uuid(dice.random);
    const once = () =>
      surviving(
        async () => void (await request(buyer, 'POST', `/orders/${orderId}/payment`, { method: 'BALANCE' }, key)),
      );
    await once();
    if (dice.chance(40)) await once();
  };
  const someOrder = () => knownOrders[dice.below(Math.max(knownOrders.length, 1))];

  const step = async (): Promise<void> => {
    const buyer = buyers[dice.below(buyers.length)];
    const known = someOrder();
    const action = dice.below(100);
    const later = (most: number) => new Date(clock.now().getTime() + dice.below(most));
    if (action < 45 && buyer) {
      const placing: { orderId: string | null } = { orderId: null };
      await surviving(async () => {
        placing.orderId = await place(buyer);
      });
      if (placing.orderId !== null && dice.chance(80)) await pay(buyer, placing.orderId);
    } else if (action < 52 && known) await pay(known.buyer, known.orderId);
    else if (action < 60 && known)
      await surviving(() => request(known.buyer, 'POST', `/orders/${known.orderId}/cancellation`));
    else if (action < 68 && known)
      await surviving(() => request(known.buyer, 'GET', `/instances/${known.orderId}-000001`));
    else if (action < 88) await surviving(() => life.simulator.advanceTo(later(3 * HOUR)));
    else clock.moveTo(later(8 * HOUR)); // nobody worked meanwhile
    if (dice.chance(50)) await surviving(() => life.simulator.drain());
  };

  for (let count = 0; count < STEPS; count += 1) {
    if (dice.chance(35)) arm();
    await step();
  }
  const last = life;
  life = begin(); // a last start, with nothing armed; whoever was still at work is gone
  await last.database.close();
  for (const table of [CALLS, TASKS]) await reclaimAll(life.database.db, table);
  await life.simulator.advanceTo(new Date(clock.now().getTime() + 72 * HOUR));
  const { db } = life.database;
  const report = {
    seed,
    faults: await brokenInvariants(db, sellers.log, clock.now()),
    digest: await digestOf(db),
    orders: Object.fromEntries((await ordersByState(db)).map(({ state, count }) => [state, count])),
    crashes: lives - 2,
  };
  await life.database.close();
  return report;
}

const placedOrder = z.object({ orderId: z.string() });

async function digestOf(db: Db): Promise<string> {
  const { rows } = await sql<{ line: string }>`
    SELECT concat_ws(' ', type, aggregate, trace_id, occurred_at, payload) AS line FROM platform.events ORDER BY event_id`.execute(
    db,
  );
  return createHash('sha256')
    .update(rows.map((row) => row.line).join('\n'))
    .digest('hex');
}
