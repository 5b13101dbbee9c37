/** What a client sends can not lead into another's order, and of an order with two sellers each sees the own lines only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import { type FakeSeller, prompt, startFakeSeller } from '../../../../../tests/support/fake-seller.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { type Tenant, twoTenants } from '../../../../../tests/support/two-tenants.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { createApp } from '../app.ts';
import { order as orderSchema, timeline as timelineSchema } from './schemas.ts';

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
