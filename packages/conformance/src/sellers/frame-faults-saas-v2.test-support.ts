/** Wrong sellers of V2.0: one fault each in how their answers come and in the envelope (saas-v2.md 1.6, 2, 8). */
import { gzipSync } from 'node:zlib';
import { answer, body, resultCode, success, typed, write } from './answer-hooks-saas-v2.test-support.ts';
import type { Fault } from './faults-saas-v2.test-support.ts';
import type { Hooks } from './right-saas-v2.test-support.ts';

const hangUpAtRelease: NonNullable<Hooks['handle']> = ({ activity }, response) =>
  activity === 'releaseInstance' && Boolean(response.socket?.destroy());

export const FRAME_FAULTS: readonly Fault[] = [
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
];

function gbk(text: string): Uint8Array {
  const [before = '', after = ''] = text.split('success.');
  const inGbk = Buffer.from([0xb3, 0xc9, 0xb9, 0xa6]);
  return text.includes('success.')
    ? Buffer.concat([Buffer.from(before), inGbk, Buffer.from(after)])
    : Buffer.from(text);
}
