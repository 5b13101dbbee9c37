/** SQL of export jobs. `next_at`: when a worker takes it – to write it, to write it again, in the end to remove it. */
import { type Executor, sql, type Tx } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { ExportJob } from './definition.ts';

export const EXPORTS = 'platform.exports';

export const exportsSchema: Migration = {
  id: '0007-exports',
  sql: `
CREATE TABLE platform.exports (
  export_id uuid PRIMARY KEY, user_id text NOT NULL, kind text NOT NULL, parameters jsonb NOT NULL,
  format text NOT NULL CHECK (format IN ('csv','xlsx')), language text NOT NULL CHECK (language IN ('zh','en')), name text NOT NULL,
  state text NOT NULL CHECK (state IN ('WAITING','RUNNING','DONE','FAILED')),
  rows bigint NOT NULL DEFAULT 0, total_rows bigint, attempts integer NOT NULL DEFAULT 0,
  file_id uuid, size bigint, error text, created_at timestamptz NOT NULL, finished_at timestamptz, next_at timestamptz NOT NULL,
  CHECK ((state = 'DONE') = (file_id IS NOT NULL)), CHECK ((state IN ('DONE','FAILED')) = (finished_at IS NOT NULL))
);
CREATE INDEX ON platform.exports (next_at);
CREATE INDEX ON platform.exports (user_id, created_at DESC);
`,
};

const COLUMNS = sql.raw(
  'export_id AS "exportId", user_id AS "userId", kind, parameters, format, language, name, state, rows, total_rows AS "totalRows", attempts, file_id AS "fileId", size, error, created_at AS "createdAt", finished_at AS "finishedAt"',
);

export async function insertExport(tx: Tx, job: ExportJob): Promise<void> {
  await sql`
    INSERT INTO platform.exports (export_id, user_id, kind, parameters, format, language, name, state, created_at, next_at)
    VALUES (${job.exportId}, ${job.userId}, ${job.kind}, ${JSON.stringify(job.parameters)}::jsonb, ${job.format}, ${job.language}, ${job.name}, ${job.state}, ${job.createdAt}, ${job.createdAt})`.execute(
    tx,
  );
}

/** The newest first. */
export async function exportsOfUser(executor: Executor, userId: string, limit: number): Promise<ExportJob[]> {
  const { rows } = await sql<ExportJob>`
    SELECT ${COLUMNS} FROM platform.exports WHERE user_id = ${userId} ORDER BY created_at DESC, export_id LIMIT ${limit}`.execute(
    executor,
  );
  return rows;
}

export async function countOpen(executor: Executor, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM platform.exports WHERE user_id = ${userId} AND state IN ('WAITING','RUNNING')`.execute(
    executor,
  );
  return rows[0]?.count ?? 0;
}

/** One job to write, now this worker's until `until`. Whoever loses it on the way finds its attempt overtaken. */
export async function takeExport(executor: Executor, now: Date, until: Date): Promise<ExportJob | null> {
  const { rows } = await sql<ExportJob>`
    UPDATE platform.exports SET state = 'RUNNING', attempts = attempts + 1, rows = 0, next_at = ${until}
    WHERE export_id = (
      SELECT export_id FROM platform.exports WHERE next_at <= ${now} AND state IN ('WAITING','RUNNING')
      ORDER BY next_at, export_id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING ${COLUMNS}`.execute(executor);
  return rows[0] ?? null;
}

type Attempt = Pick<ExportJob, 'exportId' | 'attempts'>;
const held = ({ exportId, attempts }: Attempt) =>
  sql`export_id = ${exportId} AND attempts = ${attempts} AND state = 'RUNNING'`;

/** @returns false = another worker has it meanwhile */
export async function saveProgress(
  executor: Executor,
  attempt: Attempt,
  { rows, totalRows, until }: { readonly rows: number; readonly totalRows: number | null; readonly until: Date },
): Promise<boolean> {
  const result = await sql`
    UPDATE platform.exports SET rows = ${rows}, total_rows = ${totalRows}, next_at = ${until} WHERE ${held(attempt)}`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0) > 0;
}

export type ExportEnd =
  | { readonly state: 'DONE'; readonly rows: number; readonly fileId: string; readonly size: number }
  | { readonly state: 'FAILED'; readonly error: string };

/** @returns false = another worker has it meanwhile */
export async function endExport(
  executor: Executor,
  attempt: Attempt,
  end: ExportEnd,
  { now, removeAt }: { readonly now: Date; readonly removeAt: Date },
): Promise<boolean> {
  const done = end.state === 'DONE' ? end : null;
  const result = await sql`
    UPDATE platform.exports SET state = ${end.state}, rows = coalesce(${done?.rows ?? null}::bigint, rows), total_rows = coalesce(${done?.rows ?? null}::bigint, total_rows),
      file_id = ${done?.fileId ?? null}, size = ${done?.size ?? null}, error = ${end.state === 'FAILED' ? end.error : null},
      finished_at = ${now}, next_at = ${removeAt}
    WHERE ${held(attempt)}`.execute(executor);
  return Number(result.numAffectedRows ?? 0) > 0;
}

export async function putOff(executor: Executor, attempt: Attempt, until: Date): Promise<void> {
  await sql`UPDATE platform.exports SET state = 'WAITING', next_at = ${until} WHERE ${held(attempt)}`.execute(executor);
}

/** Removes rows whose time is over. @returns their files */
export async function removeOver(executor: Executor, now: Date, limit: number): Promise<(string | null)[]> {
  const { rows } = await sql<{ fileId: string | null }>`
    DELETE FROM platform.exports WHERE export_id IN (
      SELECT export_id FROM platform.exports WHERE next_at <= ${now} AND state IN ('DONE','FAILED')
      ORDER BY next_at, export_id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING file_id AS "fileId"`.execute(executor);
  return rows.map(({ fileId }) => fileId);
}
