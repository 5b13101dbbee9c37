/** Sellers of the kit that verify otherwise than saas-v2.md 3.2 says, or not at all. */
import { createHash } from 'node:crypto';
import type { Fault } from './faults-kit.test-support.ts';
import { canonical, hmac, KEY, type Members, type SellerCall, type Verifying } from './right-kit.test-support.ts';

function refuses(name: string, says: string, verify: Partial<Verifying>): Fault {
  return { name, code: 'security.valid-refused', says, hooks: { verify } };
}

const hex = (text: string) => hmac(KEY, text).toString('hex');
const inOrder = (members: Members, order: (one: string, other: string) => number) =>
  JSON.stringify(
    Object.fromEntries(
      Object.keys(members)
        .sort(order)
        .map((name) => [name, members[name]]),
    ),
  );
const deep = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(deep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([name, each]) => [name, deep(each)]),
  );
};
const known = [
  'instanceId',
  'orderId',
  'tenantId',
  'tenantCode',
  'name',
  'domainName',
  'flag',
  'testFlag',
  'timeStamp',
];
const escaped = (text: string) =>
  text.replace(/[\u0080-\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
const raw =
  (name: string) =>
  ({ request }: SellerCall) => {
    const at = request.rawHeaders.indexOf(name);
    return at === -1 ? null : (request.rawHeaders[at + 1] ?? null);
  };

export const SIGNATURE_FAULTS: readonly Fault[] = [
  refuses('compares with lower-case hex', 'case', { equals: (a, b) => a === b }),
  refuses('compares with upper-case hex', 'case', { equals: (a, b) => a.toUpperCase() === b }),
  refuses('uses the form of base calls', 'inner HMAC', {
    joined: (key, nonce, time, payload) => key + nonce + time + hex(payload),
  }),
  refuses('hashes the body first', 'SHA-256 first', {
    joined: (key, nonce, time, payload) => key + nonce + time + createHash('sha256').update(payload).digest('hex'),
  }),
  refuses('puts the timestamp before the nonce', 'timestamp stands before nonce', {
    joined: (key, nonce, time, payload) => key + time + nonce + payload,
  }),
  refuses('joins with &', 'joined with', { joined: (...parts) => parts.join('&') }),
  refuses('forgets the key in the text', 'accessKey is missing', {
    joined: (_, nonce, time, payload) => nonce + time + payload,
  }),
  refuses('expects base64', 'base64', {
    outer: (key, text) => hmac(key, text).toString('base64'),
    equals: (a, b) => a === b,
  }),
  refuses('uses HMAC-SHA1', 'HMAC-SHA1', { outer: (key, text) => hmac(key, text, 'sha1').toString('hex') }),
  refuses('has another key', 'another key', { key: 'some-other-key' }),
  refuses('has the key with a newline', 'newline', { key: `${KEY}\n` }),
  refuses('verifies the bytes as they came', 'order', { payload: ({ text }) => text }),
  refuses('sorts Z→A', 'Z→A', { payload: ({ members }) => inOrder(members, (a, b) => (a < b ? 1 : -1)) }),
  refuses('sorts inside lists', 'nested', {
    payload: ({ members }) => JSON.stringify(deep(JSON.parse(canonical(members)))),
  }),
  refuses('keeps nulls', 'members with null were kept', {
    payload: ({ members }) => inOrder(members, (a, b) => (a < b ? -1 : 1)),
  }),
  refuses('drops empty strings', 'empty', {
    payload: ({ members }) =>
      canonical(Object.fromEntries(Object.entries(members).filter(([, value]) => value !== ''))),
  }),
  refuses('signs known members only', 'does not know', {
    payload: ({ kit, members }) =>
      canonical(kit === 'tenantSync' ? Object.fromEntries(known.map((name) => [name, members[name]])) : members),
  }),
  refuses('leaves testFlag out', 'testFlag is left out', {
    payload: ({ members }) => canonical({ ...members, testFlag: null }),
  }),
  refuses('escapes slashes', 'encoding', { payload: ({ members }) => canonical(members).replaceAll('/', '\\/') }),
  refuses('escapes non-ASCII', 'encoding', { payload: ({ members }) => escaped(canonical(members)) }),
  refuses('escapes HTML', 'HTML', {
    payload: ({ members }) => canonical(members).replace(/[<>&='\u2028]/g, escapeHtml),
  }),
  refuses('reads ISO-8859-1', 'ISO-8859-1', {
    payload: ({ members }) => Buffer.from(canonical(members)).toString('latin1'),
  }),
  refuses('signs over indented JSON', 'encoding', {
    payload: ({ members }) => JSON.stringify(JSON.parse(canonical(members)), null, 2),
  }),
  refuses('takes milliseconds for seconds', 'timestamp-unit', {
    isFresh: (timestamp, nowMs) => Math.abs(nowMs / 1000 - Number(timestamp)) <= 60,
  }),
  refuses('asks for X-Sign in this very case', 'X-Sign', {
    header: (call, name) => raw(name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()))(call),
  }),
  refuses('asks for x-sign in this very case', 'X-Sign is not found', { header: (call, name) => raw(name)(call) }),
  refuses('reads the query', 'query', {
    header: ({ request }, name) =>
      new URLSearchParams(request.url?.split('?')[1]).get(name === 'x-sign' ? 'signature' : name.slice(2)),
  }),
  refuses('allows 5 seconds', 'clock', { isFresh: (timestamp, nowMs) => Math.abs(nowMs - Number(timestamp)) <= 5_000 }),
  {
    name: 'has a clock that is slow',
    code: 'security.valid-refused',
    says: 'slow',
    hooks: {
      verify: { isFresh: (timestamp, nowMs) => Math.abs(nowMs - 120_000 - Number(timestamp)) <= 60_000 },
      write: (written) => ({
        ...written,
        headers: { ...written.headers, date: new Date(Date.now() - 120_000).toUTCString() },
      }),
    },
  },
  refuses('compares with local time', '8 hours off', {
    isFresh: (timestamp, nowMs) => Math.abs(nowMs + 28_800_000 - Number(timestamp)) <= 60_000,
  }),
  refuses('asks for nonces of 16 characters', 'nonce', { isNonce: (nonce) => nonce.length === 16 }),
  refuses('asks for nonces of up to 32 characters', 'nonce', { isNonce: (nonce) => nonce.length <= 32 }),
  {
    name: 'checks nothing',
    code: 'security.signature-not-checked',
    hooks: { verify: { checksSignature: () => false } },
  },
  {
    name: 'checks tenantSync only',
    code: 'security.signature-not-checked',
    says: 'authSync',
    hooks: { verify: { checksSignature: ({ kit }) => kit === 'tenantSync' } },
  },
  {
    name: 'does not check deletes',
    code: 'security.signature-not-checked',
    says: 'flag 0',
    hooks: { verify: { checksSignature: ({ members }) => members.flag !== 0 } },
  },
  {
    name: 'checks a signature only when there is one',
    code: 'security.signature-not-checked',
    says: 'no x-sign',
    hooks: { verify: { checksSignature: ({ request }) => Boolean(request.headers['x-sign']) } },
  },
  {
    name: 'compares the beginning',
    code: 'security.signature-not-checked',
    says: 'first half',
    hooks: { verify: { equals: (a, b) => b !== '' && a.toLowerCase().startsWith(b.toLowerCase()) } },
  },
  {
    name: 'accepts the form of base calls, too',
    code: 'security.signature-not-checked',
    says: 'base calls',
    hooks: { verify: { equals: () => false, checksSignature: acceptsNeither } },
  },
  {
    name: 'does not look at the time',
    code: 'security.timestamp-not-checked',
    hooks: { verify: { isFresh: () => true } },
  },
  { name: 'accepts replays', code: 'security.nonce-not-checked', hooks: { verify: { remembersNonces: false } } },
];

function escapeHtml(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** True (and then `equals` must not be asked) when the signature fits neither form. */
function acceptsNeither(call: SellerCall): boolean {
  const [sign, time, nonce] = ['x-sign', 'x-timestamp', 'x-nonce'].map((name) => String(call.request.headers[name]));
  const start = `${KEY}${nonce}${time}`;
  const payload = canonical(call.members);
  return ![start + payload, start + hex(payload)].some((text) => hex(text) === sign?.toLowerCase());
}
