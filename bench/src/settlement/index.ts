/**
 * The bill run: lines per second on PostgreSQL beside one plain pass over the same lines, growing; and `jishi settle`
 * over a file of lines with its peak memory.
 */
import { inTransaction } from '@jishi/marketplace';
import { runPeriod } from '@jishi/marketplace/testing';
import type { BenchOptions } from '../fulfilment/index.ts';
import { openMarketplace, type Place } from '../place.ts';
import { say } from '../progress.ts';
import type { Row } from '../report.ts';
import { percentile } from '../stats.ts';
import { fillLines, PERIOD, plainSum, SELLERS } from './lines.ts';
import { settleScenario } from './scenario.ts';

/** after the billing day of the period that is filled */
const RUN_AT = new Date('2024-02-05T00:00:00Z');
const PASSES = 5;

export async function benchSettlement(place: Place, { quick, only, size }: BenchOptions): Promise<Row[]> {
  const usual = quick ? [2_000, 20_000] : [1_000_000, 10_000_000];
  const sizes = typeof size === 'number' ? [size] : usual;
  const rows: Row[] = [];
  if (only === null || only === 'run') for (const lines of sizes) rows.push(...(await billRun(place, lines)));
  if (only === null || only === 'settle') for (const lines of sizes) rows.push(...(await settling(lines)));
  return rows;
}

async function billRun(place: Place, lines: number): Promise<Row[]> {
  const url = await place.create('settlement');
  const { platform, close } = await openMarketplace(url);
  try {
    say(`making ${lines} lines`);
    await fillLines(platform.db, lines);
    const plain: number[] = [];
    for (let pass = 0; pass < PASSES; pass += 1) plain.push(await plainSum(platform.db));
    const began = performance.now();
    const done = await inTransaction(platform.db, (tx) =>
      runPeriod(platform, tx, { site: 'CN', period: PERIOD }, RUN_AT),
    );
    const took = performance.now() - began;
    if (!done.ok || done.value.lines !== lines) throw new Error('the run did not bill each line once');
    const sum = percentile(plain, 0.5);
    return [
      {
        name: `bill run ÷ plain sum by seller, ${lines} lines`,
        value: took / sum,
        unit: '',
        aim: { below: 3 },
        note: `${took.toFixed(0)} ÷ ${sum.toFixed(0)} ms; ${done.value.bills} bills of ${SELLERS} sellers, increment shares, postings, releases, close`,
      },
      { name: `bill run, ${lines} lines`, value: (lines / took) * 1000, unit: '/s', aim: { atLeast: 100_000 } },
    ];
  } finally {
    await close();
    await place.drop('settlement');
  }
}

async function settling(lines: number): Promise<Row[]> {
  say(`jishi settle over ${lines} lines`);
  const { seconds, cpuSeconds, peakMb, bills } = await settleScenario(lines);
  return [
    {
      name: `jishi settle, ${lines} lines`,
      value: lines / seconds,
      unit: '/s',
      note: `${bills} bills, lines in a file`,
    },
    { name: `jishi settle, ${lines} lines, by the processor's time`, value: lines / cpuSeconds, unit: '/s' },
    { name: `jishi settle, ${lines} lines, peak memory`, value: peakMb, unit: 'MB', aim: { below: 600 } },
  ];
}
