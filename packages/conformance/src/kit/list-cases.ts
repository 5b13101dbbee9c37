/** Lists of users and departments in all their forms (saas-v2.md 7.3, 7.5): many, few members, children first, as text. */
import { type Diagnosis, diagnose, KIT_FLAGS, KIT_MAX_USERS, type KitUser, type Words } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { asWarning } from '../finding.ts';
import { caseOf } from '../saas-v2/case-of.ts';
import { inShort } from '../saas-v2/reply.ts';
import { askKit } from './call.ts';
import type { KitCall } from './explain-refusal.ts';
import { listRefused } from './list-refusals.ts';
import type { KitMemory } from './memory.ts';
import { isRefused, type KitReply } from './reply.ts';
import {
  authBody,
  departmentBody,
  departmentOf,
  departmentsBody,
  departmentsOf,
  fullUserOf,
  newScene,
  type Scene,
  userOf,
} from './scene.ts';
import { type Demand, judgeValid, validCall } from './valid-call.ts';

const USERS = ['authSync.answer'];
const DEPARTMENTS = ['allOrgSync.add-repeat'];

export function listCases(memory: KitMemory): readonly ConformanceCase[] {
  const users = (name: string, title: readonly [string, string], list: UserList, after: readonly string[] = USERS) =>
    caseOf(`authSync.${name}`, title, '7.3', (session) => takesUsers(session, memory, list), { after });
  return [
    users('several-users', ['authSync takes several users at once', 'authSync 一次接收多个用户'], SEVERAL),
    users(
      'all-members',
      ['authSync takes users with every member of the table', 'authSync 接收带有全部成员的用户'],
      FULL,
    ),
    users('five-hundred', ['authSync takes 500 users', 'authSync 一次接收 500 个用户'], FIVE_HUNDRED, [
      'authSync.several-users',
      'authSync.all-members',
    ]),
    caseOf(
      'authSync.list-text',
      ['authSync takes userList as a JSON string, as in V1.0', 'authSync 也接收 JSON 字符串形式的 userList（V1.0）'],
      '7.3',
      (session) => takesListText(session, memory, 'authSync'),
      { after: USERS, reading: true },
    ),
    caseOf(
      'allOrgSync.list-text',
      ['allOrgSync takes orgInfoList as a JSON string', 'allOrgSync 也接收 JSON 字符串形式的 orgInfoList'],
      '7.5',
      (session) => takesListText(session, memory, 'allOrgSync'),
      { after: DEPARTMENTS, reading: true },
    ),
    caseOf(
      'allOrgSync.children-first',
      ['allOrgSync takes children before their parents', 'allOrgSync 接收下级在前、上级在后的部门列表'],
      '7.5',
      (session) => takesChildrenFirst(session, memory),
      { after: DEPARTMENTS },
    ),
    caseOf(
      'singleOrgSync.child-first',
      ['singleOrgSync takes a department before its parent', 'singleOrgSync 接收上级尚未到达的部门'],
      '7.4',
      (session) => takesChildFirst(session, memory),
      { after: ['singleOrgSync.answer', 'allOrgSync.children-first'], reading: true },
    ),
    caseOf(
      'allOrgSync.top-department',
      ['A top department may have no parentCode at all', '顶级部门可以没有 parentCode'],
      '7.5',
      (session) => takesBareTop(session, memory),
      { after: DEPARTMENTS },
    ),
  ];
}

interface UserList {
  readonly of: (scene: Scene) => readonly KitUser[];
  readonly what: Words;
}

const SEVERAL: UserList = {
  of: (scene) => [userOf(scene, 11), userOf(scene, 12, { orgCode: `${scene.prefix}-d2`, enable: 'false' })],
  what: { zh: '一次两个用户被拒绝，一个用户可以', en: 'two users at once were refused, one is accepted' },
};
const FULL: UserList = {
  of: (scene) => [fullUserOf(scene, 13)],
  what: {
    zh: '带有全部可选成员的用户被拒绝，只有必选成员的可以',
    en: 'a user with every optional member was refused, one with the mandatory ones is accepted',
  },
};
const FIVE_HUNDRED: UserList = {
  of: (scene) => Array.from({ length: KIT_MAX_USERS }, (_, index) => fullUserOf(scene, 1000 + index)),
  what: {
    zh: `一次 ${KIT_MAX_USERS} 个用户（约 160 KB）被拒绝，一个用户可以`,
    en: `${KIT_MAX_USERS} users at once, about 160 KB, were refused, one is accepted`,
  },
};

async function takesUsers(session: Session, memory: KitMemory, { of, what }: UserList): Promise<readonly Diagnosis[]> {
  const { scene } = await memory.begun(session);
  const users = of(scene);
  const body = authBody(session, scene, KIT_FLAGS.add, users);
  const label = `authSync, add, ${users.length === 1 ? 'a user with all members' : `${users.length} users`}`;
  return takes(session, memory, { kit: 'authSync', body, label }, (reply) => listRefused(what, reply));
}

/** The marketplace of V2.0 sends a list: who takes no text is warned only. */
async function takesListText(
  session: Session,
  memory: KitMemory,
  kit: 'authSync' | 'allOrgSync',
): Promise<readonly Diagnosis[]> {
  const { scene } = await memory.begun(session);
  const body =
    kit === 'authSync'
      ? authBody(session, scene, KIT_FLAGS.add, JSON.stringify([userOf(scene, 14)]))
      : departmentsBody(session, scene, JSON.stringify(departmentsOf(scene)));
  const member = kit === 'authSync' ? 'userList' : 'orgInfoList';
  const what = { zh: `JSON 字符串形式的 ${member} 被拒绝`, en: `${member} as a JSON string was refused` };
  const call = { kit, body, label: `${kit}, ${member} as a JSON string` };
  return takes(session, memory, call, (reply) => asWarning(listRefused(what, reply)));
}

async function takesChildrenFirst(session: Session, memory: KitMemory): Promise<readonly Diagnosis[]> {
  const { scene } = await memory.begun(session);
  // Codes that nobody knows yet: a seller must not find the parents in what came earlier.
  const fresh = { ...scene, prefix: newScene(session, 1).prefix };
  const list = [2, 1, 0].map((index) => departmentOf(fresh, index));
  const body = departmentsBody(session, scene, list);
  return takes(session, memory, { kit: 'allOrgSync', body, label: 'allOrgSync, children first' }, orderRefused);
}

async function takesChildFirst(session: Session, memory: KitMemory): Promise<readonly Diagnosis[]> {
  const { scene } = await memory.begun(session);
  const fresh = { ...scene, prefix: newScene(session, 1).prefix };
  const body = departmentBody(session, scene, KIT_FLAGS.add, departmentOf(fresh, 1));
  const label = 'singleOrgSync, a child before its parent';
  return takes(session, memory, { kit: 'singleOrgSync', body, label }, orderRefused);
}

async function takesBareTop(session: Session, memory: KitMemory): Promise<readonly Diagnosis[]> {
  const { scene } = await memory.begun(session);
  const { orgCode, orgName } = departmentOf(scene, 0);
  const body = departmentsBody(session, scene, [{ orgCode, orgName }, departmentOf(scene, 1)]);
  const call: KitCall = { kit: 'allOrgSync', body, label: 'allOrgSync, a top department without parentCode' };
  return validCall(session, memory, call, BARE_TOP);
}

const BARE_TOP: Demand = {
  what: { zh: '顶级部门没有 parentCode', en: 'a top department without parentCode' },
  expected: '000000: parentCode is optional, absent or empty at the top',
  fix: {
    zh: 'parentCode 为可选成员，顶级部门可以为空，也可以不带。',
    en: 'parentCode is optional: a top department has an empty one, or none at all.',
  },
};

/** Makes the call; what a refusal means is the case's own, that of a signature is not. */
async function takes(
  session: Session,
  memory: KitMemory,
  call: KitCall,
  refused: (reply: KitReply) => Diagnosis,
): Promise<readonly Diagnosis[]> {
  const reply = await askKit(session, call.kit, call.body, call.label);
  const isOwn = isRefused(reply) && reply.content.resultCode !== '000001';
  return isOwn ? [refused(reply)] : judgeValid(session, memory, call, reply);
}

function orderRefused(reply: KitReply): Diagnosis {
  return diagnose('kit.org-order', { seen: `${reply.exchange.request.label}: ${inShort(reply)}` });
}
