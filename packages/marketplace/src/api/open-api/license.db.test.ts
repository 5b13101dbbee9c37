/** A seller's software activates and asks for codes over a real port, and hands over licences: openapi.md 5.4–5.8, 8 (rows 38–51). */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizationOf, sdkDate } from '../../../../../tests/support/ak-sk.ts';
import { rawRequest } from '../../../../../tests/support/raw-http.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { type ProductInput, publishProduct } from '../../catalog/index.ts';
import { createApiKey, createBuyer, createSeller } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { applicationByEvent, applyForLicence, listCodes, makeTestCode, openCode } from '../../licensing/index.ts';
import { inTransaction, sql } from '../../platform/database/database.ts';
import { seededRandom, uuid } from '../../platform/random.ts';
import { sampleProduct } from '../../testing/products.ts';
import { createApp, listen } from '../app.ts';
import { OPEN_API_PREFIX } from './server.ts';

const world = sharedWorld();
const random = seededRandom('license api');
interface Key {
  readonly ak: string;
  readonly sk: string;
}
const servers: { port: number; close(): Promise<void> }[] = [];
const keys = new Map<string, Key>();
const ids = { goodsId: uuid(random), stranger: '' };

beforeAll(async () => {
  const { platform, clock, demo } = world();
  servers.push(await listen(createApp({ platform, caller: createCaller(platform) }), '127.0.0.1', 0));
  ids.stranger = await createSeller(platform, platform.db, { name: 'Stranger', site: 'CN' }, clock.now());
  const buyerId = await createBuyer(
    platform,
    platform.db,
    { accountName: 'nosy', name: 'Nosy', site: 'CN', email: '', phone: '' },
    clock.now(),
  );
  keys.set('own', demo);
  keys.set('stranger', await createApiKey(platform, platform.db, { sellerId: ids.stranger }, clock.now()));
  keys.set('buyer', await createApiKey(platform, platform.db, { buyerId }, clock.now()));
  const content: ProductInput = sampleProduct('LICENSE', random, { variant: 'CODE' });
  await publishProduct(
    platform.db,
    {
      ...{ goodsId: ids.goodsId, sellerId: demo.sellerId, site: 'CN', keyId: demo.keyId, content },
      ...{ protocol: 'none', productionUrl: '' },
    },
    clock.now(),
  );
});
afterAll(() => Promise.all(servers.map((server) => server.close())));

function send(
  path: string,
  body: string | Buffer,
  more: { key?: string; method?: string; type?: string } = {},
): ReturnType<typeof rawRequest> {
  const { key = 'own', method = 'POST', type = 'application/json' } = more;
  const port = servers[0]?.port ?? 0;
  const headers = {
    'content-type': type,
    host: `127.0.0.1:${port}`,
    'x-sdk-date': sdkDate(world().clock.now()),
    'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD',
  };
  const target = `${OPEN_API_PREFIX}${path}`;
  const signer = keys.get(key) ?? { ak: '', sk: '' };
  // authorizationOf hashes the body given; the literal is what stands in the header instead of a hash
  const authorization = authorizationOf({ ...signer, method, target, headers, payloadHash: 'UNSIGNED-PAYLOAD' });
  return rawRequest({ port, path: target, method, headers: { ...headers, authorization }, body });
}
const post = (path: string, body: object, key = 'own') => send(path, JSON.stringify(body), { key });

async function testCode(amount: number | null = null): Promise<string> {
  const { platform, clock, demo } = world();
  const made = await inTransaction(platform.db, (tx) =>
    makeTestCode(platform, tx, { sellerId: demo.sellerId, goodsId: ids.goodsId, amount }, clock.now()),
  );
  if (!made.ok) throw new Error(made.refusal.message);
  return openCode(platform, made.value);
}
const activate = (license: string, more: object = {}, key = 'own') =>
  post('/v1/license/activate', { license, ...more }, key);
const query = (license: string, key = 'own') => post('/v1/license/heartbeat', { license }, key);

describe('activate and query (A4, A5)', () => {
  it('tells what was bought, and what the code is from then on; the seller sees both in its list (4.6)', async () => {
    const { platform, demo } = world();
    const license = await testCode(30);
    expect((await query(license)).json).toMatchObject({ error_code: '92020011' });
    const { status, json } = await activate(license);
    expect(status).toBe(200);
    expect(json).toEqual({
      error_code: '92020000',
      error_msg: 'Success',
      data: { license_code_info: expect.stringMatching(/^\{"status":"ALIVE",/) },
    });
    expect((await query(license)).json).toMatchObject({
      error_code: '92020000',
      data: { license_code: license, status: 'ALIVE', activate_time: '20260105020000', amount: 30 },
    });
    const codes = await listCodes(platform.db, {
      scope: { kind: 'seller', sellerId: demo.sellerId, goodsIds: null },
      ...{ test: true, before: null, limit: 50 },
    });
    expect(codes.find((code) => openCode(platform, code) === license)).toMatchObject({
      state: 'ALIVE',
      queriedAt: world().clock.now(),
    });
  });

  it('activates once (92020003), and no code that is unknown or of another seller (92020005)', async () => {
    const license = await testCode();
    expect((await activate(license, {}, 'stranger')).json).toMatchObject({ error_code: '92020005' });
    expect((await activate(license)).json).toMatchObject({ error_code: '92020000' });
    expect((await activate(license)).json).toMatchObject({ error_code: '92020003' });
    expect((await activate(`PL${'A'.repeat(30)}`)).json).toMatchObject({ error_code: '92020005' });
    expect((await query(license, 'stranger')).json).toMatchObject({ error_code: '92020005' });
  });

  it.each([
    ['before the order', '20250101000000', 200, '92020002'],
    ['in the future', '20270101000000', 200, '92020002'],
    ['unreadable', '2026-01-05', 400, '95000001'],
    ['no real day', '20260231000000', 400, '95000001'],
  ])('a real_effect_time %s is refused (10.1)', async (_, time, status, code) => {
    const answered = await activate(await testCode(), { real_effect_time: time });
    expect([answered.status, answered.json]).toEqual([status, expect.objectContaining({ error_code: code })]);
  });

  it('takes up to 100 at once, all or none: one bad code is named and nothing is activated (L16, 92020020)', async () => {
    const [good, other] = [await testCode(), await testCode()];
    const bad = `PL${'B'.repeat(30)}`;
    const batch = (...license_list: string[]) => post('/v2/license/activate', { license_list });
    expect((await batch(good, bad)).json).toMatchObject({ error_code: '92020020', data: { check_fail_list: [bad] } });
    expect((await batch(good, other, good)).json).toMatchObject({ error_code: '92020020' });
    expect((await query(good)).json).toMatchObject({ error_code: '92020011' });
    const done = await batch(good, other);
    expect(done.json).toEqual({ error_code: '92020000', error_msg: 'Success' });
    const asked = await post('/v2/license/heartbeat', { license_list: [other, good] });
    expect(asked.json).toMatchObject({ data: [{ license_code: other }, { license_code: good }] });
    expect((await post('/v2/license/heartbeat', { license_list: [good, bad] })).json).toMatchObject({
      error_code: '92020020',
    });
    for (const list of [[], Array.from({ length: 101 }, () => good)]) {
      const refused = await batch(...list);
      expect([refused.status, refused.json]).toEqual([400, expect.objectContaining({ error_code: '95000001' })]);
    }
  });

  it.each([
    ['GET', '', { method: 'GET' }, 405, '95000002'],
    ['text/plain', '{}', { type: 'text/plain' }, 415, '95000003'],
    ['broken JSON', '{"license":', {}, 400, '95000004'],
    ['no license', '{}', {}, 400, '95000001'],
    ['a buyer’s key', '{"license":"PL"}', { key: 'buyer' }, 401, 'MKT.0151'],
    ['an unknown key', '{"license":"PL"}', { key: 'none' }, 401, 'APIGW.0301'],
  ])('answers %s with its own code (openapi.md 8)', async (_, body, more, status, code) => {
    const answered = await send('/v1/license/activate', body, more);
    expect([answered.status, answered.json]).toEqual([status, expect.objectContaining({ error_code: code })]);
  });
});

describe('upload of a licence (A7)', () => {
  const resource = { resourceId: 'CS-UP-000001', orderId: 'CS-UP', instanceId: 'inst-up' };
  async function application(more: { resourceId?: string } = {}): Promise<string> {
    const { platform, clock, demo } = world();
    const { goodsId } = ids;
    const { buyerId, sellerId } = demo;
    const names = { productName: { zh: '', en: '' }, amount: 9, expireAt: null };
    const applied = await inTransaction(platform.db, (tx) =>
      applyForLicence(
        platform,
        tx,
        {
          quota: { ...resource, ...more, ...names, buyerId, placedBy: 'test', sellerId, goodsId },
          ...{ effectiveAt: clock.now(), expireAt: null, deviceFingerprint: null, by: 'test' },
        },
        clock.now(),
      ),
    );
    if (!applied.ok) throw new Error(applied.refusal.message);
    return applied.value.eventId;
  }
  const BOUNDARY = '----of-a-client-0123456789abcdef';
  const hash = (bytes: string) => createHash('sha256').update(bytes).digest('hex');
  function upload(eventId: string, request: object, file: string | null = null, key = 'own') {
    const part = (head: string, content: string) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
    const body = [
      part('name="isvUpdateFileReq"\r\nContent-Type: application/json', JSON.stringify(request)),
      file === null ? '' : part('name="file"; filename="l.lic"\r\nContent-Type: application/octet-stream', file),
      `--${BOUNDARY}--\r\n`,
    ].join('');
    return send(`/v1/market-event/${eventId}/file`, body, { key, type: `multipart/form-data; boundary=${BOUNDARY}` });
  }
  const text = (characters: string) => ({ type: 'CHARACTERS', characters });
  const fileOf = (content: string) => ({ type: 'FILE', file_name: 'l.lic', sha256: hash(content) });

  it('keeps text and file sealed; the same again is well, another one is not (L17, [R])', async () => {
    const eventId = await application();
    expect((await upload(eventId, text('LICENCE-1'))).json).toEqual({ error_code: 'CBC.0000', error_msg: 'Success' });
    expect((await upload(eventId, text('LICENCE-1'))).json).toMatchObject({ error_code: 'CBC.0000' });
    expect((await upload(eventId, text('LICENCE-2'))).json).toMatchObject({ error_code: '91381034' });
    const second = await application();
    expect((await upload(second, fileOf('bytes'), 'bytes')).json).toMatchObject({ error_code: 'CBC.0000' });
    expect(await applicationByEvent(world().platform.db, second, false)).toMatchObject({
      state: 'GRANTED',
      kind: 'FILE',
      fileName: 'l.lic',
      sha256: hash('bytes'),
    });
  });

  it('refuses what is no upload (rows 48–51)', async () => {
    const eventId = await application();
    const codeOf = async (answer: ReturnType<typeof upload>) => [(await answer).status, (await answer).json];
    const refused = (status: number, code: string) => [status, expect.objectContaining({ error_code: code })];
    for (const request of [{ type: 'OTHER' }, { type: 'CHARACTERS' }, { type: 'FILE' }, fileOf('x')])
      expect(await codeOf(upload(eventId, request))).toEqual(refused(400, 'CBC.0101'));
    expect(await codeOf(upload(eventId, fileOf('other'), 'bytes'))).toEqual(refused(400, 'CBC.0101'));
    expect(await codeOf(upload(eventId, text(' \n')))).toEqual(refused(200, '91381037'));
    for (const [state, code] of [
      ['REFUSED', '91381038'],
      ['CLOSED', '91381033'],
    ] as const) {
      const ended = await application();
      await sql`UPDATE licensing.applications SET state = ${state} WHERE event_id = ${ended}`.execute(
        world().platform.db,
      );
      expect(await codeOf(upload(ended, text('L')))).toEqual(refused(200, code));
    }
    expect(await codeOf(upload('nothing', text('L')))).toEqual(refused(200, '91381034'));
    expect(await codeOf(upload(eventId, text('L'), null, 'stranger'))).toEqual(refused(403, 'CBC.0150'));
    expect(await codeOf(send(`/v1/market-event/${eventId}/file`, '{}'))).toEqual(refused(400, 'CBC.0101'));
  });
});
