/** What the seller delivers reaches the customer in clear and is kept sealed: a password stands nowhere else (saas-v2.md 4.1, 5.2). */
import { encryptAccountData } from '@jishi/protocol';
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
import { instanceById } from '../instances/index.ts';
import { type Order, ordersByIds } from '../ordering/index.ts';
import { sql } from '../platform/database/database.ts';
import { createLog } from '../platform/log.ts';
import { createSimulator } from '../runtime.ts';
import { buyFromDemo } from '../testing/index.ts';
import { accessDataOf, attemptsOf, type Caller, createCaller, listCalls, viewAccess } from './index.ts';

const ALL = { kind: 'all' } as const;
const IV = 'A1b2C3d4E5f6G7h8';
const PASSWORD = 'Init-Pass-1';
const world = fileWorld();
let seller: FakeSeller;
let caller: Caller;
beforeAll(async () => {
  seller = await startFakeSeller();
  caller = createCaller(world().platform);
  await setProductionUrl(world().platform.db, world().demo.goodsId, seller.url);
});
afterAll(async () => {
  await caller.close();
  await seller.close();
});

const delivering =
  (answer: (instanceId: string) => object): Behaviour =>
  (call, response) =>
    call.activity === 'newInstance' ? prompt(call, response) : answer(String(call.body.instanceId));
const encrypted = (encryptType: '1' | '2', accessKey: string, declared: string = encryptType) =>
  delivering((id) => ({
    ...ready(id, {
      userName: encryptAccountData('admin@example.com', accessKey, encryptType, IV),
      password: encryptAccountData(PASSWORD, accessKey, encryptType, IV),
    }),
    encryptType: declared,
  }));
async function buy(behaviour: Behaviour): Promise<Order> {
  seller.behave(behaviour);
  const order = await buyFromDemo(world());
  await world().simulator.drain();
  return order;
}
const lineOf = (order: Order) => `${order.orderId}-000001`;
const accessOf = async (order: Order) =>
  (await accessDataOf(world().platform, world().platform.db, lineOf(order)))?.access;
const stateOf = async (order: Order) =>
  (await ordersByIds(world().platform.db, [order.orderId], { scope: ALL }))[0]?.state;
const advance = (ms: number) => world().simulator.advanceTo(new Date(world().clock.now().getTime() + ms));
const calls = (order: Order, activity?: string) =>
  listCalls(world().platform.db, { scope: ALL, orderId: order.orderId, activity, before: null, limit: 50 });

/** Every row of every table, as text. */
async function wholeDatabase(): Promise<string> {
  const { db } = world().platform;
  const tables = await sql<{ name: string }>`
    SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`.execute(db);
  const texts = await Promise.all(
    tables.rows.map(async ({ name }) => {
      const { rows } = await sql<{
        text: string;
      }>`SELECT coalesce(string_agg(t::text, E'\n'), '') AS text FROM ${sql.table(name)} t`.execute(db);
      return rows[0]?.text ?? '';
    }),
  );
  return texts.join('\n');
}

describe('access data', () => {
  it('in clear are shown as they are', async () => {
    const order = await buy(
      delivering((id) => ready(id, { adminUrl: 'https://app.example.com/admin', memo: '首次登录' })),
    );
    expect(await accessOf(order)).toEqual({
      frontEndUrl: `https://app.example.com/t/inst-${lineOf(order)}`,
      adminUrl: 'https://app.example.com/admin',
      userName: 'admin',
      password: PASSWORD,
      memo: '首次登录',
    });
  });

  it.each(['1', '2'] as const)('encrypted by type %s are shown decrypted', async (type) => {
    const order = await buy(encrypted(type, world().demo.accessKey));
    expect(await accessOf(order)).toMatchObject({ userName: 'admin@example.com', password: PASSWORD });
    expect(await stateOf(order)).toBe('COMPLETED');
  });

  it.each<[string, string, () => Behaviour]>([
    ['with another key', 'secret.key', () => encrypted('1', 'another-key')],
    ['by another type than declared', 'secret.type', () => encrypted('2', world().demo.accessKey, '1')],
    ['not at all, though declared', 'secret.plain', () => delivering((id) => ({ ...ready(id), encryptType: '1' }))],
  ])('encrypted %s are diagnosed and asked for again', async (_, code, behaviour) => {
    const order = await buy(behaviour());
    const [query] = await calls(order, 'queryInstance');
    expect(query).toMatchObject({ activity: 'queryInstance', state: 'DUE', last_diagnosis_code: code });
    expect(await accessOf(order)).toBeUndefined();
    seller.behave(encrypted('1', world().demo.accessKey));
    await advance(120_000);
    expect(await accessOf(order)).toMatchObject({ password: PASSWORD });
    expect(await stateOf(order)).toBe('COMPLETED');
  });
});

describe('secrets', () => {
  it.each<[string, Behaviour]>([
    ['a right answer', delivering((id) => ready(id))],
    [
      'a broken one',
      (call, response) => {
        if (call.activity === 'newInstance') return prompt(call, response);
        const text = JSON.stringify(ready(String(call.body.instanceId)));
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(text.replace(`"${PASSWORD}"`, `"${PASSWORD}",`));
        return null;
      },
    ],
    [
      'an error page that repeats the request',
      (_, response) => {
        response.writeHead(500, { 'content-type': 'text/plain' }).end(`{"password":"${PASSWORD}"}`);
        return null;
      },
    ],
    [
      'a number as password',
      delivering((id) => JSON.parse(JSON.stringify(ready(id)).replace(`"${PASSWORD}"`, '987654321'))),
    ],
  ])('of %s stand in no table and in no log', async (_, behaviour) => {
    const { platform, clock, demo } = world();
    const lines: string[] = [];
    const log = createLog('debug', { write: (line) => void lines.push(line) });
    const simulator = createSimulator({ ...platform, log }, clock);
    seller.behave(behaviour);
    const order = await buyFromDemo(world());
    await simulator.drain();
    await simulator.close();
    const [last] = [...(await calls(order, 'queryInstance')), ...(await calls(order))];
    const attempts = await attemptsOf(platform.db, last?.id ?? '');
    expect(attempts[0]?.response?.body).toContain('***');
    expect(lines.join('')).toContain('seller call');
    const kept = `${lines.join('')}${await wholeDatabase()}`;
    for (const secret of [PASSWORD, '987654321', demo.accessKey, demo.sk]) expect(kept).not.toContain(secret);
    seller.behave(prompt);
    await advance(3 * 3_600_000);
  });
});

describe('opening the details', () => {
  async function open(order: Order) {
    const { platform } = world();
    const instance = await instanceById(platform.db, lineOf(order), ALL);
    if (!instance?.instanceId) throw new Error('no instance');
    return viewAccess(platform, caller, { ...instance, instanceId: instance.instanceId, orderLineId: lineOf(order) });
  }

  it('asks the seller live, once, and shows what it says now', async () => {
    const order = await buy(prompt);
    await advance(10_000);
    seller.behave(delivering((id) => ready(id, { frontEndUrl: 'https://moved.example' })));
    const before = seller.received.length;
    expect(await open(order)).toMatchObject({
      stale: false,
      access: { frontEndUrl: 'https://moved.example' },
      fetchedAt: world().clock.now(),
    });
    // a reload at once does not reach the seller
    expect(await open(order)).toMatchObject({ stale: false });
    expect(seller.received.length - before).toBe(1);
    expect(seller.received.at(-1)).toMatchObject({
      activity: 'queryInstance',
      body: { instanceId: `inst-${lineOf(order)}` },
    });
    await advance(3_000);
    await open(order);
    expect(seller.received.length - before).toBe(2);
  });

  it('falls back to the last known values when the seller fails, says so, and leaves it at that', async () => {
    const order = await buy(prompt);
    const fetchedAt = world().clock.now();
    await advance(10_000);
    seller.behave(() => ({ resultCode: '000005', resultMsg: 'broken' }));
    const before = seller.received.length;
    expect(await open(order)).toMatchObject({ stale: true, fetchedAt, access: { password: PASSWORD } });
    await advance(24 * 3_600_000);
    expect(seller.received.length - before).toBe(1);
    const [view] = await calls(order);
    expect(view).toMatchObject({ state: 'STOPPED', attempts: 1, occasion: expect.stringMatching(/^view:/) });
    expect(await stateOf(order)).toBe('COMPLETED');
    expect((await instanceById(world().platform.db, lineOf(order), ALL))?.state).toBe('ACTIVE');
  });

  it('has nothing to show when nothing was ever delivered', async () => {
    seller.behave(delivering(() => ({ resultCode: '000004', resultMsg: 'wait' })));
    const order = await buyFromDemo(world());
    await world().simulator.drain();
    expect(await open(order)).toBeNull();
    seller.behave(prompt);
    await advance(3_600_000);
    expect(await stateOf(order)).toBe('COMPLETED');
  });
});
