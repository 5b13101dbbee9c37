/** SQL of what products were told: departments, and members one by one. */
import type { Department } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { AuthorisationState, Told } from './definition.ts';

export async function toldDepartments(executor: Executor, applicationId: string): Promise<Department[]> {
  const { rows } = await sql<Department>`SELECT code, name, parent_code AS "parentCode" FROM people.told_departments
    WHERE application_id = ${applicationId}::uuid`.execute(executor);
  return rows;
}

export async function tellDepartments(
  executor: Executor,
  applicationId: string,
  departments: readonly Department[],
): Promise<void> {
  await sql`INSERT INTO people.told_departments (application_id, code, name, parent_code)
    SELECT ${applicationId}::uuid, d.code, d.name, d."parentCode"
    FROM jsonb_to_recordset(${JSON.stringify(departments)}::jsonb) AS d (code text, name text, "parentCode" text)
    ON CONFLICT (application_id, code) DO UPDATE SET name = excluded.name, parent_code = excluded.parent_code`.execute(
    executor,
  );
}

/** @param codes null = all */
export async function forgetDepartments(
  executor: Executor,
  applicationId: string,
  codes: readonly string[] | null,
): Promise<void> {
  const chosen = codes === null ? sql`true` : sql`code = ANY(${codes}::text[])`;
  await sql`DELETE FROM people.told_departments WHERE application_id = ${applicationId}::uuid AND ${chosen}`.execute(
    executor,
  );
}

export async function toldMembers(executor: Executor, applicationId: string): Promise<Map<string, Told>> {
  const { rows } = await sql<{ member_id: string; told: Told }>`SELECT member_id, told FROM people.authorisations
    WHERE application_id = ${applicationId}::uuid`.execute(executor);
  return new Map(rows.map(({ member_id, told }) => [member_id, told]));
}

/** On their way: shown as such; what was told of them stays. */
export async function setSyncing(
  executor: Executor,
  applicationId: string,
  memberIds: readonly string[],
  now: Date,
): Promise<void> {
  await sql`INSERT INTO people.authorisations (application_id, member_id, state, told, updated_at)
    SELECT DISTINCT ${applicationId}::uuid, m::uuid, 'SYNCING', NULL::text, ${now}::timestamptz FROM unnest(${memberIds}::text[]) AS m
    ON CONFLICT (application_id, member_id) DO UPDATE SET state = 'SYNCING', error = NULL, updated_at = excluded.updated_at`.execute(
    executor,
  );
}

/** A call is about to leave: whatever comes of it, the product may have heard of them. */
export async function setMaybeTold(
  executor: Executor,
  applicationId: string,
  memberIds: readonly string[],
): Promise<void> {
  await sql`UPDATE people.authorisations SET told = '' WHERE application_id = ${applicationId}::uuid
    AND member_id = ANY(${memberIds}::uuid[]) AND told IS NULL`.execute(executor);
}

/** @returns how many accounts the product has more by it, or fewer */
export async function setTold(
  executor: Executor,
  applicationId: string,
  members: readonly { readonly memberId: string; readonly told: Told }[],
  state: AuthorisationState,
  now: Date,
): Promise<number> {
  // Said twice, by join and by list: while the table is new to the planner, the join alone is planned as a look through all
  // members of the application (431 ms of 100,000; by the list 30).
  const ids = members.map(({ memberId }) => memberId);
  const { rows } = await sql<{ change: number }>`WITH told AS (
      UPDATE people.authorisations a SET state = ${state}, told = m.told, held = coalesce(m.told, '') <> '', error = NULL, updated_at = ${now}
      FROM jsonb_to_recordset(${JSON.stringify(members)}::jsonb) AS m ("memberId" uuid, told text)
      JOIN people.authorisations b ON b.application_id = ${applicationId}::uuid AND b.member_id = m."memberId" AND b.member_id = ANY(${ids}::uuid[])
      WHERE a.application_id = ${applicationId}::uuid AND a.member_id = m."memberId" AND a.member_id = ANY(${ids}::uuid[])
      RETURNING a.held::int - b.held::int AS change
    ) SELECT coalesce(sum(change), 0) AS change FROM told`.execute(executor);
  return rows[0]?.change ?? 0;
}

export async function setFailed(
  executor: Executor,
  applicationId: string,
  memberIds: readonly string[],
  error: string,
  now: Date,
): Promise<void> {
  await sql`UPDATE people.authorisations SET state = 'FAILED', error = ${error}, updated_at = ${now}
    WHERE application_id = ${applicationId}::uuid AND member_id = ANY(${memberIds}::uuid[])`.execute(executor);
}

/** Stopped (E-23): who arrived before stays authorised, the others are not synchronised. */
export async function setLeft(
  executor: Executor,
  applicationId: string,
  memberIds: readonly string[],
  now: Date,
): Promise<void> {
  await sql`UPDATE people.authorisations SET state = CASE WHEN coalesce(told, '') = '' THEN 'NOT_SYNCED' ELSE 'AUTHORISED' END, updated_at = ${now}
    WHERE application_id = ${applicationId}::uuid AND member_id = ANY(${memberIds}::uuid[])`.execute(executor);
}

export interface AuthorisationRow {
  readonly memberId: string;
  readonly state: AuthorisationState;
  readonly error: string | null;
  readonly updatedAt: Date;
}

/** @param state null = all */
export async function listAuthorisations(
  executor: Executor,
  query: {
    readonly applicationId: string;
    readonly state: AuthorisationState | null;
    readonly after: string | null;
    readonly limit: number;
  },
): Promise<AuthorisationRow[]> {
  const { rows } =
    await sql<AuthorisationRow>`SELECT member_id AS "memberId", state, error, updated_at AS "updatedAt" FROM people.authorisations
    WHERE application_id = ${query.applicationId}::uuid ${query.state === null ? sql`` : sql`AND state = ${query.state}`}
      ${query.after === null ? sql`` : sql`AND member_id > ${query.after}::uuid`}
    ORDER BY member_id LIMIT ${query.limit}`.execute(executor);
  return rows;
}
