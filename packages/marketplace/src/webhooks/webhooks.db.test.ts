/** News reaches a seller's endpoint: signed, repeated by schedule, kept with its attempts; a dead endpoint is switched off and holds up no other. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, describe, expect, it } from 'vitest';
import { startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { sharedWorld } from '../../../../tests/support/shared-world.ts';
import { createSeller } from '../directory/index.ts';
import { inTransaction, sql, type Tx } from '../platform/database/database.ts';
import type { Result } from '../platform/result.ts';
import { buyFromDemo } from '../testing/index.ts';
import type { EventType } from './catalogue.ts';
import { attemptsOf, deliveryOf, insertNews, listDeliveries } from './delivery-store.ts';
import { endpointOf } from './endpoint-store.ts';
import { addEndpoint, changeEndpoint, rotateSecret, testEndpoint } from './endpoints.ts';
import { resend } from './resend.ts';
import { createWebhookSender, sendDueWebhooks } from './sending.ts';

const world = sharedWorld();
const closing: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}
/** A receiver that answers with a status of the moment. */
async function receiver(status: number) {
  const received: Received[] = [];
  const now = { status };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(now.status).end(`status ${now.status}`);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(
    () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  );
  const address = server.address();
  const isBound = (bound: typeof address): bound is AddressInfo => typeof bound === 'object' && bound !== null;
  return { received, now, url: `http://127.0.0.1:${isBound(address) ? address.port : 0}/hooks` };
}

const run = <T>(work: (tx: Tx) => Promise<Result<T>>): Promise<T> =>
  inTransaction(world().platform.db, async (tx) => {
    const result = await work(tx);
    if (!result.ok) throw new Error(result.refusal.message);
    return result.value;
  });
const now = () => world().clock.now();
const after = (ms: number) => world().simulator.advanceTo(new Date(now().getTime() + ms));
const HOUR = 3_600_000;

async function endpoint(url: string, types: readonly EventType[] = ['order.paid'], of?: string) {
  const { platform } = world();
  const sellerId = of ?? (await createSeller(platform, platform.db, { name: 'Hooked', site: 'CN' }, now()));
  const made = await run((tx) => addEndpoint(platform, tx, { sellerId, url, name: 'test', types }, now()));
  const ids = { sellerId, endpointId: made.endpoint.endpointId };
  return {
    ...ids,
    secret: made.secret,
    test: () => run((tx) => testEndpoint(platform, tx, ids, now())),
    state: () => endpointOf(platform.db, ids.sellerId, ids.endpointId),
    sent: () => listDeliveries(platform.db, { endpointId: ids.endpointId, before: null, limit: 100 }),
  };
}
const signs = ({ headers, body }: Received, secret: string): boolean => {
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
  const signature = new Webhook(secret).sign(String(headers['webhook-id']), at, body);
  return String(headers['webhook-signature']).split(' ').includes(signature);
};

it('what an endpoint chose is told once, thin, with a signature that the library of the standard makes too', async () => {
  const { platform, demo, simulator } = world();
  const seller = await startFakeSeller();
  closing.push(() => seller.close());
  await sql`UPDATE catalog.products SET production_url = ${seller.url} WHERE goods_id = ${demo.goodsId}`.execute(
    platform.db,
  );
  const hooks = await receiver(204);
  const chosen = await endpoint(hooks.url, ['order.paid', 'instance.activated'], demo.sellerId);
  const order = await buyFromDemo(world());
  await simulator.drain();
  const bodies = hooks.received.map(({ body }): unknown => JSON.parse(body));
  expect(bodies).toEqual([
    {
      type: 'order.paid',
      timestamp: expect.any(String),
      data: { orderId: order.orderId, orderType: 'NEW', orderLineIds: [`${order.orderId}-000001`] },
    },
    {
      type: 'instance.activated',
      timestamp: expect.any(String),
      data: expect.objectContaining({ orderId: order.orderId, state: 'ACTIVE' }),
    },
  ]);
  expect(hooks.received.map((one) => signs(one, chosen.secret))).toEqual([true, true]);
  expect(hooks.received.map(({ headers }) => headers['webhook-timestamp'])).toEqual(
    Array(2).fill(String(now().getTime() / 1_000)),
  );
  expect((await chosen.sent()).map(({ state, lastStatus }) => [state, lastStatus])).toEqual(
    Array(2).fill(['SUCCEEDED', 204]),
  );
});

describe('an endpoint that fails', () => {
  it('is tried ten times within 76 hours, each attempt kept with its answer; by hand it begins anew, with the same id', async () => {
    const { platform } = world();
    const hooks = await receiver(500);
    const chosen = await endpoint(hooks.url);
    const { deliveryId } = await chosen.test();
    await after(80 * HOUR);
    const stopped = await deliveryOf(platform.db, chosen.sellerId, deliveryId);
    expect(stopped).toMatchObject({ state: 'STOPPED', attempts: 10, lastStatus: 500 });
    const attempts = await attemptsOf(platform.db, deliveryId);
    const [first] = attempts;
    expect(attempts.map(({ at }) => (at.getTime() - (first?.at.getTime() ?? 0)) / 1_000)).toEqual([
      0, 5, 305, 2_105, 9_305, 27_305, 63_305, 113_705, 185_705, 272_105,
    ]);
    expect(first).toMatchObject({ status: 500, fault: null, answer: 'status 500' });
    expect(await chosen.state()).toMatchObject({ state: 'ACTIVE', failingSince: first?.at });

    hooks.now.status = 200;
    await run((tx) => resend(tx, { sellerId: chosen.sellerId, deliveryId }, now()));
    await world().simulator.drain();
    expect(await deliveryOf(platform.db, chosen.sellerId, deliveryId)).toMatchObject({
      state: 'SUCCEEDED',
      attempts: 11,
    });
    expect(await chosen.state()).toMatchObject({ failingSince: null, lastSuccessAt: now() });
    expect(new Set(hooks.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('is switched off after five days without a success; its seller is told (N-77), and may activate it', async () => {
    const { platform } = world();
    const hooks = await receiver(503);
    const chosen = await endpoint(hooks.url);
    await chosen.test();
    await after(72 * HOUR);
    await chosen.test();
    await after(47 * HOUR);
    expect(await chosen.state()).toMatchObject({ state: 'ACTIVE' });
    await after(24 * HOUR);
    expect(await chosen.state()).toMatchObject({ state: 'SWITCHED_OFF' });
    const { rows } = await sql<{ type: string }>`
      SELECT type FROM platform.events WHERE aggregate = ${`webhook:${chosen.endpointId}`}`.execute(platform.db);
    expect(rows).toEqual([{ type: 'webhooks.endpoint-switched-off' }]);
    expect((await chosen.sent()).map(({ state }) => state)).toEqual(['STOPPED', 'STOPPED']);
    const [last] = await chosen.sent();
    const again = await inTransaction(platform.db, (tx) =>
      resend(tx, { sellerId: chosen.sellerId, deliveryId: last?.deliveryId ?? '' }, now()),
    );
    expect(again).toMatchObject({ ok: false, refusal: { code: 'WEBHOOK_OFF' } });
    const ids = { sellerId: chosen.sellerId, endpointId: chosen.endpointId };
    await run((tx) => changeEndpoint(platform, tx, { ...ids, state: 'ACTIVE' }, now()));
    expect(await chosen.state()).toMatchObject({ state: 'ACTIVE', failingSince: null });
  });

  it('is switched off at once by 410; a test of it by hand is tried once', async () => {
    const chosen = await endpoint((await receiver(410)).url);
    await chosen.test();
    await world().simulator.drain();
    expect(await chosen.state()).toMatchObject({ state: 'SWITCHED_OFF' });
    await chosen.test();
    await world().simulator.drain();
    expect((await chosen.sent()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['STOPPED', 1],
      ['STOPPED', 1],
    ]);
  });
});

it('a secret that was rotated signs beside the new one until its overlap is over', async () => {
  const { platform } = world();
  const hooks = await receiver(200);
  const chosen = await endpoint(hooks.url);
  const ids = { sellerId: chosen.sellerId, endpointId: chosen.endpointId };
  const { secret } = await run((tx) => rotateSecret(platform, tx, { ...ids, overlapHours: 2 }, now()));
  for (const wait of [0, 3 * HOUR]) {
    await after(wait);
    await chosen.test();
    await world().simulator.drain();
  }
  expect(hooks.received.map((one) => [signs(one, chosen.secret), signs(one, secret)])).toEqual([
    [true, true],
    [false, true],
  ]);
  const { rows } = await sql<{ secret: string }>`
    SELECT sealed_secret AS secret FROM webhooks.endpoints WHERE endpoint_id = ${chosen.endpointId}`.execute(
    platform.db,
  );
  expect(rows[0]?.secret).toMatch(/^s1\./);
});

it('three thousand messages of an endpoint that fails hold up no other: it gets one slot, the others theirs', async () => {
  const { platform } = world();
  const [dead, well] = [await receiver(500), await receiver(200)];
  const [bad, good] = [await endpoint(dead.url), await endpoint(well.url)];
  await bad.test();
  await world().simulator.drain();
  const news = Array.from({ length: 3_000 }, (_, index) => ({
    ...{
      sellerId: bad.sellerId,
      source: `crowd:${index}`,
      type: 'order.paid',
      data: {},
      traceId: 't',
      occurredAt: now(),
    },
    endpointIds: [bad.endpointId],
  }));
  await inTransaction(platform.db, (tx) => insertNews(tx, platform.random, news, now()));
  await good.test();
  const sender = createWebhookSender(platform);
  closing.push(() => sender.outbound.close());
  expect(await sendDueWebhooks(platform, sender)).toBe(2);
  expect(well.received).toHaveLength(1);
});
