/** Online 1.0: renewal, expiry and release of a licence, and their repeats (license-and-other-types.md 3.4). */
import {
  type Diagnosis,
  type DiagnosisCode,
  diagnose,
  type IdentificationActivity,
  inWordsOfLicense,
  type Words,
} from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { freshId } from '../saas-v1/parameters.ts';
import { askByGet, type Members } from './calls.ts';
import { caseOf } from './case-of.ts';
import { ACCEPTED } from './identification-accepted.ts';
import { firstOf, remember } from './identification-purchases.ts';
import { expiry, purchase, release, renewal } from './members.ts';
import { type Bought, findings, formOf, type Memory } from './memory.ts';
import { inShort, isDone } from './reply.ts';
import { askValid, judgeValid, NOT_KEPT, type ValidCall } from './valid-call.ts';

type Change = Exclude<IdentificationActivity, 'getLicense'>;

interface Step {
  readonly name: string;
  readonly activity: Change;
  readonly title: readonly [en: string, zh: string];
  readonly after?: string;
  make(session: Session, bought: Bought): Members;
  readonly repeat?: { readonly name: string; readonly title: readonly [en: string, zh: string] };
}

/** In this order: what expired is renewed again, and nothing is done to what was released. */
const STEPS: readonly Step[] = [
  {
    name: 'refreshLicense.answer',
    activity: 'refreshLicense',
    title: ['refreshLicense sets the expiry', 'refreshLicense 更新到期时间'],
    make: (session, { instanceId }) => renewal(session, instanceId),
    repeat: {
      name: 'refreshLicense.repeat',
      title: ['A repeated refreshLicense succeeds', '重复的 refreshLicense 返回成功'],
    },
  },
  {
    name: 'refreshLicense.other-period',
    activity: 'refreshLicense',
    title: [
      'A renewal that goes from yearly to monthly, with its amount paid, succeeds',
      '由包年改为包月、带实付金额的续费返回成功',
    ],
    after: 'refreshLicense.answer',
    make: (session, { instanceId }) =>
      renewal(session, instanceId, { productId: 'OFFI000000000000000004', periodType: 'month', orderAmount: '99.125' }),
  },
  {
    name: 'expireLicense.answer',
    activity: 'expireLicense',
    title: ['expireLicense freezes a licence', 'expireLicense 冻结 License'],
    make: (_, { instanceId, order }) => expiry(instanceId, order.orderId ?? ''),
    repeat: {
      name: 'expireLicense.repeat',
      title: ['A repeated expireLicense succeeds', '重复的 expireLicense 返回成功'],
    },
  },
  {
    name: 'refreshLicense.revives',
    activity: 'refreshLicense',
    title: ['A renewal revives an expired licence', '续费使已过期的 License 恢复'],
    after: 'expireLicense.answer',
    make: (session, { instanceId }) => renewal(session, instanceId),
  },
  {
    name: 'releaseLicense.answer',
    activity: 'releaseLicense',
    title: ['releaseLicense releases a licence', 'releaseLicense 释放 License'],
    make: (_, { instanceId, order }) => release(instanceId, order.orderId ?? ''),
    repeat: {
      name: 'releaseLicense.repeat',
      title: ['A repeated releaseLicense succeeds', '重复的 releaseLicense 返回成功'],
    },
  },
];

const NOT_REPEATABLE: Readonly<Record<Change, DiagnosisCode>> = {
  refreshLicense: 'instance.refresh-not-repeatable',
  expireLicense: 'instance.status-not-repeatable',
  releaseLicense: 'instance.release-not-repeatable',
};

export function changeCases(memory: Memory): readonly ConformanceCase[] {
  const life: Life = { target: subscription(memory), changedBy: null };
  return [
    ...STEPS.flatMap((step) => casesOf(memory, step, life)),
    caseOf(
      'license.unknown',
      ['Operations on a licence that never existed answer 000003', '对不存在的 License 进行操作返回 000003'],
      '10.1',
      (session) => unknown(session, memory),
      { after: ACCEPTED },
    ),
  ];
}

interface Life {
  readonly target: (session: Session) => Promise<Bought>;
  /** the first change of the licence that was answered with success */
  changedBy: Change | null;
}

function casesOf(memory: Memory, step: Step, life: Life): readonly ConformanceCase[] {
  const { name, activity, title, after = 'getLicense.answer', repeat } = step;
  let call: ValidCall | null = null;
  const answer = caseOf(
    name,
    title,
    '3.4',
    async (session) => {
      const bought = await life.target(session);
      // What is bought once for all is neither renewed nor does it expire (L15).
      const isOptional = activity !== 'releaseLicense';
      const made = { activity, members: step.make(session, bought), label: name, isOptional };
      call = made;
      const reply = await askValid(session, made);
      if (isDone(reply)) life.changedBy ??= activity;
      if (reply.content.resultCode !== '000003') return judgeValid(session, memory, made, reply);
      const { changedBy } = life;
      const isKept =
        changedBy === null ? await isKnown(session, bought, activity) : !(await isNobodysTaken(session, changedBy));
      if (!isKept) throw new Skip(NOT_KEPT);
      const fix = changedBy === null ? BY_INSTANCE : KEEP;
      return findings(memory, reply).map((each) => (each.code === 'result.refused' ? { ...each, fix } : each));
    },
    { after: [...ACCEPTED, after] },
  );
  if (repeat === undefined) return [answer];
  const again = caseOf(
    repeat.name,
    repeat.title,
    '3.4',
    async (session) => (call === null ? [] : repeated(session, memory, call)),
    { after: [name] },
  );
  return [answer, again];
}

/** The second of two equal calls, of which the first was carried out. */
export async function repeated(session: Session, memory: Memory, call: ValidCall): Promise<readonly Diagnosis[]> {
  const { activity, label } = call;
  const reply = await askValid(session, { ...call, label: `${label}, the same again` });
  const code = isChange(activity) ? NOT_REPEATABLE[activity] : null;
  if (isDone(reply) || code === null) return findings(memory, reply);
  const found = diagnose(code, { seen: `${label}, the same again: ${inShort(reply)}` });
  return [inWordsOfLicense('identification', found), ...formOf(memory, reply)];
}

function isChange(activity: string): activity is Change {
  return activity in NOT_REPEATABLE;
}

/** A test licence that has a period; where the seller sells none, what it sells. */
function subscription(memory: Memory): (session: Session) => Promise<Bought> {
  let bought: Promise<Bought> | null = null;
  const buy = async (session: Session): Promise<Bought> => {
    if (memory.term !== 'one-time') return firstOf(memory);
    const order = purchase(session, 'year');
    const reply = await askByGet(session, 'getLicense', order, 'getLicense, a yearly licence to be renewed');
    return remember(memory, order, reply) ?? firstOf(memory);
  };
  return (session) => {
    bought ??= buy(session);
    return bought;
  };
}

/** Whether another activity knows the licence, and does not say the same of one that never existed. */
async function isKnown(session: Session, { instanceId }: Bought, except: Change): Promise<boolean> {
  const others = (['expireLicense', 'refreshLicense'] as const).filter((activity) => activity !== except);
  for (const activity of others) {
    const label = `${activity}, to see whether the licence is known`;
    const known = await askByGet(session, activity, changeOf(session, activity, instanceId), label);
    if (isDone(known) && !(await isNobodysTaken(session, activity))) return true;
  }
  return false;
}

async function isNobodysTaken(session: Session, activity: Change): Promise<boolean> {
  const label = `${activity}, to compare with a licence that never existed`;
  return isDone(await askByGet(session, activity, changeOf(session, activity, session.uuid()), label));
}

function changeOf(session: Session, activity: Change, instanceId: string): Members {
  if (activity === 'refreshLicense') return renewal(session, instanceId);
  const members = activity === 'expireLicense' ? expiry : release;
  return members(instanceId, freshId(session));
}

/** Releasing is left out: what was released and forgotten cannot be told from what never existed, and has to succeed. */
export async function unknown(session: Session, memory: Memory, live = false): Promise<readonly Diagnosis[]> {
  const instanceId = session.uuid();
  const calls = [
    ['refreshLicense', renewal(session, instanceId)],
    ['expireLicense', expiry(instanceId, freshId(session))],
  ] as const;
  const replies = await Promise.all(
    calls.map(([activity, members]) =>
      askByGet(session, activity, members, `${activity}, a licence of nobody’s`, { live }),
    ),
  );
  const form = replies.flatMap((reply) => formOf(memory, reply));
  const accepted = replies.filter(isDone).map(({ activity }) => `${activity}: 000000`);
  if (accepted.length === 0) return form;
  const found = diagnose('instance.unknown-accepted', { seen: accepted.join('; ') });
  return [inWordsOfLicense('identification', found), ...form];
}

const KEEP: Words = {
  zh: '该 License 之前还能找到：过期只是冻结，数据保留 15 天，其间续费可以恢复；请以 instanceId 查找资源，不要用 orderId。',
  en: 'The licence was found before: expiry only freezes it, data are kept for 15 days, and a renewal revives it. Look it up by instanceId, not by orderId.',
};

const BY_INSTANCE: Words = {
  zh: '该 License 存在（其他接口能找到它）：请以 instanceId 查找资源，不要用 orderId，续费订单号与原订单号不同。',
  en: 'The licence exists, other activities find it: look it up by instanceId, not by orderId, which is another one in a renewal.',
};
