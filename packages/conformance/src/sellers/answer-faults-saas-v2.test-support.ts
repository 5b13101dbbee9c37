/** Wrong sellers of V2.0: one fault each in what they answer (saas-v2.md 1.6, 2, 4, 5). */
import { createCipheriv, createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { encryptAccountData } from '@jishi/protocol';
import type { Fault } from './faults-saas-v2.test-support.ts';
import { type Hooks, infoOf, KEY, type Members, type SellerCall, type Written } from './right-saas-v2.test-support.ts';

const write = (change: (written: Written, body: string) => Partial<Written>, activity?: string): Hooks => ({
  write: (written, call) =>
    activity === undefined || call.activity === activity
      ? { ...written, ...change(written, String(written.body)) }
      : written,
});
const typed = (type: string | null): Hooks => write(() => ({ headers: type === null ? {} : { 'content-type': type } }));
const body = (change: (body: string) => string | Uint8Array, activity?: string): Hooks =>
  write((_, text) => ({ body: change(text) }), activity);
const answer = (change: (members: Members, call: SellerCall) => Members): Hooks => ({ answer: change });
/** Successes only. */
const success = (activity: string, change: (members: Members) => Members): Hooks =>
  answer((members, call) =>
    call.activity === activity && members.resultCode === '000000' ? change(members) : members,
  );
const resultCode = (resultCode: unknown): Hooks =>
  answer((members) => (members.resultCode === '000000' ? { ...members, resultCode } : members));
const info = (change: (element: ReturnType<typeof infoOf>) => object, top: object = {}): Hooks =>
  success('queryInstance', (members) => ({
    ...members,
    ...top,
    info: Array.isArray(members.info) ? members.info.map((each) => change(infoOf(each.instanceId))) : [],
  }));
const app = (more: object, top: object = {}): Hooks =>
  info((each) => ({ ...each, appInfo: { ...each.appInfo, ...more } }), top);
const usage = (more: object): Hooks =>
  info((each) => ({ ...each, usageInfo: [{ usageValue: 12.5, statisticalTime: '20260105000000000', ...more }] }));

const IV = 'A1b2C3d4E5f6G7h8';
const sealed = (type: '1' | '2', key = KEY, text = 'admin@acme.example') => encryptAccountData(text, key, type, IV);

function sealedWith(key: Uint8Array): string {
  const cipher = createCipheriv('aes-256-cbc', key, IV);
  return IV + Buffer.concat([cipher.update('admin@acme.example'), cipher.final()]).toString('base64');
}

const hangUpAtRelease: NonNullable<Hooks['handle']> = ({ activity }, response) =>
  activity === 'releaseInstance' && Boolean(response.socket?.destroy());

export const ANSWER_FAULTS: readonly Fault[] = [
  {
    name: 'hangs up',
    shows: 'signature.accepted',
    code: 'transport.reset',
    hooks: { handle: (_, response) => Boolean(response.socket?.destroy()) },
  },
  {
    name: 'hangs up when it releases',
    shows: 'instance.unknown',
    code: 'transport.reset',
    hooks: { handle: hangUpAtRelease },
  },
  { name: 'never answers', shows: 'signature.accepted', code: 'transport.timeout', hooks: { handle: () => true } },
  {
    name: 'redirects to a login page',
    shows: 'signature.accepted',
    code: 'transport.redirect',
    hooks: write(() => ({ status: 302, headers: { location: '/login' } })),
  },
  { name: 'status 500', shows: 'signature.accepted', code: 'http.status', hooks: write(() => ({ status: 500 })) },
  {
    name: 'status 201',
    shows: 'signature.accepted',
    code: 'http.status',
    hooks: write(() => ({ status: 201 }), 'newInstance'),
  },
  {
    name: 'status 404 for one activity',
    shows: 'instance.unknown',
    code: 'http.status',
    hooks: write(() => ({ status: 404 }), 'releaseInstance'),
  },
  {
    name: 'status 404 for unknown instances',
    shows: 'queryInstance.unknown',
    code: 'http.status',
    hooks: write((_, text) => (text.includes('000003') ? { status: 404 } : {})),
  },
  { name: 'text/plain', shows: 'newInstance.answer', code: 'http.content-type', hooks: typed('text/plain') },
  { name: 'text/json', shows: 'newInstance.answer', code: 'http.content-type', hooks: typed('text/json') },
  { name: 'no content type', shows: 'newInstance.answer', code: 'http.content-type', hooks: typed(null) },
  {
    name: 'text/html for one activity',
    shows: 'refreshInstance.answer',
    code: 'http.content-type',
    hooks: write(() => ({ headers: { 'content-type': 'text/html' } }), 'refreshInstance'),
  },
  { name: 'says GBK', shows: 'newInstance.answer', code: 'http.charset', hooks: typed('application/json;charset=GBK') },
  { name: 'writes GBK', shows: 'newInstance.answer', code: 'http.charset', hooks: body((text) => gbk(text)) },
  {
    name: 'a byte-order mark',
    shows: 'newInstance.answer',
    code: 'http.charset',
    hooks: body((text) => `\ufeff${text}`),
  },
  {
    name: 'UTF-16',
    shows: 'newInstance.answer',
    code: 'http.charset',
    hooks: body((text) => Buffer.from(text, 'utf16le')),
  },
  {
    name: 'compressed without being asked',
    shows: 'signature.accepted',
    code: 'http.charset',
    hooks: body((text) => gzipSync(text)),
  },
  {
    name: 'more than 1 MiB',
    shows: 'signature.accepted',
    code: 'http.too-large',
    hooks: body((text) => text.replace('}', `,"x":"${'x'.repeat(1_100_000)}"}`)),
  },
  { name: 'nothing', shows: 'signature.accepted', code: 'body.empty', hooks: body(() => '') },
  {
    name: 'an HTML page',
    shows: 'signature.accepted',
    code: 'body.not-json',
    hooks: write(() => ({
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><html><body>Error</body></html>',
    })),
  },
  {
    name: 'an HTML page as JSON',
    shows: 'signature.accepted',
    code: 'body.not-json',
    says: 'an HTML page',
    hooks: body(() => '<html><body>Error</body></html>'),
  },
  {
    name: 'JSONP',
    shows: 'signature.accepted',
    code: 'body.not-json',
    says: 'JSONP',
    hooks: body((text) => `callback(${text})`),
  },
  {
    name: 'single quotes',
    shows: 'signature.accepted',
    code: 'body.not-json',
    says: 'single quotes',
    hooks: body((text) => text.replaceAll('"', "'")),
  },
  {
    name: 'a trailing comma',
    shows: 'signature.accepted',
    code: 'body.not-json',
    says: 'a trailing comma',
    hooks: body((text) => text.replace(/\}$/, ',}')),
  },
  {
    name: 'JSON in a JSON string',
    shows: 'signature.accepted',
    code: 'body.not-json',
    says: 'a JSON string',
    hooks: body((text) => JSON.stringify(text)),
  },
  {
    name: 'two answers',
    shows: 'signature.accepted',
    code: 'body.not-json',
    says: 'text after',
    hooks: body((text) => text + text),
  },
  {
    name: 'half an answer',
    shows: 'queryInstance.answer',
    code: 'body.not-json',
    says: 'cut off',
    hooks: body((text) => text.slice(0, -8), 'queryInstance'),
  },
  { name: 'an array', shows: 'signature.accepted', code: 'body.not-object', hooks: body((text) => `[${text}]`) },
  { name: 'the word success', shows: 'signature.accepted', code: 'body.not-object', hooks: body(() => '"success"') },
  {
    name: 'code in place of resultCode',
    shows: 'signature.accepted',
    code: 'body.result-code-missing',
    hooks: answer(({ resultCode: code, ...rest }) => ({ code, ...rest })),
  },
  {
    name: 'resultcode',
    shows: 'signature.accepted',
    code: 'body.result-code-missing',
    hooks: answer(({ resultCode: resultcode, ...rest }) => ({ resultcode, ...rest })),
  },
  { name: 'resultCode as a number', shows: 'signature.accepted', code: 'body.result-code-type', hooks: resultCode(0) },
  {
    name: 'resultCode as a boolean, once',
    shows: 'upgradeInstance.answer',
    code: 'body.result-code-type',
    hooks: success('upgradeInstance', (members) => ({ ...members, resultCode: true })),
  },
  {
    name: 'seven digits',
    shows: 'signature.accepted',
    code: 'body.result-code-misspelt',
    hooks: resultCode('0000000'),
  },
  { name: 'one digit', shows: 'signature.accepted', code: 'body.result-code-misspelt', hooks: resultCode('0') },
  {
    name: 'blanks around the code',
    shows: 'signature.accepted',
    code: 'body.result-code-misspelt',
    hooks: resultCode(' 000000'),
  },
  {
    name: '200 as result code',
    shows: 'signature.accepted',
    code: 'body.result-code-unknown',
    hooks: resultCode('200'),
  },
  {
    name: 'SUCCESS as result code',
    shows: 'signature.accepted',
    code: 'body.result-code-unknown',
    hooks: resultCode('SUCCESS'),
  },
  {
    name: 'no resultMsg',
    shows: 'newInstance.answer',
    code: 'body.result-msg-missing',
    hooks: answer(({ resultMsg: _, ...rest }) => rest),
  },
  {
    name: 'resultMsg as an object',
    shows: 'newInstance.answer',
    code: 'body.member-type',
    says: 'resultMsg',
    hooks: answer((members) => ({ ...members, resultMsg: { zh: '成功' } })),
  },
  {
    name: 'a long resultMsg',
    shows: 'newInstance.answer',
    code: 'body.member-length',
    says: 'resultMsg',
    hooks: answer((members) => ({ ...members, resultMsg: 'x'.repeat(256) })),
  },
  {
    name: 'wrapped in data',
    shows: 'signature.accepted',
    code: 'body.wrapped',
    says: 'data',
    hooks: answer((data) => ({ success: true, data })),
  },
  {
    name: 'instanceId in result',
    shows: 'newInstance.answer',
    code: 'body.wrapped',
    says: 'result',
    hooks: success('newInstance', ({ instanceId, ...rest }) => ({ ...rest, result: { instanceId } })),
  },
  {
    name: 'info in data',
    shows: 'queryInstance.answer',
    code: 'body.wrapped',
    says: 'data',
    hooks: success('queryInstance', ({ info: list, ...rest }) => ({ ...rest, data: { info: list } })),
  },
  {
    name: 'no instanceId',
    shows: 'newInstance.answer',
    code: 'body.member-missing',
    says: 'instanceId',
    hooks: success('newInstance', ({ instanceId: _, ...rest }) => rest),
  },
  {
    name: 'instanceID',
    shows: 'newInstance.answer',
    code: 'body.member-missing',
    says: 'instanceID',
    hooks: success('newInstance', ({ instanceId: instanceID, ...rest }) => ({ ...rest, instanceID })),
  },
  {
    name: 'instanceId as a number',
    shows: 'newInstance.answer',
    code: 'body.member-type',
    says: 'instanceId',
    hooks: success('newInstance', (members) => ({ ...members, instanceId: 4711 })),
  },
  {
    name: 'an instanceId of 65 characters',
    shows: 'newInstance.answer',
    code: 'body.member-length',
    says: 'instanceId',
    hooks: { live: { newId: () => 'x'.repeat(65) } },
  },
  {
    name: 'an instanceId with a comma',
    shows: 'newInstance.answer',
    code: 'body.member-type',
    says: 'instanceId',
    hooks: { live: { newId: (_, count) => `a,${count}` } },
  },
  {
    name: 'no instanceId while it is being made',
    shows: 'newInstance.answer',
    code: 'body.member-missing',
    says: 'instanceId',
    hooks: {
      ...answer((members) =>
        members.resultCode === '000004' && members.instanceId ? { ...members, instanceId: undefined } : members,
      ),
      live: { pending: 1 },
    },
  },
  {
    name: 'no instanceId in the elements',
    shows: 'queryInstance.answer',
    code: 'body.member-missing',
    says: 'info[0].instanceId',
    hooks: info(({ appInfo }) => ({ appInfo })),
  },
  {
    name: 'info as one object',
    shows: 'queryInstance.answer',
    code: 'body.member-type',
    says: 'info',
    hooks: success('queryInstance', (members) => ({
      ...members,
      info: Array.isArray(members.info) ? members.info[0] : null,
    })),
  },
  {
    name: 'info as text',
    shows: 'queryInstance.answer',
    code: 'body.member-type',
    says: 'info',
    hooks: success('queryInstance', (members) => ({ ...members, info: JSON.stringify(members.info) })),
  },
  {
    name: 'infos',
    shows: 'queryInstance.answer',
    code: 'query.incomplete',
    says: 'infos',
    hooks: success('queryInstance', ({ info: infos, ...rest }) => ({ ...rest, infos })),
  },
  {
    name: 'no appInfo',
    shows: 'queryInstance.answer',
    code: 'query.front-end-url',
    hooks: info(({ instanceId }) => ({ instanceId })),
  },
  {
    name: 'no frontEndUrl',
    shows: 'queryInstance.answer',
    code: 'query.front-end-url',
    hooks: app({ frontEndUrl: undefined }),
  },
  {
    name: 'frontendUrl',
    shows: 'queryInstance.answer',
    code: 'query.front-end-url',
    says: 'frontendUrl',
    hooks: app({ frontEndUrl: undefined, frontendUrl: 'https://app.example.com' }),
  },
  {
    name: 'frontEndUrl without a scheme',
    shows: 'queryInstance.answer',
    code: 'query.front-end-url',
    hooks: app({ frontEndUrl: 'app.example.com' }),
  },
  {
    name: 'frontEndUrl in V1.0 fashion beside appInfo',
    shows: 'queryInstance.answer',
    code: 'query.front-end-url',
    hooks: info((each) => ({ ...each, frontEndUrl: each.appInfo.frontEndUrl, appInfo: { userName: 'admin' } })),
  },
  {
    name: 'a long frontEndUrl',
    shows: 'queryInstance.answer',
    code: 'body.member-length',
    says: 'frontEndUrl',
    hooks: app({ frontEndUrl: `https://app.example.com/${'x'.repeat(500)}` }),
  },
  {
    name: 'a script as adminUrl',
    shows: 'queryInstance.answer',
    code: 'body.member-type',
    says: 'adminUrl',
    hooks: app({ adminUrl: 'javascript:alert(1)' }),
  },
  {
    name: 'a long password',
    shows: 'queryInstance.answer',
    code: 'body.member-length',
    says: 'password',
    hooks: app({ password: 'x'.repeat(129) }),
  },
  {
    name: 'a long memo',
    shows: 'queryInstance.answer',
    code: 'body.member-length',
    says: 'memo',
    hooks: app({ memo: 'x'.repeat(1025) }),
  },
  {
    name: 'a raw memo',
    shows: 'queryInstance.answer',
    code: 'query.memo-not-escaped',
    hooks: app({ memo: '首次登录请修改密码' }),
  },
  {
    name: 'five decimals',
    shows: 'queryInstance.answer',
    code: 'usage.decimals',
    hooks: usage({ usageValue: 1.23456 }),
  },
  {
    name: 'a unit beside the usage',
    shows: 'queryInstance.answer',
    code: 'usage.decimals',
    hooks: usage({ usageValue: '12.5 GB' }),
  },
  {
    name: 'usage of 14 digits',
    shows: 'queryInstance.answer',
    code: 'usage.time',
    hooks: usage({ statisticalTime: '20260105000000' }),
  },
  {
    name: 'usage in ISO 8601',
    shows: 'queryInstance.answer',
    code: 'usage.time',
    hooks: usage({ statisticalTime: '2026-01-05T00:00Z' }),
  },
  {
    name: 'usage in local time',
    shows: 'queryInstance.answer',
    code: 'usage.time',
    says: 'yet to come',
    hooks: usage({ statisticalTime: inEightHours() }),
  },
  {
    name: 'no usageValue',
    shows: 'queryInstance.answer',
    code: 'body.member-missing',
    says: 'usageValue',
    hooks: usage({ usageValue: null }),
  },
  {
    name: 'clear text with encryptType',
    shows: 'queryInstance.answer',
    code: 'secret.plain',
    hooks: app({}, { encryptType: '1' }),
  },
  {
    name: 'only the password encrypted',
    shows: 'queryInstance.answer',
    code: 'secret.plain',
    says: 'userName',
    hooks: app({ password: sealed('1') }, { encryptType: '1' }),
  },
  {
    name: 'no IV',
    shows: 'queryInstance.answer',
    code: 'secret.no-iv',
    hooks: app({ userName: sealed('1').slice(16), password: sealed('1').slice(16) }, { encryptType: '1' }),
  },
  {
    name: 'encrypted with another key',
    shows: 'queryInstance.answer',
    code: 'secret.key',
    hooks: secret(sealed('1', 'another-key'), '1'),
  },
  {
    name: 'SHA-256 of the key',
    shows: 'queryInstance.answer',
    code: 'secret.key',
    says: 'SHA-256',
    hooks: secret(sealedWith(createHash('sha256').update(KEY).digest()), '1'),
  },
  {
    name: 'the key text as AES key',
    shows: 'queryInstance.answer',
    code: 'secret.key',
    says: 'key text',
    hooks: secret(sealedWith(Buffer.concat([Buffer.from(KEY), Buffer.alloc(32)]).subarray(0, 32)), '1'),
  },
  {
    name: 'AES-128 said to be AES-256',
    shows: 'queryInstance.answer',
    code: 'secret.type',
    hooks: secret(sealed('2'), '1'),
  },
  {
    name: 'no encryptType',
    shows: 'queryInstance.answer',
    code: 'secret.type',
    says: 'without encryptType',
    hooks: secret(sealed('1'), undefined),
  },
  {
    name: 'encryptType inside appInfo',
    shows: 'queryInstance.answer',
    code: 'secret.type',
    says: 'without encryptType',
    hooks: app({ userName: sealed('1'), password: sealed('1'), encryptType: '1' }),
  },
  {
    name: 'encryptType as a number',
    shows: 'queryInstance.answer',
    code: 'body.member-type',
    says: 'encryptType',
    hooks: app({ userName: sealed('1'), password: sealed('1') }, { encryptType: 1 }),
  },
  {
    name: 'a long secret',
    shows: 'queryInstance.answer',
    code: 'secret.length',
    hooks: secret(sealed('1', KEY, 'x'.repeat(80)), '1'),
  },
  {
    name: 'hex in place of base64',
    shows: 'queryInstance.answer',
    code: 'secret.form',
    says: 'hex',
    hooks: secret(IV + Buffer.from(sealed('1').slice(16), 'base64').toString('hex'), '1'),
  },
];

function secret(value: string, encryptType: string | undefined): Hooks {
  return app({ userName: value, password: value }, { encryptType });
}

function gbk(text: string): Uint8Array {
  const [before = '', after = ''] = text.split('success.');
  const inGbk = Buffer.from([0xb3, 0xc9, 0xb9, 0xa6]);
  return text.includes('success.')
    ? Buffer.concat([Buffer.from(before), inGbk, Buffer.from(after)])
    : Buffer.from(text);
}

function inEightHours(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 17);
}
