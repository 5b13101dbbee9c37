import { describe, expect, it } from 'vitest';
import { encodeRequest, parseRequest } from './parse-request.ts';
import { isTestCall, splitInstanceIds } from './requests.ts';

/** Base requests: the examples of saas-v2.md 5 are read, and everything illegal is 000002 with the member named. */

const EXAMPLES = [
  '{"activity":"newInstance","businessId":"3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10","orderId":"CS2601010000TESTA","orderLineId":"CS2601010000TESTA-000001","testFlag":"1"}',
  '{"activity":"queryInstance","instanceId":"inst-7f3a,inst-81c2"}',
  '{"activity":"refreshInstance","expireTime":"20270131155959","instanceId":"inst-7f3a","orderId":"CS2602020000RENEW","orderLineId":"CS2602020000RENEW-000001","productId":"OFFI100000000000000001","scene":"RENEWAL"}',
  '{"activity":"updateInstanceStatus","instanceId":"inst-7f3a","status":"FREEZE"}',
  '{"activity":"releaseInstance","instanceId":"inst-7f3a","orderId":"CS2603030000UNSUB","orderLineId":"CS2603030000UNSUB-000001"}',
  '{"activity":"upgradeInstance","instanceId":"inst-7f3a","orderId":"CS2604040000UPGRD","orderLineId":"CS2604040000UPGRD-000001"}',
  '{"activity":"changeInstanceCheck","instanceId":"inst-7f3a","productInfo":{"productId":"OFFI100000000000000002","skuCode":"6c1f0c55-0a1e-4f0a-9a55-2f9d0d0b7c11","linearValue":5}}',
];

describe('parseRequest', () => {
  it.each(EXAMPLES)('reads and writes back %s', (text) => {
    const parsed = parseRequest(text);
    expect(parsed.ok && encodeRequest(parsed.request)).toBe(text);
  });

  it('ignores unknown members, e.g. those of the 2022 draft (5.9)', () => {
    const parsed = parseRequest(EXAMPLES[0]?.replace('}', ',"buyerInfo":{}}') ?? '');
    expect(parsed.ok && encodeRequest(parsed.request)).toBe(EXAMPLES[0]);
  });

  it('takes productInfo as a JSON string and linearValue as text (Q10)', () => {
    const productInfo = JSON.stringify('{"productId":"p","linearValue":"5"}');
    expect(
      parseRequest(`{"activity":"changeInstanceCheck","instanceId":"a","productInfo":${productInfo}}`),
    ).toMatchObject({
      ok: true,
      request: { productInfo: { productId: 'p', linearValue: 5 } },
    });
  });

  it.each([
    ['17 digits', '"expireTime":"20270131155959000"', true],
    ['no such day', '"expireTime":"20270231155959"', false],
  ])('expireTime with %s', (_, member, ok) => {
    expect(parseRequest(EXAMPLES[2]?.replace(/"expireTime":"\d+"/, member) ?? '').ok).toBe(ok);
  });

  it.each([
    ['', 'body.empty', ''],
    ['x', 'body.not-json', ''],
    ['[]', 'body.not-object', ''],
    ['{"orderId":"a"}', 'body.member-missing', 'activity'],
    ['{"activity":"expireInstance"}', 'body.member-type', 'activity'],
    ['{"activity":1}', 'body.member-type', 'activity'],
    ['{"activity":"releaseInstance"}', 'body.member-missing', 'instanceId'],
    ['{"activity":"releaseInstance","instanceId":""}', 'body.member-missing', 'instanceId'],
    ['{"activity":"releaseInstance","instanceId":7}', 'body.member-type', 'instanceId'],
    [`{"activity":"releaseInstance","instanceId":"${'x'.repeat(65)}"}`, 'body.member-length', 'instanceId'],
    ['{"activity":"queryInstance","instanceId":" , "}', 'body.member-type', 'instanceId'],
    [`{"activity":"queryInstance","instanceId":"${Array(101).fill('a').join(',')}"}`, 'body.member-type', 'instanceId'],
    ['{"activity":"updateInstanceStatus","instanceId":"a","status":"NORMAL"}', 'body.member-type', 'status'],
    ['{"activity":"changeInstanceCheck","instanceId":"a","productInfo":"x"}', 'body.member-type', 'productInfo'],
  ])('refuses %s', (body, code, member) => {
    const refusal = parseRequest(body);
    expect(refusal).toMatchObject({ ok: false, resultCode: '000002', diagnosis: [{ code }] });
    expect(refusal.ok ? '' : refusal.diagnosis[0]?.summary.en).toContain(member);
  });

  it('takes 100 IDs, whatever their length together (Q6)', () => {
    const ids = Array.from({ length: 100 }, (_, index) => `${index}-${'x'.repeat(50)}`);
    const parsed = parseRequest(JSON.stringify({ activity: 'queryInstance', instanceId: ids.join(',') }));
    expect(parsed.ok).toBe(true);
    expect(splitInstanceIds(ids.join(', '))).toEqual(ids);
  });

  it.each([
    [undefined, false],
    [null, false],
    ['0', false],
    ['1', true],
  ])('testFlag %j is a test: %j', (testFlag, test) => {
    expect(isTestCall({ testFlag })).toBe(test);
  });
});
