/** Whether a call is fresh and new: timestamp and nonce (saas-v2.md 3.1, steps 1, 2, 3 and 6). */
import { type Diagnosis, diagnose, type Words } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { asWarning } from '../finding.ts';
import { creation, newOrder } from './bodies.ts';
import { ask, type Writing } from './call.ts';
import { caseOf } from './case-of.ts';
import { cause, validRefused } from './causes.ts';
import { isTurnedAway } from './explain-refusal.ts';
import { findings, formOfRefusal, type Memory } from './memory.ts';
import { type AnyReply, inShort, isVerified, readReply } from './reply.ts';
import { PLAIN } from './signature-cases.ts';

const TEN_MINUTES_MS = 600_000;
const HALF_A_MINUTE_MS = 30_000;

interface Stale {
  readonly name: string;
  readonly title: readonly [en: string, zh: string];
  /** what was accepted; null = the words of the catalogue fit */
  readonly accepted: Words | null;
  readonly writing: (nowMs: number) => Writing;
  /** accepting it is no error: the vendor's sample takes any time to come (Q19), and says nothing of the others */
  readonly isTolerable: boolean;
}

export const STALE: readonly Stale[] = [
  {
    name: 'timestamp.old',
    title: ['A call from ten minutes ago is refused with 000002', '10 分钟前的请求返回 000002'],
    accepted: null,
    writing: (nowMs) => ({ timestamp: String(nowMs - TEN_MINUTES_MS) }),
    isTolerable: false,
  },
  {
    name: 'timestamp.missing',
    title: ['A call without timestamp is refused with 000002', '缺少 timestamp 时返回 000002'],
    accepted: { en: 'A request without timestamp was accepted', zh: '缺少 timestamp 的请求被接受' },
    writing: () => ({ timestamp: null }),
    isTolerable: false,
  },
  {
    name: 'timestamp.future',
    title: ['A call from ten minutes ahead is refused with 000002', '10 分钟后的时间戳返回 000002'],
    accepted: { en: 'A request that is 10 minutes ahead was accepted', zh: '时间戳超前 10 分钟的请求被接受' },
    writing: (nowMs) => ({ timestamp: String(nowMs + TEN_MINUTES_MS) }),
    isTolerable: true,
  },
  {
    name: 'timestamp.not-numeric',
    title: ['A timestamp that is no number is refused with 000002', 'timestamp 不是数字时返回 000002'],
    accepted: { en: 'A request whose timestamp is no number was accepted', zh: 'timestamp 不是数字的请求被接受' },
    writing: () => ({ timestamp: 'yesterday' }),
    isTolerable: true,
  },
];

export function timestampCases(memory: Memory): readonly ConformanceCase[] {
  const stale = STALE.map((each) =>
    caseOf(each.name, each.title, '3.1', (session) => refusesStale(session, memory, each), { after: PLAIN }),
  );
  return [
    ...stale,
    caseOf(
      'timestamp.within',
      ['A timestamp half a minute off, either way, is accepted', '时间戳前后相差半分钟仍被接受'],
      '3.1',
      (session) => acceptsWithin(session, memory),
      { after: PLAIN },
    ),
  ];
}

async function refusesStale(session: Session, memory: Memory, stale: Stale): Promise<readonly Diagnosis[]> {
  const { name, accepted, writing, isTolerable } = stale;
  const reply = await plain(session, `newInstance, ${name}`, writing(session.now()));
  if (!isVerified(reply)) return formOfRefusal(memory, reply);
  const found = withSummary(diagnose('security.timestamp-not-checked', { seen: inShort(reply) }), accepted);
  return [isTolerable ? asWarning(found) : found];
}

export function withSummary(diagnosis: Diagnosis, summary: Words | null): Diagnosis {
  return summary === null ? diagnosis : { ...diagnosis, summary };
}

async function acceptsWithin(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const at = (offset: number) => ({ timestamp: String(session.now() + offset) });
  const [past, future] = await Promise.all([
    plain(session, 'newInstance, 30 s old', at(-HALF_A_MINUTE_MS)),
    plain(session, 'newInstance, 30 s ahead', at(HALF_A_MINUTE_MS)),
  ]);
  const found = [past, future].flatMap((reply) => {
    if (isVerified(reply)) return [];
    if (!isTurnedAway(reply)) return findings(memory, reply);
    const off = cause(
      'clock',
      '时间窗口过窄，或服务器时钟不准',
      'the window is too narrow, or the clock of the server is off',
    );
    const refused = validRefused(off, `${reply.exchange.request.label}: ${inShort(reply)}`);
    // Whether times to come count is a reading (Q19).
    return [reply === future ? asWarning(refused) : refused];
  });
  return found;
}

export function nonceCases(memory: Memory): readonly ConformanceCase[] {
  return [
    caseOf(
      'nonce.repeated',
      ['The very same call a second time is refused with 000001', '完全相同的请求再次到达时返回 000001'],
      '3.1',
      (session) => refusesReplay(session, memory),
      { after: PLAIN },
    ),
    caseOf(
      'nonce.missing',
      ['A call without nonce is refused with 000002', '缺少 nonce 时返回 000002'],
      '3.1',
      async (session) => {
        const reply = await plain(session, 'newInstance, without nonce', { nonce: null });
        return isVerified(reply) ? [withSummary(notChecked(reply), WITHOUT_NONCE)] : formOfRefusal(memory, reply);
      },
      { after: PLAIN },
    ),
    caseOf(
      'nonce.forms',
      ['Nonces of 16, 32 and 64 characters are accepted', '接受 16、32、64 位的 nonce'],
      '3.1',
      (session) => acceptsForms(session, memory),
      { after: PLAIN },
    ),
  ];
}

export const WITHOUT_NONCE = { en: 'A request without nonce was accepted', zh: '缺少 nonce 的请求被接受' };

async function refusesReplay(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const first = await plain(session, 'newInstance, to be replayed', {});
  if (!isVerified(first)) return findings(memory, first);
  const again = await session.call({ ...first.exchange.request, label: 'newInstance, the very same call again' });
  const reply = readReply('newInstance', again);
  return isVerified(reply) ? [notChecked(reply)] : formOfRefusal(memory, reply);
}

function notChecked(reply: AnyReply): Diagnosis {
  return diagnose('security.nonce-not-checked', { seen: `${reply.exchange.request.label}: ${inShort(reply)}` });
}

async function acceptsForms(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const forms = [
    ['16 letters and digits', session.randomText(16)],
    ['32 hex digits', session.uuid().replaceAll('-', '')],
    ['64 upper-case hex digits', Buffer.from(session.randomText(32)).toString('hex').toUpperCase()],
  ] as const;
  const replies = await Promise.all(
    forms.map(([form, nonce]) => plain(session, `newInstance, a nonce of ${form}`, { nonce })),
  );
  const refused = replies.find((reply) => !isVerified(reply));
  if (refused === undefined) return [];
  if (!isTurnedAway(refused)) return findings(memory, refused);
  const only = cause('nonce', '对 nonce 的长度或字符有限制', 'only nonces of a certain form are accepted');
  return [validRefused(only, `${refused.exchange.request.label}: ${inShort(refused)}`)];
}

function plain(session: Session, label: string, writing: Writing): Promise<AnyReply> {
  return ask(session, 'newInstance', creation(session, newOrder(session)), label, writing);
}
