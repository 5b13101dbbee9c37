/**
 * Authorisation codes 2.0: what must not pass, and what must pass however it is written. The signature is that of SaaS V2.0, so are
 * the calls that are tried (license-and-other-types.md 4.5, saas-v2.md 3.1).
 */
import { type Diagnosis, diagnose, inWordsOfLicense, type JsonInputObject } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { asWarning } from '../finding.ts';
import { NON_ASCII, type OtherWords, UNKNOWN } from '../saas-v2/body-cases.ts';
import type { Writing } from '../saas-v2/call.ts';
import { type Cause, cause } from '../saas-v2/causes.ts';
import { MISSING, WRONG } from '../saas-v2/signature-cases.ts';
import { STALE, WITHOUT_NONCE, withSummary } from '../saas-v2/time-cases.ts';
import { askByPost } from './calls.ts';
import { caseOf } from './case-of.ts';
import { CODE_ACCEPTED, PLAIN_CODE } from './code-cases.ts';
import { freshCode } from './members.ts';
import { findings, formOf, type Memory } from './memory.ts';
import { explainPost, refusedPostBecauseOf } from './refusals.ts';
import { type AnyReply, inShort, isTurnedAway, isVerified, readReply } from './reply.ts';

export function codeSignatureCases(memory: Memory): readonly ConformanceCase[] {
  const code = (
    what: string,
    title: readonly [en: string, zh: string],
    run: (session: Session) => Promise<readonly Diagnosis[]>,
    more: Pick<ConformanceCase, 'reading' | 'after'> = {},
  ) => caseOf(`licenseCode.${what}`, title, '10.1', run, { after: CODE_ACCEPTED, ...more });
  return [
    code('signature-wrong', ['A wrong signature is refused with 000001', '签名错误时返回 000001'], (session) =>
      forgeries(session, memory, WRONG),
    ),
    code(
      'signature-missing',
      ['A missing signature is refused with 000001', '缺少签名时返回 000001'],
      (session) => forgeries(session, memory, MISSING),
      { after: ['licenseCode.signature-wrong'] },
    ),
    code(
      'signature-every-activity',
      ['Every activity checks the signature', '每个 activity 都校验签名'],
      (session) => everyActivity(session),
      { after: ['licenseCode.signature-wrong'] },
    ),
    ...AS_RIGHT.map((each) => code(each.what, each.title, (session) => takesAsRight(session, memory, each))),
    ...STALE.map((stale) =>
      code(stale.name.replace('.', '-'), stale.title, async (session) => {
        const reply = await plain(session, memory, {}, stale.name, stale.writing(session.now()));
        if (!isVerified(reply)) return formOf(memory, reply).map(asWarning);
        const found = withSummary(diagnose('security.timestamp-not-checked', { seen: inShort(reply) }), stale.accepted);
        return [inWordsOfLicense('code', stale.isTolerable ? asWarning(found) : found)];
      }),
    ),
    code(
      'nonce-repeated',
      ['The very same call a second time is refused', '完全相同的请求再次到达时被拒绝'],
      (session) => replay(session, memory),
    ),
    code(
      'nonce-missing',
      ['A call without nonce is refused with 000002', '缺少 nonce 时返回 000002'],
      async (session) => {
        const reply = await plain(session, memory, {}, 'without nonce', { nonce: null });
        if (!isVerified(reply)) return formOf(memory, reply).map(asWarning);
        return [withSummary(diagnose('security.nonce-not-checked', { seen: inShort(reply) }), WITHOUT_NONCE)];
      },
    ),
    code(
      'unknown-members',
      ['Unknown members are signed, and ignored', '不认识的成员参与签名，但被忽略'],
      (session) => inOtherWords(session, memory, UNKNOWN, 'with unknown members'),
      { reading: true },
    ),
    code(
      'non-ascii',
      ['Text beyond ASCII is read as UTF-8', '按 UTF-8 读取非 ASCII 文本'],
      (session) => inOtherWords(session, memory, NON_ASCII, 'with text beyond ASCII'),
      { reading: true, after: [...CODE_ACCEPTED, 'licenseCode.unknown-members'] },
    ),
  ];
}

/** Rightly signed calls that differ from the plainest in one feature: whoever refuses them minds that feature. */
interface AsRight {
  readonly what: string;
  readonly title: readonly [en: string, zh: string];
  readonly cause: Cause;
  writings(session: Session): readonly (readonly [label: string, Writing])[];
}

const HALF_A_MINUTE_MS = 30_000;

const AS_RIGHT: readonly AsRight[] = [
  {
    what: 'signature-lower-case',
    title: ['A signature in lower-case hex is accepted', '接受小写十六进制的签名'],
    cause: cause('case', '只接受大写十六进制的签名', 'only a signature in upper-case hex is accepted'),
    writings: () => [['a signature in lower case', { signature: (right) => right.toLowerCase() }]],
  },
  {
    what: 'timestamp-within',
    title: ['A timestamp half a minute old is accepted', '半分钟前的时间戳仍被接受'],
    cause: cause(
      'clock',
      '时间窗口过窄，或服务器时钟不准',
      'the window is too narrow, or the clock of the server is off',
    ),
    writings: (session) => [['30 s old', { timestamp: String(session.now() - HALF_A_MINUTE_MS) }]],
  },
  {
    what: 'nonce-forms',
    title: ['Nonces of 16, 32 and 64 characters are accepted', '接受 16、32、64 位的 nonce'],
    cause: cause('nonce', '对 nonce 的长度或字符有限制', 'only nonces of a certain form are accepted'),
    writings: (session) => [
      ['a nonce of 16 letters and digits', { nonce: session.randomText(16) }],
      ['a nonce of 32 hex digits', { nonce: session.uuid().replaceAll('-', '') }],
      [
        'a nonce of 64 upper-case hex digits',
        { nonce: Buffer.from(session.randomText(32)).toString('hex').toUpperCase() },
      ],
    ],
  },
  {
    what: 'content-types',
    title: ['Every spelling of the content type of JSON is taken', '接受 JSON Content-Type 的各种写法'],
    cause: cause(
      'form',
      '对请求的 Content-Type 写法有限制',
      'only one spelling of the request’s Content-Type is taken',
    ),
    writings: () =>
      ['application/json', 'application/json;charset=utf8'].map((contentType) => [
        `Content-Type: ${contentType}`,
        { contentType },
      ]),
  },
];

async function takesAsRight(
  session: Session,
  memory: Memory,
  { cause, writings }: AsRight,
): Promise<readonly Diagnosis[]> {
  const replies = await Promise.all(
    writings(session).map(([label, writing]) => plain(session, memory, {}, label, writing)),
  );
  const refused = replies.find((reply) => !isVerified(reply));
  if (refused === undefined) return [];
  return isTurnedAway(refused) ? [refusedPostBecauseOf(cause, refused)] : findings(memory, refused);
}

async function forgeries(session: Session, memory: Memory, wrong: typeof WRONG): Promise<readonly Diagnosis[]> {
  const replies = await Promise.all(
    wrong.map(async ({ label, writing }) => {
      const members = plainMembers(session, memory);
      return askByPost(
        session,
        memory.codeActivity,
        members,
        `${memory.codeActivity}, ${label}`,
        writing(session, members),
      );
    }),
  );
  const passed = replies.filter(isVerified);
  if (passed.length > 0) return [notChecked(passed)];
  return replies.flatMap((reply) => formOf(memory, reply).map(asWarning));
}

async function everyActivity(session: Session): Promise<readonly Diagnosis[]> {
  const activities = ['refreshLicenseCode', 'updateLicenseCodeStatus', 'releaseLicenseCode'] as const;
  const replies = await Promise.all(
    activities.map((activity) => {
      const signature = () => session.randomText(64);
      const members = PLAIN_CODE[activity](session, freshCode(session));
      return askByPost(session, activity, members, `${activity}, a random signature`, { signature });
    }),
  );
  const passed = replies.filter(isVerified);
  return passed.length === 0 ? [] : [notChecked(passed)];
}

function notChecked(passed: readonly AnyReply[]): Diagnosis {
  const seen = passed.map((reply) => `${reply.exchange.request.label}: ${inShort(reply)}`).join('; ');
  return diagnose('security.signature-not-checked', { seen });
}

async function replay(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const first = await plain(session, memory, {}, 'to be replayed');
  if (!isVerified(first)) return findings(memory, first);
  const label = `${memory.codeActivity}, the very same call again`;
  const again = await session.call({ ...first.exchange.request, label });
  const reply = readReply(memory.codeActivity, again, { key: session.accessKey });
  if (!isVerified(reply)) return formOf(memory, reply).map(asWarning);
  return [diagnose('security.nonce-not-checked', { seen: `${label}: ${inShort(reply)}` })];
}

/** Rightly signed, with members that no page names. */
async function inOtherWords(
  session: Session,
  memory: Memory,
  { more, otherwise }: OtherWords,
  label: string,
): Promise<readonly Diagnosis[]> {
  const members = { ...plainMembers(session, memory), ...more };
  const reply = await askByPost(session, memory.codeActivity, members, `${memory.codeActivity}, ${label}`);
  if (isVerified(reply)) return [];
  const explained = isTurnedAway(reply) ? await explainPost(session, { members, reply }, otherwise) : null;
  return explained === null ? findings(memory, reply) : [explained];
}

function plain(session: Session, memory: Memory, more: JsonInputObject, label: string, writing: Writing = {}) {
  const members = { ...plainMembers(session, memory), ...more };
  return askByPost(session, memory.codeActivity, members, `${memory.codeActivity}, ${label}`, writing);
}

function plainMembers(session: Session, memory: Memory) {
  return PLAIN_CODE[memory.codeActivity](session, freshCode(session));
}
