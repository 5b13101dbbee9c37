/** What is written down of commands, what a refused one leaves behind, and what watchers of an order are sent. */
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import { type FakeSeller, startFakeSeller } from '../../../../../tests/support/fake-seller.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { csrfToken } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { sql } from '../../platform/database/database.ts';
import { refuse } from '../../platform/result.ts';
import { createSellers } from '../../testing/index.ts';
import { createApp, listen } from '../app.ts';
import type { AppEnv } from '../http.ts';
import { type OrderView, order as orderSchema } from './order-schemas.ts';
import { orderWatch } from './order-watch.ts';
import { command, nothing } from './route.ts';
import { problem as problemSchema } from './schemas.ts';
import { mountRoutes } from './server.ts';
import { session as sessionSchema } from './session-schemas.ts';
import { orderStreams } from './stream.ts';

const world = sharedWorld();
interface Set {
  readonly app: ReturnType<typeof createApp>;
  readonly seller: FakeSeller;
  readonly buyer: ConsoleClient;
  readonly priceItemId: string;
}
const sets: Set[] = [];
const set = (): Set => {
  const [first] = sets;
  if (!first) throw new Error('used before set up');
  return first;
};

beforeAll(async () => {
  const { platform, demo } = world();
  const seller = await startFakeSeller();
  const app = createApp({ platform, caller: createCaller(platform) });
  const [offer] = await createSellers(platform, [seller.url], 'an-access-key');
  await sql`UPDATE catalog.products SET production_url = ${seller.url}`.execute(platform.db);
  const buyer = await clientAs(platform, app, 'BO', { buyerId: demo.buyerId });
  sets.push({ app, seller, buyer, priceItemId: offer?.priceItemId ?? '' });
});
afterAll(() => Promise.all(sets.map((each) => each.seller.close())));

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  set().app.fetch(
    new Request(`http://jishi.test/api/console${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
const orderBody = (quantity = 5) => ({
  lines: [{ priceItemId: set().priceItemId, quantity, periodNumber: 1 }],
  agreementsAccepted: true,
});
const problemIn = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await answer.json());
};
const placed = async (): Promise<OrderView> =>
  orderSchema.parse(await (await set().buyer.post('/console/orders', orderBody())).json());

describe('the audit log', () => {
  const entriesOf = async (userId: string) =>
    (
      await sql<{ action: string; role: string; object: string; result: string; request_id: string }>`
        SELECT action, role, object, result, request_id FROM platform.audit_log WHERE actor = ${userId} ORDER BY seq`.execute(
        world().platform.db,
      )
    ).rows;

  it('holds payments, cancellations and what was refused for role or CSRF', async () => {
    const { app } = set();
    const { platform, demo } = world();
    const buyer = await clientAs(platform, app, 'BO', { buyerId: demo.buyerId });
    const viewer = await clientAs(platform, app, 'BV', { buyerId: demo.buyerId });
    const place = async () =>
      orderSchema.parse(await (await buyer.post('/console/orders', orderBody())).json()).orderId;
    const [paid, cancelled] = [await place(), await place()];
    const requestId = '00112233445566778899aabbccddeeff';
    await buyer.post(`/console/orders/${paid}/payment`, { method: 'BALANCE' }, { 'x-request-id': requestId });
    await buyer.post(`/console/orders/${cancelled}/cancellation`, {});
    await buyer.post(`/console/orders/${paid}/cancellation`, {}); // refused by a rule: no entry
    await buyer.post(`/console/orders/${paid}/payment`, { method: 'BALANCE' }, { 'x-csrf-token': 'another' });
    await viewer.post(`/console/orders/${paid}/payment`, { method: 'BALANCE' });
    expect(await entriesOf(buyer.userId)).toMatchObject([
      { action: 'order.pay', role: 'BO', object: `order:${paid}`, result: 'done', request_id: requestId },
      { action: 'order.cancel', object: `order:${cancelled}`, result: 'done' },
      { action: 'order.pay', object: `/api/console/orders/${paid}/payment`, result: 'refused CSRF' },
    ]);
    expect(await entriesOf(viewer.userId)).toMatchObject([
      { action: 'order.pay', role: 'BV', result: 'refused FORBIDDEN' },
    ]);
  });

  it('holds sign-in and sign-out', async () => {
    const signedIn = await post('/session', { loginName: 'operator', password: 'demo-password' });
    const { csrfToken, userId } = sessionSchema.parse(await signedIn.json());
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    await set().app.fetch(
      new Request('http://jishi.test/api/console/session', {
        method: 'DELETE',
        headers: { cookie, 'x-csrf-token': csrfToken },
      }),
    );
    expect((await entriesOf(userId)).slice(-2)).toMatchObject([
      { action: 'session.sign-in', object: `user:${userId}`, result: 'done' },
      { action: 'session.sign-out', object: `user:${userId}`, result: 'done' },
    ]);
  });
});

it('a command that says no leaves nothing behind of what it wrote before', async () => {
  const { platform } = world();
  const { buyer } = set();
  const refusing = command({
    path: '/half-done',
    summary: 'writes, then refuses',
    action: 'order.create',
    body: nothing,
    response: nothing,
    async run(_call, _body, tx) {
      await sql`INSERT INTO directory.sellers (seller_id, name, site, created_at) VALUES ('half-done', 'x', 'CN', ${platform.clock.now()})`.execute(
        tx,
      );
      return refuse('HALF_DONE', 'no');
    },
  });
  const app = new Hono<AppEnv>();
  mountRoutes(app, { platform, caller: createCaller(platform), streams: orderStreams(platform) }, [refusing]);
  const token = csrfToken(buyer.token);
  const answer = await app.fetch(
    new Request('http://jishi.test/half-done', {
      method: 'POST',
      headers: { cookie: `jishi_session=${buyer.token}`, 'x-csrf-token': token, 'idempotency-key': randomUUID() },
    }),
  );
  expect(await problemIn(answer)).toMatchObject({ status: 409, code: 'HALF_DONE' });
  const left = await sql`SELECT 1 FROM directory.sellers WHERE seller_id = 'half-done'`.execute(platform.db);
  expect(left.rows).toEqual([]);
});

describe('live progress', () => {
  it('sends the order at once, again on each change, and ends when nothing more can happen', async () => {
    const { buyer } = set();
    const order = await placed();
    const stream = await buyer.get(`/console/orders/${order.orderId}/stream`);
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const nextState = async () =>
      /^event: order\ndata: .*?"state":"(\w+)"/.exec((await reader?.read())?.value ?? '')?.[1];
    expect(await nextState()).toBe('PENDING_PAYMENT');
    await buyer.post(`/console/orders/${order.orderId}/payment`, { method: 'BALANCE' });
    expect(await nextState()).toBe('PROCESSING');
    await world().simulator.drain();
    let state = await nextState();
    while (state === 'PROCESSING') state = await nextState();
    expect(state).toBe('COMPLETED');
    expect((await reader?.read())?.done).toBe(true);
  });
});

describe('live streams', () => {
  const readerOf = (answer: Response) => {
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) throw new Error('no body');
    return reader;
  };

  it('end when the session ends, before anything more is said', async () => {
    const { platform, demo } = world();
    const client = await clientAs(platform, set().app, 'BO', { buyerId: demo.buyerId });
    const order = await placed();
    const reader = readerOf(await client.get(`/console/orders/${order.orderId}/stream`));
    expect((await reader.read()).value).toContain('PENDING_PAYMENT');
    await sql`DELETE FROM directory.sessions WHERE user_id = ${client.userId}`.execute(platform.db);
    await set().buyer.post(`/console/orders/${order.orderId}/payment`, { method: 'BALANCE' });
    let rest = await reader.read();
    while (rest.value === ': waiting\n\n') rest = await reader.read();
    expect(rest.done).toBe(true);
  });

  it('are at most 20 of one user; a closed one makes room', async () => {
    const { platform, demo } = world();
    const client = await clientAs(platform, set().app, 'BO', { buyerId: demo.buyerId });
    const { orderId } = await placed();
    const open = () => client.get(`/console/orders/${orderId}/stream`);
    const streams = await Promise.all(Array.from({ length: 20 }, open));
    expect(new Set(streams.map((stream) => stream.status))).toEqual(new Set([200]));
    expect(await problemIn(await open())).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    await streams[0]?.body?.cancel();
    await expect.poll(async () => (await open()).status).toBe(200);
    await set().buyer.post(`/console/orders/${orderId}/cancellation`, {}); // ends them all
    await Promise.all(streams.slice(1).map((stream) => stream.text()));
  });

  it('end when the server closes, without waiting for the two seconds that requests get', async () => {
    const { orderId } = await placed();
    const server = await listen(set().app, '127.0.0.1', 0);
    const headers = { cookie: `jishi_session=${set().buyer.token}` };
    const path = `/api/console/orders/${orderId}/stream`;
    const reader = readerOf(await fetch(`http://127.0.0.1:${server.port}${path}`, { headers }));
    expect((await reader.read()).value).toContain(orderId);
    const closed = server.close();
    let rest = await reader.read();
    while (!rest.done) rest = await reader.read();
    await closed;
  });

  it('of one order share one look at the database', async () => {
    const { platform } = world();
    const { orderId, traceId } = await placed();
    let looks = 0;
    const counting = platform.db.getExecutor().withPlugin({
      transformQuery({ node }) {
        if (JSON.stringify(node).includes('string_agg')) looks += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const watch = orderWatch({ ...platform, db: { ...platform.db, getExecutor: () => counting } });
    const looksAtRing: number[] = [];
    const stops = [1, 2, 3].map(() => watch.watch({ orderId, traceId }, () => void looksAtRing.push(looks)));
    await expect.poll(() => looksAtRing).toEqual([1, 1, 1]);
    await set().buyer.post(`/console/orders/${orderId}/cancellation`, {});
    await expect.poll(() => looksAtRing).toHaveLength(6);
    for (const stop of stops) stop();
  });
});
