/** Every exchange is recorded whole, spoiled where it was asked for, sent again, and given out as HAR. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DrivenSandbox, driveSandbox } from '../../../../tests/support/driven-sandbox.ts';
import type { FaultCommand } from './schemas.ts';

const START = new Date('2026-01-01T01:00:00.000Z');
const made: DrivenSandbox[] = [];
const driven = (): DrivenSandbox => {
  const [first] = made;
  if (!first) throw new Error('inside tests only');
  return first;
};
beforeAll(async () => {
  made.push(await driveSandbox({ start: START }));
  await driven().play('newInstance', { quantity: 10 });
});
afterAll(() => Promise.all(made.map((each) => each.close())));

const all = async () => (await driven().sandbox.exchanges({ limit: 500 })).items;
const whole = async (activity: string) => {
  const found = (await all()).find((each) => each.activity === activity);
  const exchange = found && (await driven().sandbox.exchange(found.exchangeId));
  if (!exchange) throw new Error(`no exchange ${activity}`);
  return exchange;
};
const secrets = () => [driven().demo.accessKey, driven().demo.sk];

describe('a record', () => {
  it('of a call to the seller has both sides and the steps of its signature, without the key', async () => {
    const exchange = await whole('newInstance');
    expect(exchange).toMatchObject({
      direction: 'to-seller',
      at: START.toISOString(),
      protocol: 'saas-v2',
      method: 'POST',
      status: 200,
      resultCode: '000000',
      diagnosis: [],
      callId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      resourceId: expect.stringMatching(/^CS/),
    });
    expect(exchange.signature.map(({ name }) => name)).toEqual(['payload', 'bodyMac', 'canonicalRequest', 'signature']);
    const values = new Map(exchange.signature.map(({ name, value }) => [name, value]));
    expect(values.get('payload')).toBe(exchange.request.body);
    expect(values.get('canonicalRequest')).toMatch(/^<accessKey>/);
    expect(new URL(exchange.url).searchParams.get('signature')).toBe(values.get('signature'));
    expect(secrets().filter((secret) => JSON.stringify(exchange).includes(secret))).toEqual([]);
  });

  it('of a call of the seller has what was signed', async () => {
    const exchange = await whole('queryOrder');
    expect(exchange).toMatchObject({
      direction: 'from-seller',
      protocol: 'open-api',
      status: 200,
      resultCode: 'MKT.0000',
    });
    expect(exchange.signature.map(({ name }) => name)).toEqual(['canonicalRequest', 'stringToSign', 'signature']);
    expect(exchange.request.headers.find(({ name }) => name === 'authorization')?.value).toContain(
      exchange.signature.at(-1)?.value,
    );
    expect(secrets().filter((secret) => JSON.stringify(exchange).includes(secret))).toEqual([]);
  });

  it('of a refused call of the seller says why', async () => {
    const url = `${driven().url}/api/mkp-openapi-public/global/v1/order/query?orderId=CS1`;
    await fetch(url, { headers: { authorization: 'Basic abc' } });
    expect(await all()).toMatchObject([
      { activity: 'queryOrder', status: 401, diagnosis: ['aksk.algorithm'] },
      {},
      {},
      {},
    ]);
  });

  it('comes in pages, the newest first', async () => {
    const ids = (await all()).map(({ exchangeId }) => exchangeId);
    const first = await driven().sandbox.exchanges({ limit: 2 });
    expect(first.items.map(({ exchangeId }) => exchangeId)).toEqual(ids.slice(0, 2));
    const second = await driven().sandbox.exchanges({ limit: 2, before: first.nextBefore ?? '' });
    expect(second.items.map(({ exchangeId }) => exchangeId)).toEqual(ids.slice(2, 4));
    expect(second.nextBefore).toBeNull();
  });
});

describe('a fault', () => {
  const query = async (fault: FaultCommand) => {
    const before = (await all()).length;
    await driven().sandbox.addFault(fault);
    await driven().play('query');
    const made = (await all()).slice(0, -before).toReversed();
    expect(driven().sandbox.faults()).toEqual([]);
    return made.map(({ fault, resultCode, diagnosis }) => ({ fault, resultCode, diagnosis }));
  };
  const once = (kind: FaultCommand['kind']): FaultCommand => ({ kind, times: 1, activity: 'queryInstance' });

  it.each([
    ['wrong-signature', '000001'],
    ['missing-signature', '000001'],
    ['old-timestamp', '000002'],
  ] as const)('%s is refused by the seller', async (kind, resultCode) => {
    const [made, ...more] = await query(once(kind));
    expect(made).toMatchObject({ fault: kind, resultCode });
    expect(more).toEqual([]);
  });

  it('duplicate and concurrent send the call again, signed anew', async () => {
    for (const kind of ['duplicate', 'concurrent'] as const) {
      const made = await query(once(kind));
      expect(made.map(({ fault, resultCode }) => [fault, resultCode])).toEqual([
        [null, '000000'],
        [kind, '000000'],
      ]);
    }
  });

  it('a lost answer was given, and the marketplace never hears it', async () => {
    expect(await query(once('lost-answer'))).toMatchObject([{ fault: 'lost-answer', resultCode: '000000' }]);
  });

  it('delay waits in real time', async () => {
    const begun = performance.now();
    expect(await query({ ...once('delay'), delayMs: 120 })).toMatchObject([{ fault: 'delay', resultCode: '000000' }]);
    expect(performance.now() - begun).toBeGreaterThan(119);
  });

  it('meets its activity only, so often as asked', async () => {
    await driven().sandbox.addFault({ kind: 'wrong-signature', activity: 'refreshInstance', times: 2 });
    await driven().play('query');
    expect((await all())[0]).toMatchObject({ activity: 'queryInstance', resultCode: '000000' });
    await driven().play('renew');
    expect((await all())[0]).toMatchObject({
      activity: 'refreshInstance',
      fault: 'wrong-signature',
      resultCode: '000001',
    });
    expect(driven().sandbox.faults()).toMatchObject([{ left: 1, times: 2 }]);
    await driven().sandbox.clearFaults();
    expect(driven().sandbox.faults()).toEqual([]);
  });
});

describe('a replay', () => {
  it('fresh is taken, the same bytes are refused', async () => {
    await driven().sandbox.moveClock({ action: 'advance', by: '10s' });
    await driven().play('query');
    const { exchangeId, url } = await whole('queryInstance');
    const fresh = await driven().sandbox.replay({ exchangeId, how: 'fresh' });
    expect(fresh).toMatchObject({ value: { replayOf: exchangeId, resultCode: '000000' } });
    const same = await driven().sandbox.replay({ exchangeId, how: 'same' });
    expect(same).toMatchObject({ value: { url, replayOf: exchangeId, resultCode: '000001' } });
  });

  it('is of calls to the seller only', async () => {
    const { exchangeId } = await whole('queryOrder');
    expect(await driven().sandbox.replay({ exchangeId, how: 'same' })).toMatchObject({
      refusal: { code: 'VALIDATION' },
    });
    expect(await driven().sandbox.replay({ exchangeId: '99999', how: 'same' })).toMatchObject({
      refusal: { code: 'NOT_FOUND' },
    });
  });
});

it('HAR has them all, oldest first, and is JSON', async () => {
  const parts: string[] = [];
  for await (const part of driven().sandbox.har('1.2.3')) parts.push(part);
  const { log } = JSON.parse(parts.join(''));
  expect(log).toMatchObject({ version: '1.2', creator: { name: 'Jishi', version: '1.2.3' } });
  expect(log.entries).toHaveLength((await all()).length);
  expect(log.entries[0]).toMatchObject({
    startedDateTime: START.toISOString(),
    request: { method: 'GET', httpVersion: 'HTTP/1.1' },
    response: { status: 200, content: { text: expect.stringContaining('MKT.0000') } },
  });
});

it('a probe saves a case where there is none, and goes on daily', async () => {
  await driven().sandbox.reset({ start: START.toISOString() });
  await driven().play('probe');
  const [first] = await driven().sandbox.upcoming(1);
  expect(first).toMatchObject({ kind: 'probe', label: { zh: '例行拨测' }, productName: { en: 'Acme Workspace' } });
  const before = (await all()).length;
  await driven().sandbox.moveClock({ action: 'next' });
  expect(await all()).toHaveLength(before + 1);
});
