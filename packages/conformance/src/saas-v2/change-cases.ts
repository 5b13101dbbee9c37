/** The activities whose answer is the envelope alone, and their repeats (saas-v2.md 5.3 – 5.7). */
import { type BaseActivity, type Diagnosis, type DiagnosisCode, diagnose, type JsonInputObject } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { changeCheck, refresh, release, type Scene, statusChange, upgrade } from './bodies.ts';
import { ask } from './call.ts';
import { caseOf } from './case-of.ts';
import { explainRefusal } from './explain-refusal.ts';
import { findings, type Memory } from './memory.ts';
import { inShort, isDone } from './reply.ts';
import { PLAIN } from './signature-cases.ts';
import { judgeValid, needsSuccess, notOffered, offerOf, type ValidCall, validCall } from './valid-call.ts';

export function changeCases(memory: Memory): readonly ConformanceCase[] {
  return [
    ...refreshCases(memory),
    ...statusCases(memory),
    ...upgradeCases(memory),
    caseOf(
      'changeInstanceCheck.answer',
      ['changeInstanceCheck allows or refuses a change', 'changeInstanceCheck 返回允许或拒绝变更'],
      '5.7',
      (session) => check(session, memory),
      { after: PLAIN },
    ),
  ];
}

/** Comes last of what needs the instances. */
export function releaseCases(memory: Memory): readonly ConformanceCase[] {
  const activity = 'releaseInstance' as const;
  return [
    ...repeatable(memory, {
      activity,
      section: '5.5',
      code: 'instance.release-not-repeatable',
      answer: ['releaseInstance releases an instance', 'releaseInstance 释放实例'],
      repeat: ['A repeated releaseInstance succeeds', '重复的 releaseInstance 返回成功'],
      body: release,
    }),
    caseOf(
      'releaseInstance.without-order',
      ['An expired instance is released without an order', '到期释放时不带订单号'],
      '5.5',
      async (session) => {
        const { instanceId } = await memory.second(session);
        const label = 'releaseInstance, without an order';
        return validCall(session, memory, { activity, body: { activity, instanceId }, label });
      },
      { after: [...PLAIN, 'newInstance.two-lines', `${activity}.answer`] },
    ),
  ];
}

interface Repeatable {
  readonly activity: BaseActivity;
  readonly section: string;
  readonly code: DiagnosisCode;
  readonly answer: readonly [en: string, zh: string];
  readonly repeat: readonly [en: string, zh: string];
  readonly body: (session: Session, instanceId: string) => JsonInputObject;
}

/** The answer, and the equal call once more. */
function repeatable(memory: Memory, each: Repeatable): readonly ConformanceCase[] {
  const { activity, section, code, answer, repeat } = each;
  let body: JsonInputObject | null = null;
  const same = async (session: Session) => {
    body ??= each.body(session, (await memory.first(session)).instanceId);
    return body;
  };
  return [
    caseOf(
      `${activity}.answer`,
      answer,
      section,
      async (session) => validCall(session, memory, { activity, body: await same(session), label: activity }),
      { after: PLAIN },
    ),
    caseOf(
      `${activity}.repeat`,
      repeat,
      section,
      async (session) => {
        needsSuccess(memory, activity);
        return repeated(session, memory, code, { activity, body: await same(session), label: activity });
      },
      { after: [...PLAIN, `${activity}.answer`] },
    ),
  ];
}

/** The call has succeeded before. */
export async function repeated(
  session: Session,
  memory: Memory,
  code: DiagnosisCode,
  { activity, body, label, writing }: ValidCall,
): Promise<readonly Diagnosis[]> {
  const reply = await ask(session, activity, body, `${label}, repeated`, writing);
  if (isDone(reply)) return findings(memory, reply);
  const form = findings(memory, reply).filter(({ code: each }) => each !== 'result.refused');
  return [diagnose(code, { seen: `${label}, repeated: ${inShort(reply)}` }), ...form];
}

function refreshCases(memory: Memory): readonly ConformanceCase[] {
  const [answer, repeat] = repeatable(memory, {
    activity: 'refreshInstance',
    section: '5.3',
    code: 'instance.refresh-not-repeatable',
    answer: ['refreshInstance sets the expiry', 'refreshInstance 更新到期时间'],
    repeat: ['A repeated refreshInstance succeeds', '重复的 refreshInstance 返回成功'],
    body: (session, instanceId) => refresh(session, instanceId, 'RENEWAL'),
  });
  const scenes = caseOf(
    'refreshInstance.scenes',
    [
      'refreshInstance takes every scene and both forms of expireTime',
      'refreshInstance 支持各 scene 和两种 expireTime 格式',
    ],
    '5.3',
    (session) => everyScene(session, memory),
    { after: [...PLAIN, 'refreshInstance.answer'] },
  );
  return [answer, repeat, scenes].filter((each) => each !== undefined);
}

async function everyScene(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const { instanceId } = await memory.first(session);
  const activity = 'refreshInstance' as const;
  needsSuccess(memory, activity);
  const productId = 'OFFI100000000000000002';
  const calls: readonly { scene: Scene; what: string; body: JsonInputObject }[] = [
    {
      scene: 'RENEWAL',
      what: 'expireTime of 17 digits',
      body: refresh(session, instanceId, 'RENEWAL', { digits: 17 }),
    },
    {
      scene: 'TRIAL_TO_FORMAL',
      what: 'with productId',
      body: refresh(session, instanceId, 'TRIAL_TO_FORMAL', { productId }),
    },
    { scene: 'UNSUBSCRIBE_RENEWAL_PERIOD', what: '', body: refresh(session, instanceId, 'UNSUBSCRIBE_RENEWAL_PERIOD') },
    { scene: 'RENEWAL_CHANGE', what: '', body: refresh(session, instanceId, 'RENEWAL_CHANGE') },
  ];
  const found = await Promise.all(
    calls.map(async ({ scene, what, body }) => {
      const label = `refreshInstance ${scene} ${what}`.trim();
      const reply = await ask(session, activity, body, label);
      // Not every product can change upon renewal (1.2).
      if (scene === 'RENEWAL_CHANGE' && reply.content.outcome === 'refused') return [];
      const judged = await judgeValid(session, memory, { activity, body, label, isOffered: true }, reply);
      return judged.map((each) => ({ ...each, seen: `${label}: ${each.seen}` }));
    }),
  );
  return found.flat();
}

function statusCases(memory: Memory): readonly ConformanceCase[] {
  const activity = 'updateInstanceStatus' as const;
  return [
    caseOf(
      'updateInstanceStatus.answer',
      ['updateInstanceStatus freezes and unfreezes', 'updateInstanceStatus 冻结和解冻实例'],
      '5.4',
      async (session) => {
        const { instanceId } = await memory.first(session);
        const freeze = await validCall(session, memory, callOf(instanceId, 'FREEZE'));
        if (freeze.some(({ code }) => code === 'result.refused')) return freeze;
        const unfreeze = { ...callOf(instanceId, 'UNFREEZE'), isOffered: true };
        return [...freeze, ...(await validCall(session, memory, unfreeze))];
      },
      { after: PLAIN },
    ),
    caseOf(
      'updateInstanceStatus.repeat',
      ['A repeated status change succeeds', '重复的冻结、解冻返回成功'],
      '5.4',
      async (session) => {
        const { instanceId } = await memory.first(session);
        needsSuccess(memory, activity);
        // The last call was UNFREEZE.
        const [unfreeze, freeze] = [callOf(instanceId, 'UNFREEZE'), callOf(instanceId, 'FREEZE')];
        const code = 'instance.status-not-repeatable';
        const unfrozen = await repeated(session, memory, code, unfreeze);
        if (unfrozen.length > 0) return unfrozen;
        await ask(session, activity, freeze.body, freeze.label);
        const frozen = await repeated(session, memory, code, freeze);
        await ask(session, activity, unfreeze.body, unfreeze.label);
        return frozen;
      },
      { after: [...PLAIN, 'updateInstanceStatus.answer'] },
    ),
  ];
}

function callOf(instanceId: string, status: 'FREEZE' | 'UNFREEZE'): ValidCall {
  const label = `updateInstanceStatus ${status}`;
  return { activity: 'updateInstanceStatus', body: statusChange(instanceId, status), label };
}

function upgradeCases(memory: Memory): readonly ConformanceCase[] {
  return repeatable(memory, {
    activity: 'upgradeInstance',
    section: '5.6',
    code: 'instance.upgrade-not-repeatable',
    answer: ['upgradeInstance upgrades an instance', 'upgradeInstance 升级实例'],
    repeat: ['A repeated upgradeInstance succeeds', '重复的 upgradeInstance 返回成功'],
    body: upgrade,
  });
}

/** Any refusal is an answer here; what counts is its form. */
async function check(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const { instanceId } = await memory.first(session);
  const activity = 'changeInstanceCheck' as const;
  const found: Diagnosis[] = [];
  for (const [what, body] of [
    ['', changeCheck(instanceId)],
    [', with linearValue', changeCheck(instanceId, { linearValue: 5 })],
  ] as const) {
    const label = `changeInstanceCheck${what}`;
    const reply = await ask(session, activity, body, label);
    if (reply.content.resultCode === '000001') return [await explainRefusal(session, { activity, body }, reply)];
    if ((await offerOf(session, activity, reply)) === 'none') throw new Skip(notOffered(activity));
    found.push(...findings(memory, reply).filter(({ code }) => code !== 'result.refused'));
  }
  return found;
}
