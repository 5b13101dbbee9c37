/**
 * Authorisation codes 2.0 (license-and-other-types.md 4.5). The marketplace makes the codes, so the suite can only invent some: a
 * seller rightly answers 000003 to those, and what it does to a code shows only where it takes any.
 */
import {
  type Diagnosis,
  type DiagnosisCode,
  diagnose,
  dialectOf,
  inWordsOfLicense,
  type JsonInputObject,
  type LicenseCodeActivity,
  type Words,
} from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { asWarning } from '../finding.ts';
import { askByPost, type Members } from './calls.ts';
import { caseOf } from './case-of.ts';
import { codeRelease, codeRenewal, codeStatus, freshCode, without } from './members.ts';
import { findings, formOf, knownRefusal, type Memory } from './memory.ts';
import { UNKNOWN_ACTIVITY } from './probe.ts';
import { explainPost } from './refusals.ts';
import { inShort, isDone, isTurnedAway, isVerified } from './reply.ts';
import { askValid, isNotOffered, judgeValid, type ValidCall } from './valid-call.ts';

/** What everything of authorisation codes builds on. */
export const CODE_ACCEPTED = ['licenseCode.accepted'];

/** The plainest call of each activity; none of them is mandatory. */
export const PLAIN_CODE: Readonly<Record<LicenseCodeActivity, (session: Session, code: string) => Members>> = {
  refreshLicenseCode: (session, code) => codeRenewal(session, code),
  updateLicenseCodeStatus: (_, code) => codeStatus(code, 'FREEZE'),
  releaseLicenseCode: (session, code) => codeRelease(session, code, 'refund'),
};

export function codeAcceptedCase(memory: Memory): ConformanceCase {
  return caseOf(
    'licenseCode.accepted',
    ['A rightly signed call for an authorisation code is accepted', '接受签名正确的授权码请求'],
    '4.5',
    (session) => accepted(session, memory),
  );
}

/** 000003 for a code that nobody has is acceptance, too. */
async function accepted(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  let first: readonly Diagnosis[] | null = null;
  for (const activity of ACTIVITIES) {
    const members = PLAIN_CODE[activity](session, freshCode(session));
    const reply = await askByPost(session, activity, members, `${activity}, the plainest call`);
    if (isVerified(reply)) {
      memory.codeActivity = activity;
      return [];
    }
    const known = knownRefusal(memory, 'code');
    const explained = isTurnedAway(reply) ? (known ?? (await explainPost(session, { members, reply }))) : null;
    first ??= explained === null ? findings(memory, reply) : [explained];
    const isLeftOut = await isNotOffered(session, { activity, members, label: activity }, reply);
    if (explained !== null || !isLeftOut) break;
  }
  return first ?? [];
}

const ACTIVITIES: readonly LicenseCodeActivity[] = [
  'refreshLicenseCode',
  'updateLicenseCodeStatus',
  'releaseLicenseCode',
];

interface Step {
  readonly activity: LicenseCodeActivity;
  readonly title: readonly [en: string, zh: string];
  readonly repeat: readonly [en: string, zh: string];
  readonly code: DiagnosisCode;
  /** every form in which the activity comes, in an order that makes sense for one code */
  forms(session: Session, code: string): readonly (readonly [what: string, Members])[];
}

const STEPS: readonly Step[] = [
  {
    activity: 'refreshLicenseCode',
    title: ['refreshLicenseCode takes renewals and their cancellation', 'refreshLicenseCode 支持续费和取消续费'],
    repeat: ['A repeated refreshLicenseCode succeeds', '重复的 refreshLicenseCode 返回成功'],
    code: 'instance.refresh-not-repeatable',
    forms: (session, code) => [
      ['RENEWAL', codeRenewal(session, code)],
      ['RENEWAL with productId', { ...codeRenewal(session, code), productId: 'OFFI000000000000000004' }],
      ['UNSUBSCRIBE_RENEWAL_PERIOD', codeRenewal(session, code, 'UNSUBSCRIBE_RENEWAL_PERIOD')],
    ],
  },
  {
    activity: 'updateLicenseCodeStatus',
    title: ['updateLicenseCodeStatus freezes and unfreezes', 'updateLicenseCodeStatus 冻结和解冻授权码'],
    repeat: ['A repeated status change succeeds', '重复的冻结、解冻返回成功'],
    code: 'instance.status-not-repeatable',
    forms: (_, code) => [
      ['FREEZE', codeStatus(code, 'FREEZE')],
      ['UNFREEZE', codeStatus(code, 'UNFREEZE')],
    ],
  },
  {
    activity: 'releaseLicenseCode',
    title: [
      'releaseLicenseCode releases, with and without a refund order',
      'releaseLicenseCode 释放授权码，带或不带退款订单',
    ],
    repeat: ['A repeated releaseLicenseCode succeeds', '重复的 releaseLicenseCode 返回成功'],
    code: 'instance.release-not-repeatable',
    forms: (session, code) => [
      ['after a refund', codeRelease(session, code, 'refund')],
      ['after expiry', codeRelease(session, freshCode(session), 'expiry')],
    ],
  },
];

/** The three activities on one code; `live`: on a throw-away one, without the test mark. */
export function codeCases(memory: Memory, live = false): readonly ConformanceCase[] {
  let code: string | null = null;
  const prefix = live ? 'live.' : '';
  return STEPS.flatMap((step) => {
    const { activity, title, repeat } = step;
    const name = `${prefix}${activity}.answer`;
    const carriedOut: ValidCall[] = [];
    const answer = async (session: Session) => {
      code ??= freshCode(session);
      return answers(session, memory, callsOf(session, step, code, live), carriedOut);
    };
    return [
      caseOf(name, title, '4.5', answer, { after: CODE_ACCEPTED, live }),
      caseOf(`${prefix}${activity}.repeat`, repeat, '10.1', (session) => repeats(session, memory, step, carriedOut), {
        after: [name],
        live,
      }),
    ];
  });
}

function callsOf(session: Session, { activity, forms }: Step, code: string, live: boolean): readonly ValidCall[] {
  return forms(session, code).map(([what, members], place) => {
    // Whoever takes one form of it offers the activity.
    return { activity, members, label: `${activity}, ${what}`, live, isOptional: place === 0 };
  });
}

async function answers(
  session: Session,
  memory: Memory,
  calls: readonly ValidCall[],
  carriedOut: ValidCall[],
): Promise<readonly Diagnosis[]> {
  for (const call of calls) {
    const reply = await askValid(session, call);
    if (isDone(reply)) carriedOut.push(call);
    const isUnknown = reply.content.resultCode === '000003';
    const found = isUnknown ? formOf(memory, reply) : await judgeValid(session, memory, call, reply);
    if (found.length > 0) return found;
  }
  return [];
}

/** What was carried out, once more and at once again: in between, the code may have got into another state. */
async function repeats(
  session: Session,
  memory: Memory,
  { activity, code }: Step,
  carriedOut: readonly ValidCall[],
): Promise<readonly Diagnosis[]> {
  if (carriedOut.length === 0) throw new Skip(NO_CODE);
  for (const call of carriedOut) {
    const label = `${call.label}, the same again`;
    for (const _ of ['second', 'third']) {
      const reply = await askValid(session, { ...call, label });
      if (isDone(reply)) continue;
      const found = diagnose(code, { seen: `${label}: ${inShort(reply)}` });
      return [inWordsOfLicense(dialectOf(activity), found), ...formOf(memory, reply)];
    }
  }
  return [];
}

export function codeConductCases(memory: Memory): readonly ConformanceCase[] {
  return [
    caseOf(
      'licenseCode.unknown',
      ['Operations on a code that never existed answer 000003', '对不存在的授权码进行操作返回 000003'],
      '10.1',
      (session) => unknown(session, memory),
      { after: CODE_ACCEPTED },
    ),
    caseOf(
      'licenseCode.not-valid',
      [
        'An unknown activity, and a call that lacks its code, are refused with 000002',
        'activity 未知或缺少 license 时返回 000002',
      ],
      '10.1',
      (session) => notValid(session, memory),
      { after: CODE_ACCEPTED },
    ),
  ];
}

/** Releasing is left out: what was released and forgotten cannot be told from what never existed, and has to succeed. */
async function unknown(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const replies = await Promise.all(
    (['refreshLicenseCode', 'updateLicenseCodeStatus'] as const).map((activity) => {
      const members = PLAIN_CODE[activity](session, freshCode(session));
      return askByPost(session, activity, members, `${activity}, a code of nobody’s`);
    }),
  );
  const form = replies
    .filter(({ content }) => content.resultCode === '000003')
    .flatMap((reply) => formOf(memory, reply));
  const accepted = replies.filter(isDone).map(({ activity }) => `${activity}: 000000`);
  if (accepted.length === 0) return form;
  return [inWordsOfLicense('code', diagnose('instance.unknown-accepted', { seen: accepted.join('; ') })), ...form];
}

async function notValid(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const activity = memory.codeActivity;
  const plain = PLAIN_CODE[activity](session, freshCode(session));
  const calls: readonly [en: string, zh: string, JsonInputObject][] = [
    ['an unknown activity', '未知的 activity', { ...plain, activity: UNKNOWN_ACTIVITY }],
    [`a ${activity} without license`, `缺少 license 的 ${activity}`, without(plain, 'license')],
  ];
  const found = await Promise.all(
    calls.map(async ([request, requestZh, members]) => {
      const reply = await askByPost(session, activity, members, request);
      // The marketplace itself makes no such call.
      if (!isDone(reply)) return formOf(memory, reply).map(asWarning);
      const values = { request, requestZh, seen: `${request}: ${inShort(reply)}` };
      return [inWordsOfLicense('code', diagnose('result.not-refused', values))];
    }),
  );
  return found.flat();
}

const NO_CODE: Words = {
  zh: '返回 000003：商家不认识检查所用的授权码（授权码由云商店生成，应当如此），这里无法判断',
  en: 'Answered 000003: the seller does not know the code of this check, as it should (codes are made by the marketplace), so this cannot be judged',
};
