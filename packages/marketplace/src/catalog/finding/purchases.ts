/**
 * Who bought what, as ordering tells: news that travels left. Purchases are new orders and trials that were converted; a
 * renewal or a change continues one. They say who may review a product (12.3) and how often it was sold (12.2).
 */
import { z } from 'zod';
import type { DomainEvent, Subscription } from '../../platform/events.ts';
import { localizedText } from '../definition.ts';
import * as store from './purchase-store.ts';

const paid = z.object({
  orderId: z.string(),
  orderType: z.string(),
  placedBy: z.string(),
  lines: z.array(
    z.object({
      orderLineId: z.string(),
      buyerId: z.string(),
      goodsId: z.string(),
      productName: localizedText,
      specificationName: localizedText,
    }),
  ),
});
const completed = z.object({ orderId: z.string() });
const refunded = z.object({ orderLineId: z.string() });
/** C47: what was given back in part was bought all the same */
const executed = z.object({ originalLineIds: z.array(z.string()), inFull: z.boolean().default(true) });

export const findingSubscriptions = (): Subscription[] => [
  {
    name: 'catalog:purchases',
    types: ['ordering.order-paid', 'ordering.order-completed', 'ordering.line-refunded', 'ordering.refund-executed'],
    async handle(tx, events) {
      const of = (type: string) => events.filter((event) => event.type === `ordering.${type}`);
      await store.addPurchases(tx, of('order-paid').flatMap(purchasesOf));
      await store.refundPurchases(tx, [
        ...of('line-refunded').map(({ payload, occurredAt }) => ({
          orderLineId: refunded.parse(payload).orderLineId,
          at: occurredAt,
        })),
        ...of('refund-executed').flatMap(({ payload, occurredAt }) => {
          const { inFull, originalLineIds } = executed.parse(payload);
          return inFull ? originalLineIds.map((orderLineId) => ({ orderLineId, at: occurredAt })) : [];
        }),
      ]);
      await store.completePurchases(
        tx,
        of('order-completed').map(({ payload, occurredAt }) => ({
          orderId: completed.parse(payload).orderId,
          at: occurredAt,
        })),
      );
    },
  },
];

function purchasesOf({ payload, occurredAt }: DomainEvent): store.Purchase[] {
  const order = paid.parse(payload);
  if (order.orderType !== 'NEW' && order.orderType !== 'TRIAL_TO_FORMAL') return [];
  return order.lines.map((line) => ({ ...line, orderId: order.orderId, placedBy: order.placedBy, paidAt: occurredAt }));
}
