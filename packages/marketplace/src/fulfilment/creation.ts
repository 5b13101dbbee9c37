/**
 * A paid line of a new resource: its seller is asked to create the instance, or to make the licence (saas-v2.md 5.1, saas-v1.md
 * 6.0.1, license-and-other-types.md 3.2, 5). What is delivered by code, by hand or by the marketplace needs no call.
 */
import { productionInterfaces } from '../catalog/index.ts';
import { type OrderPaid, ordersByIds, type PaidLine } from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { CREATE } from './activities.ts';
import { insertCalls, poolOf } from './store.ts';

/** Which call comes first; a protocol that is not here makes none (license-and-other-types.md 1). */
const FIRST_CALLS: Readonly<Record<string, string>> = {
  'saas-v2': 'newInstance',
  'saas-v1': 'newInstance',
  'license-identification': 'getLicense',
  'license-provisioning': 'newInstance',
};

export async function requestInstances(
  platform: Platform,
  tx: Tx,
  paid: readonly (OrderPaid & { readonly traceId: string })[],
  now: Date,
): Promise<void> {
  const lines = paid
    .filter(({ orderType }) => orderType === 'NEW' || orderType === 'TRIAL')
    .flatMap((order) => order.lines.map((line) => ({ ...line, orderId: order.orderId, traceId: order.traceId })));
  await askSellers(
    platform,
    tx,
    lines.filter(({ delivery }) => !opensLater(delivery)),
    now,
  );
}

/** A supervised SaaS whose turn has come: at the delivery, or after the acceptance (settlement.md 6). */
export async function openSupervised(
  platform: Platform,
  tx: Tx,
  requested: readonly { readonly orderLineId: string; readonly resourceId: string; readonly traceId: string }[],
  now: Date,
): Promise<void> {
  const traces = new Map(requested.map(({ orderLineId, traceId }) => [orderLineId, traceId]));
  const orderIds = requested.map(({ orderLineId }) => orderLineId.slice(0, orderLineId.lastIndexOf('-')));
  const orders = await ordersByIds(tx, [...new Set(orderIds)], { scope: { kind: 'all' } });
  const lines = orders
    .flatMap((order) => order.lines)
    .flatMap(({ snapshot: { delivery, productName }, ...line }) => {
      const traceId = traces.get(line.orderLineId);
      return traceId === undefined ? [] : [{ ...line, delivery, productName, traceId }];
    });
  await askSellers(platform, tx, lines, now);
}

type Line = Pick<
  PaidLine,
  'resourceId' | 'orderLineId' | 'sellerId' | 'buyerId' | 'goodsId' | 'productName' | 'delivery'
> & { readonly orderId: string; readonly traceId: string };

async function askSellers(platform: Platform, tx: Tx, lines: readonly Line[], now: Date): Promise<void> {
  if (lines.length === 0) return;
  const interfaces = await productionInterfaces(tx, [...new Set(lines.map((line) => line.goodsId))]);
  const calls = lines.flatMap((line) => {
    const production = interfaces.get(line.goodsId);
    const activity = FIRST_CALLS[production?.protocol ?? ''];
    if (!production || activity === undefined) return [];
    const { resourceId, orderLineId, orderId, sellerId, buyerId, goodsId, productName, delivery, traceId } = line;
    return [
      {
        ...{ resourceId, orderLineId, orderId, sellerId, buyerId, goodsId, productName, traceId, activity },
        id: uuid(platform.random),
        pool: poolOf(sellerId, production.production_url),
        protocol: production.protocol,
        occasion: CREATE,
        instanceId: null,
        details: waitsForAcceptance(delivery) ? { purpose: 'opening' as const, supervised: true as const } : null,
        dueAt: now,
      },
    ];
  });
  await insertCalls(tx, calls, now);
}

type Delivery = PaidLine['delivery'];
const opensLater = ({ accessType, supervised, opening }: Delivery): boolean =>
  accessType === 'SAAS' && supervised && opening !== 'ON_PURCHASE';
/** What is opened after its acceptance is not accepted once more. */
const waitsForAcceptance = ({ accessType, supervised, opening }: Delivery): boolean =>
  supervised && !(accessType === 'SAAS' && opening === 'AFTER_ACCEPTANCE');
