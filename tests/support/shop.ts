/** A marketplace with one product of each wanted type: bought, delivered, looked at. */

import {
  type AccessType,
  contentOf,
  type LicenseVariant,
  type ProductInput,
  publishProduct,
} from '../../packages/marketplace/src/catalog/index.ts';
import {
  confirmRequirement,
  type Delivery,
  deliveryOfResource,
  require,
} from '../../packages/marketplace/src/delivery/index.ts';
import type { Scope } from '../../packages/marketplace/src/directory/index.ts';
import { instanceById } from '../../packages/marketplace/src/instances/index.ts';
import { type LineDelivery, ordersByIds, payOrder, placeOrder } from '../../packages/marketplace/src/ordering/index.ts';
import { inTransaction, type Tx } from '../../packages/marketplace/src/platform/database/database.ts';
import { eventsOfTrace } from '../../packages/marketplace/src/platform/events.ts';
import { type FilePurpose, keepFile } from '../../packages/marketplace/src/platform/files/index.ts';
import { seededRandom, uuid } from '../../packages/marketplace/src/platform/random.ts';
import type { Result } from '../../packages/marketplace/src/platform/result.ts';
import type { World } from '../../packages/marketplace/src/testing/index.ts';
import { type SampleOptions, sampleProduct } from '../../packages/marketplace/src/testing/products.ts';
import { sharedWorld } from './shared-world.ts';

export const ALL: Scope = { kind: 'all' };

export interface Sold extends SampleOptions {
  readonly type: AccessType;
  readonly variant?: LicenseVariant;
  readonly regionId?: string;
  /** GENERAL unless given */
  readonly productClass?: ProductInput['class'];
  /** supervised SaaS, called at this address (B-41) */
  readonly server?: { readonly url: string; readonly opening: LineDelivery['opening'] };
}

/** @param world of one's own; one for the file unless given. Its buyer buys as the user `u1`. */
export function createShop(world: () => World = sharedWorld({ openingBalance: '1000000.00' })) {
  const random = seededRandom('deliveries');

  const value = <T>(result: Result<T>): T => {
    if (!result.ok) throw new Error(`${result.refusal.code} ${result.refusal.message}`);
    return result.value;
  };
  const inTx = <T>(work: (tx: Tx, now: Date) => Promise<T>): Promise<T> =>
    inTransaction(world().platform.db, (tx) => work(tx, world().clock.now()));
  const tryTo = <T>(work: (tx: Tx, now: Date) => Promise<Result<T>>): Promise<Result<T>> => inTx(work);

  /** Publishes, orders, pays, and lets everything happen that happens by itself. @returns id of the line and resource */
  async function buy({ type, regionId, server, productClass = 'GENERAL', ...options }: Sold): Promise<string> {
    const { platform, demo, clock, simulator } = world();
    const goodsId = uuid(random);
    const sample = { ...sampleProduct(type, random, { modes: ['ONE_TIME'], ...options }), class: productClass };
    const product = server ? { ...sample, supervised: true, opening: server.opening } : sample;
    const called = server
      ? { protocol: 'saas-v2' as const, productionUrl: server.url, keyId: demo.keyId }
      : { protocol: 'none' as const, productionUrl: null, keyId: null };
    await publishProduct(
      platform.db,
      { goodsId, sellerId: demo.sellerId, site: 'CN', ...called, content: product },
      clock.now(),
    );
    const content = await contentOf(platform.db, goodsId, 1);
    const [specification] = content.specifications;
    const line = {
      priceItemId: specification?.skus[0]?.prices[0]?.priceItemId ?? '',
      parameters: [],
      ...(specification?.linearAttribute ? { quantity: 1 } : {}),
      ...(specification?.chargingMode === 'PERIOD' ? { periodNumber: 1 } : {}),
      ...(regionId === undefined ? {} : { regionId }),
    };
    const receiver = { name: 'Zhang San', phone: '13800000000', address: 'Beijing 1' };
    const order = value(
      await tryTo((tx, now) =>
        placeOrder(
          platform,
          tx,
          {
            ...{ buyerId: demo.buyerId, userId: 'u1', lines: [line], traceId: uuid(random) },
            ...(type === 'HARDWARE' ? { receiver } : {}),
          },
          now,
        ),
      ),
    );
    value(await tryTo((tx, now) => payOrder(platform, tx, { orderId: order.orderId, scope: ALL }, now)));
    await simulator.drain();
    return order.lines[0]?.orderLineId ?? '';
  }

  async function deliveryOf(lineId: string, scope: Scope = ALL): Promise<Delivery> {
    const delivery = await deliveryOfResource(world().platform.db, lineId, scope);
    if (!delivery) throw new Error(`line ${lineId} has no delivery`);
    return delivery;
  }

  /** The buyer says what it needs, or gives its code; the seller takes it on (S-41). */
  async function agree(lineId: string, text = 'Two servers'): Promise<void> {
    const { platform, demo } = world();
    const { deliveryId } = await deliveryOf(lineId);
    const buyer: Scope = { kind: 'buyer', buyerId: demo.buyerId, placedBy: null };
    const asked = value(
      await tryTo((tx, now) => require(platform, tx, { deliveryId, scope: buyer, text, fileIds: [] }, now)),
    );
    if (asked.supervision?.step !== 'WAIT_CONFIRM_REQUIREMENT') return;
    const seller: Scope = { kind: 'seller', sellerId: demo.sellerId, goodsIds: null };
    value(await tryTo((tx, now) => confirmRequirement(platform, tx, { deliveryId, scope: seller }, now)));
  }

  /** Where order, line, delivery and service stand. */
  async function states(lineId: string) {
    const { platform } = world();
    const [order] = await ordersByIds(platform.db, [lineId.slice(0, lineId.lastIndexOf('-'))], { scope: ALL });
    const instance = await instanceById(platform.db, lineId, ALL);
    const { status } = await deliveryOf(lineId);
    return { order: order?.state, line: order?.lines[0]?.state, delivery: status, instance: instance?.state };
  }

  /** A small file of a kind that the purpose takes. */
  async function file(purpose: FilePurpose, as: 'buyer' | 'seller' = 'seller'): Promise<string> {
    const { platform, demo, clock } = world();
    const owner = { kind: as, id: as === 'seller' ? demo.sellerId : demo.buyerId };
    async function* content() {
      yield Buffer.from('%PDF-1.4\n%%EOF\n');
    }
    const name = 'proof.pdf';
    return value(await keepFile(platform, { owner, keptBy: 'u1', purpose, name, content: content() }, clock.now()))
      .fileId;
  }

  const told = async (lineId: string, prefix = 'delivery.'): Promise<string[]> =>
    (await eventsOfTrace(world().platform.db, (await deliveryOf(lineId)).traceId))
      .map(({ type }) => type)
      .filter((type) => type.startsWith(prefix));

  return { world, value, inTx, tryTo, buy, agree, deliveryOf, states, file, told };
}
