/**
 * Where a benchmark runs: one PostgreSQL for all competitors, with durable commits (fsync on), and a fresh copy of the
 * same database for each run. The server is the embedded one in a folder of its own, or `JISHI_DATABASE_URL`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createPlatform,
  MIGRATIONS,
  migrate,
  openDatabase,
  type Platform,
  startEmbedded,
  systemRandom,
} from '@jishi/marketplace';
import { testConfig } from '@jishi/marketplace/testing';
import pg from 'pg';

export interface Place {
  readonly description: string;
  /** a new empty database, or a copy of another that nobody is connected to */
  create(name: string, template?: string): Promise<string>;
  drop(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const given = process.env.JISHI_DATABASE_URL;
  const server = given === undefined ? await durableServer() : { adminUrl: given, stop: async () => {} };
  const { rows } = await adminQuery(
    server.adminUrl,
    "SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit",
  );
  const facts = rows.map((row) => `PostgreSQL ${row.version}, fsync ${row.fsync}, synchronous_commit ${row.commit}`);
  const created = new Set<string>();
  const fullName = (name: string) => `jishi_bench_${process.pid}_${name}`;
  const drop = async (name: string) => {
    await adminQuery(server.adminUrl, `DROP DATABASE IF EXISTS ${fullName(name)} WITH (FORCE)`);
    created.delete(name);
  };
  return {
    description: `${given === undefined ? 'embedded' : 'external'} ${facts.join()}`,
    async create(name, template) {
      const copy = template === undefined ? '' : ` TEMPLATE ${fullName(template)}`;
      await adminQuery(server.adminUrl, `CREATE DATABASE ${fullName(name)}${copy}`);
      created.add(name);
      await adminQuery(server.adminUrl, 'CHECKPOINT'); // nobody pays for what was written before
      return databaseUrl(server.adminUrl, fullName(name));
    },
    drop,
    async close() {
      for (const name of [...created]) await drop(name);
      await server.stop();
    },
  };
}

async function durableServer(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-bench-'));
  const server = await startEmbedded({ random: systemRandom, folder });
  return {
    adminUrl: server.adminUrl,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A marketplace on a database that is brought up to date first; real time, real randomness. */
export async function openMarketplace(url: string): Promise<{ platform: Platform; close(): Promise<void> }> {
  const database = openDatabase(url);
  await migrate(database.db, MIGRATIONS, new Date());
  return { platform: createPlatform({ config: testConfig(url), db: database.db }), close: database.close };
}

export async function adminQuery(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export const machine = (): string => `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}, Node ${process.version}`;
