/** A marketplace calls a seller's server: right calls are served, every wrong one is turned away with its own code. */
import { inspect } from 'node:util';
import { bodySign, decryptAccountData, signBase } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import { signedRequest } from './signed-request.ts';
import { call, KEY, NOW, PRODUCTION_URL, seller } from './testing.ts';

const create = { activity: 'newInstance', orderId: 'CS1', orderLineId: 'CS1-000001', businessId: 'biz-1' };

/** A request whose parts can be bent one by one after signing. */
function bent(change: {
  query?: Record<string, string | null>;
  sent?: string;
  nowMs?: number;
  key?: string;
  nonce?: string;
}) {
  const payload = JSON.stringify({ activity: 'newInstance', businessId: 'b', orderId: 'o', orderLineId: 'l' });
  const timestamp = String(change.nowMs ?? NOW);
  const nonce = change.nonce ?? 'Zx81Qp0aLm55Rt7w';
  const { signature } = signBase({ accessKey: change.key ?? KEY, payload, timestamp, nonce });
  const url = new URL(PRODUCTION_URL);
  for (const [name, value] of Object.entries({ signature, timestamp, nonce, ...change.query })) {
    if (value !== null) url.searchParams.set(name, value);
  }
  return new Request(url, { method: 'POST', body: change.sent ?? payload });
}

describe('verification (saas-v2.md 3.1)', () => {
  it.each([
    ['timestamp missing', { query: { timestamp: null } }, '000002'],
    ['timestamp not a number', { query: { timestamp: 'now' } }, '000002'],
    ['timestamp in seconds', { nowMs: NOW / 1000 }, '000002'],
    ['a minute and a millisecond old', { nowMs: NOW - 60_001 }, '000002'],
    ['a minute and a millisecond ahead', { nowMs: NOW + 60_001 }, '000002'],
    ['nonce missing', { query: { nonce: null } }, '000002'],
    ['signature missing', { query: { signature: null } }, '000001'],
    ['another key', { key: 'another-key' }, '000001'],
    [
      'body altered by one character',
      { sent: '{"activity":"newInstance","businessId":"b","orderId":"o","orderLineId":"m"}' },
      '000001',
    ],
    ['nonce exchanged', { query: { nonce: 'AAAAAAAAAAAAAAAA' } }, '000001'],
  ])('refuses: %s', async (_, change, resultCode) => {
    const { server, asked, events } = seller();
    const response = await server.fetch(bent(change));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ resultCode });
    expect(asked).toEqual([]);
    expect(events).toMatchObject([{ kind: 'rejected', resultCode }]);
  });

  it.each([
    ['exactly a minute old', { nowMs: NOW - 60_000 }],
    ['exactly a minute ahead', { nowMs: NOW + 60_000 }],
    [
      'members in another order than signed',
      { sent: '{"orderLineId":"l","orderId":"o","businessId":"b","activity":"newInstance"}' },
    ],
  ])('accepts: %s', async (_, change) => {
    expect(await (await seller().server.fetch(bent(change))).json()).toMatchObject({ resultCode: '000000' });
  });

  it('accepts the signature in either letter case', async () => {
    const request = bent({});
    const url = new URL(request.url);
    url.searchParams.set('signature', (url.searchParams.get('signature') ?? '').toLowerCase());
    const lower = new Request(url, { method: 'POST', body: await request.text() });
    expect(await (await seller().server.fetch(lower)).json()).toMatchObject({ resultCode: '000000' });
  });

  it('refuses the very same request the second time', async () => {
    const { server } = seller();
    expect(await (await server.fetch(bent({}))).json()).toMatchObject({ resultCode: '000000' });
    expect(await (await server.fetch(bent({}))).json()).toMatchObject({ resultCode: '000001' });
  });

  it('serves requests of the old and the new key while a rotation lasts', async () => {
    const { server } = seller({ accessKey: { base: async () => ['new-key', KEY] } });
    expect(await (await server.fetch(bent({}))).json()).toMatchObject({ resultCode: '000000' });
    expect(await (await server.fetch(bent({ key: 'new-key', nonce: 'n2' }))).json()).toMatchObject({
      resultCode: '000000',
    });
    expect(await (await server.fetch(bent({ key: 'old-key', nonce: 'n3' }))).json()).toMatchObject({
      resultCode: '000001',
    });
  });
});

describe('form', () => {
  it.each([
    ['an empty body', ''],
    ['no JSON', 'hello'],
    ['an array', '[]'],
    ['no activity', '{}'],
    ['an unknown activity', '{"activity":"getLicense"}'],
    ['a member missing', '{"activity":"newInstance","orderId":"o","orderLineId":"l"}'],
    ['a member too long', JSON.stringify({ ...create, businessId: 'b'.repeat(65) })],
    ['no instance asked for', '{"activity":"queryInstance","instanceId":" , "}'],
    [
      '101 instances',
      JSON.stringify({ activity: 'queryInstance', instanceId: Array.from({ length: 101 }, (_, i) => `i${i}`).join() }),
    ],
    ['an unknown status', '{"activity":"updateInstanceStatus","instanceId":"i","status":"NORMAL"}'],
    [
      'an expiry that is no date',
      JSON.stringify({
        ...create,
        activity: 'refreshInstance',
        scene: 'RENEWAL',
        instanceId: 'i',
        expireTime: '20261301000000',
      }),
    ],
  ])('refuses with 000002: %s', async (_, body) => {
    const { signature } = signBase({ accessKey: KEY, payload: body, timestamp: String(NOW), nonce: 'n1' });
    const query = new URLSearchParams({ signature, timestamp: String(NOW), nonce: 'n1' });
    const { server, asked } = seller();
    const response = await server.fetch(new Request(`${PRODUCTION_URL}?${query}`, { method: 'POST', body }));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ resultCode: '000002' });
    expect(asked).toEqual([]);
  });

  it('takes 100 instances', async () => {
    const instanceId = Array.from({ length: 100 }, (_, index) => `i${index}`).join();
    expect(await call(seller().server, { activity: 'queryInstance', instanceId })).toMatchObject({
      resultCode: '000003',
    });
  });

  it('refuses a body over 1 MiB and one that is not UTF-8', async () => {
    const { server, events } = seller();
    const big = new Request(PRODUCTION_URL, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
    expect(await (await server.fetch(big)).json()).toMatchObject({ resultCode: '000002' });
    const bytes = new Request(PRODUCTION_URL, { method: 'POST', body: new Uint8Array([0x7b, 0xff, 0x7d]) });
    expect(await (await server.fetch(bytes)).json()).toMatchObject({ resultCode: '000002' });
    expect(events).toMatchObject([
      { diagnosis: [{ code: 'http.too-large' }] },
      { diagnosis: [{ code: 'http.charset' }] },
    ]);
  });

  it('answers other methods with 405', async () => {
    const response = await seller().server.fetch(new Request(PRODUCTION_URL));
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await response.json()).toMatchObject({ resultCode: '000002' });
  });
});

describe('explanations', () => {
  const stale = { nowMs: NOW - 120_000 };

  it('stay out of the answer in production', async () => {
    const answer = await (await seller().server.fetch(bent(stale))).json();
    expect(answer).toEqual({ resultCode: '000002', resultMsg: 'illegal request parameter' });
  });

  it('name the diagnosis in development, in the chosen language, within 255 characters', async () => {
    const { server } = seller({ mode: 'development', language: 'zh' });
    const answer: { resultMsg: string } = await (await server.fetch(bent(stale))).json();
    expect(answer.resultMsg).toMatch(/^request\.timestamp-expired: .*\p{Script=Han}/u);
    expect(answer.resultMsg.length).toBeLessThanOrEqual(255);
  });

  it('never show a key', async () => {
    const { server, events } = seller({ mode: 'development' });
    const texts = [await (await server.fetch(bent({ key: 'another-key' }))).text(), JSON.stringify(events)];
    texts.push(inspect(server, { depth: 10, showHidden: true }), JSON.stringify(server));
    for (const text of texts) expect(text).not.toContain(KEY);
  });
});

describe('secrets and signatures of answers', () => {
  const appInfo = {
    frontEndUrl: 'https://app.example.com',
    userName: 'admin@example.com',
    password: 'Init-Pass-1',
    memo: '首次登录',
  };
  const queryInstance = () => [{ instanceId: 'i', appInfo }];
  const query = { activity: 'queryInstance', instanceId: 'i' };

  it.each(['1', '2'] as const)('encrypts account data with encryptType %s', async (encryptType) => {
    const { server } = withQuery({ encryptType, randomText: () => 'A1b2C3d4E5f6G7h8' });
    const answer = await call(server, query);
    const { info } = JSON.parse(JSON.stringify(answer));
    expect(answer.encryptType).toBe(encryptType);
    expect(decryptAccountData(info[0].appInfo.userName, KEY, encryptType)).toEqual({
      ok: true,
      text: appInfo.userName,
    });
    expect(decryptAccountData(info[0].appInfo.password, KEY, encryptType)).toEqual({
      ok: true,
      text: appInfo.password,
    });
    expect(info[0].appInfo.frontEndUrl).toBe(appInfo.frontEndUrl);
  });

  it('sends the vector of saas-v2.md 4.3', async () => {
    const { server } = withQuery({ encryptType: '1', randomText: () => 'A1b2C3d4E5f6G7h8' });
    expect(JSON.stringify(await call(server, query))).toContain(
      'A1b2C3d4E5f6G7h8AOluf9yxQc6FfJisz0agRAC6/qZlohWs2FVKa3GL6uY=',
    );
  });

  it('writes Chinese as escapes and clear text without encryptType', async () => {
    const response = await withQuery({}).server.fetch(request(query));
    const text = await response.text();
    expect(text).toContain('\\u9996\\u6b21');
    expect(text).toContain('Init-Pass-1');
    expect(text).not.toContain('encryptType');
  });

  it('signs the answer with Body-Sign when asked to (vector of saas-v2.md 3.4)', async () => {
    const { server } = seller({ bodySign: true });
    await call(server, create);
    const response = await server.fetch(
      request({ activity: 'updateInstanceStatus', instanceId: 'biz-1', status: 'FREEZE' }),
    );
    expect(response.headers.get('body-sign')).toContain('"6i6Qlt7ZSL5D+jL/PUYJbwD5+OEhQKcC61Kfcjtpc3w="');
    expect(await response.text()).toBe('{"resultCode":"000000","resultMsg":"success."}');
  });

  it('signs refusals as well', async () => {
    const response = await seller({ bodySign: true }).server.fetch(bent({ key: 'another-key' }));
    expect(response.headers.get('body-sign')).toBe(bodySign(await response.text(), KEY).header);
  });

  const request = (body: Record<string, string>) =>
    signedRequest({ url: PRODUCTION_URL, accessKey: KEY, body, nowMs: NOW });
  const withQuery = (options: Parameters<typeof seller>[0]) =>
    seller({ ...options, handlers: { ...handlersOf(), queryInstance } });
});

describe("a handler's mistakes", () => {
  it.each([
    ['throws', { releaseInstance: () => Promise.reject(new Error('disk full')) }, 'failed'],
    ['returns false', { releaseInstance: returning(false) }, 'failed'],
  ])('become 000005 when releaseInstance %s', async (_, handler, kind) => {
    const { server, events } = seller({ mode: 'development', handlers: { ...handlersOf(), ...handler } });
    const answer = await call(server, { activity: 'releaseInstance', instanceId: 'i' });
    expect(answer.resultCode).toBe('000005');
    expect(events[0]).toMatchObject({ kind, activity: 'releaseInstance' });
    if (kind === 'failed') expect(answer.resultMsg).toMatch(/disk full|must return nothing/);
  });

  it('become 000005 when the answer could not be read by the marketplace', async () => {
    const queryInstance = () => [{ instanceId: 'i', appInfo: { frontEndUrl: '' } }];
    const { server, events } = seller({ handlers: { ...handlersOf(), queryInstance } });
    expect(await call(server, { activity: 'queryInstance', instanceId: 'i' })).toMatchObject({ resultCode: '000005' });
    expect(events[0]).toMatchObject({ kind: 'bad-answer', activity: 'queryInstance' });
  });

  it('do not keep an order line from being served later', async () => {
    let broken = true;
    const { server } = seller({
      handlers: {
        ...handlersOf(),
        newInstance: async ({ recommendedInstanceId }) => {
          if (broken) throw new Error('out of space');
          return { instanceId: recommendedInstanceId };
        },
      },
    });
    expect(await call(server, create)).toMatchObject({ resultCode: '000005', resultMsg: 'other internal error' });
    broken = false;
    expect(await call(server, { ...create, businessId: 'biz-2' })).toMatchObject({
      resultCode: '000000',
      instanceId: 'biz-1',
    });
  });

  it('survive a store that fails and a listener that throws', async () => {
    const failing = () => Promise.reject(new Error('no database'));
    const store = { claim: failing, complete: failing, abandon: failing, rememberNonce: failing };
    const { server } = seller({
      store,
      onEvent: () => {
        throw new Error('no log');
      },
    });
    expect(await call(server, create)).toMatchObject({ resultCode: '000005' });
  });
});

function handlersOf() {
  const done = async () => undefined;
  return {
    newInstance: async () => ({ instanceId: 'i' }),
    queryInstance: async () => [],
    refreshInstance: done,
    updateInstanceStatus: done,
    releaseInstance: done,
  };
}

/** What a handler written in JavaScript may return in spite of the types. */
function returning(value: unknown) {
  return async (): Promise<undefined> => JSON.parse(JSON.stringify(value));
}
