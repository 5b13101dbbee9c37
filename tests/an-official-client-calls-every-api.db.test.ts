/**
 * The vendor's own Node client, unchanged, calls every interface over real HTTP: A1 to A7 with the file upload, and our
 * extensions (issue 9, Must show 1); so does our own SDK with the extensions.
 */
import { createHash, createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import { DefaultHttpClient } from '@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js';
import { createOpenApiClient } from '@jishi/seller';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { createApp, listen } from '../packages/marketplace/src/api/app.ts';
import { OPEN_API_PREFIX } from '../packages/marketplace/src/api/open-api/server.ts';
import { SELLER_API_PREFIX, SELLER_ROUTES } from '../packages/marketplace/src/api/seller-api/server.ts';
import { createCaller } from '../packages/marketplace/src/fulfilment/index.ts';
import { applicationByEvent, applyForLicence } from '../packages/marketplace/src/licensing/index.ts';
import { inTransaction } from '../packages/marketplace/src/platform/database/database.ts';
import { sdkDate } from './support/ak-sk.ts';
import { type MeteredShop, meteredShop, type OpenService } from './support/metered-shop.ts';
import { sharedWorld } from './support/shared-world.ts';

const world = sharedWorld();
interface Stage {
  readonly shop: MeteredShop;
  readonly service: OpenService;
  readonly server: { port: number; close(): Promise<void> };
  readonly client: HcClient;
}
const stages: Stage[] = [];
const stage = (): Stage => {
  const [first] = stages;
  if (!first) throw new Error('made in beforeAll');
  return first;
};
const url = (): string => `http://127.0.0.1:${stage().server.port}`;

beforeAll(async () => {
  const { platform, clock, demo, simulator } = world();
  const shop = await meteredShop(world());
  const service = await shop.open(await shop.buyer('usage', '1000'));
  await simulator.advanceTo(new Date(clock.now().getTime() + 6 * 3_600_000));
  // the client dates its requests by the machine's clock
  const real = { ...platform, wireClock: { now: () => new Date() } };
  const server = await listen(createApp({ platform: real, caller: createCaller(real) }), '127.0.0.1', 0);
  const endpoints = [`http://127.0.0.1:${server.port}`];
  const client = new HcClient(new DefaultHttpClient({}, endpoints))
    .withEndpoints(endpoints)
    .withCredential(new BasicCredentials({ ak: demo.ak, sk: demo.sk }));
  stages.push({ shop, service, server, client });
});
afterAll(() => Promise.all(stages.flatMap(({ shop, server }) => [shop.close(), server.close()])));

interface Asked {
  readonly data?: object;
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly contentType?: string;
}
/** @returns the answer, or what the client makes of a refusal, as text */
async function call(method: string, path: string, asked: Asked = {}): Promise<string> {
  const { data, headers = {}, query = {}, contentType = 'application/json' } = asked;
  const options = { method, url: path, contentType, queryParams: query, pathParams: {}, headers };
  try {
    const answer: unknown = await stage().client.sendRequest({ ...options, ...(data ? { data } : {}) });
    return JSON.stringify(answer);
  } catch (error) {
    return JSON.stringify(error);
  }
}
const published = (method: string, path: string, asked?: Asked) => call(method, `${OPEN_API_PREFIX}${path}`, asked);

let serial = 0;
function record() {
  serial += 1;
  const begin = world().clock.now().getTime() - 5 * 3_600_000 + serial * 1_000;
  const [begin_time, end_time] = [sdkDate(new Date(begin)), sdkDate(new Date(begin + 3_600_000))];
  const ids = { instance_id: stage().service.instanceId, metering_sn: `sn-${serial}`, usage_value: '1' };
  return { ...ids, begin_time, end_time, record_time: end_time };
}

it('A1: an order, a debugging order, and an error that it can read', async () => {
  const { orderId } = stage().service;
  const orderLineId = `${orderId}-000001`;
  const order: unknown = JSON.parse(await published('GET', '/v1/order/query', { query: { orderId, orderLineId } }));
  expect(order).toMatchObject({
    resultCode: 'MKT.0000',
    orderInfo: { orderId, orderLine: [{ orderLineId, chargingMode: 'ON_DEMAND' }] },
  });
  expect(await published('GET', '/v1/order/query', { query: { orderId: 'MOCKMONTYRENEW' } })).toContain('MKT.0000');
  vi.spyOn(console, 'error').mockReturnValue(); // the client prints each error in full
  vi.spyOn(console, 'log').mockReturnValue();
  onTestFinished(() => void vi.restoreAllMocks());
  const unknown = await published('GET', '/v1/order/query', { query: { orderId: 'CS2601010000TESTA' } });
  expect(JSON.parse(unknown)).toMatchObject({ httpStatusCode: 500 });
});

it('A2 and A3: usage, with both signatures and the old form', async () => {
  const body = { usage_records: [record()] };
  const [ts, nonce] = [String(Date.now()), 'official-1'];
  const signature = createHmac('sha256', world().demo.accessKey)
    .update(`ts=${ts}&nonce=${nonce}&body=${JSON.stringify(body)}`)
    .digest('base64');
  const headers = { ts, nonce, signature };
  expect(await published('POST', '/v1/isv/usage-data', { data: body, headers })).toContain('MKT.0000');
  const old = { usage_records: [{ ...record(), product_id: 'OFFI1' }] };
  expect(await call('POST', '/rest/marketplace/v1/isv/usage-data', { data: old })).toContain('MKT.0000');
});

it.each([
  ['A4', '/v1/license/activate', { license: 'PL-X' }, '92020005'],
  ['A4', '/v2/license/activate', { license_list: ['PL-X'] }, '92020020'],
  ['A5', '/v1/license/heartbeat', { license: 'PL-X' }, '92020005'],
  ['A5', '/v2/license/heartbeat', { license_list: ['PL-X'] }, '92020020'],
  [
    'A6',
    '/v2/license/software-usage-info',
    { usage_info: [{ license: 'PL-X', software_usage_Info: [{ id: 'c' }] }] },
    '92020005',
  ],
])('%s %s', async (_, path, data, code) => {
  expect(await published('POST', path, { data })).toContain(code);
});

it('A7: a licence as a file, in the form that the client sends unsigned', async () => {
  const { platform, demo, clock } = world();
  const quota = {
    ...{ resourceId: 'CS-UP-000001', orderId: 'CS-UP', instanceId: 'inst-up', amount: 9, expireAt: null },
    ...{ buyerId: demo.buyerId, sellerId: demo.sellerId, goodsId: demo.goodsId, placedBy: 'test' },
    productName: { zh: '', en: '' },
  };
  const applied = await inTransaction(platform.db, (tx) =>
    applyForLicence(
      platform,
      tx,
      { quota, effectiveAt: clock.now(), expireAt: null, deviceFingerprint: null, by: 'test' },
      clock.now(),
    ),
  );
  if (!applied.ok) throw new Error(applied.refusal.message);
  const { eventId } = applied.value;
  const sha256 = createHash('sha256').update('bytes of a licence').digest('hex');
  const described = JSON.stringify({ type: 'FILE', file_name: 'a.lic', sha256 });
  const part = (head: string, content: string) =>
    `--b0undary\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
  const form = [
    part('name="isvUpdateFileReq"\r\nContent-Type: application/json', described),
    part('name="file"; filename="a.lic"\r\nContent-Type: application/octet-stream', 'bytes of a licence'),
    '--b0undary--\r\n',
  ].join('');
  const getHeaders = () => ({ 'content-type': 'multipart/form-data; boundary=b0undary' });
  const data = Object.assign(Readable.from([Buffer.from(form)]), { getHeaders });
  const path = `/v1/market-event/${eventId}/file`;
  expect(await published('POST', path, { data, contentType: 'multipart/form-data' })).toContain('CBC.0000');
  const granted = await applicationByEvent(platform.db, eventId, false);
  expect(granted).toMatchObject({ state: 'GRANTED', fileName: 'a.lic', sha256 });
});

it('our extensions: each list, and a webhook from its addition to its removal', async () => {
  const lists = SELLER_ROUTES.filter(({ method, path }) => method === 'get' && !path.includes('{'));
  for (const { path } of lists)
    expect([path, await call('GET', `${SELLER_API_PREFIX}${path}`)]).toEqual([
      path,
      expect.stringContaining('"items"'),
    ]);
  const write = (method: string, path: string, data: object) =>
    call(method, `${SELLER_API_PREFIX}${path}`, { data, headers: { 'Idempotency-Key': `official-${method}-${path}` } });
  const added = await write('POST', '/webhooks', { url: 'http://127.0.0.1:1/', types: ['order.paid'] });
  const { endpointId = '' } = /"endpointId":"(?<endpointId>[^"]+)"/.exec(added)?.groups ?? {};
  expect(added).toContain('whsec_');
  expect(await write('PATCH', `/webhooks/${endpointId}`, { state: 'PAUSED' })).toContain('PAUSED');
  expect(await write('DELETE', `/webhooks/${endpointId}`, {})).toContain(endpointId);
});

it('our SDK walks the extensions page by page, and writes once however often it repeats', async () => {
  const { ak, sk } = world().demo;
  const { extensions } = createOpenApiClient({ baseUrl: url(), ak, sk });
  const orders = [];
  for await (const order of extensions.orders.all({ limit: 1 })) orders.push(order);
  expect(orders).toMatchObject([{ orderId: stage().service.orderId, lines: [{ chargingMode: 'ON_DEMAND' }] }]);
  const [line] = orders[0]?.lines ?? [];
  expect(await extensions.billLine(line?.orderLineId ?? '')).toMatchObject({
    ok: true,
    value: { derivation: [{ rule: 'S3-1' }, { rule: 'S3-3c' }] },
  });
  expect(await extensions.instance(line?.resourceId ?? '')).toMatchObject({ ok: true, value: { state: 'ACTIVE' } });
  expect(await extensions.call('nothing')).toMatchObject({ ok: false, kind: 'refused', code: 'JISHI.NOT_FOUND' });
  const [newest] = (await extensions.calls.page({ limit: 1 })).ok ? await collect(extensions.calls.all()) : [];
  expect(await extensions.call(newest?.callId ?? '')).toMatchObject({
    ok: true,
    value: { attempts: [{ attempt: 1 }] },
  });
  const used = await collect(extensions.usageRecords(line?.resourceId ?? '').all());
  expect(used).toHaveLength(2);
  const made = await extensions.addWebhookEndpoint({ url: 'http://127.0.0.1:1/', types: ['order.paid'] });
  if (!made.ok) throw new Error(made.message);
  const { endpointId } = made.value.webhook;
  expect(await extensions.rotateWebhookSecret(endpointId, { overlapHours: 1 })).toMatchObject({ ok: true });
  const tested = await extensions.testWebhookEndpoint(endpointId);
  expect(await collect(extensions.webhookDeliveries(endpointId).all())).toMatchObject([
    { deliveryId: tested.ok && tested.value.deliveryId, type: 'webhook.test', state: 'DUE' },
  ]);
  expect(await extensions.removeWebhookEndpoint(endpointId)).toMatchObject({ ok: true, value: null });
  expect(await extensions.webhookEndpoints()).toMatchObject({ ok: true, value: [] });
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
