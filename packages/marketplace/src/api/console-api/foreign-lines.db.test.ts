/** What a client sends can not lead into another's order, and of an order with two sellers each sees the own lines only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import { type FakeSeller, prompt, startFakeSeller } from '../../../../../tests/support/fake-seller.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { type Tenant, twoTenants } from '../../../../../tests/support/two-tenants.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { sql } from '../../platform/database/database.ts';
import { createApp } from '../app.ts';
import { callPage, sellerCallDetails } from './call-schemas.ts';
import { orderPage, order as orderSchema, timeline as timelineSchema } from './order-schemas.ts';

const world = sharedWorld();
interface Set {
  readonly app: ReturnType<typeof createApp>;
  readonly seller: FakeSeller;
  readonly own: Tenant;
  readonly foreign: Tenant;
  readonly buyer: ConsoleClient;
}
const sets: Set[] = [];
const set = (): Set => {
  const [first] = sets;
  if (!first) throw new Error('used before set up');
  return first;
};

beforeAll(async () => {
  const { platform } = world();
  const seller = await startFakeSeller();
  const app = createApp({ platform, caller: createCaller(platform) });
  const tenants = await twoTenants(world(), seller);
  const buyer = await clientAs(platform, app, 'BO', { buyerId: tenants.own.buyerId });
  sets.push({ app, seller, ...tenants, buyer });
});
afterAll(() => Promise.all(sets.map((each) => each.seller.close())));

const line = ({ priceItemId }: Tenant, quantity: number) => ({ priceItemId, quantity, periodNumber: 1 });

async function bought(client: ConsoleClient, lines: object[], headers: Record<string, string> = {}) {
  const body = { lines, agreementsAccepted: true };
  const order = orderSchema.parse(await (await client.post('/console/orders', body, headers)).json());
  await client.post(`/console/orders/${order.orderId}/payment`, { method: 'BALANCE' }, headers);
  await world().simulator.drain();
  return order;
}
const get = async (client: ConsoleClient, path: string) => (await client.get(`/console${path}`)).json();
const timelineFor = async (client: ConsoleClient, path: string) =>
  timelineSchema.parse(await get(client, `${path}/timeline`)).items;

it('a request id that was used before leads nowhere: two orders never share a trace', async () => {
  const { platform } = world();
  const { app, own, foreign, buyer } = set();
  const headers = { 'x-request-id': 'abcdefabcdefabcdefabcdefabcdefab' };
  const victim = await bought(buyer, [line(own, 5)], headers);
  const attacker = await clientAs(platform, app, 'BO', { buyerId: foreign.buyerId });
  const order = await bought(attacker, [line(foreign, 10)], headers);
  expect(order.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set([order.traceId, victim.traceId, headers['x-request-id']]).size).toBe(3);
  const shown = JSON.stringify(await timelineFor(attacker, `/orders/${order.orderId}`));
  expect(shown).toContain('1200.00 CNY');
  expect(shown).not.toContain('600.00 CNY');
  expect(shown).not.toContain(victim.orderId);
});

describe('an order with lines of two sellers, one of which fails', () => {
  it('shows each seller the own lines, amounts, calls and events', async () => {
    const { platform } = world();
    const { app, seller, own, foreign, buyer } = set();
    seller.behave((call, response) =>
      String(call.body.orderLineId).endsWith('-000002')
        ? { resultCode: '000100', resultMsg: 'none left' }
        : prompt(call, response),
    );
    const { orderId, amount } = await bought(buyer, [line(own, 5), line(foreign, 10)]);
    await world().simulator.advanceTo(new Date(world().clock.now().getTime() + 5 * 3_600_000));
    expect(amount.amount).toBe('1800.00');
    const path = `/orders/${orderId}`;
    const [first, second] = [
      await clientAs(platform, app, 'SO', { sellerId: own.sellerId }),
      await clientAs(platform, app, 'SO', { sellerId: foreign.sellerId }),
    ];
    const seen = async (client: ConsoleClient) => {
      const order = orderSchema.parse(await get(client, path));
      const items = await timelineFor(client, path);
      return {
        amount: order.amount.amount,
        lines: order.lines.map((each) => each.orderLineId.slice(-1)),
        money: items.filter((item) => item.kind === 'money').map((item) => item.detail?.en),
        failed: items.some((item) => item.title.en === 'The seller could not deliver in time'),
        ready: items.some((item) => item.title.en === 'The product is ready'),
        calls: items.filter((item) => item.ref?.kind === 'call').length,
      };
    };
    expect(await seen(first)).toEqual({
      amount: '600.00',
      lines: ['1'],
      money: ['600.00 CNY'],
      failed: false,
      ready: true,
      calls: 2,
    });
    expect(await seen(second)).toMatchObject({
      amount: '1200.00',
      lines: ['2'],
      money: ['1200.00 CNY', '1200.00 CNY'],
      failed: true,
      ready: false,
    });
    expect(await seen(buyer)).toMatchObject({
      amount: '1800.00',
      money: ['1800.00 CNY', '1200.00 CNY'],
      failed: true,
      ready: true,
      calls: 0,
    });
    const stream = (await first.get(`/console${path}/stream`)).body?.pipeThrough(new TextDecoderStream()).getReader();
    const event = (await stream?.read())?.value ?? '';
    expect(event).toContain('600.00 CNY');
    expect(event).not.toMatch(/1[28]00\.00|-000002/);
    await stream?.cancel();

    const service = JSON.stringify(await timelineFor(buyer, `/instances/${orderId}-000001`));
    expect(service).toContain('600.00 CNY');
    expect(service).not.toMatch(/1[28]00\.00|could not deliver/);
  });

  it('shows finance the steps without a link into calls, which it may not see', async () => {
    const { platform } = world();
    const { app, own, buyer } = set();
    const { orderId } = await bought(buyer, [line(own, 5)]);
    const finance = await clientAs(platform, app, 'SF', { sellerId: own.sellerId });
    const calls = (await timelineFor(finance, `/orders/${orderId}`)).filter((item) => item.kind === 'call');
    expect(calls.map((item) => item.ref)).toEqual([null, null]);
  });
});

it('a seller’s list walks each order once, newest first, also one with several own lines', async () => {
  const { platform } = world();
  const { app, own, foreign, buyer } = set();
  const placed: string[] = [];
  for (const lines of [[own], [own, own], [foreign], [own, foreign, own], [own]]) {
    placed.push(
      (
        await bought(
          buyer,
          lines.map((each) => line(each, 5)),
        )
      ).orderId,
    );
    if (placed.length !== 2) world().clock.moveTo(new Date(world().clock.now().getTime() + 1_000));
  }
  const client = await clientAs(platform, app, 'SO', { sellerId: own.sellerId });
  const walk = async (query: string) => {
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer = await get(client, `/orders?limit=1${query}${cursor && `&cursor=${cursor}`}`);
      const page: { items: { orderId: string }[]; nextCursor: string | null } = orderPage.parse(answer);
      found.push(...page.items.map((each) => each.orderId));
      cursor = page.nextCursor;
    }
    return found.filter((id) => placed.includes(id));
  };
  const [first = '', second = '', , fourth = '', fifth = ''] = placed;
  expect(await walk('')).toEqual([fifth, fourth, second, first]);
  expect(await walk('&product=workspace')).toEqual([fifth, fourth, second, first]);
  expect(await walk('&state=PENDING_PAYMENT')).toEqual([]);
  expect(await walk(`&orderId=${second}`)).toEqual([second]);
});

it('a call shows request and response of its newest 20 attempts; the answer to Restart holds none', async () => {
  const { platform } = world();
  const { app, own, buyer, seller } = set();
  seller.behave(() => ({ resultCode: '000100', resultMsg: 'none left' }));
  const { orderId } = await bought(buyer, [line(own, 5)]);
  seller.behave(prompt);
  const client = await clientAs(platform, app, 'SO', { sellerId: own.sellerId });
  const [call] = callPage.parse(await get(client, `/calls?orderId=${orderId}`)).items;
  const path = `/calls/${call?.callId}`;
  await sql`INSERT INTO fulfilment.attempts SELECT call_id, n, actor, trace_id, started_at, duration_ms, outcome, http_status, result_code, result_msg, request, response, diagnosis
    FROM fulfilment.attempts, generate_series(2, 25) n WHERE call_id = ${call?.callId}::uuid`.execute(platform.db);
  const { attempts } = sellerCallDetails.parse(await get(client, path));
  expect(attempts.map((attempt) => attempt.attempt)).toEqual(Array.from({ length: 25 }, (_, n) => n + 1));
  expect(attempts.map((attempt) => [attempt.request !== null, attempt.response !== null])).toEqual(
    Array.from({ length: 25 }, (_, n) => [n >= 5, n >= 5]),
  );
  const key = { 'idempotency-key': `restart-${orderId}` };
  const restarted = await (await client.post(`/console${path}/restart`, {}, key)).text();
  expect(JSON.parse(restarted)).toMatchObject({ callId: call?.callId, state: 'DUE', restarted: true });
  const again = await client.post(`/console${path}/restart`, {}, key);
  expect([again.headers.get('idempotency-replayed'), await again.text()]).toEqual(['true', restarted]);
  const stored = await sql<{
    body: string;
  }>`SELECT body FROM platform.idempotency_keys WHERE key = ${`restart-${orderId}`}`.execute(platform.db);
  expect(stored.rows[0]?.body).not.toMatch(/signature|"request"|newInstance.*businessId/);
});
