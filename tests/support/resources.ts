/** Resources as stations to the right know them, made by real orders that are done without a seller. */
import { contentOf } from '../../packages/marketplace/src/catalog/index.ts';
import {
  linesFulfilled,
  type Order,
  payOrder,
  placeOrder,
  placeTrial,
  type Resource,
} from '../../packages/marketplace/src/ordering/index.ts';
import { inTransaction, type Tx } from '../../packages/marketplace/src/platform/database/database.ts';
import { traceId } from '../../packages/marketplace/src/platform/random.ts';
import type { Result } from '../../packages/marketplace/src/platform/result.ts';
import type { World } from '../../packages/marketplace/src/testing/index.ts';

export const run = <T>(world: World, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(world.platform.db, work);

/** @throws with the refusal's code when it is one */
export function granted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.message}`);
  return result.value;
}

export const demoSpecifications = async ({ platform, demo }: World) =>
  (await contentOf(platform.db, demo.goodsId, 1)).specifications;

export interface Choice {
  /** place of the specification in the demo product: 0 standard, 1 enterprise, 2 one-time, 3 pay-per-use, 4 package */
  readonly specification?: number;
  readonly sku?: number;
  readonly periodType?: 'month' | 'year' | null;
  readonly quantity?: number;
  readonly periodNumber?: number;
  readonly buyerId?: string;
  /** ticked while ordering (B-25) */
  readonly autoRenew?: boolean;
}

/** Bought, paid and delivered at `now`. */
export async function bought(world: World, choice: Choice = {}, now = world.clock.now()): Promise<Resource> {
  const { platform, demo } = world;
  const { specification = 0, sku = 0, periodType = 'month', quantity = 10, periodNumber = 1 } = choice;
  const found = (await demoSpecifications(world))[specification]?.skus[sku];
  const price = found?.prices.find((item) => item.periodType === periodType);
  const ordered = periodType === null ? {} : { periodNumber };
  const counted = specification > 2 ? {} : { quantity };
  const order = await run(world, async (tx) => {
    const line = { priceItemId: price?.priceItemId ?? '', ...counted, ...ordered, parameters: [] };
    const input = { buyerId: choice.buyerId ?? demo.buyerId, userId: 'u1', lines: [line] };
    return granted(await placeOrder(platform, tx, { ...input, traceId: traceId(platform.random) }, now));
  });
  return resourceOf(await paidAndDone(world, order.orderId, now));
}

/** A trial of the standard specification. */
export async function tried(world: World, buyerId: string, now = world.clock.now()): Promise<Resource> {
  const { platform } = world;
  const skuCode = (await demoSpecifications(world))[0]?.skus[0]?.skuCode ?? '';
  const input = { buyerId, userId: 'u1', skuCode, parameters: [], traceId: traceId(platform.random) };
  const order = granted(await run(world, (tx) => placeTrial(platform, tx, input, now)));
  return resourceOf(await paidAndDone(world, order.orderId, now));
}

export const pay = (world: World, orderId: string, now = world.clock.now()) =>
  run(world, (tx) => payOrder(world.platform, tx, { orderId, scope: { kind: 'all' } }, now));

export async function paidAndDone(world: World, orderId: string, now = world.clock.now()): Promise<Order> {
  const paid = granted(await pay(world, orderId, now));
  const ids = paid.lines.map((line) => line.orderLineId);
  await run(world, (tx) => linesFulfilled(world.platform, tx, ids, now));
  return paid;
}

export function resourceOf(order: Order): Resource {
  const [line] = order.lines;
  if (!line) throw new Error('an order has a line');
  const { resourceId, buyerId, sellerId, goodsId, version, specificationId, skuCode, quantity } = line;
  const { chargingMode, periodType, periodNumber, expireAt } = line;
  const trial = order.orderType === 'TRIAL';
  const { site, orderId, traceId } = order;
  const what = { resourceId, buyerId, sellerId, goodsId, version, specificationId, skuCode, quantity, chargingMode };
  return { ...what, site, periodType, periodNumber, expireAt, trial, orderId, traceId };
}
