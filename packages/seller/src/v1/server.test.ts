/** A marketplace calls a seller of V1.0: right calls are served and signed, every wrong one is turned away with its own code. */
import { bodySign, decryptAccountData, readAnswerV1 } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import { signedRequestV1 } from './signed-request.ts';
import { access, answerOf, callV1, KEY, NOW, PRODUCTION_URL, sellerV1 } from './testing.ts';

const get = (query: string) => new Request(`${PRODUCTION_URL}?${query}`);
const signedWith = (accessKey: string, parameters: Record<string, string>, nowMs = NOW) =>
  signedRequestV1({ url: PRODUCTION_URL, accessKey, parameters, nowMs });
const expiry = { activity: 'expireInstance', instanceId: 'inst-7f3a', orderId: 'CS2601010000TESTA' };

const MINIMAL =
  'activity=newInstance&businessId=3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10&customerId=68cbc86abc2018ab880d92f36422fa0e&expireTime=20270101000000&orderId=CS2601010000TESTA&productId=00301-666666-0--0&testFlag=1&timeStamp=20260101080000123';
const EMPTY_VALUE =
  'activity=refreshInstance&expireTime=20280101000000&instanceId=inst-7f3a&orderId=CS2701010000RENEW&productId=&testFlag=1&timeStamp=20261231235959999';
const EXPIRY = 'activity=expireInstance&instanceId=inst-7f3a&orderId=CS2601010000TESTA&timeStamp=20270101000100000';
const RICH =
  'activity=newInstance&amount=30&businessId=9a6b1f10-2d5e-4a53-8d1e-7f0e0b6a7c11&chargingMode=1&customerId=68cbc86abc2018ab880d92f36422fa0e&customerName=acme%20%E6%B5%8B%E8%AF%95&email=a1S2d3F4g5H6j7K8M6MfeZ%2BQIwudYj2qAs6u14pCrBd2L4HeLRvhm057PL8%3D&expireTime=20270101000000&mobilePhone=Q7w8E9r0T1y2U3i41PYQqUfgQ5TBHz116VpuWA%3D%3D&orderAmount=1200.5&orderId=CS2601010001TESTB&periodNumber=1&periodType=year&productId=OFFI100000000000000001&provisionType=1&saasExtendParams=W3sibmFtZSI6ImVtYWlsRG9tYWluTmFtZSIsInZhbHVlIjoiYWNtZS5leGFtcGxlIn0seyJuYW1lIjoic2VhdHMgbm90ZSIsInZhbHVlIjoiMTAgKyAyIn1d&skuCode=6c1f0c55-0a1e-4f0a-9a55-2f9d0d0b7c11&timeStamp=20260101080001456&trialFlag=0&authToken=8%2B2IrIctc0VkQtKD6SLtPYYbOpGOkXfAwvr%2FjrlXfB4%3D';

describe('the token (saas-v1.md 3)', () => {
  it.each([
    ['a minimal test call', MINIMAL, 'dQGIkvdSiPiCWQmrxkHtDTf0UC/L7ldTbUUTet70oVo=', '000000'],
    ['an empty value', EMPTY_VALUE, 'Fw9nrB8ls0ZeTOjvwvrmqqkqiaJIBToo1wgqtqTwBDQ=', '000000'],
    [
      'a live expiry, of an instance that nobody knows',
      EXPIRY,
      'V77bshzH9ttmcUGUjuOR+BxVhSGM09w55xbivduL6+I=',
      '000003',
    ],
  ])('accepts the vector: %s', async (_, query, token, resultCode) => {
    const request = get(`${query}&authToken=${encodeURIComponent(token)}`);
    expect(await answerOf(await sellerV1().server.fetch(request))).toMatchObject({ resultCode });
  });

  it('hands the rich newInstance to the handler, decoded and decrypted', async () => {
    const calls: unknown[] = [];
    const { server } = sellerV1();
    const { server: watching } = sellerV1({
      handlers: {
        newInstance: (call) => {
          calls.push(call);
          return { instanceId: call.recommendedInstanceId, appInfo: access('i') };
        },
        queryInstance: () => [],
        releaseInstance: () => undefined,
      },
    });
    expect(await answerOf(await server.fetch(get(RICH)))).toMatchObject({ resultCode: '000000' });
    await watching.fetch(get(RICH));
    expect(calls).toMatchObject([
      {
        test: false,
        orderId: 'CS2601010001TESTB',
        recommendedInstanceId: '9a6b1f10-2d5e-4a53-8d1e-7f0e0b6a7c11',
        customer: { customerName: 'acme 测试', mobilePhone: '13800000001', userId: undefined },
        amount: 30,
        diskSize: undefined,
        trial: false,
        expireAt: new Date('2027-01-01T00:00:00Z'),
        chargingMode: 'PERIOD',
        periodType: 'year',
        periodNumber: 1,
        orderAmount: '1200.5',
        extendParams: [
          { name: 'emailDomainName', value: 'acme.example' },
          { name: 'seats note', value: '10 + 2' },
        ],
      },
    ]);
  });

  it('repairs a plus that arrived as a blank (F6)', async () => {
    const { server, events } = sellerV1();
    const damaged = RICH.replaceAll('%2B', '%20');
    expect(await answerOf(await server.fetch(get(damaged)))).toMatchObject({ resultCode: '000000' });
    expect(events).toMatchObject([{ kind: 'answered' }]);
  });

  it.each([
    ['no token', EXPIRY, '000001'],
    ['an empty token', `${EXPIRY}&authToken=`, '000001'],
    ['no query at all', '', '000001'],
    ['no timeStamp', 'activity=expireInstance&authToken=x', '000001'],
    ['another token', `${EXPIRY}&authToken=dQGIkvdSiPiCWQmrxkHtDTf0UC%2FL7ldTbUUTet70oVo%3D`, '000001'],
    ['a parameter changed after signing', `${RICH.replace('amount=30', 'amount=31')}`, '000001'],
    ['a parameter added after signing', `${RICH}&diskSize=9`, '000001'],
  ])('refuses: %s', async (_, query, resultCode) => {
    const { server, asked, events } = sellerV1();
    const answer = await answerOf(await server.fetch(get(query)));
    expect(answer).toEqual({ resultCode, resultMsg: expect.any(String) });
    expect(asked).toEqual([]);
    expect(events).toMatchObject([{ kind: 'rejected', resultCode }]);
  });

  it('serves calls of the old and the new key while a rotation lasts, and answers with the same one', async () => {
    const { server } = sellerV1({ accessKey: async () => ['new-key', KEY] });
    for (const key of ['new-key', KEY]) {
      const response = await server.fetch(signedWith(key, { activity: 'queryInstance', instanceId: 'none' }));
      expect(await answerOf(response, key)).toMatchObject({ resultCode: '000003' });
    }
    const stranger = await server.fetch(signedWith('old-key', { activity: 'queryInstance', instanceId: 'none' }));
    expect(await answerOf(stranger, 'new-key')).toMatchObject({ resultCode: '000001' });
  });
});

describe('the window (saas-v1.md 2.3)', () => {
  const query = { activity: 'queryInstance', instanceId: 'none' };

  it('is none by default; how late a call came is told', async () => {
    const { server, events } = sellerV1();
    const dayOld = await server.fetch(signedWith(KEY, query, NOW - 86_400_000));
    expect(await answerOf(dayOld)).toMatchObject({ resultCode: '000003' });
    expect(events).toMatchObject([{ kind: 'answered', skewMs: 86_400_000 }]);
  });

  it.each([
    [NOW - 60_000, '000003'],
    [NOW - 60_001, '000001'],
    [NOW + 60_000, '000003'],
    [NOW + 60_001, '000001'],
  ])('of a minute, at %d, gives %s', async (nowMs, resultCode) => {
    const { server } = sellerV1({ windowMs: 60_000 });
    expect(await answerOf(await server.fetch(signedWith(KEY, query, nowMs)))).toMatchObject({ resultCode });
  });
});

describe('form', () => {
  it.each<[string, Record<string, string>]>([
    ['an unknown activity', { activity: 'updateInstanceStatus', instanceId: 'i' }],
    ['no activity', { instanceId: 'i' }],
    ['a parameter missing', { activity: 'expireInstance', instanceId: 'i' }],
    ['a mandatory parameter empty', { ...expiry, orderId: '' }],
    ['a parameter too long', { ...expiry, instanceId: 'i'.repeat(65) }],
    ['a timeStamp of 14 digits', { ...expiry, timeStamp: '20260101080000' }],
    [
      'an expiry that is no date',
      { activity: 'refreshInstance', orderId: 'o', instanceId: 'i', expireTime: '20261301000000' },
    ],
    ['an unknown status', { activity: 'instanceStatus', instanceId: 'i', instanceStatus: 'UNFREEZE' }],
    ['101 instances', { activity: 'queryInstance', instanceId: Array.from({ length: 101 }, (_, i) => `i${i}`).join() }],
    [
      'an amount of money with four decimals',
      { activity: 'releaseInstance', instanceId: 'i', orderId: 'o', orderAmount: '1.0001' },
    ],
  ])('refuses with 000002: %s', async (_, parameters) => {
    const { server, asked } = sellerV1();
    expect(await callV1(server, parameters)).toMatchObject({ resultCode: '000002' });
    expect(asked).toEqual([]);
  });

  it('tolerates unknown parameters', async () => {
    const { server } = sellerV1();
    expect(await callV1(server, { ...expiry, Zone: 'cn', comment: 'a+b c' })).toMatchObject({ resultCode: '000003' });
  });

  it.each(['POST', 'PUT', 'HEAD', 'DELETE'])('answers %s with 405', async (method) => {
    const response = await sellerV1().server.fetch(new Request(PRODUCTION_URL, { method }));
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
  });
});

describe('explanations', () => {
  it('stay out of the answer in production', async () => {
    const answer = await answerOf(await sellerV1().server.fetch(get(EXPIRY)));
    expect(answer).toEqual({ resultCode: '000001', resultMsg: 'authentication failed' });
  });

  it.each([
    ['V1LYhCRNmwEfbP/2Q1awamLe5XFDvEMOr/ELo4TtArc=', 'request.signature-key'],
    ['29AIL8VJTMsm42Q9K0/v+cOEbjWqM63rrE0/kfIWRoI=', 'request.auth-token-encoding'],
    ['aHVkGBPMG1TkRI31rB7zc6ytUAsoVHcjv3iVd+y2y28=', 'request.auth-token-plus'],
  ])('name the mistake behind the token %s in development: %s', async (token, code) => {
    const { server, events } = sellerV1({ mode: 'development' });
    const query = RICH.replace(/authToken=.*/, `authToken=${encodeURIComponent(token)}`);
    const answer = await answerOf(await server.fetch(get(query)));
    expect(answer).toMatchObject({ resultCode: '000001', resultMsg: expect.stringContaining(`${code}: `) });
    expect(JSON.stringify([answer, events])).not.toContain(KEY);
  });

  it('are in Chinese where wanted', async () => {
    const { server } = sellerV1({ mode: 'development', language: 'zh' });
    const answer = await answerOf(await server.fetch(get(EXPIRY)));
    expect(answer.resultMsg).toMatch(/^request\.signature-missing: .*\p{Script=Han}/u);
  });
});

describe('answers', () => {
  const ivs =
    (...texts: string[]) =>
    () =>
      texts.shift() ?? 'A1b2C3d4E5f6G7h8';
  const appInfo = {
    frontEndUrl: 'https://app.example.com/t/7f3a',
    adminUrl: 'https://app.example.com/admin',
    userName: 'admin@acme.example',
    password: 'Init-Pass-1',
    memo: '首登',
  };
  const handlers = {
    newInstance: (call: { readonly recommendedInstanceId: string }) => ({
      instanceId: call.recommendedInstanceId,
      appInfo,
    }),
    queryInstance: () => [{ instanceId: 'inst-7f3a', appInfo }],
    releaseInstance: () => undefined,
  };

  it('is the complete answer of saas-v1.md 5.5, byte for byte, with its Body-Sign', async () => {
    const { server } = sellerV1({ handlers, randomText: ivs('A1b2C3d4E5f6G7h8', 'Z9y8X7w6V5u4T3s2') });
    const parameters = { ...Object.fromEntries(new URLSearchParams(MINIMAL)), testFlag: '0' };
    const response = await server.fetch(signedWith(KEY, parameters));
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.headers.get('body-sign')).toBe(
      'sign_type="HMAC-SHA256", signature="Ck0T8AjFgkuavw0yP6waofKvXua8YXqjVFA+1aQnU1Q="',
    );
    expect(await response.text()).toHaveLength(368);
  });

  it('signs a plain success as the vector of saas-v1.md 4', async () => {
    const response = await sellerV1({ handlers }).server.fetch(
      signedWith(KEY, { activity: 'releaseInstance', instanceId: 'i', orderId: 'o' }),
    );
    expect(response.headers.get('body-sign')).toContain('"YX/A5k6qztysDNWv8QMbBJHkfIETAWVEz24QpMfzhok="');
  });

  it.each(['1', '2'] as const)(
    'encrypts the account data of queryInstance with encryptType %s',
    async (encryptType) => {
      const { server } = sellerV1({ handlers, encryptType });
      const answer = await callV1(server, { activity: 'queryInstance', instanceId: 'inst-7f3a' });
      const { info } = JSON.parse(JSON.stringify(answer));
      expect(answer.encryptType).toBe(encryptType);
      expect(decryptAccountData(info[0].appInfo.userName, KEY, encryptType)).toEqual({
        ok: true,
        text: appInfo.userName,
      });
      expect(decryptAccountData(info[0].appInfo.password, KEY, encryptType)).toEqual({
        ok: true,
        text: appInfo.password,
      });
      expect(info[0].appInfo.memo).toBe(appInfo.memo);
    },
  );

  it('are read by the marketplace', async () => {
    const { server } = sellerV1({ handlers, encryptType: '2' });
    const response = await server.fetch(get(RICH));
    const body = new Uint8Array(await response.arrayBuffer());
    const headers = [['Body-Sign', response.headers.get('body-sign') ?? '']] as const;
    const contentType = response.headers.get('content-type');
    const http = { status: 200, contentType, headers, body, truncated: false, durationMs: 1 };
    const reading = readAnswerV1('newInstance', http, { key: KEY, debugging: true });
    expect(reading).toMatchObject({ outcome: 'ok', diagnosis: [], value: { appInfo } });
  });

  it('that the customer could not see become 000005 and an event', async () => {
    const long = { ...appInfo, userName: 'u'.repeat(80) };
    const { server, events } = sellerV1({
      mode: 'development',
      handlers: { ...handlers, queryInstance: () => [{ instanceId: 'inst-7f3a', appInfo: long }] },
    });
    const answer = await callV1(server, { activity: 'queryInstance', instanceId: 'inst-7f3a' });
    expect(answer).toMatchObject({ resultCode: '000005' });
    expect(events[0]).toMatchObject({ kind: 'bad-answer', diagnosis: [{ code: 'secret.length' }] });
  });

  it('are signed too when the store fails', async () => {
    const failing = () => Promise.reject(new Error('no database'));
    const { server } = sellerV1({
      store: { claim: failing, complete: failing, abandon: failing, rememberNonce: failing },
    });
    const response = await server.fetch(get(RICH));
    expect(response.headers.get('body-sign')).toBe(bodySign(await response.text(), KEY).header);
  });
});
