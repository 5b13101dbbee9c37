/** SQL of groups (E-15). */
import { type Executor, sql } from '../../platform/database/database.ts';
import type { Group } from './definition.ts';

export interface GroupRow extends Group {
  readonly externalId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const columns = sql`g.group_id AS "groupId", g.name, g.external_id AS "externalId", g.created_at AS "createdAt", g.updated_at AS "updatedAt",
  (SELECT count(*) FROM directory.group_members x WHERE x.group_id = g.group_id) AS members`;

export async function insertGroup(
  executor: Executor,
  group: {
    readonly enterpriseId: string;
    readonly groupId: string;
    readonly name: string;
    readonly externalId?: string | null;
  },
  now: Date,
): Promise<void> {
  await sql`INSERT INTO directory.groups (group_id, enterprise_id, name, external_id, created_at, updated_at)
    VALUES (${group.groupId}::uuid, ${group.enterpriseId}, ${group.name}, ${group.externalId ?? null}, ${now}, ${now})`.execute(
    executor,
  );
}

export async function renameGroup(executor: Executor, groupId: string, name: string, now: Date): Promise<void> {
  await sql`UPDATE directory.groups SET name = ${name}, updated_at = ${now} WHERE group_id = ${groupId}::uuid`.execute(
    executor,
  );
}

export async function deleteGroup(executor: Executor, enterpriseId: string, groupId: string): Promise<boolean> {
  const result =
    await sql`DELETE FROM directory.groups WHERE enterprise_id = ${enterpriseId} AND group_id = ${groupId}::uuid`.execute(
      executor,
    );
  return Number(result.numAffectedRows ?? 0) > 0;
}

export async function groupsOf(executor: Executor, enterpriseId: string): Promise<GroupRow[]> {
  const { rows } =
    await sql<GroupRow>`SELECT ${columns} FROM directory.groups g WHERE g.enterprise_id = ${enterpriseId} ORDER BY g.name, g.group_id`.execute(
      executor,
    );
  return rows;
}

export async function groupById(executor: Executor, enterpriseId: string, groupId: string): Promise<GroupRow | null> {
  const { rows } = await sql<GroupRow>`SELECT ${columns} FROM directory.groups g
    WHERE g.enterprise_id = ${enterpriseId} AND g.group_id = ${groupId}::uuid`.execute(executor);
  return rows[0] ?? null;
}

export async function groupNameTaken(
  executor: Executor,
  enterpriseId: string,
  name: string,
  but: string | null,
): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM directory.groups
    WHERE enterprise_id = ${enterpriseId} AND lower(name) = lower(${name}) AND group_id IS DISTINCT FROM ${but}::uuid`.execute(
    executor,
  );
  return rows.length > 0;
}

/** Only living members of the same enterprise come in. @returns how many are in it now that were not */
export async function addToGroup(
  executor: Executor,
  enterpriseId: string,
  groupId: string,
  memberIds: readonly string[],
): Promise<number> {
  const result = await sql`INSERT INTO directory.group_members (group_id, member_id)
    SELECT ${groupId}::uuid, m.member_id FROM directory.members m
    WHERE m.enterprise_id = ${enterpriseId} AND m.member_id = ANY(${memberIds}::uuid[]) AND m.deleted_at IS NULL
    ON CONFLICT DO NOTHING`.execute(executor);
  return Number(result.numAffectedRows ?? 0);
}

/** @param memberIds null = all of them */
export async function takeFromGroup(
  executor: Executor,
  groupId: string,
  memberIds: readonly string[] | null,
): Promise<number> {
  const chosen = memberIds === null ? sql`true` : sql`member_id = ANY(${memberIds}::uuid[])`;
  const result = await sql`DELETE FROM directory.group_members WHERE group_id = ${groupId}::uuid AND ${chosen}`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0);
}

/** Members of groups by group, each with its name: what an identity provider reads. */
export async function membersOfGroups(
  executor: Executor,
  groupIds: readonly string[],
): Promise<Map<string, { memberId: string; name: string }[]>> {
  const { rows } = await sql<{ group_id: string; memberId: string; name: string }>`
    SELECT g.group_id, m.member_id AS "memberId", m.name FROM directory.group_members g JOIN directory.members m ON m.member_id = g.member_id
    WHERE g.group_id = ANY(${groupIds}::uuid[]) ORDER BY lower(m.user_name)`.execute(executor);
  const found = new Map<string, { memberId: string; name: string }[]>();
  for (const { group_id, ...member } of rows) found.set(group_id, [...(found.get(group_id) ?? []), member]);
  return found;
}
