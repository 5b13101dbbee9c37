/** A paid order: its sellers are asked to deliver. */
import { orderPaid } from '../ordering/index.ts';
import type { Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { requestInstances } from './service.ts';

export const fulfilmentSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'fulfilment:request-instances',
    types: ['ordering.order-paid'],
    async handle(tx, events) {
      const orders = events.map((event) => ({ ...orderPaid.parse(event.payload), traceId: event.traceId }));
      await requestInstances(platform(), tx, orders, platform().clock.now());
    },
  },
];
