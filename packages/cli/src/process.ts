/** What commands that run the marketplace share: configuration and a database. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  attachFromText,
  type Config,
  checkServer,
  createLog,
  createMetrics,
  createPausePoints,
  createPlatform,
  type Database,
  DatabaseUnusable,
  MIGRATIONS,
  openDatabase,
  type Platform,
  pendingMigrations,
  readConfig,
  startEmbedded,
  systemRandom,
} from '@jishi/marketplace';
import { CliExit } from './io.ts';

/**
 * Reads the environment, the one place that does; each wrong value is named, in one line.
 * @param changes from the command line: they win over the environment
 * @param fallback what a start file gives where the environment says nothing
 */
export function configuration(
  mode: Config['mode'],
  changes: Readonly<Record<string, string | undefined>> = {},
  fallback: { readonly settings: Readonly<Record<string, string>>; readonly masterKey: string } | null = null,
): Config {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const result = readConfig({ ...fallback?.settings, ...process.env, ...given }, mode, fallback?.masterKey);
  if (result.ok) return result.config;
  throw new CliExit(2, result.faults.map(({ name, message }) => `${name} ${message}`).join('; '));
}

/** A platform on an open database, with this process's log and metrics. */
export const platformOn = (config: Config, database: Database): Platform =>
  createPlatform(platformParts(config, database));

/** What a platform of this process is made of. */
export function platformParts(config: Config, database: Database) {
  const pause = createPausePoints();
  if (config.pausePoints !== '') attachFromText(pause, config.pausePoints, () => process.kill(process.pid, 'SIGKILL'));
  return { config, db: database.db, log: createLog(config.logLevel), metrics: createMetrics(true), pause };
}

/** The external database of `serve`, `worker`, `migrate`: reachable, new enough and, unless `migrating`, up to date. */
export async function externalDatabase(config: Config, migrating = false): Promise<Database> {
  if (config.databaseUrl === null)
    throw new CliExit(
      2,
      'JISHI_DATABASE_URL is missing: postgres://user:password@host:5432/database (PostgreSQL 15 or newer)',
    );
  const database = openDatabase(config.databaseUrl, { poolSize: config.databasePoolSize });
  try {
    await checkServer(database.db);
    if (!migrating) await requireUpToDate(database, 'jishi migrate');
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A database that a command only looks at, and the site whose books it holds. */
export interface BooksDatabase extends Database {
  readonly site: Config['site'];
}

/**
 * The database of a data folder that nobody has open, or the one of JISHI_DATABASE_URL.
 * @param folder what `jishi start --data` was given; absent = JISHI_DATABASE_URL
 */
export async function databaseToRead(folder: string | undefined): Promise<BooksDatabase> {
  if (folder === undefined) {
    // whoever checks the books need not be trusted with the key of the secrets
    const noKey = `k1:${randomBytes(32).toString('base64')}`;
    const config = configuration('production', {}, { settings: {}, masterKey: noKey });
    return { ...(await externalDatabase(config)), site: config.site };
  }
  const keyFile = join(folder, 'master-key');
  if (!existsSync(keyFile)) throw new CliExit(2, `--data: ${folder} is no data folder of jishi start`);
  const { site } = configuration('sandbox', {}, { settings: {}, masterKey: readFileSync(keyFile, 'utf8').trim() });
  const embedded = await startEmbedded({ random: systemRandom, folder });
  const database = openDatabase(embedded.url, { poolSize: 2 });
  const close = async () => {
    await database.close();
    await embedded.stop();
  };
  try {
    await requireUpToDate(database, `jishi start --data ${folder}`);
    return { db: database.db, close, site };
  } catch (error) {
    await close();
    throw error;
  }
}

async function requireUpToDate({ db }: Database, remedy: string): Promise<void> {
  const pending = await pendingMigrations(db, MIGRATIONS);
  if (pending.length > 0)
    throw new DatabaseUnusable(
      `the database is not up to date (${pending.length} migrations pending): run "${remedy}"`,
    );
}

/** The built console: beside the built command, or in its own package while working on the sources. */
export function consoleFolder(): string {
  const places = ['./console', '../../console/dist'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((place) => existsSync(place)) ?? '';
}

/** The rendered documentation: beside the built command. Empty while working on the sources, unless it was built. */
export function docsFolder(): string {
  const places = ['./docs', '../dist/docs'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((place) => existsSync(place)) ?? '';
}
