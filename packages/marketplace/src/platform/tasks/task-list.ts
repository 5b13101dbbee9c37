/** Tasks as the operator sees them. */
import { type Executor, sql } from '../database/database.ts';
import { isUuid } from '../uuid.ts';
import type { TaskState } from './task-table.ts';

export interface TaskListRow {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly state: TaskState;
  readonly due_at: Date;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly lease_until: Date | null;
  readonly created_at: Date;
}
const columns = sql`id, kind, subject, state, due_at, attempts, last_error, lease_until, created_at`;

export async function listTasks(
  executor: Executor,
  query: {
    state: TaskState | undefined;
    kind: string | undefined;
    before: { at: Date; id: string } | null;
    limit: number;
  },
): Promise<TaskListRow[]> {
  const conditions = [sql`true`];
  if (query.state) conditions.push(sql`state = ${query.state}`);
  if (query.kind) conditions.push(sql`kind = ${query.kind}`);
  if (query.before) conditions.push(sql`(created_at, id) < (${query.before.at}, ${query.before.id}::uuid)`);
  const { rows } =
    await sql<TaskListRow>`SELECT ${columns} FROM platform.tasks WHERE ${sql.join(conditions, sql` AND `)} ORDER BY created_at DESC, id DESC LIMIT ${query.limit}`.execute(
      executor,
    );
  return rows;
}

/** Makes a waiting or given-up task due now. @returns unknown = no such task; busy = it is running or over */
/** Only what failed: a task that waits for its time would do its work too early, e.g. cancel an order a day before. */
export async function restartTask(
  executor: Executor,
  id: string,
  now: Date,
): Promise<TaskListRow | 'unknown' | 'busy'> {
  if (!isUuid(id)) return 'unknown';
  const { rows } =
    await sql<TaskListRow>`UPDATE platform.tasks SET state = 'DUE', due_at = ${now}, finished_at = NULL WHERE id = ${id}::uuid AND (state = 'STOPPED' OR (state = 'DUE' AND attempts > 0)) RETURNING ${columns}`.execute(
      executor,
    );
  if (rows[0]) return rows[0];
  const known = await sql`SELECT 1 FROM platform.tasks WHERE id = ${id}::uuid`.execute(executor);
  return known.rows.length > 0 ? 'busy' : 'unknown';
}

/** Overdue = due for more than a minute and still not taken; failed = given up, or an event whose subscriber fails. */
export async function taskCounts(
  executor: Executor,
  now: Date,
): Promise<{ due: number; running: number; overdue: number; failed: number }> {
  const { rows } = await sql<{ due: number; running: number; overdue: number; failed: number }>`
    SELECT count(*) FILTER (WHERE state = 'DUE') AS due, count(*) FILTER (WHERE state = 'RUNNING') AS running,
           count(*) FILTER (WHERE state = 'DUE' AND due_at < ${new Date(now.getTime() - 60_000)}) AS overdue,
           count(*) FILTER (WHERE state = 'STOPPED') + (SELECT count(*) FROM platform.deliveries WHERE attempts > 0) AS failed
    FROM platform.tasks WHERE state IN ('DUE', 'RUNNING', 'STOPPED')`.execute(executor);
  return rows[0] ?? { due: 0, running: 0, overdue: 0, failed: 0 };
}
