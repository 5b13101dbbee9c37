/** Groups: named sets of members, kept by an identity provider. */
import {
  addToGroup,
  createGroup as createMemberGroup,
  deleteGroup,
  groupById as findGroup,
  groupsOf,
  membersOfGroups,
  renameGroup,
  takeFromGroup,
} from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { isUuid } from '../../platform/uuid.ts';
import { filterOf } from './filter.ts';
import { type Asked, granted, type Listing } from './users.ts';
import { groupOf, patched, readGroup, ScimError, type ScimGroup } from './wire.ts';

export async function listGroups(
  executor: Executor,
  { enterpriseId, base }: Asked,
  { filter, startIndex, count }: Listing,
) {
  const rows = await groupsOf(executor, enterpriseId);
  const members = await membersOfGroups(
    executor,
    rows.map(({ groupId }) => groupId),
  );
  const all = rows.map((row) => groupOf(row, members.get(row.groupId) ?? [], base));
  const matches = filter === undefined ? () => true : filterOf(filter, 'Group');
  const found = all.filter(matches);
  return { total: found.length, resources: found.slice(startIndex - 1, startIndex - 1 + count) };
}

export async function groupById(executor: Executor, { enterpriseId, base }: Asked, id: string) {
  const group = isUuid(id) ? await findGroup(executor, enterpriseId, id) : null;
  if (!group) throw new ScimError(404, `there is no group ${id}`);
  return groupOf(group, (await membersOfGroups(executor, [id])).get(id) ?? [], base);
}

export async function createGroup(platform: Platform, tx: Tx, asked: Asked, body: unknown) {
  const group = readGroup(body);
  const { enterpriseId, now } = asked;
  const wanted = { enterpriseId, name: group.displayName, externalId: group.externalId ?? null };
  const groupId = granted(await createMemberGroup(platform.random, tx, wanted, now));
  await fill(tx, asked, groupId, group);
  return groupById(tx, asked, groupId);
}

export async function replaceGroup(tx: Tx, asked: Asked, id: string, body: unknown) {
  await groupById(tx, asked, id);
  const group = readGroup(body);
  granted(await renameGroup(tx, { enterpriseId: asked.enterpriseId, groupId: id, name: group.displayName }, asked.now));
  await takeFromGroup(tx, id, null);
  await fill(tx, asked, id, group);
  return groupById(tx, asked, id);
}

export async function patchGroup(tx: Tx, asked: Asked, id: string, body: unknown) {
  return replaceGroup(tx, asked, id, await patched('Group', await groupById(tx, asked, id), body));
}

export async function removeGroup(tx: Tx, asked: Asked, id: string): Promise<void> {
  await groupById(tx, asked, id);
  await deleteGroup(tx, asked.enterpriseId, id);
}

async function fill(tx: Tx, { enterpriseId }: Asked, groupId: string, { members }: ScimGroup): Promise<void> {
  const ids = [...new Set((members ?? []).map(({ value }) => value))];
  if (!ids.every(isUuid)) throw new ScimError(400, 'members name users by their id', 'invalidValue');
  if ((await addToGroup(tx, enterpriseId, groupId, ids)) !== ids.length)
    throw new ScimError(400, 'a member of the group is no user of this enterprise', 'invalidValue');
}
