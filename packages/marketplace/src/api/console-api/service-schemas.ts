/** Purchased services. */
import { z } from 'zod';
import { chargingMode, linearAttribute } from './market-schemas.ts';
import { instant, localized, page, pageQuery } from './schemas.ts';

export const instanceState = z.enum([
  'PROVISIONING',
  'TRIAL',
  'ACTIVE',
  'CHANGING',
  'GRACE',
  'FROZEN',
  'VIOLATION_FROZEN',
  'RELEASING',
  'RELEASED',
  'FAILED',
]);
/** What happens at expiry: renewed by hand, automatically, or not at all (B-62). */
export const expiryPolicy = z.enum(['MANUAL', 'AUTO', 'NONE']);
export const instance = z
  .object({
    resourceId: z.string(),
    /** the seller's id; null until the seller gave one */
    instanceId: z.string().nullable(),
    state: instanceState,
    goodsId: z.string(),
    productName: localized,
    specificationName: localized,
    chargingMode,
    quantity: z.number().int(),
    linearAttribute: linearAttribute.nullable(),
    orderId: z.string(),
    orderLineId: z.string(),
    buyerId: z.string(),
    buyerName: z.string(),
    sellerId: z.string(),
    sellerName: z.string(),
    createdAt: instant,
    startedAt: instant.nullable(),
    expireAt: instant.nullable(),
  })
  .openapi('Instance');
export const instanceQuery = pageQuery.extend({
  state: instanceState.optional(),
  product: z.string().max(100).optional(),
  expiryPolicy: expiryPolicy.optional(),
  /** those that end within so many days */
  endsWithinDays: z.coerce.number().int().min(0).max(366).optional(),
});
export const instancePage = page(instance).openapi('InstancePage');

export const resourceDetails = z
  .object({
    instance,
    /** application info (B-43); null until the seller delivered it */
    access: z
      .object({
        frontEndUrl: z.string(),
        adminUrl: z.string().nullable(),
        userName: z.string().nullable(),
        /** true = there is one; its text comes only by a password reveal (B-44) */
        hasPassword: z.boolean(),
        memo: z.string().nullable(),
        /** when the seller last gave these values */
        fetchedAt: instant,
        /** true = the seller did not answer just now, these are the last known values (B-45) */
        stale: z.boolean(),
      })
      .nullable(),
    usageGuide: localized,
    support: z.object({ hours: localized, phone: z.string(), email: z.string() }),
  })
  .openapi('ResourceDetails');
export const revealedPassword = z.object({ password: z.string() }).openapi('RevealedPassword');

export type InstanceView = z.infer<typeof instance>;
export type ResourceDetailsView = z.infer<typeof resourceDetails>;
