/**
 * Usage end to end: signed HTTP with 1,000 records a call, de-duplicated, written, then rated and charged; beside a raw COPY of the
 * same rows into a table with the same unique key, and a bare server of the same interface. Then the same calls with more and more rows stored before.
 */

import { z } from 'zod';
import { cpuMsOf, memoryOf, serverCpuMs } from '../cpu.ts';
import type { BenchOptions } from '../fulfilment/index.ts';
import { openMarketplace, type Place } from '../place.ts';
import { type Child, startChild } from '../process.ts';
import { say } from '../progress.ts';
import type { Row } from '../report.ts';
import { copyRaw } from './copy.ts';
import { type Calls, PER_CALL, type Serials, usageBodies } from './pushing.ts';
import { type MeteredSeller, meteredSeller, storeBefore } from './seller.ts';

const listening = z.object({ port: z.number() });
const told = z.object({ ms: z.number().optional(), cpuMs: z.number().optional() });
/** as a seller's program and its retry at once */
const FEW_CLIENTS = 4;
/** as a burst: some call always waits */
const MANY_CLIENTS = 16;
const METERS = 200;
/** the first calls are taken while programs are still compiled, as they are once in the life of a process */
const WARM_UP_CALLS = 20;
/** calls that are measured over a store that is filled */
const CALLS_ON_TOP = 60;
/** calls that are pushed before as many rows are copied, in turns: a busy machine is busy for both */
const CALLS_AT_ONCE = 50;

export async function benchMetering(place: Place, { quick, only, size }: BenchOptions): Promise<Row[]> {
  const calls =
    typeof size === 'number' && only !== 'stored' ? Math.max(1, Math.round(size / PER_CALL)) : quick ? 4 : 200;
  const stored = quick ? [5_000] : typeof size === 'number' && only === 'stored' ? [size] : [1_000_000, 20_000_000];
  const rows: Row[] = [];
  for (const [part, serials] of [
    ['ingest', 'counted'],
    ['random', 'random'],
  ] as const)
    if (only === null || only === part)
      for (const clients of [FEW_CLIENTS, MANY_CLIENTS])
        rows.push(...(await ingest(place, { calls, serials, clients })));
  if (only === null || only === 'stored')
    for (const before of stored)
      for (const serials of ['counted', 'random'] as const)
        rows.push(...(await onTop(place, { before, quick, serials })));
  return rows;
}

/** Of one part of the work: by the clock, and by the processor. */
interface Spent {
  readonly ms: number;
  readonly clientsMs: number;
  readonly apiMs: number;
  readonly workerMs: number;
  readonly databaseMs: number;
}
const NOTHING: Spent = { ms: 0, clientsMs: 0, apiMs: 0, workerMs: 0, databaseMs: 0 };
const plus = (a: Spent, b: Spent): Spent => ({
  ms: a.ms + b.ms,
  clientsMs: a.clientsMs + b.clientsMs,
  apiMs: a.apiMs + b.apiMs,
  workerMs: a.workerMs + b.workerMs,
  databaseMs: a.databaseMs + b.databaseMs,
});
/** of what was done for more records than are counted */
const share = (spent: Spent, part: number): Spent => ({
  ms: spent.ms * part,
  clientsMs: spent.clientsMs * part,
  apiMs: spent.apiMs * part,
  workerMs: spent.workerMs * part,
  databaseMs: spent.databaseMs * part,
});
/** of the programs that are measured: the clients are other people's */
const ours = ({ apiMs, workerMs, databaseMs }: Spent): number => apiMs + workerMs + databaseMs;

interface Ingest {
  readonly calls: number;
  readonly serials: Serials;
  readonly clients: number;
}
async function ingest(place: Place, { calls, serials, clients }: Ingest): Promise<Row[]> {
  return withMarketplace(place, clients, async ({ url, seller, push, pushBare, rate, memory }) => {
    const warmUp = Math.min(calls, WARM_UP_CALLS);
    const before = { calls: warmUp, offset: 0, serials };
    await push(before);
    await pushBare(before);
    const records = calls * PER_CALL;
    say(`${clients} clients push ${records} records with ${serials} ids`);
    let [pushed, bare, copied] = [NOTHING, NOTHING, { ms: 0, cpuMs: 0 }];
    const held: number[] = [];
    for (let done = 0; done < calls; done += CALLS_AT_ONCE) {
      const span = { calls: Math.min(CALLS_AT_ONCE, calls - done), offset: (warmUp + done) * PER_CALL, serials };
      pushed = plus(pushed, await push(span));
      held.push(memory().api);
      bare = plus(bare, await pushBare(span));
      const copy = await copyRaw(url, usageBodies(seller, span));
      copied = { ms: copied.ms + copy.ms, cpuMs: copied.cpuMs + copy.cpuMs };
    }
    const again = await push(before);
    const rated = share(await rate(), calls / (calls + warmUp));
    const whole = plus(pushed, rated);
    const perSecond = (ms: number, count = records) => (count / ms) * 1_000;
    const us = (ms: number) => (ms * 1_000) / records;
    const [early, last] = [held[Math.floor((held.length - 1) / 5)], held.at(-1)];
    const rows: Row[] = [
      { name: `records end to end, ${records}, ${serials} ids`, value: perSecond(whole.ms), unit: '/s' },
      { name: 'end to end ÷ raw COPY', value: copied.ms / whole.ms, unit: '', aim: { atLeast: 0.5 } },
      { name: 'the same by processor time, without the clients', value: copied.cpuMs / ours(whole), unit: '' },
      {
        name: 'the same by processor time, with the clients',
        value: copied.cpuMs / (ours(whole) + whole.clientsMs),
        unit: '',
      },
      { name: 'raw COPY', value: perSecond(copied.ms), unit: '/s' },
      {
        name: 'bare server ÷ raw COPY',
        value: copied.ms / bare.ms,
        unit: '',
        note: 'signed HTTP and a COPY for each call: no rule, no rating',
      },
      { name: 'bare server and our rating ÷ raw COPY', value: copied.ms / (bare.ms + rated.ms), unit: '' },
      { name: 'end to end ÷ bare server', value: bare.ms / whole.ms, unit: '' },
      { name: 'accepted ÷ bare server', value: bare.ms / pushed.ms, unit: '' },
      { name: 'accepted (signed HTTP, de-duplicated, written)', value: perSecond(pushed.ms), unit: '/s' },
      { name: 'accepted ÷ raw COPY', value: copied.ms / pushed.ms, unit: '' },
      { name: 'rated and charged', value: perSecond(rated.ms), unit: '/s' },
      {
        name: 'the same calls once more',
        value: perSecond(again.ms, warmUp * PER_CALL),
        unit: '/s',
        note: 'all repeats: nothing is written',
      },
      { name: 'processor time a record: raw COPY', value: us(copied.cpuMs), unit: 'µs' },
      { name: 'processor time a record: bare server and its database', value: us(ours(bare)), unit: 'µs' },
      { name: 'processor time a record: clients', value: us(whole.clientsMs), unit: 'µs' },
      { name: 'processor time a record: API', value: us(pushed.apiMs), unit: 'µs' },
      { name: 'processor time a record: database, accepting', value: us(pushed.databaseMs), unit: 'µs' },
      { name: 'processor time a record: worker', value: us(rated.workerMs), unit: 'µs' },
      { name: 'processor time a record: database, rating', value: us(rated.databaseMs), unit: 'µs' },
      ...(early && last && held.length > 1
        ? [{ name: 'memory of the API at the end ÷ after a fifth', value: last / early, unit: '' }]
        : []),
      { name: 'memory of the API at most', value: memory().apiPeak, unit: 'MB' },
      { name: 'memory of the worker at most', value: memory().workerPeak, unit: 'MB' },
    ];
    return rows.map((row) => ({ ...row, name: `${clients} clients: ${row.name}` }));
  });
}

async function onTop(
  place: Place,
  { before, quick, serials }: { readonly before: number; readonly quick: boolean; readonly serials: Serials },
): Promise<Row[]> {
  return withMarketplace(place, FEW_CLIENTS, async ({ seller, push, rate, platform }) => {
    say(`storing ${before} records`);
    await storeBefore(platform.db, seller, { records: before, serials });
    const [calls, warmUp] = quick ? [4, 1] : [CALLS_ON_TOP, WARM_UP_CALLS];
    await push({ calls: warmUp, offset: 0, serials });
    const pushed = await push({ calls, offset: warmUp * PER_CALL, serials });
    const whole = plus(pushed, share(await rate(), calls / (calls + warmUp)));
    const us = (ms: number) => (ms * 1_000) / (calls * PER_CALL);
    return [
      { name: `a record on top of ${before}, ${serials} ids`, value: us(whole.ms), unit: 'µs' },
      { name: `processor time of it`, value: us(ours(whole)), unit: 'µs' },
      { name: `the database's part of it`, value: us(whole.databaseMs), unit: 'µs' },
    ];
  });
}

/** in MB */
interface Memory {
  readonly api: number;
  readonly apiPeak: number;
  readonly workerPeak: number;
}
interface Opened {
  readonly platform: Awaited<ReturnType<typeof openMarketplace>>['platform'];
  readonly seller: MeteredSeller;
  readonly url: string;
  push(calls: Calls): Promise<Spent>;
  /** the same to the bare server */
  pushBare(calls: Calls): Promise<Spent>;
  /** all that was pushed */
  rate(): Promise<Spent>;
  memory(): Memory;
}
async function withMarketplace(
  place: Place,
  clientsOfEach: number,
  work: (opened: Opened) => Promise<Row[]>,
): Promise<Row[]> {
  const url = await place.create('metering');
  const { platform, close } = await openMarketplace(url);
  const seller = await meteredSeller(platform, METERS);
  const server = startChild('./orders/server.ts', [url], z.unknown());
  const worker = startChild('./metering/rating.ts', [url, String(METERS)], told);
  const bare = startChild('./metering/bare.ts', [url, JSON.stringify(seller)], listening);
  const children: { stop(): Promise<void> }[] = [server, worker, bare];
  try {
    const clientsOf = async ({ port }: z.infer<typeof listening>) => {
      const asked = [String(port), JSON.stringify(seller), String(clientsOfEach)];
      const clients = startChild('./metering/clients.ts', asked, told);
      children.push(clients);
      await clients.next();
      return clients;
    };
    const clients = await clientsOf(listening.parse(await server.next()));
    const clientsOfBare = await clientsOf(await bare.next());
    await worker.next();
    const spent = async (child: Child<z.infer<typeof told>>, order: unknown): Promise<Spent> => {
      const used = async () => ({
        // one of them is at rest while the other is pushed to
        apiMs: cpuMsOf([server.pid, bare.pid]),
        workerMs: cpuMsOf([worker.pid]),
        databaseMs: await serverCpuMs(url),
      });
      const before = await used();
      child.tell(order);
      const { ms = Number.NaN, cpuMs: clientsMs = 0 } = await child.next();
      const after = await used();
      const [apiMs, workerMs] = [after.apiMs - before.apiMs, after.workerMs - before.workerMs];
      return { ms, clientsMs, apiMs, workerMs, databaseMs: after.databaseMs - before.databaseMs };
    };
    const pushBy = async (program: typeof clients, calls: Calls) => {
      program.tell({ make: calls });
      await program.next();
      return spent(program, { push: true });
    };
    return await work({
      platform,
      seller,
      url,
      push: (calls) => pushBy(clients, calls),
      pushBare: (calls) => pushBy(clientsOfBare, calls),
      rate: () => spent(worker, { rate: true }),
      memory() {
        const api = memoryOf(server.pid);
        return { api: api.now, apiPeak: api.peak, workerPeak: memoryOf(worker.pid).peak };
      },
    });
  } finally {
    for (const child of children) await child.stop();
    await close();
    await place.drop('metering');
  }
}
