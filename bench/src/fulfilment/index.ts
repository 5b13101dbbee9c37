/** From paid to active: throughput, a hanging neighbour, a worker that is killed. */
import type { Place } from '../place.ts';
import { say } from '../progress.ts';
import type { Row } from '../report.ts';
import { measureCrash } from './crash.ts';
import { measureNeighbour } from './neighbour.ts';
import { measureThroughput } from './throughput.ts';

export interface BenchOptions {
  readonly quick: boolean;
  /** name of one part; null = all */
  readonly only: string | null;
  /** how many products or orders, where a benchmark asks for it; null = its own size */
  readonly size?: number | null;
}

export async function benchFulfilment(place: Place, { quick, only, size }: BenchOptions): Promise<Row[]> {
  const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
    throughput: () =>
      measureThroughput(place, {
        lines: size ?? (quick ? 40 : 4_000),
        history: size ?? (quick ? 40 : 4_000),
        rounds: quick ? 1 : 3,
        concurrency: 64,
        poolSize: 16,
      }),
    neighbour: () =>
      measureNeighbour(
        place,
        quick
          ? { sellers: 5, ordersPerSecond: 10, seconds: 1, rounds: 1 }
          : { sellers: 100, ordersPerSecond: 10, seconds: 25, rounds: 2 },
      ),
    crash: () => measureCrash(place, { calls: quick ? 4 : 16 }),
  };
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (only !== null && only !== name) continue;
    say(`-- ${name}`);
    rows.push(...(await measure()));
  }
  return rows;
}
