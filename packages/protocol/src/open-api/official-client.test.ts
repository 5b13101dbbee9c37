import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import { DefaultHttpClient } from '@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAuthorization } from './authorization.ts';
import { canonicalUri } from './canonical.ts';
import { type AkSkVerdict, verifyAkSk } from './verify.ts';

/**
 * The real official Node client, whole, against a loopback server that verifies from the wire: what openapi.md 3.7 lists as
 * accepted is accepted, what it lists as refused is refused, with the cause named.
 */

const SK = 'kooTestSk/+0123456789abcdefghijklmnopqr';
let server: Server;
let client: HcClient;
let verdict: AkSkVerdict | undefined;
let rawPath = '';

beforeAll(async () => {
  server = createServer(async (request, response) => {
    verdict = await verify(request);
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoints = [`http://127.0.0.1:${port(server)}`];
  client = new HcClient(new DefaultHttpClient({}, endpoints))
    .withEndpoints(endpoints)
    .withCredential(new BasicCredentials({ ak: 'KOOTESTAK00000000001', sk: SK }));
});

afterAll(() => new Promise((closed) => server.close(closed)));

interface Sent {
  method?: string;
  url?: string;
  contentType?: string;
  queryParams?: Record<string, unknown>;
  headers?: Record<string, string>;
  data?: unknown;
}

describe('accepted', () => {
  it.each<[string, Sent]>([
    ['a plain GET', { url: '/api/mkp-openapi-public/global/v1/order/query', queryParams: { orderId: 'CS1' } }],
    ['a trailing slash', { url: '/v1/a/' }],
    ['a Unicode path', { url: '/v1/云商店' }],
    ['repeated query values', { queryParams: { id: ['C', 'a', 'b'], limit: 10 } }],
    ['empty, boolean and Unicode values', { queryParams: { e: '', b: true, n: '云商店 é' } }],
    ['reserved characters', { queryParams: { q: "a b+c&d=e/f?g#h%i~j*k'l(m)n!o:p@q,r;s$t" } }],
    ['an object', { method: 'POST', data: { license: 'PLTEST0001', n: '集市' } }],
    ['an array', { method: 'POST', data: [1, 'a', null] }],
    ['an empty object', { method: 'POST', data: {} }],
    ['no body', { method: 'POST' }],
    ['DELETE with a body', { method: 'DELETE', data: { a: 1 } }],
    ['octet-stream', { method: 'POST', contentType: 'application/octet-stream', data: Buffer.from('bytes') }],
    ['mixed-case header names', { headers: { 'X-Stage': 'RELEASE', 'x-other': 'a' } }],
    ['a charset that the client drops', { contentType: 'application/json;charset=UTF-8' }],
  ])('%s', async (_, sent) => {
    expect(await send(sent)).toEqual({ ok: true });
  });

  it.each(['/v1/a b', '/v1/a%2Fb'])('%s, by the second attempt at the path', async (url) => {
    expect(await send({ url })).toEqual({ ok: true });
    // The client encodes the path as it stands once more, so the documented form alone would not have fitted.
    expect(canonicalUri(rawPath)).not.toContain('%25');
  });
});

describe('refused', () => {
  it.each<[string, Sent, string]>([
    ['an apostrophe in the path', { url: "/v1/o'k" }, 'aksk.path'],
    ['undefined in the query', { queryParams: { a: undefined } }, 'aksk.query'],
    ['a string as body', { method: 'POST', data: '{"a":1}' }, 'aksk.body-hash'],
    ['a header value with outer blanks', { headers: { 'x-note': ' a ' } }, 'aksk.header-value'],
    ['names mixing _ and -', { headers: { x_a: '1', 'x-b': '2', 'x-a': '3' } }, 'aksk.header-value'],
  ])('%s', async (_, sent, code) => {
    expect(await send(sent)).toMatchObject({ ok: false, reason: 'signature', diagnosis: [{ code }] });
  });
});

async function send(sent: Sent): Promise<AkSkVerdict | undefined> {
  verdict = undefined;
  const {
    method = 'GET',
    url = '/v1/test',
    contentType = 'application/json',
    queryParams = {},
    headers = {},
    data,
  } = sent;
  const body = typeof data === 'object' && data !== null ? { data } : {};
  const options = { method, url, contentType, queryParams, pathParams: {}, headers: { ...headers }, ...body };
  await client.sendRequest(typeof data === 'string' ? Object.assign(options, { data }) : options);
  return verdict;
}

async function verify(request: IncomingMessage): Promise<AkSkVerdict> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers[name] = value;
  expect(parseAuthorization(headers.authorization)).toMatchObject({ ok: true, ak: 'KOOTESTAK00000000001' });
  rawPath = request.url ?? '';
  const nowMs = Date.now();
  return verifyAkSk({ sk: SK, method: request.method ?? '', rawPath, headers, body: Buffer.concat(chunks), nowMs });
}

function port(listening: Server): number {
  const address: string | AddressInfo | null = listening.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
