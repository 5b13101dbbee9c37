import { describe, expect, it } from 'vitest';
import { createHttp, toSearch } from './http.ts';
import { ApiError, isTransient, problemOf } from './problem.ts';

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** An API that gives these answers one after the other and notes what it was asked. */
function apiAnswering(...answers: (Response | Error)[]) {
  const sent: Sent[] = [];
  const http = createHttp({
    fetch: async (url, init) => {
      sent.push({ url, method: init.method ?? 'GET', headers: new Headers(init.headers), body: init.body });
      const answer = answers[sent.length - 1];
      if (answer === undefined) throw new Error(`unexpected request ${url}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { http, sent, keys: () => sent.map((one) => one.headers.get('idempotency-key')) };
}

const ok = (body: unknown = {}): Response => Response.json(body);
const refusal = (status: number, code: string, more: object = {}): Response =>
  Response.json(
    { type: 'about:blank', title: code, status, code, ...more },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(() => null).catch((reason: unknown) => reason);
  if (error instanceof ApiError) return error;
  throw new Error(`expected an ApiError, got ${String(error)}`);
}

describe('a command', () => {
  it('carries the key, the CSRF token and its body as JSON', async () => {
    const { http, sent } = apiAnswering(ok());
    http.setCsrfToken('token-1');
    await http.post('orders', { lines: [] });
    expect(sent[0]).toMatchObject({ url: '/api/console/orders', method: 'POST', body: '{"lines":[]}' });
    expect(sent[0]?.headers.get('x-csrf-token')).toBe('token-1');
    expect(sent[0]?.headers.get('content-type')).toBe('application/json');
    expect(sent[0]?.headers.get('idempotency-key')).toMatch(/^[\da-f-]{36}$/);
  });

  it.each([
    ['a lost answer', new TypeError('Failed to fetch')],
    ['a failing server', refusal(500, 'INTERNAL')],
    ['a gateway that timed out', new Response('<html>', { status: 504 })],
    ['a first try that still runs', refusal(409, 'IDEMPOTENCY_IN_FLIGHT')],
    ['a busy server', refusal(429, 'RATE_LIMITED')],
  ])('is repeated under the same key after %s', async (_, first) => {
    const { http, keys } = apiAnswering(first, ok());
    expect(isTransient(await failure(http.post('orders/1/payment', { method: 'BALANCE' })))).toBe(true);
    await http.post('orders/1/payment', { method: 'BALANCE' });
    expect(keys()[1]).toBe(keys()[0]);
  });

  it('is a new intention once the server has refused: paying again after a top-up must not hear the old refusal', async () => {
    const { http, keys } = apiAnswering(refusal(409, 'INSUFFICIENT_BALANCE'), ok());
    expect(isTransient(await failure(http.post('orders/1/payment', { method: 'BALANCE' })))).toBe(false);
    await http.post('orders/1/payment', { method: 'BALANCE' });
    expect(keys()[1]).not.toBe(keys()[0]);
  });

  it('is a new intention once it was done: the same order may be placed twice', async () => {
    const { http, keys } = apiAnswering(ok(), ok());
    await http.post('orders', {});
    await http.post('orders', {});
    expect(keys()[1]).not.toBe(keys()[0]);
  });

  it('keeps its key when the answer broke off in the middle', async () => {
    const { http, keys } = apiAnswering(new Response('{"orderId":', { status: 201 }), ok());
    await expect(http.post('orders', {})).rejects.toThrow();
    await http.post('orders', {});
    expect(keys()[1]).toBe(keys()[0]);
  });
});

describe('a problem', () => {
  it('comes through with its code, facts and request id', async () => {
    const facts = { balance: '500.00', amount: '625.00', gap: '125.00' };
    const { http } = apiAnswering(refusal(409, 'INSUFFICIENT_BALANCE', { facts, requestId: 'req-1' }));
    expect((await failure(http.get('wallet'))).problem).toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
      facts,
      requestId: 'req-1',
    });
  });

  it('is made for an answer that is none, with the request id of its header', async () => {
    const { http } = apiAnswering(
      new Response('<html>', { status: 502, statusText: 'Bad Gateway', headers: { 'X-Request-Id': 'req-2' } }),
    );
    expect((await failure(http.get('meta'))).problem).toMatchObject({
      code: 'HTTP_502',
      status: 502,
      title: 'Bad Gateway',
      requestId: 'req-2',
    });
  });

  it('is NETWORK when nothing answers', async () => {
    const { http } = apiAnswering(new TypeError('Failed to fetch'));
    expect((await failure(http.get('meta'))).problem).toMatchObject({ code: 'NETWORK', status: 0 });
  });

  it('is CLIENT for our own faults', () => {
    expect(problemOf(new Error('boom'))).toMatchObject({ code: 'CLIENT', detail: 'boom' });
  });
});

describe('a read', () => {
  it('that the page gave up is no failure of the API', async () => {
    const { http } = apiAnswering(new DOMException('aborted', 'AbortError'));
    const controller = new AbortController();
    controller.abort();
    await expect(http.get('meta', {}, controller.signal)).rejects.toThrow(DOMException);
  });

  it('sends what is set, and a path with a slash as it stands', async () => {
    const { http, sent } = apiAnswering(ok(), ok());
    await http.get('orders', { state: 'PROCESSING', product: '', orderId: undefined, limit: 20 });
    await http.post('/api/sandbox/wallet/top-ups', { amount: '1' });
    expect(sent.map((one) => one.url)).toEqual([
      '/api/console/orders?state=PROCESSING&limit=20',
      '/api/sandbox/wallet/top-ups',
    ]);
  });

  it('writes no question mark without parameters', () => {
    expect(toSearch({ q: undefined })).toBe('');
  });
});
