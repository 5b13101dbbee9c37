/** Whether a kit call is fresh and new: x-timestamp and x-nonce (saas-v2.md 3.2, checks as in 3.1 steps 1, 2, 3 and 6). */
import { type Diagnosis, diagnose, KIT_FLAGS, type Words } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { asWarning } from '../finding.ts';
import { caseOf } from '../saas-v2/case-of.ts';
import { cause } from '../saas-v2/causes.ts';
import { inShort, isVerified } from '../saas-v2/reply.ts';
import { askKit, type Writing } from './call.ts';
import type { KitMemory } from './memory.ts';
import { PLAIN } from './plainest.ts';
import { findings, formOfRefusal, type KitReply, readKitReply } from './reply.ts';
import { tenantBody } from './scene.ts';
import { ACCEPTED, acceptsForm } from './security-cases.ts';

const TEN_MINUTES_MS = 600_000;
const HALF_A_MINUTE_MS = 30_000;

interface Stale {
  readonly name: string;
  readonly title: readonly [en: string, zh: string];
  /** what was accepted */
  readonly summary: Words;
  readonly writing: (nowMs: number) => Writing;
  /** accepting it is no error: the vendor's sample takes any time to come (Q19), and the pages say nothing of what is no number */
  readonly isTolerable: boolean;
}

const STALE: readonly Stale[] = [
  {
    name: 'timestamp.old',
    title: ['A call from ten minutes ago is refused with 000002', '10 分钟前的请求返回 000002'],
    summary: { en: 'A request that is 10 minutes old was accepted', zh: '10 分钟前的请求被接受' },
    writing: (nowMs) => ({ timestamp: String(nowMs - TEN_MINUTES_MS) }),
    isTolerable: false,
  },
  {
    name: 'timestamp.missing',
    title: ['A call without x-timestamp is refused with 000002', '缺少 x-timestamp 时返回 000002'],
    summary: { en: 'A request without x-timestamp was accepted', zh: '缺少 x-timestamp 的请求被接受' },
    writing: () => ({ timestamp: null }),
    isTolerable: false,
  },
  {
    name: 'timestamp.future',
    title: ['A call from ten minutes ahead is refused with 000002', '10 分钟后的时间戳返回 000002'],
    summary: { en: 'A request that is 10 minutes ahead was accepted', zh: '时间戳超前 10 分钟的请求被接受' },
    writing: (nowMs) => ({ timestamp: String(nowMs + TEN_MINUTES_MS) }),
    isTolerable: true,
  },
  {
    name: 'timestamp.not-numeric',
    title: ['An x-timestamp that is no number is refused with 000002', 'x-timestamp 不是数字时返回 000002'],
    summary: { en: 'A request whose x-timestamp is no number was accepted', zh: 'x-timestamp 不是数字的请求被接受' },
    writing: () => ({ timestamp: 'yesterday' }),
    isTolerable: true,
  },
];

export function timestampCases(memory: KitMemory): readonly ConformanceCase[] {
  // Who does not look at an old time looks at no other.
  const after = (name: string) => (name === 'timestamp.old' ? PLAIN : ['timestamp.old']);
  const stale = STALE.map((each) =>
    caseOf(each.name, each.title, '3.2', (session) => refusesStale(session, memory, each), { after: after(each.name) }),
  );
  const within = caseOf(
    'timestamp.within',
    ['An x-timestamp half a minute off, either way, is accepted', 'x-timestamp 前后相差半分钟仍被接受'],
    '3.2',
    (session) => acceptsWithin(session, memory),
    { after: ACCEPTED },
  );
  return [...stale, within];
}

async function refusesStale(
  session: Session,
  memory: KitMemory,
  { name, summary, writing, isTolerable }: Stale,
): Promise<readonly Diagnosis[]> {
  const reply = await plain(session, memory, `tenantSync, ${name}`, writing(session.now()));
  if (!isVerified(reply)) return formOfRefusal(memory, reply);
  const seen = `${reply.exchange.request.label}: ${inShort(reply)}`;
  const found = { ...diagnose('security.timestamp-not-checked', { seen }), summary, reference: 'saas-v2.md 3.2' };
  return [isTolerable ? asWarning(found) : found];
}

async function acceptsWithin(session: Session, memory: KitMemory): Promise<readonly Diagnosis[]> {
  const narrow = cause(
    'clock',
    '时间窗口过窄，或服务器时钟不准',
    'the window is too narrow, or the clock of the server is off',
  );
  const at = (offset: number) => ({ timestamp: String(session.now() + offset) });
  const [past, future] = await Promise.all([
    acceptsForm(session, memory, 'x-timestamp 30 s old', at(-HALF_A_MINUTE_MS), narrow),
    acceptsForm(session, memory, 'x-timestamp 30 s ahead', at(HALF_A_MINUTE_MS), narrow),
  ]);
  // Whether times to come count is a reading (Q19).
  return past.length > 0 ? past : future.map(asWarning);
}

export function nonceCases(memory: KitMemory): readonly ConformanceCase[] {
  return [
    caseOf(
      'nonce.repeated',
      ['The very same call a second time is refused with 000001', '完全相同的请求再次到达时返回 000001'],
      '3.2',
      (session) => refusesReplay(session, memory),
      { after: ACCEPTED },
    ),
    caseOf(
      'nonce.missing',
      ['A call without x-nonce is refused with 000002', '缺少 x-nonce 时返回 000002'],
      '3.2',
      async (session) => {
        const reply = await plain(session, memory, 'tenantSync, without x-nonce', { nonce: null });
        return isVerified(reply) ? [{ ...notChecked(reply), summary: WITHOUT_NONCE }] : formOfRefusal(memory, reply);
      },
      { after: PLAIN },
    ),
    caseOf(
      'nonce.forms',
      ['Nonces of 16, 32 and 64 characters are accepted', '接受 16、32、64 位的 x-nonce'],
      '3.2',
      (session) => acceptsForms(session, memory),
      { after: ACCEPTED },
    ),
  ];
}

const WITHOUT_NONCE = { en: 'A request without x-nonce was accepted', zh: '缺少 x-nonce 的请求被接受' };

async function refusesReplay(session: Session, memory: KitMemory): Promise<readonly Diagnosis[]> {
  const first = await plain(session, memory, 'tenantSync, to be replayed', {});
  if (!isVerified(first)) return findings(memory, first);
  const again = await session.call({ ...first.exchange.request, label: 'tenantSync, the very same call again' });
  const reply = readKitReply(again);
  return isVerified(reply) ? [notChecked(reply)] : formOfRefusal(memory, reply);
}

function notChecked(reply: KitReply): Diagnosis {
  const seen = `${reply.exchange.request.label}: ${inShort(reply)}`;
  return { ...diagnose('security.nonce-not-checked', { seen }), reference: 'saas-v2.md 3.2' };
}

async function acceptsForms(session: Session, memory: KitMemory): Promise<readonly Diagnosis[]> {
  const only = cause('nonce', '对 nonce 的长度或字符有限制', 'only nonces of a certain form are accepted');
  const forms = [
    ['16 letters and digits', session.randomText(16)],
    ['32 hex digits', session.uuid().replaceAll('-', '')],
    ['64 upper-case hex digits', Buffer.from(session.randomText(32)).toString('hex').toUpperCase()],
  ] as const;
  const found = await Promise.all(
    forms.map(([form, nonce]) => acceptsForm(session, memory, `x-nonce of ${form}`, { nonce }, only)),
  );
  return found.flat().slice(0, 1);
}

async function plain(session: Session, memory: KitMemory, label: string, writing: Writing): Promise<KitReply> {
  const { scene } = await memory.begun(session);
  return askKit(session, 'tenantSync', tenantBody(session, scene, KIT_FLAGS.add), label, writing);
}
