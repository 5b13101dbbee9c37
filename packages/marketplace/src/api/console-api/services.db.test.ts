/** A seller and an operator look after running services: the whole life on one page, customers, freezes, calls by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import type { FakeSeller } from '../../../../../tests/support/fake-seller.ts';
import {
  DAY_MS,
  instanceOf,
  inTx,
  obedient,
  ordering,
  startObedientSeller,
  subscribed,
} from '../../../../../tests/support/lives.ts';
import { granted } from '../../../../../tests/support/resources.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { createCaller, listCalls } from '../../fulfilment/index.ts';
import { quoteRefund, type RenewalItem, renew, unsubscribe } from '../../instances/index.ts';
import { outbox } from '../../notification/index.ts';
import { payOrder } from '../../ordering/index.ts';
import { sql } from '../../platform/database/database.ts';
import { createApp } from '../app.ts';
import { callPage, sellerCall, sellerCallDetails } from './call-schemas.ts';
import { probeDetails } from './debugging-schemas.ts';
import { codePage, codeText, pickedUpCode, serviceLicence } from './license-schemas.ts';
import { timeline } from './order-schemas.ts';
import { instancePage } from './service-schemas.ts';
import {
  customerPage,
  differencePage,
  refundCode,
  refundQuote,
  restartManyResult,
  subscription,
} from './subscription-schemas.ts';

const world = sharedWorld();
const ALL = { kind: 'all' } as const;
interface Staff {
  readonly seller: FakeSeller;
  readonly owner: ConsoleClient;
  readonly sales: ConsoleClient;
  readonly operator: ConsoleClient;
  readonly buyer: ConsoleClient;
}
const rooms: Staff[] = [];
const staff = (): Staff => {
  const [first] = rooms;
  if (!first) throw new Error('used before set up');
  return first;
};

beforeAll(async () => {
  const { platform, demo } = world();
  const seller = await startObedientSeller(world());
  const app = createApp({ platform, caller: createCaller(platform) });
  const { sellerId, buyerId } = demo;
  rooms.push({
    seller,
    owner: await clientAs(platform, app, 'SO', { sellerId }),
    sales: await clientAs(platform, app, 'SS', { sellerId }),
    operator: await clientAs(platform, app, 'OM'),
    buyer: await clientAs(platform, app, 'BO', { buyerId }),
  });
});
afterAll(() => Promise.all(rooms.map(({ seller }) => seller.close())));

async function get<S extends z.ZodType>(client: ConsoleClient, path: string, schema: S): Promise<z.infer<S>> {
  return schema.parse(await (await client.get(`/console${path}`)).json());
}
async function post<S extends z.ZodType>(client: ConsoleClient, path: string, body: object, schema: S) {
  const answer = await client.post(`/console${path}`, body);
  return schema.parse(await answer.json());
}
const codeOf = async (answer: Response) => [
  answer.status,
  z.object({ code: z.string() }).parse(await answer.json()).code,
];

async function renewed(resourceId: string) {
  const { platform } = world();
  const item: RenewalItem = { resourceId, periodType: 'month', periodNumber: 1, unifyDay: null, target: null };
  const order = granted(
    await inTx(world(), (tx) => renew(platform, tx, { ...ordering(world()), items: [item] }, platform.clock.now())),
  );
  const { orderId } = order;
  granted(await inTx(world(), (tx) => payOrder(platform, tx, { orderId, scope: ALL }, platform.clock.now())));
  await world().simulator.drain();
  return order;
}

describe('the life of a service on one page', () => {
  it('holds opening, renewal, freeze, cure and refund of all its orders, in both languages, without access data', async () => {
    const { owner, operator, buyer, sales } = staff();
    const { platform } = world();
    const { resourceId } = await subscribed(world());
    const renewal = await renewed(resourceId);
    const evidence = { evidence: 'mails of 12 July, 14:05', references: ['report 31', 'case 77'] };
    const violation = { reason: 'sent spam', ...evidence };
    const shown = await post(operator, `/services/${resourceId}/violation-freeze`, violation, subscription);
    expect(shown.violation).toMatchObject(violation);
    await world().simulator.drain();
    const titles = async (client: ConsoleClient, path = `/services/${resourceId}/timeline`) =>
      (await get(client, path, timeline)).items;
    const frozen = (await titles(owner)).find((item) => item.title.en === 'Frozen for a violation');
    expect(frozen?.detail?.en).toBe('sent spam; mails of 12 July, 14:05; report 31; case 77');
    expect((await get(buyer, `/services/${resourceId}`, subscription)).violation).toMatchObject(violation); // O-14
    expect((await get(owner, `/services/${resourceId}`, subscription)).violation).toMatchObject(violation);

    world().clock.moveTo(new Date(world().clock.now().getTime() + 1_000));
    const cured = await post(operator, `/services/${resourceId}/cure`, { reason: 'mended' }, subscription);
    expect([cured.instance.state, cured.violation]).toEqual(['ACTIVE', null]);
    await world().simulator.drain();

    const input = { ...ordering(world()), resourceId, kind: 'RENEWAL' as const };
    const quote = granted(await quoteRefund(platform, platform.db, input, platform.clock.now()));
    granted(
      await inTx(world(), (tx) =>
        unsubscribe(
          platform,
          tx,
          { ...input, amount: quote.paid.amount, reason: 'one is enough', contactConsent: false },
          platform.clock.now(),
        ),
      ),
    );
    await world().simulator.drain();

    const seen = await titles(owner);
    // what was cured is still told with its reason
    expect(seen.find((item) => item.title.en === 'Frozen for a violation')?.detail).toEqual(frozen?.detail);
    expect(seen.find((item) => item.title.en === 'The violation is cured')?.detail?.en).toBe('sent spam');
    const words = seen.map((item) => item.title.en);
    for (const title of [
      'Order placed',
      'Order paid',
      'Paid from the balance',
      'The service is ready',
      'Renewal order paid',
      'Renewed',
      'Seller called: refreshInstance (attempt 1)',
      'Seller called: updateInstanceStatus (attempt 1)',
      'Unfrozen',
      'The violation is cured',
      'Renewal taken back and refunded',
      'Refunded to the balance',
      'A renewed period was taken back',
      'Unsubscription order completed',
    ])
      expect(words).toContain(title);
    expect(seen.map((item) => item.at)).toEqual(seen.map((item) => item.at).toSorted());
    expect(seen.every((item) => /\p{Script=Han}/u.test(item.title.zh) && !/\p{Script=Han}/u.test(item.title.en))).toBe(
      true,
    );
    const told = seen.find((item) => item.title.en === 'Renewed');
    expect(told?.detail?.en).toMatch(/^Valid until \d+ \w+ \d{4}, 23:59 GMT\+8 · \d+\.\d\d CNY$/);
    expect(told?.detail?.zh).toMatch(/^有效期至 \d{4}年\d+月\d+日/);
    expect(seen.filter((item) => item.title.en === 'Paid from the balance')).toHaveLength(2);
    expect(JSON.stringify(seen)).not.toMatch(/password|frontEndUrl|https?:/i);

    // the buyer sees the same life, but no way into the seller's calls
    const own = await titles(buyer, `/instances/${resourceId}/timeline`);
    expect(own.map((item) => item.title.en)).toContain('Seller called: refreshInstance (attempt 1)');
    expect(own.filter((item) => item.ref?.kind === 'call')).toEqual([]);
    // sales people see services, and of orders only those of products they were given: no money of others
    const sold = await titles(sales);
    expect(sold.map((item) => item.title.en)).toContain('Renewed');
    expect(JSON.stringify(sold)).not.toMatch(new RegExp(`CNY|${renewal.orderId}`));
  });

  it('tells a seller whose calls were given up, and that a person did the work', async () => {
    const { seller, owner, operator, buyer } = staff();
    const { resourceId } = await subscribed(world());
    seller.behave((call, response) =>
      call.activity === 'refreshInstance'
        ? { resultCode: '000100', resultMsg: 'no such plan' }
        : obedient(call, response),
    );
    await renewed(resourceId);
    const [call] = await listCalls(world().platform.db, {
      scope: ALL,
      resourceId,
      activity: 'refreshInstance',
      before: null,
      limit: 1,
    });
    const path = `/calls/${call?.id}`;
    expect(await codeOf(await owner.post(`/console${path}/stop`, { reason: ' ' }))).toEqual([400, 'VALIDATION']);
    const stopped = await post(owner, `${path}/stop`, { reason: 'our plan is being mended' }, sellerCall);
    expect(stopped).toMatchObject({ state: 'STOPPED', closed: { reason: 'our plan is being mended' } });
    expect(await codeOf(await owner.post(`/console${path}/stop`, { reason: 'again' }))).toEqual([409, 'CALL_STATE']);
    const done = await post(operator, `${path}/done`, { reason: 'set in their database' }, sellerCall);
    expect(done).toMatchObject({ state: 'RESOLVED', restartBlockedBy: { code: 'CALL_CLOSED' } });
    const closedFor = async (client: ConsoleClient) => (await get(client, path, sellerCallDetails)).call.closed?.by;
    expect(stopped.closed?.by).not.toBe('operator');
    expect([await closedFor(owner), await closedFor(operator)]).toEqual(['operator', done.closed?.by]);
    expect(done.closed?.by).not.toBe('operator');
    const titles = async (client: ConsoleClient) =>
      (await get(client, `/services/${resourceId}/timeline`, timeline)).items.map(({ title, detail }) => [
        title.en,
        detail?.en,
      ]);
    expect(await titles(owner)).toContainEqual([
      'Seller called: refreshInstance (attempt 1)',
      expect.stringContaining('no such plan'),
    ]);
    expect((await titles(owner)).map(([title]) => title)).toContain('Calls to the seller stopped: refreshInstance');
    expect((await titles(owner)).map(([title]) => title)).toContain('Done by hand: refreshInstance');
    expect(JSON.stringify(await titles(buyer))).not.toMatch(/no such plan|Calls to the seller stopped/);
    seller.behave(obedient);
  });
});

it('the timeline keeps the newest 500 entries, says that it is cut, and leaves looks at the details out', async () => {
  const { owner, buyer } = staff();
  const { resourceId } = await subscribed(world());
  const path = `/services/${resourceId}/timeline`;
  const whole = (await get(owner, path, timeline)).items;
  await buyer.get(`/console/instances/${resourceId}`);
  expect((await get(owner, path, timeline)).items).toEqual(whole);
  await sql`
    INSERT INTO fulfilment.attempts (call_id, attempt, actor, trace_id, started_at, duration_ms, outcome, request, response, diagnosis)
    SELECT a.call_id, 100 + n, a.actor, a.trace_id, a.started_at + n * interval '1 s', 1, 'ok', a.request, a.response, a.diagnosis
    FROM fulfilment.attempts a JOIN fulfilment.seller_calls c ON c.id = a.call_id, generate_series(1, 600) n
    WHERE c.resource_id = ${resourceId} AND c.activity = 'newInstance' AND a.attempt = 1`.execute(world().platform.db);
  const cut = (await get(owner, path, timeline)).items;
  expect(cut).toHaveLength(501);
  expect(cut[0]).toMatchObject({ title: { en: 'Earlier entries are not shown' }, at: cut[1]?.at });
  expect(cut.at(-1)?.title.en).toBe('Seller called: newInstance (attempt 700)');
});

it('many calls are restarted at once; each that cannot be says why', async () => {
  const { seller, owner, operator } = staff();
  const { resourceId } = await subscribed(world());
  seller.behave((call, response) =>
    call.activity === 'refreshInstance' ? { resultCode: '000100', resultMsg: 'not now' } : obedient(call, response),
  );
  await renewed(resourceId);
  const page = await get(owner, `/calls?protocol=saas-v2&limit=100`, callPage);
  const ids = page.items.filter((call) => call.orderLineId === resourceId || call.instanceId === `inst-${resourceId}`);
  const failed = ids.find((call) => call.activity === 'refreshInstance');
  const created = ids.find((call) => call.activity === 'newInstance');
  const foreign = '00000000-0000-4000-8000-000000000000';
  const result = await post(
    owner,
    '/calls/restarts',
    { callIds: [failed?.callId, created?.callId, foreign, failed?.callId] },
    restartManyResult,
  );
  expect(result.restarted).toEqual([failed?.callId]);
  expect(result.refused.map(({ callId, code }) => [callId, code])).toEqual([
    [created?.callId, 'CALL_DONE'],
    [foreign, 'NOT_FOUND'],
  ]);
  expect(result.refused.map(({ message }) => message.zh)).toEqual(['调用已成功，无需重新启动', '没有这条消息']);
  const { call } = await get(owner, `/calls/${failed?.callId}`, sellerCallDetails);
  expect(call.restarted).toBe(true);
  await world().simulator.drain();
  await post(operator, '/calls/restarts', { callIds: [failed?.callId] }, restartManyResult);
  await world().simulator.drain();
  const actors = async (client: ConsoleClient) =>
    (await get(client, `/calls/${failed?.callId}`, sellerCallDetails)).attempts.slice(0, 3).map(({ actor }) => actor);
  const [first, own, theirs] = await actors(operator);
  expect(new Set([first, own, theirs]).size).toBe(3);
  // a seller knows its own people by name, not those of the marketplace
  expect(await actors(owner)).toEqual(['system', own, 'operator']);
  expect((await get(owner, '/calls?protocol=saas-v1', callPage)).items).toEqual([]);
  seller.behave(obedient);
});

it('a seller reads why its product was frozen, not who of the marketplace did it', async () => {
  const { owner, operator } = staff();
  const { goodsId, sellerId } = world().demo;
  await sql`INSERT INTO debugging.products (goods_id, seller_id, created_at) VALUES (${goodsId}, ${sellerId}, ${world().clock.now()})
    ON CONFLICT DO NOTHING`.execute(world().platform.db);
  const frozen = await post(operator, `/probes/${goodsId}/freeze`, { reason: 'forged reviews' }, probeDetails);
  expect(frozen.sanctions).toMatchObject([{ by: frozen.product.frozen?.by, reason: 'forged reviews' }]);
  expect(frozen.product.frozen?.by).not.toBe('operator');
  const told = await get(owner, `/probes/${goodsId}`, probeDetails);
  expect([told.sanctions[0]?.by, told.product.frozen?.by]).toEqual(['operator', 'operator']);
  await post(operator, `/probes/${goodsId}/release`, { reason: 'mended' }, probeDetails);
});

describe('lists', () => {
  it('services: by state, product, customer and end, none of them with access data', async () => {
    const { owner, operator, buyer } = staff();
    const { resourceId, expireAt } = await subscribed(world());
    const { buyerName } = (await get(owner, `/services/${resourceId}`, subscription)).instance;
    const listed = async (client: ConsoleClient, query: string) =>
      (await get(client, `/services?limit=100${query}`, instancePage)).items.map((each) => each.resourceId);
    const days = Math.ceil(((expireAt?.getTime() ?? 0) - world().clock.now().getTime()) / DAY_MS);
    for (const query of ['', '&state=ACTIVE', `&buyer=${encodeURIComponent(buyerName)}`, `&endsWithinDays=${days}`])
      expect([query, (await listed(owner, query)).includes(resourceId)]).toEqual([query, true]);
    for (const query of [
      '&state=FROZEN',
      '&buyer=nobody-of-this-name',
      '&product=nothing-like-it',
      '&endsWithinDays=1',
    ])
      expect([query, (await listed(operator, query)).includes(resourceId)]).toEqual([query, false]);
    const one = await get(owner, `/services/${resourceId}`, subscription);
    // whether the customer will stay is the customer's own business
    await buyer.post(`/console/instances/${resourceId}/expiry-policy`, { policy: 'AUTO' });
    const seen = async (client: ConsoleClient) => {
      const { expiryPolicy, autoRenewAt } = await get(client, `/services/${resourceId}`, subscription);
      return [expiryPolicy, autoRenewAt === null];
    };
    expect([await seen(operator), await seen(owner)]).toEqual([
      ['AUTO', false],
      [null, true],
    ]);
    expect(Object.values(one.options).map((option) => option.allowed)).not.toContain(true);
  });

  it('a customer is found by name however many others of the marketplace have it', async () => {
    const { owner } = staff();
    const { resourceId, buyerId } = await subscribed(world());
    await sql`
      INSERT INTO directory.buyers (buyer_id, account_name, name, site, created_at)
      SELECT lpad(n::text, 32, '0'), 'globe-' || n, 'Globex ' || n, 'CN', ${world().clock.now()} FROM generate_series(1, 1100) n`.execute(
      world().platform.db,
    );
    const services = await get(owner, '/services?buyer=globex&limit=100', instancePage);
    expect(services.items.map((each) => each.resourceId)).toContain(resourceId);
    const customers = await get(owner, '/customers?name=GLOBEX&limit=100', customerPage);
    expect(customers.items.map((each) => each.buyerId)).toEqual([buyerId]);
    await sql`DELETE FROM directory.buyers WHERE buyer_id LIKE '0000000000%'`.execute(world().platform.db);
  });

  it('customers: what they paid less what came back, page by page', async () => {
    const { owner, operator, buyer } = staff();
    const page = await get(owner, '/customers?limit=1', customerPage);
    const [customer] = page.items;
    const total = await paidLessRefunded();
    expect(customer?.amount).toEqual({ amount: total, currency: 'CNY' });
    expect(customer?.services).toBeGreaterThanOrEqual(customer?.activeServices ?? Number.NaN);
    expect(customer?.accountName).not.toBe('');
    expect((await get(operator, '/customers?name=nobody-of-this-name', customerPage)).items).toEqual([]);
    expect((await buyer.get('/console/customers')).status).toBe(403);
    expect((await get(owner, '/differences', differencePage)).items).toEqual([]);
  });
});

/** What the ledger says left the buyers' balances for orders and came back. */
async function paidLessRefunded(): Promise<string> {
  const { rows } = await sql<{ total: string }>`
    SELECT (sum(debit) FILTER (WHERE account LIKE 'buyer:%') - coalesce(sum(credit) FILTER (WHERE account LIKE 'buyer:%'), 0))::numeric(20,2)::text AS total
    FROM ledger.postings JOIN ledger.entries USING (entry_id) WHERE kind IN ('PAYMENT', 'REFUND')`.execute(
    world().platform.db,
  );
  return rows[0]?.total ?? '';
}

describe('a five-day unsubscription (B-81)', () => {
  it('is confirmed with the code that the account gets, once; a renewal not in effect needs none', async () => {
    const { buyer, seller } = staff();
    const { platform } = world();
    const { resourceId } = await subscribed(world());
    const path = `/instances/${resourceId}`;
    const ask = (more: object) =>
      buyer.post(`/console${path}/refunds`, { reason: 'no use for it', dataLossAccepted: true, ...more });
    await renewed(resourceId);
    const ahead = await get(buyer, `${path}/refund-quote`, refundQuote);
    expect([ahead.kind, ahead.codeTo]).toEqual(['RENEWAL', null]);
    expect(await (await ask({ kind: 'RENEWAL', amount: ahead.amount.amount })).json()).toMatchObject({
      kind: 'RENEWAL',
    });
    await world().simulator.drain();

    const quote = await get(buyer, `${path}/refund-quote`, refundQuote);
    expect([quote.kind, quote.codeTo]).toEqual(['FIVE_DAY', { channel: 'EMAIL', address: 'i***@globex.example' }]);
    const wish = { kind: quote.kind, amount: quote.amount.amount };
    expect(await codeOf(await ask(wish))).toEqual([409, 'WRONG_CODE']);
    expect((await post(buyer, `${path}/refund-code`, {}, refundCode)).address).toBe('i***@globex.example');
    const told = await outbox(platform.db, { address: 'it@globex.example', before: null, limit: 50 });
    const code = /\b\d{6}\b/.exec(told.find(({ secret }) => secret)?.body ?? '')?.[0] ?? '';
    expect(await codeOf(await ask({ ...wish, code: code === '000000' ? '000001' : '000000' }))).toEqual([
      409,
      'WRONG_CODE',
    ]);
    expect((await ask({ ...wish, code })).status).toBe(201);
    await world().simulator.drain();
    expect((await instanceOf(world(), resourceId)).state).toBe('RELEASED');
    expect(seller.received.at(-1)?.activity).toBe('releaseInstance');
  });
});

describe('the authorisation code of a service', () => {
  it('is picked up, then shown as often as asked; each look is in the audit log (4.1, L8)', async () => {
    const { platform } = world();
    const { resourceId, orderId, buyerId, sellerId, goodsId } = await subscribed(world());
    const text = `PL${'C'.repeat(30)}`;
    const now = world().clock.now();
    const codeId = '00000000-0000-4000-8000-00000000c0de';
    await sql`INSERT INTO licensing.codes (code_id, code_hash, sealed, state, test, resource_id, order_id, buyer_id, placed_by, seller_id, goods_id, product_name, site, product_id, amount, ordered_at, created_at)
      VALUES (${codeId}, 'h', ${platform.keys.seal(text, 'licensing.code')}, 'CREATED', false, ${resourceId}, ${orderId}, ${buyerId}, 'u1', ${sellerId}, ${goodsId}, '{"zh":"码","en":"Code"}', 'CN', 'OFFI', 30, ${now}, ${now})`.execute(
      platform.db,
    );
    const { buyer, owner } = staff();
    const path = `/instances/${resourceId}`;
    const before = await get(buyer, `${path}/licence`, serviceLicence);
    expect(before).toMatchObject({
      quota: null,
      code: { state: 'CREATED', amount: 30, mayPickUp: true, mayShow: false },
    });
    expect(JSON.stringify(before)).not.toContain(text);
    expect(await codeOf(await buyer.post(`/console${path}/code/view`, {}))).toEqual([409, 'CODE_STATE']);
    const picked = await post(buyer, `${path}/code/pick-up`, {}, pickedUpCode);
    expect(picked).toMatchObject({ text, code: { state: 'RECEIVED', mayPickUp: false, mayShow: true } });
    expect(await post(buyer, `${path}/code/view`, {}, codeText)).toEqual({ text });
    expect(await post(owner, `/codes/${codeId}/view`, {}, codeText)).toEqual({ text });
    expect((await get(owner, '/codes?kind=BOUGHT', codePage)).items).toMatchObject([{ codeId, state: 'RECEIVED' }]);
    const { rows } = await sql<{ action: string }>`
      SELECT action FROM platform.audit_log WHERE action LIKE 'code.%' ORDER BY seq`.execute(platform.db);
    expect(rows.map(({ action }) => action)).toEqual(['code.pick-up', 'code.view', 'code.view']);
    expect(await codeOf(await owner.post('/console/codes/test', { goodsId }))).toEqual([409, 'NO_CODES']);
  });
});
