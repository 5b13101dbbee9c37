/**
 * Orders that failed at the seller's interface count against the product (saas-v2.md 1.5): refunded ones, and licences that were
 * given up, which wait for the delivery by hand (license-and-other-types.md 3.5).
 */
import { z } from 'zod';
import { ordersByIds } from '../ordering/index.ts';
import type { Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { countFailedOrder } from './failed-orders.ts';

const undelivered = z.object({ orderId: z.string(), orderLineId: z.string(), occasion: z.string().optional() });

export const debuggingSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'debugging:count-failed-orders',
    types: ['fulfilment.line-failed', 'fulfilment.call-stopped'],
    async handle(tx, events) {
      const failed = events
        .map((event) => ({ ...undelivered.parse(event.payload), event }))
        .filter(({ event, occasion }) => event.type === 'fulfilment.line-failed' || occasion === 'create');
      const orderIds = failed.map(({ orderId }) => orderId);
      const orders = await ordersByIds(tx, [...new Set(orderIds)], { scope: { kind: 'all' } });
      const lines = new Map(orders.flatMap((order) => order.lines.map((line) => [line.orderLineId, line] as const)));
      for (const { event, orderId, orderLineId } of failed) {
        const line = lines.get(orderLineId);
        if (!line) continue;
        const { goodsId, sellerId } = line;
        await countFailedOrder(platform(), tx, {
          orderId,
          goodsId,
          sellerId,
          at: event.occurredAt,
          traceId: event.traceId,
        });
      }
    },
  },
];
