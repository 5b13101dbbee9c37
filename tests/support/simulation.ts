/** Seeds of the simulation as tests: shares of them in several files, so that every core works. */
import { expect, inject } from 'vitest';
import {
  type SimulationOptions,
  type SimulationReport,
  simulate,
} from '../../packages/marketplace/src/testing/simulation/index.ts';
import { type Script, scriptText } from '../../packages/marketplace/src/testing/simulation/script.ts';
import { shrink } from '../../packages/marketplace/src/testing/simulation/shrink.ts';
import { copyTemplate } from './test-server.ts';

const [ALL, SOME] = [50, 5];
/** All of them on the embedded server, which is reached by its socket; elsewhere some, to see that nothing depends on it. */
export const seedsOf = (share: string): string[] =>
  Array.from({ length: inject('adminUrl').includes('%2F') ? ALL : SOME }, (_, place) => `${share}-${place + 1}`);

export async function simulated(seed: string, options: SimulationOptions = {}): Promise<SimulationReport> {
  const database = await copyTemplate(inject('adminUrl'));
  try {
    return await simulate(database.url, seed, options);
  } finally {
    await database.drop();
  }
}

/** Fails with a short script that breaks the same invariant. */
export async function expectSound(report: SimulationReport): Promise<void> {
  if (report.faults.length === 0) return;
  const short = await shrink(report, (script: Script) => simulated(report.seed, { script }));
  expect(report.faults, `npm run simulate -- --script FILE, with this in FILE:\n${scriptText(short)}`).toEqual([]);
}
