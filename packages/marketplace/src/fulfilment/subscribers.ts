/** A paid order: its sellers are asked to deliver. A resource whose life goes on: its seller is told. A refunded line: its calls need nobody any more. */
import { z } from 'zod';
import { orderPaid, refundExecuted } from '../ordering/index.ts';
import type { Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { requestInstances } from './creation.ts';
import { HEARD_TYPES } from './heard.ts';
import { callSellers } from './life-cycle.ts';
import { notifyOrders } from './order-notice.ts';
import { resolveCallsOfLines } from './store.ts';

const refunded = z.object({ orderLineId: z.string(), resourceId: z.string().optional() });

export const fulfilmentSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'fulfilment:request-instances',
    types: ['ordering.order-paid'],
    async handle(tx, events) {
      const now = platform().clock.now();
      const paid = events.map((event) => ({ ...orderPaid.parse(event.payload), traceId: event.traceId }));
      await requestInstances(platform(), tx, paid, now);
      await notifyOrders(platform(), tx, { paid, refunds: [] }, now);
    },
  },
  {
    name: 'fulfilment:call-sellers',
    types: [...HEARD_TYPES, 'ordering.refund-executed'],
    async handle(tx, events) {
      const now = platform().clock.now();
      await callSellers(platform(), tx, events, now);
      const refunds = events
        .filter(({ type }) => type === 'ordering.refund-executed')
        .map((event) => ({ ...refundExecuted.parse(event.payload), traceId: event.traceId }));
      if (refunds.length > 0) await notifyOrders(platform(), tx, { paid: [], refunds }, now);
    },
  },
  {
    name: 'fulfilment:resolve-calls',
    types: ['ordering.line-refunded'],
    async handle(tx, events) {
      const lines = events.map((event) => {
        const { orderLineId, resourceId } = refunded.parse(event.payload);
        return { orderLineId, resourceId: resourceId ?? orderLineId };
      });
      await resolveCallsOfLines(tx, lines, platform().clock.now());
    },
  },
];
