/** A paid line of a new resource: its seller is asked to create the instance (saas-v2.md 5.1, saas-v1.md 6.0.1). */
import { productionInterfaces } from '../catalog/index.ts';
import type { OrderPaid } from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { CREATE } from './activities.ts';
import { insertCalls, poolOf } from './store.ts';

export async function requestInstances(
  platform: Platform,
  tx: Tx,
  paid: readonly (OrderPaid & { readonly traceId: string })[],
  now: Date,
): Promise<void> {
  const lines = paid
    .filter(({ orderType }) => orderType === 'NEW' || orderType === 'TRIAL')
    .flatMap((order) => order.lines.map((line) => ({ ...line, orderId: order.orderId, traceId: order.traceId })));
  if (lines.length === 0) return;
  const interfaces = await productionInterfaces(tx, [...new Set(lines.map((line) => line.goodsId))]);
  await insertCalls(
    tx,
    lines.map((line) => ({
      id: uuid(platform.random),
      pool: poolOf(line.sellerId, interfaces.get(line.goodsId)?.production_url),
      protocol: interfaces.get(line.goodsId)?.protocol ?? 'saas-v2',
      activity: 'newInstance',
      occasion: CREATE,
      resourceId: line.resourceId,
      sellerId: line.sellerId,
      buyerId: line.buyerId,
      orderId: line.orderId,
      orderLineId: line.orderLineId,
      goodsId: line.goodsId,
      productName: line.productName,
      instanceId: null,
      dueAt: now,
      traceId: line.traceId,
    })),
    now,
  );
}
