/**
 * Orders from paid to active per second, beside the same calls in a bare loop and as jobs on two job queues. Each run:
 * a fresh copy of the same database, in which as many orders were delivered before, a fresh process, the same seller. Rounds go through all competitors, in turning order.
 */
import { buyMany, createBuyers, createSellers } from '@jishi/marketplace/testing';
import pg from 'pg';
import { z } from 'zod';
import { cpuMsOf, serverCpuMs } from '../cpu.ts';
import { adminQuery, openMarketplace, type Place } from '../place.ts';
import { startChild } from '../process.ts';
import { say, until } from '../progress.ts';
import type { Row } from '../report.ts';
import { ACCESS_KEY, type Sellers, startSellers } from '../sellers.ts';
import { median, spread } from '../stats.ts';
import { CALLS_TABLE } from './one-call.ts';
import { COMPETITOR_NAMES, type CompetitorName, type Settings } from './settings.ts';

export interface ThroughputOptions {
  readonly lines: number;
  /** delivered before anything is measured: tables have rows and statistics, as those of a marketplace that lives */
  readonly history: number;
  readonly rounds: number;
  readonly concurrency: number;
  readonly poolSize: number;
  readonly only?: readonly CompetitorName[];
}

export async function measureThroughput(place: Place, options: ThroughputOptions): Promise<Row[]> {
  const sellers = await startSellers(1);
  try {
    await prepare(place, sellers, options);
    const results = new Map<CompetitorName, Result[]>();
    const names = options.only ?? COMPETITOR_NAMES;
    for (let round = 0; round < options.rounds; round += 1) {
      for (let turn = 0; turn < names.length; turn += 1) {
        const name = names[(round + turn) % names.length];
        if (name === undefined) continue;
        const result = await run(place, sellers, name, options);
        say(
          `round ${round + 1}/${options.rounds}  ${name.padEnd(16)} ${result.perSecond.toFixed(0)} orders/s, CPU ${result.cpuMs.toFixed(2)} ms an order`,
        );
        results.set(name, [...(results.get(name) ?? []), result]);
      }
    }
    return rowsOf(results);
  } finally {
    await sellers.stop();
    for (const name of ['paid', 'lines']) await place.drop(name);
  }
}

/** Two databases to copy from, both with a history: one with paid orders, one with the same number of lines for the others. */
async function prepare(place: Place, sellers: Sellers, options: ThroughputOptions): Promise<void> {
  say(`preparing ${options.history} delivered and ${options.lines} paid orders …`);
  const paidUrl = await place.create('paid');
  const { platform, close } = await openMarketplace(paidUrl);
  const [seller] = await createSellers(platform, sellers.urls, ACCESS_KEY);
  const buyers = await createBuyers(platform, 4);
  const buy = async (wanted: number) => {
    let open = wanted;
    await Promise.all(
      buyers.map(async (buyer) => {
        while (open > 0) {
          const count = Math.min(open, 50);
          open -= count;
          await buyMany(platform, buyer, seller?.priceItemId ?? '', count);
        }
      }),
    );
  };
  await buy(options.history);
  await deliver(paidUrl, sellers, options);
  await buy(options.lines);
  await close();
  const others = await place.create('lines');
  await adminQuery(others, CALLS_TABLE);
  await adminQuery(
    others,
    `INSERT INTO bench.lines SELECT 'CS2601010000' || lpad(n::text, 5, '0') || '-000001' FROM generate_series(1, ${options.lines}) AS n`,
  );
  await adminQuery(others, pastCalls(options.history));
}

/** Works until everything that was bought is active and told to everybody. */
async function deliver(databaseUrl: string, sellers: Sellers, options: ThroughputOptions): Promise<void> {
  const child = startCompetitor('jishi', { ...options, databaseUrl, productionUrl: sellers.urls[0] ?? '' });
  try {
    await child.next();
    child.tell('go');
    await allActive(databaseUrl, options.history);
    const untold = 'SELECT count(*) AS untold FROM platform.deliveries';
    const told = async () => (Number((await adminQuery(databaseUrl, untold)).rows[0]?.untold) === 0 ? true : null);
    await until('all subscribers told', told, 60_000, 100);
  } finally {
    await child.stop('SIGKILL');
  }
}

/** What the others' calls of the same number of lines leave behind. */
const pastCalls = (lines: number): string => `
  INSERT INTO bench.calls (id, order_line_id, activity, state, request, started_at, finished_at, http_status, result_code, response)
  SELECT gen_random_uuid(), line, activity, 'SUCCEEDED', jsonb_build_object('method', 'POST', 'url', 'http://127.0.0.1/saasproduce?signature=' || repeat('x', 120), 'body', '{"activity":"' || activity || '"}'),
    now(), now(), 200, '000000', jsonb_build_object('resultCode', '000000', 'resultMsg', 'success.', 'instanceId', 'i-' || line)
  FROM (SELECT 'CS2501010000' || lpad(n::text, 5, '0') || '-000001' AS line FROM generate_series(1, ${lines}) AS n) AS past
    CROSS JOIN (VALUES ('newInstance'), ('queryInstance')) AS made (activity)`;

const startCompetitor = (name: CompetitorName, settings: Settings) =>
  startChild('./fulfilment/competitor.ts', [name, JSON.stringify(settings)], z.object({ kind: z.string() }));

interface Result {
  /** lines by the seconds from `go` to the last delivery */
  readonly perSecond: number;
  /** processor time of the competitor and of the database server, per line; the seller's is the same for all */
  readonly cpuMs: number;
}

async function run(place: Place, sellers: Sellers, name: CompetitorName, options: ThroughputOptions): Promise<Result> {
  const databaseUrl = await place.create('run', name === 'jishi' ? 'paid' : 'lines');
  await adminQuery(databaseUrl, 'VACUUM ANALYZE');
  const settings: Settings = { ...options, databaseUrl, productionUrl: sellers.urls[0] ?? '' };
  const child = startCompetitor(name, settings);
  try {
    await child.next();
    await adminQuery(databaseUrl, 'CHECKPOINT');
    const cpuBefore = cpuMsOf([child.pid]) + (await serverCpuMs(databaseUrl));
    const startedMs = performance.now();
    child.tell('go');
    let lookingMs = 0;
    if (name === 'jishi') lookingMs = await allActive(databaseUrl, options.history + options.lines);
    else await child.next();
    const seconds = (performance.now() - startedMs) / 1000;
    const cpuMs = cpuMsOf([child.pid]) + (await serverCpuMs(databaseUrl)) - cpuBefore - lookingMs;
    return { perSecond: options.lines / seconds, cpuMs: cpuMs / options.lines };
  } finally {
    await child.stop('SIGKILL');
    await place.drop('run');
  }
}

/** Seen from outside, by a look every 100 ms: it reads the whole table. @returns the processor time that looking took */
async function allActive(databaseUrl: string, lines: number): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await until(
      `${lines} active instances`,
      async () => {
        const { rows } = await client.query<{ active: string }>(
          "SELECT count(*) AS active FROM instances.instances WHERE state = 'ACTIVE'",
        );
        return Number(rows[0]?.active) === lines ? true : null;
      },
      600_000,
      100,
    );
    return cpuMsOf(rows.map(({ pid }) => pid));
  } finally {
    await client.end();
  }
}

function rowsOf(results: ReadonlyMap<CompetitorName, readonly Result[]>): Row[] {
  const jishi = results.get('jishi') ?? [];
  const others = [...results].filter(([name]) => name !== 'jishi');
  const compared = (of: (ours: Result, theirs: Result) => number, theirs: readonly Result[]) =>
    jishi.flatMap((ours, round) => {
      const other = theirs[round];
      return other ? [of(ours, other)] : [];
    });
  const ratios = others.map(([name, theirs]): Row => {
    const byRound = compared((a, b) => a.perSecond / b.perSecond, theirs);
    const aim = { atLeast: name === 'bare loop' ? 0.8 : 2 };
    return { name: `jishi ÷ ${name}`, value: median(byRound), unit: '×', aim, note: `rounds ${listed(byRound, 2)}` };
  });
  const work = others.map(([name, theirs]): Row => {
    const byRound = compared((a, b) => b.cpuMs / a.cpuMs, theirs);
    const note = `rounds ${listed(byRound, 2)}`;
    return { name: `CPU of ${name} ÷ CPU of jishi, per order`, value: median(byRound), unit: '×', note };
  });
  const rates = [...results].map(([name, each]): Row => {
    const rates = each.map((result) => result.perSecond);
    const cpuMs = median(each.map((result) => result.cpuMs)).toFixed(2);
    const note = `rounds ${listed(rates, 0)}, spread ${(spread(rates) * 100).toFixed(0)} %, CPU ${cpuMs} ms an order`;
    return { name: `${name}: paid → active`, value: median(rates), unit: 'orders/s', note };
  });
  return [...ratios, ...work, ...rates];
}

const listed = (values: readonly number[], digits: number) => values.map((value) => value.toFixed(digits)).join(' ');
