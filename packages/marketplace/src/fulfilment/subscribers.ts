/** A paid order: its sellers are asked to deliver. A resource whose life goes on: its seller is told. A refunded line: its calls need nobody any more. */
import { z } from 'zod';
import { licenceRequested } from '../licensing/index.ts';
import { orderPaid, refundExecuted } from '../ordering/index.ts';
import type { Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { openSupervised, requestInstances } from './creation.ts';
import { HEARD_TYPES } from './heard.ts';
import { requestLicences } from './licence.ts';
import { callSellers } from './life-cycle.ts';
import { notifyOrders } from './order-notice.ts';
import { resolveCallsOfLines, resolveOpen } from './store.ts';

const refunded = z.object({ orderLineId: z.string(), resourceId: z.string().optional() });
const ofDelivery = z.object({ orderLineId: z.string(), resourceId: z.string() });

export const fulfilmentSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'fulfilment:request-instances',
    urgent: true,
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
    urgent: true,
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
    urgent: true,
    types: ['ordering.line-refunded'],
    async handle(tx, events) {
      const lines = events.map((event) => {
        const { orderLineId, resourceId } = refunded.parse(event.payload);
        return { orderLineId, resourceId: resourceId ?? orderLineId };
      });
      await resolveCallsOfLines(tx, lines, platform().clock.now());
    },
  },
  {
    name: 'fulfilment:deliver',
    urgent: true,
    types: ['delivery.open-requested', 'delivery.delivered', 'licensing.licence-requested'],
    async handle(tx, events) {
      const now = platform().clock.now();
      const told = (type: string) =>
        events
          .filter((event) => event.type === type)
          .map((event) => ({ ...ofDelivery.parse(event.payload), traceId: event.traceId }));
      await openSupervised(platform(), tx, told('delivery.open-requested'), now);
      // Delivered by hand: its seller's server is asked no more (license-and-other-types.md 3.5).
      const delivered = told('delivery.delivered').map(({ resourceId }) => resourceId);
      if (delivered.length > 0) await resolveOpen(tx, delivered, ['getLicense'], now);
      const wanted = events
        .filter(({ type }) => type === 'licensing.licence-requested')
        .map((event) => ({ ...licenceRequested.parse(event.payload), traceId: event.traceId }));
      await requestLicences(platform(), tx, wanted, now);
    },
  },
];
