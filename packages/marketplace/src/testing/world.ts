/** A marketplace of one's own on a fresh database: `createWorld` for a test, with virtual time unless told otherwise. */
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoFacts } from '../demo/facts.ts';
import { type DemoOptions, seedDemo } from '../demo/seed.ts';
import { type Clock, type VirtualClock, virtualClock } from '../platform/clock.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database/database.ts';
import { migrate } from '../platform/database/migrations.ts';
import type { Outbound } from '../platform/outbound.ts';
import type { Platform } from '../platform/platform.ts';
import { seededRandom } from '../platform/random.ts';
import { createPlatform, createSimulator, type Simulator } from '../runtime.ts';
import { MIGRATIONS } from '../schema.ts';

export const TEST_START = new Date('2026-01-05T02:00:00.000Z');
// 32 bytes that pass for random; they guard nothing.
export const TEST_KEYS = 'test:3q2+796tvu8AESIzRFVmd4iZqrvM3e7/ABEiM0RVZnc=';

export interface World {
  readonly platform: Platform;
  readonly clock: VirtualClock;
  readonly simulator: Simulator;
  readonly demo: DemoFacts;
  close(): Promise<void>;
}
export interface WorldOptions extends Partial<DemoOptions> {
  readonly databaseUrl: string;
  readonly seed?: string;
  readonly config?: Partial<Config>;
  readonly outbound?: Outbound;
  readonly start?: Date;
}

export function testConfig(databaseUrl: string, changes: Partial<Config> = {}): Config {
  const result = readConfig(
    { JISHI_DATABASE_URL: databaseUrl, JISHI_MASTER_KEYS: TEST_KEYS, JISHI_LOG_LEVEL: 'silent' },
    'sandbox',
  );
  if (!result.ok) throw new Error(result.faults.map((fault) => `${fault.name} ${fault.message}`).join('; '));
  // Nobody is compared unless a test asks for it: its seller would hear calls that the test does not know.
  // a clock that jumps signs nobody out before the session's own end
  const sessions = { ...result.config.sessions, idleMinutes: 0 };
  return { ...result.config, comparisonHours: 0, sessions, files: { dir: filesOf(databaseUrl) }, ...changes };
}

/** A folder of the database's own: two worlds never see each other's files. */
const filesOf = (databaseUrl: string): string =>
  join(tmpdir(), 'jishi-test-files', new URL(databaseUrl).pathname.slice(1) || 'database');

export async function createWorld(options: WorldOptions): Promise<World> {
  const clock = virtualClock(options.start ?? TEST_START);
  const { platform, closeDatabase } = await openPlatform(options.databaseUrl, {
    clock,
    seed: options.seed ?? 'seed',
    config: options.config ?? {},
  });
  const demo = await seedDemo(platform, {
    ...options,
    productionUrl: options.productionUrl ?? 'http://127.0.0.1:1/produce',
    password: options.password ?? 'demo-password',
  });
  const simulator = createSimulator(platform, clock, options.outbound);
  return {
    platform,
    clock,
    simulator,
    demo,
    async close() {
      await simulator.close();
      await closeDatabase();
      await rm(platform.config.files.dir, { recursive: true, force: true });
    },
  };
}

/** A platform on a database that is brought up to date first (a no-op on a copy of the template). */
export async function openPlatform(
  databaseUrl: string,
  options: { clock: Clock; seed: string; config?: Partial<Config> },
): Promise<{ platform: Platform; closeDatabase: () => Promise<void> }> {
  const database = openDatabase(databaseUrl);
  await migrate(database.db, MIGRATIONS, options.clock.now());
  const platform = createPlatform({
    config: testConfig(databaseUrl, options.config),
    db: database.db,
    clock: options.clock,
    random: seededRandom(options.seed),
  });
  return { platform, closeDatabase: database.close };
}
