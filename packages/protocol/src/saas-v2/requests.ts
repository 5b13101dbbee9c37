import { z } from 'zod';
import { parseJson } from '../json.ts';
import { parseUtc } from '../time.ts';

/**
 * The base requests of `saas-v2.md` 5. Unknown members are dropped; an optional member may be absent or null.
 */

export const BASE_ACTIVITIES = [
  'newInstance',
  'queryInstance',
  'refreshInstance',
  'updateInstanceStatus',
  'releaseInstance',
  'upgradeInstance',
  'changeInstanceCheck',
] as const;
export type BaseActivity = (typeof BASE_ACTIVITIES)[number];

/** A queryInstance names at most so many instances (`saas-v2.md` 5.2, Q6). */
export const QUERY_MAX_INSTANCES = 100;

export const REFRESH_SCENES = ['TRIAL_TO_FORMAL', 'RENEWAL', 'UNSUBSCRIBE_RENEWAL_PERIOD', 'RENEWAL_CHANGE'] as const;

const id = z.string().min(1).max(64);
const optionalId = z.string().max(64).nullish();
/** `"1"` = debugging or probe; absent, null and `"0"` are live (`saas-v2.md` 1.4). */
const testFlag = z.string().max(2).nullish();

/** Target of a change check. Not tabled (Q10): an object or a JSON string, every member optional, numbers also as text. */
const changeProductInfo = z.object({
  productId: optionalId,
  skuCode: optionalId,
  linearValue: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,15}(\.\d+)?$/)
        .transform(Number),
    ])
    .nullish(),
});

export const baseRequests = {
  newInstance: z.object({
    activity: z.literal('newInstance'),
    orderId: id,
    orderLineId: id,
    businessId: id,
    testFlag,
  }),
  queryInstance: z.object({
    activity: z.literal('queryInstance'),
    /** One id or several separated by commas; see {@link splitInstanceIds}. */
    instanceId: z.string().min(1).refine(namesOneToHundred, `1 to ${QUERY_MAX_INSTANCES} IDs separated by commas`),
    testFlag,
  }),
  refreshInstance: z.object({
    activity: z.literal('refreshInstance'),
    scene: z.enum(REFRESH_SCENES),
    orderId: id,
    orderLineId: id,
    instanceId: id,
    productId: optionalId,
    /** UTC, 14 or 17 digits. */
    expireTime: z
      .string()
      .max(20)
      .refine((value) => parseUtc(value) !== null, 'yyyyMMddHHmmss or yyyyMMddHHmmssSSS, UTC'),
    testFlag,
  }),
  updateInstanceStatus: z.object({
    activity: z.literal('updateInstanceStatus'),
    instanceId: id,
    status: z.enum(['FREEZE', 'UNFREEZE']),
    testFlag,
  }),
  releaseInstance: z.object({
    activity: z.literal('releaseInstance'),
    instanceId: id,
    orderId: optionalId,
    orderLineId: optionalId,
    testFlag,
  }),
  upgradeInstance: z.object({
    activity: z.literal('upgradeInstance'),
    instanceId: id,
    orderId: id,
    orderLineId: id,
    testFlag,
  }),
  changeInstanceCheck: z.object({
    activity: z.literal('changeInstanceCheck'),
    instanceId: id,
    productInfo: z.preprocess(objectOfText, changeProductInfo),
    testFlag,
  }),
};

export type NewInstanceRequest = z.infer<typeof baseRequests.newInstance>;
export type QueryInstanceRequest = z.infer<typeof baseRequests.queryInstance>;
export type RefreshInstanceRequest = z.infer<typeof baseRequests.refreshInstance>;
export type UpdateInstanceStatusRequest = z.infer<typeof baseRequests.updateInstanceStatus>;
export type ReleaseInstanceRequest = z.infer<typeof baseRequests.releaseInstance>;
export type UpgradeInstanceRequest = z.infer<typeof baseRequests.upgradeInstance>;
export type ChangeInstanceCheckRequest = z.infer<typeof baseRequests.changeInstanceCheck>;
export type BaseRequest =
  | NewInstanceRequest
  | QueryInstanceRequest
  | RefreshInstanceRequest
  | UpdateInstanceStatusRequest
  | ReleaseInstanceRequest
  | UpgradeInstanceRequest
  | ChangeInstanceCheckRequest;

/** Whether a text names one of the seven activities. */
export function isBaseActivity(text: string): text is BaseActivity {
  return BASE_ACTIVITIES.some((activity) => activity === text);
}

/** The ids of a queryInstance, in their order, blanks around them removed. */
export function splitInstanceIds(instanceId: string): string[] {
  return instanceId
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Whether a request is a debugging or probe call, which must not change business data (`saas-v2.md` 1.4). */
export function isTestCall(request: { testFlag?: string | null | undefined }): boolean {
  return request.testFlag === '1';
}

function namesOneToHundred(instanceId: string): boolean {
  const ids = splitInstanceIds(instanceId);
  return ids.length >= 1 && ids.length <= QUERY_MAX_INSTANCES && ids.every((each) => each.length <= 64);
}

function objectOfText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const parsed = parseJson(value);
  return parsed.ok ? parsed.value : value;
}
