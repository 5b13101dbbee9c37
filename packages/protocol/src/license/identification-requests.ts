import { z } from 'zod';
import { amountPaidOrReturned, expireTime, integer, text } from '../saas-v1/parameters.ts';
import { parseUtc } from '../time.ts';
import type { IdentificationActivity } from './dialects.ts';

/**
 * Requests of online License 1.0 as query parameters (`license-and-other-types.md` 3.2–3.4). A schema reads the decoded texts;
 * integers become numbers, amounts stay decimal text. Unknown parameters are dropped (the token covers them all the same).
 */

const id = text(64);

const common = {
  /** UTC, `yyyyMMddHHmmssSSS`; examples with fewer digits exist, so 14 to 17 are read (3.1). */
  timeStamp: z.string().refine(isTimeStamp, 'yyyyMMddHHmmssSSS, UTC, 14 to 17 digits'),
  /** `1` = debugging call; absent and `0` are live. */
  testFlag: text(2).optional(),
};

/** The period bought; neither with chargingMode 3. */
const period = {
  /** `year` or `month`. */
  periodType: text(10).optional(),
  periodNumber: integer(2).optional(),
};

export const identificationRequests = {
  getLicense: z.object({
    activity: z.literal('getLicense'),
    ...common,
    customerId: text(100),
    customerName: text(64).optional(),
    /** Different in every request, also in repeats (L11). */
    businessId: id,
    /** The key of idempotency (L10). */
    orderId: id,
    skuCode: id.optional(),
    productId: id,
    /** An estimate, yearly/monthly only: the call at the end of use is authoritative. */
    expireTime: expireTime.optional(),
    /** 3 = one-time; not sent for yearly/monthly, but 1 is understood (Q3). */
    chargingMode: integer(3).optional(),
    ...period,
    /** The quantity bought, where the specification has that attribute (L13): carried by the one licence, no count of licences. */
    amount: integer(7)
      .refine((value) => value >= 1, 'an integer from 1 to 9999999')
      .optional(),
  }),
  refreshLicense: z.object({
    activity: z.literal('refreshLicense'),
    ...common,
    /** The new renewal order: the resource is found by instanceId. */
    orderId: id,
    instanceId: id,
    /** Only where the period type changed. */
    productId: id.optional(),
    /** The new end: to be set, never added. */
    expireTime,
    ...period,
    orderAmount: amountPaidOrReturned.optional(),
  }),
  expireLicense: z.object({
    activity: z.literal('expireLicense'),
    ...common,
    /** The order of the purchase. */
    orderId: id,
    instanceId: id,
  }),
  releaseLicense: z.object({
    activity: z.literal('releaseLicense'),
    ...common,
    /** The order of the purchase. */
    orderId: id,
    instanceId: id,
  }),
} satisfies Record<IdentificationActivity, z.ZodType>;

export type GetLicenseRequest = z.infer<typeof identificationRequests.getLicense>;
export type RefreshLicenseRequest = z.infer<typeof identificationRequests.refreshLicense>;
export type ExpireLicenseRequest = z.infer<typeof identificationRequests.expireLicense>;
export type ReleaseLicenseRequest = z.infer<typeof identificationRequests.releaseLicense>;
export type IdentificationRequest =
  | GetLicenseRequest
  | RefreshLicenseRequest
  | ExpireLicenseRequest
  | ReleaseLicenseRequest;

export type LicenseTerm =
  | { readonly kind: 'perpetual' }
  | {
      readonly kind: 'subscription';
      readonly periodType: 'year' | 'month' | null;
      readonly periodNumber: number | null;
      readonly expiresAt: Date | null;
    };

/**
 * For how long a licence is bought. Without chargingMode it is a subscription (3.2); what contradicts the mode, a period of a
 * perpetual licence or a number of no period, is left out of account (10.1).
 */
export function licenseTerm(request: GetLicenseRequest): LicenseTerm {
  if (request.chargingMode === 3) return { kind: 'perpetual' };
  const { periodType } = request;
  const known = periodType === 'year' || periodType === 'month' ? periodType : null;
  return {
    kind: 'subscription',
    periodType: known,
    periodNumber: known === null ? null : (request.periodNumber ?? null),
    expiresAt: request.expireTime === undefined ? null : parseUtc(request.expireTime),
  };
}

function isTimeStamp(value: string): boolean {
  return /^\d{14,17}$/.test(value) && parseUtc(value.slice(0, 14)) !== null;
}
