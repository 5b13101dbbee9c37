/**
 * Some seeds of the whole marketplace with faulty sellers, crashes and clock jumps; `npm run simulate -- --seeds N` runs
 * more. A failing seed is printed as a command line.
 */
import { describe, expect, inject, it } from 'vitest';
import { type SimulationReport, simulate } from '../packages/marketplace/src/testing/simulation.ts';
import { copyTemplate } from './support/test-server.ts';

const SEEDS = 10;
// a seed takes a second; a machine that does much else at the same time needs longer
const TIMEOUT_MS = 90_000;

async function run(seed: string): Promise<SimulationReport> {
  const database = await copyTemplate(inject('adminUrl'));
  try {
    return await simulate(database.url, seed);
  } finally {
    await database.drop();
  }
}

describe('the simulation', { timeout: TIMEOUT_MS }, () => {
  const reports: SimulationReport[] = [];

  it.each(Array.from({ length: SEEDS }, (_, place) => `${place + 1}`))(
    'holds all invariants with seed %s',
    async (seed) => {
      const report = await run(seed);
      reports.push(report);
      expect(report.faults, `npm run simulate -- --seed ${seed}`).toEqual([]);
    },
  );

  it('met what it is there for: orders that ended well and badly, cancelled ones, and crashes', () => {
    const total = (count: (report: SimulationReport) => number) =>
      reports.reduce((sum, report) => sum + count(report), 0);
    expect(total((report) => report.crashes)).toBeGreaterThan(SEEDS);
    for (const state of ['COMPLETED', 'REFUNDED', 'CANCELLED'] as const) {
      expect([state, total((report) => report.orders[state] ?? 0) >= SEEDS]).toEqual([state, true]);
    }
  });

  it('gives the same history for the same seed, and another for another', async () => {
    const again = await run('1');
    expect(again.digest).toBe(reports[0]?.digest);
    expect(new Set(reports.map((report) => report.digest)).size).toBe(SEEDS);
  });
});
