/** What is due over all sources, asked in one statement: most looks of a simulation find next to nothing. */
import { type Executor, sql } from './database/database.ts';

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

export interface Due {
  readonly subscribers: ReadonlySet<string>;
  readonly tables: ReadonlySet<string>;
}

/**
 * Subscribers with a delivery, and tables with a row, that is due; one behind its lane or aggregate counts too.
 * @param steppingTables tables whose rows wait for `next_at` instead of being tasks
 */
export async function whatIsDue(
  executor: Executor,
  taskTables: readonly string[],
  now: Date,
  steppingTables: readonly string[] = [],
): Promise<Due> {
  const tables = taskTables.map(
    (table) =>
      sql`UNION ALL SELECT 'table', ${table} WHERE EXISTS (SELECT FROM ${sql.table(table)} WHERE state = 'DUE' AND due_at <= ${now})`,
  );
  // The first of its index, not EXISTS: that is planned for a third of all rows being due, as a look through the table.
  const steps = steppingTables.map(
    (table) => sql`UNION ALL SELECT 'table', ${table} WHERE (SELECT min(next_at) FROM ${sql.table(table)}) <= ${now}`,
  );
  const { rows } = await sql<{ kind: 'subscriber' | 'table'; name: string }>`
    SELECT * FROM (SELECT DISTINCT 'subscriber' AS kind, subscriber AS name FROM platform.deliveries WHERE due_at <= ${now}) AS s
    ${sql.join([...tables, ...steps], sql` `)}`.execute(executor);
  const named = (kind: string) => new Set(rows.filter((row) => row.kind === kind).map((row) => row.name));
  return { subscribers: named('subscriber'), tables: named('table') };
}

/** The next time after `after` that anything is due; what is due by then and still waits is behind something. */
export async function nextDue(
  executor: Executor,
  taskTables: readonly string[],
  after: Date,
  steppingTables: readonly string[] = [],
): Promise<Date | null> {
  const times = taskTables.map(
    (table) => sql`(SELECT min(due_at) FROM ${sql.table(table)} WHERE state = 'DUE' AND due_at > ${after})`,
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
