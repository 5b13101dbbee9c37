import { describe, expect, it } from 'vitest';
import { runCommand } from './test-program.ts';

/** `jishi sign` gives the vectors of the specification, every step in JSON or as text, and refuses what it cannot use. */

const KEY = 'koo-demo-access-key-0001';
const CALL = ['--key', KEY, '--timestamp', '1767225600000', '--nonce', 'Zx81Qp0aLm55Rt7w'];
const BODY =
  '{"testFlag":"1","orderLineId":"CS2601010000TESTA-000001","x":null,\n"activity":"newInstance","businessId":"3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10","orderId":"CS2601010000TESTA"}';
const PAYLOAD =
  '{"activity":"newInstance","businessId":"3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10","orderId":"CS2601010000TESTA","orderLineId":"CS2601010000TESTA-000001","testFlag":"1"}';
const BODY_MAC = 'deb807c81285f95ff70ec01684074bc3dca1240e05116b423bf96c506967d7e4';
const SIGNATURE = 'C60A1C2E36EDA8FE9BF480A5FB6DAF715ED107F9DB219A7ED16770D5249C2D39';

describe('jishi sign --json', () => {
  it('saas-v2: the vector of saas-v2.md 3.4', async () => {
    const run = await runCommand(['sign', 'saas-v2', ...CALL, '--json'], BODY);
    expect(JSON.parse(run.out)).toEqual({
      payload: PAYLOAD,
      bodyMac: BODY_MAC,
      canonicalRequest: `${KEY}Zx81Qp0aLm55Rt7w1767225600000${BODY_MAC}`,
      signature: SIGNATURE,
      timestamp: '1767225600000',
      nonce: 'Zx81Qp0aLm55Rt7w',
    });
  });

  it('saas-v2: time and nonce are filled in', async () => {
    const { out } = await runCommand(['sign', 'saas-v2', '--key', KEY, '--json'], BODY);
    expect(JSON.parse(out)).toMatchObject({ timestamp: '1767225600000', nonce: 'A1b2C3d4E5f6G7h8A1b2C3d4E5f6G7h8' });
  });

  it('kit: the vector of saas-v2.md 3.4', async () => {
    const body =
      '{"instanceId":"3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10","orderId":"CS2601010000TESTA","tenantId":"8d3c0b6f5f0d4e2f9a77d1c2b3a49586","tenantCode":"acme","name":"Acme GmbH","domainName":"https://acme.example.com","flag":1,"testFlag":0,"timeStamp":"20260101080000000"}';
    const signed = JSON.parse((await runCommand(['sign', 'kit', ...CALL, '--json'], body)).out);
    expect(signed.signature).toBe('57EC549F7B3E3CCF51CD6C0470DE3180CAEE6EDEAB561E60AB755BCFFD6B4F56');
    expect(signed.canonicalRequest).toBe(`${KEY}Zx81Qp0aLm55Rt7w1767225600000${signed.payload}`);
  });

  it('saas-v1: the vector of saas-v1.md 3.4, parameters in any order', async () => {
    const query = 'timeStamp=20270101000100000&activity=expireInstance&instanceId=inst-7f3a&orderId=CS2601010000TESTA';
    const { out } = await runCommand(['sign', 'saas-v1', '--key', 'koo-v1-demo-key-0001', '--json'], `${query}\n`);
    expect(JSON.parse(out)).toEqual({
      stringToSign:
        'activity=expireInstance&instanceId=inst-7f3a&orderId=CS2601010000TESTA&timeStamp=20270101000100000',
      authToken: 'V77bshzH9ttmcUGUjuOR+BxVhSGM09w55xbivduL6+I=',
      url: `${query}&authToken=V77bshzH9ttmcUGUjuOR%2BBxVhSGM09w55xbivduL6%2BI%3D`,
    });
  });

  it('body-sign: the vector of saas-v2.md 3.4, over the very bytes', async () => {
    const body = '{"resultCode":"000000","resultMsg":"success."}';
    const signature = '6i6Qlt7ZSL5D+jL/PUYJbwD5+OEhQKcC61Kfcjtpc3w=';
    const { out } = await runCommand(['sign', 'body-sign', '--key', KEY, '--json'], body);
    expect(JSON.parse(out)).toEqual({ header: `sign_type="HMAC-SHA256", signature="${signature}"`, signature });
    expect((await runCommand(['sign', 'body-sign', '--key', KEY, '--json'], `${body}\n`)).out).not.toContain(signature);
  });

  it('openapi: the walk-through of openapi.md 3.8', async () => {
    const url =
      'https://mkt.myhuaweicloud.com/api/mkp-openapi-public/global/v1/order/query?orderLineId=CS2601010000TESTA-000001&orderId=CS2601010000TESTA';
    const line = [
      'sign',
      'openapi',
      '--ak',
      'KOOTESTAK00000000001',
      '--sk',
      'kooTestSk/+0123456789abcdefghijklmnopqr',
      '--method',
      'GET',
    ];
    const more = ['--url', url, '--header', 'Content-Type: application/json', '--date', '20260101T080000Z', '--json'];
    const signed = JSON.parse((await runCommand([...line, ...more])).out);
    expect(Object.keys(signed)).toEqual(['canonicalRequest', 'stringToSign', 'signature', 'headers']);
    expect(signed.signature).toBe('65764f91af0554912e6aeb43c005212a2b1dfefbd71103a361b03efe40b2d3d3');
    expect(signed.headers.Authorization).toContain('SignedHeaders=content-type;host;x-sdk-date, Signature=65764f91');
  });
});

it('jishi sign prints every step for people', async () => {
  const { out } = await runCommand(['sign', 'saas-v2', ...CALL], BODY);
  for (const part of [
    '1. payload',
    PAYLOAD,
    '2. bodyMac',
    BODY_MAC,
    '3. canonicalRequest',
    '4. signature',
    SIGNATURE,
  ]) {
    expect(out).toContain(part);
  }
});

describe('jishi sign ends with 2 and names what is wrong', () => {
  const openapi = ['sign', 'openapi', '--ak', 'a', '--sk', 'b', '--method', 'GET'];
  it.each<[string[], string, string]>([
    [['sign', 'saas-v3', ...CALL], '{}', 'PROTOCOL'],
    [['sign', 'saas-v2'], '{}', '--key is required'],
    [['sign', 'saas-v2', '--key', 'k', '--timestamp', 'now'], '{}', '--timestamp'],
    [['sign', 'saas-v2', '--key', 'k', '--nonce', ''], '{}', '--nonce'],
    [['sign', 'saas-v2', ...CALL], '', 'stdin: the body is not JSON'],
    [['sign', 'kit', ...CALL], '[]', 'stdin: the body must be a JSON object'],
    [['sign', 'saas-v1', '--key', 'k'], 'a=1', 'stdin: a query string with timeStamp'],
    [['sign', 'body-sign'], '{}', '--key is required'],
    [['sign', 'openapi', '--ak', 'a'], '', '--sk is required'],
    [openapi, '', '--url is required'],
    [[...openapi, '--url', '/a'], '', '--url'],
    [[...openapi, '--url', 'https://h/a', '--date', '2026-01-01'], '', '--date'],
    [[...openapi, '--url', 'https://h/a', '--header', 'x'], '', '--header'],
  ])('%j', async (line, stdin, message) => {
    const run = await runCommand(line, stdin);
    expect([run.code, run.out]).toEqual([2, '']);
    expect(run.message).toContain(message);
  });

  it('bytes that are no UTF-8', async () => {
    expect(await runCommand(['sign', 'saas-v2', ...CALL], Uint8Array.of(0xff))).toMatchObject({
      code: 2,
      message: 'stdin: not valid UTF-8',
    });
  });
});
