/** getLicenseAsync: the buyer applies for a licence inside the bought quota (license-and-other-types.md 5). */
import { type Diagnosis, diagnose, inWordsOfLicense, type Words } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { asWarning } from '../finding.ts';
import type { Memory as MemoryV2 } from '../saas-v2/memory.ts';
import { PLAIN } from '../saas-v2/signature-cases.ts';
import { askByPost, type Members } from './calls.ts';
import { caseOf } from './case-of.ts';
import { application, without } from './members.ts';
import { findings, formOf, type Memory, named } from './memory.ts';
import { explainPost } from './refusals.ts';
import { inShort, isDone, isPending, isTakenForForged, isVerified, type Reply, textMember } from './reply.ts';
import { NOT_KEPT } from './valid-call.ts';

const ANSWERED = [...PLAIN, 'getLicenseAsync.answer'];

export function applicationCases(memory: Memory, memoryV2: MemoryV2): readonly ConformanceCase[] {
  const instanceOf = async (session: Session) => (await memoryV2.first(session)).instanceId;
  return [
    caseOf(
      'getLicenseAsync.answer',
      ['getLicenseAsync accepts an application', 'getLicenseAsync 受理申请'],
      '5',
      async (session) => {
        const found = await applied(session, memory, application(session, await instanceOf(session)), {});
        if (found !== 'unknown') return found;
        if ((await memoryV2.keeping(session)) !== 'kept') throw new Skip(NOT_KEPT);
        return [UNKNOWN_INSTANCE];
      },
      { after: PLAIN },
    ),
    caseOf(
      'getLicenseAsync.repeat',
      ['The same eventId again gets the same licence', '相同 eventId 的重复申请得到同一个 License'],
      '5',
      async (session) => repeats(session, memory, application(session, await instanceOf(session))),
      { after: ANSWERED },
    ),
    caseOf(
      'getLicenseAsync.forms',
      [
        'An application may lack fingerprint or end, and may carry a fingerprint of 1024 characters',
        '申请可以不带设备指纹或到期时间，设备指纹可达 1024 个字符',
      ],
      '5',
      async (session) => forms(session, memory, await instanceOf(session)),
      { after: ANSWERED },
    ),
    caseOf(
      'getLicenseAsync.signature',
      ['getLicenseAsync checks the signature, too', 'getLicenseAsync 同样校验签名'],
      '5',
      async (session) => forged(session, await instanceOf(session)),
      { after: [...PLAIN, 'signature.wrong'] },
    ),
    caseOf(
      'getLicenseAsync.unknown',
      ['An application for an instance that never existed answers 000003', '为不存在的实例申请时返回 000003'],
      '10',
      (session) => unknown(session, memory),
      { after: PLAIN },
    ),
    caseOf(
      'getLicenseAsync.not-valid',
      ['An application without eventId is refused with 000002', '缺少 eventId 的申请返回 000002'],
      '10.1',
      (session) => notValid(session, memory, instanceOf),
      { after: ANSWERED },
    ),
  ];
}

export const UNKNOWN_INSTANCE = inWordsOfLicense(
  'provisioning',
  diagnose('result.refused', {
    resultCode: '000003',
    meaning: 'the instance that newInstance gave is not known to getLicenseAsync',
    meaningZh: 'getLicenseAsync 不认识 newInstance 返回的实例',
    seen: '000003',
  }),
);

interface How {
  readonly label?: string;
  readonly live?: boolean;
}

/** What is wrong with the answer to an application that lacks nothing; `unknown` = 000003. */
export async function applied(
  session: Session,
  memory: Memory,
  members: Members,
  { label = 'getLicenseAsync', live = false }: How,
): Promise<readonly Diagnosis[] | 'unknown'> {
  const reply = await askByPost(session, 'getLicenseAsync', members, label, { live });
  if (isTaken(reply)) return findings(memory, reply);
  if (reply.content.resultCode === '000003') return 'unknown';
  if (isTakenForForged(reply)) {
    const explained = await explainPost(session, { members, reply });
    if (explained !== null) return [explained];
  }
  return findings(memory, reply).map((each) => (each.code === 'result.refused' ? { ...each, fix: GRANT } : each));
}

/**
 * The licence goes to the marketplace by an upload, so a repeat shows only whether it is taken for a new application: by what the
 * seller says of it, or by the quota that it uses up.
 */
export async function repeats(
  session: Session,
  memory: Memory,
  members: Members,
  live = false,
): Promise<readonly Diagnosis[]> {
  const first = await askByPost(session, 'getLicenseAsync', members, 'getLicenseAsync, to be repeated', { live });
  // Another application may find the quota used up.
  if (!isTaken(first)) throw new Skip(NOT_GRANTED);
  for (const which of ['second', 'third', 'fourth']) {
    const label = `getLicenseAsync, the same eventId a ${which} time`;
    const reply = await askByPost(session, 'getLicenseAsync', members, label, { live });
    const changed = isTaken(reply) ? otherLicense(first, reply) : quotaUsed(reply);
    if (changed !== null)
      return [inWordsOfLicense('provisioning', diagnose('license.code-changed', { seen: changed }))];
    const found = named(findings(memory, reply), label);
    if (found.length > 0) return found;
  }
  return [];
}

/** No page names such a member, but some sellers give the licence in the answer as well. */
function otherLicense(first: Reply<'getLicenseAsync'>, again: Reply<'getLicenseAsync'>): string | null {
  const given = ['license', 'licence', 'licenseCode', 'licenseKey'].find((name) => {
    const [one, other] = [textMember(first, name), textMember(again, name)];
    return one !== null && other !== null && one !== other;
  });
  return given === undefined ? null : `${textMember(first, given)}, then ${textMember(again, given)}`;
}

function quotaUsed(reply: Reply<'getLicenseAsync'>): string | null {
  return reply.content.resultCode === '000900' ? `${inShort(reply)}: the repeat is counted as a new application` : null;
}

/** 000902 and 000903 are the right answers where a seller needs the one or the other. */
async function forms(session: Session, memory: Memory, instanceId: string): Promise<readonly Diagnosis[]> {
  const full = application(session, instanceId);
  const calls: readonly [label: string, Members, right: readonly string[]][] = [
    ['without deviceFingerprint', without(full, 'deviceFingerprint'), ['000903']],
    ['without expireTime', without(full, 'expireTime'), ['000902']],
    ['a fingerprint of 1024 characters', { ...full, deviceFingerprint: session.randomText(1_024) }, []],
  ];
  for (const [what, form, right] of calls) {
    const label = `getLicenseAsync, ${what}`;
    const members = { ...form, eventId: session.uuid() };
    const reply = await askByPost(session, 'getLicenseAsync', members, label);
    const code = reply.content.resultCode ?? '';
    // Another licence may be one too many.
    if (isTaken(reply) || code === '000900' || right.includes(code)) continue;
    return named(findings(memory, reply), label);
  }
  return [];
}

async function forged(session: Session, instanceId: string): Promise<readonly Diagnosis[]> {
  const signature = () => session.randomText(64);
  const label = 'getLicenseAsync, a random signature';
  const reply = await askByPost(session, 'getLicenseAsync', application(session, instanceId), label, { signature });
  return isVerified(reply) ? [diagnose('security.signature-not-checked', { seen: `${label}: ${inShort(reply)}` })] : [];
}

async function unknown(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const label = 'getLicenseAsync, an instance of nobody’s';
  const reply = await askByPost(session, 'getLicenseAsync', application(session, session.uuid()), label);
  if (!isTaken(reply)) return formOf(memory, reply);
  return [
    inWordsOfLicense('provisioning', diagnose('instance.unknown-accepted', { seen: `${label}: ${inShort(reply)}` })),
  ];
}

async function notValid(
  session: Session,
  memory: Memory,
  instanceOf: (session: Session) => Promise<string>,
): Promise<readonly Diagnosis[]> {
  const members = without(application(session, await instanceOf(session)), 'eventId');
  const request = 'a getLicenseAsync without eventId';
  const reply = await askByPost(session, 'getLicenseAsync', members, request);
  // The marketplace itself makes no such call.
  if (!isTaken(reply)) return formOf(memory, reply).map(asWarning);
  const values = { request, requestZh: '缺少 eventId 的 getLicenseAsync', seen: inShort(reply) };
  return [inWordsOfLicense('provisioning', diagnose('result.not-refused', values))];
}

export function isTaken(reply: Reply<'getLicenseAsync'>): boolean {
  return isDone(reply) || isPending(reply);
}

const NOT_GRANTED: Words = {
  zh: '第二个申请没有被受理（可能额度已用完），无法判断重复申请',
  en: 'A second application was not granted, perhaps the quota is used up, so its repeat cannot be judged',
};

const GRANT: Words = {
  zh: '在线开通 License 必须支持 getLicenseAsync：受理后返回 000000 或 000004，再按 eventId 上传 License；时间形如 2026-10-27 10:30:15 z。',
  en: 'Online provisioning needs getLicenseAsync: answer 000000 or 000004 and upload the licence under its eventId; times look like 2026-10-27 10:30:15 z.',
};
