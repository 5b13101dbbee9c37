/** What comes back from orders that were refunded: their vouchers (S7-4, S7-5). */
import { z } from 'zod';
import type { Subscription } from '../../platform/events.ts';
import { returnVouchers } from './voucher-store.ts';

/** A delivery or change that failed is given back in full, with its voucher. */
const failed = z.object({ orderId: z.string(), orderLineId: z.string() });
/**
 * A refund in the first five days (S7-4), or of what is not in effect yet (S7-5), returns the voucher; of what is in use a
 * negotiated or late one does not (7.2, 7.3).
 */
const refunded = z.object({
  kind: z.enum(['FIVE_DAY', 'LATE', 'NEGOTIATED', 'RENEWAL']),
  originalLineIds: z.array(z.string()),
  beforeEffect: z.boolean().default(false),
});

export const offersSubscriptions = (): Subscription[] => [
  {
    name: 'catalog:return-vouchers',
    types: ['ordering.line-refunded', 'ordering.refund-executed'],
    async handle(tx, events) {
      for (const { type, payload } of events) {
        if (type === 'ordering.line-refunded') {
          const { orderId, orderLineId } = failed.parse(payload);
          await returnVouchers(tx, [{ orderId, lineIds: [orderLineId] }]);
          continue;
        }
        const { kind, originalLineIds, beforeEffect } = refunded.parse(payload);
        if ((kind === 'NEGOTIATED' || kind === 'LATE') && !beforeEffect) continue;
        for (const orderId of new Set(originalLineIds.map(orderOfLine)))
          await returnVouchers(tx, [
            { orderId, lineIds: originalLineIds.filter((lineId) => orderOfLine(lineId) === orderId) },
          ]);
      }
    },
  },
];

/** A line's id begins with its order's (openapi.md 5.1). */
const orderOfLine = (lineId: string) => lineId.slice(0, lineId.lastIndexOf('-'));
