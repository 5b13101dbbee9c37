/** Right sellers of V2.0 that differ from each other, with the warnings that each may get. */
import { type DiagnosisCode, encryptAccountData } from '@jishi/protocol';
import { type Hooks, infoOf, KEY, type Members, RIGHT, type SellerCall, text } from './right-saas-v2.test-support.ts';

export interface Variant {
  readonly name: string;
  readonly hooks: Hooks;
  /** what it differs in shows in the life of a live order */
  readonly live?: boolean;
  readonly warnings?: readonly DiagnosisCode[];
}

const typed = (type: string): Hooks => ({
  write: (written) => ({ ...written, headers: { 'Content-Type': type } }),
});
const elements = (change: (element: ReturnType<typeof infoOf>) => object, top: object = {}): Hooks => ({
  answer: (members) =>
    Array.isArray(members.info)
      ? { ...members, ...top, info: members.info.map((each) => change(infoOf(each.instanceId))) }
      : members,
});
const encrypted = (type: '1' | '2'): Hooks => {
  const seal = (value: string) => encryptAccountData(value, KEY, type, 'A1b2C3d4E5f6G7h8');
  const change = ({ instanceId, appInfo }: ReturnType<typeof infoOf>) => ({
    instanceId,
    appInfo: { ...appInfo, userName: seal(appInfo.userName), password: seal('密码-1') },
  });
  return elements(change, { encryptType: type });
};
const reversed = (members: Members): Members => Object.fromEntries(Object.entries(members).reverse());

export const RIGHT_VARIANTS: readonly Variant[] = [
  { name: 'keeps test instances apart', live: true, hooks: {} },
  { name: 'answers test calls with samples', live: true, hooks: { live: { tests: 'sample', newId: ofLine } } },
  {
    name: 'answers test calls with samples, and newInstance with the businessId of each',
    hooks: { live: { tests: 'sample' } },
    warnings: ['instance.id-changed'],
  },
  {
    name: 'answers test calls with one fixed id',
    hooks: {
      live: { tests: 'sample', newId: ({ isTest, members }) => (isTest ? 'sample' : text(members.businessId)) },
    },
    warnings: ['instance.id-shared'],
  },
  {
    name: 'keeps nothing of test calls, and says so with 000003',
    live: true,
    hooks: { live: { tests: 'bare', newId: ofLine } },
  },
  {
    name: 'keeps nothing of test calls, and answers them with an empty list',
    hooks: {
      live: { tests: 'bare', newId: ofLine },
      answer: (members, { activity }) =>
        activity === 'queryInstance' && members.resultCode === '000003'
          ? { resultCode: '000000', resultMsg: '', info: [] }
          : members,
    },
    warnings: ['query.incomplete', 'body.result-msg-missing'],
  },
  { name: 'writes members in another order', hooks: { answer: reversed } },
  {
    name: 'answers with more members',
    hooks: { answer: (members) => ({ traceId: 'x', data: { total: 1 }, ...members, timestamp: 1 }) },
  },
  {
    name: 'writes null for what is absent',
    hooks: elements(
      (each) => ({ ...each, usageInfo: null, appInfo: { ...each.appInfo, memo: null, adminUrl: null } }),
      { encryptType: null },
    ),
  },
  {
    name: 'pretty-prints',
    hooks: { write: (written) => ({ ...written, body: JSON.stringify(JSON.parse(String(written.body)), null, 2) }) },
  },
  { name: 'speaks Chinese', hooks: { answer: (members) => ({ ...members, resultMsg: '成功。' }) } },
  {
    name: 'compares bytes',
    hooks: { verify: { equals: (expected, given) => Buffer.from(expected, 'hex').equals(Buffer.from(given, 'hex')) } },
  },
  {
    name: 'takes the signature of the bytes as they came, too',
    hooks: { verify: { payload: (call) => (isSignedAsItCame(call) ? call.text : RIGHT.payload(call)) } },
  },
  { name: 'provisions asynchronously', live: true, hooks: { live: { pending: 2 } } },
  {
    name: 'provisions asynchronously, without an element until it is done',
    hooks: { live: { pending: 2 }, answer: emptyWhilePending },
  },
  { name: 'encrypts with AES-256', hooks: encrypted('1') },
  { name: 'encrypts with AES-128', hooks: encrypted('2') },
  { name: 'spells the charset UTF8', hooks: typed('application/json;charset=UTF8') },
  { name: 'spells the charset "utf-8"', hooks: typed('Application/JSON; charset="utf-8"') },
  { name: 'takes its time', hooks: { delayMs: () => 5 } },
  {
    name: 'gives no more than frontEndUrl',
    hooks: elements(({ instanceId }) => ({ instanceId, appInfo: { frontEndUrl: 'http://192.0.2.1:8080/' } })),
  },
  {
    name: 'reports usage, as text and under the other name',
    hooks: elements(({ instanceId, appInfo }) => ({
      instanceId,
      appInfo,
      usageInfos: [
        { usageValue: '12.5000', statisticalTime: '20260105000000000', dashboardUrl: '', relatedInstanceId: '' },
      ],
    })),
  },
  {
    name: 'sells once for all: no renewal, no upgrade',
    live: true,
    hooks: {
      live: {
        instead: ({ activity }) =>
          ONCE.includes(activity) ? null : { resultCode: '000002', resultMsg: `unknown activity ${activity}` },
      },
    },
  },
  {
    name: 'forbids every change',
    hooks: {
      live: {
        instead: ({ activity }) =>
          activity === 'changeInstanceCheck' ? { resultCode: '000005', resultMsg: 'too much is stored' } : null,
      },
    },
  },
  {
    name: 'takes orderNotify',
    hooks: {
      live: {
        instead: ({ activity }) =>
          activity === 'orderNotify' ? { resultCode: '000000', resultMsg: 'success.' } : null,
      },
    },
  },
  { name: 'takes replays', hooks: { verify: { remembersNonces: false } }, warnings: ['security.nonce-not-checked'] },
  {
    name: 'takes any time to come, as the vendor’s sample does',
    hooks: { verify: { isFresh: (timestamp, nowMs) => nowMs - Number(timestamp) <= 60_000 } },
    warnings: ['security.timestamp-not-checked'],
  },
  {
    name: 'refuses live orders that the marketplace does not know',
    live: true,
    hooks: {
      live: {
        instead: ({ activity, isTest }) =>
          !isTest && activity === 'newInstance' ? { resultCode: '000005', resultMsg: 'no such order' } : null,
      },
    },
    warnings: ['result.refused'],
  },
  {
    name: 'never finishes live orders that the marketplace does not know',
    live: true,
    hooks: {
      answer: (members, { activity, isTest }) =>
        isTest || !ASKED.includes(activity) || members.resultCode !== '000000'
          ? members
          : { ...members, info: undefined, resultCode: '000004' },
    },
    warnings: ['instance.async-unfinished'],
  },
];

const ASKED = ['newInstance', 'queryInstance'];
const ONCE = ['newInstance', 'queryInstance', 'releaseInstance'];

function ofLine({ members }: { readonly members: Members }): string {
  return `inst-${members.orderLineId}`;
}

function emptyWhilePending(members: Members, { activity }: { readonly activity: string }): Members {
  return activity === 'queryInstance' && members.resultCode === '000004'
    ? { resultCode: '000000', resultMsg: 'success.', info: [] }
    : members;
}

function isSignedAsItCame({ query, text: body }: SellerCall): boolean {
  const signed = KEY + query.get('nonce') + query.get('timestamp') + RIGHT.inner(KEY, body);
  return RIGHT.outer(KEY, signed) === query.get('signature')?.toLowerCase();
}
