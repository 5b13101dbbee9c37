/** The sellers' own API: each route for its own seller and for another one; pages, filters, idempotency, limits, the gateway's form of errors. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { authorizationOf, sdkDate } from '../../../../../tests/support/ak-sk.ts';
import { type FakeSeller, startFakeSeller } from '../../../../../tests/support/fake-seller.ts';
import { type MeteredObjects, meteredObjects } from '../../../../../tests/support/metered-objects.ts';
import { sentBill } from '../../../../../tests/support/sent-bill.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { type Objects, ordersOf, type Tenant, twoTenants } from '../../../../../tests/support/two-tenants.ts';
import { createApiKey } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { sql } from '../../platform/database/database.ts';
import { listApiRequests } from '../../platform/http/api-requests.ts';
import { buyFromDemo } from '../../testing/index.ts';
import { createApp } from '../app.ts';
import { ACTIVITY_PATH } from '../open-api/server.ts';
import type { SellerRoute } from './route.ts';
import { SELLER_API_PREFIX, SELLER_ROUTES } from './server.ts';

const world = sharedWorld();
interface Key {
  readonly ak: string;
  readonly sk: string;
}
interface Stage {
  readonly app: ReturnType<typeof createApp>;
  readonly own: Tenant;
  readonly objects: Objects & MeteredObjects & { readonly billId: string; readonly lineId: string };
  readonly ownKey: Key;
  readonly foreignKey: Key;
}
const made: Stage[] = [];
const sellers: FakeSeller[] = [];
const stage = (): Stage => {
  const [first] = made;
  if (!first) throw new Error('made in beforeAll');
  return first;
};

beforeAll(async () => {
  const { platform, clock } = world();
  const seller = await startFakeSeller();
  sellers.push(seller);
  const { own, foreign } = await twoTenants(world(), seller);
  const objects = await ordersOf(world(), seller, own, 'somebody');
  const billId = await sentBill(platform, own.sellerId, 'B-1');
  await sql`UPDATE settlement.bills SET class = 'GENERAL' WHERE bill_id = ${billId}`.execute(platform.db);
  const metered = await meteredObjects(platform, objects.resourceId, own.sellerId);
  const keyOf = ({ sellerId }: Tenant) => createApiKey(platform, platform.db, { sellerId }, clock.now());
  made.push({
    app: createApp({ platform, caller: createCaller(platform) }),
    own,
    objects: { ...objects, ...metered, billId, lineId: `${objects.orderId}-000001` },
    ownKey: await keyOf(own),
    foreignKey: await keyOf(foreign),
  });
});
afterAll(() => Promise.all(sellers.map((seller) => seller.close())));

let keys = 0;
interface Ask {
  readonly key?: Key;
  readonly body?: object;
  readonly idempotencyKey?: string;
  readonly app?: Stage['app'];
}
async function ask(
  method: string,
  path: string,
  { key = stage().ownKey, body, idempotencyKey, app = stage().app }: Ask = {},
) {
  const target = `${SELLER_API_PREFIX}${path}`;
  keys += 1;
  const headers = {
    ...{ 'content-type': 'application/json', host: 'jishi.test', 'x-sdk-date': sdkDate(world().clock.now()) },
    'idempotency-key': idempotencyKey ?? `key-of-test-${keys}`,
  };
  const text = body === undefined ? '' : JSON.stringify(body);
  const authorization = authorizationOf({ ...key, method, target, headers, body: text });
  const answer = await app.request(`http://jishi.test${target}`, {
    ...{ method, headers: { ...headers, authorization } },
    ...(method === 'GET' ? {} : { body: text }),
  });
  const json: unknown = await answer.json();
  return { status: answer.status, headers: answer.headers, json };
}
const failure = (code: string) => ({ error_code: code, error_msg: expect.any(String), request_id: expect.any(String) });

/** What writes are given. */
const BODIES: Readonly<Record<string, object>> = {
  'post /webhooks': { url: 'http://127.0.0.1:1/', types: ['order.paid'] },
  'patch /webhooks/{endpointId}': { name: 'renamed' },
  'post /webhooks/{endpointId}/rotation': { overlapHours: 1 },
};
const pathFor = (route: SellerRoute): string =>
  route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const ids: Readonly<Record<string, string>> = { ...stage().objects };
    return ids[name] ?? 'missing';
  });
const bodyFor = (route: SellerRoute) =>
  route.method === 'get' ? {} : { body: BODIES[`${route.method} ${route.path}`] ?? {} };
// what removes an object comes last
const IN_ORDER = SELLER_ROUTES.toSorted((a, b) => Number(a.method === 'delete') - Number(b.method === 'delete'));

describe.each(IN_ORDER.filter(({ path }) => path.includes('{')))('$method $path', (route) => {
  it('is 404 for another seller, and there for its own', async () => {
    const method = route.method.toUpperCase();
    const foreign = await ask(method, pathFor(route), { ...bodyFor(route), key: stage().foreignKey });
    expect([foreign.status, foreign.json]).toEqual([404, failure('JISHI.NOT_FOUND')]);
    const own = await ask(method, pathFor(route), bodyFor(route));
    expect([own.status, own.json]).toEqual([route.method === 'get' ? 200 : route.status, expect.any(Object)]);
    const text = JSON.stringify(own.json);
    expect(text.includes('"sellerId"')).toBe(false);
  });
});

it.each(SELLER_ROUTES.filter(({ path, method }) => method === 'get' && !path.includes('{')))(
  '$method $path lists nothing of another seller',
  async (route) => {
    const { status, json } = await ask('GET', route.path, { key: stage().foreignKey });
    expect(status).toBe(200);
    if (route.path !== '/webhook-events') expect(json).toMatchObject({ items: [] });
  },
);

const orders = z.object({ items: z.array(z.object({ orderId: z.string() })), nextCursor: z.string().nullable() });
it('pages are walked by an opaque cursor that new orders do not move; filters narrow, and a foreign cursor is refused', async () => {
  const { own, objects } = stage();
  const { platform, clock } = world();
  const first = orders.parse((await ask('GET', '/orders?limit=1')).json);
  clock.moveTo(new Date(clock.now().getTime() + 1_000));
  const newer = await buyFromDemo(world());
  await sql`UPDATE ordering.order_lines SET seller_id = ${own.sellerId} WHERE order_id = ${newer.orderId}`.execute(
    platform.db,
  );
  expect(orders.parse((await ask('GET', '/orders?limit=1')).json).items).toEqual([{ orderId: newer.orderId }]);
  const second = orders.parse((await ask('GET', `/orders?limit=1&cursor=${first.nextCursor}`)).json);
  const ids = [...first.items, ...second.items].map(({ orderId }) => orderId);
  expect(new Set(ids).size).toBe(2);
  expect(second.nextCursor).toBeNull();
  const [at, later] = [0, 1_000].map((ms) => new Date(clock.now().getTime() - 1_000 + ms).toISOString());
  expect((await ask('GET', `/orders?from=${later}&to=${later}`)).json).toMatchObject({ items: [] });
  expect((await ask('GET', `/instances?goodsId=${objects.goodsId}&state=RELEASED`)).json).toMatchObject({ items: [] });
  expect((await ask('GET', `/usage/charges?state=NOTHING&from=${at}`)).json).toMatchObject({
    items: [{ chargeId: objects.chargeId }],
  });
  expect(await ask('GET', '/calls?cursor=nonsense')).toMatchObject({
    status: 400,
    json: { ...failure('JISHI.VALIDATION'), errors: [{ member: 'cursor' }] },
  });
});

it('a list takes the cursor that it gave, whatever its rows are numbered by', async () => {
  const { resourceId } = stage().objects;
  const { platform, clock } = world();
  const now = clock.now();
  await sql`CREATE TABLE metering.records_of_the_test PARTITION OF metering.records DEFAULT`.execute(platform.db);
  await sql`INSERT INTO metering.pushes VALUES (0, ${stage().own.sellerId}, 'r', ${now})`.execute(platform.db);
  await sql`
    INSERT INTO metering.records (record_id, begin_at, end_at, recorded_at, bill_at, late, resource_id, value)
    SELECT n, ${now}::timestamptz, ${now}::timestamptz + n * interval '1 second', ${now}::timestamptz, ${now}::timestamptz, false, ${resourceId}, 1
    FROM generate_series(1, 2) AS n`.execute(platform.db);
  const records = z.object({ items: z.array(z.object({ recordId: z.string() })), nextCursor: z.string().nullable() });
  const path = `/usage/services/${resourceId}/records?limit=1`;
  const first = records.parse((await ask('GET', path)).json);
  const second = records.parse((await ask('GET', `${path}&cursor=${first.nextCursor}`)).json);
  expect(new Set([...first.items, ...second.items].map(({ recordId }) => recordId)).size).toBe(2);
  expect(second.nextCursor).toBeNull();
  const ofAnother = await ask(
    'GET',
    `${path}&cursor=${Buffer.from('2026-01-01T00:00:00.000Z x').toString('base64url')}`,
  );
  expect([ofAnother.status, ofAnother.json]).toMatchObject([400, { errors: [{ member: 'cursor' }] }]);
});

it('a write is done once per idempotency key: repeated, refused for another body, and never without', async () => {
  const { platform, clock } = world();
  await sql`
    INSERT INTO webhooks.endpoints (endpoint_id, seller_id, url, name, types, state, sealed_secret, created_at)
    VALUES ('ep_once', ${stage().own.sellerId}, 'http://127.0.0.1:1/', '', '{order.paid}', 'ACTIVE', 'x', ${clock.now()})`.execute(
    platform.db,
  );
  const test = (idempotencyKey: string, body = {}) => ask('POST', '/webhooks/ep_once/test', { idempotencyKey, body });
  const [first, again] = [await test('the-same-key'), await test('the-same-key')];
  expect(again).toMatchObject({ status: 201, json: first.json });
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  const elsewhere = await ask('PATCH', '/webhooks/ep_once', { idempotencyKey: 'the-same-key', body: { name: 'x' } });
  expect(elsewhere).toMatchObject({ status: 422, json: failure('JISHI.IDEMPOTENCY_CONFLICT') });
  expect(await test('short')).toMatchObject({ status: 400, json: failure('JISHI.IDEMPOTENCY_KEY_MISSING') });
  // a secret that was lost on the way is answered again, not made again
  const body = { url: 'http://127.0.0.1:1/secret', types: ['order.paid'] };
  const make = () => ask('POST', '/webhooks', { idempotencyKey: 'makes-a-secret', body });
  const [made, repeated] = [await make(), await make()];
  expect(made.json).toMatchObject({ secret: expect.stringMatching(/^whsec_/) });
  expect(repeated).toMatchObject({ status: made.status, json: made.json });
  expect(repeated.headers.get('idempotency-replayed')).toBe('true');
});

it('the gateway is that of the Open API: signature, seller, frequency, unknown paths; each refusal stands in the log', async () => {
  const { platform, clock } = world();
  expect(await ask('GET', '/orders', { key: { ...stage().ownKey, sk: 'wrong' } })).toMatchObject({
    status: 401,
    json: failure('APIGW.0301'),
  });
  const buyer = await createApiKey(platform, platform.db, { buyerId: world().demo.buyerId }, clock.now());
  expect(await ask('GET', '/orders', { key: buyer })).toMatchObject({ status: 401, json: failure('JISHI.NO_SELLER') });
  expect(await ask('PUT', '/orders')).toMatchObject({ status: 404, json: failure('APIGW.0101') });
  const key = await createApiKey(platform, platform.db, { sellerId: stage().own.sellerId }, clock.now());
  const slow = { ...platform, config: { ...platform.config, openApiRatePerSecond: 1 } };
  const app = createApp({ platform: slow, caller: createCaller(slow) });
  const statuses = [];
  for (const path of ['/webhooks', '/orders', '/calls']) statuses.push((await ask('GET', path, { key, app })).status);
  expect(statuses).toEqual([200, 200, 429]);
  const logged = await listApiRequests(platform.db, {
    sellerId: stage().own.sellerId,
    refusedOnly: true,
    ak: key.ak,
    before: null,
    limit: 5,
  });
  expect(logged).toMatchObject([{ status: 429, code: 'APIGW.0308', findings: [{ code: 'APIGW.0308' }] }]);
});

it('is described by an OpenAPI 3.1 document that anybody may read', async () => {
  const answer = await stage().app.request(`http://jishi.test${SELLER_API_PREFIX}/openapi.json`);
  const document = z
    .object({ openapi: z.literal('3.1.0'), paths: z.record(z.string(), z.unknown()) })
    .parse(await answer.json());
  expect(Object.keys(document.paths).toSorted()).toEqual(
    [ACTIVITY_PATH, ...new Set(SELLER_ROUTES.map(({ path }) => `${SELLER_API_PREFIX}${path}`))].toSorted(),
  );
});
