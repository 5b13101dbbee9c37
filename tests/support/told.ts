/** Plays the stations to the right of fulfilment: news of an instance's life, and orders that belong to it. */
import type { Order } from '../../packages/marketplace/src/ordering/index.ts';
import { sql } from '../../packages/marketplace/src/platform/database/database.ts';
import type { World } from '../../packages/marketplace/src/testing/index.ts';

export type Told = 'period-changed' | 'change-ordered' | 'frozen' | 'unfrozen' | 'release-begun';

/** News of what an order created, as `instances` tells them. */
export function newsOf(
  { platform, clock }: World,
  order: Order,
  instanceId: string | null,
  more: { chargingMode?: string; state?: string } = {},
) {
  const [line] = order.lines;
  if (!line) throw new Error('an order has a line');
  const resourceId = line.orderLineId;
  const ref = {
    resourceId,
    instanceId,
    buyerId: line.buyerId,
    sellerId: line.sellerId,
    goodsId: line.goodsId,
    orderId: order.orderId,
    chargingMode: more.chargingMode ?? line.chargingMode,
    productName: line.snapshot.productName,
    specificationName: line.snapshot.specificationName,
    state: more.state ?? 'ACTIVE',
    expireAt: line.expireAt?.toISOString() ?? null,
    trial: false,
    site: 'CN',
  };
  return {
    resourceId,
    tell: (type: Told, payload: Record<string, unknown>) =>
      platform.events.publish(
        platform.db,
        [
          {
            type: `instances.${type}`,
            aggregate: `instance:${resourceId}`,
            payload: { ref, ...payload },
            traceId: order.traceId,
          },
        ],
        clock.now(),
      ),
  };
}

let orders = 0;
/** A paid order of another type about the same resource: only as much of it as fulfilment moves. */
export async function orderAbout(
  { platform, clock }: World,
  order: Order,
  orderType: 'RENEW' | 'CHANGE' | 'TRIAL_TO_FORMAL' | 'UNSUBSCRIBE',
): Promise<{ orderId: string; orderLineId: string }> {
  orders += 1;
  const orderId = `CS260101${String(orders).padStart(4, '0')}OTHER`;
  const orderLineId = `${orderId}-000001`;
  const [line] = order.lines;
  await sql`
    INSERT INTO ordering.orders (order_id, order_type, state, buyer_id, placed_by, site, amount, currency, trace_id, created_at, paid_at)
    SELECT ${orderId}, ${orderType}, 'PROCESSING', buyer_id, placed_by, site, 0, currency, trace_id, ${clock.now()}, ${clock.now()}
    FROM ordering.orders WHERE order_id = ${order.orderId}`.execute(platform.db);
  await sql`
    INSERT INTO ordering.order_lines (order_line_id, order_id, resource_id, buyer_id, seller_id, state, goods_id, version, specification_id, sku_code, price_item_id,
      charging_mode, period_type, period_number, quantity, list_amount, amount, snapshot, created_at)
    SELECT ${orderLineId}, ${orderId}, order_line_id, buyer_id, seller_id, 'CALLING', goods_id, version, specification_id, sku_code, price_item_id,
      charging_mode, period_type, period_number, quantity, 0, 0, snapshot, ${clock.now()}
    FROM ordering.order_lines WHERE order_line_id = ${line?.orderLineId}`.execute(platform.db);
  return { orderId, orderLineId };
}

export async function lineState({ platform }: World, orderLineId: string): Promise<string | undefined> {
  const { rows } = await sql<{
    state: string;
  }>`SELECT state FROM ordering.order_lines WHERE order_line_id = ${orderLineId}`.execute(platform.db);
  return rows[0]?.state;
}

/** What fulfilment told, in order, of one type. */
export async function toldBy(
  { platform }: World,
  type: string,
  resourceId: string,
): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ payload: Record<string, unknown> }>`
    SELECT payload FROM platform.events WHERE type = ${type} AND payload ->> 'resourceId' = ${resourceId} ORDER BY event_id`.execute(
    platform.db,
  );
  return rows.map((row) => row.payload);
}
