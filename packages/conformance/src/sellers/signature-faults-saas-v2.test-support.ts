/** Wrong sellers of V2.0: one fault each in how they verify a call (saas-v2.md 3.1). */
import { createHash } from 'node:crypto';
import type { Fault } from './faults-saas-v2.test-support.ts';
import { canonical, type Hooks, hmac, KEY, type Members, RIGHT, type Verifying } from './right-saas-v2.test-support.ts';

const verify = (change: Partial<Verifying>): Hooks => ({ verify: change });
const payload = (write: (members: Members, text: string) => string): Hooks =>
  verify({ payload: ({ members, text }) => write(members, text) });
const refused = (name: string, cause: string, shows: string, hooks: Hooks): Fault => ({
  name,
  shows,
  code: 'security.valid-refused',
  says: `cause: ${cause} –`,
  hooks,
});
const notChecked = (name: string, what: 'signature' | 'timestamp' | 'nonce', shows: string, hooks: Hooks): Fault => ({
  name,
  shows,
  code: `security.${what}-not-checked`,
  hooks,
});

const entries = (members: Members) => Object.entries(members).filter(([, value]) => value !== null);
const FIELDS = [
  'activity',
  'orderId',
  'orderLineId',
  'businessId',
  'instanceId',
  'scene',
  'productId',
  'expireTime',
  'status',
  'productInfo',
  'testFlag',
];
const known = (members: Members) =>
  Object.fromEntries(FIELDS.filter((name) => members[name] !== undefined).map((name) => [name, members[name]]));
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
};
const ascii = (text: string) =>
  text.replace(/[\u0080-\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
const html = (text: string) =>
  text.replace(/[<>&=']/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);

export const SIGNATURE_FAULTS: readonly Fault[] = [
  refused(
    'lower-case hex only',
    'case',
    'signature.accepted',
    verify({ equals: (expected, given) => expected === given }),
  ),
  refused(
    'upper-case hex only',
    'case',
    'signature.lower-case',
    verify({ equals: (expected, given) => expected.toUpperCase() === given }),
  ),
  refused(
    'one case or the other, not both',
    'case',
    'signature.mixed-case',
    verify({ equals: (expected, given) => expected === given || expected.toUpperCase() === given }),
  ),
  refused(
    'sorted Z→A',
    'order',
    'signature.accepted',
    payload((members) => JSON.stringify(Object.fromEntries(entries(members).toSorted(([a], [b]) => (a < b ? 1 : -1))))),
  ),
  refused(
    'not sorted',
    'order',
    'body.unsorted',
    payload((members) => JSON.stringify(Object.fromEntries(entries(members)))),
  ),
  refused(
    'the bytes as they came',
    'order',
    'body.unsorted',
    payload((_, text) => text),
  ),
  refused(
    'fields in the order of a class',
    'order',
    'signature.accepted',
    payload((members) => JSON.stringify({ ...known(members), ...members })),
  ),
  refused(
    'fields of a class only',
    'members',
    'body.unknown-members',
    payload((members) => canonical(known(members))),
  ),
  refused(
    'fields of a class only, in its order',
    'order',
    'signature.accepted',
    payload((members) => JSON.stringify(known(members))),
  ),
  refused(
    'nested members sorted, too',
    'order',
    'changeInstanceCheck.answer',
    payload((members) => canonical(Object.fromEntries(entries(members).map(([name, value]) => [name, sorted(value)])))),
  ),
  refused(
    'nulls kept',
    'nulls',
    'body.nulls',
    payload((members) =>
      JSON.stringify(Object.fromEntries(Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : 1)))),
    ),
  ),
  refused(
    'empty strings dropped',
    'nulls',
    'body.empty-strings',
    payload((members) => canonical(Object.fromEntries(entries(members).filter(([, value]) => value !== '')))),
  ),
  refused(
    'testFlag left out',
    'members',
    'signature.accepted',
    payload(({ testFlag: _, ...members }) => canonical(members)),
  ),
  refused(
    'activity left out',
    'members',
    'signature.accepted',
    payload(({ activity: _, ...members }) => canonical(members)),
  ),
  refused(
    'testFlag as a number',
    'members',
    'signature.accepted',
    payload((members) => canonical({ ...members, testFlag: Number(members.testFlag) })),
  ),
  refused(
    'nonce and timestamp among the members',
    'members',
    'signature.accepted',
    verify({
      payload: ({ members, query }) =>
        canonical({ ...members, nonce: query.get('nonce'), timestamp: query.get('timestamp') }),
    }),
  ),
  refused(
    'blanks after colons and commas',
    'encoding',
    'signature.accepted',
    payload((members) => canonical(members).replaceAll('":', '": ').replaceAll(',"', ', "')),
  ),
  refused(
    'pretty-printed',
    'encoding',
    'signature.accepted',
    payload((members) => JSON.stringify(JSON.parse(canonical(members)), null, 2)),
  ),
  refused(
    'non-ASCII escaped',
    'encoding',
    'body.non-ascii',
    payload((members) => ascii(canonical(members))),
  ),
  refused(
    'HTML characters escaped',
    'encoding',
    'body.non-ascii',
    payload((members) => html(canonical(members))),
  ),
  refused(
    'slashes escaped',
    'encoding',
    'body.non-ascii',
    payload((members) => canonical(members).replaceAll('/', '\\/')),
  ),
  refused(
    'read as Latin-1',
    'encoding',
    'body.non-ascii',
    verify({ payload: ({ raw }) => canonical(JSON.parse(raw.toString('latin1'))) }),
  ),
  refused(
    'read as GBK',
    'encoding',
    'body.non-ascii',
    verify({ payload: ({ raw }) => canonical(JSON.parse(new TextDecoder('gbk').decode(raw))) }),
  ),
  refused(
    'signed as ASCII',
    'encoding',
    'body.non-ascii',
    payload((members) => canonical(members).replace(/[^\0-\x7f]/gu, '?')),
  ),
  refused(
    'time in seconds',
    'timestamp-unit',
    'signature.accepted',
    verify({ isFresh: (timestamp, nowMs) => Math.abs(nowMs / 1000 - Number(timestamp)) <= 60 }),
  ),
  refused(
    'signs seconds',
    'timestamp-unit',
    'signature.accepted',
    verify({ joined: (key, nonce, timestamp, inner) => RIGHT.joined(key, nonce, timestamp.slice(0, 10), inner) }),
  ),
  refused(
    'plain SHA-256 inside',
    'inner-hash',
    'signature.accepted',
    verify({ inner: (_, text) => createHash('sha256').update(text).digest('hex') }),
  ),
  refused(
    'upper case inside',
    'inner-hash',
    'signature.accepted',
    verify({ inner: (key, text) => RIGHT.inner(key, text).toUpperCase() }),
  ),
  refused(
    'base64 inside',
    'inner-hash',
    'signature.accepted',
    verify({ inner: (key, text) => hmac(key, text).toString('base64') }),
  ),
  refused('the kit form', 'form', 'signature.accepted', verify({ inner: (_, text) => text })),
  refused(
    'base64 outside',
    'form',
    'signature.accepted',
    verify({
      outer: (key, text) => hmac(key, text).toString('base64'),
      equals: (expected, given) => expected === given,
    }),
  ),
  refused(
    'plain SHA-256 outside',
    'form',
    'signature.accepted',
    verify({ outer: (_, text) => createHash('sha256').update(text).digest('hex') }),
  ),
  refused(
    'HMAC-SHA1',
    'form',
    'signature.accepted',
    verify({
      inner: (key, text) => hmac(key, text, 'sha1').toString('hex'),
      outer: (key, text) => hmac(key, text, 'sha1').toString('hex'),
    }),
  ),
  refused(
    'timestamp before nonce',
    'form',
    'signature.accepted',
    verify({ joined: (key, nonce, timestamp, inner) => key + timestamp + nonce + inner }),
  ),
  refused(
    'no key in the text',
    'form',
    'signature.accepted',
    verify({ joined: (_, nonce, timestamp, inner) => nonce + timestamp + inner }),
  ),
  refused('joined with &', 'form', 'signature.accepted', verify({ joined: (...parts) => parts.join('&') })),
  refused('another key', 'key', 'signature.accepted', verify({ key: 'somebody-elses-key' })),
  refused('a newline after the key', 'key', 'signature.accepted', verify({ key: `${KEY}\n` })),
  refused('the key in upper case', 'key', 'signature.accepted', verify({ key: KEY.toUpperCase() })),
  refused('a nonce of 16 only', 'nonce', 'signature.accepted', verify({ isNonce: (nonce) => nonce.length === 16 })),
  refused('a nonce of 32 only', 'nonce', 'nonce.forms', verify({ isNonce: (nonce) => nonce.length === 32 })),
  refused('nonces up to 32', 'nonce', 'nonce.forms', verify({ isNonce: (nonce) => nonce.length <= 32 })),
  refused(
    'signature in headers',
    'place',
    'signature.accepted',
    verify({
      parameter: ({ request }, name) => String(request.headers[name === 'signature' ? 'x-sign' : `x-${name}`] ?? ''),
    }),
  ),
  refused(
    'a window of ten seconds',
    'clock',
    'timestamp.within',
    verify({ isFresh: (timestamp, nowMs) => Math.abs(nowMs - Number(timestamp)) <= 10_000 }),
  ),
  refused('a clock that is slow', 'clock', 'signature.accepted', {
    ...verify({ isFresh: (timestamp, nowMs) => Math.abs(nowMs - 300_000 - Number(timestamp)) <= 60_000 }),
    write: (written) => ({
      ...written,
      headers: { ...written.headers, date: new Date(Date.now() - 300_000).toUTCString() },
    }),
  }),
  notChecked('signatures never', 'signature', 'signature.wrong', verify({ checksSignature: () => false })),
  notChecked(
    'signatures for newInstance only',
    'signature',
    'signature.every-activity',
    verify({ checksSignature: ({ activity }) => activity === 'newInstance' }),
  ),
  notChecked(
    'no signature for releaseInstance',
    'signature',
    'signature.every-activity',
    verify({ checksSignature: ({ activity }) => activity !== 'releaseInstance' }),
  ),
  notChecked(
    'no signature for live calls',
    'signature',
    'signature.every-activity',
    verify({ checksSignature: ({ isTest }) => isTest }),
  ),
  notChecked(
    'no signature for test calls',
    'signature',
    'signature.wrong',
    verify({ checksSignature: ({ isTest }) => !isTest }),
  ),
  notChecked(
    'absent signatures pass',
    'signature',
    'signature.missing',
    verify({ checksSignature: ({ query }) => Boolean(query.get('signature')) }),
  ),
  notChecked(
    'a beginning of the signature will do',
    'signature',
    'signature.wrong',
    verify({ equals: (expected, given) => expected.slice(0, 8) === given.slice(0, 8).toLowerCase() }),
  ),
  notChecked('any time', 'timestamp', 'timestamp.old', verify({ isFresh: () => true })),
  notChecked(
    'an hour',
    'timestamp',
    'timestamp.old',
    verify({ isFresh: (timestamp, nowMs) => Math.abs(nowMs - Number(timestamp)) < 3_600_000 }),
  ),
  notChecked(
    'times to come',
    'timestamp',
    'timestamp.future',
    verify({ isFresh: (timestamp, nowMs) => nowMs - Number(timestamp) <= 60_000 && Number(timestamp) > 0 }),
  ),
  notChecked(
    'times that are none',
    'timestamp',
    'timestamp.not-numeric',
    verify({ isFresh: (timestamp, nowMs) => !(Math.abs(nowMs - Number(timestamp)) > 60_000) }),
  ),
  notChecked('replays', 'nonce', 'nonce.repeated', verify({ remembersNonces: false })),
];
