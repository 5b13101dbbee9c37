/** What the console API says and hears about order notification (S-25, saas-v2.md 5.8). */
import { z } from 'zod';
import { localized } from './schemas.ts';

const choice = {
  /** all products of a delivery type, or one product */
  kind: z.enum(['DELIVERY_TYPE', 'PRODUCT']),
  /** a delivery type, e.g. SAAS, or a product's goodsId */
  value: z.string().min(1).max(64),
};
export const orderNotice = z.object({ ...choice, name: localized, address: z.string() }).openapi('OrderNotice');
export const orderNotices = z
  .object({
    items: z.array(orderNotice),
    /** what may be chosen: verified addresses with a key of class GENERAL, and the seller's products */
    addresses: z.array(z.object({ addressId: z.string(), origin: z.string() })),
    products: z.array(z.object({ goodsId: z.string(), name: localized })),
  })
  .openapi('OrderNotices');
export const newOrderNotice = z.strictObject({
  ...choice,
  addressId: z.uuid(),
  path: z
    .string()
    .max(255)
    .regex(/^\/[^\s?#]*$/, 'S-25: a path begins with / and has neither query nor fragment'),
});
export const orderNoticeKey = z.strictObject(choice);

export type OrderNoticesView = z.infer<typeof orderNotices>;
export type OrderNoticeView = z.infer<typeof orderNotice>;
export type NewOrderNotice = z.infer<typeof newOrderNotice>;
