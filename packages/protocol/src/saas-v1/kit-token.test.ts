import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hmacSha256 } from '../signing/digest.ts';
import { signKitTokenV1 } from './kit-token.ts';
import { verifyKitTokenV1 } from './verify-kit-token.ts';

/** The kit's header authToken: the vectors of saas-v1.md 3.4, what a seller accepts, and F8, F9, F26 by name. */

const KEY = 'koo-v1-demo-key-0001';
const TENANT =
  '{"instanceId":"","orderId":"","tenantId":"8d3c0b6f5f0d4e2f9a77d1c2b3a49586","tenantCode":"acme","name":"Acme GmbH","domainName":"https://acme.example.com","flag":1,"testFlag":1,"timeStamp":"20260101160002789"}';
const TENANT_DATA =
  'domainName=https://acme.example.com&flag=1&name=Acme GmbH&tenantCode=acme&tenantId=8d3c0b6f5f0d4e2f9a77d1c2b3a49586&testFlag=1&timeStamp=20260101160002789';
const TENANT_TOKEN = '18WfgKqWw7Z3eUS48VIiTsOEYfXFkSGwNqhaIxVumvg=';
const ORG =
  '{"parentCode":"","orgCode":"10000","orgName":"Development","instanceId":"inst-7f3a","tenantId":"8d3c0b6f5f0d4e2f9a77d1c2b3a49586","flag":1,"testFlag":0,"timeStamp":"20260101160003001"}';

describe('signKitTokenV1', () => {
  it.each([
    ['tenantSync, instanceId and orderId empty', TENANT, TENANT_DATA, TENANT_TOKEN],
    [
      'singleOrgSync, parentCode empty',
      ORG,
      'flag=1&instanceId=inst-7f3a&orgCode=10000&orgName=Development&tenantId=8d3c0b6f5f0d4e2f9a77d1c2b3a49586&testFlag=0&timeStamp=20260101160003001',
      'bU60GknKW5vbl71MmMSPULXVOOk7+SZe4/EL4gcyLCI=',
    ],
  ])('gives the vector of saas-v1.md 3.4, kit %s', (_, body, stringToSign, authToken) => {
    expect(signKitTokenV1(body, KEY)).toEqual({ stringToSign, authToken });
    expect(verifyKitTokenV1({ key: KEY, body, authToken })).toEqual({ ok: true });
  });

  it('drops null and blank members, keeps JSON in strings, writes nested values compactly', () => {
    const body = '{"c": null, "b":"  ", "a":"[ {\\"x\\": 1} ]", "n":[ {"y" : 1.0} ], "t": true, "timeStamp":"1"}';
    expect(signKitTokenV1(body, KEY).stringToSign).toBe('a=[ {"x": 1} ]&n=[{"y":1.0}]&t=true&timeStamp=1');
  });

  it('takes an object only', () => expect(() => signKitTokenV1('[]', KEY)).toThrow(TypeError));

  it('verifies whatever the members, in any order and layout', () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.constant(null));
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,9}$/), value), fc.integer(), (members, indent) => {
        const body = { ...members, timeStamp: '20260101160002789' };
        const { authToken } = signKitTokenV1(JSON.stringify(body), KEY);
        const other = JSON.stringify(Object.fromEntries(Object.entries(body).reverse()), null, indent % 5);
        expect(verifyKitTokenV1({ key: KEY, body: other, authToken })).toEqual({ ok: true });
      }),
    );
  });
});

describe('verifyKitTokenV1', () => {
  it.each([`"${TENANT_TOKEN}"`, `“${TENANT_TOKEN}”`, ` ${TENANT_TOKEN} `])(
    'strips what surrounds the token: %s (F26)',
    (authToken) => {
      expect(verifyKitTokenV1({ key: KEY, body: TENANT, authToken })).toEqual({ ok: true });
    },
  );

  const userList = '[{"userName": "li", "name": "李"}]';
  const auth = JSON.stringify({ userList, flag: 1, timeStamp: '2' });
  it.each([
    ['blanks kept (F9)', TENANT, 'wxLwHcM9F2ryD8WJHXaaWhQ4AXYs02Lifn3ZwUAxB1A=', 'request.signature-nulls'],
    ['key without timeStamp', TENANT, over(TENANT_DATA, KEY), 'request.signature-key'],
    ['another key', TENANT, signKitTokenV1(TENANT, 'other').authToken, 'request.signature-key'],
    ['hex', TENANT, Buffer.from(TENANT_TOKEN, 'base64').toString('hex'), 'request.signature-form'],
    [
      'blanks-only members kept',
      '{"a":"","b":" ","timeStamp":"2"}',
      over('b= &timeStamp=2', `${KEY}2`),
      'request.signature-nulls',
    ],
    [
      'wire order',
      ORG,
      over(
        'orgCode=10000&orgName=Development&instanceId=inst-7f3a&tenantId=8d3c0b6f5f0d4e2f9a77d1c2b3a49586&flag=1&testFlag=0&timeStamp=20260101160003001',
        `${KEY}20260101160003001`,
      ),
      'request.signature-unsorted',
    ],
    [
      'list serialised anew (F9)',
      auth,
      over(`flag=1&timeStamp=2&userList=${JSON.stringify(JSON.parse(userList))}`, `${KEY}2`),
      'request.body-altered',
    ],
    [
      'values URL-decoded',
      '{"a":"1%2B","timeStamp":"2"}',
      over('a=1+&timeStamp=2', `${KEY}2`),
      'request.auth-token-encoding',
    ],
    [
      'values URL-encoded',
      '{"a":"1+","timeStamp":"2"}',
      over('a=1%2B&timeStamp=2', `${KEY}2`),
      'request.auth-token-encoding',
    ],
  ])('names the fault: %s', (_, body, authToken, code) => {
    const verdict = verifyKitTokenV1({ key: KEY, body, authToken });
    expect(verdict).toMatchObject({ ok: false, resultCode: '000001', diagnosis: [{ code }] });
    expect(JSON.stringify(verdict)).not.toContain(KEY);
  });

  it('says what is missing', () => {
    expect(verifyKitTokenV1({ key: KEY, body: '{"a":1}', authToken: undefined })).toMatchObject({
      resultCode: '000001',
      diagnosis: [
        { code: 'request.timestamp-missing' },
        { code: 'request.signature-missing', expected: 'header authToken' },
      ],
    });
    expect(verifyKitTokenV1({ key: KEY, body: '[]', authToken: 'x' })).toMatchObject({
      resultCode: '000002',
      diagnosis: [{ code: 'body.not-object', reference: 'saas-v1.md 11 F13' }],
    });
  });

  it('reads timeStamp as Beijing time where a window is set (6.1)', () => {
    const at = (time: string) =>
      verifyKitTokenV1({
        key: KEY,
        body: TENANT,
        authToken: TENANT_TOKEN,
        window: { nowMs: Date.parse(time), windowMs: 60_000 },
      });
    expect(at('2026-01-01T08:00:30Z')).toEqual({ ok: true });
    expect(at('2026-01-01T16:00:30Z')).toMatchObject({ diagnosis: [{ code: 'request.timestamp-expired' }] });
  });
});

function over(stringToSign: string, hmacKey: string): string {
  return hmacSha256(hmacKey, stringToSign).toString('base64');
}
