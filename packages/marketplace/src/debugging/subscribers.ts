/** Orders that failed at the seller's interface count against the product (saas-v2.md 1.5). */
import { z } from 'zod';
import { ordersByIds } from '../ordering/index.ts';
import type { Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { countFailedOrder } from './failed-orders.ts';

const lineFailed = z.object({ orderLineId: z.string() });

export const debuggingSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'debugging:count-failed-orders',
    types: ['fulfilment.line-failed'],
    async handle(tx, events) {
      const orderIds = events.map((event) => event.aggregate.replace(/^order:/, ''));
      const orders = await ordersByIds(tx, [...new Set(orderIds)], { scope: { kind: 'all' } });
      const lines = new Map(orders.flatMap((order) => order.lines.map((line) => [line.orderLineId, line] as const)));
      for (const event of events) {
        const line = lines.get(lineFailed.parse(event.payload).orderLineId);
        if (!line) continue;
        const { goodsId, sellerId } = line;
        const orderId = event.aggregate.replace(/^order:/, '');
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
