/**
 * Good sellers beside one that hangs. Orders come at a steady rate, to each good seller alike; in every second phase
 * one more seller gets orders, never answers, and fills its limit of calls with 20 s time-outs. Compared: the time from
 * paid to active at the good sellers, from the database's own rows.
 */
import type { Place } from '../place.ts';
import { adminQuery } from '../place.ts';
import { pause, say, until } from '../progress.ts';
import type { Row } from '../report.ts';
import { median, percentile } from '../stats.ts';
import { type Live, openLive } from './live.ts';

export interface NeighbourOptions {
  readonly sellers: number;
  readonly ordersPerSecond: number;
  /** longer than the time-out of 20 s, so that time-outs and their records fall into the phase */
  readonly seconds: number;
  /** pairs of phases, without and with the hanging seller */
  readonly rounds: number;
}

export async function measureNeighbour(place: Place, options: NeighbourOptions): Promise<Row[]> {
  const [calm, beside]: [number[][], number[][]] = [[], []];
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const hanging of round % 2 === 1 ? [false, true] : [true, false]) {
      const latenciesMs = await phase(place, options, hanging);
      (hanging ? beside : calm).push(latenciesMs);
      say(
        `round ${round}/${options.rounds}  ${hanging ? 'one seller hangs' : 'all sellers good'}  p50 ${percentile(latenciesMs, 0.5).toFixed(0)} ms  p99 ${percentile(latenciesMs, 0.99).toFixed(0)} ms  (${latenciesMs.length} orders)`,
      );
    }
  }
  const figure = (phases: readonly number[][], share: number) => median(phases.map((each) => percentile(each, share)));
  const ratio = (share: number) => figure(beside, share) / figure(calm, share);
  const note = `${options.sellers} good sellers, ${options.ordersPerSecond} orders/s, ${options.rounds} × ${options.seconds} s each`;
  return [
    {
      name: 'good sellers, p99 beside a hanging one ÷ without',
      value: ratio(0.99),
      unit: '×',
      aim: { below: 1.2 },
      note,
    },
    { name: 'good sellers, p50 beside a hanging one ÷ without', value: ratio(0.5), unit: '×' },
    { name: 'paid → active, p50 / without', value: figure(calm, 0.5), unit: 'ms' },
    { name: 'paid → active, p99 / without', value: figure(calm, 0.99), unit: 'ms' },
    { name: 'paid → active, p99 / beside a hanging one', value: figure(beside, 0.99), unit: 'ms' },
  ];
}

async function phase(place: Place, options: NeighbourOptions, hanging: boolean): Promise<number[]> {
  const live = await openLive(place, 'neighbour', options.sellers + 1);
  try {
    live.sellers.hang(options.sellers, true);
    await live.startWorker();
    await load(live, options, 1, false); // warm: code compiled, connections open
    await settled(live, options.sellers);
    await adminQuery(live.databaseUrl, 'VACUUM ANALYZE');
    const startedAt = new Date();
    await load(live, options, options.seconds, hanging);
    await settled(live, options.sellers);
    const hung = live.offers[options.sellers]?.sellerId ?? '';
    const { rows } = await adminQuery(
      live.databaseUrl,
      `SELECT extract(epoch FROM i.started_at - o.paid_at) * 1000 AS ms FROM instances.instances i JOIN ordering.orders o USING (order_id)
       WHERE i.seller_id <> '${hung}' AND o.paid_at >= '${startedAt.toISOString()}'`,
    );
    return rows.map((row) => Number(row.ms));
  } finally {
    await live.close();
  }
}

/** The hanging seller gets five times a good one's share: far more than it can be called. */
async function load(live: Live, options: NeighbourOptions, seconds: number, hanging: boolean): Promise<void> {
  const everyMs = 1000 / options.ordersPerSecond;
  const startedMs = performance.now();
  const under: Promise<unknown>[] = [];
  for (let count = 0; count < options.ordersPerSecond * seconds; count += 1) {
    await pause(Math.max(0, startedMs + count * everyMs - performance.now()));
    under.push(live.buy(count % options.sellers));
    if (hanging && count % Math.ceil(options.sellers / 5) === 0) under.push(live.buy(options.sellers));
  }
  await Promise.all(under);
}

/** Every order at a good seller is active. */
async function settled(live: Live, hangingSeller: number): Promise<void> {
  const hung = live.offers[hangingSeller]?.sellerId ?? '';
  const look = async () => {
    const { rows } = await adminQuery(
      live.databaseUrl,
      `SELECT count(*) AS open FROM ordering.order_lines l LEFT JOIN instances.instances i ON i.resource_id = l.order_line_id
       WHERE l.seller_id <> '${hung}' AND i.state IS DISTINCT FROM 'ACTIVE'`,
    );
    return Number(rows[0]?.open) === 0 ? true : null;
  };
  await until('all good orders active', look, 60_000, 200);
}
