import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from './http-problems.ts';
import { readAnswer } from './read-answer.ts';
import type { BaseActivity } from './requests.ts';
import { diagnoseTransport } from './transport.ts';

/** A seller's answer as the marketplace reads it: one bad answer for each diagnosis, and the four outcomes. */

const OK = '{"resultCode":"000000","resultMsg":"success.","instanceId":"inst-1"}';
const USAGE = '"usageValue":12.5,"statisticalTime":"20260105000000000"';

describe('outcomes', () => {
  it('ok carries the answer, without members that the protocol does not know', () => {
    expect(read('newInstance', OK.replace('}', ',"extra":1}'))).toEqual({
      outcome: 'ok',
      resultCode: '000000',
      resultMsg: 'success.',
      value: { resultCode: '000000', resultMsg: 'success.', instanceId: 'inst-1' },
      diagnosis: [],
    });
  });

  it('reads a whole queryInstance answer, usageInfos as well as usageInfo, numbers as text', () => {
    const body = info(
      '{"instanceId":"a","appInfo":{"frontEndUrl":"https://a.example","memo":"\\u96c6"}}',
      `{"instanceId":"b","appInfo":{"frontEndUrl":"https://b.example"},"usageInfos":[{${USAGE.replace('12.5', '"12.5"')}}]}`,
    );
    const reading = read('queryInstance', body, {}, ['a', 'b']);
    expect(reading).toMatchObject({ outcome: 'ok', diagnosis: [] });
    expect(reading.value?.info?.map((each) => each.usageInfo?.[0]?.usageValue)).toEqual([undefined, '12.5']);
    expect(reading.value?.info?.[0]?.appInfo?.memo).toBe('集');
  });

  it.each<[BaseActivity, string, string, string[]]>([
    ['newInstance', '{"resultCode":"000004","resultMsg":"","instanceId":"a"}', 'accepted', ['body.result-msg-missing']],
    ['newInstance', '{"resultCode":"000004","resultMsg":"wait"}', 'accepted', ['body.member-missing']],
    ['queryInstance', '{"resultCode":"000004","resultMsg":"wait"}', 'accepted', []],
    ['refreshInstance', '{"resultCode":"000004","resultMsg":"wait"}', 'refused', ['result.refused']],
    ['newInstance', '{"resultCode":"000106","resultMsg":"sold out"}', 'refused', ['result.refused']],
    ['newInstance', '{"resultCode":"000999","resultMsg":"?"}', 'refused', ['body.result-code-unknown']],
    ['releaseInstance', '{"resultCode":"000000","resultMsg":"success."}', 'ok', []],
    ['queryInstance', '{"resultCode":"000000","resultMsg":"success."}', 'ok', []],
  ])('%s %s → %s', (activity, body, outcome, codes) => {
    const reading = read(activity, body);
    expect([reading.outcome, reading.diagnosis.map((each) => each.code)]).toEqual([outcome, codes]);
  });

  it('an instance that is absent leaves the answer ok: it may still be provisioning (Q7)', () => {
    const reading = read('queryInstance', info('{"instanceId":"a"}'), {}, ['a', 'b']);
    expect(reading.outcome).toBe('ok');
    expect(reading.diagnosis).toMatchObject([{ code: 'query.incomplete', seen: '1 of 2; absent: b' }]);
  });

  it('a slow answer is only warned about', () => {
    expect(read('newInstance', OK, { durationMs: 5_000 }).diagnosis).toEqual([]);
    expect(read('newInstance', OK, { durationMs: 5_001 })).toMatchObject({
      outcome: 'ok',
      diagnosis: [{ code: 'transport.slow', severity: 'warning' }],
    });
  });
});

describe('HTTP', () => {
  it.each<[string, Partial<HttpAnswer>, string[]]>([
    ['a redirect', { status: 302, location: 'https://login.example' }, ['transport.redirect']],
    ['status 500', { status: 500 }, ['http.status']],
    ['status 201', { status: 201 }, ['http.status']],
    ['text/html', { contentType: 'text/html' }, ['http.content-type']],
    ['no content type', { contentType: null }, ['http.content-type']],
    ['a byte-order mark', { body: bytes(`\ufeff${OK}`) }, ['http.charset']],
    [
      'bytes that are no UTF-8',
      { body: Uint8Array.from([...bytes(OK).slice(0, -2), 0xff, 0x22, 0x7d]) },
      ['http.charset'],
    ],
    ['UTF-16', { body: Uint8Array.from(Buffer.from(OK, 'utf16le')) }, ['http.charset']],
    ['compressed bytes', { body: Uint8Array.from(gzipSync(OK)) }, ['http.charset', 'body.not-json']],
    ['another charset', { contentType: 'application/json;charset=GBK' }, ['http.charset']],
    ['more than 1 MiB', { body: bytes(`${OK}${' '.repeat(1_048_576)}`) }, ['http.too-large']],
    ['a cut answer', { truncated: true }, ['http.too-large']],
  ])('%s', (_, http, codes) => {
    const reading = read('newInstance', OK, http);
    expect([reading.outcome, reading.diagnosis.map((each) => each.code)]).toEqual(['malformed', codes]);
  });

  it.each(['application/json', 'application/json;charset=utf8', 'Application/JSON; charset="UTF-8"'])(
    'takes %s',
    (contentType) => {
      expect(read('newInstance', OK, { contentType }).outcome).toBe('ok');
    },
  );
});

describe('what is no JSON', () => {
  it.each([
    ['', 'body.empty', ''],
    [' \n', 'body.empty', ''],
    ['<!DOCTYPE html><html></html>', 'body.not-json', 'an HTML page'],
    [`<br />\n<b>Warning</b>: Undefined index\n${OK}`, 'body.not-json', 'an HTML page'],
    ['<?xml version="1.0"?><r/>', 'body.not-json', 'XML'],
    [`callback(${OK});`, 'body.not-json', 'JSONP'],
    ["{'resultCode':'000000'}", 'body.not-json', 'single quotes'],
    ['{"resultCode":"000000",}', 'body.not-json', 'a trailing comma'],
    ['{resultCode:"000000"}', 'body.not-json', 'names without quotes'],
    ['{"resultCode":"0000', 'body.not-json', 'cut off at the end'],
    ['{"resultCode":"000000"', 'body.not-json', 'cut off at the end'],
    [`${OK} ok`, 'body.not-json', 'text after the JSON'],
    [JSON.stringify(OK), 'body.not-json', 'a JSON string that holds JSON'],
    ['{"a":tru}', 'body.not-json', 'syntax error'],
    ['[]', 'body.not-object', ''],
    ['"success"', 'body.not-object', ''],
    ['null', 'body.not-object', ''],
  ])('%j', (body, code, kind) => {
    const { outcome, diagnosis } = read('newInstance', body);
    expect([outcome, diagnosis.map((each) => each.code)]).toEqual(['malformed', [code]]);
    expect(diagnosis[0]?.summary.en).toContain(kind);
  });

  it('says where', () => {
    expect(read('newInstance', '{\n"resultCode":"000000",\n}').diagnosis[0]?.seen).toMatch(/^line 3, column 1/);
  });
});

describe('members', () => {
  it.each<[string, BaseActivity, string, string[]]>([
    ['no result code', 'newInstance', '{"resultcode":"000000","resultMsg":"x"}', ['body.result-code-missing']],
    ['a number', 'newInstance', '{"resultCode":0,"resultMsg":"x","instanceId":"a"}', ['body.result-code-type']],
    ['seven digits', 'newInstance', '{"resultCode":"0000004","resultMsg":"x"}', ['body.result-code-misspelt']],
    ['one zero', 'newInstance', '{"resultCode":"0","resultMsg":"x"}', ['body.result-code-misspelt']],
    ['letters O', 'newInstance', '{"resultCode":"OOOOOO","resultMsg":"x"}', ['body.result-code-misspelt']],
    ['a word', 'newInstance', '{"resultCode":"success","resultMsg":"x"}', ['body.result-code-unknown']],
    ['no message', 'releaseInstance', '{"resultCode":"000000"}', ['body.result-msg-missing']],
    [
      'a long message',
      'releaseInstance',
      `{"resultCode":"000000","resultMsg":"${'x'.repeat(256)}"}`,
      ['body.member-length'],
    ],
    ['no instanceId', 'newInstance', '{"resultCode":"000000","resultMsg":"x"}', ['body.member-missing']],
    ['an empty instanceId', 'newInstance', OK.replace('inst-1', ''), ['body.member-missing']],
    ['instanceId as a number', 'newInstance', OK.replace('"inst-1"', '1'), ['body.member-type']],
    ['an id with a comma', 'newInstance', OK.replace('inst-1', 'a,b'), ['body.member-type']],
    ['an id with a blank in front', 'newInstance', OK.replace('inst-1', ' a'), ['body.member-type']],
    ['an id with a newline at its end', 'newInstance', OK.replace('inst-1', 'a\\n'), ['body.member-type']],
    ['an id of one blank', 'newInstance', OK.replace('inst-1', ' '), ['body.member-type']],
    ['an id with U+0000', 'newInstance', OK.replace('inst-1', 'a\\u0000b'), ['body.member-type']],
    ['an id with half a surrogate pair', 'newInstance', OK.replace('inst-1', '\\ud83d'), ['body.member-type']],
    ['65 characters', 'newInstance', OK.replace('inst-1', 'x'.repeat(65)), ['body.member-length']],
    ['wrapped in data', 'newInstance', `{"code":200,"data":${OK}}`, ['body.wrapped']],
    [
      'instanceId in result',
      'newInstance',
      '{"resultCode":"000000","resultMsg":"x","result":{"instanceId":"a"}}',
      ['body.wrapped'],
    ],
    ['info in data', 'queryInstance', '{"resultCode":"000000","resultMsg":"x","data":{"info":[]}}', ['body.wrapped']],
    ['no frontEndUrl', 'queryInstance', info('{"instanceId":"a","appInfo":{"userName":"u"}}'), ['query.front-end-url']],
    ['a script as frontEndUrl', 'queryInstance', front('javascript:alert(1)'), ['query.front-end-url']],
    ['another scheme in frontEndUrl', 'queryInstance', front('ftp://a.example'), ['query.front-end-url']],
    ['no scheme in frontEndUrl', 'queryInstance', front('app.example.com'), ['query.front-end-url']],
    ['no host in frontEndUrl', 'queryInstance', front('https://'), ['query.front-end-url']],
    ['a blank before frontEndUrl', 'queryInstance', front(' https://a.example'), ['query.front-end-url']],
    ['a line break in frontEndUrl', 'queryInstance', front('https://a.example/\\n'), ['query.front-end-url']],
    ['another adminUrl', 'queryInstance', app('"adminUrl":"javascript:alert(1)"'), ['body.member-type']],
    [
      'another dashboardUrl',
      'queryInstance',
      usage(`${USAGE},"dashboardUrl":"data:text/html,x"`),
      ['body.member-type'],
    ],
    ['101 elements', 'queryInstance', info(...Array<string>(101).fill('1')), ['body.member-length']],
    [
      '101 usages',
      'queryInstance',
      info(`{"instanceId":"a","usageInfo":[${Array<string>(101).fill('1').join()}]}`),
      ['body.member-length'],
    ],
    [
      'info as an object',
      'queryInstance',
      '{"resultCode":"000000","resultMsg":"x","info":{"instanceId":"a"}}',
      ['body.member-type'],
    ],
    [
      'info as a long text',
      'queryInstance',
      `{"resultCode":"000000","resultMsg":"x","info":"${'x'.repeat(101)}"}`,
      ['body.member-type'],
    ],
    ['a long memo', 'queryInstance', app(`"memo":"${'x'.repeat(1025)}"`), ['body.member-length']],
    ['a long secret', 'queryInstance', app(`"password":"${'x'.repeat(129)}"`, '"encryptType":"1",'), ['secret.length']],
    ['a long clear password', 'queryInstance', app(`"password":"${'x'.repeat(129)}"`), ['body.member-length']],
    ['a raw memo', 'queryInstance', app('"memo":"首次登录"'), ['query.memo-not-escaped']],
    ['five decimals', 'queryInstance', usage(USAGE.replace('12.5', '1.23456')), ['usage.decimals']],
    ['no number', 'queryInstance', usage(USAGE.replace('12.5', '"1,5"')), ['usage.decimals']],
    ['no usageValue', 'queryInstance', usage('"statisticalTime":"20260105000000000"'), ['body.member-missing']],
    ['14 digits', 'queryInstance', usage(USAGE.replace('20260105000000000', '20260105000000')), ['usage.time']],
    ['month 13', 'queryInstance', usage(USAGE.replace('20260105', '20261305')), ['usage.time']],
    ['no statisticalTime', 'queryInstance', usage('"usageValue":1'), ['body.member-missing']],
  ])('%s', (_, activity, body, codes) => {
    const reading = read(activity, body);
    expect(reading.diagnosis.map((each) => each.code)).toEqual(codes);
    const bad = reading.diagnosis.some((each) => each.severity === 'error');
    expect([reading.outcome, reading.value === null]).toEqual(bad ? ['malformed', true] : ['ok', false]);
  });

  it('takes addresses of the web, empty ones where they are optional', () => {
    for (const url of ['http://127.0.0.1:8080', 'HTTPS://a.example/租户?x=1#y', 'https://u@a.example']) {
      expect(read('queryInstance', front(url)).outcome).toBe('ok');
    }
    expect(read('queryInstance', app('"adminUrl":""')).outcome).toBe('ok');
  });

  it('takes 100 elements, shows 20 of many findings, and counts the elements of a longer list', () => {
    expect(read('queryInstance', info(...Array<string>(100).fill('{"instanceId":"a"}'))).outcome).toBe('ok');
    const found = read('queryInstance', info(...Array<string>(100).fill('1'))).diagnosis;
    expect([found.length, found.at(-1)?.seen]).toEqual([20, '1 … and 80 more']);
    expect(read('queryInstance', info(...Array<string>(1_000).fill('1'))).diagnosis).toMatchObject([
      { expected: 'at most 100 elements', seen: '1000 elements' },
    ]);
  });

  it('keeps no long result code and no more of the message than its limit', () => {
    const reading = read('releaseInstance', `{"resultCode":"${'0'.repeat(65)}","resultMsg":"${'x'.repeat(1_000)}"}`);
    expect([reading.outcome, reading.resultCode, reading.resultMsg?.length]).toEqual(['malformed', null, 255]);
  });

  it('names the cause where a body nests too deeply', () => {
    const [found] = read('newInstance', `{"instanceId":${'['.repeat(64)}${']'.repeat(64)}}`).diagnosis;
    expect(found).toMatchObject({
      code: 'body.not-json',
      summary: { zh: '报文体不是合法的 JSON：嵌套超过 64 层', en: 'The body is not JSON: nested deeper than 64' },
    });
  });

  it('names the member that was probably meant', () => {
    const [id] = read('newInstance', OK.replace('instanceId', 'instance_ID')).diagnosis;
    expect(id?.seen).toBe('absent; there is "instance_ID"');
    const [front] = read('queryInstance', info('{"instanceId":"a","appInfo":{"frontendURL":"x"}}')).diagnosis;
    expect(front).toMatchObject({ code: 'query.front-end-url', seen: expect.stringContaining('"frontendURL"') });
    const [list] = read('queryInstance', '{"resultCode":"000000","resultMsg":"x","data":[]}', {}, ['a']).diagnosis;
    expect(list?.seen).toBe('0 of 1; no info among resultCode, resultMsg, data; absent: a');
  });

  it('names member, limit and length', () => {
    const [found] = read('queryInstance', app(`"memo":"${'x'.repeat(1025)}"`)).diagnosis;
    expect(found).toMatchObject({
      summary: { en: 'The member info[0].appInfo.memo is longer than its limit of 1024' },
      expected: 'at most 1024 characters',
      seen: '1025 characters',
    });
  });
});

describe('no answer at all', () => {
  it.each(['dns', 'refused', 'reset', 'timeout', 'tls', 'blocked'] as const)('transport.%s', (kind) => {
    expect(diagnoseTransport({ kind, message: 'what the client said' })).toMatchObject({
      code: `transport.${kind}`,
      seen: 'what the client said',
    });
  });
});

function read<A extends BaseActivity>(
  activity: A,
  body: string,
  http: Partial<HttpAnswer> = {},
  instanceIds: string[] = [],
) {
  const answer = { status: 200, contentType: 'application/json', body: bytes(body), truncated: false, durationMs: 40 };
  return readAnswer(activity, { ...answer, ...http }, { instanceIds });
}

function info(...elements: string[]): string {
  return `{"resultCode":"000000","resultMsg":"success.","info":[${elements.join(',')}]}`;
}

function app(members: string, top = ''): string {
  return info(`{"instanceId":"a","appInfo":{"frontEndUrl":"https://a.example",${members}}}`).replace(
    '"info"',
    `${top}"info"`,
  );
}

function front(url: string): string {
  return info(`{"instanceId":"a","appInfo":{"frontEndUrl":"${url}"}}`);
}

function usage(members: string): string {
  return info(`{"instanceId":"a","usageInfo":[{${members}}]}`);
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
