/** Whether right signatures are accepted and wrong ones are not (saas-v2.md 3.1, steps 4 and 5). */
import { type BaseActivity, canonicalPayload, type Diagnosis, diagnose, type JsonInputObject } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { changeCheck, creation, newOrder, query, refresh, release, statusChange, upgrade } from './bodies.ts';
import { ask, marked, type Writing } from './call.ts';
import { caseOf } from './case-of.ts';
import { cause, validRefused } from './causes.ts';
import { explainRefusal, findCause, isTurnedAway } from './explain-refusal.ts';
import { findings, formOfRefusal, type Memory } from './memory.ts';
import { type AnyReply, inShort, isReadable, isVerified } from './reply.ts';

export function signatureAccepted(memory: Memory): ConformanceCase {
  return caseOf('signature.accepted', ['A correctly signed call is accepted', '接受签名正确的请求'], '3.1', (session) =>
    plainest(session, memory),
  );
}

export function signatureCases(memory: Memory): readonly ConformanceCase[] {
  return [
    caseOf(
      'signature.wrong',
      ['A wrong signature is refused with 000001', '签名错误时返回 000001'],
      '3.1',
      (session) => refusesSignatures(session, memory, WRONG),
      { after: PLAIN },
    ),
    caseOf(
      'signature.missing',
      ['A missing signature is refused with 000001', '缺少签名时返回 000001'],
      '3.1',
      (session) => refusesSignatures(session, memory, MISSING),
      { after: ['signature.wrong'] },
    ),
    caseOf(
      'signature.every-activity',
      ['Every activity checks the signature, live calls too', '每个 activity 都校验签名，正式请求也不例外'],
      '3.1',
      (session) => everyActivity(session, memory),
      { after: ['signature.wrong'] },
    ),
    caseOf(
      'signature.lower-case',
      ['A signature in lower-case hex is accepted', '接受小写十六进制的签名'],
      '3.1',
      (session) => acceptsCase(session, memory, 'lower-case', (right) => right.toLowerCase()),
      { after: PLAIN },
    ),
    caseOf(
      'signature.mixed-case',
      ['A signature in mixed-case hex is accepted', '接受大小写混合的十六进制签名'],
      '3.1',
      (session) => acceptsCase(session, memory, 'mixed-case', mixed),
      { after: ['signature.lower-case'] },
    ),
  ];
}

/** What comes after the plainest call alone. */
export const PLAIN = ['signature.accepted'];

/** Says only what would spoil every other case, too: what is wrong with one answer is the business of its own case. */
async function plainest(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const body = creation(session, newOrder(session));
  const reply = await ask(session, 'newInstance', body, 'newInstance, the plainest call');
  memory.plainId = reply.content.value?.instanceId ?? null;
  const call = { activity: 'newInstance' as const, body };
  if (reply.content.resultCode === '000001') return [await explainRefusal(session, call, reply)];
  if (!isTurnedAway(reply)) return isReadable(reply) ? [] : findings(memory, reply);
  const found = await findCause(session, call, reply);
  if (found === null) return findings(memory, reply);
  // How it was said is another matter, and the lesser one.
  return [validRefused(found, `newInstance: ${inShort(reply)}`), ...formOfRefusal(memory, reply)];
}

interface Wrong {
  readonly label: string;
  readonly writing: (session: Session, body: JsonInputObject) => Writing;
}

export const WRONG: readonly Wrong[] = [
  { label: 'a random signature', writing: (session) => ({ signature: () => randomHex(session) }) },
  { label: 'one digit of the signature changed', writing: () => ({ signature: withOtherDigit }) },
  {
    label: 'the signature of another body',
    writing: (session, body) => ({ signed: canonicalPayload(marked({ ...body, ...newOrder(session) })) }),
  },
];

export const MISSING: readonly Wrong[] = [
  { label: 'no signature', writing: () => ({ signature: () => null }) },
  { label: 'an empty signature', writing: () => ({ signature: () => '' }) },
];

async function refusesSignatures(session: Session, memory: Memory, wrong: readonly Wrong[]): Promise<Diagnosis[]> {
  const replies = await Promise.all(
    wrong.map(async ({ label, writing }) => {
      const body = creation(session, newOrder(session));
      return { label, reply: await ask(session, 'newInstance', body, `newInstance, ${label}`, writing(session, body)) };
    }),
  );
  return notChecked(memory, replies);
}

async function everyActivity(session: Session, memory: Memory): Promise<Diagnosis[]> {
  // An instance that no other case needs: a seller who checks nothing would release it.
  const instanceId = memory.plainId ?? session.uuid();
  const calls: readonly [BaseActivity, JsonInputObject, Writing?][] = [
    ['queryInstance', query([instanceId])],
    ['queryInstance', query([instanceId]), { live: true }],
    ['refreshInstance', refresh(session, instanceId, 'RENEWAL')],
    ['updateInstanceStatus', statusChange(instanceId, 'UNFREEZE')],
    ['upgradeInstance', upgrade(session, instanceId)],
    ['changeInstanceCheck', changeCheck(instanceId)],
    ['releaseInstance', release(session, instanceId)],
  ];
  const replies = await Promise.all(
    calls.map(async ([activity, body, writing]) => {
      const label = writing?.live ? `${activity}, live` : activity;
      const signature = () => randomHex(session);
      return {
        label,
        reply: await ask(session, activity, body, `${label}, a random signature`, { ...writing, signature }),
      };
    }),
  );
  return notChecked(memory, replies);
}

function notChecked(memory: Memory, replies: readonly { label: string; reply: AnyReply }[]): Diagnosis[] {
  const accepted = replies.filter(({ reply }) => isVerified(reply));
  const form = replies.flatMap(({ reply }) => (isVerified(reply) ? [] : formOfRefusal(memory, reply)));
  if (accepted.length === 0) return form;
  const seen = accepted.map(({ label, reply }) => `${label}: ${inShort(reply)}`).join('; ');
  return [diagnose('security.signature-not-checked', { seen }), ...form];
}

async function acceptsCase(
  session: Session,
  memory: Memory,
  name: string,
  signature: (right: string) => string,
): Promise<readonly Diagnosis[]> {
  const body = creation(session, newOrder(session));
  const label = `newInstance, a ${name} signature`;
  const reply = await ask(session, 'newInstance', body, label, { signature });
  if (isVerified(reply)) return [];
  if (!isTurnedAway(reply)) return findings(memory, reply);
  return [validRefused(ONLY_UPPER, `${label}: ${inShort(reply)}`)];
}

const ONLY_UPPER = cause('case', '只接受大写十六进制的签名', 'only a signature in upper-case hex is accepted');

function randomHex(session: Session): string {
  return Buffer.from(session.randomText(32)).toString('hex').toUpperCase();
}

function withOtherDigit(right: string): string {
  return right.slice(0, -1) + (right.endsWith('0') ? '1' : '0');
}

function mixed(right: string): string {
  return Array.from(right, (digit, place) => (place % 2 === 0 ? digit.toLowerCase() : digit.toUpperCase())).join('');
}
