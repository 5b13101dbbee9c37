/** What fulfilment tells, as schemas: a subscriber parses what it hears. */
import { z } from 'zod';
import { localizedText } from '../catalog/index.ts';

/** `fulfilment.call-done`, `fulfilment.call-stopped` (aggregate `instance:<resourceId>`) */
export const callEnded = z.object({
  resourceId: z.string(),
  /** null = there is nobody to call: done at once */
  callId: z.string().nullable(),
  activity: z.string(),
  occasion: z.string(),
  orderId: z.string(),
  orderLineId: z.string(),
  sellerId: z.string(),
  buyerId: z.string(),
  instanceId: z.string().nullable(),
  productName: localizedText,
  resultCode: z.string().nullable(),
  diagnosis: z.string().nullable(),
});
export type CallEnded = z.infer<typeof callEnded>;

/**
 * `fulfilment.licence-delivered` (aggregate `order:<orderId>`): a supervised service is opened, or a licence was made; the buyer is to
 * accept it. `sealedLicence` opens with {@link openLicence}; null where there is no licence text (online provisioning, SaaS).
 */
export const licenceDelivered = z.object({
  orderId: z.string(),
  orderLineId: z.string(),
  resourceId: z.string(),
  callId: z.string(),
  instanceId: z.string().nullable(),
  sealedLicence: z.string().nullable(),
});
export type LicenceDelivered = z.infer<typeof licenceDelivered>;

/** `fulfilment.line-failed` (aggregate `order:<orderId>`) */
export const lineFailed = z.object({
  orderId: z.string(),
  orderLineId: z.string(),
  resourceId: z.string(),
  callId: z.string(),
  sellerId: z.string(),
  goodsId: z.string(),
  activity: z.string(),
  resultCode: z.string().nullable(),
  diagnosis: z.string().nullable(),
});

/** `fulfilment.attempt-failed` (aggregate `call:<callId>`), for each failed attempt that nobody waited for (N-16) */
export const attemptFailed = z.object({
  callId: z.string(),
  sellerId: z.string(),
  goodsId: z.string(),
  orderId: z.string(),
  resourceId: z.string(),
  activity: z.string(),
  attempt: z.number(),
  /** null = given up */
  nextAt: z.iso.datetime().nullable(),
  resultCode: z.string().nullable(),
  summary: localizedText,
  productName: localizedText,
});

/** `fulfilment.instances-compared` (aggregate `comparison:<goodsId>`) */
export const instancesCompared = z.object({
  sellerId: z.string(),
  goodsId: z.string(),
  occasion: z.string(),
  asked: z.array(z.string()),
  seen: z.array(z.object({ instanceId: z.string(), frontEndUrl: z.string().nullable() })),
  /** false = no answer that could be read: what is not seen may exist */
  complete: z.boolean(),
});
