/** Each fault spoils what it promises to spoil, as often as it was switched on, and the call log tells the truth. */
import { bodySign } from '@jishi/seller';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultKind } from './index.ts';
import { KEY, lineOf, type Market, startMarket } from './testing.ts';

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

describe('faults of V1.0', () => {
  const createV1 = () => {
    const orderId = `CS260101OLD${number++}`;
    const chosen = { customerId: 'c-1', productId: 'P1', chargingMode: '1', amount: '5' };
    return { activity: 'newInstance', businessId: `biz-${orderId}`, orderId, ...chosen };
  };
  const signOf = (response: Response) => response.headers.get('body-sign');

  it.each<FaultKind>(['wrong-result-code', 'bad-json', 'empty', 'wrong-type', 'refuse'])(
    '%s spoils the answer and nothing else: its signature fits',
    async (kind) => {
      once(kind);
      const response = await market.sendV1(createV1());
      expect(signOf(response)).toBe(bodySign(await response.text(), KEY).header);
      expect(market.demo.control.calls()).toMatchObject([
        { protocol: 'saas-v1', activity: 'newInstance', fault: kind },
      ]);
      const next = await market.sendV1(createV1());
      expect(signOf(next)).toBe(bodySign(await next.text(), KEY).header);
    },
  );

  it.each<FaultKind>(['html', 'status-500', 'redirect'])('%s comes from something in front, unsigned', async (kind) => {
    once(kind);
    expect(signOf(await market.sendV1(createV1()))).toBeNull();
    expect(market.demo.control.calls()).toMatchObject([{ resultCode: null, fault: kind }]);
  });

  it('unsigned and wrong-signature leave the answer as it is', async () => {
    once('unsigned');
    const unsigned = await market.sendV1(createV1());
    expect(signOf(unsigned)).toBeNull();
    expect(await unsigned.json()).toMatchObject({ resultCode: '000000' });
    once('wrong-signature');
    const wrong = await market.sendV1(createV1());
    expect(signOf(wrong)).toMatch(/^sign_type="HMAC-SHA256", signature="[^"]{44}"$/);
    expect(signOf(wrong)).not.toBe(bodySign(await wrong.text(), KEY).header);
  });

  it.each<FaultKind>(['cut', 'reset'])('%s comes after the work was done; the repeat finds it', async (kind) => {
    once(kind);
    const request = createV1();
    await expect(market.sendV1(request).then((response) => response.text())).rejects.toThrow();
    const repeat = await market.callV1({ ...request, businessId: 'another' });
    expect(repeat).toMatchObject({ resultCode: '000000', instanceId: request.businessId });
  });

  it('are chosen by the activities of V1.0', async () => {
    market.demo.control.change({ faults: [{ activity: 'expireInstance', kind: 'status-500' }] });
    const request = createV1();
    expect((await market.sendV1(request)).status).toBe(200);
    const expire = { activity: 'expireInstance', instanceId: request.businessId, orderId: request.orderId };
    expect((await market.sendV1(expire)).status).toBe(500);
  });

  it('mode async: 000004 until the time has come, then the repeat has everything', async () => {
    market.demo.control.change({ mode: 'async' });
    const request = createV1();
    expect(await market.callV1(request)).toMatchObject({ resultCode: '000004' });
    const repeat = await market.callV1({ ...request, businessId: 'another' });
    expect(repeat).toMatchObject({ resultCode: '000000', instanceId: request.businessId, appInfo: {} });
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
