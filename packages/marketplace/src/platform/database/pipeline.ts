/**
 * Statements that need not wait for each other travel together: what is sent in one turn of the event loop leaves in one
 * packet, and PostgreSQL answers in order. A round trip costs both sides several times what a small statement does
 * (bench/README.md), so a transaction's BEGIN goes with its first statement, `Promise.all` over statements of one
 * transaction is one trip, and what gives nothing back (`executeUnanswered`) waits for nothing at all.
 */
import { Socket } from 'node:net';
import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  PostgresAdapter,
  PostgresQueryCompiler,
  type QueryExecutor,
  type QueryResult,
  type RawBuilder,
} from 'kysely';
import pg from 'pg';
import { type CopyIn, copyIn } from './copy.ts';
import { send, sendCommand } from './prepared-statements.ts';

/** Holds what is written until the end of the turn. */
export class PatientSocket extends Socket {
  override uncork(): void {
    process.nextTick(() => super.uncork());
  }
}

/** Single statements, each on a connection of its own. */
export interface Db {
  readonly kind: 'database';
  getExecutor(): QueryExecutor;
  connect(): Promise<pg.PoolClient>;
}
/** Statements of one transaction. */
export interface Tx {
  readonly kind: 'transaction';
  /** what it is a transaction of */
  readonly database: Db;
  getExecutor(): QueryExecutor;
  /**
   * sends a statement whose failure will fail the transaction
   * @param heard is given its rows when they come: before the commit, which may still fail
   */
  sendUnanswered<R>(query: CompiledQuery<R>, heard?: (rows: readonly R[]) => void): void;
  /** likewise rows into a table */
  copyUnanswered(copy: CopyIn): void;
  /** calls back once others can see what was done here; never when it was undone */
  whenCommitted(tell: () => void): void;
}
/** A store's function takes whatever it runs in. */
export type Executor = Db | Tx;

/**
 * What a process remembers of a database: one value each, since a process may serve several, with equal ids.
 * @returns finds the value of an executor's database
 */
export function perDatabase<T>(create: () => T): (executor: Executor) => T {
  const values = new WeakMap<Db, T>();
  return (executor) => {
    const db = executor.kind === 'transaction' ? executor.database : executor;
    const value = values.get(db) ?? create();
    values.set(db, value);
    return value;
  };
}

export function databaseOver(pool: pg.Pool): Db {
  const executor = executorOver(async ({ sql, parameters }) => {
    const client = await pool.connect();
    try {
      return await send(client, sql, parameters);
    } finally {
      client.release();
    }
  });
  return { kind: 'database', getExecutor: () => executor, connect: () => pool.connect() };
}

export type TransactionMode = '' | ' ISOLATION LEVEL REPEATABLE READ, READ ONLY';

/** One transaction; READ COMMITTED unless told otherwise. Rows are locked where a decision depends on them. */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>, mode: TransactionMode = ''): Promise<T> {
  const client = await db.connect();
  const unanswered: Promise<void>[] = [];
  const failures: unknown[] = [];
  const waiting: (() => void)[] = [];
  const inBackground = (statement: Promise<unknown>) => {
    const settled = statement.then(
      () => {},
      (error: unknown) => void failures.push(error),
    );
    unanswered.push(settled);
  };
  /** Whatever comes after a failed statement is refused as such; the reason is the first failure. */
  const reasonOf = async (error: unknown): Promise<unknown> => {
    await Promise.all(unanswered);
    return failures.length > 0 && codeOf(error) === TRANSACTION_IS_ABORTED ? failures[0] : error;
  };
  const executor = executorOver(({ sql, parameters }) =>
    send(client, sql, parameters).catch(async (error: unknown) => {
      throw await reasonOf(error);
    }),
  );
  inBackground(sendCommand(client, `BEGIN${mode}`));
  let broken = false;
  try {
    const result = await work({
      kind: 'transaction',
      database: db,
      getExecutor: () => executor,
      sendUnanswered: ({ sql, parameters }, heard) =>
        inBackground(send(client, sql, parameters).then(({ rows }) => heard?.(rows))),
      copyUnanswered: (copy) => inBackground(copyIn(client, copy)),
      whenCommitted: (tell) => void waiting.push(tell),
    });
    const { command } = await sendCommand(client, 'COMMIT');
    await Promise.all(unanswered);
    if (failures.length > 0) throw failures[0];
    if (command !== 'COMMIT') throw new Error('a statement had failed, so PostgreSQL undid the transaction');
    for (const tell of waiting) tell();
    return result;
  } catch (error) {
    await sendCommand(client, 'ROLLBACK').catch(() => {
      broken = true;
    });
    await Promise.all(unanswered);
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * As `Promise.all`, but a failure is told when all of them have ended: a part of a transaction that goes on after it was
 * undone would write outside of it.
 */
export async function settled<T>(parts: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(parts);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

/** For statements that give nothing back. In a transaction they are sent and not waited for: a failure is the transaction's. */
export async function executeUnanswered<R>(
  executor: Executor,
  statement: RawBuilder<R>,
  heard?: (rows: readonly R[]) => void,
): Promise<void> {
  if (executor.kind === 'transaction') executor.sendUnanswered(statement.compile(executor), heard);
  else {
    const { rows } = await statement.execute(executor);
    heard?.(rows);
  }
}

const TRANSACTION_IS_ABORTED = '25P02';
const codeOf = (error: unknown): string | undefined => (error instanceof pg.DatabaseError ? error.code : undefined);

const adapter = new PostgresAdapter();
const compiler = new PostgresQueryCompiler();
const COUNTING = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

function executorOver(
  run: (query: CompiledQuery) => Promise<Pick<pg.QueryResult, 'command' | 'rowCount' | 'rows'>>,
): QueryExecutor {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const { command, rowCount, rows } = await run(query);
      // several statements in one text (migrations) come back as a list, which nobody looks at
      return COUNTING.has(command) ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows: rows ?? [] };
    },
    streamQuery() {
      throw new Error('rows are not streamed');
    },
  };
  return new DefaultQueryExecutor(compiler, adapter, { provideConnection: (use) => use(connection) });
}
