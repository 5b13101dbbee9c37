/** What is done to an instance: each activity's right answer, and its repeat (saas-v1.md 6.0.2–6.0.6). */
import {
  type ActivityV1,
  type Diagnosis,
  type DiagnosisCode,
  diagnose,
  inWordsOfV1,
  type Words,
} from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { ask, isDone } from './ask.ts';
import { type Bought, findings, type Memory, orderIdOf, testInstance } from './memory.ts';
import { daysFromNow, expiry, omit, type Parameters, release, renewal, status, upgrade } from './parameters.ts';
import { type Reading, saidBy } from './reading.ts';
import { skipWhereNotJudgeable } from './skips.ts';
import { judgeValid } from './valid-call.ts';

export type Change = Exclude<ActivityV1, 'newInstance' | 'queryInstance'>;

interface Step {
  readonly name: string;
  readonly activity: Change;
  readonly title: Words;
  readonly reference: string;
  /** the step without which this one tells nothing new */
  readonly after?: string;
  readonly label: string;
  make(session: Session, bought: Bought): Parameters;
  /** the same call once more, where the activity has to bear that */
  readonly repeat?: { readonly name: string; readonly title: Words };
}

/** In this order: nothing is done to an instance that expired or is gone. */
export function changeCases(memory: Memory): readonly ConformanceCase[] {
  return STEPS.flatMap((step) => casesOfStep(memory, step));
}

function casesOfStep(memory: Memory, step: Step): readonly ConformanceCase[] {
  const { name, activity, title, reference, label, repeat } = step;
  let sent: Parameters | null = null;
  const answer: ConformanceCase = {
    name,
    title,
    reference,
    after: ['signature.accepted', ...(step.after === undefined ? [] : [step.after])],
    async run(session) {
      sent = step.make(session, await testInstance(session, memory));
      const reading = await ask(session, activity, sent, label);
      await skipWhereNotJudgeable(session, memory, activity, reading);
      if (isDone(reading)) memory.offered.add(activity);
      return judgeValid(session, memory, { activity, parameters: sent, label }, reading);
    },
  };
  if (repeat === undefined) return [answer];
  const again: ConformanceCase = {
    ...repeat,
    reference,
    after: [name],
    async run(session) {
      const reading = await ask(session, activity, sent ?? {}, `${label}, the same again`);
      return repeatProblems(memory, activity, reading);
    },
  };
  return [answer, again];
}

/** What is wrong with the second of two equal calls, of which the first was carried out. */
export function repeatProblems(memory: Memory, activity: Change, reading: Reading<Change>): readonly Diagnosis[] {
  if (reading.content.outcome !== 'refused') return findings(memory, reading);
  const seen = `${activity}, the same again: ${saidBy(reading)}`;
  return [inWordsOfV1(diagnose(NOT_REPEATABLE[activity], { seen }))];
}

const NOT_REPEATABLE: Readonly<Record<Change, DiagnosisCode>> = {
  refreshInstance: 'instance.refresh-not-repeatable',
  expireInstance: 'instance.status-not-repeatable',
  instanceStatus: 'instance.status-not-repeatable',
  releaseInstance: 'instance.release-not-repeatable',
  upgrade: 'instance.upgrade-not-repeatable',
};

/** The four ways of the renewal are those that the debugger demands (saas-v1.md 8), and its cancellation. */
const STEPS: readonly Step[] = [
  {
    name: 'refreshInstance.answer',
    activity: 'refreshInstance',
    title: { zh: 'refreshInstance（续费）返回成功', en: 'refreshInstance, a renewal, is answered with success' },
    reference: 'saas-v1.md 6.0.2',
    label: 'refreshInstance',
    make: (session, { instanceId }) =>
      renewal(session, instanceId, { orderAmount: '100', periodNumber: '1', periodType: 'year' }),
    repeat: {
      name: 'refreshInstance.repeat',
      title: { zh: '同一续费订单重复调用仍返回成功', en: 'The same renewal again is a success' },
    },
  },
  {
    name: 'refreshInstance.empty-product',
    activity: 'refreshInstance',
    title: { zh: 'productId 为空的续费返回成功', en: 'A renewal with an empty productId is a success' },
    reference: 'saas-v1.md 8',
    after: 'refreshInstance.answer',
    label: 'refreshInstance with an empty productId',
    make: (session, { instanceId }) => renewal(session, instanceId, { productId: '' }),
  },
  {
    name: 'refreshInstance.trial-to-formal',
    activity: 'refreshInstance',
    title: {
      zh: '试用转正（trialToFormal=1）返回成功',
      en: 'A trial that becomes formal (trialToFormal 1) is a success',
    },
    reference: 'saas-v1.md 8',
    after: 'refreshInstance.answer',
    label: 'refreshInstance with trialToFormal=1',
    make: (session, { instanceId }) => renewal(session, instanceId, { trialToFormal: '1' }),
  },
  {
    name: 'refreshInstance.cancellation',
    activity: 'refreshInstance',
    title: {
      zh: '取消续费（orderAmount 为负）返回成功',
      en: 'A cancelled renewal (negative orderAmount) is a success',
    },
    reference: 'saas-v1.md 6.0.2',
    after: 'refreshInstance.answer',
    label: 'refreshInstance with a negative orderAmount',
    make: (session, { instanceId }) =>
      renewal(session, instanceId, { expireTime: daysFromNow(session, 365), orderAmount: '-100.5' }),
  },
  {
    name: 'upgrade.answer',
    activity: 'upgrade',
    title: { zh: 'upgrade 返回成功', en: 'upgrade is answered with success' },
    reference: 'saas-v1.md 6.0.5',
    label: 'upgrade',
    make: (session, { instanceId }) => upgrade(session, instanceId),
    repeat: {
      name: 'upgrade.repeat',
      title: { zh: '同一升级订单重复调用仍返回成功', en: 'The same upgrade again is a success' },
    },
  },
  {
    name: 'upgrade.specification',
    activity: 'upgrade',
    title: {
      zh: '只变更规格（没有数量）的 upgrade 返回成功',
      en: 'An upgrade of the specification alone is a success',
    },
    reference: 'saas-v1.md 6.0.5',
    after: 'upgrade.answer',
    label: 'upgrade without amount, diskSize and bandWidth',
    make: (session, { instanceId }) => omit(upgrade(session, instanceId), 'amount'),
  },
  {
    name: 'instanceStatus.freeze',
    activity: 'instanceStatus',
    title: { zh: 'instanceStatus=FREEZE（冻结）返回成功', en: 'instanceStatus FREEZE is answered with success' },
    reference: 'saas-v1.md 6.0.6',
    label: 'instanceStatus FREEZE',
    make: (_, { instanceId }) => status(instanceId, 'FREEZE'),
    repeat: {
      name: 'instanceStatus.freeze-repeat',
      title: { zh: '重复冻结仍返回成功', en: 'A second freeze is a success' },
    },
  },
  {
    name: 'instanceStatus.normal',
    activity: 'instanceStatus',
    title: { zh: 'instanceStatus=NORMAL（解冻）返回成功', en: 'instanceStatus NORMAL is answered with success' },
    reference: 'saas-v1.md 6.0.6',
    after: 'instanceStatus.freeze',
    label: 'instanceStatus NORMAL',
    make: (_, { instanceId }) => status(instanceId, 'NORMAL'),
    repeat: {
      name: 'instanceStatus.normal-repeat',
      title: { zh: '重复解冻仍返回成功', en: 'A second unfreeze is a success' },
    },
  },
  {
    name: 'expireInstance.answer',
    activity: 'expireInstance',
    title: { zh: 'expireInstance（过期）返回成功', en: 'expireInstance is answered with success' },
    reference: 'saas-v1.md 6.0.3',
    label: 'expireInstance',
    make: (_, bought) => expiry(bought.instanceId, orderIdOf(bought)),
    repeat: {
      name: 'expireInstance.repeat',
      title: { zh: '同一实例重复过期仍返回成功', en: 'The same expiry again is a success' },
    },
  },
  {
    name: 'releaseInstance.answer',
    activity: 'releaseInstance',
    title: { zh: 'releaseInstance（资源释放）返回成功', en: 'releaseInstance is answered with success' },
    reference: 'saas-v1.md 6.0.4',
    label: 'releaseInstance',
    make: (_, bought) => release(bought.instanceId, orderIdOf(bought)),
    repeat: {
      name: 'releaseInstance.repeat',
      title: { zh: '同一实例重复释放仍返回成功', en: 'The same release again is a success' },
    },
  },
];
