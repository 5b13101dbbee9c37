import { answering, type Fault, refusingRepeats, without, writing, writingAll } from './fault-license.test-support.ts';
import { joined, sorted } from './right-license.test-support.ts';
import { refuse, text } from './right-license-life.test-support.ts';

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
];
