/**
 * An enterprise of 100,000 members: everybody is authorised for a product, beside the same calls made by nobody but an HTTP
 * client; a department with a tenth of them moves. Then who used a product over 90 days, from what was counted beside a scan.
 */
import { inTransaction, type Platform, startWorkers } from '@jishi/marketplace';
import {
  type Application,
  authorise,
  changeDepartment,
  daysActive,
  directoryChanged,
  foldSignals,
  lastDay,
  openTasks,
  sql,
} from '@jishi/marketplace/testing';
import { Pool } from 'undici';
import { z } from 'zod';
import type { BenchOptions } from '../fulfilment/index.ts';
import { openMarketplace, type Place } from '../place.ts';
import { type Child, startChild } from '../process.ts';
import { say, until } from '../progress.ts';
import type { Row } from '../report.ts';
import { percentile } from '../stats.ts';
import { boundEnterprise, ENTERPRISE, signalsOver } from './population.ts';

const told = z.union([z.object({ port: z.number() }), z.object({ users: z.number() })]);
const EVERYONE = { everyone: true, departments: [], groups: [], members: [] };
const PER_CALL = 500;
const LONG_MS = 600_000;
const DAYS = 90;
const RANGE_DAYS = 30;

export async function benchDirectory(place: Place, { quick, only, size }: BenchOptions): Promise<Row[]> {
  const rows: Row[] = [];
  if (only === null || only === 'authorise')
    rows.push(...(await synchronisation(place, size ?? (quick ? 2_000 : 100_000))));
  if (only === null || only === 'activity') rows.push(...(await activity(place, size ?? (quick ? 20_000 : 1_000_000))));
  return rows;
}

async function synchronisation(place: Place, members: number): Promise<Row[]> {
  const seller = startChild('./directory/kit-seller.ts', [], told);
  const started = await seller.next();
  if (!('port' in started)) throw new Error('the seller did not say where it is');
  const address = `http://127.0.0.1:${started.port}`;
  const { platform, close } = await openMarketplace(await place.create('directory'));
  try {
    say(`${members} members`);
    const application = await boundEnterprise(platform, address, members);
    const workers = startWorkers(platform);
    try {
      return await measured(platform, application, { address, members, seller });
    } finally {
      await workers.stop();
    }
  } finally {
    await close();
    await place.drop('directory');
    await seller.stop('SIGKILL');
  }
}

interface Told {
  readonly address: string;
  readonly members: number;
  readonly seller: Child<z.infer<typeof told>>;
}

async function measured(
  platform: Platform,
  application: Application,
  { address, members, seller }: Told,
): Promise<Row[]> {
  const { db, clock } = platform;
  const calls = Math.ceil(members / PER_CALL);
  const inStep = () =>
    until(
      'the product is in step',
      async () => ((await openTasks(db, [ENTERPRISE])).length === 0 ? true : null),
      LONG_MS,
      5,
    );
  const authorisedMs = await timed(async () => {
    const asked = { application, range: EVERYONE, instance: null, by: 'bench' };
    await inTransaction(db, (tx) => authorise(platform, tx, asked, clock.now()));
    platform.wake.kick();
    await inStep();
  });
  seller.tell({});
  const seen = await seller.next();
  if (!('users' in seen) || seen.users !== members) throw new Error(`the product has ${JSON.stringify(seen)}`);
  say('the same calls by an HTTP client alone');
  const bareMs = await timed(() => bareCalls(address, calls));
  say('a department moves');
  const movedMs = await timed(async () => {
    await inTransaction(db, async (tx) => {
      await changeDepartment(tx, ENTERPRISE, { code: 'd1', name: 'd1', parentCode: 't2' });
      await directoryChanged(platform, tx, ENTERPRISE, 'bench', clock.now());
    });
    platform.wake.kick();
    await until('the move is known', async () => (await isTold(db)) || null, LONG_MS, 5);
    await inStep();
  });
  return [
    {
      name: `authorisation of ${members}: jishi ÷ bare HTTP`,
      value: authorisedMs / bareMs,
      unit: '',
      note: `${calls} calls of ${PER_CALL}`,
    },
    { name: 'authorisation, calls', value: (calls / authorisedMs) * 1_000, unit: '/s' },
    {
      name: 'authorisation, whole',
      value: authorisedMs / 1_000,
      unit: 's',
      note: 'compared, planned, told, written down',
    },
    {
      name: 'a department moves, until the product knows',
      value: movedMs,
      unit: 'ms',
      note: 'all members compared, one call',
    },
  ];
}

async function isTold(db: Platform['db']): Promise<boolean> {
  const { rows } = await sql<{
    parent: string;
  }>`SELECT parent_code AS parent FROM people.told_departments WHERE code = 'd1'`.execute(db);
  return rows[0]?.parent === 't2';
}

/** Bodies of the same size, one after the other, as the calls of one application go. */
async function bareCalls(address: string, calls: number): Promise<void> {
  const http = new Pool(address, { connections: 1 });
  const user = {
    userName: 'member-100000',
    name: 'Member 100000',
    orgCode: 'd100',
    role: 'user',
    enable: 'true',
    mobile: '13800138000',
  };
  const body = JSON.stringify({
    userList: Array.from({ length: PER_CALL }, () => ({ ...user, email: 'member-1@example.com' })),
  });
  for (let call = 0; call < calls; call += 1) {
    const answer = await http.request({ method: 'POST', path: '/produceAPI/v2/authSync', body });
    await answer.body.text();
  }
  await http.close();
}

async function activity(place: Place, signals: number): Promise<Row[]> {
  const { platform, close } = await openMarketplace(await place.create('activity'));
  const { db, clock } = platform;
  const to = lastDay(clock.now());
  try {
    say(`${signals} signals over ${DAYS} days`);
    await signalsOver(platform, { applications: 100, days: DAYS, signals, lastDay: to });
    const { rows: stored } = await sql<{ count: number }>`SELECT count(*) AS count FROM people.signals`.execute(db);
    let folded = 0;
    const foldedMs = await timed(async () => {
      for (let taken = 1; taken > 0; folded += taken) taken = await foldSignals(platform);
    });
    const { rows: ranges } = await sql<{
      from: string;
    }>`SELECT (${to}::date - ${RANGE_DAYS - 1}::int)::text AS from`.execute(db);
    const range = { from: ranges[0]?.from ?? to, to };
    const reported = await sample(() => report(db, range));
    const scanned = await sample(() => scan(db, range));
    const [counted, raw] = [await report(db, range), await scan(db, range)];
    if (counted !== raw) throw new Error(`the report tells ${counted} active users, the rows ${raw}`);
    return [
      {
        name: `activity of ${RANGE_DAYS} of ${DAYS} days: scan ÷ report`,
        value: scanned / reported,
        unit: '',
        note: `${stored[0]?.count} signals, ${counted} active users in both`,
      },
      {
        name: 'activity report, p50',
        value: reported,
        unit: 'ms',
        aim: { below: 1_000 },
        note: 'figures and lines by day, 100 customers',
      },
      { name: 'activity, scan of the rows, p50', value: scanned, unit: 'ms' },
      { name: 'signals counted', value: (folded / foldedMs) * 1_000, unit: '/s' },
    ];
  } finally {
    await close();
    await place.drop('activity');
  }
}

interface Range {
  readonly from: string;
  readonly to: string;
}
/** What a page asks, without the customers' names. @returns active users */
async function report(db: Platform['db'], range: Range): Promise<number> {
  const query = { goodsIds: ['bench-goods'], buyerId: null, range };
  await daysActive(db, query);
  const { rows } = await sql<{ users: number }>`SELECT sum(d.users)::int AS users FROM people.openings o
    JOIN people.activity_days d ON d.application_id = o.application_id AND d.day BETWEEN ${range.from}::date AND ${range.to}::date AND d.gap > d.day - ${range.from}::date
    WHERE o.goods_id = 'bench-goods'`.execute(db);
  return rows[0]?.users ?? 0;
}

/** The same from the single rows. */
async function scan(db: Platform['db'], { from, to }: Range): Promise<number> {
  await sql`SELECT day, count(*) FROM people.signals WHERE day BETWEEN ${from}::date AND ${to}::date GROUP BY day`.execute(
    db,
  );
  const { rows } = await sql<{ users: number }>`SELECT count(*) AS users FROM (
    SELECT DISTINCT application_id, member_id FROM people.signals WHERE day BETWEEN ${from}::date AND ${to}::date) AS u`.execute(
    db,
  );
  return rows[0]?.users ?? 0;
}

const ROUNDS = 5;
async function sample(work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) took.push(await timed(work));
  return percentile(took, 0.5);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
