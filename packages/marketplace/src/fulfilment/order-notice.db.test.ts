/** A seller that wants to is told the number of each order, once, whatever it chose; a notice that fails holds up no delivery (saas-v2.md 5.8, S-25). */
import { verifyBase } from '@jishi/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { type FakeSeller, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { boughtImage, imageProduct } from '../../../../tests/support/images.ts';
import { createShop } from '../../../../tests/support/shop.ts';
import { orderAbout } from '../../../../tests/support/told.ts';
import { setProductionUrl } from '../catalog/index.ts';
import { accessKeys, addAccessKey } from '../directory/index.ts';
import { ordersByIds } from '../ordering/index.ts';
import { inTransaction } from '../platform/database/database.ts';
import { buyFromDemo } from '../testing/index.ts';
import { fulfilmentSubscriptions, listCalls, orderNotices, removeOrderNotice, setOrderNotice } from './index.ts';

const ALL = { kind: 'all' } as const;
const HOUR = 3_600_000;
const DONE = { resultCode: '000000', resultMsg: 'success.' };
const world = fileWorld();
let seller: FakeSeller;
let listener: FakeSeller;
let keyId = '';
let key = '';
beforeAll(async () => {
  const { platform, clock, demo } = world();
  seller = await startFakeSeller();
  listener = await startFakeSeller(() => DONE);
  await setProductionUrl(platform.db, demo.goodsId, seller.url);
  const owner = { sellerId: demo.sellerId, interfaceClass: 'GENERAL' as const };
  ({ keyId } = await addAccessKey(platform, platform.db, owner, clock.now()));
  key = (await accessKeys(platform, [keyId])).get(keyId) ?? '';
});
afterAll(async () => {
  await seller.close();
  await listener.close();
});

const choice = (kind: 'PRODUCT' | 'DELIVERY_TYPE', address = listener.url) => ({
  sellerId: world().demo.sellerId,
  kind,
  value: kind === 'PRODUCT' ? world().demo.goodsId : 'SAAS',
  address,
  keyId,
});
const act = <T>(work: (tx: Parameters<Parameters<typeof inTransaction>[1]>[0]) => Promise<T>) =>
  inTransaction(world().platform.db, work);
const choose = (notice: ReturnType<typeof choice>) => act((tx) => setOrderNotice(tx, notice, world().clock.now()));
const unchoose = (kind: 'PRODUCT' | 'DELIVERY_TYPE') =>
  act((tx) => removeOrderNotice(tx, choice(kind), world().clock.now()));
const noticesOf = (orderId: string) =>
  listCalls(world().platform.db, { scope: ALL, orderId, activity: 'orderNotify', before: null, limit: 5 });
const advance = (ms: number) => world().simulator.advanceTo(new Date(world().clock.now().getTime() + ms));

describe('orderNotify', () => {
  it('is not called for sellers that did not ask for it', async () => {
    const { orderId } = await buyFromDemo(world());
    await world().simulator.drain();
    expect(await noticesOf(orderId)).toEqual([]);
  });

  it('comes once where product and delivery type are both chosen, to the address of the product, signed with its key', async () => {
    expect(await choose(choice('DELIVERY_TYPE', 'http://127.0.0.1:1/elsewhere'))).toMatchObject({ ok: true });
    expect(await choose(choice('PRODUCT'))).toMatchObject({ ok: true });
    const { orderId } = await buyFromDemo(world());
    await world().simulator.drain();
    const [call] = listener.received;
    expect(listener.received).toHaveLength(1);
    expect(call?.body).toEqual({ activity: 'orderNotify', orderId, orderLineId: `${orderId}-000001` });
    const query = call?.url.searchParams;
    const verdict = verifyBase({
      accessKey: key,
      signature: query?.get('signature') ?? undefined,
      timestamp: query?.get('timestamp') ?? undefined,
      nonce: query?.get('nonce') ?? undefined,
      body: JSON.stringify(call?.body),
      nowMs: Number(query?.get('timestamp')),
    });
    expect(verdict).toEqual({ ok: true });
    expect((await noticesOf(orderId)).map((each) => each.state)).toEqual(['SUCCEEDED']);
  });

  it('comes for a refund order too', async () => {
    const order = await buyFromDemo(world());
    await world().simulator.drain();
    const refund = await orderAbout(world(), order, 'UNSUBSCRIBE');
    const { platform, clock, demo } = world();
    const payload = {
      ...refund,
      refundId: 'r-1',
      kind: 'NEGOTIATED',
      resourceId: order.lines[0]?.orderLineId,
      buyerId: demo.buyerId,
      sellerId: demo.sellerId,
      originalLineIds: [order.lines[0]?.orderLineId],
      amount: order.amount,
      parts: [{ amount: order.amount.amount, nonCash: '0' }],
      productName: order.lines[0]?.snapshot.productName,
    };
    const hears = fulfilmentSubscriptions(() => platform).find((each) =>
      each.types.includes('ordering.refund-executed'),
    );
    const event = {
      type: 'ordering.refund-executed',
      aggregate: `order:${refund.orderId}`,
      payload,
      traceId: order.traceId,
    };
    for (let times = 0; times < 2; times += 1)
      await act(async (tx) => hears?.handle(tx, [{ ...event, eventId: 0, occurredAt: clock.now() }]));
    await world().simulator.drain();
    expect(listener.received.filter((call) => call.body.orderId === refund.orderId)).toHaveLength(1);
  });

  it('L33: is not for images, whatever was chosen, and the choice of all SaaS is for no other type', async () => {
    const { demo, clock } = world();
    const image = await imageProduct(world(), { month: '1.00', year: '10.00' });
    const own = { ...choice('PRODUCT'), value: image.goodsId };
    const other = createShop(world);
    const told = async (lineId: string) => noticesOf(lineId.slice(0, lineId.lastIndexOf('-')));
    expect(await act((tx) => setOrderNotice(tx, own, clock.now()))).toMatchObject({ ok: true });
    expect(await told(await boughtImage(world(), { priceItemId: image.month }))).toEqual([]);
    expect(await told(await other.buy({ type: 'LICENSE' }))).toEqual([]);
    expect(await act((tx) => removeOrderNotice(tx, own, clock.now()))).toBe(true);
    expect((await orderNotices(world().platform.db, [demo.sellerId])).length).toBe(2);
  });

  it('that fails is repeated hourly for three hours, then stops; the delivery does not wait for it', async () => {
    listener.behave(() => ({ resultCode: '000005', resultMsg: 'broken' }));
    const { orderId } = await buyFromDemo(world());
    await world().simulator.drain();
    const [order] = await ordersByIds(world().platform.db, [orderId], { scope: ALL });
    expect(order?.state).toBe('COMPLETED');
    await advance(3 * HOUR + 1);
    expect(await noticesOf(orderId)).toMatchObject([{ state: 'STOPPED', attempts: 4 }]);
    listener.behave(() => DONE);
  });

  it('hangs on one address only; when nothing is chosen any more, nothing waits', async () => {
    expect(await choose(choice('PRODUCT', 'http://127.0.0.1:1/other'))).toMatchObject({
      refusal: { code: 'NOTICE_EXISTS' },
    });
    listener.behave(() => ({ resultCode: '000005', resultMsg: 'broken' }));
    const { orderId } = await buyFromDemo(world());
    await world().simulator.drain();
    expect(await unchoose('PRODUCT')).toBe(true);
    expect((await noticesOf(orderId))[0]?.state).toBe('DUE');
    expect(await unchoose('DELIVERY_TYPE')).toBe(true);
    expect(await unchoose('DELIVERY_TYPE')).toBe(false);
    expect((await noticesOf(orderId))[0]?.state).toBe('RESOLVED');
    expect(await orderNotices(world().platform.db, [world().demo.sellerId])).toEqual([]);
  });
});
