/** Tasks of the marketplace itself (time-outs, later renewals, bill runs …): one row each, a handler per kind. */
import { type Db, type Executor, executeUnanswered, inTransaction, sql, type Tx } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { DueItem } from '../due.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { lease, TASK_COLUMNS, taskIndexes, WAITING } from './task-table.ts';

export const TASKS = 'platform.tasks';

export const tasksSchema: Migration = {
  id: '0003-tasks',
  sql: `
CREATE TABLE platform.tasks (${TASK_COLUMNS},
  kind       text NOT NULL,
  subject    text NOT NULL,
  last_error text
);${taskIndexes('platform.tasks')}
CREATE INDEX ON platform.tasks (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX ON platform.tasks (created_at DESC, id DESC);
`,
};

export interface NewTask {
  readonly id: string;
  /** `station.what-to-do` */
  readonly kind: string;
  /** what it is about, e.g. an order id; tasks of one subject run in order */
  readonly subject: string;
  readonly dueAt: Date;
  readonly traceId: string;
}
export interface TaskRow {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly attempts: number;
  readonly due_at: Date;
  readonly trace_id: string;
}
/** Runs in the transaction that also records the outcome; `resolved` = it was no longer needed. */
export type TaskHandler = (tx: Tx, task: TaskRow, now: Date) => Promise<'done' | 'resolved'>;
export type TaskHandlers = Readonly<Record<string, TaskHandler>>;

export const addTask = (executor: Executor, task: NewTask, now: Date): Promise<void> => addTasks(executor, [task], now);

export async function addTasks(executor: Executor, tasks: readonly NewTask[], now: Date): Promise<void> {
  if (tasks.length === 0) return;
  const column = (of: (task: NewTask) => string) => tasks.map(of);
  await executeUnanswered(
    executor,
    sql`
    INSERT INTO platform.tasks (id, pool, lane, kind, subject, due_at, trace_id, created_at)
    SELECT id, kind, kind || ':' || subject, kind, subject, due_at, trace_id, ${now}
    FROM unnest(${column(({ id }) => id)}::uuid[], ${column(({ kind }) => kind)}::text[], ${column(({ subject }) => subject)}::text[],
      ${tasks.map(({ dueAt }) => dueAt)}::timestamptz[], ${column(({ traceId }) => traceId)}::text[])
      WITH ORDINALITY AS t (id, kind, subject, due_at, trace_id, place)
    ORDER BY place`,
  );
}

/** The next tasks that are due, in order. */
export async function nextTasks(executor: Executor, limit: number): Promise<DueItem[]> {
  const { rows } = await sql<DueItem>`
    SELECT due_at AS at, kind AS name, subject, NULL AS "resourceId", NULL AS "goodsId" FROM platform.tasks
    WHERE ${WAITING} ORDER BY due_at, seq LIMIT ${limit}`.execute(executor);
  return rows;
}

export interface TaskContext {
  readonly db: Db;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly handlers: TaskHandlers;
  readonly owner: string;
}

const LEASE_MS = 30_000;
const PER_KIND = 32;
// A failing handler is our own fault: it is repeated with growing pauses and, after a day, left for a person.
const BACK_OFF_MS = [1_000, 10_000, 60_000, 600_000, 3_600_000];
const MOST_ATTEMPTS = 28;

export function takeTasks(context: TaskContext, now: Date, limit: number): Promise<TaskRow[]> {
  return lease<TaskRow>(context.db, TASKS, { owner: context.owner, now, leaseMs: LEASE_MS, limit, perPool: PER_KIND });
}

export async function runTask(context: TaskContext, task: TaskRow, now: Date): Promise<void> {
  try {
    const handler = context.handlers[task.kind];
    if (!handler) throw new Error(`no handler for tasks of kind ${task.kind}`);
    const outcome = await inTransaction(context.db, async (tx) => {
      // Fencing: a worker whose lease ran out meanwhile must not act a second time.
      const held =
        await sql`SELECT 1 FROM platform.tasks WHERE id = ${task.id} AND state = 'RUNNING' AND lease_owner = ${context.owner} AND attempts = ${task.attempts} FOR UPDATE`.execute(
          tx,
        );
      if (held.rows.length === 0) return 'lost' as const;
      const result = await handler(tx, task, now);
      const state = result === 'done' ? 'SUCCEEDED' : 'RESOLVED';
      await executeUnanswered(
        tx,
        sql`UPDATE platform.tasks SET state = ${state}, lease_owner = NULL, lease_until = NULL, last_error = NULL, finished_at = ${now} WHERE id = ${task.id}`,
      );
      return result;
    });
    context.metrics.tasks.inc({ kind: task.kind, outcome });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const giveUp = task.attempts >= MOST_ATTEMPTS;
    const pause = BACK_OFF_MS[Math.min(task.attempts - 1, BACK_OFF_MS.length - 1)] ?? 0;
    context.metrics.tasks.inc({ kind: task.kind, outcome: 'failed' });
    context.log.error(
      { task: task.id, kind: task.kind, subject: task.subject, attempts: task.attempts, err: error },
      giveUp ? 'a task is given up' : 'a task failed; it is repeated',
    );
    await sql`
      UPDATE platform.tasks SET state = ${giveUp ? 'STOPPED' : 'DUE'}, due_at = ${new Date(now.getTime() + pause)}, last_error = ${message}, lease_owner = NULL, lease_until = NULL
      WHERE id = ${task.id} AND state = 'RUNNING' AND lease_owner = ${context.owner} AND attempts = ${task.attempts}`.execute(
      context.db,
    );
  }
}

/** Finished tasks are kept for a while for people to look at, then go, in batches. @returns how many went */
export async function forgetTasks(executor: Executor, before: Date, limit: number): Promise<number> {
  const result = await sql`
    DELETE FROM platform.tasks WHERE id IN (
      SELECT id FROM platform.tasks WHERE finished_at < ${before} ORDER BY finished_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0);
}
