import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signAuthToken } from './auth-token.ts';
import { decodeExtendParamsV1, encodeExtendParamsV1 } from './extend-params.ts';
import { encodeRequestV1, parseRequestV1 } from './parse-request.ts';
import { receiveRequestV1 } from './receive-request.ts';
import { type NewInstanceRequestV1, type RefreshInstanceRequestV1, type RequestV1, renewalKindV1 } from './requests.ts';

/** The requests of saas-v1.md 6.0 on the wire and back, their limits, and the order in which a seller checks (3.3). */

const KEY = 'koo-v1-demo-key-0001';
const common = { timeStamp: '20260101080001456' };

/** The rich newInstance of saas-v1.md 3.4 as a request. */
const rich: NewInstanceRequestV1 = {
  activity: 'newInstance',
  ...common,
  amount: 30,
  businessId: '9a6b1f10-2d5e-4a53-8d1e-7f0e0b6a7c11',
  chargingMode: 1,
  customerId: '68cbc86abc2018ab880d92f36422fa0e',
  customerName: 'acme 测试',
  email: 'a1S2d3F4g5H6j7K8M6MfeZ+QIwudYj2qAs6u14pCrBd2L4HeLRvhm057PL8=',
  expireTime: '20270101000000',
  mobilePhone: 'Q7w8E9r0T1y2U3i41PYQqUfgQ5TBHz116VpuWA==',
  orderAmount: '1200.5',
  orderId: 'CS2601010001TESTB',
  periodNumber: 1,
  periodType: 'year',
  productId: 'OFFI100000000000000001',
  provisionType: 1,
  saasExtendParams: [
    { name: 'emailDomainName', value: 'acme.example' },
    { name: 'seats note', value: '10 + 2' },
  ],
  skuCode: '6c1f0c55-0a1e-4f0a-9a55-2f9d0d0b7c11',
  trialFlag: '0',
};
const RICH_URL =
  'activity=newInstance&amount=30&businessId=9a6b1f10-2d5e-4a53-8d1e-7f0e0b6a7c11&chargingMode=1&customerId=68cbc86abc2018ab880d92f36422fa0e&customerName=acme%20%E6%B5%8B%E8%AF%95&email=a1S2d3F4g5H6j7K8M6MfeZ%2BQIwudYj2qAs6u14pCrBd2L4HeLRvhm057PL8%3D&expireTime=20270101000000&mobilePhone=Q7w8E9r0T1y2U3i41PYQqUfgQ5TBHz116VpuWA%3D%3D&orderAmount=1200.5&orderId=CS2601010001TESTB&periodNumber=1&periodType=year&productId=OFFI100000000000000001&provisionType=1&saasExtendParams=W3sibmFtZSI6ImVtYWlsRG9tYWluTmFtZSIsInZhbHVlIjoiYWNtZS5leGFtcGxlIn0seyJuYW1lIjoic2VhdHMgbm90ZSIsInZhbHVlIjoiMTAgKyAyIn1d&skuCode=6c1f0c55-0a1e-4f0a-9a55-2f9d0d0b7c11&timeStamp=20260101080001456&trialFlag=0&authToken=8%2B2IrIctc0VkQtKD6SLtPYYbOpGOkXfAwvr%2FjrlXfB4%3D';

const refresh: RefreshInstanceRequestV1 = {
  activity: 'refreshInstance',
  timeStamp: '20261231235959999',
  testFlag: '1',
  orderId: 'CS2701010000RENEW',
  instanceId: 'inst-7f3a',
  productId: '',
  expireTime: '20280101000000',
};
const expire: RequestV1 = { activity: 'expireInstance', ...common, instanceId: 'inst-7f3a', orderId: 'CS1' };
const others: RequestV1[] = [
  { ...refresh, productId: 'P2', trialToFormal: '1', periodType: 'month', periodNumber: 12, orderAmount: '-3.125' },
  expire,
  { activity: 'releaseInstance', ...common, instanceId: 'inst-7f3a', orderId: 'CS1', orderAmount: '0' },
  {
    activity: 'upgrade',
    ...common,
    instanceId: 'i',
    orderId: 'CS2',
    skuCode: 's',
    productId: 'p',
    diskSize: 9999999,
    bandWidth: 1,
  },
  { activity: 'instanceStatus', ...common, instanceId: 'i', instanceStatus: 'FREEZE' },
  { activity: 'queryInstance', ...common, instanceId: 'a,b', testFlag: '0' },
];

describe('on the wire', () => {
  it('the rich newInstance is the URL of saas-v1.md 3.4, and is read back', () => {
    expect(signAuthToken(encodeRequestV1(rich), KEY).url).toBe(RICH_URL);
    expect(receiveRequestV1(RICH_URL, KEY)).toEqual({ ok: true, request: rich });
  });

  it('an empty productId is sent and signed, as saas-v1.md 3.4 (empty value) has it, and read as absent', () => {
    const { stringToSign, authToken, url } = signAuthToken(encodeRequestV1(refresh), KEY);
    expect(stringToSign).toContain('&productId=&');
    expect(authToken).toBe('Fw9nrB8ls0ZeTOjvwvrmqqkqiaJIBToo1wgqtqTwBDQ=');
    const { productId: _, ...rest } = refresh;
    expect(receiveRequestV1(url, KEY)).toEqual({ ok: true, request: rest });
  });

  it.each(others)('$activity comes back as it went', (request) => {
    expect(receiveRequestV1(signAuthToken(encodeRequestV1(request), KEY).url, KEY)).toEqual({ ok: true, request });
  });

  it('the minimal test call of saas-v1.md 3.4 and the call of its proof lack skuCode, customerName, chargingMode', () => {
    const minimal =
      'activity=newInstance&businessId=3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10&customerId=68cbc86abc2018ab880d92f36422fa0e&expireTime=20270101000000&orderId=CS2601010000TESTA&productId=00301-666666-0--0&testFlag=1&timeStamp=20260101080000123';
    expect(parseRequestV1(minimal)).toMatchObject({ ok: true, request: { activity: 'newInstance', testFlag: '1' } });
  });

  it('unknown parameters are tolerated and dropped', () => {
    const parsed = parseRequestV1(`${encodeRequestV1(expire)}&later=1`);
    expect(parsed).toEqual({ ok: true, request: expire });
  });

  it('texts of any characters come back, whatever the decoder makes of blanks', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((each) => each.length <= 64);
    fc.assert(
      fc.property(name, fc.array(fc.record({ name, value: name })), (customerName, saasExtendParams) => {
        const request = { ...rich, customerName, saasExtendParams };
        const { url } = signAuthToken(encodeRequestV1(request), KEY);
        expect(url).not.toContain('+');
        expect(new URLSearchParams(url).get('customerName')).toBe(customerName);
        if (encodeExtendParamsV1(saasExtendParams).length <= 2048) {
          expect(receiveRequestV1(url, KEY)).toEqual({ ok: true, request });
        }
      }),
    );
  });
});

describe('000002', () => {
  it.each([
    ['no activity', 'timeStamp=20260101080001456', 'body.member-missing', 'activity'],
    ['an activity of V2.0', 'activity=upgradeInstance', 'body.member-type', 'activity'],
    ['a missing member', spoil(expire, 'orderId'), 'body.member-missing', 'orderId'],
    ['an empty mandatory member', spoil(expire, 'orderId', ''), 'body.member-missing', 'orderId'],
    ['14 digits of timeStamp', spoil(expire, 'timeStamp', '20260101080001'), 'body.member-type', 'timeStamp'],
    ['30 February', spoil(rich, 'timeStamp', '20260230080001456'), 'body.member-type', 'timeStamp'],
    ['65 characters of orderId', spoil(rich, 'orderId', 'x'.repeat(65)), 'body.member-length', 'orderId'],
    ['101 characters of customerId', spoil(rich, 'customerId', 'x'.repeat(101)), 'body.member-length', 'customerId'],
    ['257 characters of email', spoil(rich, 'email', 'x'.repeat(257)), 'body.member-length', 'email'],
    ['11 characters of periodType', spoil(rich, 'periodType', 'x'.repeat(11)), 'body.member-length', 'periodType'],
    ['3 digits of periodNumber', spoil(rich, 'periodNumber', '100'), 'body.member-type', 'periodNumber'],
    ['8 digits of amount', spoil(rich, 'amount', '10000000'), 'body.member-type', 'amount'],
    ['a fraction of chargingMode', spoil(rich, 'chargingMode', '1.0'), 'body.member-type', 'chargingMode'],
    ['4 decimals', spoil(rich, 'orderAmount', '1.0001'), 'body.member-type', 'orderAmount'],
    ['a negative purchase', spoil(rich, 'orderAmount', '-1'), 'body.member-type', 'orderAmount'],
    ['a local time', spoil(rich, 'expireTime', '2027-01-01'), 'body.member-type', 'expireTime'],
    ['JSON not in base64', spoil(rich, 'saasExtendParams', '[]'), 'body.member-type', 'saasExtendParams'],
    ['a list too long', spoil(rich, 'saasExtendParams', 'x'.repeat(2049)), 'body.member-length', 'saasExtendParams'],
    [
      'UNFREEZE of V2.0',
      'activity=instanceStatus&timeStamp=20260101080001456&instanceId=i&instanceStatus=UNFREEZE',
      'body.member-type',
      'instanceStatus',
    ],
    [
      '101 instances',
      spoil({ activity: 'queryInstance', ...common, instanceId: 'a' }, 'instanceId', 'a,'.repeat(101)),
      'body.member-type',
      'instanceId',
    ],
  ])('%s', (_, query, code, member) => {
    const parsed = parseRequestV1(query);
    expect(parsed).toMatchObject({
      ok: false,
      resultCode: '000002',
      diagnosis: [{ code, reference: 'saas-v1.md 6.0' }],
    });
    expect(JSON.stringify(parsed)).toContain(member);
  });
});

it('checks the token before the members (saas-v1.md 3.3)', () => {
  const bad = spoil(expire, 'orderId');
  expect(receiveRequestV1(bad, KEY)).toMatchObject({
    resultCode: '000001',
    diagnosis: [{ code: 'request.signature-missing' }],
  });
  expect(receiveRequestV1(signAuthToken(bad, 'other').url, KEY)).toMatchObject({ resultCode: '000001' });
  expect(receiveRequestV1(signAuthToken(bad, KEY).url, KEY)).toMatchObject({ resultCode: '000002' });
});

it('with repairPlus the request holds the repaired values', () => {
  const spoilt = RICH_URL.replaceAll('%2B', '+').replaceAll('%20', '+');
  expect(receiveRequestV1(spoilt, KEY, { repairPlus: true })).toEqual({ ok: true, request: rich });
});

it.each<[string, Partial<RefreshInstanceRequestV1>]>([
  ['conversion', { trialToFormal: '1' }],
  ['conversion', { trialToFormal: '2' }],
  ['cancellation', { orderAmount: '-0.01' }],
  ['cancellation', { expireTime: '20261231000000' }],
  ['renewal', { orderAmount: '0' }],
  ['renewal', { orderAmount: '-0' }],
  ['renewal', {}],
])('a refreshInstance is a %s: %j (6.0.2)', (kind, members) => {
  expect(renewalKindV1({ ...refresh, ...members }, new Date('2027-01-01T00:00:00Z'))).toBe(kind);
});

describe('saasExtendParams', () => {
  it('repairs blanks, refuses what is no list of names and values', () => {
    const base64 = encodeExtendParamsV1([{ name: 'n', value: '>>>~~~' }]);
    expect(base64).toContain('+');
    expect(decodeExtendParamsV1(base64.replaceAll('+', ' '))).toEqual([{ name: 'n', value: '>>>~~~' }]);
    for (const bad of [
      '',
      '%',
      Buffer.from('{}').toString('base64'),
      Buffer.from('[{"name":1}]').toString('base64'),
      '/////w==',
    ])
      expect(decodeExtendParamsV1(bad)).toBeNull();
  });
});

/** The request's query with one parameter replaced or, without a value, left out. */
function spoil(request: RequestV1, name: string, value?: string): string {
  const rest = encodeRequestV1(request)
    .split('&')
    .filter((part) => !part.startsWith(`${name}=`));
  return [...rest, ...(value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`])].join('&');
}
