/** Commands on members and groups (E-12, E-14, E-15). The caller holds the enterprise's row. */
import type { Tx } from '../../platform/database/database.ts';
import { type Random, uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { type EnterpriseMember, type MemberFacts, MOST_GROUPS, MOST_MEMBERS } from './definition.ts';
import { departmentsByCodes } from './department-store.ts';
import { countsOf } from './enterprise-store.ts';
import * as groups from './group-store.ts';
import * as store from './member-store.ts';
import { memberFaults, sameName } from './model.ts';

/** @returns refusals MEMBER_INVALID, USER_NAME_TAKEN, DEPARTMENT_UNKNOWN, TOO_MANY_MEMBERS */
export async function createMember(
  random: Random,
  tx: Tx,
  enterpriseId: string,
  facts: MemberFacts,
  now: Date,
  externalId: string | null = null,
): Promise<Result<string>> {
  const fault = await faultOf(tx, enterpriseId, facts, null);
  if (fault) return fault;
  if ((await countsOf(tx, enterpriseId)).members >= MOST_MEMBERS)
    return refuse('TOO_MANY_MEMBERS', `an enterprise has at most ${MOST_MEMBERS} members`);
  const memberId = uuid(random);
  await store.insertMembers(tx, enterpriseId, [{ ...facts, memberId, externalId }], now);
  return ok(memberId);
}

export async function changeEnterpriseMember(
  tx: Tx,
  member: EnterpriseMember,
  facts: MemberFacts,
  now: Date,
  externalId: string | null = member.externalId,
): Promise<Result<null>> {
  const fault = await faultOf(tx, member.enterpriseId, facts, member);
  if (fault) return fault;
  await store.replaceMember(tx, { ...facts, memberId: member.memberId, externalId }, now);
  return ok(null);
}

/** @returns the living member */
export async function memberOf(tx: Tx, enterpriseId: string, memberId: string): Promise<EnterpriseMember | null> {
  const member = (await store.membersByIds(tx, enterpriseId, [memberId])).get(memberId);
  return member && member.deletedAt === null ? member : null;
}

async function faultOf(
  tx: Tx,
  enterpriseId: string,
  facts: MemberFacts,
  self: EnterpriseMember | null,
): Promise<Result<never> | null> {
  const [fault] = memberFaults(facts);
  if (fault) return refuse('MEMBER_INVALID', `E-12: ${fault.member}: ${fault.code}`, { ...fault });
  if (!(await departmentsByCodes(tx, enterpriseId, [facts.departmentCode])).has(facts.departmentCode))
    return refuse('DEPARTMENT_UNKNOWN', 'there is no such department', { code: facts.departmentCode });
  const renamed = self === null || sameName(self.userName) !== sameName(facts.userName);
  if (renamed && (await store.takenUserNames(tx, enterpriseId, [facts.userName])).size > 0)
    return refuse('USER_NAME_TAKEN', 'E-12: user names are unique in the enterprise', { userName: facts.userName });
  return null;
}

export async function createGroup(
  random: Random,
  tx: Tx,
  asked: { readonly enterpriseId: string; readonly name: string; readonly externalId?: string | null },
  now: Date,
): Promise<Result<string>> {
  const fault = await groupNameFault(tx, asked.enterpriseId, asked.name, null);
  if (fault) return fault;
  if ((await groups.groupsOf(tx, asked.enterpriseId)).length >= MOST_GROUPS)
    return refuse('TOO_MANY_GROUPS', `an enterprise has at most ${MOST_GROUPS} groups`);
  const groupId = uuid(random);
  await groups.insertGroup(tx, { ...asked, groupId }, now);
  return ok(groupId);
}

export async function renameGroup(
  tx: Tx,
  asked: { readonly enterpriseId: string; readonly groupId: string; readonly name: string },
  now: Date,
): Promise<Result<null>> {
  const fault = await groupNameFault(tx, asked.enterpriseId, asked.name, asked.groupId);
  if (fault) return fault;
  await groups.renameGroup(tx, asked.groupId, asked.name, now);
  return ok(null);
}

async function groupNameFault(
  tx: Tx,
  enterpriseId: string,
  name: string,
  but: string | null,
): Promise<Result<never> | null> {
  if (name.trim() === '' || name.length > 64) return refuse('GROUP_NAME_FORM', 'E-15: a name is 1 to 64 characters');
  return (await groups.groupNameTaken(tx, enterpriseId, name, but))
    ? refuse('GROUP_NAME_TAKEN', 'E-15: names of groups are unique in the enterprise', { name })
    : null;
}
