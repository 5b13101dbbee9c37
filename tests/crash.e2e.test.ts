/**
 * Real processes are killed with -9 at random moments, and exactly between commits; afterwards each paid order has ended
 * once, and the marketplace's books agree with what the seller wrote down. Another seed: JISHI_CRASH_SEED=n.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { csrfToken } from '../packages/marketplace/src/directory/index.ts';
import { openDatabase, sql } from '../packages/marketplace/src/platform/database/database.ts';
import { parseMasterKeys } from '../packages/marketplace/src/platform/key-ring.ts';
import { createPlatform } from '../packages/marketplace/src/runtime.ts';
import { createDice } from '../packages/marketplace/src/testing/dice.ts';
import { type CrowdBuyer, createBuyers, createSellers, testConfig } from '../packages/marketplace/src/testing/index.ts';
import { brokenInvariants } from '../packages/marketplace/src/testing/invariants.ts';
import { emptyDatabase, freePort } from './support/empty-database.ts';
import { type FakeSeller, prompt, startFakeSeller } from './support/fake-seller.ts';
import { startFleet } from './support/fleet.ts';
import { ensureBuilt, jishi, jishiOnce, type Running } from './support/jishi.ts';
import { patientClient } from './support/patient-client.ts';
import { hoursPass, usageBooks, usageProgram } from './support/pushed-usage.ts';
import { until } from './support/until.ts';

const ORDERS = Number(process.env.JISHI_CRASH_ORDERS ?? 60);
const ROUNDS = Number(process.env.JISHI_CRASH_ROUNDS ?? 6);
const SEED = process.env.JISHI_CRASH_SEED ?? '1';
const ENDED = ['COMPLETED', 'REFUNDED'];

beforeAll(ensureBuilt);
const folder = mkdtempSync(join(tmpdir(), 'jishi-crash-'));
// as root, PostgreSQL's files go elsewhere when its user can not enter the folder
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(`${ORDERS} orders survive ${ROUNDS} rounds of kill -9 (seed ${SEED})`, async () => {
  const dice = createDice(`crash ${SEED}`);
  const seller = await faultySeller(SEED);
  const { platform, env, port } = await migrated();
  const { db } = platform;
  const [product] = await createSellers(platform, [seller.url], 'an-access-key');
  const [buyer] = await createBuyers(platform, 1);
  if (!product || !buyer) throw new Error('nothing to sell');

  const fleet = startFleet(env, dice);
  const url = `http://127.0.0.1:${port}/api/console`;
  const buying = Promise.all(Array.from({ length: ORDERS }, () => buyOne(url, buyer, product.priceItemId)));
  for (let round = 1; round <= ROUNDS; round += 1) {
    const heard = seller.received.length;
    await until(
      'the seller is called',
      () => seller.received.length >= heard + 5 + dice.below(10) || null,
      5_000,
    ).catch(() => {}); // all done already
    await fleet.killOne();
  }

  await buying;
  await until('each order ends and everyone has heard of it', async () => {
    const { rows } = await sql<{ open: number }>`
      SELECT (SELECT count(*) FROM ordering.orders WHERE paid_at IS NOT NULL AND state <> ALL(${ENDED})) + (SELECT count(*) FROM platform.deliveries) AS open`.execute(
      db,
    );
    return rows[0]?.open === 0 || null;
  });
  expect(new Set(await fleet.stop())).toEqual(new Set([0]));

  const paid = await sql<{
    count: number;
  }>`SELECT count(*) AS count FROM ordering.orders WHERE paid_at IS NOT NULL`.execute(db);
  expect(paid.rows[0]?.count).toBe(ORDERS);
  expect(await brokenInvariants(db, logOf(seller), new Date())).toEqual([]);
});

it(`usage that is pushed while the API and workers are killed is rated once, all of it (Must show 4, seed ${SEED})`, async () => {
  const dice = createDice(`crash of usage ${SEED}`);
  const { platform, env, port } = await migrated();
  const [product] = await createSellers(platform, ['http://127.0.0.1:1'], 'an-access-key');
  const [buyer] = await createBuyers(platform, 1);
  if (!product || !buyer) throw new Error('nothing to meter');
  const seller = { ...product, buyerId: buyer.buyerId, accessKey: 'an-access-key' };
  const program = await usageProgram(platform, `http://127.0.0.1:${port}`, seller);
  const fleet = startFleet(env, dice);
  const [batches, each] = [16, 50];
  let answered = 0;
  const bodies = Array.from({ length: batches }, (_, place) => program.batch(place * each, each));
  const pushing = Promise.all(
    [0, 1, 2].map(async (client) => {
      for (let place = client; place < batches; place += 3) {
        await program.push(bodies[place] ?? '');
        answered += 1;
        // none of what was answered is lost, whatever dies
        const { records } = await usageBooks(platform);
        expect(Number(records)).toBeGreaterThanOrEqual(answered * each);
      }
    }),
  );
  pushing.catch(() => {}); // told below
  for (let round = 1; round <= 3; round += 1) {
    const next = Math.min(batches, answered + 2 + dice.below(4));
    await Promise.race([pushing, until('some calls are answered', () => answered >= next, 120_000)]);
    await hoursPass(platform);
    await fleet.killOne();
  }
  await pushing;
  await program.push(bodies[0] ?? '');
  const all = batches * each;
  await until('all of it is rated', async () => {
    await hoursPass(platform);
    return Number((await usageBooks(platform)).rated) >= all;
  });
  await fleet.stop();
  const { exact, ...books } = await usageBooks(platform);
  const usage = String(all * 1.25);
  expect(books).toEqual({
    ...{ records: all, rated: all, ratedOnce: all, pushed: usage, hours: usage, used: usage },
    ...{ paid: exact, posted: exact },
  });
});

it('jishi start --data goes on where kill -9 ended it', async () => {
  const data = join(folder, 'data');
  const first = jishi(['start', '--data', data, '--port', '0']);
  onTestFinished(() => void first.child.kill('SIGKILL'));
  const buyer = await enter(await addressOf(first));
  const price = /"priceItemId":"(OFFI\d+)"/.exec(await buyer.text(`/products/${await goodsIdOf(buyer)}`))?.[1] ?? '';
  const orders = await Promise.all(Array.from({ length: 8 }, () => buyer.place(price)));
  await Promise.all(orders.map((orderId) => buyer.pay(orderId)));
  first.child.kill('SIGKILL');
  await first.ended;

  const second = jishi(['start', '--data', data, '--port', '0']);
  onTestFinished(() => void second.child.kill('SIGKILL'));
  const again = await enter(await addressOf(second));
  for (const orderId of orders)
    await until(
      `order ${orderId} is completed`,
      async () => /"state":"COMPLETED"/.test(await again.text(`/orders/${orderId}`)) || null,
    );
  expect(await again.text('/instances?limit=100').then((text) => text.match(/"state":"ACTIVE"/g)?.length)).toBe(
    orders.length + 1,
  );
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
});

/** Slow, forgetful of its manners, never of its instances; some lines it will not serve. */
async function faultySeller(seed: string): Promise<FakeSeller> {
  const dice = createDice(`seller ${seed}`);
  const hopeless = new Map<unknown, boolean>();
  const seller = await startFakeSeller(async (call, response) => {
    const line = call.body.orderLineId;
    if (line !== undefined && !hopeless.has(line)) hopeless.set(line, dice.chance(10));
    const thinkingMs = dice.below(120);
    await new Promise((done) => setTimeout(done, thinkingMs));
    if (hopeless.get(line)) return { resultCode: '000100', resultMsg: 'none left' };
    if (dice.chance(8)) {
      response.destroy();
      return null;
    }
    if (call.activity === 'queryInstance' && dice.chance(25)) return { resultCode: '000004', resultMsg: 'not ready' };
    return prompt(call, response);
  });
  onTestFinished(seller.close);
  return seller;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const logOf = (seller: FakeSeller) =>
  seller.received.map(({ activity, body, url }) => ({
    activity,
    orderId: text(body.orderId),
    orderLineId: text(body.orderLineId),
    instanceId: text(body.instanceId),
    nonce: url.searchParams.get('nonce') ?? '',
  }));

async function buyOne(url: string, { token }: CrowdBuyer, priceItemId: string): Promise<void> {
  const send = patientClient(url, token);
  const lines = [{ priceItemId, quantity: 10, periodNumber: 1 }];
  const orderId = /"orderId":"(\w+)"/.exec(await send('/orders', { lines, agreementsAccepted: true }))?.[1];
  await send(`/orders/${orderId}/payment`, { method: 'BALANCE' });
}

async function addressOf(process: Running) {
  const [, url = ''] = await process.says(/is up .*: (http:\/\/\S+)/);
  const [, password = ''] = await process.says(/buyer +buyer +(\S+)/);
  return { url, password };
}

async function enter({ url, password }: { url: string; password: string }) {
  const call = async (path: string, body?: object, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/console${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
    });
  const session = await call('/session', { loginName: 'buyer', password });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, 'x-csrf-token': csrfToken(cookie.replace('jishi_session=', '')) };
  return {
    text: async (path: string) => (await call(path, undefined, headers)).text(),
    async place(priceItemId: string): Promise<string> {
      const lines = [{ priceItemId, quantity: 10, periodNumber: 1 }];
      const reply = await (await call('/orders', { lines, agreementsAccepted: true }, headers)).text();
      return /"orderId":"(\w+)"/.exec(reply)?.[1] ?? '';
    },
    async pay(orderId: string): Promise<void> {
      const { status } = await call(`/orders/${orderId}/payment`, { method: 'BALANCE' }, headers);
      expect(status).toBe(200);
    },
  };
}
const goodsIdOf = async (buyer: { text(path: string): Promise<string> }) =>
  /"goodsId":"([\w-]+)"/.exec(await buyer.text('/products'))?.[1];

/** A database that is brought up to date, and what processes on it are started with. */
async function migrated() {
  const database = await emptyDatabase(inject('adminUrl'));
  const masterKeys = `k1:${randomBytes(32).toString('base64')}`;
  const port = await freePort();
  const env = {
    JISHI_DATABASE_URL: database.url,
    JISHI_MASTER_KEYS: masterKeys,
    JISHI_PORT: String(port),
    JISHI_LOG_LEVEL: 'error',
    JISHI_CALL_TIMEOUT_MS: '2000',
    JISHI_RETRY_POLICIES: JSON.stringify({
      'saas-v2': {
        newInstance: { windowMs: 3000, intervalMs: 1000 },
        queryInstance: { windowMs: 6000, intervalMs: 300 },
      },
    }),
  };
  expect((await jishiOnce(['migrate'], env)).exit).toBe(0);
  const { db, close } = openDatabase(database.url);
  onTestFinished(async () => {
    await close();
    await database.drop();
  });
  const parsed = parseMasterKeys(masterKeys);
  const keys = 'keys' in parsed ? parsed.keys : [];
  const platform = createPlatform({ config: testConfig(database.url, { masterKeys: keys }), db });
  return { platform, env, port };
}
