/** Whatever a seller answers: it is diagnosed, kept, tried again, and the order ends well when the seller recovers. */
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import {
  type Behaviour,
  type FakeSeller,
  prompt,
  ready,
  startFakeSeller,
} from '../../../../tests/support/fake-seller.ts';
import { setProductionUrl } from '../catalog/index.ts';
import { trialBalance } from '../ledger/index.ts';
import { ordersByIds } from '../ordering/index.ts';
import { buyFromDemo } from '../testing/index.ts';
import { attemptsOf, listCalls } from './index.ts';

const MINUTE = 60_000;
const world = fileWorld({ config: { callTimeoutMs: 400 } });
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startFakeSeller();
  await setProductionUrl(world().platform.db, world().demo.goodsId, seller.url);
});
afterAll(async () => {
  await seller.close();
});

/** Answers with exactly these bytes. */
const raw =
  (
    body: string | Uint8Array,
    status = 200,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ): Behaviour =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
    return null;
  };
const handle =
  (work: (response: ServerResponse) => void): Behaviour =>
  (_, response) => {
    work(response);
    return null;
  };
const OK = '{"resultCode":"000000","resultMsg":"success.","instanceId":"inst-1"}';
const json = { 'content-type': 'application/json' };

async function callOf(orderId: string, activity: string) {
  const [call] = await listCalls(world().platform.db, {
    scope: { kind: 'all' },
    orderId,
    activity,
    before: null,
    limit: 5,
  });
  if (!call) throw new Error(`no ${activity} for ${orderId}`);
  return { ...call, tried: await attemptsOf(world().platform.db, call.id) };
}
const advance = (ms: number) => world().simulator.advanceTo(new Date(world().clock.now().getTime() + ms));
const stateOf = async (orderId: string) =>
  (await ordersByIds(world().platform.db, [orderId], { scope: { kind: 'all' } }))[0]?.state;

describe('nonsense in answer to newInstance', () => {
  it.each<[string, string, Behaviour]>([
    ['an HTML page', 'body.not-json', raw('<!DOCTYPE html><html>😀</html>', 200, json)],
    ['an HTML page with its own type', 'http.content-type', raw('<html></html>', 200, { 'content-type': 'text/html' })],
    ['nothing', 'body.empty', raw('')],
    ['an array', 'body.not-object', raw('[]')],
    ['a number as code', 'body.result-code-type', raw(OK.replace('"000000"', '0'))],
    ['seven digits', 'body.result-code-misspelt', raw(OK.replace('000000', '0000000'))],
    ['a code nobody knows', 'body.result-code-unknown', raw(OK.replace('000000', '999999'))],
    ['a refusal', 'result.refused', raw('{"resultCode":"000100","resultMsg":"none left"}')],
    ['no instanceId', 'body.member-missing', raw('{"resultCode":"000000","resultMsg":"ok"}')],
    ['instanceId as a number', 'body.member-type', raw(OK.replace('"inst-1"', '1'))],
    ['a wrapper', 'body.wrapped', raw(`{"code":200,"data":${OK}}`)],
    ['a byte-order mark', 'http.charset', raw(`\ufeff${OK}`)],
    ['bytes that are no UTF-8', 'http.charset', raw(Buffer.from([0x7b, 0xff, 0x7d]))],
    ['10 MB', 'http.too-large', raw(Buffer.alloc(10_000_000, 'x'))],
    [
      'an answer cut off',
      'transport.reset',
      handle((response) =>
        response.writeHead(200, { ...json, 'content-length': '100' }).write('{"res', () => response.destroy()),
      ),
    ],
    ['no answer', 'transport.timeout', handle(() => {})],
    ['a closed connection', 'transport.reset', handle((response) => response.destroy())],
    ['302', 'transport.redirect', raw('', 302, { location: 'http://127.0.0.1:1/login' })],
    ['500', 'http.status', raw('<html>😀 error</html>', 500, { 'content-type': 'text/html' })],
    ['201', 'http.status', raw(OK, 201)],
    ['text/plain', 'http.content-type', raw(OK, 200, { 'content-type': 'text/plain' })],
    [
      'U+0000 in code and message',
      'body.result-code-unknown',
      raw('{"resultCode":"00\\u000000","resultMsg":"a\\u0000b"}'),
    ],
    ['half an emoji in the message', 'result.refused', raw('{"resultCode":"000100","resultMsg":"\\ud83d"}')],
    ['an excerpt that cuts an emoji', 'body.not-json', raw(`x${'😀'.repeat(400)}`)],
  ])('%s is %s', async (_, code, behaviour) => {
    seller.behave(behaviour);
    const { orderId } = await buyFromDemo(world());
    await world().simulator.drain();
    const failed = await callOf(orderId, 'newInstance');
    expect(failed).toMatchObject({ state: 'DUE', attempts: 1, last_diagnosis_code: code });
    expect(failed.tried).toMatchObject([
      { outcome: 'failed', actor: 'system', diagnosis: expect.arrayContaining([expect.objectContaining({ code })]) },
    ]);
    expect(failed.due_at.getTime() - world().clock.now().getTime()).toBe(60 * MINUTE);
    seller.behave(prompt);
    await advance(60 * MINUTE);
    expect(await callOf(orderId, 'newInstance')).toMatchObject({ state: 'SUCCEEDED', attempts: 2 });
    expect(await stateOf(orderId)).toBe('COMPLETED');
  });

  it.each(['a\\u0000b', 'a\\ud83d'])(
    'an instanceId that can not be stored (%s) holds up nothing',
    async (instanceId) => {
      seller.behave(({ activity }, response) => {
        if (activity !== 'newInstance') return { resultCode: '000003', resultMsg: 'no such instance' };
        response.writeHead(200, json).end(OK.replace('inst-1', instanceId));
        return null;
      });
      const { orderId } = await buyFromDemo(world());
      await advance(7 * 60 * MINUTE);
      expect(await stateOf(orderId)).toBe('REFUNDED');
      const calls = await listCalls(world().platform.db, { scope: { kind: 'all' }, orderId, before: null, limit: 5 });
      expect(calls.filter((call) => call.state === 'DUE' || call.state === 'RUNNING')).toEqual([]);
    },
  );
});

describe('nonsense in answer to queryInstance', () => {
  const info = (element: string) => raw(`{"resultCode":"000000","resultMsg":"ok","info":[${element}]}`);
  const then =
    (behaviour: Behaviour): Behaviour =>
    (call, response) =>
      call.activity === 'newInstance' ? prompt(call, response) : behaviour(call, response);
  const self =
    (more: string): Behaviour =>
    (call, response) =>
      info(`{"instanceId":"${call.body.instanceId}",${more}}`)(call, response);

  it.each<[string, 'failed' | 'pending', string | null, Behaviour]>([
    ['an HTML page', 'failed', 'body.not-json', raw('<html></html>')],
    ['503', 'failed', 'http.status', raw('', 503)],
    ['unknown instance', 'failed', 'result.refused', raw('{"resultCode":"000003","resultMsg":"?"}')],
    ['no frontEndUrl', 'failed', 'query.front-end-url', self('"appInfo":{"userName":"u"}')],
    ['info as an object', 'failed', 'body.member-type', raw('{"resultCode":"000000","resultMsg":"ok","info":{}}')],
    ['000004: still at it', 'pending', null, raw('{"resultCode":"000004","resultMsg":"wait"}')],
    ['no info at all', 'pending', null, raw('{"resultCode":"000000","resultMsg":"ok"}')],
    [
      'another instance only',
      'pending',
      'query.incomplete',
      info('{"instanceId":"other","appInfo":{"frontEndUrl":"https://evil.example"}}'),
    ],
    ['the element without appInfo', 'pending', null, self('"appInfo":null')],
  ])('%s is %s', async (_, outcome, code, behaviour) => {
    seller.behave(then(behaviour));
    const { orderId } = await buyFromDemo(world());
    await world().simulator.drain();
    const waiting = await callOf(orderId, 'queryInstance');
    expect(waiting).toMatchObject({ state: 'DUE', attempts: 1, tried: [{ outcome }] });
    if (code !== null) expect(waiting.last_diagnosis_code).toBe(code);
    expect(await stateOf(orderId)).toBe('PROCESSING');
    seller.behave(prompt);
    await advance(2 * MINUTE);
    expect(await callOf(orderId, 'queryInstance')).toMatchObject({ state: 'SUCCEEDED', attempts: 2 });
    expect(await stateOf(orderId)).toBe('COMPLETED');
  });
});

describe('asynchronous provisioning', () => {
  it('000004, polled every two minutes until it is there (Q7)', async () => {
    let polls = 0;
    seller.behave(({ activity, body }) => {
      if (activity === 'newInstance')
        return { resultCode: '000004', resultMsg: 'at it', instanceId: `later-${body.orderLineId}` };
      polls += 1;
      return polls < 10 ? { resultCode: '000004', resultMsg: 'wait' } : ready(String(body.instanceId));
    });
    const { orderId } = await buyFromDemo(world());
    const start = world().clock.now().getTime();
    await advance(60 * MINUTE);
    const query = await callOf(orderId, 'queryInstance');
    expect(query.tried.map((each) => each.outcome)).toEqual([...Array.from({ length: 9 }, () => 'pending'), 'ok']);
    expect(query.tried.map((each) => (each.startedAt.getTime() - start) / MINUTE)).toEqual([
      0, 2, 4, 6, 8, 10, 12, 14, 16, 18,
    ]);
    expect(await stateOf(orderId)).toBe('COMPLETED');
  });

  it('000004 without an instanceId can not be followed: newInstance is repeated', async () => {
    seller.behave(raw('{"resultCode":"000004","resultMsg":"at it"}'));
    const { orderId } = await buyFromDemo(world());
    await world().simulator.drain();
    expect(await callOf(orderId, 'newInstance')).toMatchObject({
      state: 'DUE',
      last_diagnosis_code: 'body.member-missing',
    });
    seller.behave(prompt);
    await advance(60 * MINUTE);
    expect(await stateOf(orderId)).toBe('COMPLETED');
  });

  it('that never ends is refunded after three hours and 91 polls', async () => {
    seller.behave((call, response) =>
      call.activity === 'newInstance' ? prompt(call, response) : { resultCode: '000004', resultMsg: 'wait' },
    );
    const { orderId } = await buyFromDemo(world());
    await advance(180 * MINUTE - 1);
    expect(await stateOf(orderId)).toBe('PROCESSING');
    await advance(1);
    expect(await callOf(orderId, 'queryInstance')).toMatchObject({ state: 'RESOLVED', attempts: 91 });
    expect(await stateOf(orderId)).toBe('REFUNDED');
    expect((await trialBalance(world().platform.db)).balanced).toBe(true);
  });
});
