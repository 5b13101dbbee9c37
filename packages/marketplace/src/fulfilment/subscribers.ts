/** A paid order: its sellers are asked to deliver. A refunded line: its calls need nobody any more. */
import { z } from 'zod';
import { orderPaid } from '../ordering/index.ts';
import type { Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { requestInstances } from './service.ts';
import { resolveCalls } from './store.ts';

const refunded = z.object({ orderLineId: z.string() });

export const fulfilmentSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'fulfilment:request-instances',
    types: ['ordering.order-paid'],
    async handle(tx, events) {
      const orders = events.map((event) => ({ ...orderPaid.parse(event.payload), traceId: event.traceId }));
      await requestInstances(platform(), tx, orders, platform().clock.now());
    },
  },
  {
    name: 'fulfilment:resolve-calls',
    types: ['ordering.line-refunded'],
    async handle(tx, events) {
      const lineIds = events.map((event) => refunded.parse(event.payload).orderLineId);
      await resolveCalls(tx, lineIds, platform().clock.now());
    },
  },
];
