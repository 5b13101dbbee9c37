/** Wrong V1.0 sellers, each with one fault in HTTP, Body-Sign or the form of the body. */
import type { ServerResponse } from 'node:http';
import type { DiagnosisCode } from '@jishi/protocol';
import type { Fault } from './fault-saas-v1.test-support.ts';
import { type Body, escaped, type Pair, rightHooks, type SellerHooks } from './right-saas-v1.test-support.ts';
import type { Answer } from './right-saas-v1-life.test-support.ts';

const { serialise } = rightHooks();

/** Only the Body-Sign header is another one; null = none. */
function header(name: string, where: string, code: DiagnosisCode, made: (right: string) => Pair | null): Fault {
  const headers: SellerHooks['headers'] = (contentType, bodySign) => {
    const pair = made(bodySign);
    return [['Content-Type', contentType], ...(pair === null ? [] : [pair])];
  };
  return { name, in: where, code, hooks: () => ({ headers }) };
}

/** The body that is signed is another one than the body that is sent. */
function signedAs(
  name: string,
  where: string,
  signedBody: (text: string) => Body,
  sent: (text: string) => Body = (text) => text,
): Fault {
  return {
    name,
    in: where,
    code: 'body-sign.body-altered',
    hooks: () => {
      let compact = '';
      return {
        serialise: (answer) => {
          compact = text(serialise(answer));
          return sent(compact);
        },
        signedBody: () => signedBody(compact),
      };
    },
  };
}

/** Everything that calls it gets this. */
function answers(name: string, where: string, code: DiagnosisCode, answer: (response: ServerResponse) => void): Fault {
  return {
    name,
    in: where,
    code,
    hooks: () => ({
      before: (_, response) => {
        answer(response);
        return true;
      },
    }),
  };
}

function bodyIs(name: string, where: string, code: DiagnosisCode, made: (answer: Answer) => Body): Fault {
  return { name, in: where, code, hooks: () => ({ serialise: made }) };
}

function resultCode(what: string, where: string, code: DiagnosisCode, given: unknown): Fault {
  const answer: SellerHooks['answer'] = (_, right) =>
    right.resultCode === '000000' ? { ...right, resultCode: given } : right;
  return { name: `resultCode: ${what}`, in: where, code, hooks: () => ({ answer }) };
}

const HTML = '<!DOCTYPE html><html><body><h1>500</h1></body></html>';

export const FRAME_FAULTS: readonly Fault[] = [
  header('sends no Body-Sign (F1)', 'body-sign.success', 'body-sign.missing', () => null),
  header('spells it Body-sign (F2)', 'body-sign.success', 'body-sign.name-case', (right) => ['Body-sign', right]),
  header('spells it bodySign (F2)', 'body-sign.success', 'body-sign.name-case', (right) => ['bodySign', right]),
  header('leaves the quotes out (F3)', 'body-sign.success', 'body-sign.quotes', (right) => [
    'Body-Sign',
    right.replaceAll('"', ''),
  ]),
  header('has a semicolon for the comma (F3)', 'body-sign.success', 'body-sign.quotes', (right) => [
    'Body-Sign',
    right.replace(',', ';'),
  ]),
  header('sends the signature alone (F3)', 'body-sign.success', 'body-sign.quotes', (right) => [
    'Body-Sign',
    right.slice(36, -1),
  ]),
  header('names another algorithm', 'body-sign.success', 'body-sign.sign-type', (right) => [
    'Body-Sign',
    right.replace('HMAC-', 'Hmac'),
  ]),
  {
    name: 'signs Body-Sign with Key and timeStamp (F4b)',
    in: 'body-sign.success',
    code: 'body-sign.key',
    summary: /another key/,
    hooks: () => ({ bodyKey: (key, call) => key + (call.timeStamp ?? '') }),
  },
  {
    name: 'signs Body-Sign with another Key (F4d)',
    in: 'body-sign.success',
    code: 'body-sign.key',
    hooks: () => ({ bodyKey: () => 'other' }),
  },
  {
    name: 'writes Body-Sign as hex (F4c)',
    in: 'body-sign.success',
    code: 'body-sign.form',
    hooks: () => ({ signature: (mac) => mac.toString('hex') }),
  },
  {
    name: 'writes Body-Sign as URL-safe base64 (F4c)',
    in: 'body-sign.success',
    code: 'body-sign.form',
    hooks: () => ({ signature: (mac) => mac.toString('base64url') }),
  },
  signedAs(
    'adds a line feed after signing (F4a)',
    'body-sign.success',
    (compact) => compact,
    (compact) => `${compact}\n`,
  ),
  signedAs('signs the pretty-printed body (F4a)', 'body-sign.success', (compact) =>
    JSON.stringify(JSON.parse(compact), null, 2),
  ),
  signedAs('signs before escaping non-ASCII (F4a)', 'body-sign.success', (compact) =>
    JSON.stringify(JSON.parse(compact)),
  ),
  {
    name: 'signs successes only',
    in: 'body-sign.refusal',
    code: 'body-sign.missing',
    hooks: () => {
      let isSuccess = true;
      return {
        answer: (_, right) => {
          isSuccess = right.resultCode === '000000';
          return right;
        },
        headers: (contentType, bodySign) =>
          isSuccess
            ? [
                ['Content-Type', contentType],
                ['Body-Sign', bodySign],
              ]
            : [['Content-Type', contentType]],
      };
    },
  },
  {
    name: 'forgot Body-Sign in one activity',
    in: 'upgrade.answer',
    code: 'body-sign.missing',
    hooks: () => ({
      headers: (contentType, bodySign, { activity }) => [
        ['Content-Type', contentType],
        ...(activity === 'upgrade' ? [] : [['Body-Sign', bodySign] as const]),
      ],
    }),
  },
  {
    name: 'sends text/html',
    in: 'http.answer',
    code: 'http.content-type',
    hooks: () => ({
      headers: (_, bodySign) => [
        ['Content-Type', 'text/html;charset=utf-8'],
        ['Body-Sign', bodySign],
      ],
    }),
  },
  {
    name: 'sends no content type',
    in: 'http.answer',
    code: 'http.content-type',
    hooks: () => ({ headers: (_, bodySign) => [['Body-Sign', bodySign]] }),
  },
  {
    name: 'repeats the customer name in GBK',
    in: 'http.answer',
    code: 'http.charset',
    hooks: () => ({
      answer: ({ customerName = '' }, right) => ({ ...right, resultMsg: `ok ${customerName}` }),
      serialise: (answer) =>
        Buffer.concat(
          JSON.stringify(answer)
            .split(/([^\p{ASCII}])/u)
            .map((part) => (/^\p{ASCII}*$/u.test(part) ? Buffer.from(part) : Buffer.from([0xb2, 0xe2]))),
        ),
    }),
  },
  {
    name: 'signs what Latin-1 makes of the customer name',
    in: 'body-sign.success',
    code: 'body-sign.body-altered',
    hooks: () => ({
      answer: ({ customerName = '' }, right) => ({ ...right, resultMsg: `ok ${customerName}`, appInfo: undefined }),
      serialise: JSON.stringify,
      signedBody: (body) => Buffer.from(text(body).replace(/[\u0100-\uffff]/g, '?'), 'latin1'),
    }),
  },
  {
    name: 'sends refusals as text/html',
    in: 'body-sign.refusal',
    code: 'http.content-type',
    hooks: () => {
      let isSuccess = true;
      return {
        answer: (_, right) => {
          isSuccess = right.resultCode === '000000';
          return right;
        },
        headers: (contentType, bodySign) => [
          ['Content-Type', isSuccess ? contentType : 'text/html'],
          ['Body-Sign', bodySign],
        ],
      };
    },
  },
  bodyIs(
    'prints a warning of PHP before the JSON',
    'signature.accepted',
    'body.not-json',
    (answer) => `<br />\n<b>Warning</b>: Undefined index<br />\n${text(serialise(answer))}`,
  ),
  bodyIs('sends a byte-order mark', 'http.answer', 'http.charset', (answer) => `\ufeff${text(serialise(answer))}`),
  answers('answers an HTML page', 'signature.accepted', 'body.not-json', (response) =>
    response.setHeader('Content-Type', 'text/html').end(HTML),
  ),
  answers('redirects to a login page', 'signature.accepted', 'transport.redirect', (response) =>
    response.writeHead(302, { location: '/login' }).end(),
  ),
  answers('is not there', 'signature.accepted', 'http.status', (response) => response.writeHead(404).end('not found')),
  answers('fails', 'signature.accepted', 'http.status', (response) => response.writeHead(500).end(HTML)),
  {
    name: 'takes POST only',
    in: 'signature.accepted',
    code: 'http.status',
    seen: /405 to GET, 200 to POST/,
    hooks: () => ({
      before: ({ method }, response) => {
        if (method === 'GET') response.writeHead(405, { allow: 'POST' }).end();
        return method === 'GET';
      },
    }),
  },
  answers('breaks the connection', 'signature.accepted', 'transport.reset', (response) => response.destroy()),
  answers('never answers', 'signature.accepted', 'transport.timeout', () => {}),
  answers('breaks off in the middle', 'signature.accepted', 'transport.reset', (response) => {
    response.writeHead(200, { 'content-length': '500', 'content-type': 'application/json' });
    response.write('{"resultCode":');
    setImmediate(() => response.destroy());
  }),
  answers('is empty', 'signature.accepted', 'body.empty', (response) =>
    response.setHeader('Content-Type', 'application/json').end(),
  ),
  answers('is too large', 'signature.accepted', 'http.too-large', (response) =>
    response.setHeader('Content-Type', 'application/json').end(`{"a":"${'x'.repeat(1_100_000)}"}`),
  ),
  bodyIs('answers a list', 'signature.accepted', 'body.not-object', (answer) => JSON.stringify([answer])),
  bodyIs('serialises twice', 'signature.accepted', 'body.not-json', (answer) => JSON.stringify(JSON.stringify(answer))),
  bodyIs('answers JSONP', 'signature.accepted', 'body.not-json', (answer) => `callback(${text(serialise(answer))})`),
  bodyIs('writes a trailing comma', 'signature.accepted', 'body.not-json', (answer) =>
    text(serialise(answer)).replace(/\}$/, ',}'),
  ),
  bodyIs('wraps the answer', 'signature.accepted', 'body.wrapped', (answer) =>
    escaped(JSON.stringify({ code: 200, data: answer })),
  ),
  resultCode('a number', 'signature.accepted', 'body.result-code-type', 0),
  resultCode('seven digits', 'signature.accepted', 'body.result-code-misspelt', '0000000'),
  resultCode('one zero', 'signature.accepted', 'body.result-code-misspelt', '0'),
  resultCode('a code of its own', 'signature.accepted', 'body.result-code-unknown', 'SUCCESS'),
  resultCode('none', 'signature.accepted', 'body.result-code-missing', undefined),
  {
    name: 'has no resultMsg',
    in: 'newInstance.answer',
    code: 'body.result-msg-missing',
    hooks: () => ({ answer: (_, { resultMsg: _message, ...right }) => right }),
  },
  {
    name: 'answers 401 to a wrong token',
    in: 'body-sign.refusal',
    code: 'http.status',
    hooks: () => ({
      send(response, headers, body) {
        if (text(body).includes('"000001"')) response.statusCode = 401;
        rightHooks().send(response, headers, body);
      },
    }),
  },
  {
    name: 'answers a page for an instance it does not know',
    in: 'instance.unknown',
    code: 'http.status',
    keepsTests: true,
    hooks: () => ({
      send(response, headers, body) {
        if (text(body).includes('"000003"')) response.writeHead(500).end(HTML);
        else rightHooks().send(response, headers, body);
      },
    }),
  },
];

function text(body: Body): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}
