/** Supervised SaaS: its server opens it on purchase, at the delivery or after the acceptance; it is done when both have happened (B-40a, B-41). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeSeller, prompt, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { createShop } from '../../../../tests/support/shop.ts';
import { acceptDelivery, deliver } from './index.ts';

const { world, value, tryTo, buy: order, agree, deliveryOf, states, told } = createShop();
const sellers: FakeSeller[] = [];
beforeAll(async () => {
  sellers.push(await startFakeSeller());
});
afterAll(() => Promise.all(sellers.map((seller) => seller.close())));

const NOTHING = { licenceText: null, fileId: null, enablingAt: null, result: '', proofFileIds: [] };
const server = () => {
  const [seller] = sellers;
  if (!seller) throw new Error('the seller listens inside tests only');
  return seller;
};
const calls = (lineId: string) =>
  server()
    .received.filter(({ body }) => body.orderLineId === lineId || body.instanceId === `inst-${lineId}`)
    .map(({ activity }) => activity);
const asSeller = () => ({ kind: 'seller', sellerId: world().demo.sellerId, goodsIds: null }) as const;
const asBuyer = () => ({ kind: 'buyer', buyerId: world().demo.buyerId, placedBy: null }) as const;
async function handOver(lineId: string) {
  const { deliveryId } = await deliveryOf(lineId);
  const done = await tryTo((tx, now) =>
    deliver(world().platform, tx, { deliveryId, scope: asSeller(), ...NOTHING }, now),
  );
  await world().simulator.drain();
  return done;
}
async function accept(lineId: string) {
  const { deliveryId } = await deliveryOf(lineId);
  value(await tryTo((tx, now) => acceptDelivery(world().platform, tx, { deliveryId, scope: asBuyer() }, now)));
  await world().simulator.drain();
}
/** bought, and its requirement taken on */
async function bought(opening: 'ON_PURCHASE' | 'AT_DELIVERY' | 'AFTER_ACCEPTANCE'): Promise<string> {
  const lineId = await order({ type: 'SAAS', modes: ['PERIOD'], server: { url: server().url, opening } });
  await agree(lineId);
  return lineId;
}
const OPEN = ['newInstance', 'queryInstance'];
const ACTIVE = { order: 'COMPLETED', line: 'FULFILLED', delivery: 'ACCEPTED', instance: 'ACTIVE' };
const IN_BETWEEN = { order: 'PROCESSING', line: 'SUPERVISING', instance: 'PROVISIONING' };

it('opened after acceptance: reported, accepted, opened, running', async () => {
  const lineId = await bought('AFTER_ACCEPTANCE');
  expect(await states(lineId)).toEqual({ ...IN_BETWEEN, delivery: 'PENDING' });
  value(await handOver(lineId));
  expect([await states(lineId), calls(lineId)]).toEqual([{ ...IN_BETWEEN, delivery: 'DELIVERED' }, []]);
  await accept(lineId);
  expect([await states(lineId), calls(lineId)]).toEqual([ACTIVE, OPEN]);
  expect(await told(lineId)).toEqual([
    'delivery.required',
    'delivery.requirement-confirmed',
    'delivery.delivered',
    'delivery.accepted',
    'delivery.open-requested',
  ]);
});

it('opened at its delivery: reported, opened, accepted, running', async () => {
  const lineId = await bought('AT_DELIVERY');
  expect(calls(lineId)).toEqual([]);
  value(await handOver(lineId));
  expect([await states(lineId), calls(lineId)]).toEqual([{ ...IN_BETWEEN, delivery: 'DELIVERED' }, OPEN]);
  await accept(lineId);
  expect(await states(lineId)).toEqual(ACTIVE);
});

it('opened on purchase: opened, reported, accepted, running', async () => {
  const lineId = await bought('ON_PURCHASE');
  expect([await states(lineId), calls(lineId)]).toEqual([{ ...IN_BETWEEN, delivery: 'PENDING' }, OPEN]);
  value(await handOver(lineId));
  await accept(lineId);
  expect(await states(lineId)).toEqual(ACTIVE);
});

it('that its server can not open is refunded in full, accepted before or not (S7-7)', async () => {
  server().behave(({ activity }) => ({
    resultCode: activity === 'newInstance' ? '000100' : '000002',
    resultMsg: 'no',
  }));
  const [late, early] = [await bought('AT_DELIVERY'), await bought('AFTER_ACCEPTANCE')];
  for (const lineId of [late, early]) value(await handOver(lineId));
  await accept(early);
  await world().simulator.advanceTo(new Date(world().clock.now().getTime() + 4 * 3_600_000));
  const refunded = { order: 'REFUNDED', line: 'REFUNDED', instance: 'FAILED' };
  expect(await states(late)).toEqual({ ...refunded, delivery: 'FAILED' });
  expect(await states(early)).toEqual({ ...refunded, delivery: 'REVOKED' });
  server().behave(prompt);
});
