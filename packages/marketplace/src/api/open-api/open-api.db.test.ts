/** A seller's program asks for its orders over a real port: every answer of openapi.md 3.6, 4, 5.1 and 8 (rows 1–23). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { authorizationOf, sdkDate, type ToSign } from '../../../../../tests/support/ak-sk.ts';
import { type FakeSeller, prompt, startFakeSeller } from '../../../../../tests/support/fake-seller.ts';
import { type RawAnswer, rawRequest } from '../../../../../tests/support/raw-http.ts';
import { bought, granted, paidAndDone, run, tried } from '../../../../../tests/support/resources.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { closeSeller, createApiKey, createBuyer, createSeller } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import {
  applyForRefund,
  payOrder,
  placeFor,
  type QuotedLine,
  quoteChange,
  quoteRenewals,
} from '../../ordering/index.ts';
import { inTransaction, sql } from '../../platform/database/database.ts';
import { createLog } from '../../platform/log.ts';
import { buyFromDemo } from '../../testing/index.ts';
import { createApp, listen } from '../app.ts';
import { OPEN_API_PREFIX } from './server.ts';

const world = sharedWorld();
const QUERY = `${OPEN_API_PREFIX}/v1/order/query`;
const MOCK = `${QUERY}?orderId=MOCKPERIODYEARNEW`;
interface Key {
  readonly ak: string;
  readonly sk: string;
}
const running: { port: number; close(): Promise<void> }[] = [];
const port = () => running[0]?.port ?? 0;

beforeAll(async () => {
  const { platform } = world();
  running.push(await listen(createApp({ platform, caller: createCaller(platform) }), '127.0.0.1', 0));
});
afterAll(() => Promise.all(running.map((server) => server.close())));

/** A key of its own, so that the failures of one test lock no other. */
function newKey(owner: { sellerId?: string; buyerId?: string } = { sellerId: world().demo.sellerId }): Promise<Key> {
  const { platform } = world();
  return createApiKey(platform, platform.db, owner, platform.clock.now());
}

interface Ask extends Partial<ToSign> {
  readonly key: Key;
  readonly offsetMs?: number;
  /** what is sent in place of what was signed */
  readonly sent?: { target?: string; method?: string; body?: string; headers?: Record<string, string> };
  readonly alter?: (authorization: string) => string;
}
function ask({ key, offsetMs = 0, sent = {}, alter = (same) => same, ...more }: Ask): Promise<RawAnswer> {
  const date = sdkDate(new Date(world().clock.now().getTime() + offsetMs));
  const headers = {
    'content-type': 'application/json',
    host: `127.0.0.1:${port()}`,
    'x-sdk-date': date,
    ...more.headers,
  };
  const toSign = { target: MOCK, method: 'GET', ...more, ...key, headers };
  const body = sent.body ?? more.body;
  return rawRequest({
    port: port(),
    path: sent.target ?? toSign.target,
    method: sent.method ?? toSign.method,
    headers: { ...headers, ...sent.headers, authorization: alter(authorizationOf(toSign)) },
    ...(body === undefined ? {} : { body }),
  });
}

const GATEWAY = (message: RegExp, code = 'APIGW.0301') => ({
  error_code: code,
  error_msg: expect.stringMatching(message),
  request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
});

describe('the answer', () => {
  it('carries Date, Server, Content-Length, Content-Type and X-Request-Id (openapi.md 4)', async () => {
    const { status, headers, text, json } = await ask({ key: world().demo });
    expect(status).toBe(200);
    expect(json).toMatchObject({ resultCode: 'MKT.0000' });
    expect(headers.date).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
    expect(headers.server).toMatch(/^Jishi\//);
    expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
    expect(headers['transfer-encoding']).toBeUndefined();
    expect(headers['content-type']).toBe('application/json;charset=UTF-8');
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('names the same request id in a gateway error as in the header', async () => {
    const { headers, json } = await rawRequest({ port: port(), path: MOCK });
    expect(json).toEqual({ ...GATEWAY(/./), request_id: headers['x-request-id'] });
  });

  it.each([
    ['MOCKPERIODYEARNEW', 'NEW', 'PERIOD', { periodType: 'year', periodNumber: 1 }],
    ['MOCKONETIMENEW', 'NEW', 'ONE_TIME', {}],
    ['MOCKONDEMAND', 'NEW', 'ON_DEMAND', {}],
    ['MOCKONDEMANDPKG', 'NEW', 'ON_DEMAND_PKG', {}],
    ['MOCKPERIODDAYTRIAL', 'TRIAL', 'PERIOD', { periodType: 'day', periodNumber: 15 }],
    ['MOCKMONTYTRIALTOFORMAL', 'TRIAL_TO_FORMAL', 'PERIOD', { periodType: 'month', periodNumber: 1 }],
    ['MOCKMONTYUNSUBSCRIBE', 'UNSUBSCRIBE', 'PERIOD', { periodType: 'month', periodNumber: 1 }],
    ['MOCKMONTYRENEW', 'RENEW', 'PERIOD', { periodType: 'month', periodNumber: 1 }],
    ['MOCKMONTYCHANGE', 'CHANGE', 'PERIOD', { periodType: 'month', periodNumber: 1 }],
  ])('for the debugging order %s never changes (5.1.1)', async (orderId, orderType, chargingMode, period) => {
    const [first, second] = [
      await ask({ key: world().demo, target: `${QUERY}?orderId=${orderId}` }),
      await ask({ key: await newKey(), target: `${QUERY}?orderId=${orderId}&orderLineId=${orderId}-000001` }),
    ];
    const line = { orderLineId: `${orderId}-000001`, chargingMode, ...period };
    expect(first.json).toMatchObject({ resultCode: 'MKT.0000', orderInfo: { orderId, orderType, orderLine: [line] } });
    expect(second.text).toBe(first.text);
  });
});

describe('a real order', () => {
  const sellers: FakeSeller[] = [];
  const answersInside: RawAnswer[] = [];
  beforeAll(async () => {
    // The seller asks for the order from inside newInstance, before it answers.
    const seller = await startFakeSeller(async (call, response) => {
      const { orderId, orderLineId } = call.body;
      if (call.activity === 'newInstance')
        answersInside.push(
          await ask({ key: world().demo, target: `${QUERY}?orderId=${orderId}&orderLineId=${orderLineId}` }),
        );
      return prompt(call, response);
    });
    sellers.push(seller);
    const { platform, demo } = world();
    await sql`UPDATE catalog.products SET production_url = ${seller.url} WHERE goods_id = ${demo.goodsId}`.execute(
      platform.db,
    );
  });
  afterAll(() => Promise.all(sellers.map((seller) => seller.close())));

  it('is answered from inside newInstance, with what was ordered', async () => {
    const order = await buyFromDemo(world(), { quantity: 15, periodNumber: 2 });
    await world().simulator.drain();
    expect(answersInside).toHaveLength(1);
    const [line] = order.lines;
    expect(answersInside[0]?.json).toEqual({
      resultCode: 'MKT.0000',
      resultMsg: 'Success',
      orderInfo: {
        orderId: order.orderId,
        orderType: 'NEW',
        createTime: '20260105020000',
        orderLine: [
          {
            orderLineId: `${order.orderId}-000001`,
            chargingMode: 'PERIOD',
            expireTime: '20280105155959',
            periodType: 'year',
            periodNumber: 2,
            productInfo: [
              { productId: line?.priceItemId, skuCode: line?.skuCode, linearValue: 15, productName: '协作空间,标准版' },
            ],
            extendParams: [],
          },
        ],
        buyerInfo: { customerId: world().demo.buyerId, customerName: 'globex' },
      },
    });
  });

  it('of another seller is refused with MKT.0150 (row 18)', async () => {
    const { platform } = world();
    const sellerId = await createSeller(platform, platform.db, { name: 'Other', site: 'CN' }, platform.clock.now());
    const order = await buyFromDemo(world());
    const { status, json } = await ask({
      key: await newKey({ sellerId }),
      target: `${QUERY}?orderId=${order.orderId}`,
    });
    expect(status).toBe(401);
    expect(json).toEqual({
      resultCode: 'MKT.0150',
      resultMsg: 'Illegal operation',
      extra_info: { orderId: expect.any(String) },
    });
  });

  it('that is not paid is no business of the seller yet', async () => {
    const order = await buyFromDemo(world(), { pay: false });
    const target = `${QUERY}?orderId=${order.orderId}`;
    expect((await ask({ key: world().demo, target })).json).toMatchObject({ resultCode: 'MKT.0100' });
    const { platform } = world();
    await inTransaction(platform.db, (tx) =>
      payOrder(platform, tx, { orderId: order.orderId, scope: { kind: 'all' } }, platform.clock.now()),
    );
    expect((await ask({ key: world().demo, target })).json).toMatchObject({ resultCode: 'MKT.0000' });
  });

  it('refuses a line of another order (row 20)', async () => {
    const [one, other] = [await buyFromDemo(world()), await buyFromDemo(world())];
    const { status, json } = await ask({
      key: world().demo,
      target: `${QUERY}?orderId=${one.orderId}&orderLineId=${other.orderId}-000001`,
    });
    expect(status).toBe(500);
    expect(json).toMatchObject({ resultCode: 'MKT.0100', extra_info: { orderLineId: expect.any(String) } });
  });
});

describe('orders of a whole life (5.1)', () => {
  const answer = z.object({
    orderInfo: z.looseObject({ orderType: z.string(), orderLine: z.array(z.record(z.string(), z.unknown())) }),
  });
  const told = async (orderId: string) =>
    answer.parse((await ask({ key: world().demo, target: `${QUERY}?orderId=${orderId}` })).json);

  it('a trial has days and its end', async () => {
    const { platform, clock } = world();
    const buyerId = await createBuyer(
      platform,
      platform.db,
      { accountName: 'a1', name: 'A1', site: 'CN' },
      clock.now(),
    );
    const trial = await tried(world(), buyerId);
    expect(await told(trial.orderId)).toMatchObject({
      orderInfo: {
        orderType: 'TRIAL',
        orderLine: [{ chargingMode: 'PERIOD', periodType: 'day', periodNumber: 14, expireTime: '20260119155959' }],
        buyerInfo: { customerName: 'a1' },
      },
    });
  });

  it('a renewal, a change and an unsubscription have the period of the resource', async () => {
    const { platform, clock } = world();
    const resource = await bought(world());
    const input = { buyerId: resource.buyerId, userId: 'u1', traceId: 't' };
    const place = async (lines: readonly QuotedLine[]) => {
      const order = granted(await run(world(), (tx) => placeFor(platform, tx, { ...input, lines }, clock.now())));
      return paidAndDone(world(), order.orderId);
    };
    const target = { skuCode: resource.skuCode, quantity: 20 };
    const change = await place([granted(await quoteChange(platform.db, { resource, target }, clock.now()))]);
    const month = { chargingMode: 'PERIOD', periodType: 'month', periodNumber: 1, expireTime: '20260205155959' };
    expect(await told(change.orderId)).toMatchObject({
      orderInfo: { orderType: 'CHANGE', orderLine: [{ ...month, productInfo: [{ linearValue: 20 }] }] },
    });
    const item = { resource, periodType: 'year', periodNumber: 1, unifyDay: null, target: null } as const;
    const renewal = await place(granted(await quoteRenewals(platform.db, [item], clock.now())));
    expect(await told(renewal.orderId)).toMatchObject({
      orderInfo: {
        orderType: 'RENEW',
        orderLine: [{ periodType: 'year', periodNumber: 1, expireTime: '20270205155959' }],
      },
    });
    const [line] = renewal.lines;
    if (!line) throw new Error('an order has a line');
    const refund = {
      resource,
      kind: 'RENEWAL',
      lineIds: [line.orderLineId],
      amount: line.amount,
      paid: line.amount,
    } as const;
    const { unsubscribeOrderId } = granted(
      await run(world(), (tx) =>
        applyForRefund(
          platform,
          tx,
          { ...refund, reason: '', contactConsent: false, userId: 'u1', traceId: 't' },
          clock.now(),
        ),
      ),
    );
    expect(await told(unsubscribeOrderId ?? '')).toMatchObject({
      orderInfo: { orderType: 'UNSUBSCRIBE', orderLine: [{ periodType: 'year', expireTime: '20260205155959' }] },
    });
  });

  it('pay-per-use has neither period nor end, a package an end', async () => {
    const [onDemand, pack] = [
      await bought(world(), { specification: 3, periodType: null }),
      await bought(world(), { specification: 4, periodType: null }),
    ];
    for (const [{ orderId }, line] of [
      [onDemand, { chargingMode: 'ON_DEMAND' }],
      [pack, { chargingMode: 'ON_DEMAND_PKG', expireTime: '20270105155959' }],
    ] as const) {
      const { orderInfo } = await told(orderId);
      expect(orderInfo).toMatchObject({ orderType: 'NEW', orderLine: [line] });
      expect(Object.keys(orderInfo.orderLine[0] ?? {}).toSorted()).toEqual(
        [...Object.keys(line), 'extendParams', 'orderLineId', 'productInfo'].toSorted(),
      );
    }
  });
});

describe('signatures', () => {
  const refused = (answer: RawAnswer, message: RegExp) => {
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual(GATEWAY(message));
  };

  it('missing, of another algorithm or unreadable (row 1)', async () => {
    const key = await newKey();
    refused(await rawRequest({ port: port(), path: MOCK }), /Incorrect IAM authentication information/);
    refused(await rawRequest({ port: port(), path: MOCK, headers: { 'x-auth-token': 'a token' } }), /Incorrect IAM/);
    refused(await ask({ key, alter: (text) => text.replace('SDK-', 'AWS4-') }), /Incorrect IAM/);
    refused(await ask({ key, alter: (text) => text.replace('Signature=', 'Sig=') }), /Incorrect IAM/);
  });

  it.each<[string, Partial<Ask>]>([
    ['a wrong secret key', { key: { ak: '', sk: 'wrong' } }],
    ['a tampered path', { sent: { target: MOCK.replace('v1', 'v%31') }, target: MOCK.replace('query', 'querx') }],
    ['a tampered query', { sent: { target: MOCK.replace('YEAR', 'DAY') } }],
    ['a tampered body', { body: '{"a":1}', sent: { body: '{"a":2}' } }],
    ['a body that was not signed', { sent: { body: '{"a":2}' } }],
    ['a tampered header', { sent: { headers: { 'content-type': 'text/plain' } } }],
  ])('%s: the server shows what it would have signed (row 2)', async (_, more) => {
    const key = await newKey();
    const answer = await ask({ ...more, key: { ...key, sk: more.key?.sk ?? key.sk } });
    refused(
      answer,
      /verify aksk signature fail, canonicalRequest:GET\|\/api\/mkp-openapi-public\/global\/v1\/order\/query\/\|/,
    );
  });

  it.each([
    ['sandbox', 'info', true],
    ['production', 'debug', true],
    ['production', 'info', false],
  ] as const)('in %s at log level %s: explained in the log = %s', async (mode, logLevel, explained) => {
    const lines: string[] = [];
    const { platform } = world();
    const log = createLog('info', { write: (line) => void lines.push(line) });
    const changed = { ...platform, log, config: { ...platform.config, mode, logLevel } };
    const app = createApp({ platform: changed, caller: createCaller(changed) });
    const key = await newKey();
    const headers = { host: 'jishi.test', 'x-sdk-date': sdkDate(platform.clock.now()) };
    // the query left out of the signature: one of the mistakes that the explanation knows
    const authorization = authorizationOf({ ...key, target: QUERY, method: 'GET', headers });
    const answer = await app.request(`http://jishi.test${MOCK}`, { headers: { ...headers, authorization } });
    expect(answer.status).toBe(401);
    const said = lines.find((text) => text.includes('open api signature refused')) ?? '';
    expect(said).toContain('diagnosis');
    expect(!said.includes('aksk.secret')).toBe(explained);
  });

  it('fit a request that is sent with the final slash of the canonical path (3.3 step 2)', async () => {
    expect((await ask({ key: world().demo, target: MOCK.replace('?', '/?') })).status).toBe(200);
    const target = `${OPEN_API_PREFIX}/v1/license/heartbeat/`;
    const { status, json } = await ask({ key: world().demo, method: 'POST', target, body: '{"license":"none"}' });
    expect([status, json]).toMatchObject([200, { error_code: '92020005' }]);
  });

  it('cover header values as they were sent, in UTF-8 or not (3.3 step 4)', async () => {
    // node:http writes one byte a character: this is 云 in UTF-8, and é in Latin-1
    const [utf8, latin1] = [Buffer.from('云').toString('latin1'), 'é'];
    const signed = (value: string, sent: string) =>
      ask({ key: world().demo, headers: { 'x-shop': value }, sent: { headers: { 'x-shop': sent } } });
    expect((await signed('云', utf8)).status).toBe(200);
    expect((await signed('é', latin1)).status).toBe(200);
  });

  it('accept a body that was signed with a GET', async () => {
    expect((await ask({ key: await newKey(), body: '{"a":1}' })).status).toBe(200);
  });

  it.each([
    [-900_000, 200],
    [900_000, 200],
    [-901_000, 401],
    [901_000, 401],
  ])('%d ms off the clock → %d (rows 3, 4)', async (offsetMs, status) => {
    const answer = await ask({ key: await newKey(), offsetMs });
    expect(answer.status).toBe(status);
    if (status === 401) refused(answer, /signature expired/);
  });

  it('check the date before the access key is looked up (3.6)', async () => {
    refused(await ask({ key: { ak: 'NOSUCHKEY00000000000', sk: 'x' }, offsetMs: 901_000 }), /signature expired/);
    refused(await ask({ key: { ak: 'NOSUCHKEY00000000000', sk: 'x' } }), /Get secretKey failed/);
  });

  it('need x-sdk-date among the signed headers (row 5), and host is optional (row 6)', async () => {
    refused(await ask({ key: await newKey(), signedHeaders: ['content-type', 'host'] }), /./);
    expect((await ask({ key: await newKey(), signedHeaders: ['x-sdk-date'] })).status).toBe(200);
  });

  it('of a header that is not there are refused (row 7)', async () => {
    refused(
      await ask({ key: await newKey(), signedHeaders: ['host', 'x-missing', 'x-sdk-date'] }),
      /verify aksk signature fail/,
    );
  });

  it('fit the order in which the headers are listed, in lower case (row 8)', async () => {
    expect((await ask({ key: await newKey(), signedHeaders: ['x-sdk-date', 'host', 'content-type'] })).status).toBe(
      200,
    );
    expect((await ask({ key: await newKey(), signedHeaders: ['Host', 'X-Sdk-Date'] })).status).toBe(200);
    const reordered = (text: string) => text.replace('content-type;host;x-sdk-date', 'host;content-type;x-sdk-date');
    refused(await ask({ key: await newKey(), alter: reordered }), /verify aksk signature fail/);
  });

  it('in upper-case hex are refused (row 9)', async () => {
    const upper = (text: string) =>
      text.replace(/Signature=(.*)$/, (_, hex: string) => `Signature=${hex.toUpperCase()}`);
    refused(await ask({ key: await newKey(), alter: upper }), /./);
  });

  it('five failures lock the key for five minutes, also when signed well (row 10)', async () => {
    const key = await newKey();
    const wrong = { ak: key.ak, sk: 'wrong' };
    for (let failure = 1; failure <= 4; failure += 1) await ask({ key: wrong });
    expect((await ask({ key })).status).toBe(200); // a success in between starts the count anew
    for (let failure = 1; failure <= 5; failure += 1) refused(await ask({ key: wrong }), /verify aksk signature fail/);
    refused(await ask({ key }), /AK access failed to reach the limit, forbidden\./);
    const { clock } = world();
    clock.moveTo(new Date(clock.now().getTime() + 299_000));
    refused(await ask({ key }), /limit, forbidden/);
    clock.moveTo(new Date(clock.now().getTime() + 1_000));
    expect((await ask({ key })).status).toBe(200);
    expect((await ask({ key: world().demo })).status).toBe(200); // nobody else was locked
  });

  it('of a disabled key are refused', async () => {
    const key = await newKey();
    await sql`UPDATE directory.api_keys SET disabled = true WHERE ak = ${key.ak}`.execute(world().platform.db);
    refused(await ask({ key }), /Get secretKey failed/);
  });
});

it('S4-7: a seller that has left is refused and told why, once its signature was right', async () => {
  const { platform, clock } = world();
  const sellerId = await createSeller(platform, platform.db, { name: 'Left', site: 'CN' }, clock.now());
  const key = await newKey({ sellerId });
  expect((await ask({ key })).status).toBe(200);
  await inTransaction(platform.db, (tx) => closeSeller(tx, sellerId, clock.now()));
  const { status, json } = await ask({ key });
  expect([status, json]).toEqual([403, GATEWAY(/the seller has left the marketplace/, 'APIGW.0302')]);
  expect((await ask({ key: { ...key, sk: 'wrong' } })).status).toBe(401);
});

describe('requests that the gateway turns away', () => {
  it.each([
    ['GET', `${OPEN_API_PREFIX}/v1/order/unknown`],
    ['GET', `${OPEN_API_PREFIX}//v1/order/query?orderId=MOCKONDEMAND`],
    ['GET', `${OPEN_API_PREFIX}/v1/./order/query?orderId=MOCKONDEMAND`],
    ['GET', `${OPEN_API_PREFIX}/v2/../v1/order/query?orderId=MOCKONDEMAND`],
    ['GET', `${OPEN_API_PREFIX}/v1/%2e/order/query?orderId=MOCKONDEMAND`],
    ['GET', '/api/mkp-openapi-public/v1/asset/deployed-object?asset_id=a'],
    ['GET', '/api/mkp-openapi-public/'],
    ['POST', MOCK],
    ['DELETE', MOCK],
  ])('%s %s → 404 (row 11; 3.3 step 2)', async (method, target) => {
    const { status, json } = await ask({ key: world().demo, method, target });
    expect(status).toBe(404);
    expect(json).toEqual(GATEWAY(/does not exist/, 'APIGW.0101'));
  });

  it.each([
    ['414', `${MOCK}&x=${'x'.repeat(40_000)}`, {}, /URI too large/],
    ['494', MOCK, { 'x-long': 'x'.repeat(40_000) }, /headers too large/],
  ] as const)('too long a line → %s (3.6)', async (status, target, headers, message) => {
    const answer = await ask({ key: world().demo, target, headers });
    expect(String(answer.status)).toBe(status);
    expect(answer.json).toEqual(GATEWAY(message, 'APIGW.0201'));
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
    const elsewhere = await rawRequest({ port: port(), path: `/api/console/session?x=${'x'.repeat(40_000)}` });
    expect(elsewhere.status).toBe(431);
  });

  it('a body of 12 MB and one byte → 413 (row 12)', async () => {
    const { status, json } = await ask({ key: world().demo, body: 'x'.repeat(12 * 1024 * 1024 + 1) });
    expect(status).toBe(413);
    expect(json).toEqual(GATEWAY(/too large/, 'APIGW.0201'));
  });

  it.each(['POST', 'PUT', 'DELETE'])('the same for %s, which has no address here', async (method) => {
    const { status } = await ask({ key: world().demo, method, body: 'x'.repeat(12 * 1024 * 1024 + 1) });
    expect(status).toBe(413);
  });

  it('a GET with more than 64 kB → 413 before its signature is looked at', async () => {
    const { status, json } = await ask({ key: { ak: 'NOBODY', sk: 'none' }, body: 'x'.repeat(64 * 1024 + 1) });
    expect(status).toBe(413);
    expect(json).toEqual(GATEWAY(/too large/, 'APIGW.0201'));
    expect((await ask({ key: world().demo, body: 'x'.repeat(64 * 1024) })).status).toBe(200);
  });

  it('the access key of a buyer → MKT.0151 (row 13)', async () => {
    const { status, json } = await ask({ key: await newKey({ buyerId: world().demo.buyerId }) });
    expect(status).toBe(401);
    expect(json).toMatchObject({ resultCode: 'MKT.0151' });
  });

  it('too many calls → 406 MKT.0250, and again after a while (row 23)', async () => {
    const { platform } = world();
    const slow = { ...platform, config: { ...platform.config, openApiRatePerSecond: 2 } };
    const app = createApp({ platform: slow, caller: createCaller(slow) });
    const key = await newKey();
    const once = () => {
      const headers = { host: 'jishi', 'x-sdk-date': sdkDate(platform.clock.now()) };
      const authorization = authorizationOf({ ...key, target: MOCK, headers });
      return app.fetch(new Request(`http://jishi${MOCK}`, { headers: { ...headers, authorization } }));
    };
    const burst = [await once(), await once(), await once(), await once(), await once()];
    expect(burst.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 406]);
    expect(await burst[4]?.json()).toMatchObject({ resultCode: 'MKT.0250' });
    expect(burst[4]?.headers.get('retry-after')).toBe('1');
    world().clock.moveTo(new Date(world().clock.now().getTime() + 1_000));
    expect((await once()).status).toBe(200);
  });
});

describe('parameters of A1', () => {
  it.each([
    [14, '', 400, 'MKT.0101', undefined],
    [14, 'orderId=', 400, 'MKT.0101', undefined],
    [14, 'orderLineId=X-000001', 400, 'MKT.0101', undefined],
    [15, 'orderId=MOCKONDEMAND&colour=red', 200, 'MKT.0000', undefined], // lenient by default
    [16, `orderId=${'A'.repeat(65)}`, 500, 'MKT.0100', 'orderId'],
    [16, 'orderId=CS%00%0A', 500, 'MKT.0100', 'orderId'],
    [16, `orderId=MOCKONDEMAND&orderLineId=${'A'.repeat(65)}`, 500, 'MKT.0100', 'orderLineId'],
    [17, 'orderId=MOCKONDEMAND&orderId=MOCKONDEMAND', 400, 'MKT.0101', undefined],
    [19, 'orderId=CS2601010000TESTA', 500, 'MKT.0100', 'orderId'],
    [19, `orderId=${encodeURIComponent('云商店')}`, 500, 'MKT.0100', 'orderId'],
    [21, 'orderId=mockperiodyearnew', 500, 'MKT.0100', 'orderId'],
    [22, 'orderId=MOCKPERIODYEARNEW&orderLineId=MOCKPERIODYEARNEW-000002', 500, 'MKT.0100', 'orderLineId'],
  ])('row %d: ?%s → %d %s', async (_, query, status, code, member) => {
    const answer = await ask({ key: world().demo, target: `${QUERY}?${query}` });
    expect([answer.status, answer.json]).toEqual([
      status,
      member === undefined
        ? expect.objectContaining({ resultCode: code, resultMsg: expect.any(String) })
        : { resultCode: code, resultMsg: expect.any(String), extra_info: { [member]: expect.any(String) } },
    ]);
  });
});
