/** News that travels left: a line that could not be delivered is refunded. */
import { z } from 'zod';
import type { Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { linesFailed } from './outcome.ts';

const lineFailed = z.object({ orderLineId: z.string() });

export const orderingSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'ordering:refund-failed-lines',
    types: ['fulfilment.line-failed'],
    async handle(tx, events) {
      const now = platform().clock.now();
      await linesFailed(
        platform(),
        tx,
        events.map((event) => lineFailed.parse(event.payload).orderLineId),
        now,
      );
    },
  },
];
