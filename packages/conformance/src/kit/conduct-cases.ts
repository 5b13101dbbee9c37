/**
 * Add, add again, modify, withdraw, delete, delete again (saas-v2.md 7): once with the test mark, and once live with
 * `--live-cycle`, where repeats are really judged because then everyone stores.
 */
import { type Diagnosis, diagnose, KIT_FLAGS } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { inShort, isDone } from '../saas-v2/reply.ts';
import { askKit } from './call.ts';
import { judgeDelete, needsInstance, notRepeatable } from './deletes.ts';
import { explainRefusal, type KitCall } from './explain-refusal.ts';
import { whyListRefused } from './list-refusals.ts';
import { PLAIN } from './plainest.ts';
import { findings, type KitReply } from './reply.ts';
import { begunOf, named, type Round, type Title } from './round.ts';
import { authBody, departmentBody, departmentOf, departmentsBody, departmentsOf, type Scene, userOf } from './scene.ts';
import { THINGS, type Thing } from './things.ts';
import { judgeValid, validCall } from './valid-call.ts';

/** A seller that does not take the tenant need not take anything of it. */
const TENANT = ['tenantSync.answer'];

/** The adds in the order of a binding: tenant, application, departments, users, one more department. */
export function addCases(round: Round): readonly ConformanceCase[] {
  const [tenant, application, users, department] = THINGS;
  return [
    ...(tenant ? [answerOf(round, tenant)] : []),
    // The one with the test mark looks closer at the secret.
    ...(application && round.isLive ? [answerOf(round, application)] : []),
    departmentsAnswer(round),
    ...(users ? [answerOf(round, users)] : []),
    ...(department ? [answerOf(round, department)] : []),
  ];
}

export function repeatCases(round: Round): readonly ConformanceCase[] {
  return [...THINGS.map((thing) => repeatOf(round, thing)), departmentsRepeat(round), knownDepartment(round)];
}

export function changeCases(round: Round): readonly ConformanceCase[] {
  return [
    ...THINGS.map((thing) => changeOf(round, thing, 'modify')),
    ...THINGS.filter(({ kit }) => kit === 'authSync').map((thing) => changeOf(round, thing, 'withdraw')),
  ];
}

/** What was told last is taken back first; live, nothing is left behind. */
export function deleteCases(round: Round): readonly ConformanceCase[] {
  return THINGS.toReversed().flatMap((thing) => [
    deleteOf(round, thing),
    deleteAgain(round, thing),
    deleteWithoutInstance(round, thing),
    ...(thing.kit === 'tenantSync' || thing.kit === 'authSync' ? [addAfterDelete(round, thing)] : []),
    ...(round.isLive && thing.kit === 'authSync' ? [cleanUp(round)] : []),
  ]);
}

/** What has been added besides the things that have cases of their own. */
function cleanUp(round: Round): ConformanceCase {
  const title: Title = ['what allOrgSync and authSync brought is deleted', '删除 allOrgSync 和 authSync 带来的数据'];
  return named(round, 'clean-up', title, '7', PLAIN, async (session, scene) => {
    const flag = KIT_FLAGS.delete;
    const user = { kit: 'authSync' as const, body: authBody(session, scene, flag, [userOf(scene, 2)]) };
    const departments = departmentsOf(scene)
      .toReversed()
      .map((each) => ({ kit: 'singleOrgSync' as const, body: departmentBody(session, scene, flag, each) }));
    const found: Diagnosis[] = [];
    for (const { kit, body } of [user, ...departments]) {
      found.push(...(await validCall(session, round.memory, { kit, body, label: `live: ${kit}, delete, clean-up` })));
    }
    return found.slice(0, 1);
  });
}

function answerOf(round: Round, { kit, section, body }: Thing): ConformanceCase {
  const after = kit === 'tenantSync' ? PLAIN : TENANT;
  return named(round, `${kit}.answer`, [`${kit} adds`, `${kit} 新增成功`], section, after, async (session, scene) => {
    const call = { kit, body: body(session, scene, KIT_FLAGS.add, round.memory.padding), label: `${kit}, add` };
    if (kit === 'tenantSync') return judgeValid(session, round.memory, call, (await begunOf(round, session)).reply);
    return plainCall(session, round, scene, call);
  });
}

function departmentsAnswer(round: Round): ConformanceCase {
  const title: Title = ['allOrgSync takes the departments of the tenant', 'allOrgSync 接收租户的全部部门'];
  return named(round, 'allOrgSync.answer', title, '7.5', TENANT, (session, scene) =>
    plainCall(session, round, scene, departmentsCall(session, scene, 'allOrgSync')),
  );
}

async function plainCall(
  session: Session,
  { memory, isLive }: Round,
  scene: Scene,
  call: KitCall,
): Promise<readonly Diagnosis[]> {
  const reply = await askKit(session, call.kit, call.body, call.label);
  if (isLive || reply.content.resultCode === '000001') return judgeValid(session, memory, call, reply);
  const cause = await whyListRefused(session, scene, call.kit, reply);
  return cause === null ? judgeValid(session, memory, call, reply) : [cause];
}

function departmentsRepeat(round: Round): ConformanceCase {
  const title: Title = ['The same allOrgSync again succeeds', '重复的 allOrgSync 仍然成功'];
  const after = ['allOrgSync.answer'];
  return named(round, 'allOrgSync.add-repeat', title, '7', after, async (session, scene) => {
    const { kit, body, label } = departmentsCall(session, scene, 'allOrgSync, repeated');
    return judgeRepeat(session, round, await askKit(session, kit, body, label), body, 'allOrgSync');
  });
}

function departmentsCall(session: Session, scene: Scene, label: string) {
  return { kit: 'allOrgSync' as const, body: departmentsBody(session, scene, departmentsOf(scene)), label };
}

function repeatOf(round: Round, thing: Thing): ConformanceCase {
  const { kit } = thing;
  const title: Title = [
    `A repeated add by ${kit} succeeds and makes no new record`,
    `${kit} 重复新增成功，且不产生新记录`,
  ];
  return named(round, `${kit}.add-repeat`, title, '7', [`${kit}.answer`], async (session, scene) => {
    const body = thing.body(session, scene, KIT_FLAGS.add, round.memory.padding);
    const reply = await askKit(session, kit, body, `${kit}, add, repeated`);
    return judgeRepeat(session, round, reply, body, kit);
  });
}

/** Both interfaces speak of the same departments, under the same key (saas-v2.md 7). */
function knownDepartment(round: Round): ConformanceCase {
  const title: Title = ['singleOrgSync adds what allOrgSync brought', 'singleOrgSync 新增 allOrgSync 已带来的部门'];
  const after = ['allOrgSync.add-repeat', 'singleOrgSync.add-repeat'];
  return named(round, 'singleOrgSync.add-known', title, '7', after, async (session, scene) => {
    const body = departmentBody(session, scene, KIT_FLAGS.add, departmentOf(scene, 1));
    const reply = await askKit(
      session,
      'singleOrgSync',
      body,
      'singleOrgSync, add, a department that allOrgSync brought',
    );
    return judgeRepeat(session, round, reply, body, 'singleOrgSync');
  });
}

/** One user is there already, the other is new: the repeat of the one must not keep the other out. */
export function mixedRepeat(round: Round): ConformanceCase {
  const title: Title = ['authSync adds a new user beside a known one', 'authSync 同时新增已有用户和新用户'];
  const after = ['authSync.add-repeat', ...(round.isLive ? [] : ['authSync.several-users'])];
  return named(round, 'authSync.add-mixed', title, '7', after, async (session, scene) => {
    const body = authBody(session, scene, KIT_FLAGS.add, [userOf(scene, 1), userOf(scene, 2)]);
    const reply = await askKit(session, 'authSync', body, 'authSync, add, one user again and a new one');
    return judgeRepeat(session, round, reply, body, 'authSync');
  });
}

async function judgeRepeat(
  session: Session,
  { memory }: Round,
  reply: KitReply,
  body: ReturnType<Thing['body']>,
  kit: Thing['kit'] | 'allOrgSync',
): Promise<readonly Diagnosis[]> {
  if (isDone(reply)) return findings(memory, reply);
  const { label } = reply.exchange.request;
  if (reply.content.resultCode === '000001') return [await explainRefusal(session, { kit, body, label }, reply)];
  if (reply.status === null) return findings(memory, reply);
  return [diagnose('kit.add-not-repeatable', { seen: `${label}: ${inShort(reply)}` })];
}

const CHANGES = {
  modify: ['modifies', '修改成功'],
  withdraw: ['withdraws the authorisation', '取消授权成功'],
} as const;

function changeOf(round: Round, { kit, section, body }: Thing, what: keyof typeof CHANGES): ConformanceCase {
  const [en, zh] = CHANGES[what];
  const flag = KIT_FLAGS[what];
  const demand = {
    what: { zh: `flag 为 ${flag}`, en: `flag ${flag}, ${what}` },
    expected: `000000 for flag ${flag} (${what})`,
    fix: {
      zh: `${kit} 的 flag 取值为 0 删除、1 新增、2 修改${kit === 'authSync' ? '、3 取消授权' : ''}，都要实现并返回 000000。`,
      en: `flag of ${kit} is 0 delete, 1 add, 2 modify${kit === 'authSync' ? ', 3 withdraw' : ''}: carry all of them out and answer 000000.`,
    },
  };
  return named(
    round,
    `${kit}.${what}`,
    [`${kit} ${en}`, `${kit} ${zh}`],
    section,
    [`${kit}.answer`],
    (session, scene) =>
      validCall(
        session,
        round.memory,
        { kit, body: body(session, scene, flag, round.memory.padding), label: `${kit}, ${what}` },
        demand,
      ),
  );
}

function deleteOf(round: Round, thing: Thing): ConformanceCase {
  const { kit, section } = thing;
  return named(
    round,
    `${kit}.delete`,
    [`${kit} deletes`, `${kit} 删除成功`],
    section,
    [`${kit}.answer`],
    (session, scene) => judgeDelete(session, round.memory, scene, thing),
  );
}

function deleteAgain(round: Round, { kit, body }: Thing): ConformanceCase {
  const title: Title = [`A repeated delete by ${kit} succeeds`, `${kit} 重复删除仍然成功`];
  return named(round, `${kit}.delete-repeat`, title, '7', [`${kit}.delete`], async (session, scene) => {
    const again = body(session, scene, KIT_FLAGS.delete, round.memory.padding);
    const reply = await askKit(session, kit, again, `${kit}, delete, repeated`);
    return isDone(reply) || reply.status === null ? findings(round.memory, reply) : [notRepeatable(reply)];
  });
}

/** The instance may have been released before; gone data can be deleted, as is known by now, so that only the instance is left. */
function deleteWithoutInstance(round: Round, { kit, body }: Thing): ConformanceCase {
  const title: Title = [`${kit} deletes without a look at the instance`, `${kit} 删除时不校验实例是否存在`];
  return named(
    round,
    `${kit}.delete-unknown-instance`,
    title,
    '7',
    [`${kit}.delete-repeat`],
    async (session, scene) => {
      const other = { ...scene, instanceId: session.uuid() };
      const label = `${kit}, delete, with an instance that does not exist`;
      const reply = await askKit(session, kit, body(session, other, KIT_FLAGS.delete, round.memory.padding), label);
      return isDone(reply) || reply.status === null ? findings(round.memory, reply) : [needsInstance(reply)];
    },
  );
}

/** Who was taken away may come back: a deleted record that still holds its key keeps it out. Deleted once more, nothing is left. */
function addAfterDelete(round: Round, { kit, body }: Thing): ConformanceCase {
  const title: Title = [`${kit} adds again what was deleted`, `${kit} 删除后可以再次新增`];
  return named(round, `${kit}.add-after-delete`, title, '7', [`${kit}.delete-repeat`], async (session, scene) => {
    const { memory } = round;
    const added = body(session, scene, KIT_FLAGS.add, memory.padding);
    const reply = await askKit(session, kit, added, `${kit}, add, after a delete`);
    const found = await judgeRepeat(session, round, reply, added, kit);
    const deleted = body(session, scene, KIT_FLAGS.delete, memory.padding);
    await askKit(session, kit, deleted, `${kit}, delete, once more`);
    return found;
  });
}
