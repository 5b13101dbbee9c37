/**
 * Usage end to end: signed HTTP with 1,000 records a call, de-duplicated, written, then rated and charged; beside a raw COPY of the
 * same rows into a table with the same unique key. Then the same calls with more and more rows stored before.
 */

import { runMetering } from '@jishi/marketplace/testing';
import { z } from 'zod';
import type { BenchOptions } from '../fulfilment/index.ts';
import { openMarketplace, type Place } from '../place.ts';
import { startChild } from '../process.ts';
import { say } from '../progress.ts';
import type { Row } from '../report.ts';
import { copyRaw } from './copy.ts';
import { PER_CALL, pushAll, usageBodies } from './pushing.ts';
import { hoursLater, type MeteredSeller, meteredSeller, storeBefore } from './seller.ts';

const listening = z.object({ port: z.number() });
/** as a seller's program and its retry at once */
const CLIENTS = 4;
const METERS = 200;
/** calls that are measured over a store that is filled */
const CALLS_ON_TOP = 20;

export async function benchMetering(place: Place, { quick, only, size }: BenchOptions): Promise<Row[]> {
  const calls = typeof size === 'number' ? Math.max(1, Math.round(size / PER_CALL)) : quick ? 4 : 200;
  const stored = quick ? [5_000] : [1_000_000, 20_000_000];
  const rows: Row[] = [];
  if (only === null || only === 'ingest') rows.push(...(await ingest(place, calls)));
  if (only === null || only === 'stored') for (const before of stored) rows.push(...(await onTop(place, before)));
  return rows;
}

async function ingest(place: Place, calls: number): Promise<Row[]> {
  return withMarketplace(place, async ({ url, seller, pushing, platform }) => {
    const bodies = usageBodies(seller, { calls, offset: 0 });
    const records = calls * PER_CALL;
    say(`pushing ${records} records`);
    const pushedMs = await timed(() => pushing(bodies));
    const later = hoursLater(platform, 3);
    const ratedMs = await timed(async () => {
      while ((await runMetering(later, METERS)) > 0);
    });
    const againMs = await timed(() => pushing(bodies.slice(0, Math.min(calls, CALLS_ON_TOP))));
    const copyMs = await copyRaw(url, bodies);
    const perSecond = (ms: number, count: number) => (count / ms) * 1_000;
    const whole = perSecond(pushedMs + ratedMs, records);
    return [
      { name: `records end to end, ${records}`, value: whole, unit: '/s' },
      { name: 'end to end ÷ raw COPY', value: whole / perSecond(copyMs, records), unit: '', aim: { atLeast: 0.5 } },
      { name: 'accepted (signed HTTP, de-duplicated, written)', value: perSecond(pushedMs, records), unit: '/s' },
      { name: 'accepted ÷ raw COPY', value: copyMs / pushedMs, unit: '' },
      { name: 'rated and charged', value: perSecond(ratedMs, records), unit: '/s' },
      {
        name: 'the same calls once more',
        value: perSecond(againMs, Math.min(calls, CALLS_ON_TOP) * PER_CALL),
        unit: '/s',
        note: 'all repeats: nothing is written',
      },
    ];
  });
}

async function onTop(place: Place, before: number): Promise<Row[]> {
  return withMarketplace(place, async ({ seller, pushing, platform }) => {
    say(`storing ${before} records`);
    await storeBefore(platform.db, seller, before);
    const bodies = usageBodies(seller, { calls: CALLS_ON_TOP, offset: 0 });
    const ms = await timed(() => pushing(bodies));
    const perRecordUs = (ms * 1_000) / (CALLS_ON_TOP * PER_CALL);
    return [{ name: `a record on top of ${before}`, value: perRecordUs, unit: 'µs' }];
  });
}

interface Opened {
  readonly platform: Awaited<ReturnType<typeof openMarketplace>>['platform'];
  readonly seller: MeteredSeller;
  readonly url: string;
  pushing(bodies: readonly string[]): Promise<void>;
}
async function withMarketplace(place: Place, work: (opened: Opened) => Promise<Row[]>): Promise<Row[]> {
  const url = await place.create('metering');
  const { platform, close } = await openMarketplace(url);
  const seller = await meteredSeller(platform, METERS);
  const server = startChild('./orders/server.ts', [url], z.unknown());
  try {
    const { port } = listening.parse(await server.next());
    const pushing = (bodies: readonly string[]) => pushAll(port, seller, bodies, CLIENTS);
    return await work({ platform, seller, url, pushing });
  } finally {
    await server.stop('SIGKILL');
    await close();
    await place.drop('metering');
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
