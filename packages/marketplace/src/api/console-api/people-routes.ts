/** Departments, members and groups of an enterprise, for its administrators (consoles-and-processes.md 2.2). */
import type { z } from 'zod';
import {
  type AdministratorScope,
  addToGroup,
  changeDepartment,
  changeEnterpriseMember,
  countMembers,
  coversDepartment,
  createDepartment,
  createGroup,
  createMember,
  deleteGroup,
  deleteMembers,
  departmentsBelow,
  departmentsByCodes,
  departmentsLike,
  directoryChanged,
  type Enterprise,
  type EnterpriseMember,
  groupById,
  groupsOf,
  listMembers,
  type MemberFacts,
  memberOf,
  membersByIds,
  moveMembers,
  removeDepartment,
  renameGroup,
  seesEverybody,
  setEnabled,
  takeFromGroup,
} from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { auditDone } from './audit.ts';
import { giveAndSend } from './enterprise-password-routes.ts';
import { passwordGiven } from './enterprise-password-schemas.ts';
import {
  administratorScope,
  departmentsFault,
  enterpriseFor,
  enterpriseToChange,
  groupFault,
  groupRangeFault,
  membersFault,
} from './enterprise-reach.ts';
import { objectOf } from './enterprise-routes.ts';
import * as schemas from './enterprise-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

const FOUND_DEPARTMENTS = 100;
const DONE = { done: true } as const;

export const peopleRoutes: ConsoleRoute[] = [
  read({
    path: '/enterprises/{enterpriseId}/departments',
    summary: 'Departments below one, or found by words',
    action: 'people.manage',
    query: schemas.departmentQuery,
    response: schemas.departments,
    async run(call, { parent, q }) {
      const found = await enterpriseFor(call, call.platform.db);
      if (!found.ok) return found;
      const { enterpriseId } = found.value;
      const scope = await administratorScope(call, call.platform.db, enterpriseId);
      const open = await waysTo(call.platform.db, enterpriseId, scope);
      const listed =
        q === undefined
          ? await departmentsBelow(call.platform.db, enterpriseId, parent ?? null)
          : await departmentsLike(call.platform.db, enterpriseId, q, FOUND_DEPARTMENTS);
      // whoever authorises chooses among all people; whoever keeps departments sees these, and the way to them
      const items = seesEverybody(scope)
        ? listed
        : listed.filter(({ code, path }) => coversDepartment(scope, path) || open.has(code));
      const self =
        parent === undefined
          ? undefined
          : (await departmentsByCodes(call.platform.db, enterpriseId, [parent])).get(parent);
      const above = await departmentsByCodes(call.platform.db, enterpriseId, self?.path ?? []);
      const path = (self?.path ?? []).flatMap((code) => {
        const found = above.get(code);
        return found ? [{ code, name: found.name, parentCode: found.parentCode }] : [];
      });
      return ok({ items: items.map((each) => ({ ...each, path: [...each.path] })), path });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/departments',
    summary: 'Create a department (E-10)',
    action: 'people.manage',
    body: schemas.newDepartment,
    response: schemas.departmentCode,
    status: 201,
    run: (call, asked, tx) =>
      changing(call, tx, `department.create ${asked.code}`, async ({ enterpriseId }) => {
        const fault = await departmentsFault(call, tx, enterpriseId, [asked.parentCode]);
        if (fault) return fault;
        const created = await createDepartment(tx, enterpriseId, asked, call.now);
        return created.ok ? ok({ code: asked.code }) : created;
      }),
  }),
  command({
    path: '/enterprises/{enterpriseId}/departments/change',
    summary: 'Rename or move a department; what is below goes with it',
    action: 'people.manage',
    body: schemas.newDepartment,
    response: schemas.departmentCode,
    run: (call, asked, tx) =>
      changing(call, tx, `department.change ${asked.code}`, async ({ enterpriseId }) => {
        const moved = await isMoved(tx, enterpriseId, asked);
        const fault = await departmentsFault(call, tx, enterpriseId, [
          asked.code,
          ...(moved ? [asked.parentCode] : []),
        ]);
        if (fault) return fault;
        const changed = await changeDepartment(tx, enterpriseId, asked);
        return changed.ok ? ok({ code: asked.code }) : changed;
      }),
  }),
  command({
    path: '/enterprises/{enterpriseId}/departments/removal',
    summary: 'Delete an empty department',
    action: 'people.manage',
    body: schemas.departmentCode,
    response: schemas.done,
    run: (call, { code }, tx) =>
      changing(call, tx, `department.delete ${code}`, async ({ enterpriseId }) => {
        const fault = await departmentsFault(call, tx, enterpriseId, [code]);
        if (fault) return fault;
        const removed = await removeDepartment(tx, enterpriseId, code);
        return removed.ok ? ok(DONE) : removed;
      }),
  }),
  read({
    path: '/enterprises/{enterpriseId}/members',
    summary: 'Members by user name; of a department with all below it, of a group, by words',
    action: 'people.manage',
    query: schemas.memberQuery,
    response: schemas.memberPage,
    async run(call, { cursor, limit, department, group, q, enabled }) {
      const found = await enterpriseFor(call, call.platform.db);
      if (!found.ok) return found;
      const scope = await administratorScope(call, call.platform.db, found.value.enterpriseId);
      const asked = {
        enterpriseId: found.value.enterpriseId,
        within: seesEverybody(scope) ? undefined : scope?.departments,
        departmentCode: department,
        groupId: group,
        words: q,
        enabled: enabled === undefined ? undefined : enabled === 'true',
      };
      const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
      const [rows, total] = await Promise.all([
        listMembers(call.platform.db, { ...asked, after, limit: limit + 1 }),
        countMembers(call.platform.db, asked),
      ]);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const nextCursor =
        rows.length > limit && last ? Buffer.from(last.userName.toLowerCase()).toString('base64url') : null;
      return ok({ items: shown.map((each) => present(each, each.departmentName)), nextCursor, total });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/members',
    summary: 'Create a member, who is sent account and password (E-12, E-13)',
    action: 'people.manage',
    body: schemas.memberInput,
    response: passwordGiven,
    status: 201,
    replay: 'sealed',
    run: (call, facts, tx) =>
      changing(call, tx, 'member.create', async ({ enterpriseId }) => {
        const fault = await departmentsFault(call, tx, enterpriseId, [facts.departmentCode]);
        if (fault) return fault;
        const created = await createMember(call.platform.random, tx, enterpriseId, facts, call.now);
        return created.ok ? ok(await giveAndSend(call, tx, created.value)) : created;
      }),
  }),
  read({
    path: '/enterprises/{enterpriseId}/members/{memberId}',
    summary: 'A member',
    action: 'people.manage',
    query: noQuery,
    response: schemas.member,
    async run(call) {
      const found = await enterpriseFor(call, call.platform.db);
      if (!found.ok) return found;
      const { enterpriseId } = found.value;
      const id = call.params.memberId ?? '';
      const member = isUuid(id) ? (await membersByIds(call.platform.db, enterpriseId, [id])).get(id) : undefined;
      if (!member || member.deletedAt !== null) return unknownMember();
      const scope = await administratorScope(call, call.platform.db, enterpriseId);
      if (!seesEverybody(scope) && (await membersFault(call, call.platform.db, enterpriseId, [id])))
        return unknownMember();
      const departments = await departmentsByCodes(call.platform.db, enterpriseId, [member.departmentCode]);
      return ok(present(member, departments.get(member.departmentCode)?.name ?? member.departmentCode));
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/members/{memberId}/change',
    summary: 'Change a member',
    action: 'people.manage',
    body: schemas.memberInput,
    response: schemas.memberId,
    run: (call, facts, tx) =>
      changing(call, tx, `member.change ${call.params.memberId}`, async ({ enterpriseId }) => {
        const id = call.params.memberId ?? '';
        const member = isUuid(id) ? await memberOf(tx, enterpriseId, id) : null;
        if (!member) return unknownMember();
        const fault =
          (await membersFault(call, tx, enterpriseId, [id])) ??
          (await departmentsFault(call, tx, enterpriseId, [facts.departmentCode]));
        if (fault) return fault;
        const changed = await changeEnterpriseMember(tx, member, facts, call.now);
        return changed.ok ? ok({ memberId: id }) : changed;
      }),
  }),
  command({
    path: '/enterprises/{enterpriseId}/members/actions',
    summary: 'Enable, disable, delete or move members',
    action: 'people.manage',
    body: schemas.memberAction,
    response: schemas.affected,
    run: (call, asked, tx) =>
      changing(
        call,
        tx,
        `members.${asked.action.toLowerCase()} ${asked.memberIds.slice(0, 20).join(' ')}${asked.memberIds.length > 20 ? ` +${asked.memberIds.length - 20}` : ''}`,
        async ({ enterpriseId }) => {
          const { memberIds } = asked;
          const target = asked.action === 'MOVE' ? [asked.departmentCode] : [];
          const fault =
            (await membersFault(call, tx, enterpriseId, memberIds)) ??
            (await departmentsFault(call, tx, enterpriseId, target));
          if (fault) return fault;
          if (asked.action === 'DELETE')
            return ok({ count: await deleteMembers(tx, enterpriseId, memberIds, call.now) });
          if (asked.action !== 'MOVE')
            return ok({ count: await setEnabled(tx, enterpriseId, memberIds, asked.action === 'ENABLE', call.now) });
          if (!(await departmentsByCodes(tx, enterpriseId, [asked.departmentCode])).has(asked.departmentCode))
            return refuse('DEPARTMENT_UNKNOWN', 'there is no such department', { code: asked.departmentCode });
          return ok({ count: await moveMembers(tx, enterpriseId, memberIds, asked.departmentCode, call.now) });
        },
      ),
  }),
  read({
    path: '/enterprises/{enterpriseId}/groups',
    summary: 'Groups of members',
    action: 'people.manage',
    query: noQuery,
    response: schemas.groups,
    async run(call) {
      const found = await enterpriseFor(call, call.platform.db);
      if (!found.ok) return found;
      const { db } = call.platform;
      const { enterpriseId } = found.value;
      const items: z.infer<typeof schemas.group>[] = [];
      for (const { groupId, name, members } of await groupsOf(db, enterpriseId))
        items.push({ groupId, name, members, mayChange: (await groupFault(call, db, enterpriseId, groupId)) === null });
      return ok({ items });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/groups',
    summary: 'Create a group (E-15)',
    action: 'people.group',
    body: schemas.groupInput,
    response: schemas.groupId,
    status: 201,
    run: (call, { name }, tx) =>
      changing(call, tx, 'group.create', async ({ enterpriseId }) => {
        const created = await createGroup(call.platform.random, tx, { enterpriseId, name }, call.now);
        return created.ok ? ok({ groupId: created.value }) : created;
      }),
  }),
  command({
    path: '/enterprises/{enterpriseId}/groups/{groupId}/name',
    summary: 'Rename a group',
    action: 'people.group',
    body: schemas.groupInput,
    response: schemas.groupId,
    run: (call, { name }, tx) =>
      withGroup(call, tx, 'rename', async ({ enterpriseId }, groupId) => {
        const fault = await groupFault(call, tx, enterpriseId, groupId);
        if (fault) return fault;
        const renamed = await renameGroup(tx, { enterpriseId, groupId, name }, call.now);
        return renamed.ok ? ok({ groupId }) : renamed;
      }),
  }),
  command({
    path: '/enterprises/{enterpriseId}/groups/{groupId}/members',
    summary: 'Put members into a group, take members out of it',
    action: 'people.group',
    body: schemas.groupMembers,
    response: schemas.affected,
    run: (call, { add, remove }, tx) =>
      withGroup(call, tx, 'members', async ({ enterpriseId }, groupId) => {
        const fault = await membersFault(call, tx, enterpriseId, [...add, ...remove]);
        if (fault) return fault;
        const removed = await takeFromGroup(tx, groupId, remove);
        return ok({ count: removed + (await addToGroup(tx, enterpriseId, groupId, add)) });
      }),
  }),
  command({
    path: '/enterprises/{enterpriseId}/groups/{groupId}/removal',
    summary: 'Delete a group; its members stay',
    action: 'people.group',
    body: nothing,
    response: schemas.done,
    run: (call, _body, tx) =>
      withGroup(call, tx, 'delete', async ({ enterpriseId }, groupId) => {
        const fault = await groupFault(call, tx, enterpriseId, groupId);
        if (fault) return fault;
        await deleteGroup(tx, enterpriseId, groupId);
        return ok(DONE);
      }),
  }),
];

const isMoved = async (tx: Tx, enterpriseId: string, { code, parentCode }: schemas.DepartmentInput): Promise<boolean> =>
  ((await departmentsByCodes(tx, enterpriseId, [code])).get(code)?.parentCode ?? null) !== parentCode;

/** Departments above those of a scope: they are shown, or nobody would find the way down the tree. */
async function waysTo(
  executor: Executor,
  enterpriseId: string,
  scope: AdministratorScope | null,
): Promise<Set<string>> {
  const own = await departmentsByCodes(executor, enterpriseId, scope?.departments ?? []);
  return new Set([...own.values()].flatMap(({ path }) => path));
}

const unknownMember = () => refuse('NOT_FOUND', 'there is no such member');

/** One change of a directory: under its lock, in the audit log, told to whoever keeps a copy. */
async function changing<T>(
  call: Call,
  tx: Tx,
  what: string,
  change: (enterprise: Enterprise) => Promise<Result<T>>,
): Promise<Result<T>> {
  const found = await enterpriseToChange(call, tx);
  if (!found.ok) return found;
  const done = await change(found.value);
  if (!done.ok) return done;
  const [action = what, ...objects] = what.split(' ');
  await auditDone(call, tx, { action, object: [objectOf(found.value), ...objects].join(' '), traceId: null });
  await directoryChanged(call.platform, tx, found.value.enterpriseId, call.principal.userId, call.now);
  return done;
}

const withGroup = <T>(
  call: Call,
  tx: Tx,
  what: string,
  change: (enterprise: Enterprise, groupId: string) => Promise<Result<T>>,
): Promise<Result<T>> =>
  changing(call, tx, `group.${what} ${call.params.groupId}`, async (enterprise) => {
    const groupId = call.params.groupId ?? '';
    const group = isUuid(groupId) ? await groupById(tx, enterprise.enterpriseId, groupId) : null;
    if (!group) return refuse('NOT_FOUND', 'there is no such group');
    return (await groupRangeFault(call, tx, enterprise.enterpriseId, groupId)) ?? change(enterprise, groupId);
  });

function present(member: EnterpriseMember, departmentName: string): schemas.MemberView {
  const { createdAt, updatedAt } = member;
  return {
    ...memberFields(member),
    memberId: member.memberId,
    departmentName,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

const memberFields = (facts: MemberFacts): schemas.MemberInput => ({
  userName: facts.userName,
  name: facts.name,
  departmentCode: facts.departmentCode,
  position: facts.position,
  employeeCode: facts.employeeCode,
  employeeType: facts.employeeType,
  mobile: facts.mobile,
  email: facts.email,
  workPlace: facts.workPlace,
  entryDate: facts.entryDate,
  role: facts.role,
  enabled: facts.enabled,
});
