/** The Open API client asks for orders: signed anew each time, patient with a busy marketplace, careful with its key. */
import { inspect } from 'node:util';
import { mockOrder, verifyAkSk } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import { createOpenApiClient, type OpenApiClientOptions } from './client.ts';

const AK = 'KOOTESTAK00000000001';
const SK = 'kooTestSk/+0123456789abcdefghijklmnopqr';
const NOW = Date.UTC(2026, 0, 1, 8);
const order = mockOrder('MOCKPERIODYEARNEW');

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const found = () =>
  json(200, { resultCode: 'MKT.0000', resultMsg: 'Success', orderInfo: order }, { 'x-request-id': 'r1' });
const unauthenticated = () =>
  json(401, { error_code: 'APIGW.0301', error_msg: 'Incorrect IAM authentication information', request_id: 'r2' });

/** A client whose network answers from a list, with a clock that only sleeping moves. */
function client(answers: (() => Response | Promise<Response>)[], change: Partial<OpenApiClientOptions> = {}) {
  const sent: { url: string; headers: Headers }[] = [];
  const slept: number[] = [];
  const alarms: string[] = [];
  let nowMs = NOW;
  const api = createOpenApiClient({
    baseUrl: 'https://mkt.myhuaweicloud.com',
    ak: AK,
    sk: SK,
    clock: () => nowMs,
    random: () => 0.5,
    sleep: async (delayMs) => {
      slept.push(delayMs);
      nowMs += delayMs;
    },
    fetch: async (input, init) => {
      sent.push({ url: String(input), headers: new Headers(init?.headers) });
      const answer = answers.shift();
      if (!answer) throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
      return answer();
    },
    onAlarm: (message) => alarms.push(message),
    ...change,
  });
  return {
    api,
    sent,
    slept,
    alarms,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('queryOrder', () => {
  it('sends the request of openapi.md 3.8 and reads the order', async () => {
    const { api, sent } = client([found]);
    const result = await api.queryOrder({ orderId: 'MOCKPERIODYEARNEW' });
    expect(result).toEqual({ ok: true, order, requestId: 'r1', attempts: 1 });
    expect(sent[0]?.url).toBe(
      'https://mkt.myhuaweicloud.com/api/mkp-openapi-public/global/v1/order/query?orderId=MOCKPERIODYEARNEW',
    );
    expect(sent[0]?.headers.get('authorization')).toContain(
      'Signature=665d899c62c6663786c4beedcf1900f8b7fd8ffb06f9fb0a69075f11f0ed59e9',
    );
  });

  it('signs ids with blanks and Chinese so that the wire verifies', async () => {
    const { api, sent } = client([found]);
    await api.queryOrder({ orderId: 'a b+c', orderLineId: '订单行' });
    const { url = '', headers = new Headers() } = sent[0] ?? {};
    const { host, pathname, search } = new URL(url);
    const received = { ...Object.fromEntries(headers), host };
    const verdict = verifyAkSk({
      sk: SK,
      method: 'GET',
      rawPath: pathname + search,
      headers: received,
      body: new Uint8Array(),
      nowMs: NOW,
    });
    expect(verdict).toEqual({ ok: true });
  });

  it.each([
    [
      'an unknown order',
      500,
      { resultCode: 'MKT.0100', resultMsg: 'Failure of input parameter' },
      'refused',
      'MKT.0100',
    ],
    ["another seller's order", 401, { resultCode: 'MKT.0150', resultMsg: 'Illegal operation' }, 'refused', 'MKT.0150'],
    ['a wrong parameter', 400, { resultCode: 'MKT.0101', resultMsg: 'Invalid parameter' }, 'refused', 'MKT.0101'],
    ['a wrong path', 404, { error_code: 'APIGW.0101', error_msg: 'no API' }, 'refused', 'APIGW.0101'],
    ['200 with another code', 200, { resultCode: 'MKT.0999', resultMsg: '' }, 'refused', 'MKT.0999'],
    [
      'success with another status',
      201,
      { resultCode: 'MKT.0000', resultMsg: '', orderInfo: order },
      'refused',
      'MKT.0000',
    ],
    ['success without an order', 200, { resultCode: 'MKT.0000', resultMsg: '' }, 'malformed', 'CLIENT.MALFORMED'],
    [
      'an order without lines',
      200,
      { resultCode: 'MKT.0000', resultMsg: '', orderInfo: { orderId: 'x' } },
      'malformed',
      'CLIENT.MALFORMED',
    ],
    ['no JSON', 200, 'hello', 'malformed', 'CLIENT.MALFORMED'],
    ['a redirect', 302, {}, 'malformed', 'CLIENT.MALFORMED'],
  ])('does not repeat: %s', async (_, status, body, kind, code) => {
    const { api, sent } = client([() => json(status, body)]);
    expect(await api.queryOrder({ orderId: 'x' })).toMatchObject({
      ok: false,
      kind,
      code,
      httpStatus: status,
      attempts: 1,
    });
    expect(sent).toHaveLength(1);
  });

  it('takes the older CBC codes for success', async () => {
    const { api } = client([() => json(200, { resultCode: 'CBC.0000', resultMsg: 'Success', orderInfo: order })]);
    expect(await api.queryOrder({ orderId: 'x' })).toMatchObject({ ok: true });
  });
});

describe('retries (openapi.md 7)', () => {
  it.each([
    ['429', () => json(429, { error_code: 'APIGW.0308', error_msg: '' })],
    ['406 MKT.0250', () => json(406, { resultCode: 'MKT.0250', resultMsg: '' })],
    ['500 MKT.0999', () => json(500, { resultCode: 'MKT.0999', resultMsg: '' })],
    ['502', () => new Response('<html>', { status: 502 })],
    ['504', () => json(504, { error_code: 'APIGW.0201', error_msg: 'Backend timeout.' })],
    ['a refused connection', () => Promise.reject(new TypeError('fetch failed'))],
  ])('repeats after %s, signed anew', async (_, answer) => {
    const { api, sent, slept } = client([answer, found]);
    expect(await api.queryOrder({ orderId: 'x' })).toMatchObject({ ok: true, attempts: 2 });
    expect(slept).toEqual([750]);
    const dates = sent.map(({ headers }) => headers.get('authorization'));
    expect(sent.every(({ headers }) => headers.has('x-sdk-date'))).toBe(true);
    expect(dates).toHaveLength(2);
  });

  it('gives up after three repeats with doubled delays, each with its own date', async () => {
    const { api, sent, slept } = client([]);
    expect(await api.queryOrder({ orderId: 'x' })).toMatchObject({
      ok: false,
      kind: 'unreachable',
      code: 'CLIENT.CONNECTION',
      message: 'fetch failed: connect ECONNREFUSED',
      attempts: 4,
    });
    expect(slept).toEqual([750, 1_500, 3_000]);
    expect(new Set(sent.map(({ headers }) => headers.get('x-sdk-date'))).size).toBeGreaterThan(2);
  });

  it('goes to the fallback host at once, and back', async () => {
    const { api, sent, slept } = client(
      [() => new Response('', { status: 504 }), () => new Response('', { status: 504 }), found],
      {
        fallbackBaseUrl: 'https://mkt.myhuaweicloud.cn',
      },
    );
    expect(await api.queryOrder({ orderId: 'x' })).toMatchObject({ ok: true, attempts: 3 });
    expect(sent.map(({ url }) => new URL(url).host)).toEqual([
      'mkt.myhuaweicloud.com',
      'mkt.myhuaweicloud.cn',
      'mkt.myhuaweicloud.com',
    ]);
    expect(slept).toHaveLength(1);
  });

  it('does not go to the fallback host for a refusal', async () => {
    const { api, sent } = client([() => json(400, { resultCode: 'MKT.0101', resultMsg: '' })], {
      fallbackBaseUrl: 'https://mkt.myhuaweicloud.cn',
    });
    await api.queryOrder({ orderId: 'x' });
    expect(sent).toHaveLength(1);
  });

  it('ends when its signal aborts, and when an attempt takes too long', async () => {
    const hanging: typeof globalThis.fetch = (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    const aborted = client([], { fetch: hanging });
    const signal = AbortSignal.timeout(20);
    expect(await aborted.api.queryOrder({ orderId: 'x' }, { signal })).toMatchObject({
      code: 'CLIENT.TIMEOUT',
      attempts: 1,
    });
    const slow = client([], { fetch: hanging, timeoutMs: 5 });
    expect(await slow.api.queryOrder({ orderId: 'x' })).toMatchObject({ code: 'CLIENT.TIMEOUT', attempts: 4 });
  });
});

describe('a refused key', () => {
  it('is not used again after three refusals in a row, but for a probe every five minutes', async () => {
    const { api, sent, alarms, pass } = client([
      unauthenticated,
      unauthenticated,
      unauthenticated,
      unauthenticated,
      found,
    ]);
    const ask = () => api.queryOrder({ orderId: 'x' });
    for (let call = 0; call < 3; call += 1)
      expect(await ask()).toMatchObject({ code: 'APIGW.0301', requestId: 'r2', attempts: 1 });
    expect(alarms).toHaveLength(1);
    expect(await ask()).toMatchObject({ ok: false, kind: 'stopped', code: 'CLIENT.STOPPED', attempts: 0 });
    expect(sent).toHaveLength(3);
    pass(5 * 60_000);
    expect((await Promise.all([ask(), ask()])).map((result) => result.ok || result.code)).toEqual([
      'APIGW.0301',
      'CLIENT.STOPPED',
    ]);
    pass(5 * 60_000);
    expect(await ask()).toMatchObject({ ok: true });
  });

  it('counts only refusals in a row', async () => {
    const { api, alarms } = client([unauthenticated, unauthenticated, found, unauthenticated, unauthenticated, found]);
    for (let call = 0; call < 6; call += 1) await api.queryOrder({ orderId: 'x' });
    expect(alarms).toEqual([]);
  });

  it('is never shown', async () => {
    const { api, alarms } = client([unauthenticated, unauthenticated, unauthenticated]);
    const results = [];
    for (let call = 0; call < 4; call += 1) results.push(await api.queryOrder({ orderId: 'x' }));
    const shown = inspect(api, { depth: 10, showHidden: true }) + JSON.stringify([results, alarms, api]);
    expect(shown).not.toContain(SK);
    expect(shown).not.toContain('Signature=');
  });
});
