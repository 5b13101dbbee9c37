/** Wrong sellers of online License 1.0, by what they do over several calls, and of kinds that come from further away. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { answering, type Fault, refusingRepeats, writingAll } from './fault-license.test-support.ts';
import type { SellerCall } from './right-license.test-support.ts';
import { DONE, type Members, refuse, text, type World } from './right-license-life.test-support.ts';

export const IDENTIFICATION_CONDUCT_FAULTS: readonly Fault[] = [
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
  {
    name: 'a compressed answer',
    code: 'http.charset',
    hooks: writingAll(({ body }) => ({ body: gzipSync(String(body)) })),
  },
  {
    name: 'a release takes every licence along',
    code: 'instance.id-changed',
    live: true,
    hooks: {
      live: {
        instead: (call, { licences, orders }) => {
          if (call.activity === 'releaseLicense' && !call.testFlag) {
            licences.clear();
            orders.clear();
            return DONE;
          }
          return null;
        },
      },
    },
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
