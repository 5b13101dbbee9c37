/** CSRF, idempotency, problem details, paging, search: what every route of the console API shares. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import { type FakeSeller, startFakeSeller } from '../../../../../tests/support/fake-seller.ts';
import { rawRequest } from '../../../../../tests/support/raw-http.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { csrfToken } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { sql } from '../../platform/database/database.ts';
import { buyFromDemo, createBuyers, createSellers } from '../../testing/index.ts';
import { createApp, listen } from '../app.ts';
import { type OrderView, orderPage, order as orderSchema } from './order-schemas.ts';
import { problem as problemSchema } from './schemas.ts';

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

describe('commands', () => {
  it('need a session, its CSRF token and an idempotency key', async () => {
    const { buyer } = set();
    expect(await problemIn(await post('/orders', orderBody()))).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    for (const token of ['', 'another']) {
      expect(
        await problemIn(await buyer.post('/console/orders', orderBody(), { 'x-csrf-token': token })),
      ).toMatchObject({ status: 403, code: 'CSRF' });
    }
    for (const key of ['', 'short', 'x'.repeat(129), 'with a blank']) {
      expect(
        await problemIn(await buyer.post('/console/orders', orderBody(), { 'idempotency-key': key })),
      ).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_MISSING' });
    }
  });

  it('repeated with the same key give the same answer and have one effect', async () => {
    const { buyer } = set();
    const key = { 'idempotency-key': randomUUID() };
    const [first, second] = [
      await buyer.post('/console/orders', orderBody(), key),
      await buyer.post('/console/orders', orderBody(), key),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect([first.headers.get('idempotency-replayed'), second.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect(await second.text()).toBe(await first.text());
  });

  it('with the key of another body or another path are refused', async () => {
    const { buyer } = set();
    const key = { 'idempotency-key': randomUUID() };
    const { orderId } = orderSchema.parse(await (await buyer.post('/console/orders', orderBody(), key)).json());
    expect(await problemIn(await buyer.post('/console/orders', orderBody(10), key))).toMatchObject({
      status: 422,
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect(
      await problemIn(await buyer.post(`/console/orders/${orderId}/payment`, { method: 'BALANCE' }, key)),
    ).toMatchObject({ status: 422 });
    // Another user's keys are other keys.
    const other = await clientAs(world().platform, set().app, 'BO', { buyerId: world().demo.buyerId });
    expect((await other.post('/console/orders', orderBody(10), key)).status).toBe(201);
  });

  it('sent twice at once: one is done, the other hears that it is under way, money moves once', async () => {
    const { buyer } = set();
    const order = await placed();
    const { platform } = world();
    let both: () => void = () => {};
    const secondAnswered = new Promise<void>((done) => {
      both = done;
    });
    // The first stops inside its open transaction until the second has its answer.
    const detach = platform.pause.at('ordering.before-pay-commit', () => secondAnswered);
    const key = { 'idempotency-key': randomUUID() };
    const pay = () => buyer.post(`/console/orders/${order.orderId}/payment`, { method: 'BALANCE' }, key);
    const answers = [pay(), pay()];
    const early = await Promise.race(answers);
    expect(early.status).toBe(409);
    expect(early.headers.get('retry-after')).toBe('1');
    expect(await problemIn(early)).toMatchObject({ code: 'IDEMPOTENCY_IN_FLIGHT' });
    both();
    detach();
    expect((await Promise.all(answers)).map((answer) => answer.status).toSorted()).toEqual([200, 409]);
    const { rows } =
      await sql`SELECT 1 FROM ledger.entries WHERE kind = 'PAYMENT' AND reference = ${order.orderId}`.execute(
        platform.db,
      );
    expect(rows).toHaveLength(1);
  });

  it('that were refused are not kept: the same request succeeds once its reason is gone', async () => {
    const { platform } = world();
    const [rich] = await createBuyers(platform, 1);
    const poor = await clientAs(platform, set().app, 'BO', { buyerId: rich?.buyerId ?? '' });
    await sql`UPDATE ledger.balances SET amount = 0 WHERE buyer_id = ${rich?.buyerId}`.execute(platform.db);
    const order = orderSchema.parse(await (await poor.post('/console/orders', orderBody())).json());
    const key = { 'idempotency-key': randomUUID() };
    const pay = () => poor.post(`/console/orders/${order.orderId}/payment`, { method: 'BALANCE' }, key);
    expect(await problemIn(await pay())).toMatchObject({
      status: 409,
      code: 'INSUFFICIENT_BALANCE',
      facts: { gap: '600.00', balance: '0.00' },
    });
    await sql`UPDATE ledger.balances SET amount = 1000000000 WHERE buyer_id = ${rich?.buyerId}`.execute(platform.db);
    expect((await pay()).status).toBe(200);
  });
});

describe('bad input changes nothing and is named', () => {
  it.each<[string, (id: string) => unknown, string]>([
    [
      'a wrong member',
      (priceItemId) => ({ lines: [{ priceItemId, quantity: 0 }], agreementsAccepted: true }),
      'lines.0.quantity',
    ],
    [
      'agreements not accepted',
      (priceItemId) => ({ lines: [{ priceItemId }], agreementsAccepted: false }),
      'agreementsAccepted',
    ],
    ['no line', () => ({ lines: [], agreementsAccepted: true }), 'lines'],
    ['no object', () => [], 'body'],
  ])('%s', async (_, body, member) => {
    const answer = await problemIn(await set().buyer.post('/console/orders', body(set().priceItemId)));
    expect(answer).toMatchObject({ type: 'urn:jishi:problem:validation', status: 400, code: 'VALIDATION' });
    expect(answer.errors?.[0]).toEqual({ member, rule: expect.any(String), message: expect.any(String) });
    expect(answer.requestId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('text that the database can not hold', async () => {
    const parameters = [{ name: 'spaceName', value: 'a\u0000b' }];
    const body = { ...orderBody(), lines: [{ ...orderBody().lines[0], parameters }] };
    expect(await problemIn(await set().buyer.post('/console/orders', body))).toMatchObject({
      status: 400,
      code: 'VALIDATION',
    });
    expect((await post('/session', { loginName: 'a\u0000', password: 'b' })).status).toBe(400);
  });

  it('text that is no JSON', async () => {
    expect(await problemIn(await set().buyer.post('/console/orders', '{"lines":'))).toMatchObject({
      status: 400,
      code: 'MALFORMED_JSON',
    });
  });

  it('a body above 1 MiB that does not say its length: answered before it is all there', async () => {
    const { buyer, app } = set();
    const server = await listen(app, '127.0.0.1', 0);
    const answer = await rawRequest({
      port: server.port,
      path: '/api/console/orders',
      method: 'POST',
      headers: {
        cookie: `jishi_session=${buyer.token}`,
        'x-csrf-token': csrfToken(buyer.token),
        'idempotency-key': randomUUID(),
        'transfer-encoding': 'chunked',
      },
      chunks: Array.from({ length: 20 }, () => 'x'.repeat(65_536)),
    });
    await server.close();
    expect([answer.status, answer.json]).toMatchObject([413, { code: 'TOO_LARGE' }]);
  });

  it('a body above 1 MiB', async () => {
    expect(
      await problemIn(await set().buyer.post('/console/orders', JSON.stringify({ a: 'x'.repeat(1_048_576) }))),
    ).toMatchObject({ status: 413, code: 'TOO_LARGE' });
  });

  it.each([
    '/console/orders?limit=0',
    '/console/orders?limit=abc',
    '/console/orders?state=LOST',
    '/console/orders?from=yesterday',
    '/console/orders/CS%00',
    '/console/orders?product=%00',
    '/console/search?q=a%00b',
    '/console/orders?cursor=nonsense',
    `/console/orders?cursor=${Buffer.from('2026-01-01T00:00:00.000Z ').toString('base64url')}`,
  ])('%s', async (path) => {
    expect(await problemIn(await set().buyer.get(path))).toMatchObject({ status: 400, code: 'VALIDATION' });
  });

  it.each([
    ['OM', '/console/calls?to=32.13.2026'],
    ['OM', `/console/tasks?cursor=${Buffer.from('2026-01-01T00:00:00.000Z no-uuid').toString('base64url')}`],
    ['OM', `/console/calls?cursor=${Buffer.from('2026-01-01T00:00:00.000Z no-uuid').toString('base64url')}`],
  ] as const)('as %s %s', async (role, path) => {
    const client = await clientAs(world().platform, set().app, role);
    expect(await problemIn(await client.get(path))).toMatchObject({ status: 400, code: 'VALIDATION' });
  });

  it.each([
    '/console/orders/%E0%A4%A',
    '/console/instances/..%2F..',
    '/console/calls/1',
    '/console/nowhere',
    '/nowhere',
    '/sandbox/nowhere',
  ])('%s is simply not there', async (path) => {
    const client = await clientAs(
      world().platform,
      set().app,
      path.includes('calls') ? 'OM' : 'BO',
      path.includes('calls') ? {} : { buyerId: world().demo.buyerId },
    );
    expect(await problemIn(await client.get(path))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});

it.each([
  ['/tasks/------------------------------------/restart', 404],
  [`/tasks/${'0'.repeat(36)}/restart`, 404],
  [`/tasks/${randomUUID()}/restart`, 404],
  [`/calls/${'-'.repeat(36)}/restart`, 404],
])('%s is not found', async (path, status) => {
  const operator = await clientAs(world().platform, set().app, 'OM');
  expect((await operator.post(`/console${path}`, {})).status).toBe(status);
});

it('a seller that names an instance like an order line of another hides nothing', async () => {
  const { platform } = world();
  const { buyer } = set();
  const bought = async () => {
    const { orderId } = await placed();
    await buyer.post(`/console/orders/${orderId}/payment`, { method: 'BALANCE' });
    await world().simulator.drain();
    return `${orderId}-000001`;
  };
  const [first, second] = [await bought(), await bought()].toSorted();
  await sql`UPDATE instances.instances SET instance_id = ${second} WHERE resource_id = ${first}`.execute(platform.db);
  const found = await (await buyer.get(`/console/instances/${second}`)).text();
  expect(JSON.parse(found)).toMatchObject({ instance: { resourceId: second } });
});

describe('lists', () => {
  it('walk every order exactly once by cursor, newest first, while new ones are placed', async () => {
    const { platform } = world();
    const { demo } = world();
    const client = await clientAs(platform, set().app, 'BO', { buyerId: demo.buyerId });
    const before = orderPage
      .parse(await (await client.get('/console/orders?limit=100')).json())
      .items.map((order) => order.orderId);
    const mine: string[] = [];
    for (let count = 0; count < 12; count += 1) {
      mine.push(orderSchema.parse(await (await client.post('/console/orders', orderBody())).json()).orderId);
      // several orders of one instant: the id decides
      if (count % 5 === 4) world().clock.moveTo(new Date(world().clock.now().getTime() + 1_000));
    }
    const walked: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: OrderView[]; nextCursor: string | null } = orderPage.parse(
        await (await client.get(`/console/orders?limit=5${cursor && `&cursor=${cursor}`}`)).json(),
      );
      walked.push(...page.items.map((order) => order.orderId));
      cursor = page.nextCursor;
      await client.post('/console/orders', orderBody());
    }
    expect(walked.toSorted()).toEqual([...mine, ...before].toSorted());
  });
});

describe('secrets', () => {
  it('a revealed password is in the audit log by who and what, and stored with no idempotency key', async () => {
    const { platform } = world();
    const { buyer } = set();
    const order = await placed();
    await buyer.post(`/console/orders/${order.orderId}/payment`, { method: 'BALANCE' });
    await world().simulator.drain();
    const resourceId = `${order.orderId}-000001`;
    const details = await (await buyer.get(`/console/instances/${resourceId}`)).text();
    expect(details).toContain('"hasPassword":true');
    expect(details).not.toContain('Init-Pass-1');

    const key = randomUUID();
    const reveal = await buyer.post(
      `/console/instances/${resourceId}/password-reveals`,
      {},
      { 'idempotency-key': key },
    );
    expect(await reveal.json()).toEqual({ password: 'Init-Pass-1' });
    expect(reveal.headers.get('cache-control')).toBe('no-store');
    const audit =
      await sql`SELECT actor, role, action, result FROM platform.audit_log WHERE object = ${`instance:${resourceId}`}`.execute(
        platform.db,
      );
    expect(audit.rows).toEqual([{ actor: buyer.userId, role: 'BO', action: 'password.reveal', result: 'done' }]);
    const kept = await sql`SELECT 1 FROM platform.idempotency_keys WHERE key = ${key}`.execute(platform.db);
    expect(kept.rows).toEqual([]);
    const leaked =
      await sql`SELECT 1 FROM fulfilment.attempts WHERE request::text LIKE '%Init-Pass-1%' OR response::text LIKE '%Init-Pass-1%'`.execute(
        platform.db,
      );
    expect(leaked.rows).toEqual([]);
  });
});

describe('search', () => {
  it('finds order, line, instance, call and product by what was pasted', async () => {
    const order = await buyFromDemo(world());
    await world().simulator.drain();
    const operator = await clientAs(world().platform, set().app, 'OM');
    const kinds = async (client: ConsoleClient, q: string) => {
      const text = await (await client.get(`/console/search?q=${encodeURIComponent(q)}`)).text();
      return [...new Set([...text.matchAll(/"kind":"(\w+)"/g)].map((found) => found[1]))].toSorted();
    };
    expect(await kinds(operator, order.orderId)).toEqual(['call', 'order']);
    expect(await kinds(set().buyer, `${order.orderId}-000001`)).toEqual(['instance', 'order']);
    expect(await kinds(set().buyer, 'Workspace')).toEqual(['product']);
  });
});

it('over a real port: headers of the server, and the client’s address in the audit log', async () => {
  const { platform } = world();
  const server = await listen(set().app, '127.0.0.1', 0);
  const answer = await rawRequest({ port: server.port, path: '/api/console/meta' });
  await server.close();
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({
    site: 'CN',
    mode: 'sandbox',
    now: platform.clock.now().toISOString(),
    currency: 'CNY',
  });
});
