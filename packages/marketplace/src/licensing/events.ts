/** What licensing tells, as schemas; and what it hears from the instances to its right, which tell by events. */
import { z } from 'zod';
import { localizedText } from '../catalog/index.ts';
import { FREEZE_REASONS } from './model.ts';

/** `licensing.code-picked-up` (aggregate `order:<orderId>`): no negotiated refund from then on (4.1) */
export const codePickedUp = z.object({
  orderId: z.string(),
  orderLineId: z.string(),
  resourceId: z.string(),
  pickedUpAt: z.iso.datetime(),
});
/** `licensing.code-activated` (aggregate `order:<orderId>`): activatedAt = the real opening time (4.1) */
export const codeActivated = z.object({
  orderId: z.string(),
  orderLineId: z.string(),
  resourceId: z.string(),
  sellerId: z.string(),
  activatedAt: z.iso.datetime(),
});
/** `licensing.licence-requested` (aggregate `instance:<resourceId>`): the seller is to make a licence (5) */
export const licenceRequested = z.object({
  eventId: z.string(),
  resourceId: z.string(),
  orderId: z.string(),
  buyerId: z.string(),
  sellerId: z.string(),
  goodsId: z.string(),
  productName: localizedText,
  instanceId: z.string(),
  effectiveTime: z.iso.datetime(),
  expireTime: z.iso.datetime().nullable(),
  deviceFingerprint: z.string().nullable(),
});
export type LicenceRequested = z.infer<typeof licenceRequested>;
/** `licensing.licence-granted`, `licensing.licence-refused` (aggregate `instance:<resourceId>`) */
export const licenceAnswered = z.object({
  eventId: z.string(),
  resourceId: z.string(),
  buyerId: z.string(),
  sellerId: z.string(),
  /** null = granted */
  resultCode: z.string().nullable(),
});

const ref = z.object({ resourceId: z.string(), expireAt: z.iso.datetime().nullable() });
export const HEARD = {
  'instances.ready': z.object({ ref }),
  'instances.period-changed': z.object({
    ref,
    call: z.object({ expireTime: z.iso.datetime(), productId: z.string().nullable() }),
  }),
  'instances.frozen': z.object({ ref, reason: z.enum(FREEZE_REASONS) }),
  'instances.unfrozen': z.object({ ref }),
  'instances.release-begun': z.object({ ref }),
  'ordering.line-refunded': z.object({ resourceId: z.string(), orderLineId: z.string() }),
} as const;
