/**
 * The bill run: lines per second on PostgreSQL beside one plain pass over the same lines, growing; and `jishi settle`
 * over a file of lines with its peak memory.
 */
import { inTransaction, type Platform } from '@jishi/marketplace';
import { runPeriod } from '@jishi/marketplace/testing';
import { serverCpuMs } from '../cpu.ts';
import type { BenchOptions } from '../fulfilment/index.ts';
import { openMarketplace, type Place } from '../place.ts';
import { say } from '../progress.ts';
import type { Row } from '../report.ts';
import { median } from '../stats.ts';
import { fillLines, PERIOD, plainSum, SELLERS } from './lines.ts';
import { settleScenario } from './scenario.ts';

/** after the billing day of the period that is filled */
const RUN_AT = new Date('2024-02-05T00:00:00Z');
const ROUNDS = 3;
/** plain sums in a round */
const PASSES = 3;

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
    const rounds: { plain: Measured; run: Measured }[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const passes: Measured[] = [];
      for (let pass = 0; pass < PASSES; pass += 1) passes.push(await measured(url, () => plainSum(platform.db)));
      const plain = { ms: median(passes.map(({ ms }) => ms)), cpuMs: median(passes.map(({ cpuMs }) => cpuMs)) };
      const run = await measured(url, () => billed(platform, lines, round === ROUNDS));
      rounds.push({ plain, run });
      say(
        `round ${round}/${ROUNDS}  run ${run.ms.toFixed(0)} ms (CPU ${run.cpuMs.toFixed(0)}), plain sum ${plain.ms.toFixed(0)} ms (CPU ${plain.cpuMs.toFixed(0)})`,
      );
    }
    const ratios = rounds.map(({ plain, run }) => run.ms / plain.ms);
    const cpuRatios = rounds.map(({ plain, run }) => run.cpuMs / plain.cpuMs);
    const [took, sum] = [median(rounds.map(({ run }) => run.ms)), median(rounds.map(({ plain }) => plain.ms))];
    const told = (of: readonly number[]) => of.map((each) => each.toFixed(2)).join(' ');
    return [
      {
        name: `bill run ÷ plain sum by seller, ${lines} lines`,
        value: median(ratios),
        unit: '',
        aim: { below: 3 },
        note: `rounds ${told(ratios)}; ${took.toFixed(0)} ÷ ${sum.toFixed(0)} ms; bills of ${SELLERS} sellers, increment shares, postings, releases, close`,
      },
      {
        name: `bill run ÷ plain sum by seller, ${lines} lines, by processor time`,
        value: median(cpuRatios),
        unit: '',
        note: `rounds ${told(cpuRatios)}; server and program`,
      },
      { name: `bill run, ${lines} lines`, value: (lines / took) * 1000, unit: '/s', aim: { atLeast: 100_000 } },
    ];
  } finally {
    await close();
    await place.drop('settlement');
  }
}

interface Measured {
  readonly ms: number;
  /** of the whole server, which nobody else uses, and of this program */
  readonly cpuMs: number;
}
async function measured(url: string, work: () => Promise<unknown>): Promise<Measured> {
  const [server, own, began] = [await serverCpuMs(url), process.cpuUsage(), performance.now()];
  await work();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(own);
  return { ms, cpuMs: (user + system) / 1_000 + (await serverCpuMs(url)) - server };
}

/** @param kept false = taken back, so that the next round finds the month as it was */
async function billed(platform: Platform, lines: number, kept: boolean): Promise<void> {
  await inTransaction(platform.db, async (tx) => {
    const done = await runPeriod(platform, tx, { site: 'CN', period: PERIOD }, RUN_AT);
    if (!done.ok || done.value.repeated || done.value.lines !== lines)
      throw new Error('the run did not bill each line once');
    if (!kept) throw new TakenBack();
  }).catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
}
class TakenBack extends Error {}

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
