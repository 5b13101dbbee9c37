/** Each fault spoils what it promises to spoil, as often as it was switched on, and the call log tells the truth. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultKind } from './index.ts';
import { lineOf, type Market, startMarket } from './testing.ts';

let market: Market;
beforeAll(async () => {
  market = await startMarket();
});
afterAll(() => market.close());
afterEach(() => {
  market.demo.control.change({ faults: [], mode: 'sync', provisioningDelayMs: 0, orderLookup: 'required' });
  market.demo.control.clearCalls();
});

let number = 0;
function create() {
  const orderId = `CS260101FAULT${number++}`;
  market.quantities.set(lineOf(orderId), 5);
  return { activity: 'newInstance', orderId, orderLineId: lineOf(orderId), businessId: `biz-${orderId}` };
}

const once = (kind: FaultKind, more: { delayMs?: number; code?: string } = {}) =>
  market.demo.control.change({ faults: [{ kind, times: 1, ...more }] });

describe('faults that answer', () => {
  it.each<[FaultKind, number, string, RegExp]>([
    ['html', 200, 'text/html', /^<!doctype html>/],
    ['empty', 200, 'application/json', /^$/],
    ['wrong-type', 200, 'text/plain', /"resultCode":"000000"/],
    ['status-500', 500, 'application/json', /Internal Server Error/],
    ['redirect', 302, '', /^$/],
    ['wrong-result-code', 200, 'application/json', /"resultCode":"0000000"/],
    ['refuse', 200, 'application/json', /"resultCode":"000100"/],
    ['bad-json', 200, 'application/json', /,\}$/],
  ])('%s', async (kind, status, type, body) => {
    once(kind);
    const response = await market.send(create());
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type') ?? '').toContain(type);
    expect(await response.text()).toMatch(body);
    expect(market.demo.control.calls()).toMatchObject([{ activity: 'newInstance', fault: kind }]);
    expect((await market.send(create())).status).toBe(200);
    expect(market.demo.control.settings().faults).toEqual([]);
  });

  it('huge is more than 1 MiB and still JSON', async () => {
    once('huge');
    const text = await (await market.send(create())).text();
    expect(text.length).toBeGreaterThan(1024 * 1024);
    expect(JSON.parse(text)).toMatchObject({ resultCode: '000000' });
  });

  it('slow answers late and right', async () => {
    once('slow', { delayMs: 120 });
    const started = performance.now();
    expect(await (await market.send(create())).json()).toMatchObject({ resultCode: '000000' });
    expect(performance.now() - started).toBeGreaterThanOrEqual(115);
  });

  it('takes another code where one is given', async () => {
    once('refuse', { code: '000106' });
    expect(await market.call(create())).toMatchObject({ resultCode: '000106' });
  });
});

describe('faults below HTTP', () => {
  it.each<FaultKind>(['cut', 'reset'])(
    '%s breaks the connection after the work was done; the repeat finds it',
    async (kind) => {
      once(kind);
      const request = create();
      await expect(market.send(request).then((response) => response.text())).rejects.toThrow();
      const repeat = await market.call({ ...request, businessId: 'another' });
      expect(repeat).toMatchObject({ resultCode: '000000', instanceId: request.businessId });
      expect(market.demo.control.calls()).toMatchObject([
        { resultCode: '000000', fault: kind },
        { resultCode: '000000', fault: null },
      ]);
    },
  );

  it('hang never answers', async () => {
    once('hang');
    await expect(market.send(create(), AbortSignal.timeout(150))).rejects.toThrow(/timeout/i);
  });
});

describe('which calls a fault meets', () => {
  it('is said by activity and times', async () => {
    market.demo.control.change({ faults: [{ activity: 'queryInstance', kind: 'status-500', times: 2 }] });
    const request = create();
    expect((await market.send(request)).status).toBe(200);
    const query = { activity: 'queryInstance', instanceId: request.businessId };
    const statuses = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await market.send(query)).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  it('is every one when times is left out', async () => {
    market.demo.control.change({ faults: [{ kind: 'status-500' }] });
    for (let call = 0; call < 3; call += 1) expect((await market.send(create())).status).toBe(500);
  });
});

describe('/_control', () => {
  const post = (body: string) => fetch(`${market.demo.url}/_control`, { method: 'POST', body });

  it('switches and shows over HTTP', async () => {
    const changed = await post('{"mode":"async","provisioningDelayMs":86400000}');
    expect(await changed.json()).toMatchObject({
      settings: { mode: 'async', provisioningDelayMs: 86_400_000, faults: [] },
    });
    const request = create();
    expect(await market.call(request)).toMatchObject({ resultCode: '000004', instanceId: request.businessId });
    const shown: { calls: unknown[]; tenants: unknown[] } = await (await fetch(`${market.demo.url}/_control`)).json();
    expect(shown.calls.at(-1)).toMatchObject({
      activity: 'newInstance',
      orderLineId: request.orderLineId,
      resultCode: '000004',
    });
    expect(shown.tenants.at(-1)).toMatchObject({ instanceId: request.businessId, phase: 'provisioning', userLimit: 5 });
  });

  it.each(['', '{', '{"mode":"later"}', '{"fault":[]}', '{"faults":[{"kind":"fire"}]}', '{"provisioningDelayMs":-1}'])(
    'refuses %j and changes nothing',
    async (body) => {
      const before = market.demo.control.settings();
      expect((await post(body)).status).toBe(400);
      expect(market.demo.control.settings()).toEqual(before);
    },
  );

  it('does not listen to pages of other sites', async () => {
    const headers = { origin: 'https://evil.example.com' };
    const response = await fetch(`${market.demo.url}/_control`, { method: 'POST', headers, body: '{"mode":"async"}' });
    expect(response.status).toBe(403);
    expect(market.demo.control.settings().mode).toBe('sync');
  });

  it('is not there unless asked for', async () => {
    const other = await startMarket({ control: false });
    expect((await fetch(`${other.demo.url}/_control`)).status).toBe(404);
    await other.close();
  });
});
