/**
 * Orders over real HTTP: quote + order + payment per second, and how long they take, with 8 and 32 clients. The server,
 * the database and this process (the clients) share the machine.
 */
import { buyMany, type CrowdBuyer, createBuyers, createSellers } from '@jishi/marketplace/testing';
import { Pool } from 'undici';
import { z } from 'zod';
import { cpuMsOf, serverCpuMs } from '../cpu.ts';
import type { BenchOptions } from '../fulfilment/index.ts';
import { adminQuery, openMarketplace, type Place } from '../place.ts';
import { startChild } from '../process.ts';
import { say } from '../progress.ts';
import type { Row } from '../report.ts';
import { ACCESS_KEY, startSellers } from '../sellers.ts';
import { percentile } from '../stats.ts';
import { type Purchase, purchase } from './client.ts';
import type { Asked } from './count.ts';

const listening = z.object({ port: z.number() });
const counted = z.object({ asked: z.object({ statements: z.number(), trips: z.number() }) });

interface Setting {
  readonly clients: number;
  readonly buyers: number;
  readonly workers: boolean;
  /** the aims are set for the plain case */
  readonly aimed: boolean;
}
const SETTINGS: readonly Setting[] = [
  { clients: 8, buyers: 200, workers: false, aimed: true },
  { clients: 32, buyers: 200, workers: false, aimed: true },
  { clients: 32, buyers: 1, workers: false, aimed: false },
  { clients: 8, buyers: 200, workers: true, aimed: false },
];

/** How long a run is; programs are compiled while it warms up, by use, not by time. */
interface Length {
  readonly warmUp: { readonly seconds: number; readonly purchases: number };
  readonly seconds: number;
  /** orders that each buyer had delivered before */
  readonly history: number;
}
const LONG: Length = { warmUp: { seconds: 4, purchases: 1_000 }, seconds: 15, history: 10 };
const QUICK: Length = { warmUp: { seconds: 0.2, purchases: 1 }, seconds: 0.5, history: 1 };
const MOST_BUYERS = Math.max(...SETTINGS.map(({ buyers }) => buyers));

export async function benchOrders(place: Place, { quick, only }: BenchOptions): Promise<Row[]> {
  const length = quick ? QUICK : LONG;
  const sellers = await startSellers(1);
  try {
    const market = await prepare(place, sellers.urls, length);
    const rows: Row[] = [];
    for (const [number, setting] of SETTINGS.entries()) {
      // a smoke run takes the two that differ most
      const asked = only === null ? !quick || setting.clients === 8 : only === String(number + 1);
      if (asked) rows.push(...(await measure(place, market, setting, length)));
    }
    return rows;
  } finally {
    await sellers.stop();
    await place.drop(HISTORY);
  }
}

interface Market {
  readonly priceItemId: string;
  readonly buyers: readonly CrowdBuyer[];
}
const HISTORY = 'history';

/** A marketplace that has been living for a while: its buyers have orders, all of them done. Each run gets a copy of it. */
async function prepare(place: Place, sellerUrls: readonly string[], { history }: Length): Promise<Market> {
  say(`preparing ${MOST_BUYERS * history} delivered orders …`);
  const databaseUrl = await place.create(HISTORY);
  const { platform, close } = await openMarketplace(databaseUrl);
  const [offer] = await createSellers(platform, sellerUrls, ACCESS_KEY);
  const priceItemId = offer?.priceItemId ?? '';
  const buyers = await createBuyers(platform, MOST_BUYERS);
  for (const buyer of buyers) await buyMany(platform, buyer, priceItemId, history);
  await close();
  const worker = startChild('./worker.ts', [databaseUrl], z.unknown());
  await worker.next();
  const open = "SELECT count(*)::int AS count FROM ordering.orders WHERE state <> 'COMPLETED'";
  while ((await adminQuery(databaseUrl, open)).rows[0]?.count !== 0)
    await new Promise((later) => setTimeout(later, 500));
  await worker.stop();
  await adminQuery(databaseUrl, 'VACUUM ANALYZE');
  return { priceItemId, buyers };
}

async function measure(place: Place, market: Market, setting: Setting, length: Length): Promise<Row[]> {
  const databaseUrl = await place.create('orders', HISTORY);
  const buyers = market.buyers.slice(0, setting.buyers);
  const server = startChild('./orders/server.ts', [databaseUrl], z.union([listening, counted]));
  const worker = setting.workers ? startChild('./worker.ts', [databaseUrl], z.unknown()) : null;
  const { port } = listening.parse(await server.next());
  const asked = async () => {
    server.tell('count');
    return counted.parse(await server.next()).asked;
  };
  await worker?.next();
  const http = new Pool(`http://127.0.0.1:${port}`, { connections: setting.clients });
  let turn = 0;
  const drive = async (seconds: number, atLeast = 0): Promise<Purchase[]> => {
    const done: Purchase[] = [];
    const untilMs = performance.now() + seconds * 1000;
    const client = async () => {
      while (performance.now() < untilMs || done.length < atLeast) {
        turn += 1;
        const buyer = buyers[turn % buyers.length];
        if (buyer) done.push(await purchase(http, buyer, market.priceItemId));
      }
    };
    await Promise.all(Array.from({ length: setting.clients }, client));
    return done;
  };
  try {
    // what the database does by itself once a minute: plans are made for what is there
    await drive(length.warmUp.seconds / 2, length.warmUp.purchases / 2);
    await adminQuery(databaseUrl, 'ANALYZE');
    await drive(length.warmUp.seconds / 2, length.warmUp.purchases / 2);
    const cpuBefore = { server: cpuMsOf([server.pid]), database: await serverCpuMs(databaseUrl) };
    const askedBefore = await asked();
    const startedMs = performance.now();
    const purchases = await drive(length.seconds);
    const seconds = (performance.now() - startedMs) / 1000;
    const cpu = {
      server: (cpuMsOf([server.pid]) - cpuBefore.server) / purchases.length,
      database: ((await serverCpuMs(databaseUrl)) - cpuBefore.database) / purchases.length,
    };
    const { statements, trips } = await asked();
    const each = {
      statements: (statements - askedBefore.statements) / purchases.length,
      trips: (trips - askedBefore.trips) / purchases.length,
    };
    return rowsOf(setting, purchases, seconds, cpu, each);
  } finally {
    await http.close();
    for (const child of [server, worker]) await child?.stop('SIGKILL');
    await place.drop('orders');
  }
}

function rowsOf(
  setting: Setting,
  purchases: readonly Purchase[],
  seconds: number,
  cpu: { readonly server: number; readonly database: number },
  asked: Asked,
): Row[] {
  const name = `${setting.clients} clients, ${setting.buyers === 1 ? 'one buyer' : `${setting.buyers} buyers`}, workers ${setting.workers ? 'on' : 'off'}`;
  const figure = (of: keyof Purchase, share: number) =>
    percentile(
      purchases.map((each) => each[of]),
      share,
    );
  const rate = purchases.length / seconds;
  const slowest = Math.max(figure('quoteMs', 0.99), figure('orderMs', 0.99), figure('paymentMs', 0.99));
  const each = (share: number) =>
    `quote ${figure('quoteMs', share).toFixed(0)}, order ${figure('orderMs', share).toFixed(0)}, payment ${figure('paymentMs', share).toFixed(0)} ms`;
  say(`${name}: ${rate.toFixed(0)}/s`);
  return [
    {
      name: `${name}: quote + order + payment`,
      value: rate,
      unit: '/s',
      note: `CPU a purchase: server ${cpu.server.toFixed(1)} ms, database ${cpu.database.toFixed(1)} ms; ${asked.statements.toFixed(1)} statements in ${asked.trips.toFixed(1)} trips`,
      ...(setting.aimed ? { aim: { atLeast: 300 } } : {}),
    },
    { name: '  all three, p50', value: figure('wholeMs', 0.5), unit: 'ms', note: each(0.5) },
    {
      name: '  all three, p99',
      value: figure('wholeMs', 0.99),
      unit: 'ms',
      ...(setting.aimed ? { aim: { below: 100 } } : {}),
    },
    { name: '  slowest single request, p99', value: slowest, unit: 'ms', note: each(0.99) },
  ];
}
