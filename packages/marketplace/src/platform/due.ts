/** What is due over all sources, asked in one statement: most looks find next to nothing. */
import { type Executor, sql } from './database/database.ts';
import { WAITING } from './tasks/task-table.ts';

/** Something that will be done by itself, as far as people are told of it. */
export interface DueItem {
  readonly at: Date;
  /** the step, task, activity or event by its name */
  readonly name: string;
  /** what a task is about */
  readonly subject: string | null;
  readonly resourceId: string | null;
  readonly goodsId: string | null;
}

/** Where something may wait. */
export interface Sources {
  readonly subscribers: readonly string[];
  readonly taskTables: readonly string[];
  /** tables whose rows wait for `next_at` instead of being tasks */
  readonly steppingTables: readonly string[];
}
export interface Due {
  readonly subscribers: ReadonlySet<string>;
  readonly tables: ReadonlySet<string>;
}

/** Subscribers with a delivery, and tables with a row, that is due; one behind its lane or aggregate counts too. */
export async function whatIsDue(
  executor: Executor,
  { subscribers, taskTables, steppingTables }: Sources,
  now: Date,
): Promise<Due> {
  // The first of its index, not EXISTS: that is planned for a third of all rows being due, as a look through the table.
  const tables = taskTables.map(
    (table) =>
      sql`UNION ALL SELECT 'table', ${table} WHERE (SELECT min(due_at) FROM ${sql.table(table)} WHERE ${WAITING}) <= ${now}`,
  );
  const steps = steppingTables.map(
    (table) => sql`UNION ALL SELECT 'table', ${table} WHERE (SELECT min(next_at) FROM ${sql.table(table)}) <= ${now}`,
  );
  const { rows } = await sql<{ kind: 'subscriber' | 'table'; name: string }>`
    SELECT 'subscriber' AS kind, s.name FROM unnest(${subscribers}::text[]) AS s (name)
    WHERE (SELECT d.event_id FROM platform.deliveries d WHERE d.subscriber = s.name AND d.due_at <= ${now} ORDER BY d.event_id LIMIT 1) IS NOT NULL
    ${sql.join([...tables, ...steps], sql` `)}`.execute(executor);
  const named = (kind: string) => new Set(rows.filter((row) => row.kind === kind).map((row) => row.name));
  return { subscribers: named('subscriber'), tables: named('table') };
}

/** The next time after `after` that anything is due; what is due by then and still waits is behind something. */
export async function nextDue(
  executor: Executor,
  { taskTables, steppingTables }: Omit<Sources, 'subscribers'>,
  after: Date,
): Promise<Date | null> {
  const times = taskTables.map(
    (table) => sql`(SELECT min(due_at) FROM ${sql.table(table)} WHERE ${WAITING} AND due_at > ${after})`,
  );
  const steps = steppingTables.map(
    (table) => sql`(SELECT min(next_at) FROM ${sql.table(table)} WHERE next_at > ${after})`,
  );
  const { rows } = await sql<{ due: Date | null }>`
    SELECT least(${sql.join([sql`(SELECT min(due_at) FROM platform.deliveries WHERE due_at > ${after})`, ...times, ...steps])}) AS due`.execute(
    executor,
  );
  return rows[0]?.due ?? null;
}
