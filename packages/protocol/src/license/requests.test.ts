import { describe, expect, it } from 'vitest';
import { signAuthToken } from '../saas-v1/auth-token.ts';
import { dialectOf, LICENSE_ACTIVITIES } from './dialects.ts';
import { type GetLicenseRequest, licenseTerm } from './identification-requests.ts';
import {
  encodeIdentificationRequest,
  encodeLicenseRequest,
  parseIdentificationRequest,
  parseLicenseCodeRequest,
  parseProvisioningRequest,
  receiveIdentificationRequest,
} from './parse-request.ts';

/** License requests of the three dialects: what is written, what is read, and what is refused in which words. */

const KEY = 'koo-demo-access-key-0001';
const PURCHASE: GetLicenseRequest = {
  activity: 'getLicense',
  amount: 30,
  businessId: '3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10',
  chargingMode: 3,
  customerId: '8d3c0b6f5f0d4e2f9a77d1c2b3a49586',
  customerName: 'acme',
  orderId: 'CS2601010000TESTA',
  productId: 'OFFI100000000000000003',
  skuCode: '6c1f0c55-0a1e-4f0a-9a55-2f9d0d0b7c11',
  timeStamp: '20260101000000000',
};

describe('online 1.0', () => {
  it('signs as the test vector of license-and-other-types.md 3.1', () => {
    const signed = signAuthToken(encodeIdentificationRequest(PURCHASE), KEY);
    expect(signed.authToken).toBe('CZ770c5aXU+aWcig8OlT72yWETvYvYNScRWIFKuLPY8=');
    expect(signed.url).toMatch(/&authToken=CZ770c5aXU%2BaWcig8OlT72yWETvYvYNScRWIFKuLPY8%3D$/);
    expect(receiveIdentificationRequest(signed.url, KEY)).toEqual({ ok: true, request: PURCHASE });
  });

  it('reads back what it writes, whatever stands in a name', () => {
    const request = { ...PURCHASE, customerName: 'acme 测试 a+b=c&d%20', testFlag: '1', expireTime: '20270101000000' };
    expect(parseIdentificationRequest(encodeIdentificationRequest(request))).toEqual({ ok: true, request });
  });

  it.each(['20260101000000', '202601010000000', '2026010100000000', '20260101000000000'])(
    'reads timeStamp %s',
    (time) => {
      expect(parsed({ timeStamp: time }).ok).toBe(true);
    },
  );

  it.each<[string, Record<string, string>, string]>([
    ['a time of 13 digits', { timeStamp: '2026010100000' }, 'body.member-type timeStamp'],
    ['a time that does not exist', { timeStamp: '20260230000000' }, 'body.member-type timeStamp'],
    ['an amount of 0', { amount: '0' }, 'body.member-type amount'],
    ['half an amount', { amount: '1.5' }, 'body.member-type amount'],
    ['eight digits', { amount: '10000000' }, 'body.member-type amount'],
    ['a long order', { orderId: 'x'.repeat(65) }, 'body.member-length orderId'],
    ['no customer', { customerId: '' }, 'body.member-missing customerId'],
    ['a long customer', { customerId: 'x'.repeat(101) }, 'body.member-length customerId'],
    ['an end in words', { expireTime: 'tomorrow' }, 'body.member-type expireTime'],
    ['another activity', { activity: 'newInstance' }, 'body.member-type activity'],
    ['no activity', { activity: '' }, 'body.member-missing activity'],
  ])('refuses %s', (_, change, code) => {
    const read = parsed(change);
    expect(read.ok ? [] : read.diagnosis.map((each) => `${each.code} ${each.summary.en}`)).toEqual([
      expect.stringContaining(code.split(' ')[0] ?? ''),
    ]);
    expect(read).toMatchObject({ resultCode: '000002', diagnosis: [{ reference: 'license-and-other-types.md 3' }] });
    expect(JSON.stringify(read)).toContain(code.split(' ')[1] ?? '');
  });

  it('takes empty optional parameters for absent ones and drops unknown ones', () => {
    const read = parsed({ skuCode: '', amount: '', later: 'x' });
    const { skuCode, amount, ...rest } = PURCHASE;
    expect(read).toEqual({ ok: true, request: rest });
  });

  it('tells a wrong token, a missing one and a missing time apart from a wrong parameter', () => {
    const { url } = signAuthToken(encodeIdentificationRequest(PURCHASE), KEY);
    const code = (query: string) => {
      const read = receiveIdentificationRequest(query, KEY);
      return read.ok ? '000000' : read.resultCode;
    };
    expect(code(url.replace('acme', 'acne'))).toBe('000001');
    expect(code(url.replace(/&authToken=.*/, ''))).toBe('000001');
    expect(code(url.replace(/&timeStamp=\d+/, ''))).toBe('000001');
    const unreadable = { ...PURCHASE, timeStamp: 'now' };
    expect(code(signAuthToken(encodeIdentificationRequest(unreadable), KEY).url)).toBe('000002');
  });

  it('knows for how long a licence is bought', () => {
    const { chargingMode, ...subscription } = PURCHASE;
    expect(licenseTerm(PURCHASE)).toEqual({ kind: 'perpetual' });
    expect(licenseTerm({ ...PURCHASE, periodType: 'year', periodNumber: 1 })).toEqual({ kind: 'perpetual' });
    expect(licenseTerm({ ...subscription, periodType: 'year', periodNumber: 2, expireTime: '20280101000000' })).toEqual(
      {
        kind: 'subscription',
        periodType: 'year',
        periodNumber: 2,
        expiresAt: new Date('2028-01-01T00:00:00Z'),
      },
    );
    expect(licenseTerm({ ...subscription, periodNumber: 2 })).toMatchObject({ periodType: null, periodNumber: null });
    expect(licenseTerm({ ...subscription, chargingMode: 1 })).toMatchObject({ kind: 'subscription', expiresAt: null });
  });
});

describe('the POSTed dialects', () => {
  const REFRESH = {
    activity: 'refreshLicenseCode',
    license: 'PL0001',
    scene: 'RENEWAL',
    orderId: 'CS2605010000RENEW',
    orderLineId: 'CS2605010000RENEW-000001',
    expireTime: '20270523201932',
  } as const;

  it('writes a code call as the pages print it', () => {
    expect(encodeLicenseRequest(REFRESH)).toBe(
      '{"activity":"refreshLicenseCode","expireTime":"20270523201932","license":"PL0001","orderId":"CS2605010000RENEW","orderLineId":"CS2605010000RENEW-000001","scene":"RENEWAL"}',
    );
    expect(parseLicenseCodeRequest(encodeLicenseRequest(REFRESH))).toEqual({ ok: true, request: REFRESH });
  });

  it.each<[string, object, string]>([
    ['TRIAL_TO_FORMAL', { ...REFRESH, scene: 'TRIAL_TO_FORMAL' }, 'scene'],
    ['a long code', { ...REFRESH, license: 'x'.repeat(65) }, 'license'],
    ['no order line', { ...REFRESH, orderLineId: undefined }, 'orderLineId'],
    ['a wrong status', { activity: 'updateLicenseCodeStatus', license: 'PL1', status: 'NORMAL' }, 'status'],
    ['an activity of SaaS', { activity: 'upgradeInstance', license: 'PL1' }, 'activity'],
  ])('refuses a code call with %s', (_, body, member) => {
    const read = parseLicenseCodeRequest(JSON.stringify(body));
    expect(read).toMatchObject({ ok: false, resultCode: '000002' });
    expect(read.ok ? '' : read.diagnosis[0]?.summary.en).toContain(member);
    expect(read.ok ? '' : read.diagnosis[0]?.reference).toBe('license-and-other-types.md 4.5');
  });

  it('reads an application for a licence, its times in every form that is meant', () => {
    const apply = {
      activity: 'getLicenseAsync',
      instanceId: 'i',
      eventId: 'e',
      effectiveTime: '2026-10-27 10:30:15 z',
    };
    expect(parseProvisioningRequest(JSON.stringify(apply)).ok).toBe(true);
    for (const expireTime of ['2027-10-27 10:30:15 Z', '2027-10-27T10:30:15Z', '20271027103015', null]) {
      expect(parseProvisioningRequest(JSON.stringify({ ...apply, expireTime })).ok).toBe(true);
    }
    for (const change of [
      { effectiveTime: '2026-13-01 00:00:00 z' },
      { eventId: '' },
      { deviceFingerprint: 'f'.repeat(1025) },
    ]) {
      expect(parseProvisioningRequest(JSON.stringify({ ...apply, ...change }))).toMatchObject({
        resultCode: '000002',
        diagnosis: [{ reference: 'license-and-other-types.md 5' }],
      });
    }
  });

  it('refuses what is no JSON object', () => {
    expect(parseLicenseCodeRequest('')).toMatchObject({ diagnosis: [{ code: 'body.empty' }] });
    expect(parseProvisioningRequest('[]')).toMatchObject({ diagnosis: [{ code: 'body.not-object' }] });
  });
});

it('every activity belongs to one dialect', () => {
  const all = Object.values(LICENSE_ACTIVITIES).flat();
  expect(new Set(all).size).toBe(all.length);
  expect(all.map((activity) => dialectOf(activity))).not.toContain(null);
  expect(dialectOf('toString')).toBeNull();
});

function parsed(change: Record<string, string>) {
  const texts = { ...Object.fromEntries(new URLSearchParams(encodeIdentificationRequest(PURCHASE))), ...change };
  return parseIdentificationRequest(new URLSearchParams(texts).toString());
}
