/** SQL of departments. A tree is kept by `path`: codes from the top down to the department itself. */
import { type Executor, executeUnanswered, sql } from '../../platform/database/database.ts';
import type { Department } from './definition.ts';
import type { Placed } from './model.ts';

export interface DepartmentRow extends Department {
  readonly path: readonly string[];
  /** in itself, without those below */
  readonly members: number;
  readonly children: number;
}

const columns = sql`d.code, d.name, d.parent_code AS "parentCode", d.path`;

/** The departments directly below one (null = at the top), by name: a page of a tree opens level by level. */
export async function departmentsBelow(
  executor: Executor,
  enterpriseId: string,
  parentCode: string | null,
): Promise<DepartmentRow[]> {
  return counted(executor, sql`d.enterprise_id = ${enterpriseId} AND d.parent_code IS NOT DISTINCT FROM ${parentCode}`);
}

/** Departments whose name or code holds the words, at most `limit`. */
export async function departmentsLike(
  executor: Executor,
  enterpriseId: string,
  words: string,
  limit: number,
): Promise<DepartmentRow[]> {
  const pattern = `%${words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return counted(
    executor,
    sql`d.enterprise_id = ${enterpriseId} AND (d.name ILIKE ${pattern} OR d.code ILIKE ${pattern})`,
    limit,
  );
}

async function counted(executor: Executor, condition: ReturnType<typeof sql>, limit = 1_000): Promise<DepartmentRow[]> {
  const { rows } = await sql<DepartmentRow>`SELECT ${columns},
      (SELECT count(*) FROM directory.members m WHERE m.enterprise_id = d.enterprise_id AND m.department_code = d.code AND m.deleted_at IS NULL) AS members,
      (SELECT count(*) FROM directory.departments c WHERE c.enterprise_id = d.enterprise_id AND c.parent_code = d.code) AS children
    FROM directory.departments d WHERE ${condition} ORDER BY d.name, d.code LIMIT ${limit}`.execute(executor);
  return rows;
}

export async function allDepartments(executor: Executor, enterpriseId: string): Promise<Placed[]> {
  const { rows } =
    await sql<Placed>`SELECT ${columns} FROM directory.departments d WHERE d.enterprise_id = ${enterpriseId}
    ORDER BY cardinality(d.path), d.code`.execute(executor);
  return rows;
}

export async function departmentsByCodes(
  executor: Executor,
  enterpriseId: string,
  codes: readonly string[],
): Promise<Map<string, Placed>> {
  const { rows } = await sql<Placed>`SELECT ${columns} FROM directory.departments d
    WHERE d.enterprise_id = ${enterpriseId} AND d.code = ANY(${codes}::text[])`.execute(executor);
  return new Map(rows.map((row) => [row.code, row]));
}

export async function siblingsOf(
  executor: Executor,
  enterpriseId: string,
  parentCode: string | null,
  but: string,
): Promise<Department[]> {
  const { rows } = await sql<Department>`SELECT ${columns} FROM directory.departments d
    WHERE d.enterprise_id = ${enterpriseId} AND d.parent_code IS NOT DISTINCT FROM ${parentCode} AND d.code <> ${but}`.execute(
    executor,
  );
  return rows;
}

/** Levels below a department. */
export async function heightOf(executor: Executor, enterpriseId: string, { code, path }: Placed): Promise<number> {
  const { rows } = await sql<{
    deepest: number | null;
  }>`SELECT max(cardinality(path)) AS deepest FROM directory.departments
    WHERE enterprise_id = ${enterpriseId} AND path @> ARRAY[${code}]::text[]`.execute(executor);
  return Math.max(0, (rows[0]?.deepest ?? path.length) - path.length);
}

/** Parents first. */
export async function insertDepartments(
  executor: Executor,
  enterpriseId: string,
  departments: readonly Placed[],
  now: Date,
): Promise<void> {
  if (departments.length === 0) return;
  await executeUnanswered(
    executor,
    sql`INSERT INTO directory.departments (enterprise_id, code, name, parent_code, path, created_at)
      SELECT ${enterpriseId}, d.code, d.name, d."parentCode", ARRAY(SELECT jsonb_array_elements_text(d.path)), ${now}
      FROM jsonb_to_recordset(${JSON.stringify(departments)}::jsonb) AS d (code text, name text, "parentCode" text, path jsonb)`,
  );
}

/** Renames and moves one; all below go with it, in one statement. */
export async function replaceDepartment(
  executor: Executor,
  enterpriseId: string,
  { code, name, parentCode, path }: Placed,
): Promise<void> {
  await sql`UPDATE directory.departments SET name = ${name}, parent_code = ${parentCode}
    WHERE enterprise_id = ${enterpriseId} AND code = ${code}`.execute(executor);
  await sql`UPDATE directory.departments SET path = ${path}::text[] || path[array_position(path, ${code}) + 1:]
    WHERE enterprise_id = ${enterpriseId} AND path @> ARRAY[${code}]::text[] AND path[:${path.length}] <> ${path}::text[]`.execute(
    executor,
  );
}

/** @returns false = it has members or departments below it (E-10) */
export async function deleteDepartment(executor: Executor, enterpriseId: string, code: string): Promise<boolean> {
  const result =
    await sql`DELETE FROM directory.departments d WHERE d.enterprise_id = ${enterpriseId} AND d.code = ${code}
    AND NOT EXISTS (SELECT FROM directory.departments c WHERE c.enterprise_id = d.enterprise_id AND c.parent_code = d.code)
    AND NOT EXISTS (SELECT FROM directory.members m WHERE m.enterprise_id = d.enterprise_id AND m.department_code = d.code)`.execute(
      executor,
    );
  return Number(result.numAffectedRows ?? 0) > 0;
}
