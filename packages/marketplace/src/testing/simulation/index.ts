/**
 * The whole marketplace in one process, seeded (design.md 7): buyers, faulty sellers, a clock that jumps, and deaths between
 * any two commits, as a script says; then the invariants.
 */
import { createHash } from 'node:crypto';
import { instancesByState } from '../../instances/index.ts';
import { ordersByState } from '../../ordering/index.ts';
import { virtualClock } from '../../platform/clock.ts';
import { type Db, sql } from '../../platform/database/database.ts';
import { createDice } from '../dice.ts';
import { productsKnowTheirMembers } from '../invariants/people.ts';
import { noUsageLost } from '../invariants/usage.ts';
import { brokenInvariants } from '../invariants.ts';
import { TEST_START, testConfig } from '../world.ts';
import { perform, type Stage } from './acting.ts';
import { kitTables } from './kit.ts';
import { begin, dieAt, type Process, type Surroundings, takeBack } from './life.ts';
import { createMarket } from './market.ts';
import { settlePeople } from './people.ts';
import { type Action, type Script, writeScript } from './script.ts';
import { createSellers } from './sellers.ts';
import { usageMemory } from './usage.ts';

export interface SimulationReport {
  readonly seed: string;
  readonly script: Script;
  /** broken invariants, in words; empty = all hold */
  readonly faults: readonly string[];
  /** of the event log: two runs with one seed have the same */
  readonly digest: string;
  /** how many ended in which state */
  readonly orders: Readonly<Record<string, number>>;
  readonly instances: Readonly<Record<string, number>>;
  /** events by type */
  readonly events: Readonly<Record<string, number>>;
  readonly crashes: number;
}

export interface SimulationOptions {
  /** instead of what the seed writes */
  readonly script?: Script | undefined;
  /** spoils the database on purpose: tests plant faults that the invariants must find */
  readonly plant?: string | undefined;
}

const HOUR_MS = 3_600_000;
/** every call that waits has had its window, and every large refund its day */
const LAST_DAYS_MS = 30 * HOUR_MS;
/** asking every minute for an hour is what production does; here it would only cost time */
const OFTEN = { windowMs: 3 * HOUR_MS, intervalMs: 1.5 * HOUR_MS };
const of = (...activities: readonly string[]) => Object.fromEntries(activities.map((activity) => [activity, OFTEN]));
const POLICIES = {
  'saas-v2': of(
    'newInstance',
    'queryInstance',
    'upgradeInstance',
    'refreshInstance',
    'updateInstanceStatus',
    'releaseInstance',
  ),
  'saas-v1': of('newInstance', 'upgrade', 'refreshInstance', 'expireInstance', 'instanceStatus', 'releaseInstance'),
};

/** Runs one seed, or one script, on a migrated, empty database. An exception is a fault like a broken invariant. */
export async function simulate(db: Db, seed: string, options: SimulationOptions = {}): Promise<SimulationReport> {
  if (options.plant !== undefined) await sql.raw(options.plant).execute(db);
  const script = options.script ?? writeScript(seed);
  const dice = createDice(seed);
  const clock = virtualClock(TEST_START);
  const config = testConfig('postgresql://the-one-that-is-given', { retryPolicies: POLICIES });
  const sellers = createSellers(createDice(`${seed} sellers`), clock, config.callTimeoutMs);
  const kit = kitTables(createDice(`${seed} kit`), sellers.outbound);
  const around: Surroundings = { seed, config, db, clock, outbound: kit.outbound };
  let lives = 1;
  let process: Process = begin(around, lives);
  const next = () => {
    lives += 1;
    process = begin(around, lives);
  };
  const market = await createMarket(process.platform, dice);
  const stage: Stage = {
    market,
    sellers,
    usage: usageMemory(),
    clock,
    dice,
    db,
    process: () => process,
    async surviving(work) {
      const { database } = process;
      let answer: Awaited<ReturnType<typeof work>> | undefined;
      try {
        answer = await work();
      } catch (error) {
        if (!database.dead()) throw error;
      }
      // A server that dies may still have said that it has an error of its own.
      if (!database.dead()) return answer;
      next();
      await takeBack(around, dice.chance(50));
      return undefined;
    },
  };

  const faults: string[] = [];
  try {
    for (const action of script.actions) await once(stage, action, dice);
    next(); // a last start, with nothing armed; whoever was still at work is gone
    await takeBack(around, true);
    for (const { host } of market.products) sellers.feels(host, 'well');
    kit.recover();
    await settlePeople(stage);
    await process.simulator.advanceTo(new Date(clock.now().getTime() + LAST_DAYS_MS));
    const seen = [...sellers.log, ...kit.log];
    faults.push(...(await brokenInvariants(db, seen, clock.now(), sellers.instances)));
    faults.push(...(await productsKnowTheirMembers(db, kit.users)));
    faults.push(...(await noUsageLost(db, stage.usage.taken)));
  } catch (error) {
    faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const counted = (rows: readonly { state: string; count: number }[]) =>
    Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  return {
    seed,
    script,
    faults,
    digest: await digestOf(db),
    orders: counted(await ordersByState(db)),
    instances: counted(await instancesByState(db)),
    events: counted(await eventsByType(db)),
    crashes: lives - 2,
  };
}

async function once(stage: Stage, action: Action, dice: Stage['dice']): Promise<void> {
  if (action.do === 'die') return stage.process().database.dieBefore(action.use);
  if (action.do === 'die-at') return dieAt(stage.process(), action.point, action.passing);
  await perform(stage, action);
  if (dice.chance(60)) await stage.surviving(() => stage.process().simulator.drain());
  stage.process().database.spare();
}

async function eventsByType(db: Db): Promise<{ state: string; count: number }[]> {
  const { rows } = await sql<{
    state: string;
    count: number;
  }>`SELECT type AS state, count(*) AS count FROM platform.events GROUP BY type ORDER BY type`.execute(db);
  return rows;
}

async function digestOf(db: Db): Promise<string> {
  const { rows } = await sql<{ line: string }>`
    SELECT concat_ws(' ', type, aggregate, trace_id, occurred_at, payload) AS line FROM platform.events ORDER BY event_id`.execute(
    db,
  );
  return createHash('sha256')
    .update(rows.map((row) => row.line).join('\n'))
    .digest('hex');
}
