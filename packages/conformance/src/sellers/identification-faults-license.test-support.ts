import type { ServerResponse } from 'node:http';
import { answering, type Fault, refusingRepeats, without, writing, writingAll } from './fault-license.test-support.ts';
import { joined, type SellerCall, sorted } from './right-license.test-support.ts';
import { DONE, type Members, refuse, text, type World } from './right-license-life.test-support.ts';

const HTML = '<!DOCTYPE html><html><body>Bad gateway</body></html>';
/** The members of the printed table: its end, testFlag, was not known to them. */
const PRINTED = [
  'activity',
  'amount',
  'businessId',
  'chargingMode',
  'customerId',
  'customerName',
  'orderId',
  'productId',
  'skuCode',
  'timeStamp',
];

export const IDENTIFICATION_FAULTS: readonly Fault[] = [
  // What every answer is like.
  {
    name: 'crashes on getLicense',
    code: 'http.status',
    hooks: writing('getLicense', () => ({ status: 500, body: '' })),
  },
  { name: 'is a page', code: 'body.not-json', hooks: writingAll(() => ({ body: HTML })) },
  {
    name: 'seven digits',
    code: 'body.result-code-misspelt',
    hooks: { answer: (right) => ({ ...right, resultCode: `0${right.resultCode}` }) },
  },
  {
    name: 'result_code',
    code: 'body.result-code-missing',
    hooks: { answer: ({ resultCode, ...right }) => ({ result_code: resultCode, ...right }) },
  },
  { name: 'wrapped in data', code: 'body.wrapped', hooks: { answer: (right) => ({ code: 200, data: right }) } },
  {
    name: 'licence wrapped in data',
    code: 'body.wrapped',
    hooks: answering('getLicense', ({ license, ...right }) => ({ ...right, data: { license } })),
  },
  // Body-Sign.
  { name: 'no Body-Sign', code: 'body-sign.missing', hooks: { sign: { signs: () => false } } },
  {
    name: 'no Body-Sign on refusals',
    code: 'body-sign.missing',
    hooks: { sign: { signs: (_, { resultCode }) => resultCode === '000000' } },
  },
  { name: 'body-sign in lower case', code: 'body-sign.name-case', hooks: { sign: { name: 'body-sign' } } },
  {
    name: 'Body-Sign keyed with timeStamp',
    code: 'body-sign.key',
    hooks: { sign: { key: (key, { members }) => key + text(members.timeStamp) } },
  },
  // authToken.
  {
    name: 'keyed without timeStamp',
    code: 'security.valid-refused',
    says: 'key',
    hooks: { get: { hmacKey: (key) => key } },
  },
  { name: 'another key', code: 'security.valid-refused', says: 'key', hooks: { get: { key: 'another-key' } } },
  {
    name: 'a fixed list of names',
    code: 'security.valid-refused',
    says: 'parameters',
    hooks: { get: { signed: (pairs) => joined(sorted(pairs.filter(([name]) => PRINTED.includes(name)))) } },
  },
  {
    name: 'unknown parameters are left out',
    code: 'security.valid-refused',
    says: 'parameters',
    hooks: {
      get: { signed: (pairs) => joined(sorted(pairs.filter(([name]) => !/^(jishi|Zone|orderId2)/.test(name)))) },
    },
  },
  {
    name: 'empty parameters are left out',
    code: 'security.valid-refused',
    says: 'nulls',
    hooks: { get: { signed: (pairs) => joined(sorted(pairs.filter(([, value]) => value !== ''))) } },
  },
  { name: 'checks no token', code: 'security.signature-not-checked', hooks: { get: { checks: () => false } } },
  {
    name: 'checks no token but of getLicense',
    code: 'security.signature-not-checked',
    hooks: { get: { checks: ({ members }) => members.activity === 'getLicense' } },
  },
  {
    name: 'takes calls without timeStamp',
    code: 'security.timestamp-not-checked',
    hooks: { get: { checks: ({ members }) => Boolean(members.timeStamp) } },
  },
  // getLicense.
  {
    name: 'no instanceId',
    code: 'body.member-missing',
    says: 'instanceId',
    hooks: answering('getLicense', (right) => without(right, 'instanceId')),
  },
  {
    name: 'licence for license',
    code: 'body.member-missing',
    says: 'license',
    hooks: answering('getLicense', ({ license, ...right }) => ({ ...right, licence: license })),
  },
  {
    name: 'an empty license',
    code: 'body.member-missing',
    says: 'license',
    hooks: answering('getLicense', (right) => ({ ...right, license: '' })),
  },
  {
    name: 'a long instanceId',
    code: 'body.member-length',
    says: 'instanceId',
    hooks: answering('getLicense', (right) => ({ ...right, instanceId: text(right.instanceId).padEnd(65, 'x') })),
  },
  {
    name: 'another license each time',
    code: 'license.code-changed',
    hooks: answering('getLicense', (right, { members }) => ({
      ...right,
      license: `L-${members.timeStamp}-${members.businessId}`,
    })),
  },
  {
    name: 'another instanceId each time',
    code: 'instance.id-changed',
    hooks: answering('getLicense', (right, { members }) => ({ ...right, instanceId: members.businessId })),
  },
  {
    name: 'keyed by businessId',
    code: 'instance.id-changed',
    hooks: { live: { orderKey: (call) => text(call.businessId) } },
  },
  {
    name: 'keyed by customer',
    code: 'instance.id-shared',
    hooks: { live: { orderKey: (call) => text(call.customerId) } },
  },
  {
    name: 'one instance for all',
    code: 'instance.id-shared',
    hooks: answering('getLicense', (right) => ({ ...right, instanceId: 'i-1' })),
  },
  {
    name: 'refuses a repeated order',
    code: 'result.refused',
    hooks: refusingRepeats('getLicense', ({ orderId }) => text(orderId)),
  },
  {
    name: 'getLicense answers 000004',
    code: 'result.refused',
    says: '000004',
    hooks: answering('getLicense', () => refuse('000004', 'later')),
  },
  {
    name: 'knows no monthly licences but crashes',
    code: 'http.status',
    hooks: { write: (right, { members }) => (members.periodType === 'month' ? { ...right, status: 500 } : right) },
  },
  {
    name: 'needs customerName',
    code: 'result.refused',
    says: '000002',
    hooks: {
      live: {
        instead: (call) =>
          call.activity === 'getLicense' && !call.customerName ? refuse('000002', 'customerName') : null,
      },
    },
  },
  // Renewal, expiry, release.
  {
    name: 'refuses a repeated renewal',
    code: 'instance.refresh-not-repeatable',
    hooks: refusingRepeats('refreshLicense', ({ orderId }) => text(orderId)),
  },
  {
    name: 'refuses a second expiry',
    code: 'instance.status-not-repeatable',
    hooks: refusingRepeats('expireLicense', ({ instanceId }) => text(instanceId), '000003'),
  },
  {
    name: 'refuses a second release',
    code: 'instance.release-not-repeatable',
    hooks: refusingRepeats('releaseLicense', ({ instanceId }) => text(instanceId), '000003'),
  },
  {
    name: 'looks renewals up by order',
    code: 'result.refused',
    says: '000003',
    hooks: {
      live: {
        instead: (call, { orders }) =>
          call.activity === 'refreshLicense' && !orders.has(text(call.orderId))
            ? refuse('000003', 'no such order')
            : null,
      },
    },
  },
  {
    name: 'does not revive what expired',
    code: 'result.refused',
    says: '000005',
    hooks: {
      live: {
        instead: (call, { licences }) =>
          call.activity === 'refreshLicense' && licences.get(text(call.instanceId))?.state === 'frozen'
            ? refuse('000005', 'expired')
            : null,
      },
    },
  },
  {
    name: 'nods unknown licences through',
    code: 'instance.unknown-accepted',
    hooks: {
      live: {
        instead: (call, { licences }) =>
          /^(refresh|expire)License$/.test(text(call.activity)) && !licences.has(text(call.instanceId))
            ? { resultCode: '000000', resultMsg: 'ok' }
            : null,
      },
    },
  },
  {
    name: 'nods unknown activities through',
    code: 'result.not-refused',
    hooks: {
      answer: (right) => (right.resultMsg === 'unknown activity' ? { resultCode: '000000', resultMsg: 'ok' } : right),
    },
  },
  {
    name: 'releaseLicense is unknown',
    code: 'result.refused',
    says: '000002',
    hooks: { live: { leavesOut: ['releaseLicense'] } },
  },
  // Of kinds that come from further away.
  { name: 'maps POST only', code: 'http.status', says: '405', hooks: { handle: onlyPost } },
  {
    name: 'a login filter in front of all',
    code: 'http.status',
    says: '401',
    hooks: writingAll(() => ({ status: 401, body: '{"error":"unauthorized"}' })),
  },
  {
    name: 'redirects to HTTPS',
    code: 'transport.redirect',
    hooks: writingAll(() => ({ status: 301, headers: [['Location', 'https://localhost/produce']], body: '' })),
  },
  {
    name: 'hangs on releaseLicense',
    code: 'transport.timeout',
    hooks: { handle: ({ members }) => members.activity === 'releaseLicense' },
  },
  {
    name: 'breaks off refreshLicense',
    code: 'transport.reset',
    hooks: {
      handle: ({ members, request }) => {
        if (members.activity === 'refreshLicense') request.socket.destroy();
        return members.activity === 'refreshLicense';
      },
    },
  },
  {
    name: 'expiry deletes the licence',
    code: 'result.refused',
    says: '000003',
    hooks: {
      live: {
        instead: (call, { licences }) => {
          if (call.activity === 'refreshLicense' && licences.get(text(call.instanceId))?.state === 'frozen')
            licences.delete(text(call.instanceId));
          return null;
        },
      },
    },
  },
  {
    name: 'several licences for an amount',
    code: 'body.member-type',
    says: 'license',
    hooks: answering('getLicense', (right, { members }) => ({
      ...right,
      license: Array.from({ length: Math.min(3, Number(members.amount ?? 1)) }, () => right.license),
    })),
  },
  {
    name: 'refuses calls with testFlag',
    code: 'result.refused',
    says: '000002',
    hooks: answering('getLicense', (right, { members }) =>
      members.testFlag ? refuse('000002', 'unknown parameter testFlag') : right,
    ),
  },
  {
    name: 'wants an amount below 100',
    code: 'result.refused',
    says: '000002',
    hooks: {
      live: {
        instead: (call) =>
          call.activity === 'getLicense' && Number(call.amount ?? 1) < 5 ? refuse('000002', 'amount') : null,
      },
    },
  },
  {
    name: 'reads the query as Latin-1',
    code: 'security.valid-refused',
    says: 'encoding',
    hooks: { get: { decode: (part) => Buffer.from(decodeURIComponent(part.replaceAll('+', ' '))).toString('latin1') } },
  },
  { name: 'the Body-Sign of the answer before', code: 'body-sign.key', hooks: { sign: { bytes: previous() } } },
  {
    name: 'compares the first half of the token',
    code: 'security.signature-not-checked',
    hooks: { get: { equals: (given, right) => given.slice(0, 20) === right.slice(0, 20) } },
  },
  {
    name: 'the second of two simultaneous calls makes another licence',
    code: 'instance.id-changed',
    live: true,
    hooks: { live: { instead: simultaneous() } },
  },
  {
    name: 'gives every order the same license',
    code: 'instance.id-shared',
    live: true,
    hooks: answering('getLicense', (right, { members }) =>
      members.testFlag ? right : { ...right, license: 'ONE-FOR-ALL' },
    ),
  },
  // Live.
  {
    name: 'live repeats get another license',
    code: 'license.code-changed',
    live: true,
    hooks: answering('getLicense', (right, { members }) =>
      members.testFlag ? right : { ...right, license: `L-${members.businessId}` },
    ),
  },
  {
    name: 'test licences are live ones',
    code: 'security.test-flag-ignored',
    live: true,
    hooks: {
      live: { tests: 'kept' },
      handle: ({ members }) => {
        if ('testFlag' in members) Object.assign(members, { testFlag: undefined, wasTest: '1' });
        return false;
      },
    },
  },
];

/** 405 to GET; what comes by POST is read as if it had come by GET. */
function onlyPost(call: SellerCall, response: ServerResponse): boolean {
  if (call.method === 'GET') {
    response.writeHead(405).end();
    return true;
  }
  Object.assign(call, { method: 'GET', members: Object.fromEntries(call.pairs) });
  return false;
}

function previous(): (body: string) => string {
  let before = '{}';
  return (body) => {
    const signed = before;
    before = body;
    return signed;
  };
}

/** Looks for the order first, and stores it later: a call that comes in between finds nothing. */
function simultaneous(): (call: Members, world: World) => Members | null {
  const under = new Map<string, number>();
  return (call) => {
    if (call.activity !== 'getLicense' || call.testFlag) return null;
    const order = text(call.orderId);
    const at = Date.now();
    const isNew = at - (under.get(order) ?? at) < 50;
    under.set(order, under.get(order) ?? at);
    return isNew
      ? { ...DONE, instanceId: call.businessId, license: `L-${call.businessId}` }
      : { ...DONE, instanceId: order, license: `L-${order}` };
  };
}
