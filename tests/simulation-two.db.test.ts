/** The other share of the seeds, for the other core. */
import { describe, it } from 'vitest';
import { expectSound, seedsOf, sharedDatabase, simulated } from './support/simulation.ts';

const db = sharedDatabase();

describe('the simulation', { timeout: 180_000 }, () => {
  it.each(seedsOf('two'))('holds all invariants with seed %s', async (seed) => {
    await expectSound(db(), await simulated(db(), seed));
  });
});
