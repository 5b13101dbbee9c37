import { z } from 'zod';
import { baseRequests } from '../saas-v2/requests.ts';
import { parseUtc } from '../time.ts';
import {
  amountPaid,
  amountPaidOrReturned,
  expireTime,
  integer,
  saasExtendParams,
  text,
  timeStamp,
} from './parameters.ts';

/**
 * The base requests of V1.0 as query parameters (`saas-v1.md` 6.0.1–6.0.7). A schema reads the decoded texts and gives the
 * request: integers as numbers, amounts as decimal text, `saasExtendParams` as its list. Unknown parameters are dropped (the
 * token covers them all the same); which parameters are mandatory for a live purchase is the marketplace's to know.
 */

export const ACTIVITIES_V1 = [
  'newInstance',
  'refreshInstance',
  'expireInstance',
  'releaseInstance',
  'upgrade',
  'instanceStatus',
  'queryInstance',
] as const;
export type ActivityV1 = (typeof ACTIVITIES_V1)[number];

/** Members of every request except authToken, which is made from the others (`saas-v1.md` 2.3). */
const common = {
  /** UTC, `yyyyMMddHHmmssSSS`. */
  timeStamp,
  /** `1` = debugging call; absent and `0` are live. */
  testFlag: text(2).optional(),
};

const id = text(64);

/** The period bought; only with chargingMode 1. */
const period = {
  /** `year` or `month`. */
  periodType: text(10).optional(),
  periodNumber: integer(2).optional(),
};

/** Linear attributes: count, GB, Mbps. */
const capacity = {
  amount: integer(7).optional(),
  diskSize: integer(7).optional(),
  bandWidth: integer(7).optional(),
};

export const requestsV1 = {
  newInstance: z.object({
    activity: z.literal('newInstance'),
    ...common,
    customerId: text(100),
    customerName: text(64).optional(),
    userId: text(64).optional(),
    userName: text(64).optional(),
    /** Encrypted, as {@link decryptPrivateMemberV1} reads it. */
    mobilePhone: text(256).optional(),
    /** Encrypted, as {@link decryptPrivateMemberV1} reads it. */
    email: text(256).optional(),
    /** Different in every request, also in repeats. */
    businessId: id,
    orderId: id,
    skuCode: id.optional(),
    productId: id,
    /** `1` = trial instance. */
    trialFlag: text(2).optional(),
    expireTime: expireTime.optional(),
    /** 0 pay-per-use, 1 yearly/monthly, 3 one-time, 5 package. */
    chargingMode: integer(3).optional(),
    ...period,
    orderAmount: amountPaid.optional(),
    /** 1 immediate, 2 service supervision (Q4). */
    provisionType: integer(7).optional(),
    ...capacity,
    saasExtendParams: saasExtendParams.optional(),
  }),
  refreshInstance: z.object({
    activity: z.literal('refreshInstance'),
    ...common,
    /** The new order, not that of the purchase. */
    orderId: id,
    instanceId: id,
    productId: id.optional(),
    /** The new end: to be set, never added. */
    expireTime,
    /** Present = conversion of a trial; `1` to yearly/monthly (Q5). */
    trialToFormal: text(2).optional(),
    ...period,
    orderAmount: amountPaidOrReturned.optional(),
  }),
  expireInstance: z.object({
    activity: z.literal('expireInstance'),
    ...common,
    instanceId: id,
    /** The order of the purchase. */
    orderId: id,
  }),
  releaseInstance: z.object({
    activity: z.literal('releaseInstance'),
    ...common,
    instanceId: id,
    /** The order of the purchase. */
    orderId: id,
    orderAmount: amountPaid.optional(),
  }),
  upgrade: z.object({
    activity: z.literal('upgrade'),
    ...common,
    instanceId: id,
    /** The new order. */
    orderId: id,
    skuCode: id,
    productId: id,
    /** The new totals, not differences. */
    ...capacity,
    saasExtendParams: saasExtendParams.optional(),
  }),
  instanceStatus: z.object({
    activity: z.literal('instanceStatus'),
    ...common,
    instanceId: id,
    instanceStatus: z.enum(['FREEZE', 'NORMAL']),
  }),
  queryInstance: z.object({
    activity: z.literal('queryInstance'),
    ...common,
    /** 1 to 100 IDs separated by commas, as in V2.0. */
    instanceId: baseRequests.queryInstance.shape.instanceId,
  }),
};

export type NewInstanceRequestV1 = z.infer<typeof requestsV1.newInstance>;
export type RefreshInstanceRequestV1 = z.infer<typeof requestsV1.refreshInstance>;
export type ExpireInstanceRequestV1 = z.infer<typeof requestsV1.expireInstance>;
export type ReleaseInstanceRequestV1 = z.infer<typeof requestsV1.releaseInstance>;
export type UpgradeRequestV1 = z.infer<typeof requestsV1.upgrade>;
export type InstanceStatusRequestV1 = z.infer<typeof requestsV1.instanceStatus>;
export type QueryInstanceRequestV1 = z.infer<typeof requestsV1.queryInstance>;
export type RequestV1 =
  | NewInstanceRequestV1
  | RefreshInstanceRequestV1
  | ExpireInstanceRequestV1
  | ReleaseInstanceRequestV1
  | UpgradeRequestV1
  | InstanceStatusRequestV1
  | QueryInstanceRequestV1;

/** Whether a text names one of V1.0's seven activities. */
export function isActivityV1(text: string): text is ActivityV1 {
  return ACTIVITIES_V1.some((activity) => activity === text);
}

/**
 * What a refreshInstance means; V1.0 has no `scene` (`saas-v1.md` 6.0.2). `currentEnd` is the instance's end before it: an
 * earlier new end is a cancelled renewal too.
 */
export function renewalKindV1(
  request: RefreshInstanceRequestV1,
  currentEnd?: Date,
): 'conversion' | 'cancellation' | 'renewal' {
  if (request.trialToFormal !== undefined && request.trialToFormal !== '') return 'conversion';
  if (request.orderAmount !== undefined && /^-.*[1-9]/.test(request.orderAmount)) return 'cancellation';
  const newEnd = parseUtc(request.expireTime);
  return newEnd !== null && currentEnd !== undefined && newEnd < currentEnd ? 'cancellation' : 'renewal';
}
