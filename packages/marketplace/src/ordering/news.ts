/** Events of orders, as they are written. */
import type { NewEvent } from '../platform/events.ts';
import type { Site } from '../platform/site.ts';
import type { PaidLine } from './events.ts';
import type { Order, OrderLine } from './store.ts';

export const orderEvent = (
  type: string,
  order: { readonly orderId: string; readonly traceId: string },
  payload: Readonly<Record<string, unknown>>,
): NewEvent => ({
  type,
  aggregate: `order:${order.orderId}`,
  payload: { orderId: order.orderId, ...payload },
  traceId: order.traceId,
});

export const placedEvent = (order: Order): NewEvent =>
  orderEvent('ordering.order-placed', order, {
    orderType: order.orderType,
    buyerId: order.buyerId,
    amount: order.amount,
    cancelAt: order.cancelAt?.toISOString() ?? null,
    lines: order.lines.map(({ orderLineId, resourceId, sellerId }) => ({ orderLineId, resourceId, sellerId })),
  });

export const paidEvent = (order: Order): NewEvent =>
  orderEvent('ordering.order-paid', order, {
    orderType: order.orderType,
    buyerId: order.buyerId,
    placedBy: order.placedBy,
    amount: order.amount,
    lines: order.lines.map((line) => paidLine(line, order.site)),
  });

/** What stations to the right need to know of a paid line. */
const paidLine = (line: OrderLine, site: Site): PaidLine => ({
  orderLineId: line.orderLineId,
  resourceId: line.resourceId,
  buyerId: line.buyerId,
  sellerId: line.sellerId,
  goodsId: line.goodsId,
  version: line.version,
  specificationId: line.specificationId,
  skuCode: line.skuCode,
  priceItemId: line.priceItemId,
  chargingMode: line.chargingMode,
  periodType: line.periodType,
  periodNumber: line.periodNumber,
  quantity: line.quantity,
  amount: line.amount,
  scene: line.scene,
  effectiveFrom: line.effectiveFrom?.toISOString() ?? null,
  expireAt: line.expireAt?.toISOString() ?? null,
  productName: line.snapshot.productName,
  specificationName: line.snapshot.specificationName,
  linearAttribute: line.snapshot.linearAttribute,
  autoRenew: line.snapshot.autoRenew,
  delivery: line.snapshot.delivery,
  package: line.snapshot.package,
  site,
});
