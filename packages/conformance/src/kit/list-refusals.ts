/** Why a plain list of users or departments is refused: it is sent as sellers with known mistakes would want it. */
import {
  type Diagnosis,
  diagnose,
  type JsonInputObject,
  KIT_FLAGS,
  type KitInterface,
  type Words,
} from '@jishi/protocol';
import type { Session } from '../case.ts';
import { inShort, isDone } from '../saas-v2/reply.ts';
import { askKit } from './call.ts';
import { isRefused, type KitReply } from './reply.ts';
import { authBody, departmentOf, departmentsBody, departmentsOf, fullUserOf, type Scene, userOf } from './scene.ts';

interface OtherList {
  readonly what: Words;
  readonly body: JsonInputObject;
}

/** Null when none of the known mistakes explains it. */
export async function whyListRefused(
  session: Session,
  scene: Scene,
  kit: KitInterface,
  reply: KitReply,
): Promise<Diagnosis | null> {
  if (!isRefused(reply)) return null;
  const others =
    kit === 'authSync' ? otherUsers(session, scene) : kit === 'allOrgSync' ? otherDepartments(session, scene) : [];
  for (const { what, body } of others) {
    const again = await askKit(session, kit, body, `${kit}, to find the cause: ${what.en}`);
    if (isDone(again)) return listRefused(what, reply);
  }
  return null;
}

export function listRefused(what: Words, reply: KitReply): Diagnosis {
  const seen = `${reply.exchange.request.label}: ${inShort(reply)}`;
  return diagnose('kit.user-list', { cause: what.en, causeZh: what.zh, seen });
}

function otherUsers(session: Session, scene: Scene): readonly OtherList[] {
  const user = userOf(scene, 1);
  const body = (userList: Parameters<typeof authBody>[3]) => authBody(session, scene, KIT_FLAGS.add, userList);
  return [
    {
      what: {
        zh: '要求填写可选成员，只有必选成员的用户被拒绝',
        en: 'optional members are asked for, a user with the mandatory ones alone is refused',
      },
      body: body([fullUserOf(scene, 1)]),
    },
    {
      what: { zh: '只接受 JSON 字符串形式的 userList', en: 'userList is accepted as text only' },
      body: body(JSON.stringify([user])),
    },
    {
      what: { zh: 'enable 只接受布尔值', en: 'enable is accepted as a boolean only' },
      body: { ...body([]), userList: [{ ...user, enable: true }] },
    },
  ];
}

function otherDepartments(session: Session, scene: Scene): readonly OtherList[] {
  const list = departmentsOf(scene);
  const { orgInfoList: _, ...rest } = departmentsBody(session, scene, list);
  const old = list.map(({ orgCode, orgName, parentCode }) => ({ orgCode, name: orgName, parentCode }));
  const [, ...below] = list;
  const { orgCode, orgName } = departmentOf(scene, 0);
  return [
    {
      what: { zh: '只接受 JSON 字符串形式的 orgInfoList', en: 'orgInfoList is accepted as text only' },
      body: departmentsBody(session, scene, JSON.stringify(list)),
    },
    {
      what: { zh: '只接受 V1.0 的 orgInfo 和 name', en: 'only orgInfo and name of V1.0 are accepted' },
      body: { ...rest, orgInfo: JSON.stringify(old) },
    },
    {
      what: { zh: '顶级部门的 parentCode 为空时被拒绝', en: 'an empty parentCode at the top is refused' },
      body: departmentsBody(session, scene, [{ orgCode, orgName }, ...below]),
    },
    {
      what: {
        zh: '要求带有 flag，而 allOrgSync 没有该成员',
        en: 'a flag is asked for, which allOrgSync does not have',
      },
      body: { ...departmentsBody(session, scene, list), flag: KIT_FLAGS.add },
    },
  ];
}
