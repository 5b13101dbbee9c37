/**
 * A worker is killed (kill -9) with calls in flight; another process takes them up. Measured at the seller: from the
 * kill to the arrival of each call's repetition.
 */
import type { Place } from '../place.ts';
import { say, until } from '../progress.ts';
import type { Row } from '../report.ts';
import type { Arrival } from '../sellers.ts';
import { median } from '../stats.ts';
import { openLive } from './live.ts';

export async function measureCrash(place: Place, options: { readonly calls: number }): Promise<Row[]> {
  const live = await openLive(place, 'crash', 1, true);
  try {
    live.sellers.hang(0, true);
    await live.buy(0, options.calls);
    const victim = await live.startWorker();
    const created = async (): Promise<Map<string, number[]>> => byLine(await live.sellers.arrivals());
    await until('calls in flight', async () => ((await created()).size === options.calls ? true : null), 15_000);
    await live.startWorker();
    const killedAtMs = Date.now();
    await victim.stop('SIGKILL');
    live.sellers.hang(0, false);
    say(`killed with ${options.calls} calls in flight; waiting for their repetition …`);
    const isBack = (times: readonly number[]) => times.some((atMs) => atMs > killedAtMs);
    const calls = await until(
      'repeated calls',
      async () => {
        const lines = await created();
        return [...lines.values()].every(isBack) ? lines : null;
      },
      60_000,
      100,
    );
    const seconds = [...calls.values()].map(
      (times) => ((times.find((atMs) => atMs > killedAtMs) ?? Number.NaN) - killedAtMs) / 1000,
    );
    const most = Math.max(...[...calls.values()].map((times) => times.length));
    const note = `${options.calls} calls in flight, median ${median(seconds).toFixed(1)} s, each made ${most} times in all`;
    return [
      {
        name: 'kill -9 → call taken up again (worst)',
        value: Math.max(...seconds),
        unit: 's',
        aim: { below: 30 },
        note,
      },
    ];
  } finally {
    await live.close();
  }
}

/** Times of the newInstance calls of each line. */
function byLine(arrivals: readonly Arrival[]): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  for (const { line, activity, atMs } of arrivals) {
    if (activity === 'newInstance') lines.set(line, [...(lines.get(line) ?? []), atMs]);
  }
  return lines;
}
