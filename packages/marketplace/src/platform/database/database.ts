/**
 * The connection to PostgreSQL (15 or newer), embedded or external: the same code for both. Values come back as
 * `Date` (timestamptz), string (numeric, exact) and number (bigint: our counters stay far below 2^53).
 */
import { sql } from 'kysely';
import pg from 'pg';
import { type Db, databaseOver, executeUnanswered, PatientSocket, type Tx } from './pipeline.ts';

export type { Db, Executor, Tx } from './pipeline.ts';
export { executeUnanswered, inTransaction, perDatabase, settled } from './pipeline.ts';
/** Stores write plain SQL; there is no table description to keep in step with the migrations. */
export { sql };

/**
 * A list for `= ANY(…)` or `unnest(…)` whose length the planner does not look at. It takes lists to be ten long where it
 * makes one plan for all; a shorter one that it sees is cheaper than that, so it plans anew each time, which for a look-up
 * by key takes twice as long as the look-up. Through a sub-select it sees none.
 */
export const list = (values: readonly unknown[], type: 'text' | 'timestamptz' | 'uuid') =>
  sql`(SELECT ${values}::${sql.raw(type)}[])::${sql.raw(type)}[]`;

export const MINIMUM_POSTGRES = 15;

/** The database can not be used, with one sentence on what to do. */
export class DatabaseUnusable extends Error {
  override name = 'DatabaseUnusable';
}

const INT8 = 20;
const types: pg.CustomTypesConfig = {
  getTypeParser(id: number, format?: 'text' | 'binary') {
    if (id === INT8) return parseCounter;
    return format === 'binary' ? pg.types.getTypeParser(id, 'binary') : pg.types.getTypeParser(id, 'text');
  },
};

function parseCounter(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is beyond what this program counts to`);
  return value;
}

export interface Database {
  readonly db: Db;
  close(): Promise<void>;
}

/** Opens a pool; nothing is contacted before the first statement. */
export function openDatabase(
  url: string,
  options: { poolSize?: number; onError?: (error: Error) => void } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 12,
    types,
    pipeline: true,
    stream: () => new PatientSocket(),
    connectionTimeoutMillis: 10_000,
    application_name: 'jishi',
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => options.onError?.(error));
  // One that breaks while it is lent fails its statements, which is enough.
  pool.on('connect', (client) => client.on('error', () => {}));
  return { db: databaseOver(pool), close: once(() => pool.end()) };
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => {
    closed ??= close();
    return closed;
  };
}

/**
 * Lets the transaction end without waiting for the disk, so that its locks are free sooner. What it did counts only after
 * {@link reachDisk}: until then a crash may undo it, and whatever came after it.
 */
export const leaveDiskForLater = (tx: Tx): Promise<void> =>
  executeUnanswered(tx, sql`SELECT set_config('synchronous_commit', ${'off'}, true)`);

/** What was committed before is on disk after this: one log is written in one order, and this waits for its own entry. */
export async function reachDisk(db: Db): Promise<void> {
  await sql`SELECT pg_logical_emit_message(true, ${'jishi'}, '')`.execute(db);
}

/** Refuses a server that is unreachable or too old, in one line that says what to do. */
export async function checkServer(db: Db): Promise<void> {
  let version: number;
  try {
    const { rows } = await sql<{
      version: number;
    }>`SELECT current_setting('server_version_num')::int AS version`.execute(db);
    version = Math.floor((rows[0]?.version ?? 0) / 10_000);
  } catch (error) {
    throw new DatabaseUnusable(
      `the database does not answer (${reason(error)}): check JISHI_DATABASE_URL and that the server runs`,
    );
  }
  if (version < MINIMUM_POSTGRES) {
    throw new DatabaseUnusable(`the database is PostgreSQL ${version}: version ${MINIMUM_POSTGRES} or newer is needed`);
  }
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** PostgreSQL's error code, e.g. 23505 for a broken unique key. */
export function postgresCode(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null;
}

/** The server went away or is starting or stopping (class 08, 57P0x), or never answered: not the request's fault. */
export function isUnreachable(error: unknown): boolean {
  if (/^(08|57P0)/.test(postgresCode(error) ?? '')) return true;
  if (!(error instanceof Error) || error instanceof pg.DatabaseError) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EPIPE)$/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  );
}
