/** SQL of members. Lists are by user name; deleted records stay and are left out. */
import type { RawBuilder } from 'kysely';
import { type Executor, executeUnanswered, sql } from '../../platform/database/database.ts';
import type { EnterpriseMember, MemberFacts, VisibleRange } from './definition.ts';
import { endSessionsOf, signOutMembers } from './member-session-store.ts';

const columns = sql`m.member_id AS "memberId", m.enterprise_id AS "enterpriseId", m.user_name AS "userName", m.name, m.department_code AS "departmentCode",
  m.position, m.employee_code AS "employeeCode", m.employee_type AS "employeeType", m.mobile, m.email, m.work_place AS "workPlace", m.entry_date AS "entryDate",
  m.role, m.enabled, m.external_id AS "externalId", m.created_at AS "createdAt", m.updated_at AS "updatedAt", m.deleted_at AS "deletedAt"`;

export interface NewMember extends MemberFacts {
  readonly memberId: string;
  readonly externalId?: string | null | undefined;
}

export async function insertMembers(
  executor: Executor,
  enterpriseId: string,
  members: readonly NewMember[],
  now: Date,
): Promise<void> {
  if (members.length === 0) return;
  await executeUnanswered(
    executor,
    sql`INSERT INTO directory.members (member_id, enterprise_id, user_name, name, department_code, position, employee_code, employee_type, mobile, email, work_place,
        entry_date, role, enabled, external_id, created_at, updated_at)
      SELECT m."memberId", ${enterpriseId}, m."userName", m.name, m."departmentCode", m.position, m."employeeCode", m."employeeType", m.mobile, m.email, m."workPlace",
        m."entryDate", m.role, m.enabled, m."externalId", ${now}, ${now}
      FROM jsonb_to_recordset(${JSON.stringify(members)}::jsonb) AS m ("memberId" uuid, "userName" text, name text, "departmentCode" text, position text, "employeeCode" text,
        "employeeType" text, mobile text, email text, "workPlace" text, "entryDate" text, role text, enabled boolean, "externalId" text)`,
  );
}

export async function replaceMember(executor: Executor, member: NewMember, now: Date): Promise<void> {
  await sql`UPDATE directory.members SET user_name = ${member.userName}, name = ${member.name}, department_code = ${member.departmentCode},
      position = ${member.position}, employee_code = ${member.employeeCode}, employee_type = ${member.employeeType}, mobile = ${member.mobile},
      email = ${member.email}, work_place = ${member.workPlace}, entry_date = ${member.entryDate}, role = ${member.role}, enabled = ${member.enabled},
      external_id = ${member.externalId ?? null}, updated_at = ${now}
    WHERE member_id = ${member.memberId}::uuid`.execute(executor);
  if (!member.enabled) await endSessionsOf(executor, member.memberId);
}

/** Whoever is disabled is signed out (E-14). @returns how many were living */
export async function setEnabled(
  executor: Executor,
  enterpriseId: string,
  memberIds: readonly string[],
  enabled: boolean,
  now: Date,
): Promise<number> {
  if (!enabled) await signOutMembers(executor, enterpriseId, memberIds);
  const result = await sql`UPDATE directory.members SET enabled = ${enabled}, updated_at = ${now}
    WHERE enterprise_id = ${enterpriseId} AND member_id = ANY(${memberIds}::uuid[]) AND deleted_at IS NULL`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0);
}

export async function moveMembers(
  executor: Executor,
  enterpriseId: string,
  memberIds: readonly string[],
  departmentCode: string,
  now: Date,
): Promise<number> {
  const result = await sql`UPDATE directory.members SET department_code = ${departmentCode}, updated_at = ${now}
    WHERE enterprise_id = ${enterpriseId} AND member_id = ANY(${memberIds}::uuid[]) AND deleted_at IS NULL`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0);
}

/** The records stay, without their places in groups; whoever is deleted is signed out (E-14). */
export async function deleteMembers(
  executor: Executor,
  enterpriseId: string,
  memberIds: readonly string[],
  now: Date,
): Promise<number> {
  await sql`DELETE FROM directory.group_members g USING directory.members m WHERE g.member_id = m.member_id
    AND m.enterprise_id = ${enterpriseId} AND m.member_id = ANY(${memberIds}::uuid[])`.execute(executor);
  await signOutMembers(executor, enterpriseId, memberIds);
  const result = await sql`UPDATE directory.members SET deleted_at = ${now}, updated_at = ${now}, enabled = false
    WHERE enterprise_id = ${enterpriseId} AND member_id = ANY(${memberIds}::uuid[]) AND deleted_at IS NULL`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0);
}

export interface MemberQuery {
  readonly enterpriseId: string;
  /** with all below it */
  readonly departmentCode?: string | undefined;
  /** in one of these, with all below them; undefined = anywhere */
  readonly within?: readonly string[] | undefined;
  readonly groupId?: string | undefined;
  /** part of name, user name, mobile, e-mail or staff number */
  readonly words?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** the user name where the page before ended */
  readonly after?: string | undefined;
  readonly limit: number;
}

export async function listMembers(
  executor: Executor,
  query: MemberQuery,
): Promise<(EnterpriseMember & { departmentName: string })[]> {
  const { rows } = await sql<
    EnterpriseMember & { departmentName: string }
  >`SELECT ${columns}, d.name AS "departmentName" FROM directory.members m
    JOIN directory.departments d ON d.enterprise_id = m.enterprise_id AND d.code = m.department_code
    WHERE ${conditionOf(query)} ${query.after === undefined ? sql`` : sql`AND lower(m.user_name) > ${query.after}`}
    ORDER BY lower(m.user_name) LIMIT ${query.limit}`.execute(executor);
  return rows;
}

export async function countMembers(executor: Executor, query: Omit<MemberQuery, 'limit' | 'after'>): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) AS count FROM directory.members m WHERE ${conditionOf(query)}`.execute(executor);
  return rows[0]?.count ?? 0;
}

function conditionOf({ enterpriseId, departmentCode, within, groupId, words, enabled }: Omit<MemberQuery, 'limit'>) {
  const parts: RawBuilder<unknown>[] = [sql`m.enterprise_id = ${enterpriseId} AND m.deleted_at IS NULL`];
  if (departmentCode !== undefined)
    parts.push(sql`m.department_code IN (SELECT code FROM directory.departments
      WHERE enterprise_id = ${enterpriseId} AND path @> ARRAY[${departmentCode}]::text[])`);
  if (within !== undefined)
    parts.push(sql`m.department_code IN (SELECT code FROM directory.departments
      WHERE enterprise_id = ${enterpriseId} AND path && ${within}::text[])`);
  if (groupId !== undefined)
    parts.push(
      sql`EXISTS (SELECT FROM directory.group_members g WHERE g.group_id = ${groupId}::uuid AND g.member_id = m.member_id)`,
    );
  if (enabled !== undefined) parts.push(sql`m.enabled = ${enabled}`);
  if (words !== undefined) {
    const like = `%${words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    parts.push(
      sql`(m.user_name ILIKE ${like} OR m.name ILIKE ${like} OR m.mobile ILIKE ${like} OR m.email ILIKE ${like} OR m.employee_code ILIKE ${like})`,
    );
  }
  return sql.join(parts, sql` AND `);
}

/** Deleted ones too. */
export async function membersByIds(
  executor: Executor,
  enterpriseId: string,
  memberIds: readonly string[],
): Promise<Map<string, EnterpriseMember>> {
  const { rows } = await sql<EnterpriseMember>`SELECT ${columns} FROM directory.members m
    WHERE m.enterprise_id = ${enterpriseId} AND m.member_id = ANY(${memberIds}::uuid[])`.execute(executor);
  return new Map(rows.map((row) => [row.memberId, row]));
}

/** Which of these user names are in use, in lower case. */
export async function takenUserNames(
  executor: Executor,
  enterpriseId: string,
  userNames: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`SELECT lower(user_name) AS name FROM directory.members
    WHERE enterprise_id = ${enterpriseId} AND deleted_at IS NULL
      AND lower(user_name) IN (SELECT lower(n) FROM unnest(${userNames}::text[]) AS n)`.execute(executor);
  return new Set(rows.map(({ name }) => name));
}

/** The living members of these user names, by the name in lower case. */
export async function memberIdsByNames(
  executor: Executor,
  enterpriseId: string,
  userNames: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{
    name: string;
    id: string;
  }>`SELECT lower(user_name) AS name, member_id AS id FROM directory.members
    WHERE enterprise_id = ${enterpriseId} AND deleted_at IS NULL
      AND lower(user_name) IN (SELECT lower(n) FROM unnest(${userNames}::text[]) AS n)`.execute(executor);
  return new Map(rows.map(({ name, id }) => [name, id]));
}

/** A member of a range, with a mark that changes whenever something is written down about the member. */
export interface Marked {
  readonly memberId: string;
  readonly mark: string;
}

/** The living members of a range, the longest known first (E-30, E-32). */
export async function membersInRange(executor: Executor, enterpriseId: string, range: VisibleRange): Promise<Marked[]> {
  const { rows } = await sql<Marked>`SELECT m.member_id AS "memberId", ${mark} AS mark FROM directory.members m
    WHERE ${inRange(enterpriseId, range)} ORDER BY m.created_at, m.member_id`.execute(executor);
  return rows;
}

/** Is this living member one of the range? */
export async function isInRange(
  executor: Executor,
  enterpriseId: string,
  range: VisibleRange,
  memberId: string,
): Promise<boolean> {
  const { rows } = await sql`SELECT m.member_id FROM directory.members m
    WHERE m.member_id = ${memberId}::uuid AND ${inRange(enterpriseId, range)}`.execute(executor);
  return rows.length > 0;
}

function inRange(enterpriseId: string, range: VisibleRange): RawBuilder<unknown> {
  const chosen = range.everyone
    ? sql`true`
    : sql`(m.member_id = ANY(${range.members}::uuid[])
        OR m.member_id IN (SELECT g.member_id FROM directory.group_members g WHERE g.group_id = ANY(${range.groups}::uuid[]))
        OR m.department_code IN (SELECT d.code FROM directory.departments d WHERE d.enterprise_id = ${enterpriseId} AND d.path && ${range.departments}::text[]))`;
  return sql`m.enterprise_id = ${enterpriseId} AND m.deleted_at IS NULL AND ${chosen}`;
}
const mark = sql`md5(jsonb_build_array(m.user_name, m.name, m.department_code, m.position, m.employee_code, m.employee_type, m.mobile, m.email,
  m.work_place, m.entry_date, m.role, m.enabled)::text)`;

/** As `membersByIds`, with their marks: what a product is told, and what it will have been told. */
export async function markedMembers(
  executor: Executor,
  enterpriseId: string,
  memberIds: readonly string[],
): Promise<Map<string, EnterpriseMember & Marked>> {
  const { rows } = await sql<EnterpriseMember & Marked>`SELECT ${columns}, ${mark} AS mark FROM directory.members m
    WHERE m.enterprise_id = ${enterpriseId} AND m.member_id = ANY(${memberIds}::uuid[])`.execute(executor);
  return new Map(rows.map((row) => [row.memberId, row]));
}

/** Of these members, those whose records say that they were deleted. */
export async function deletedAmong(
  executor: Executor,
  enterpriseId: string,
  memberIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ member_id: string }>`SELECT member_id FROM directory.members
    WHERE enterprise_id = ${enterpriseId} AND member_id = ANY(${memberIds}::uuid[]) AND deleted_at IS NOT NULL`.execute(
    executor,
  );
  return new Set(rows.map(({ member_id }) => member_id));
}

/** Are all living ones among these members in one of these departments, or below it? (E-15a) */
export async function allWithin(
  executor: Executor,
  enterpriseId: string,
  memberIds: readonly string[],
  departments: readonly string[],
): Promise<boolean> {
  const { rows } =
    await sql`SELECT 1 FROM directory.members m WHERE m.enterprise_id = ${enterpriseId} AND m.deleted_at IS NULL
    AND m.member_id = ANY(${memberIds}::uuid[]) AND NOT EXISTS (SELECT FROM directory.departments d
      WHERE d.enterprise_id = m.enterprise_id AND d.code = m.department_code AND d.path && ${departments}::text[]) LIMIT 1`.execute(
      executor,
    );
  return rows.length === 0;
}
