/** Seeds of the simulation as tests: shares of them in several files, so that every core works. */
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { type Database, type Db, openDatabase } from '../../packages/marketplace/src/platform/database/database.ts';
import { emptyDatabase } from '../../packages/marketplace/src/testing/empty-database.ts';
import {
  type SimulationOptions,
  type SimulationReport,
  simulate,
} from '../../packages/marketplace/src/testing/simulation/index.ts';
import { type Script, scriptText } from '../../packages/marketplace/src/testing/simulation/script.ts';
import { shrink } from '../../packages/marketplace/src/testing/simulation/shrink.ts';
import { copyTemplate } from './test-server.ts';

/** One share for each core; a seed takes a second. */
const ALL = { one: 150, two: 150 } as const;
const SOME = 5;
/** All of them on the embedded server, which is reached by its socket; elsewhere some, to see that nothing depends on it. */
export const seedsOf = (share: keyof typeof ALL): string[] =>
  Array.from({ length: inject('adminUrl').includes('%2F') ? ALL[share] : SOME }, (_, place) => `${share}-${place + 1}`);

/** A database for a file's seeds, one after the other: its connections are warm, and emptying it is quicker than a new copy. */
export function sharedDatabase(): () => Db {
  const made: { database: Database; drop(): Promise<void> }[] = [];
  beforeAll(async () => {
    const copy = await copyTemplate(inject('adminUrl'));
    made.push({ database: openDatabase(copy.url, { poolSize: 2 }), drop: copy.drop });
  });
  afterAll(async () => {
    for (const { database, drop } of made.splice(0)) {
      await database.close();
      await drop();
    }
  });
  return () => {
    const [first] = made;
    if (!first) throw new Error('the database exists inside tests and hooks only');
    return first.database.db;
  };
}

export async function simulated(db: Db, seed: string, options: SimulationOptions = {}): Promise<SimulationReport> {
  await emptyDatabase(db);
  return simulate(db, seed, options);
}

/** Fails with a short script that breaks the same invariant. */
export async function expectSound(db: Db, report: SimulationReport): Promise<void> {
  if (report.faults.length === 0) return;
  const short = await shrink(report, (script: Script) => simulated(db, report.seed, { script }));
  expect(report.faults, `npm run simulate -- --script FILE, with this in FILE:\n${scriptText(short)}`).toEqual([]);
}
