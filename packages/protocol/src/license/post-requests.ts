import { z } from 'zod';
import { baseRequests } from '../saas-v2/requests.ts';
import type { LicenseCodeActivity, ProvisioningActivity } from './dialects.ts';
import { parseLicenseTime } from './time.ts';

/**
 * Requests of the two License dialects that are POSTed as JSON (`license-and-other-types.md` 4.5, 5). Unknown members are dropped;
 * an optional member may be absent or null.
 */

const { orderId: id, productId: optionalId, expireTime, testFlag } = baseRequests.refreshInstance.shape;
const licenseTime = z
  .string()
  .max(32)
  .refine((value) => parseLicenseTime(value) !== null, 'UTC, e.g. 2026-10-27 10:30:15 z');

export const LICENSE_CODE_SCENES = ['RENEWAL', 'UNSUBSCRIBE_RENEWAL_PERIOD'] as const;

/** Authorisation code 2.0: `license` is the code that the marketplace made (4.1). */
export const licenseCodeRequests = {
  refreshLicenseCode: z.object({
    activity: z.literal('refreshLicenseCode'),
    license: id,
    scene: z.enum(LICENSE_CODE_SCENES),
    /** The new order. */
    orderId: id,
    orderLineId: id,
    /** Only where the period type changed. */
    productId: optionalId,
    /** The new end, UTC: to be set, never added. */
    expireTime,
    testFlag,
  }),
  updateLicenseCodeStatus: z.object({
    activity: z.literal('updateLicenseCodeStatus'),
    license: id,
    status: z.enum(['FREEZE', 'UNFREEZE']),
    testFlag,
  }),
  releaseLicenseCode: z.object({
    activity: z.literal('releaseLicenseCode'),
    license: id,
    /** The refund order, only where a refund caused the release. */
    orderId: optionalId,
    orderLineId: optionalId,
    testFlag,
  }),
} satisfies Record<LicenseCodeActivity, z.ZodType>;

const { newInstance, queryInstance, refreshInstance, updateInstanceStatus, releaseInstance } = baseRequests;

/** Online provisioning: what SaaS V2.0 has, and the buyer's application for a licence inside the bought quota. */
export const provisioningRequests = {
  newInstance,
  queryInstance,
  refreshInstance,
  updateInstanceStatus,
  releaseInstance,
  getLicenseAsync: z.object({
    activity: z.literal('getLicenseAsync'),
    instanceId: id,
    /** See {@link parseLicenseTime}. */
    effectiveTime: licenseTime,
    /** Mandatory for yearly/monthly: its absence is refused with 000902. */
    expireTime: licenseTime.nullish(),
    /** The marketplace's serial number; with the fingerprint it tells repeats apart. The licence is handed over under it. */
    eventId: id,
    /** The machine, where licences are bound to one; its absence there is refused with 000903. */
    deviceFingerprint: z.string().max(1024).nullish(),
    testFlag,
  }),
} satisfies Record<ProvisioningActivity, z.ZodType>;

export type RefreshLicenseCodeRequest = z.infer<typeof licenseCodeRequests.refreshLicenseCode>;
export type UpdateLicenseCodeStatusRequest = z.infer<typeof licenseCodeRequests.updateLicenseCodeStatus>;
export type ReleaseLicenseCodeRequest = z.infer<typeof licenseCodeRequests.releaseLicenseCode>;
export type LicenseCodeRequest = RefreshLicenseCodeRequest | UpdateLicenseCodeStatusRequest | ReleaseLicenseCodeRequest;
export type GetLicenseAsyncRequest = z.infer<typeof provisioningRequests.getLicenseAsync>;
export type ProvisioningRequest = z.infer<(typeof provisioningRequests)[ProvisioningActivity]>;
