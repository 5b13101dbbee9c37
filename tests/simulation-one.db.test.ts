/** A share of the seeds of the whole marketplace: bought, renewed, changed, refunded, frozen, released, with deaths in between. */
import { describe, expect, it } from 'vitest';
import type { SimulationReport } from '../packages/marketplace/src/testing/simulation/index.ts';
import { expectSound, seedsOf, sharedDatabase, simulated } from './support/simulation.ts';

const SEEDS = seedsOf('one');
const db = sharedDatabase();
// a seed takes a second; a machine that does much else at the same time needs longer, and a failing one is shortened
const TIMEOUT_MS = 180_000;

describe('the simulation', { timeout: TIMEOUT_MS }, () => {
  const reports: SimulationReport[] = [];

  it.each(SEEDS)('holds all invariants with seed %s', async (seed) => {
    const report = await simulated(db(), seed);
    reports.push(report);
    await expectSound(db(), report);
  });

  it('met what it is there for', () => {
    const met = new Map<string, number>();
    for (const { events, orders, instances, crashes } of reports)
      for (const [what, count] of Object.entries({ ...events, ...orders, ...instances, crashes }))
        met.set(what, (met.get(what) ?? 0) + count);
    const missing = EXPECTED.filter((what) => !met.has(what) || met.get(what) === 0);
    expect(SEEDS.length < 100 ? [] : missing).toEqual([]);
    expect(met.get('crashes')).toBeGreaterThan(SEEDS.length);
  });

  it('gives the same history for the same seed, and another for another', async () => {
    const again = await simulated(db(), SEEDS[0] ?? '');
    expect(again.digest).toBe(reports[0]?.digest);
    expect(new Set(reports.map((report) => report.digest)).size).toBe(SEEDS.length);
  });
});

const EXPECTED = [
  ...['COMPLETED', 'REFUNDED', 'CANCELLED', 'RELEASED', 'ACTIVE', 'FAILED'],
  ...['ready', 'expiring', 'grace-begun', 'frozen', 'unfrozen', 'release-begun', 'released'].map(ofInstance),
  ...['renewed', 'auto-renew-failed', 'changed', 'change-failed', 'cured', 'period-changed'].map(ofInstance),
  ...['refund-executed', 'refund-decided', 'line-refunded'].map((what) => `ordering.${what}`),
  ...['line-failed', 'call-stopped', 'call-done'].map((what) => `fulfilment.${what}`),
  ...['directory.enterprise-changed', 'people.sync-failed'],
];
function ofInstance(what: string): string {
  return `instances.${what}`;
}
