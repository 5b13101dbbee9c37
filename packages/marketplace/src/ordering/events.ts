/** What ordering tells, as schemas: a subscriber parses what it hears. */
import { z } from 'zod';
import { localizedText } from '../catalog/index.ts';
import { lineSnapshot } from './store.ts';

export const paidLine = z.object({
  orderLineId: z.string(),
  buyerId: z.string(),
  sellerId: z.string(),
  goodsId: z.string(),
  version: z.number(),
  specificationId: z.string(),
  skuCode: z.string(),
  chargingMode: z.enum(['PERIOD', 'ONE_TIME']),
  quantity: z.number(),
  expireAt: z.iso.datetime().nullable(),
  productName: localizedText,
  specificationName: localizedText,
  linearAttribute: lineSnapshot.shape.linearAttribute,
});
export type PaidLine = z.infer<typeof paidLine>;
/** `ordering.order-paid` */
export const orderPaid = z.object({ orderId: z.string(), lines: z.array(paidLine).min(1) });
