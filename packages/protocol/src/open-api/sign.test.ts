import { describe, expect, it } from 'vitest';
import { signAkSk } from './sign.ts';
import { signUsagePush } from './usage-push.ts';

/** Open API signatures: every vector of openapi.md 3.8 and 5.2. */

const HOST = 'https://mkt.myhuaweicloud.com';
const P = '/api/mkp-openapi-public/global';
const KEYS = { ak: 'KOOTESTAK00000000001', sk: 'kooTestSk/+0123456789abcdefghijklmnopqr' };
const JSON_TYPE = { 'content-type': 'application/json' };
const date = new Date('2026-01-01T08:00:00Z');

describe('vectors of openapi.md 3.8', () => {
  it('full walk-through', () => {
    const url = `${HOST}${P}/v1/order/query?orderLineId=CS2601010000TESTA-000001&orderId=CS2601010000TESTA`;
    const signed = signAkSk({ ...KEYS, method: 'GET', url, headers: JSON_TYPE, body: '', date });
    expect(signed.canonicalRequest).toBe(
      [
        'GET',
        '/api/mkp-openapi-public/global/v1/order/query/',
        'orderId=CS2601010000TESTA&orderLineId=CS2601010000TESTA-000001',
        'content-type:application/json',
        'host:mkt.myhuaweicloud.com',
        'x-sdk-date:20260101T080000Z',
        '',
        'content-type;host;x-sdk-date',
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      ].join('\n'),
    );
    expect(signed.stringToSign).toBe(
      'SDK-HMAC-SHA256\n20260101T080000Z\ne38b46fd55da717e9cce9039a70d931b861d0e9a0f2e77861afcec3e3d0a19b0',
    );
    expect(signed.authorization).toBe(
      'SDK-HMAC-SHA256 Access=KOOTESTAK00000000001, SignedHeaders=content-type;host;x-sdk-date, Signature=65764f91af0554912e6aeb43c005212a2b1dfefbd71103a361b03efe40b2d3d3',
    );
    expect(signed.headers).toEqual({
      host: 'mkt.myhuaweicloud.com',
      'X-Sdk-Date': '20260101T080000Z',
      Authorization: signed.authorization,
    });
  });

  it.each([
    [
      'GET',
      `${HOST}${P}/v1/order/query?orderId=MOCKPERIODYEARNEW`,
      '',
      '665d899c62c6663786c4beedcf1900f8b7fd8ffb06f9fb0a69075f11f0ed59e9',
    ],
    [
      'GET',
      `${HOST}/v1/list?id=C&id=a&id=b&limit=10`,
      '',
      '9004baa389bc1c885355c8fc99a01abb0661fcd45f1615806af801d327fb97e1',
    ],
    [
      'GET',
      `${HOST}/v1/search?name=%E4%BA%91%E5%95%86%E5%BA%97&q=%C3%A9`,
      '',
      'f744c39b5aaae1d766a3f9e205592a734b5b6b6de667a2c8f71e94abee6d1ecd',
    ],
    [
      'GET',
      `${HOST}/v1/search?q=a%20b%2Bc%26d%3De%2Ff%3Fg%23h%25i~j*k'l(m)n!o%3Ap%40q%2Cr%3Bs%24t&p%5B0%5D=x`,
      '',
      '4379721d1dc57c8ebb645e6059ca497708b5d70a1036b7417e0fc8cb72dd0728',
    ],
    [
      'GET',
      `https://localhost:8443${P}/v1/order/query?orderId=MOCKONDEMAND`,
      '',
      '323e5cfda8ab4d52624c20ed89719affd227c992477fc59feb80d00dbd7d607d',
    ],
    [
      'POST',
      `${HOST}${P}/v1/license/activate`,
      '{"license":"PLTEST0001"}',
      '27676f74446358208410247bebaf52ba3e38102b381faa9cc73a7abda52a5c36',
    ],
    ['POST', `${HOST}${P}/v1/license/activate`, '', '8ac37e6fdc54c61bb438135229acc6d881f016ecc7999d882567845c9b92180d'],
    [
      'DELETE',
      `${HOST}/v1/items/42?force=true`,
      '',
      '432a8597984b4f67a10a39be15d532710f4483e045e8e4ba2f56b25142f755e8',
    ],
  ])('%s %s %s', (method, url, body, signature) => {
    expect(signAkSk({ ...KEYS, method, url, headers: JSON_TYPE, body, date }).signature).toBe(signature);
  });

  it('POST …/upload with UNSIGNED-PAYLOAD', () => {
    const signed = signAkSk({
      ...KEYS,
      method: 'POST',
      url: `${HOST}${P}/v1/upload`,
      headers: {
        'Content-Type': 'application/octet-stream',
        'X-Domain-Id': 'd1d2d3d4d5d6d7d8d9d0dadbdcdddedf',
        'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD',
      },
      body: 'any',
      date,
    });
    expect(signed.authorization).toContain(
      'SignedHeaders=content-type;host;x-domain-id;x-sdk-content-sha256;x-sdk-date,',
    );
    expect(signed.signature).toBe('57a64826a79d9458b245bebf66c94b138047869cde539e16b3edfdf840c4839e');
  });

  it('the published third-party test', () => {
    const signed = signAkSk({
      ak: 'test',
      sk: '123',
      method: 'POST',
      url: `${HOST}${P}/v1/license/activate`,
      headers: { 'x-stage': 'RELEASE', ...JSON_TYPE },
      body: '',
      date: new Date('2024-03-17T14:42:37Z'),
    });
    expect(signed.signature).toBe('77595ad624b6e4e49990b8c4e84bf1c287457fca61069c4e60b9b6765b52053d');
  });
});

describe('signAkSk', () => {
  it.each([
    ['https://Example.com:443/a', 'example.com'],
    ['http://example.com:80', 'example.com'],
    ['http://127.0.0.1:8080/a?b', '127.0.0.1:8080'],
  ])('signs %s for host %s', (url, host) => {
    expect(signAkSk({ ...KEYS, method: 'get', url, headers: {}, body: '', date }).headers.host).toBe(host);
  });

  it('refuses a relative URL', () => {
    expect(() => signAkSk({ ...KEYS, method: 'GET', url: '/a', headers: {}, body: '', date })).toThrow(RangeError);
  });
});

it('vector of openapi.md 5.2', () => {
  const body =
    '{"usage_records":[{"begin_time":"20260101T070000Z","end_time":"20260101T080000Z","instance_id":"inst-81c2","metering_sn":"sn-0001","record_time":"20260101T080500Z","usage_value":"12.5"}]}';
  const push = {
    accessKey: 'koo-demo-access-key-0001',
    ts: '1767225600000',
    nonce: '6c63c221-1f6b-4141-8ff4-22f5dfe82b65',
    body,
  };
  expect(signUsagePush(push).signature).toBe('5IHtOTMh4VO66lzGYEg7jA4DI/hl4hj3Poe9u3FxRe0=');
});
