/** SQL of imports: the job, and what stands in its file. */
import { type Executor, executeUnanswered, sql } from '../../../platform/database/database.ts';
import type { AdministratorScope } from '../definition.ts';
import type { CheckedRow } from './check.ts';

/**
 * CHECKING: the file is read and checked. CHECKED: somebody looks at what is wrong and decides. APPLYING: taken over as one.
 * DONE, DISCARDED, FAILED (the file as a whole can not be read): over.
 */
export const IMPORT_STATES = ['CHECKING', 'CHECKED', 'APPLYING', 'DONE', 'DISCARDED', 'FAILED'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export interface ImportJob {
  readonly importId: string;
  readonly enterpriseId: string;
  readonly userId: string;
  /** what a business administrator was appointed for when the file came (E-15a); null = everything */
  readonly scope: AdministratorScope | null;
  readonly fileId: string;
  readonly fileName: string;
  /** rows with faults are left out; else nothing is taken while one row is faulty */
  readonly validOnly: boolean;
  readonly state: ImportState;
  readonly rowsRead: number;
  readonly rowsTotal: number | null;
  readonly rowsFaulty: number;
  /** new ones of rows without faults */
  readonly members: number;
  readonly departments: number;
  readonly encoding: string | null;
  /** code: what is wrong with the file as a whole; CHANGED = the directory changed after the check */
  readonly error: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

const columns = sql`i.import_id AS "importId", i.enterprise_id AS "enterpriseId", i.user_id AS "userId", i.scope, i.file_id AS "fileId", i.file_name AS "fileName",
  i.valid_only AS "validOnly", i.state, i.rows_read AS "rowsRead", i.rows_total AS "rowsTotal", i.rows_faulty AS "rowsFaulty", i.members, i.departments,
  i.encoding, i.error, i.created_at AS "createdAt", i.finished_at AS "finishedAt"`;

export async function insertImport(
  executor: Executor,
  job: Pick<ImportJob, 'importId' | 'enterpriseId' | 'userId' | 'scope' | 'fileId' | 'fileName' | 'createdAt'>,
): Promise<void> {
  await sql`INSERT INTO directory.imports (import_id, enterprise_id, user_id, scope, file_id, file_name, state, created_at, next_at)
    VALUES (${job.importId}::uuid, ${job.enterpriseId}, ${job.userId}, ${job.scope === null ? null : JSON.stringify(job.scope)}::jsonb, ${job.fileId}, ${job.fileName}, 'CHECKING', ${job.createdAt}, ${job.createdAt})`.execute(
    executor,
  );
}

export async function importById(
  executor: Executor,
  enterpriseId: string,
  importId: string,
  lock = false,
): Promise<ImportJob | null> {
  const { rows } = await sql<ImportJob>`SELECT ${columns} FROM directory.imports i
    WHERE i.import_id = ${importId}::uuid AND i.enterprise_id = ${enterpriseId} ${lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  return rows[0] ?? null;
}

/** @param userId absent = whoever's */
export async function importsOf(
  executor: Executor,
  enterpriseId: string,
  limit: number,
  userId?: string,
): Promise<ImportJob[]> {
  const { rows } =
    await sql<ImportJob>`SELECT ${columns} FROM directory.imports i WHERE i.enterprise_id = ${enterpriseId}
    ${userId === undefined ? sql`` : sql`AND i.user_id = ${userId}`} ORDER BY i.created_at DESC, i.import_id DESC LIMIT ${limit}`.execute(
      executor,
    );
  return rows;
}

/** A worker that says nothing until `until` is gone. */
export async function takeImport(executor: Executor, now: Date, until: Date): Promise<ImportJob | null> {
  const { rows } = await sql<ImportJob>`UPDATE directory.imports i SET next_at = ${until} WHERE i.import_id = (
      SELECT import_id FROM directory.imports WHERE next_at <= ${now} ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING ${columns}`.execute(executor);
  return rows[0] ?? null;
}

export async function tellProgress(executor: Executor, importId: string, rowsRead: number, until: Date): Promise<void> {
  await sql`UPDATE directory.imports SET rows_read = ${rowsRead}, next_at = ${until} WHERE import_id = ${importId}::uuid AND next_at IS NOT NULL`.execute(
    executor,
  );
}

export interface ImportResult {
  readonly state: ImportState;
  readonly rowsTotal?: number;
  readonly rowsFaulty?: number;
  readonly members?: number;
  readonly departments?: number;
  readonly encoding?: string | null;
  readonly error?: string | null;
  readonly validOnly?: boolean;
}

/** @param nextAt null = it waits for somebody, or is over */
export async function setImport(
  executor: Executor,
  importId: string,
  result: ImportResult,
  nextAt: Date | null,
  finishedAt: Date | null,
): Promise<void> {
  await sql`UPDATE directory.imports SET state = ${result.state}, rows_total = coalesce(${result.rowsTotal ?? null}::int, rows_total),
      rows_read = CASE WHEN ${result.rowsTotal ?? null}::int IS NULL THEN rows_read ELSE ${result.rowsTotal ?? 0}::int END,
      rows_faulty = coalesce(${result.rowsFaulty ?? null}::int, rows_faulty), members = coalesce(${result.members ?? null}::int, members),
      departments = coalesce(${result.departments ?? null}::int, departments), encoding = coalesce(${result.encoding ?? null}, encoding),
      error = ${result.error ?? null}, valid_only = coalesce(${result.validOnly ?? null}::boolean, valid_only), next_at = ${nextAt}, finished_at = ${finishedAt}
    WHERE import_id = ${importId}::uuid`.execute(executor);
}

export async function keepRows(executor: Executor, importId: string, rows: readonly CheckedRow[]): Promise<void> {
  await executeUnanswered(
    executor,
    sql`INSERT INTO directory.import_rows (import_id, row_number, facts, faults)
      SELECT ${importId}::uuid, r.row, r.values, r.faults
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (row int, values jsonb, faults jsonb)
      ON CONFLICT (import_id, row_number) DO UPDATE SET faults = excluded.faults`,
  );
}

export async function importRows(
  executor: Executor,
  importId: string,
  query: { readonly faultyOnly: boolean; readonly after: number; readonly limit: number },
): Promise<CheckedRow[]> {
  const { rows } = await sql<CheckedRow>`SELECT row_number AS row, facts AS values, faults FROM directory.import_rows
    WHERE import_id = ${importId}::uuid AND row_number > ${query.after} ${query.faultyOnly ? sql`AND faults <> '[]'` : sql``}
    ORDER BY row_number LIMIT ${query.limit}`.execute(executor);
  return rows;
}

export async function dropRows(executor: Executor, importId: string): Promise<void> {
  await sql`DELETE FROM directory.import_rows WHERE import_id = ${importId}::uuid`.execute(executor);
}
