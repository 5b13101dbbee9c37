/**
 * Tasks are data (design.md 4.2). Any table with the columns below is a task table; this file takes from it, gives
 * back, and hands out again what a dead worker held.
 *
 * States: DUE waits for `due_at`; a worker leases it → RUNNING until `lease_until`; its outcome → SUCCEEDED, DUE again
 * (a repeat), STOPPED (given up, a person may restart it) or RESOLVED (no longer needed).
 *
 * `lane` keeps order: a task waits while an earlier one of its lane is DUE or RUNNING. `pool` shares fairly: each pool
 * has its own limit over all workers and is looked at by itself, so that one slow seller holds up no other.
 */
import { type Executor, sql } from '../database/database.ts';

export type TaskState = 'DUE' | 'RUNNING' | 'SUCCEEDED' | 'STOPPED' | 'RESOLVED';

/** Columns that every task table has; the owner's migration includes them. */
export const TASK_COLUMNS = `
  id          uuid PRIMARY KEY,
  seq         bigint GENERATED ALWAYS AS IDENTITY,
  pool        text NOT NULL,
  lane        text NOT NULL,
  state       text NOT NULL DEFAULT 'DUE' CHECK (state IN ('DUE','RUNNING','SUCCEEDED','STOPPED','RESOLVED')),
  due_at      timestamptz NOT NULL,
  attempts    int NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  lease_owner text,
  lease_until timestamptz,
  -- made once while somebody waits: a worker's death ends it, nobody repeats it
  once        boolean NOT NULL DEFAULT false,
  trace_id    text NOT NULL,
  created_at  timestamptz NOT NULL,
  finished_at timestamptz`;

/**
 * Tasks that wait, over all pools, in the words of the index by `due_at`. It says more than it needs to, so that no other
 * statement can go by that index: a lease went by it as soon as statistics said that nothing waits.
 */
export const WAITING = sql`state = 'DUE' AND attempts >= 0`;

export const taskIndexes = (table: string): string => `
CREATE INDEX ON ${table} (pool, due_at, seq) WHERE state = 'DUE';
CREATE INDEX ON ${table} (pool) WHERE state = 'RUNNING';
CREATE INDEX ON ${table} (lane, seq) WHERE state IN ('DUE', 'RUNNING');
CREATE INDEX ON ${table} (due_at) WHERE state = 'DUE' AND attempts >= 0;
ALTER TABLE ${table} SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05, fillfactor = 80);`;

export interface LeaseRequest {
  readonly owner: string;
  readonly now: Date;
  readonly leaseMs: number;
  readonly limit: number;
  /** running at once in one pool, over all workers; W workers that lease in the same instant may take it W times until those end */
  readonly perPool: number;
  /** a table (pool, slots): pools that get fewer slots for now; null or no row = perPool */
  readonly limits?: string | undefined;
}

/**
 * Takes due tasks in one statement. Pools are found by hopping over the index (a loose index scan), so that a long
 * queue in one pool costs nothing to the others: with 100 pools of 100 due tasks a lease of 128 takes ~3 ms, while
 * "the oldest N, then rank" reads the whole backlog of a stuck pool each time.
 *
 * Nearly all that a table holds is done, so its statistics say that nothing waits, whatever waits: each way of looking
 * seems to cost one row. So only one way is left open. What is due is found by pool because no other index fits; what is
 * before it in its lane by a sub-select with LIMIT, which goes through the index by lane and place. As NOT EXISTS it was
 * joined, all that waits with all that waits: 4,000 calls behind 8,000 done ones were 16 million pages for a lease, now 1,600.
 * @returns all columns of the leased rows, the longest due first
 */
export async function lease<Row>(executor: Executor, table: string, request: LeaseRequest): Promise<Row[]> {
  const t = sql.table(table);
  const slots = request.limits
    ? sql`least(${request.perPool}::int, (SELECT l.slots FROM ${sql.table(request.limits)} l WHERE l.pool = pools.pool))`
    : sql`${request.perPool}::int`;
  const { rows } = await sql<Row>`
    WITH RECURSIVE pools (pool) AS (
      (SELECT pool FROM ${t} WHERE state = 'DUE' ORDER BY pool LIMIT 1)
      UNION ALL
      SELECT (SELECT n.pool FROM ${t} n WHERE n.state = 'DUE' AND n.pool > pools.pool ORDER BY n.pool LIMIT 1)
      FROM pools WHERE pools.pool IS NOT NULL),
    free (pool, slots) AS MATERIALIZED (
      SELECT pool, ${slots} - (SELECT count(*) FROM ${t} r WHERE r.state = 'RUNNING' AND r.pool = pools.pool)
      FROM pools WHERE pool IS NOT NULL),
    candidates AS (
      SELECT c.id FROM free CROSS JOIN LATERAL (
        SELECT d.id, d.due_at, d.seq FROM ${t} d
        WHERE d.state = 'DUE' AND d.pool = free.pool AND d.due_at <= ${request.now}
          AND (SELECT true FROM ${t} e WHERE e.lane = d.lane AND e.seq < d.seq AND e.state IN ('DUE', 'RUNNING') LIMIT 1) IS NOT TRUE
        ORDER BY d.due_at, d.seq LIMIT greatest(free.slots, 0) FOR UPDATE SKIP LOCKED) c
      ORDER BY c.due_at, c.seq LIMIT ${request.limit}),
    leased AS (UPDATE ${t} AS task
    SET state = 'RUNNING', attempts = attempts + 1, lease_owner = ${request.owner},
        lease_until = ${new Date(request.now.getTime() + request.leaseMs)}
    WHERE task.id = ANY(ARRAY(SELECT id FROM candidates))
    RETURNING task.*)
    SELECT * FROM leased ORDER BY due_at, seq`.execute(executor);
  return rows;
}

/**
 * A living worker names what it still works on; what it no longer names is handed out again when its lease ends. Rows
 * that somebody else is changing are left alone, so that no two statements ever wait for each other in a circle.
 */
export async function extendLeases(
  executor: Executor,
  table: string,
  owner: string,
  ids: readonly string[],
  until: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    UPDATE ${sql.table(table)} SET lease_until = ${until} WHERE id IN (
      SELECT id FROM ${sql.table(table)} WHERE id = ANY(${ids}::uuid[]) AND state = 'RUNNING' AND lease_owner = ${owner}
      FOR UPDATE SKIP LOCKED)`.execute(executor);
}

/** Tasks whose worker died become due again, those made once are given up. @returns how many */
export async function reclaim(executor: Executor, table: string, now: Date): Promise<number> {
  const result = await sql`
    UPDATE ${sql.table(table)}
    SET state = CASE WHEN once THEN 'STOPPED' ELSE 'DUE' END, finished_at = CASE WHEN once THEN ${now}::timestamptz END,
        lease_owner = NULL, lease_until = NULL
    WHERE id IN (SELECT id FROM ${sql.table(table)} WHERE state = 'RUNNING' AND lease_until < ${now} FOR UPDATE SKIP LOCKED)`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0);
}

/** At the start of a program that owns its database alone every lease is a dead worker's. */
export async function reclaimAll(executor: Executor, table: string): Promise<void> {
  await sql`
    UPDATE ${sql.table(table)} SET state = CASE WHEN once THEN 'STOPPED' ELSE 'DUE' END, lease_owner = NULL, lease_until = NULL
    WHERE state = 'RUNNING'`.execute(executor);
}

/** Graceful shutdown: what was leased but not begun goes back at once. */
export async function giveBack(
  executor: Executor,
  table: string,
  owner: string,
  ids: readonly string[],
): Promise<void> {
  await sql`
    UPDATE ${sql.table(table)} SET state = 'DUE', attempts = attempts - 1, lease_owner = NULL, lease_until = NULL
    WHERE id = ANY(${ids}::uuid[]) AND state = 'RUNNING' AND lease_owner = ${owner}`.execute(executor);
}

/** Something of ours failed on the way: the tasks are due again after a pause, so that a lasting fault is no hot loop. */
export async function putOff(
  executor: Executor,
  table: string,
  owner: string,
  ids: readonly string[],
  dueAt: Date,
): Promise<void> {
  await sql`
    UPDATE ${sql.table(table)} SET state = CASE WHEN once THEN 'STOPPED' ELSE 'DUE' END, due_at = ${dueAt}, lease_owner = NULL, lease_until = NULL
    WHERE id = ANY(${ids}::uuid[]) AND state = 'RUNNING' AND lease_owner = ${owner}`.execute(executor);
}
