/** Wrong sellers of authorisation codes 2.0 and of online provisioning (license-and-other-types.md 4.5, 5). */
import { answering, type Fault, of, refusingRepeats, writing, writingAll } from './fault-license.test-support.ts';
import { DONE, refuse, text } from './right-license-life.test-support.ts';

const HTML = '<html><body>Sign in</body></html>';
const learns = { learnsCodes: true };

export const CODE_FAULTS: readonly Fault[] = [
  {
    name: 'crashes on refreshLicenseCode',
    code: 'http.status',
    hooks: writing('refreshLicenseCode', () => ({ status: 500, body: '' })),
  },
  { name: 'crashes on every POST', code: 'http.status', hooks: writingAll(() => ({ status: 502, body: '' })) },
  { name: 'is mute', code: 'body.empty', hooks: writingAll(() => ({ body: '' })) },
  {
    name: 'a page for updateLicenseCodeStatus',
    code: 'body.not-json',
    hooks: writing('updateLicenseCodeStatus', () => ({ body: HTML })),
  },
  {
    name: 'resultCode 0',
    code: 'body.result-code-misspelt',
    hooks: { answer: (right) => ({ ...right, resultCode: String(Number(right.resultCode)) }) },
  },
  {
    name: 'resultCode 200',
    code: 'body.result-code-unknown',
    hooks: {
      live: learns,
      answer: (right) => (right.resultCode === '000000' ? { ...right, resultCode: '200200' } : right),
    },
  },
  { name: 'wrapped', code: 'body.wrapped', hooks: { answer: (right) => ({ success: true, result: right }) } },
  {
    name: 'a long resultMsg',
    code: 'body.member-length',
    hooks: { live: learns, answer: (right) => ({ ...right, resultMsg: 'x'.repeat(256) }) },
  },
  {
    name: 'compares hex with regard to case',
    code: 'security.valid-refused',
    says: 'case',
    hooks: { post: { equals: (given, right) => given === right } },
  },
  {
    name: 'fields in the order of the class',
    code: 'security.valid-refused',
    says: 'order',
    hooks: {
      post: {
        payload: ({ members }) =>
          inOrder(members, [
            'activity',
            'license',
            'scene',
            'orderId',
            'orderLineId',
            'productId',
            'expireTime',
            'status',
            'testFlag',
          ]),
      },
    },
  },
  {
    name: 'seconds',
    code: 'security.valid-refused',
    says: 'timestamp-unit',
    hooks: { post: { isFresh: (time, now) => Math.abs(now / 1000 - Number(time)) < 60 } },
  },
  { name: 'another key', code: 'security.valid-refused', says: 'key', hooks: { post: { key: 'another-key' } } },
  { name: 'checks no signature', code: 'security.signature-not-checked', hooks: { post: { checks: () => false } } },
  {
    name: 'looks whether there is a signature',
    code: 'security.signature-not-checked',
    hooks: { post: { equals: () => true } },
  },
  { name: 'checks no time', code: 'security.timestamp-not-checked', hooks: { post: { isFresh: () => true } } },
  { name: 'checks no nonce', code: 'security.nonce-not-checked', hooks: { post: { remembersNonces: false } } },
  { name: 'nods unknown codes through', code: 'instance.unknown-accepted', hooks: { live: learns } },
  {
    name: 'nods unknown activities through',
    code: 'result.not-refused',
    hooks: { answer: (right) => (right.resultMsg === 'unknown activity' ? DONE : right) },
  },
  {
    name: 'refuses a repeated renewal',
    code: 'instance.refresh-not-repeatable',
    hooks: { live: learns, ...refusingRepeats('refreshLicenseCode', ({ orderId }) => text(orderId)) },
  },
  {
    name: 'refuses a second freeze',
    code: 'instance.status-not-repeatable',
    hooks: {
      live: {
        ...learns,
        instead: (call, { codes }) =>
          call.status === 'FREEZE' && codes.get(text(call.license)) === 'frozen' ? refuse('000005', 'frozen') : null,
      },
    },
  },
  {
    name: 'refuses a second release',
    code: 'instance.release-not-repeatable',
    hooks: {
      live: {
        ...learns,
        instead: (call, { codes }) =>
          call.activity === 'releaseLicenseCode' && codes.get(text(call.license)) === 'released'
            ? refuse('000003', 'gone')
            : null,
      },
    },
  },
  {
    name: 'knows no cancelled renewals',
    code: 'result.refused',
    says: '000002',
    hooks: {
      live: {
        ...learns,
        instead: (call) =>
          call.activity === 'refreshLicenseCode' && call.scene !== 'RENEWAL' ? refuse('000002', 'scene') : null,
      },
    },
  },
  {
    name: 'wants a refund order for every release',
    code: 'result.refused',
    says: '000002',
    hooks: {
      live: {
        instead: (call) =>
          call.activity === 'releaseLicenseCode' && !call.orderId ? refuse('000002', 'orderId') : null,
      },
    },
  },
  {
    name: 'one fault in the second of its dialects',
    code: 'http.status',
    speaks: ['identification', 'code', 'provisioning'],
    hooks: writing('releaseLicenseCode', () => ({ status: 500 })),
  },
  {
    name: 'refuses codes as forged, beside two right dialects',
    code: 'security.valid-refused',
    speaks: ['identification', 'code', 'provisioning'],
    hooks: {
      answer: (right, call) =>
        /LicenseCode/.test(text(call.members.activity)) ? refuse('000001', 'signature') : right,
    },
  },
  // Of kinds that come from further away.
  {
    name: 'a window of five seconds',
    code: 'security.valid-refused',
    says: 'clock',
    hooks: { post: { isFresh: (time, now) => Math.abs(now - Number(time)) <= 5_000 } },
  },
  {
    name: 'nonces of 32 characters only',
    code: 'security.valid-refused',
    says: 'nonce',
    hooks: { answer: (right, { query }) => (query.get('nonce')?.length === 32 ? right : refuse('000002', 'nonce')) },
  },
  {
    name: 'one spelling of the content type',
    code: 'security.valid-refused',
    says: 'Content-Type',
    hooks: {
      answer: (right, { request }) =>
        request.headers['content-type'] === 'application/json;charset=utf-8' ? right : refuse('000002', 'content type'),
    },
  },
  { name: 'says yes to everything', code: 'instance.unknown-accepted', hooks: { live: { instead: () => DONE } } },
  {
    name: 'wants codes of its own form',
    code: 'result.refused',
    says: '000002',
    hooks: { answer: (right, call) => (of(ALL_CODE, call) ? refuse('000002', 'license has no such form') : right) },
  },
  {
    name: 'knows freeze and unfreeze in lower case',
    code: 'result.refused',
    says: '000002',
    hooks: {
      answer: (right, { members }) =>
        members.activity === 'updateLicenseCodeStatus' && right.resultCode !== '000001'
          ? refuse('000002', 'status')
          : right,
    },
  },
  {
    name: 'says 404 to unknown codes',
    code: 'http.status',
    hooks: { write: (right, call) => (of(ALL_CODE, call) ? { ...right, status: 404 } : right) },
  },
  {
    name: 'expects licenseCode',
    code: 'result.refused',
    says: 'licenseCode',
    hooks: {
      answer: (right, call) =>
        of(ALL_CODE, call) && !call.members.licenseCode ? refuse('000002', 'licenseCode is missing') : right,
    },
  },
];

const ALL_CODE = ['refreshLicenseCode', 'updateLicenseCodeStatus', 'releaseLicenseCode'];

export const PROVISIONING_FAULTS: readonly Fault[] = [
  { name: 'a page for newInstance', code: 'body.not-json', hooks: writing('newInstance', () => ({ body: HTML })) },
  {
    name: 'another instanceId each time',
    code: 'instance.id-changed',
    hooks: { live: { orderKey: (call) => text(call.businessId) } },
  },
  {
    name: 'keyed by order, not by line',
    code: 'instance.id-shared',
    hooks: { live: { orderKey: (call) => text(call.orderId) } },
  },
  {
    name: 'compares hex with regard to case',
    code: 'security.valid-refused',
    says: 'case',
    hooks: { post: { equals: (given, right) => given === right } },
  },
  { name: 'checks no signature', code: 'security.signature-not-checked', hooks: { post: { checks: () => false } } },
  {
    name: 'getLicenseAsync is unknown',
    code: 'result.refused',
    says: '000002',
    hooks: { live: { leavesOut: ['getLicenseAsync'] } },
  },
  {
    name: 'getLicenseAsync needs other times',
    code: 'result.refused',
    says: '000002',
    hooks: {
      live: {
        instead: (call) =>
          call.effectiveTime && !/^\d{17}$/.test(text(call.effectiveTime)) ? refuse('000002', 'effectiveTime') : null,
      },
    },
  },
  {
    name: 'getLicenseAsync does not know the instance',
    code: 'result.refused',
    says: '000003',
    hooks: {
      answer: (right, call) =>
        of('getLicenseAsync', call) && right.resultCode === '000000' ? refuse('000003', 'unknown') : right,
    },
  },
  {
    name: 'a code of its own',
    code: 'body.result-code-unknown',
    hooks: { answer: (right, call) => (of('getLicenseAsync', call) ? refuse('000904', 'x') : right) },
  },
  {
    name: 'counts repeated applications',
    code: 'license.code-changed',
    hooks: { live: { eventKey: ({ eventId }) => `${eventId} ${Math.random()}` } },
  },
  {
    name: 'another licence for the same event',
    code: 'license.code-changed',
    hooks: answering('getLicenseAsync', (right) => ({ ...right, license: `L-${Math.random()}` })),
  },
  {
    name: 'refuses a repeated application',
    code: 'result.refused',
    says: '000005',
    hooks: refusingRepeats('getLicenseAsync', ({ eventId }) => text(eventId)),
  },
  {
    name: 'a fingerprint is too long',
    code: 'result.refused',
    says: '000002',
    hooks: {
      live: { instead: (call) => (text(call.deviceFingerprint).length > 255 ? refuse('000002', 'fingerprint') : null) },
    },
  },
  {
    name: 'applications of nobody',
    code: 'instance.unknown-accepted',
    hooks: {
      live: {
        instead: (call, { licences }) =>
          call.activity === 'getLicenseAsync' && call.eventId && !licences.has(text(call.instanceId)) ? DONE : null,
      },
    },
  },
  {
    name: 'refuses a second release',
    code: 'instance.release-not-repeatable',
    hooks: refusingRepeats('releaseInstance', ({ instanceId }) => text(instanceId), '000003'),
  },
  { name: 'never finishes', code: 'instance.async-unfinished', hooks: { live: { pending: 1_000_000 } } },
  {
    name: 'queryInstance finds nothing',
    code: 'query.incomplete',
    hooks: answering('queryInstance', (right) => ({ ...right, info: [] })),
  },
  {
    name: 'live applications are counted twice',
    code: 'license.code-changed',
    live: true,
    hooks: { live: { eventKey: (call) => (call.testFlag ? text(call.eventId) : String(Math.random())) } },
  },
  {
    name: 'everything is refused as forged, beside a right online 1.0',
    code: 'security.valid-refused',
    speaks: ['identification', 'provisioning'],
    hooks: { post: { joined: (key, nonce, timestamp, inner) => key + timestamp + nonce + inner } },
  },
  // Of kinds that come from further away.
  {
    name: 'breaks off getLicenseAsync',
    code: 'transport.reset',
    hooks: {
      handle: (call) => {
        if (of('getLicenseAsync', call)) call.request.socket.destroy();
        return of('getLicenseAsync', call);
      },
    },
  },
  {
    name: 'checks no signature of getLicenseAsync',
    code: 'security.signature-not-checked',
    hooks: { post: { checks: (call) => !of('getLicenseAsync', call) } },
  },
  {
    name: 'freezing deletes the instance',
    code: 'result.refused',
    says: '000003',
    hooks: {
      live: {
        instead: (call, { licences }) => {
          if (call.status === 'UNFREEZE' && licences.get(text(call.instanceId))?.state === 'frozen')
            licences.delete(text(call.instanceId));
          return null;
        },
      },
    },
  },
  {
    name: 'the licence stands in the answer, wrapped with the rest',
    code: 'body.wrapped',
    hooks: {
      answer: (right, call) =>
        of('newInstance', call) ? { ...right, instanceId: undefined, data: { instanceId: right.instanceId } } : right,
    },
  },
  {
    name: 'gives ids that it does not know',
    code: 'result.refused',
    live: true,
    says: '000003',
    hooks: answering('newInstance', (right) => ({ ...right, instanceId: `x-${right.instanceId}` })),
  },
];

function inOrder(members: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  const known = names.filter((name) => members[name] !== undefined);
  return JSON.stringify(Object.fromEntries(known.map((name) => [name, members[name]])));
}
