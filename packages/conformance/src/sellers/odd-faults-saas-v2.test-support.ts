/** Wrong sellers of V2.0 of kinds that were thought of after the suite was written. */
import type { Fault } from './faults-saas-v2.test-support.ts';
import {
  canonical,
  type Hooks,
  hmac,
  type infoOf,
  type Members,
  RIGHT,
  type SellerCall,
  text,
  type World,
} from './right-saas-v2.test-support.ts';

const OK: Members = { resultCode: '000000', resultMsg: 'success.' };
const instead = (rule: (call: SellerCall, world: World) => Members | null): Hooks => ({ live: { instead: rule } });
const refusal = (resultCode: string, resultMsg = 'failed'): Members => ({ resultCode, resultMsg });
const written = (change: (body: string) => string): Hooks => ({
  write: (each) => ({ ...each, body: change(String(each.body)) }),
});
const rename = (members: Members, name: (name: string) => string) =>
  Object.fromEntries(Object.entries(members).map(([each, value]) => [name(each), value]));
const app = (change: (appInfo: ReturnType<typeof infoOf>['appInfo']) => unknown): Hooks => ({
  answer: (members) =>
    Array.isArray(members.info)
      ? { ...members, info: members.info.map((each) => ({ ...each, appInfo: change(each.appInfo) })) }
      : members,
});

const valid = (name: string, cause: string, hooks: Hooks, shows = 'signature.accepted'): Fault => ({
  name,
  shows,
  code: 'security.valid-refused',
  says: `cause: ${cause} –`,
  hooks,
});

/** What a new java.util.HashMap does with these names. */
function hashed(members: Members): string {
  const bucket = (name: string) => {
    const hash = [...name].reduce((sum, each) => (Math.imul(sum, 31) + each.charCodeAt(0)) | 0, 0);
    return (hash ^ (hash >>> 16)) & 15;
  };
  const names = Object.keys(members).toSorted((a, b) => bucket(a) - bucket(b));
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, members[name]])));
}

export const ODD_FAULTS: readonly Fault[] = [
  valid('signs a Java HashMap', 'order', { verify: { payload: ({ members }) => hashed(members) } }),
  valid('signs names in PascalCase', 'members', {
    verify: {
      payload: ({ members }) => canonical(rename(members, (name) => name.slice(0, 1).toUpperCase() + name.slice(1))),
    },
  }),
  valid('signs names in snake_case', 'members', {
    verify: {
      payload: ({ members }) =>
        canonical(rename(members, (name) => name.replace(/[A-Z]/g, (each) => `_${each.toLowerCase()}`))),
    },
  }),
  valid('lowers the whole query', 'nonce', {
    verify: { joined: (key, nonce, ...rest) => RIGHT.joined(key, nonce.toLowerCase(), ...rest) },
  }),
  valid('takes local time for UTC', 'clock', {
    verify: { isFresh: (timestamp, nowMs) => Math.abs(nowMs + 8 * 3_600_000 - Number(timestamp)) < 60_000 },
  }),
  valid('decodes the key as hex', 'key', {
    verify: {
      inner: (key, data) => hmac(Buffer.from(key, 'base64'), data).toString('hex'),
      outer: (key, data) => hmac(Buffer.from(key, 'base64'), data).toString('hex'),
    },
  }),
  valid('answers 401 to what it does not take', 'case', {
    verify: { equals: (expected, given) => expected === given },
    write: (each) => (String(each.body).includes('000001') ? { ...each, status: 401 } : each),
  }),
  valid('has a code of its own for that', 'order', {
    verify: { payload: ({ members }) => hashed(members) },
    answer: (members) => (members.resultCode === '000001' ? refusal('100401', 'sign error') : members),
  }),
  valid(
    'is strict about members',
    'members',
    instead(({ members }) => ('buyerInfo' in members ? refusal('000005', 'Unrecognized field "buyerInfo"') : null)),
    'body.unknown-members',
  ),
  {
    name: 'puts warnings before the answer',
    shows: 'signature.accepted',
    code: 'body.not-json',
    says: 'an HTML page',
    hooks: written((body) => `<br />\n<b>Notice</b>: Undefined index in /var/www/index.php\n${body}`),
  },
  {
    name: 'prints a map',
    shows: 'signature.accepted',
    code: 'body.not-json',
    says: 'names without quotes',
    hooks: written(() => '{resultCode=000000, resultMsg=success}'),
  },
  {
    name: 'answers as a form',
    shows: 'signature.accepted',
    code: 'body.not-json',
    hooks: written(() => 'resultCode=000000&resultMsg=success'),
  },
  {
    name: 'prefixes its JSON',
    shows: 'signature.accepted',
    code: 'body.not-json',
    hooks: written((body) => `)]}',\n${body}`),
  },
  {
    name: 'answers 204',
    shows: 'refreshInstance.answer',
    code: 'http.status',
    hooks: {
      write: (each, { activity }) => (activity === 'refreshInstance' ? { ...each, status: 204, body: '' } : each),
    },
  },
  {
    name: 'numbers lines without their order',
    shows: 'newInstance.two-lines',
    code: 'instance.id-shared',
    hooks: {
      live: {
        lineKey: ({ members }) => text(members.orderLineId).split('-').at(-1) ?? '',
        newId: ({ members }) => `line-${text(members.orderLineId).split('-').at(-1)}`,
      },
    },
  },
  {
    name: 'remembers the last line of an order only',
    shows: 'newInstance.repeat',
    code: 'instance.id-changed',
    hooks: lastLine(),
  },
  {
    name: 'says 000004 to repeats, without an id',
    shows: 'newInstance.repeat',
    code: 'body.member-missing',
    says: 'instanceId',
    hooks: instead(({ activity, members }, world) =>
      activity === 'newInstance' && world.lines.has(`${members.orderId} ${members.orderLineId}`)
        ? refusal('000004', 'in progress')
        : null,
    ),
  },
  {
    name: 'does not know what it is still making',
    shows: 'queryInstance.answer',
    code: 'result.refused',
    says: '000003',
    hooks: {
      live: { pending: 2 },
      answer: (members, { activity }) =>
        activity === 'queryInstance' && members.resultCode === '000004'
          ? refusal('000003', 'no such instance')
          : members,
    },
  },
  {
    name: 'writes appInfo as text',
    shows: 'queryInstance.answer',
    code: 'body.member-type',
    says: 'appInfo',
    hooks: app((each) => JSON.stringify(each)),
  },
  {
    name: 'writes appInfo as a list',
    shows: 'queryInstance.answer',
    code: 'body.member-type',
    says: 'appInfo',
    hooks: app((each) => [each]),
  },
  {
    name: 'writes usageInfo as an object',
    shows: 'queryInstance.answer',
    code: 'body.member-type',
    says: 'usageInfo',
    hooks: {
      answer: (members) =>
        Array.isArray(members.info)
          ? {
              ...members,
              info: members.info.map((each) => ({
                ...each,
                usageInfo: { usageValue: 1, statisticalTime: '20260105000000000' },
              })),
            }
          : members,
    },
  },
  {
    name: 'needs an order to release',
    shows: 'releaseInstance.without-order',
    code: 'result.refused',
    says: '000002',
    hooks: instead(({ activity, members }) =>
      activity === 'releaseInstance' && !members.orderId ? refusal('000002', 'orderId is mandatory') : null,
    ),
  },
  {
    name: 'can not read expireTime, and says so in general words',
    shows: 'refreshInstance.answer',
    code: 'result.refused',
    says: '000002',
    hooks: {
      ...instead(({ activity }) =>
        activity === 'refreshInstance' || activity.startsWith('jishi') ? refusal('000002', 'bad request') : null,
      ),
    },
  },
  {
    name: 'refuses some calls for lack of memory',
    shows: 'upgradeInstance.answer',
    code: 'result.refused',
    says: '000100',
    hooks: instead(({ activity }) => (activity === 'upgradeInstance' ? refusal('000100', 'no capacity') : null)),
  },
  { name: 'limits its callers', shows: 'newInstance.repeat', code: 'http.status', says: '429', hooks: limited() },
  {
    name: 'answers 413 to long lists',
    shows: 'queryInstance.hundred',
    code: 'http.status',
    says: '413',
    hooks: { write: (each, { raw }) => (raw.length > 2_000 ? { ...each, status: 413 } : each) },
  },
  {
    name: 'checks a part of the signature',
    shows: 'signature.wrong',
    code: 'security.signature-not-checked',
    says: 'one digit',
    hooks: { verify: { equals: (expected, given) => expected.slice(0, 16) === given.slice(0, 16).toLowerCase() } },
  },
  {
    name: 'signs key, nonce and time, not the body',
    shows: 'signature.accepted',
    code: 'security.valid-refused',
    hooks: { verify: { joined: (key, nonce, timestamp) => key + nonce + timestamp } },
  },
  {
    name: 'counts seconds',
    shows: 'timestamp.old',
    code: 'security.timestamp-not-checked',
    hooks: { verify: { isFresh: (timestamp, nowMs) => Math.abs(nowMs - Number(timestamp)) / 1000 <= 60_000 } },
  },
  {
    name: 'looks at times to come only',
    shows: 'timestamp.old',
    code: 'security.timestamp-not-checked',
    hooks: { verify: { isFresh: (timestamp, nowMs) => Number(timestamp) - nowMs <= 60_000 && Number(timestamp) > 0 } },
  },
  {
    name: 'live: releases for a test',
    shows: 'live.testFlag',
    live: true,
    code: 'security.test-flag-ignored',
    hooks: releasesForTests(),
  },
  {
    name: 'live: knows what it is still making too late',
    shows: 'live.queryInstance',
    live: true,
    code: 'result.refused',
    says: '000003',
    hooks: {
      live: { pending: 1 },
      answer: (members, { activity, isTest }) =>
        !isTest && activity === 'queryInstance' && members.resultCode === '000004'
          ? refusal('000003', 'no such instance')
          : members,
    },
  },
  {
    name: 'live: does not check signatures',
    shows: 'signature.every-activity',
    code: 'security.signature-not-checked',
    says: 'live',
    hooks: { verify: { checksSignature: ({ isTest, activity }) => isTest || activity !== 'queryInstance' } },
  },
];

function lastLine(): Hooks {
  const last = new Map<string, { line: string; id: string }>();
  return instead(({ activity, members }, world) => {
    if (activity !== 'newInstance') return null;
    const [order, line] = [text(members.orderId), text(members.orderLineId)];
    const known = last.get(order);
    const instanceId = known?.line === line ? known.id : text(members.businessId);
    last.set(order, { line, id: instanceId });
    world.instances.set(instanceId, { status: 'ACTIVE', businessId: instanceId, orders: new Set(), pending: 0 });
    return { ...OK, instanceId };
  });
}

function limited(): Hooks {
  let calls = 0;
  return {
    write: (each) => {
      calls += 1;
      return calls > 3 ? { ...each, status: 429, body: '' } : each;
    },
  };
}

function releasesForTests(): Hooks {
  const gone = new Set<string>();
  return instead(({ activity, members, isTest }) => {
    if (isTest && activity === 'releaseInstance') gone.add(text(members.instanceId));
    return !isTest && activity === 'queryInstance' && gone.has(text(members.instanceId))
      ? refusal('000003', 'released')
      : null;
  });
}
