/** What delivery tells, as schemas: a subscriber parses what it hears. All of it belongs to the order (aggregate `order:<orderId>`). */
import { z } from 'zod';
import { DELIVERY_KINDS, localizedText } from '../catalog/index.ts';

const about = {
  orderId: z.string(),
  orderLineId: z.string(),
  resourceId: z.string(),
  deliveryId: z.string(),
  kind: z.enum(DELIVERY_KINDS),
  buyerId: z.string(),
  /** the user who bought it */
  placedBy: z.string(),
  sellerId: z.string(),
  goodsId: z.string(),
  productName: localizedText,
};
/** `delivery.required`: the buyer said what it needs */
export const required = z.object(about);
/** `delivery.delivered`: by the seller, its server, or the marketplace; without supervision it is done */
export const delivered = z.object({
  ...about,
  supervised: z.boolean(),
  carrier: z.string().nullable(),
  trackingNo: z.string().nullable(),
});
/** `delivery.accepted`: validity runs from `effectiveAt` to `expireAt` (L7); null = without end */
export const accepted = z.object({
  ...about,
  by: z.enum(['BUYER', 'SYSTEM']),
  effectiveAt: z.iso.datetime(),
  expireAt: z.iso.datetime().nullable(),
});
/** `delivery.open-requested`: the seller's server is to open a supervised SaaS now (B-41) */
export const openRequested = z.object(about);
/** `delivery.failed`: its line is refunded in full (S7-7) */
export const failed = z.object({ ...about, reason: localizedText });
/** `delivery.revoked`: expiry, refund or release */
export const revoked = z.object({ ...about, reason: localizedText });
/** `delivery.restored`: a renewal revived it */
export const restored = z.object(about);
