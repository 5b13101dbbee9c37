/** Sellers of the kit whose answers are wrong in form. */
import type { Fault } from './faults-kit.test-support.ts';
import type { Hooks, Members, SellerCall } from './right-kit.test-support.ts';

const members = (change: (members: Members, call: SellerCall) => Members): Hooks => ({ answer: change });
const body = (change: (text: string, call: SellerCall) => string | Uint8Array): Hooks => ({
  write: (written, call) => ({ ...written, body: change(String(written.body), call) }),
});
const status = (code: number, headers: Readonly<Record<string, string>> = {}): Hooks => ({
  write: (written) => ({ ...written, status: code, headers: { ...written.headers, ...headers } }),
});
const at = (path: RegExp): Hooks => ({
  keep: { path: ({ url }) => path.exec(url ?? '')?.[1] ?? null },
});

export const ANSWER_FAULTS: readonly Fault[] = [
  {
    name: 'has the interfaces at the paths of V1.0',
    code: 'http.status',
    says: '/produceAPI/tenantSync',
    hooks: at(/^\/produceAPI\/(\w+)$/),
  },
  { name: 'has them below /v2 only', code: 'http.status', says: 'the fixed path', hooks: at(/^\/v2\/(\w+)$/) },
  { name: 'redirects to a login page', code: 'transport.redirect', hooks: status(302, { location: '/login' }) },
  { name: 'answers 500', code: 'http.status', hooks: status(500) },
  { name: 'answers 201', code: 'http.status', hooks: status(201) },
  {
    name: 'sends text/html',
    code: 'http.content-type',
    hooks: { write: (written) => ({ ...written, headers: { 'content-type': 'text/html' } }) },
  },
  { name: 'sends a byte-order mark', code: 'http.charset', hooks: body((text) => `\ufeff${text}`) },
  {
    name: 'sends GBK',
    code: 'http.charset',
    hooks: body((text) => Buffer.from(text.replace('success.', '\xb3\xc9\xb9\xa6'), 'latin1')),
  },
  { name: 'sends nothing', code: 'body.empty', hooks: body(() => '') },
  { name: 'sends an error page', code: 'body.not-json', hooks: body(() => '<!doctype html><html></html>') },
  { name: 'sends a string that holds JSON', code: 'body.not-json', hooks: body((text) => JSON.stringify(text)) },
  { name: 'sends a list', code: 'body.not-object', hooks: body((text) => `[${text}]`) },
  { name: 'wraps its answers', code: 'body.wrapped', hooks: members((data) => ({ code: 200, data })) },
  {
    name: 'calls it resultcode',
    code: 'body.result-code-missing',
    hooks: members(({ resultCode, ...rest }) => ({ ...rest, resultcode: resultCode })),
  },
  {
    name: 'sends the number 0',
    code: 'body.result-code-type',
    hooks: members((given) => ({ ...given, resultCode: Number(given.resultCode) })),
  },
  {
    name: 'sends seven digits',
    code: 'body.result-code-misspelt',
    hooks: members((given) => ({ ...given, resultCode: `0${given.resultCode}` })),
  },
  {
    name: 'sends 200',
    code: 'body.result-code-unknown',
    hooks: members((given) => (given.resultCode === '000000' ? { ...given, resultCode: '200' } : given)),
  },
  { name: 'sends no resultMsg', code: 'body.result-msg-missing', hooks: members(({ resultCode }) => ({ resultCode })) },
  {
    name: 'sends a long resultMsg',
    code: 'body.member-length',
    hooks: members((given) => ({ ...given, resultMsg: 'x'.repeat(300) })),
  },
  {
    name: 'says what a resultMsg is in an object',
    code: 'body.member-type',
    hooks: members((given) => ({ ...given, resultMsg: { zh: '成功' } })),
  },
  { name: 'never answers allOrgSync', code: 'transport.timeout', hooks: { handle: ({ kit }) => kit === 'allOrgSync' } },
  {
    name: 'breaks the connection in authSync',
    code: 'transport.reset',
    hooks: {
      handle: ({ kit }, response) => {
        if (kit === 'authSync') response.destroy();
        return kit === 'authSync';
      },
    },
  },
  {
    name: 'puts off applicationSync with 000004',
    code: 'result.refused',
    says: '000004',
    hooks: members((given, { kit }) =>
      kit === 'applicationSync' && given.resultCode === '000000' ? { ...given, resultCode: '000004' } : given,
    ),
  },
  {
    name: 'has no singleOrgSync',
    code: 'http.status',
    says: '404',
    hooks: at(/^\/produceAPI\/v2\/(tenantSync|applicationSync|authSync|allOrgSync)$/),
  },
];
