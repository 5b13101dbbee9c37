/** Instances follow what ordering and fulfilment tell. Each handler tolerates an event it has seen before. */
import { z } from 'zod';
import { orderPaid } from '../ordering/index.ts';
import type { DomainEvent, Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { insertInstances, moveInstances, nameInstances } from './store.ts';

const paid = orderPaid.extend({ placedBy: z.string() });
const accepted = z.object({ orderLineId: z.string(), instanceId: z.string() });
const line = z.object({ orderLineId: z.string() });

export const instancesSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'instances:follow',
    types: [
      'ordering.order-paid',
      'fulfilment.instance-accepted',
      'fulfilment.instance-delivered',
      'fulfilment.line-failed',
    ],
    async handle(tx, events) {
      const of = (type: string) => events.filter((event) => event.type === type);
      const ids = (list: readonly DomainEvent[]) => list.map((event) => line.parse(event.payload).orderLineId);
      const [paidOrders, acceptedLines, delivered, failed] = [
        of('ordering.order-paid'),
        of('fulfilment.instance-accepted'),
        of('fulfilment.instance-delivered'),
        of('fulfilment.line-failed'),
      ];
      const now = platform().clock.now();
      if (paidOrders.length > 0)
        await insertInstances(
          tx,
          paidOrders.map((event) => ({ ...paid.parse(event.payload), traceId: event.traceId })),
          now,
        );
      if (acceptedLines.length > 0) {
        await nameInstances(
          tx,
          acceptedLines
            .map((event) => accepted.parse(event.payload))
            .map(({ orderLineId, instanceId }) => ({ resourceId: orderLineId, instanceId })),
        );
      }
      if (delivered.length > 0) await moveInstances(tx, ids(delivered), 'ACTIVE', now);
      if (failed.length > 0) await moveInstances(tx, ids(failed), 'FAILED', null);
    },
  },
];
