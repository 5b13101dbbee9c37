/** Subscriptions that run at a fake seller, and what tests of their lives do with them again and again. */
import { setProductionUrl } from '../../packages/marketplace/src/catalog/index.ts';
import {
  type Instance,
  instanceById,
  type Ordering,
  type RenewalItem,
  renew,
} from '../../packages/marketplace/src/instances/index.ts';
import { type Order, payOrder, placeOrder, placeTrial } from '../../packages/marketplace/src/ordering/index.ts';
import { inTransaction, sql, type Tx } from '../../packages/marketplace/src/platform/database/database.ts';
import { traceId } from '../../packages/marketplace/src/platform/random.ts';
import type { Result } from '../../packages/marketplace/src/platform/result.ts';
import type { World } from '../../packages/marketplace/src/testing/index.ts';
import { type Behaviour, type FakeSeller, prompt, startFakeSeller } from './fake-seller.ts';
import { type Choice, demoSpecifications, granted } from './resources.ts';

export const ALL = { kind: 'all' } as const;
export const DAY_MS = 86_400_000;

/** Creates at once and agrees to everything that follows. */
export const obedient: Behaviour = (call, response) =>
  call.activity === 'newInstance' || call.activity === 'queryInstance'
    ? prompt(call, response)
    : { resultCode: '000000', resultMsg: 'success.' };

export async function startObedientSeller(world: World): Promise<FakeSeller> {
  const seller = await startFakeSeller(obedient);
  await inTransaction(world.platform.db, (tx) => setProductionUrl(tx, world.demo.goodsId, seller.url));
  return seller;
}

/** What the seller was told about one instance, in order: `activity scene|status`. */
export const toldOf = (seller: FakeSeller, resourceId: string): string[] =>
  seller.received
    .filter(({ body }) => body.instanceId === `inst-${resourceId}` && body.activity !== 'queryInstance')
    .map(({ activity, body }) => [activity, body.scene ?? body.status].filter(Boolean).join(' '));

export async function instanceOf(world: World, resourceId: string): Promise<Instance> {
  const instance = await instanceById(world.platform.db, resourceId, ALL);
  if (!instance) throw new Error(`there is no instance ${resourceId}`);
  return instance;
}

/** Bought by months, paid and delivered by the seller. */
export async function subscribed(world: World, choice: Choice = {}): Promise<Instance> {
  const { platform, demo } = world;
  const { specification = 0, sku = 0, periodType = 'month', quantity = 10, periodNumber = 1, autoRenew } = choice;
  const prices = (await demoSpecifications(world))[specification]?.skus[sku]?.prices ?? [];
  const priceItemId = prices.find((item) => item.periodType === periodType)?.priceItemId ?? '';
  const counted = specification > 2 ? {} : { quantity };
  const line = { priceItemId, ...counted, ...(periodType === null ? {} : { periodNumber }), parameters: [], autoRenew };
  const input = { buyerId: choice.buyerId ?? demo.buyerId, userId: 'u1', lines: [line] };
  const placed = await inTx(world, (tx) =>
    placeOrder(platform, tx, { ...input, traceId: traceId(platform.random) }, world.clock.now()),
  );
  return delivered(world, granted(placed));
}

export async function onTrial(world: World, buyerId = world.demo.buyerId): Promise<Instance> {
  const skuCode = (await demoSpecifications(world))[0]?.skus[0]?.skuCode ?? '';
  const input = { buyerId, userId: 'u1', skuCode, parameters: [], traceId: traceId(world.platform.random) };
  const order = granted(await inTx(world, (tx) => placeTrial(world.platform, tx, input, world.clock.now())));
  return delivered(world, order);
}

async function delivered(world: World, order: Order): Promise<Instance> {
  await payFor(world, order);
  await world.simulator.drain();
  return instanceOf(world, order.lines[0]?.resourceId ?? '');
}

export const inTx = <T>(world: World, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(world.platform.db, work);

export const ordering = (world: World): Ordering => ({
  scope: ALL,
  userId: 'u1',
  traceId: traceId(world.platform.random),
});

export const renewalOf = (resourceId: string, more: Partial<RenewalItem> = {}): RenewalItem => ({
  resourceId,
  periodType: 'month',
  periodNumber: 1,
  unifyDay: null,
  target: null,
  ...more,
});

export const askToRenew = (world: World, resourceId: string, more: Partial<RenewalItem> = {}): Promise<Result<Order>> =>
  inTx(world, (tx) =>
    renew(world.platform, tx, { ...ordering(world), items: [renewalOf(resourceId, more)] }, world.clock.now()),
  );

export const payFor = async (world: World, { orderId }: { orderId: string }): Promise<Order> =>
  granted(await inTx(world, (tx) => payOrder(world.platform, tx, { orderId, scope: ALL }, world.clock.now())));

/** Renewed, paid, and told to the seller. */
export async function renewedAndPaid(
  world: World,
  resourceId: string,
  more: Partial<RenewalItem> = {},
): Promise<Order> {
  const order = await payFor(world, granted(await askToRenew(world, resourceId, more)));
  await world.simulator.drain();
  return order;
}

export const advanceTo = (world: World, instant: Date | string): Promise<void> =>
  world.simulator.advanceTo(new Date(instant));

/** What was told of an instance, oldest first, without the station's name. */
export async function newsOf(world: World, resourceId: string): Promise<string[]> {
  const { rows } = await sql<{ type: string }>`
    SELECT type FROM platform.events WHERE aggregate = ${`instance:${resourceId}`} AND type LIKE 'instances.%' ORDER BY event_id`.execute(
    world.platform.db,
  );
  return rows.map(({ type }) => type.replace('instances.', ''));
}
