import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encryptAccountData } from '../secrets/account-data.ts';
import { bodySign } from '../signing/body-sign.ts';
import { diagnoseTransportV1, type ExpectedV1, type HttpAnswerV1, readAnswerV1 } from './read-answer.ts';
import { ACTIVITIES_V1, type ActivityV1 } from './requests.ts';

/** A V1.0 seller's answer as the marketplace reads it: the complete answer of saas-v1.md 5.5, and the failures of 11 by name. */

const key = 'koo-v1-demo-key-0001';
const timeStamp = '20260101080000123';
/** saas-v1.md 5.5. */
const ANSWER =
  '{"resultCode":"000000","resultMsg":"success.","encryptType":"1","instanceId":"3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10","appInfo":{"frontEndUrl":"https://app.example.com/t/7f3a","adminUrl":"https://app.example.com/admin","userName":"A1b2C3d4E5f6G7h8JVce8rcr7wQTGOkq44IgXzgBkf/jX2O/c8MIBuCob58=","password":"Z9y8X7w6V5u4T3s2gbedG+gwCyLRxLdRyvB1mQ==","memo":"\\u9996\\u767b"}}';
const SUCCESS = '{"resultCode":"000000","resultMsg":"success."}';
const USAGE = '"usageValue":12.5,"statisticalTime":"20260105000000000"';

describe('a success', () => {
  it('is the complete answer of saas-v1.md 5.5, account data in clear', () => {
    const headers: [string, string][] = [
      ['Content-Type', 'application/json'],
      ['Body-Sign', 'sign_type="HMAC-SHA256", signature="Ck0T8AjFgkuavw0yP6waofKvXua8YXqjVFA+1aQnU1Q="'],
    ];
    expect(read('newInstance', ANSWER, { headers })).toEqual({
      outcome: 'ok',
      resultCode: '000000',
      resultMsg: 'success.',
      value: {
        resultCode: '000000',
        resultMsg: 'success.',
        encryptType: '1',
        instanceId: '3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10',
        appInfo: {
          frontEndUrl: 'https://app.example.com/t/7f3a',
          adminUrl: 'https://app.example.com/admin',
          userName: 'admin@acme.example',
          password: 'Init-Pass-1',
          memo: '首登',
        },
      },
      diagnosis: [],
    });
  });

  it('without encryptType is AES-256, with "2" AES-128 (5.4, row 2)', () => {
    expect(read('newInstance', ANSWER.replace('"encryptType":"1",', '')).value?.appInfo?.password).toBe('Init-Pass-1');
    const row2 = 'A1b2C3d4E5f6G7h8UfYR0Ljxo2vwYU1PR8tgGEGJkdKuTFs5c/Ti7+FVj0s=';
    const answer = `{"resultCode":"000000","resultMsg":"x","encryptType":"2","info":[{"instanceId":"a","appInfo":{"frontEndUrl":"https://a.example","userName":"${row2}"},"usageInfo":[{${USAGE}}]},{"instanceId":"b"}]}`;
    const reading = read('queryInstance', answer, {}, { instanceIds: ['a', 'b'] });
    expect(reading).toMatchObject({ outcome: 'ok', diagnosis: [] });
    expect(reading.value?.info?.map(({ appInfo }) => appInfo?.userName)).toEqual(['admin@acme.example', undefined]);
  });

  it.each(ACTIVITIES_V1.filter((each) => each !== 'newInstance'))('of %s needs the envelope only', (activity) => {
    expect(read(activity, SUCCESS)).toMatchObject({ outcome: 'ok', diagnosis: [] });
  });

  it('of newInstance may leave out appInfo, but not while debugging (6.0.1, F11)', () => {
    const bare = SUCCESS.replace('}', ',"instanceId":"i"}');
    expect(read('newInstance', bare)).toMatchObject({ outcome: 'ok', diagnosis: [] });
    expect(read('newInstance', bare, {}, { debugging: true })).toMatchObject({
      outcome: 'malformed',
      value: null,
      diagnosis: [{ code: 'query.front-end-url', reference: 'saas-v1.md 6.0.1' }],
    });
  });
});

it('what is wrapped is not missing as well (F13)', () => {
  const wrapped = SUCCESS.replace('}', ',"data":{"instanceId":"i","appInfo":{"frontEndUrl":"https://a.example"}}}');
  const { diagnosis } = read('newInstance', wrapped, {}, { debugging: true });
  expect(diagnosis.map(({ code }) => code)).toEqual(['body.wrapped']);
});

describe('account data that cannot be read leave the purchase done (5.3, F7)', () => {
  it.each([
    ['clear text (F7d)', 'admin@acme.example', '1', 'secret.plain'],
    ['AES-128 without "2" (F7c)', encrypt('a@b', '2'), '1', 'secret.type'],
    [
      'the key text as AES key (F7b)',
      'A1b2C3d4E5f6G7h82DFCA7kAUSo0s+rQm2bW7VkMxTP3OBUDrzxvWooT574=',
      '1',
      'secret.key',
    ],
    ['no IV (F7d)', encrypt('a@b').slice(16), '1', 'secret.no-iv'],
    [
      'hex (F7d)',
      `A1b2C3d4E5f6G7h8${Buffer.from(encrypt('a@b').slice(16), 'base64').toString('hex')}`,
      '1',
      'secret.form',
    ],
    ['80 bytes of text (F7a)', encrypt('x'.repeat(80)), '1', 'secret.length'],
  ])('%s', (_, userName, encryptType, code) => {
    const reading = read(
      'newInstance',
      app(`"userName":"${userName}","password":"${encrypt('Init-Pass-1')}"`, encryptType),
    );
    expect(reading).toMatchObject({
      outcome: 'ok',
      value: { instanceId: 'i', appInfo: { userName: null } },
      diagnosis: [{ code, seen: expect.stringMatching(/^appInfo\.userName /) }],
    });
    expect(reading.diagnosis[0]?.reference).toMatch(/^saas-v1\.md (5\.3|11 F7)/);
  });

  it('79 bytes of text are read, an unknown encryptType is said', () => {
    const members = `"userName":"${encrypt('x'.repeat(79))}"`;
    expect(read('newInstance', app(members))).toMatchObject({
      diagnosis: [],
      value: { appInfo: { userName: 'x'.repeat(79) } },
    });
    expect(read('newInstance', app(members, '3')).diagnosis).toMatchObject([{ code: 'secret.type' }]);
  });

  it('the advice is that of V1.0: it never says to leave encryptType out', () => {
    const [found] = read('newInstance', app('"userName":"admin"')).diagnosis;
    expect(found?.fix.en).toContain('V1.0 always wants');
  });
});

describe('a refusal', () => {
  it.each([
    ['000004', 'request being processed'],
    ['000106', 'product resources sold out'],
  ])('%s is a failed attempt (Q8)', (code, meaning) => {
    const reading = read('newInstance', SUCCESS.replace('000000', code));
    expect(reading).toMatchObject({
      outcome: 'refused',
      resultCode: code,
      value: null,
      diagnosis: [{ code: 'result.refused' }],
    });
    expect(reading.diagnosis[0]?.summary.en).toContain(meaning);
    expect(reading.diagnosis[0]?.reference).toBe('saas-v1.md 9');
  });

  it('must be signed too', () => {
    const unsigned = read('newInstance', SUCCESS.replace('000000', '000106'), { headers: [] });
    expect([unsigned.outcome, unsigned.resultCode, codes(unsigned)]).toEqual([
      'malformed',
      '000106',
      ['body-sign.missing', 'result.refused'],
    ]);
  });
});

describe('failures of saas-v1.md 11', () => {
  const { header, signature } = bodySign(SUCCESS, key);
  const base64url = Buffer.from(signature, 'base64').toString('base64url');
  it.each<[string, [string, string][], string]>([
    ['F1 no header', [], 'body-sign.missing'],
    ['F2 Body-sign', [['Body-sign', header]], 'body-sign.name-case'],
    ['F2 HTTP/2', [['body-sign', header]], 'body-sign.name-case'],
    ['F3 no quotes', [['Body-Sign', header.replaceAll('"', '')]], 'body-sign.quotes'],
    ['F3 typographic quotes', [['Body-Sign', header.replaceAll('"', '”')]], 'body-sign.quotes'],
    ['F3 another algorithm', [['Body-Sign', header.replace('SHA256', 'SHA1')]], 'body-sign.sign-type'],
    ['F4a a line feed', [['Body-Sign', bodySign(`${SUCCESS}\n`, key).header]], 'body-sign.body-altered'],
    [
      'F4b Key + timeStamp, the vector of 4',
      [['Body-Sign', header.replace(signature, '9/nLj/v5PYaxVaVj5VPLl37KMIS2kZCD3CtkudABIww=')]],
      'body-sign.key',
    ],
    ['F4c URL-safe base64', [['Body-Sign', header.replace(signature, base64url)]], 'body-sign.form'],
    ['F4d another key', [['Body-Sign', bodySign(SUCCESS, 'koo-demo-access-key-0001').header]], 'body-sign.key'],
  ])('%s makes the call failed even with 000000', (_, headers, code) => {
    const reading = read('releaseInstance', SUCCESS, { headers });
    expect([reading.outcome, reading.resultCode, codes(reading)]).toEqual(['malformed', '000000', [code]]);
  });

  it.each<[string, ActivityV1, string, string, string]>([
    ['F10 a number', 'upgrade', '{"resultCode":0,"resultMsg":"x"}', 'body.result-code-type', '11 F10'],
    ['F10 one zero', 'upgrade', SUCCESS.replace('000000', '0'), 'body.result-code-misspelt', '11 F10'],
    ['F10 seven digits', 'upgrade', SUCCESS.replace('000000', '0000000'), 'body.result-code-misspelt', '11 F10'],
    ['a code of no table', 'upgrade', SUCCESS.replace('000000', 'ok'), 'body.result-code-unknown', '9'],
    ['F11 instanceId', 'newInstance', SUCCESS, 'body.member-missing', '6.0'],
    [
      'F11 frontEndUrl',
      'newInstance',
      SUCCESS.replace('}', ',"instanceId":"i","appInfo":{}}'),
      'query.front-end-url',
      '6.0.1',
    ],
    ['F11 usageValue', 'queryInstance', usage('"statisticalTime":"20260105000000000"'), 'body.member-missing', '6.0'],
    ['F11 statisticalTime', 'queryInstance', usage('"usageValue":1'), 'body.member-missing', '6.0'],
    ['5 decimals', 'queryInstance', usage(USAGE.replace('12.5', '1.00001')), 'usage.decimals', '6.0.7'],
    [
      'F12 frontEndUrl',
      'newInstance',
      app('').replace('a.example', `a.example/${'x'.repeat(512)}`),
      'body.member-length',
      '6.0',
    ],
    ['F12 instanceId', 'newInstance', app('').replace('"i"', `"${'x'.repeat(65)}"`), 'body.member-length', '6.0'],
    ['F12 memo', 'newInstance', app(`"memo":"${'x'.repeat(1025)}"`), 'body.member-length', '6.0'],
    ['F12 resultMsg', 'upgrade', SUCCESS.replace('success.', 'x'.repeat(256)), 'body.member-length', '6.0'],
    ['F13 nothing', 'upgrade', '', 'body.empty', '11 F13'],
    ['F13 no JSON', 'upgrade', 'success', 'body.not-json', '11 F13'],
    ['F13 JSON in a string', 'upgrade', JSON.stringify(SUCCESS), 'body.not-json', '11 F13'],
    ['F13 a list', 'upgrade', '[]', 'body.not-object', '11 F13'],
    ['F13 no resultCode', 'upgrade', '{"resultMsg":"x"}', 'body.result-code-missing', '2.5'],
    ['F13 wrapped', 'newInstance', `{"code":0,"data":${ANSWER}}`, 'body.wrapped', '11 F13'],
  ])('%s', (_, activity, body, code, section) => {
    const reading = read(activity, body);
    expect([reading.outcome, reading.value, codes(reading)]).toEqual(['malformed', null, [code]]);
    expect(reading.diagnosis[0]?.reference).toBe(`saas-v1.md ${section}`);
  });

  it.each<[string, Partial<HttpAnswerV1>, string[]]>([
    ['F14', { contentType: 'text/plain' }, ['http.content-type']],
    ['F17 a login page', { status: 302, location: '/login', headers: [] }, ['transport.redirect']],
    ['F17 not signed, not 200', { status: 405, headers: [] }, ['http.status']],
    ['an answer that was cut', { truncated: true }, ['http.too-large']],
  ])('%s', (_, http, expected) => {
    const reading = read('upgrade', SUCCESS, http);
    expect([reading.outcome, codes(reading)]).toEqual(['malformed', expected]);
    expect(reading.diagnosis[0]?.reference).toMatch(/^saas-v1\.md /);
  });

  it('F15, F16: the advice is that of V1.0', () => {
    expect(diagnoseTransportV1({ kind: 'refused', message: 'ECONNREFUSED' }).reference).toBe('saas-v1.md 11 F15');
    const slow = diagnoseTransportV1({ kind: 'timeout', message: '20 s' });
    expect([slow.fix.en, slow.fix.zh].join()).not.toContain('000004');
  });

  it('F23: memo not escaped, in both activities that have one; a warning', () => {
    const raw = app('"memo":"首登"');
    expect(read('newInstance', raw)).toMatchObject({ outcome: 'ok', diagnosis: [{ code: 'query.memo-not-escaped' }] });
    const info = `{"resultCode":"000000","resultMsg":"x","info":[{"instanceId":"a","appInfo":{"frontEndUrl":"https://a.example","memo":"首"}}]}`;
    expect(codes(read('queryInstance', info))).toEqual(['query.memo-not-escaped']);
  });

  it('reports in the order of 8: content type, Body-Sign, envelope', () => {
    const reading = read('upgrade', '{"resultCode":"000000"}', { contentType: null, headers: [], durationMs: 6_000 });
    expect(codes(reading)).toEqual([
      'http.content-type',
      'body-sign.missing',
      'body.result-msg-missing',
      'transport.slow',
    ]);
  });

  it('instances asked for and not given', () => {
    expect(codes(read('queryInstance', SUCCESS, {}, { instanceIds: ['a'] }))).toEqual(['query.incomplete']);
  });
});

it('whatever the bytes, it reads without throwing and shows neither key nor clear password', () => {
  const body = fc.oneof(
    fc.uint8Array(),
    fc.json().map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(fc.constantFrom(...ACTIVITIES_V1), body, (activity, bytes) => {
      const reading = read(activity, '', { body: bytes, headers: [['Body-Sign', bodySign(bytes, key).header]] });
      expect(reading.outcome === 'ok').toBe(reading.value !== null);
      expect(JSON.stringify(reading.diagnosis)).not.toContain(key);
    }),
  );
  const clear = read('newInstance', app('"password":"Init-Pass-1"'));
  expect(JSON.stringify(clear.diagnosis)).not.toContain('Init-Pass-1');
});

function read<A extends ActivityV1>(
  activity: A,
  body: string,
  http: Partial<HttpAnswerV1> = {},
  expected: Partial<ExpectedV1> = {},
) {
  const answer = {
    status: 200,
    contentType: 'application/json;charset=utf-8',
    body: new TextEncoder().encode(body),
    truncated: false,
    durationMs: 40,
    headers: [['Body-Sign', bodySign(body, key).header]] as const,
  };
  return readAnswerV1(activity, { ...answer, ...http }, { key, timeStamp, ...expected });
}

function codes({ diagnosis }: { diagnosis: readonly { code: string }[] }): string[] {
  return diagnosis.map(({ code }) => code);
}

/** A newInstance answer with these members of appInfo besides frontEndUrl. */
function app(members: string, encryptType = '1'): string {
  const own = members === '' ? '' : `,${members}`;
  return `{"resultCode":"000000","resultMsg":"x","encryptType":"${encryptType}","instanceId":"i","appInfo":{"frontEndUrl":"https://a.example"${own}}}`;
}

function usage(members: string): string {
  return `{"resultCode":"000000","resultMsg":"x","info":[{"instanceId":"a","usageInfo":[{${members}}]}]}`;
}

function encrypt(text: string, encryptType: '1' | '2' = '1'): string {
  return encryptAccountData(text, key, encryptType, 'A1b2C3d4E5f6G7h8');
}
