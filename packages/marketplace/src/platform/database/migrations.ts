/** Migrations: numbered SQL of each station, run once, in order, under a lock; an altered old one is refused. */
import { createHash } from 'node:crypto';
import { DatabaseUnusable, type Db, type Executor, inTransaction, sql } from './database.ts';

export interface Migration {
  /** order over all stations, e.g. `0001-platform` */
  readonly id: string;
  readonly sql: string;
}

const LOCK = 7_215_001; // any number of our own; keeps two starting processes from migrating at once

/** Brings the database up to date. @returns ids that ran now */
export async function migrate(db: Db, migrations: readonly Migration[], now: Date): Promise<string[]> {
  return inTransaction(db, async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(tx);
    await sql`CREATE SCHEMA IF NOT EXISTS platform`.execute(tx);
    await sql`CREATE TABLE IF NOT EXISTS platform.migrations (id text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL)`.execute(
      tx,
    );
    const applied = await appliedMigrations(tx);
    const ran: string[] = [];
    for (const migration of inOrder(migrations)) {
      const checksum = checksumOf(migration);
      const known = applied.get(migration.id);
      if (known === checksum) continue;
      if (known !== undefined)
        throw new DatabaseUnusable(
          `migration ${migration.id} was altered after it ran: use the version that created this database`,
        );
      await sql.raw(migration.sql).execute(tx);
      await sql`INSERT INTO platform.migrations (id, checksum, applied_at) VALUES (${migration.id}, ${checksum}, ${now})`.execute(
        tx,
      );
      ran.push(migration.id);
    }
    return ran;
  });
}

/** Ids that have not run; a server starts only on an up-to-date database. */
export async function pendingMigrations(db: Db, migrations: readonly Migration[]): Promise<string[]> {
  const { rows } = await sql<{
    exists: boolean;
  }>`SELECT to_regclass('platform.migrations') IS NOT NULL AS exists`.execute(db);
  const applied = rows[0]?.exists ? await appliedMigrations(db) : new Map<string, string>();
  return inOrder(migrations)
    .filter((each) => !applied.has(each.id))
    .map((each) => each.id);
}

async function appliedMigrations(db: Executor): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; checksum: string }>`SELECT id, checksum FROM platform.migrations`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.id, row.checksum]));
}

const inOrder = (migrations: readonly Migration[]) => [...migrations].sort((a, b) => (a.id < b.id ? -1 : 1));
const checksumOf = (migration: Migration) => createHash('sha256').update(migration.sql).digest('hex');
