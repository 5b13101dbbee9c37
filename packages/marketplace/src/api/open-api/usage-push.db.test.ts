/** Usage pushes over a real port: each row of openapi.md 8 that is about A2, A3 and A6. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizationOf, sdkDate } from '../../../../../tests/support/ak-sk.ts';
import {
  type MeteredShop,
  meteredShop,
  type OpenService,
  PACKAGE,
  PAY_PER_USE,
} from '../../../../../tests/support/metered-shop.ts';
import { rawRequest } from '../../../../../tests/support/raw-http.ts';
import { bought } from '../../../../../tests/support/resources.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import {
  accessKeys,
  addAccessKey,
  createApiKey,
  createSeller,
  rotateApiKey,
  useApiKey,
} from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { sql } from '../../platform/database/database.ts';
import { listApiRequests } from '../../platform/http/api-requests.ts';
import { createApp, listen } from '../app.ts';
import { OPEN_API_PREFIX } from './server.ts';

const world = sharedWorld({ config: { openApiFailureLock: false } });
const NEW = `${OPEN_API_PREFIX}/v1/isv/usage-data`;
const OLD = '/rest/marketplace/v1/isv/usage-data';
interface Opened {
  readonly shop: MeteredShop;
  readonly service: OpenService;
  readonly stopping: OpenService;
  readonly yearly: string;
  readonly stranger: { ak: string; sk: string };
  readonly ports: readonly { port: number; close(): Promise<void> }[];
}
const opened: Opened[] = [];
const at = (): Opened => {
  const [first] = opened;
  if (!first) throw new Error('opened in beforeAll');
  return first;
};

beforeAll(async () => {
  const { platform, clock, simulator } = world();
  const shop = await meteredShop(world());
  const service = await shop.open(await shop.buyer('usage', '1000'));
  const stoppingBuyer = await shop.buyer('stopping', '1000');
  const goodsId = await shop.stoppingProduct();
  const stopping = await shop.open(stoppingBuyer, PAY_PER_USE, goodsId);
  const pack = await shop.open(stoppingBuyer, PACKAGE, goodsId);
  const sellerId = await createSeller(platform, platform.db, { name: 'Stranger', site: 'CN' }, clock.now());
  const stranger = await createApiKey(platform, platform.db, { sellerId }, clock.now());
  const yearly = await bought(world(), { buyerId: service.buyerId });
  await simulator.drain();
  await sql`UPDATE instances.instances SET instance_id = 'yearly-1' WHERE resource_id = ${yearly.resourceId}`.execute(
    platform.db,
  );
  await simulator.advanceTo(new Date(clock.now().getTime() + 6 * 3_600_000));
  const older = { ...platform, config: { ...platform.config, openApiUsageCodes: '2023' as const } };
  const ports = await Promise.all(
    [platform, older].map((each) => listen(createApp({ platform: each, caller: createCaller(each) }), '127.0.0.1', 0)),
  );
  opened.push({
    shop,
    service,
    stopping: { ...stopping, orderId: pack.instanceId },
    yearly: 'yearly-1',
    stranger,
    ports,
  });
});
afterAll(async () => {
  await Promise.all(opened.flatMap(({ ports, shop }) => [...ports.map((port) => port.close()), shop.close()]));
});

const HOUR = 3_600_000;
const ago = (hours: number) => sdkDate(new Date(world().clock.now().getTime() - hours * HOUR));
let serial = 0;
function record(more: Record<string, unknown> = {}): Record<string, unknown> {
  serial += 1;
  // an hour of its own for each, backwards from now, in steps of a second
  const begin = world().clock.now().getTime() - 5 * HOUR + serial * 1_000;
  const [begin_time, end_time] = [sdkDate(new Date(begin)), sdkDate(new Date(begin + HOUR))];
  return {
    ...{ instance_id: at().service.instanceId, metering_sn: `sn-${serial}`, usage_value: '1' },
    ...{ begin_time, end_time, record_time: end_time, ...more },
  };
}

interface Ask {
  readonly key?: { ak: string; sk: string };
  readonly headers?: Record<string, string>;
  readonly accessKey?: string;
  readonly path?: string;
  readonly method?: string;
  /** place of the server: 0 answers with the codes of 2025, 1 with those of 2023 */
  readonly server?: number;
}
let nonces = 0;
function send(body: string, ask: Ask = {}) {
  const { demo, clock } = world();
  const { port } = at().ports[ask.server ?? 0] ?? { port: 0 };
  nonces += 1;
  const [ts, nonce] = [String(clock.now().getTime()), `nonce-${nonces}`];
  const signature = createHmac('sha256', ask.accessKey ?? demo.accessKey)
    .update(`ts=${ts}&nonce=${nonce}&body=${body}`)
    .digest('base64');
  const host = `127.0.0.1:${port}`;
  const plain = { 'content-type': 'application/json', host, 'x-sdk-date': sdkDate(clock.now()), ts, nonce, signature };
  const headers = Object.fromEntries(Object.entries({ ...plain, ...ask.headers }).filter(([, value]) => value !== ''));
  const [target, method] = [ask.path ?? NEW, ask.method ?? 'POST'];
  const authorization = authorizationOf({ ...(ask.key ?? demo), method, target, headers, body });
  return rawRequest({ port, path: target, method, headers: { ...headers, authorization }, body });
}
const push = (records: unknown, ask?: Ask) => send(JSON.stringify({ usage_records: records }), ask);
const told = async (answer: ReturnType<typeof send>) => {
  const { status, json } = await answer;
  return [status, json];
};
const code = (error_code: string) => expect.objectContaining({ error_code, error_msg: expect.any(String) });

describe('A2, whole calls', () => {
  it('the published answer of success', async () => {
    expect(await told(push([record()]))).toEqual([200, { error_code: 'MKT.0000', error_msg: 'success' }]);
  });

  it.each<[number, string, Ask, string]>([
    [24, 'no signature', { headers: { signature: '' } }, 'usage.SIGNATURE_MISSING'],
    [24, 'another key', { accessKey: 'another' }, 'usage.SIGNATURE'],
    [24, 'no ts', { headers: { ts: '' } }, 'usage.TS_MISSING'],
    [24, 'ts no number', { headers: { ts: 'yesterday' } }, 'usage.TS_FORMAT'],
    [24, 'ts stale', { headers: { ts: '1767225600000' } }, 'usage.TS_SKEW'],
    [24, 'no nonce', { headers: { nonce: '' } }, 'usage.NONCE_MISSING'],
  ])('row %d: %s → 94060002, or MKT.0102 of 2023, with its reason in the log', async (_, _what, ask, finding) => {
    const answer = await push([record()], ask);
    expect([answer.status, answer.json]).toEqual([401, code('94060002')]);
    expect(await told(push([record()], { ...ask, server: 1 }))).toEqual([400, code('MKT.0102')]);
    const requestId = String(answer.headers['x-request-id']);
    const [logged] = await listApiRequests(world().platform.db, {
      ...{ sellerId: world().demo.sellerId, requestId, refusedOnly: true, before: null, limit: 2 },
    });
    expect(logged).toMatchObject({ status: 401, code: '94060002', ak: world().demo.ak, findings: [{ code: finding }] });
  });

  it('row 24: a nonce that was used', async () => {
    const [text, headers] = [JSON.stringify({ usage_records: [record()] }), { nonce: 'the-same' }];
    const ts = String(world().clock.now().getTime());
    const signature = createHmac('sha256', world().demo.accessKey)
      .update(`ts=${ts}&nonce=the-same&body=${text}`)
      .digest('base64');
    expect(await told(send(text, { headers: { ...headers, signature } }))).toEqual([200, code('MKT.0000')]);
    expect(await told(send(text, { headers: { ...headers, signature } }))).toEqual([401, code('94060002')]);
  });

  it.each<[number, string, string, number, string]>([
    [25, 'no list', '{}', 400, 'MKT.0101'],
    [25, 'no list but an object', '{"usage_records":{}}', 400, 'MKT.0101'],
    [25, 'an empty list', '{"usage_records":[]}', 400, 'MKT.0101'],
    [26, '1,001 records', JSON.stringify({ usage_records: Array(1_001).fill({}) }), 500, 'MKT.9003'],
    [0, 'no JSON', '{"usage_records":', 400, 'MKT.0199'],
  ])('row %d: %s', async (_, _what, body, status, expected) => {
    expect(await told(send(body))).toEqual([status, code(expected)]);
  });

  it('rows 2, 11, 13: another secret, GET, a key of no seller', async () => {
    expect(await told(push([record()], { key: { ak: world().demo.ak, sk: 'wrong' } }))).toEqual([
      401,
      code('APIGW.0301'),
    ]);
    expect(await told(push([record()], { method: 'PUT' }))).toEqual([404, code('APIGW.0101')]);
    const buyer = await createApiKey(
      world().platform,
      world().platform.db,
      { buyerId: at().service.buyerId },
      world().clock.now(),
    );
    expect(await told(push([record()], { key: buyer }))).toEqual([401, code('MKT.0151')]);
  });

  it('row 12: 12 MB and a byte are refused before they are read', async () => {
    const { port } = at().ports[0] ?? { port: 0 };
    const headers = { 'content-length': String(12 * 1024 * 1024 + 1), host: 'x' };
    const answer = await rawRequest({ port, path: NEW, method: 'POST', headers, chunks: ['{'] });
    expect([answer.status, answer.json]).toEqual([413, code('APIGW.0201')]);
  });

  it('row 37, C32: a package that stops must be named', async () => {
    const { stopping } = at();
    const used = (more: object) => push([record({ instance_id: stopping.instanceId, ...more })]);
    expect(await told(used({}))).toEqual([400, code('MKT.0101')]);
    expect(await told(used({ relate_pkg_instance: stopping.orderId }))).toEqual([200, code('MKT.0000')]);
  });

  it('a failure of ours is 94060001, of 2023 MKT.0999, so that it is repeated', async () => {
    const detach = world().platform.pause.at('metering.before-commit', () => {
      throw new Error('down');
    });
    expect(await told(push([record()]))).toEqual([500, code('94060001')]);
    expect(await told(push([record()], { server: 1 }))).toEqual([500, code('MKT.0999')]);
    detach();
  });
});

describe('A2, single records', () => {
  const judged = async (records: unknown[], ask?: Ask) => {
    const { status, json } = await push(records, ask);
    expect(status).toBe(200);
    return json;
  };
  it.each<[number, string, () => Record<string, unknown>, string]>([
    [28, '001', () => ({ instance_id: 'nobody' }), 'MKT.9001'],
    [31, '002', () => ({ begin_time: '2026-01-01 08:00:00' }), 'MKT.9002'],
    [31, '002', () => ({ begin_time: '20261301T080000Z' }), 'MKT.9002'],
    [30, '003', () => ({ usage_value: '1.23456' }), 'MKT.9002'],
    [30, '003', () => ({ usage_value: '0' }), 'MKT.9002'],
    [30, '003', () => ({ usage_value: 'NaN' }), 'MKT.9002'],
    [34, '004', () => ({ metering_sn: undefined }), 'MKT.0000'],
    [27, '007', () => ({ begin_time: ago(21 * 24 + 1 / 3600) }), 'MKT.9004'],
    [32, '011', () => ({ end_time: ago(9), begin_time: ago(4) }), 'MKT.0000'],
    [32, '011', () => ({ end_time: ago(-1) }), 'MKT.0000'],
    [32, '011', () => ({ begin_time: ago(48), end_time: ago(47) }), 'MKT.0000'],
    [35, '012', () => ({ instance_id: at().yearly }), 'MKT.0000'],
  ])('row %d: %s, and the rest of the call is taken', async (_, expected, change, older) => {
    const [good, bad] = [record(), record(change())];
    expect(await judged([good, bad])).toEqual({
      error_code: '94060999',
      error_msg: 'Failed',
      data: [
        {
          metering_sn: bad.metering_sn ?? '',
          instance_id: bad.instance_id,
          error_code: expected,
          error_msg: expect.any(String),
        },
      ],
    });
    expect(await judged([good])).toEqual(code('MKT.0000'));
    expect((await push([good, bad], { server: 1 })).json).toEqual(code(older));
  });

  it('row 33: the same begin and end twice in a call: the first wins', async () => {
    const one = record();
    expect(await judged([one, { ...one, metering_sn: 'sn-second' }])).toMatchObject({
      data: [{ metering_sn: 'sn-second', error_code: '010' }],
    });
    // times that overlap are other usage: only the very same begin and end are not
    const overlapping = record({ begin_time: one.begin_time });
    expect(await judged([overlapping])).toEqual(code('MKT.0000'));
  });

  it('row 34: an id repeated for other usage', async () => {
    const one = record();
    await judged([one]);
    expect(await judged([record({ metering_sn: one.metering_sn })])).toMatchObject({ data: [{ error_code: '005' }] });
  });

  it('row 29: of another seller; row 36 stands in metering', async () => {
    const { platform, clock } = world();
    const { rows } = await sql<{
      id: string;
    }>`SELECT seller_id AS id FROM directory.api_keys WHERE ak = ${at().stranger.ak}`.execute(platform.db);
    const key = await addAccessKey(
      platform,
      platform.db,
      { sellerId: rows[0]?.id ?? '', interfaceClass: 'BASE' },
      clock.now(),
    );
    const accessKey = (await accessKeys(platform, [key.keyId])).get(key.keyId) ?? '';
    expect(await judged([record()], { key: at().stranger, accessKey })).toMatchObject({
      data: [{ error_code: '009' }],
    });
    expect(await told(push([record()], { key: at().stranger, accessKey, server: 1 }))).toEqual([401, code('MKT.0150')]);
  });

  it('006: a product that was withdrawn, for usage after it only', async () => {
    const { platform, demo, clock } = world();
    const set = (state: string) =>
      sql`UPDATE catalog.products SET state = ${state} WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
    const withdrawn = (at: Date | null) =>
      sql`UPDATE catalog.products SET withdrawn_at = ${at} WHERE goods_id = ${demo.goodsId}`.execute(platform.db);
    await set('WITHDRAWN');
    await withdrawn(new Date(0));
    expect(await judged([record()])).toMatchObject({ data: [{ error_code: '006' }] });
    // used before, told after it
    await withdrawn(clock.now());
    expect(await judged([record()])).toMatchObject({ error_code: 'MKT.0000' });
    await withdrawn(null);
    await set('ON_SALE');
  });
});

describe('A3, the old form (5.3)', () => {
  const old = (more: Record<string, unknown> = {}) => {
    const { metering_sn: _, ...rest } = record(more);
    return { product_id: 'OFFI1', ...rest };
  };
  const ask: Ask = { path: OLD, headers: { ts: '', nonce: '', signature: '' } };
  it.each<[string, () => Record<string, unknown>, number, string]>([
    ['good', () => ({}), 200, 'MKT.0000'],
    ['of an unknown instance', () => ({ instance_id: 'nobody' }), 500, 'MKT.9001'],
    ['of another time form', () => ({ end_time: 'x' }), 500, 'MKT.9002'],
    ['of no usage', () => ({ usage_value: '-1' }), 500, 'MKT.9002'],
    ['21 days old', () => ({ begin_time: ago(21 * 24 + 1) }), 500, 'MKT.9004'],
    ['without a product', () => ({ product_id: '' }), 400, 'MKT.0101'],
    ['with an id that is too long', () => ({ instance_id: 'i'.repeat(65) }), 500, 'MKT.0100'],
    ['found faulty later', () => ({ end_time: ago(-1) }), 200, 'MKT.0000'],
  ])('a record %s', async (_, change, status, expected) => {
    expect(await told(push([old(change())], ask))).toEqual([status, code(expected)]);
  });

  it('is refused as a whole, and of another seller with MKT.0150', async () => {
    const good = old();
    expect(await told(push([good, old({ instance_id: 'nobody' })], ask))).toEqual([500, code('MKT.9001')]);
    const { rows } = await sql`SELECT FROM metering.records WHERE begin_at = ${new Date(0)}`.execute(
      world().platform.db,
    );
    expect(rows).toEqual([]);
    expect(await told(push([good], { ...ask, key: at().stranger }))).toEqual([401, code('MKT.0150')]);
    expect(await told(push([good], ask))).toEqual([200, code('MKT.0000')]);
  });
});

describe('A6 (5.6)', () => {
  const path = `${OPEN_API_PREFIX}/v2/license/software-usage-info`;
  it.each<[number, string, Ask, number, string]>([
    [44, '{"usage_info":[{"license":"PL1","software_usage_Info":[{"id":"c","active_num":1}]}]}', {}, 400, '95000001'],
    [44, '{"usage_info":[{"license":"PL1","software_usage_Info":[{}]}]}', {}, 400, '95000001'],
    [41, '{"usage_info":[]}', {}, 400, '95000001'],
    [38, '{"usage_info":[{"license":"PL1","software_usage_Info":[{"active_num":1}]}]}', {}, 200, '92020005'],
    [45, '', { method: 'PUT' }, 405, '95000002'],
    [46, '{}', { headers: { 'content-type': 'text/plain' } }, 415, '95000003'],
    [47, '{', {}, 400, '95000004'],
  ])('row %d: %s', async (_, body, ask, status, expected) => {
    expect(await told(send(body, { path, ...ask }))).toEqual([status, code(expected)]);
  });
});

it('a key that was rotated goes on for its overlap, then no more', async () => {
  const { platform, demo, clock } = world();
  const before = await createApiKey(platform, platform.db, { sellerId: demo.sellerId }, clock.now());
  const rotated = await rotateApiKey(
    platform,
    platform.db,
    { sellerId: demo.sellerId, ak: before.ak, overlapHours: 2 },
    clock.now(),
  );
  if (!rotated.ok) throw new Error(rotated.refusal.message);
  expect(await told(push([record()], { key: before }))).toEqual([200, code('MKT.0000')]);
  expect(await told(push([record()], { key: rotated.value }))).toEqual([200, code('MKT.0000')]);
  expect(await useApiKey(platform.db, before.ak, new Date(clock.now().getTime() + 2 * HOUR))).toBe(false);
});
