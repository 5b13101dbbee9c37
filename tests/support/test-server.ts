/** One server per run, one template database migrated once; each test file copies the template (stack.md). */

import { openDatabase, sql } from '../../packages/marketplace/src/platform/database/database.ts';
import { migrate } from '../../packages/marketplace/src/platform/database/migrations.ts';
import { findBinaries } from '../../packages/marketplace/src/platform/embedded-postgres/binaries.ts';
import { startEmbedded } from '../../packages/marketplace/src/platform/embedded-postgres/server.ts';
import { systemRandom } from '../../packages/marketplace/src/platform/random.ts';
import { MIGRATIONS } from '../../packages/marketplace/src/schema.ts';

export const TEMPLATE = 'jishi';

export async function startTestServer(
  binariesPackage: string,
  reachedBy: 'socket' | 'address' = 'socket',
): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const server = await startEmbedded({ random: systemRandom, binaries: findBinaries(binariesPackage), reachedBy });
  const database = openDatabase(server.url);
  await migrate(database.db, MIGRATIONS, new Date('2026-01-01T00:00:00Z'));
  await database.close();
  return { adminUrl: server.adminUrl, stop: server.stop };
}

let count = 0;
/** A database of one's own, dropped afterwards. */
export async function copyTemplate(adminUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${process.pid}_${++count}_${Math.round(performance.now())}`;
  // copying files takes half the time of writing them to the log, which nobody needs here
  await admin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY FILE_COPY`);
  return {
    url: adminUrl.replace(/\/postgres$/, `/${name}`),
    drop: () => admin(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** Copying needs the template to itself; several test files may ask at once. */
async function admin(adminUrl: string, statement: string): Promise<void> {
  const { db, close } = openDatabase(adminUrl, { poolSize: 2 });
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await sql.raw(statement).execute(db);
        return;
      } catch (error) {
        if (attempt >= 100 || !(error instanceof Error) || !/being accessed by other users/.test(error.message))
          throw error;
        await new Promise((done) => setTimeout(done, 50));
      }
    }
  } finally {
    await close();
  }
}
