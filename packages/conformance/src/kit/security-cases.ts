/** Whether right signatures are accepted and wrong ones are not (saas-v2.md 3.2, checks as in 3.1). */
import {
  canonicalPayload,
  type Diagnosis,
  diagnose,
  type JsonInputObject,
  KIT_FLAGS,
  type KitInterface,
  signBase,
  signKit,
} from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { asWarning } from '../finding.ts';
import { caseOf } from '../saas-v2/case-of.ts';
import { type Cause, cause } from '../saas-v2/causes.ts';
import { inShort, isReadable, isVerified } from '../saas-v2/reply.ts';
import { askKit, type Writing } from './call.ts';
import { kitRefused } from './causes.ts';
import type { KitMemory } from './memory.ts';
import { PLAIN } from './plainest.ts';
import { findings, formOfRefusal, type KitReply } from './reply.ts';
import { authBody, departmentsBody, departmentsOf, tenantBody, userOf } from './scene.ts';
import { THINGS } from './things.ts';
import { capitalised } from './variants.ts';

export function securityCases(memory: KitMemory): readonly ConformanceCase[] {
  return [
    caseOf(
      'signature.wrong',
      ['A wrong x-sign is refused with 000001', 'x-sign 错误时返回 000001'],
      '3.2',
      (session) => refuses(session, memory, WRONG),
      { after: PLAIN },
    ),
    caseOf(
      'signature.missing',
      ['A missing or empty x-sign is refused with 000001', '缺少 x-sign 或其为空时返回 000001'],
      '3.2',
      (session) => refuses(session, memory, MISSING),
      { after: ['signature.wrong'] },
    ),
    caseOf(
      'signature.every-interface',
      ['Every interface checks the signature', '每个套件接口都校验签名'],
      '3.2',
      (session) => everyInterface(session, memory),
      { after: ['signature.wrong'] },
    ),
    caseOf(
      'signature.base-form',
      ['A signature in the form of base calls is refused', '拒绝用基础接口算法计算的签名'],
      '3.2',
      (session) => refusesBaseForm(session, memory),
      { after: ['signature.wrong'] },
    ),
    accepts(memory, 'signature.lower-case', ['x-sign in lower-case hex is accepted', '接受小写十六进制的 x-sign'], {
      writing: { signature: (right) => right.toLowerCase() },
      otherwise: cause('case', '只接受大写十六进制的签名', 'only a signature in upper-case hex is accepted'),
    }),
    accepts(memory, 'signature.mixed-case', ['x-sign in mixed-case hex is accepted', '接受大小写混合的 x-sign'], {
      writing: { signature: mixed },
      otherwise: cause('case', '不接受大小写混合的签名', 'a signature in mixed case is not accepted'),
      after: ['signature.lower-case'],
    }),
    accepts(memory, 'header.case', ['Header names have no letter case', '请求头名称不区分大小写'], {
      writing: { spelling: capitalised },
      otherwise: cause(
        'place',
        '区分请求头名称的大小写，不认 X-Sign',
        'header names are compared with letter case: X-Sign is not found',
      ),
    }),
  ];
}

/** A wrong signature that would delete: live, and of a tenant that is thrown away anyway. */
export function liveSignature(memory: KitMemory): ConformanceCase {
  return caseOf(
    'live.signature.wrong',
    ['Live: a wrong x-sign is refused with 000001', '正式数据：x-sign 错误时返回 000001'],
    '3.2',
    async (session) => {
      const { scene } = await memory.live(session);
      const body = tenantBody(session, scene, KIT_FLAGS.delete);
      const signature = () => randomHex(session);
      const reply = await askKit(session, 'tenantSync', body, 'live: tenantSync, delete, a random signature', {
        signature,
      });
      return notChecked(memory, [reply]);
    },
    { after: ['signature.wrong', 'live.tenantSync.delete-repeat'], live: true },
  );
}

interface Wrong {
  readonly label: string;
  readonly writing: (session: Session, body: JsonInputObject) => Writing;
}

const WRONG: readonly Wrong[] = [
  { label: 'a random signature', writing: (session) => ({ signature: () => randomHex(session) }) },
  { label: 'one digit of the signature changed', writing: () => ({ signature: withOtherDigit }) },
  { label: 'the first half of the signature only', writing: () => ({ signature: (right) => right.slice(0, 32) }) },
  {
    label: 'the signature of another body',
    writing: (session, body) => ({ signed: canonicalPayload({ ...body, tenantId: session.uuid() }) }),
  },
  {
    label: 'the signature of another nonce',
    writing: (session) => ({ sign: (input) => signKit({ ...input, nonce: session.randomText(32) }).signature }),
  },
];

const MISSING: readonly Wrong[] = [
  { label: 'no x-sign', writing: () => ({ signature: () => null }) },
  { label: 'an empty x-sign', writing: () => ({ signature: () => '' }) },
];

async function refuses(session: Session, memory: KitMemory, wrong: readonly Wrong[]): Promise<readonly Diagnosis[]> {
  const { scene } = await memory.begun(session);
  const replies = await Promise.all(
    wrong.map(({ label, writing }) => {
      const body = tenantBody(session, scene, KIT_FLAGS.add);
      return askKit(session, 'tenantSync', body, `tenantSync, ${label}`, writing(session, body));
    }),
  );
  return notChecked(memory, replies);
}

async function everyInterface(session: Session, memory: KitMemory): Promise<readonly Diagnosis[]> {
  const { scene } = await memory.begun(session);
  const things = THINGS.filter(({ kit }) => kit !== 'tenantSync').map(
    ({ kit, body }): [KitInterface, JsonInputObject] => [kit, body(session, scene, KIT_FLAGS.add, memory.padding)],
  );
  const calls: readonly [KitInterface, JsonInputObject][] = [
    ...things,
    ['allOrgSync', departmentsBody(session, scene, departmentsOf(scene))],
    ['tenantSync', tenantBody(session, scene, KIT_FLAGS.delete)],
    ['authSync', authBody(session, scene, KIT_FLAGS.withdraw, [userOf(scene, 1)])],
  ];
  const replies = await Promise.all(
    calls.map(([kit, body]) => {
      const label = `${kit}, flag ${String(body.flag ?? 'none')}, a random signature`;
      return askKit(session, kit, body, label, { signature: () => randomHex(session) });
    }),
  );
  return notChecked(memory, replies);
}

function notChecked(memory: KitMemory, replies: readonly KitReply[]): readonly Diagnosis[] {
  const accepted = replies.filter(isVerified);
  const form = replies.flatMap((reply) => (isVerified(reply) ? [] : formOfRefusal(memory, reply)));
  if (accepted.length === 0) return form;
  const seen = accepted.map((reply) => `${reply.exchange.request.label}: ${inShort(reply)}`).join('; ');
  return [{ ...diagnose('security.signature-not-checked', { seen }), reference: 'saas-v2.md 3.2' }, ...form];
}

/** Only those who have the key can sign so: nobody is let in, but two forms are twice the work to keep right. */
async function refusesBaseForm(session: Session, memory: KitMemory): Promise<readonly Diagnosis[]> {
  const { scene } = await memory.begun(session);
  const body = tenantBody(session, scene, KIT_FLAGS.add);
  const label = 'tenantSync, signed in the form of base calls';
  const reply = await askKit(session, 'tenantSync', body, label, { sign: (input) => signBase(input).signature });
  if (!isVerified(reply)) return formOfRefusal(memory, reply);
  const summary = {
    zh: '套件请求接受了基础接口形式的签名',
    en: 'A kit call signed in the form of base calls was accepted',
  };
  const found = diagnose('security.signature-not-checked', { seen: `${label}: ${inShort(reply)}` });
  return [asWarning({ ...found, summary, reference: 'saas-v2.md 3.2' })];
}

/** The tenant is added again and again: that must be known to work. */
export const ACCEPTED = ['tenantSync.add-repeat'];

interface Form {
  readonly writing: Writing;
  readonly otherwise: Cause;
  readonly after?: readonly string[];
}

function accepts(
  memory: KitMemory,
  name: string,
  title: readonly [string, string],
  { writing, otherwise, after = ACCEPTED }: Form,
): ConformanceCase {
  return caseOf(name, title, '3.2', (session) => acceptsForm(session, memory, name, writing, otherwise), { after });
}

export async function acceptsForm(
  session: Session,
  memory: KitMemory,
  name: string,
  writing: Writing,
  otherwise: Cause,
): Promise<readonly Diagnosis[]> {
  const { scene } = await memory.begun(session);
  const label = `tenantSync, ${name}`;
  const reply = await askKit(session, 'tenantSync', tenantBody(session, scene, KIT_FLAGS.add), label, writing);
  if (isVerified(reply)) return [];
  const { resultCode } = reply.content;
  const isTurnedAway =
    resultCode === '000001' || resultCode === '000002' || reply.status === 401 || reply.status === 403;
  if (isTurnedAway) return [kitRefused(otherwise, `${label}: ${inShort(reply)}`)];
  return isReadable(reply) ? [] : findings(memory, reply);
}

function randomHex(session: Session): string {
  return Buffer.from(session.randomText(32)).toString('hex').toUpperCase();
}

function withOtherDigit(right: string): string {
  return right.slice(0, -1) + (right.endsWith('0') ? '1' : '0');
}

function mixed(right: string): string {
  return Array.from(right, (digit, place) => (place % 2 === 0 ? digit.toLowerCase() : digit.toUpperCase())).join('');
}
