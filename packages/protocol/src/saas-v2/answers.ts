import { z } from 'zod';
import { SECRET_MAX_CHARACTERS } from '../secrets/account-data.ts';
import { parseUtc } from '../time.ts';
import { type BaseActivity, QUERY_MAX_INSTANCES } from './requests.ts';

/**
 * A seller's answers to the base activities (`saas-v2.md` 5). Unknown members are dropped, optional members may be null.
 * The schemas describe a success (000000); a refusal needs only the envelope.
 */

export const envelope = {
  resultCode: z.string().length(6),
  resultMsg: z.string().max(255).nullish(),
};

const id = z.string().min(1).max(64);
/** A seller's new id is sent back in a list with commas (`saas-v2.md` 5.2), and has to arrive unchanged. */
export const newId = id.refine(isSendableId, 'no comma, no control character, no white space at its ends');
export const webAddress = z.string().max(512).refine(isWebAddress, 'an http or https address');
const url = webAddress.nullish();

/**
 * A list of no more elements than a query names instances (`saas-v2.md` 5.2); the elements of a longer one are not looked at,
 * so that it costs one finding and not one for each of them.
 */
export function atMost100<T extends z.ZodType>(element: T) {
  return z.array(z.unknown()).max(QUERY_MAX_INSTANCES).pipe(z.array(element));
}

/** How the customer uses the product. */
const appInfo = z.object({
  frontEndUrl: z.string().min(1).max(512).refine(isWebAddress, 'an http or https address'),
  adminUrl: url,
  userName: z.string().max(SECRET_MAX_CHARACTERS).nullish(),
  password: z.string().max(SECRET_MAX_CHARACTERS).nullish(),
  memo: z.string().max(1024).nullish(),
});

/** Usage of a pay-per-use instance or a package. `usageValue` may come as a number or as text (Double(12,4), 20 characters). */
export const usageInfo = z.object({
  relatedInstanceId: z.string().max(64).nullish(),
  usageValue: z.union([z.number(), z.string().max(20)]).refine(isUsageValue, 'a number with at most 4 decimals'),
  /** UTC, `yyyyMMddHHmmssSSS`. */
  statisticalTime: z
    .string()
    .refine((value) => value.length === 17 && parseUtc(value) !== null, 'yyyyMMddHHmmssSSS, UTC'),
  dashboardUrl: url,
});

const wireInstanceInfo = z.object({
  instanceId: id,
  appInfo: appInfo.nullish(),
  usageInfo: atMost100(usageInfo).nullish(),
  usageInfos: atMost100(usageInfo).nullish(),
});

/** One element of a queryInstance answer. */
export type InstanceInfo = Omit<z.infer<typeof wireInstanceInfo>, 'usageInfos'>;

/** One page prints `usageInfos` for `usageInfo`: both are taken, the result has `usageInfo`. */
const instanceInfo = wireInstanceInfo.transform(
  ({ usageInfos, ...instance }): InstanceInfo =>
    instance.usageInfo || !usageInfos ? instance : { ...instance, usageInfo: usageInfos },
);

const plainAnswer = z.object(envelope);

export const baseAnswers = {
  newInstance: z.object({ ...envelope, instanceId: newId }),
  queryInstance: z.object({
    ...envelope,
    /** `"1"` or `"2"` when userName and password are encrypted (`saas-v2.md` 4.1). */
    encryptType: z.string().max(3).nullish(),
    info: atMost100(instanceInfo).nullish(),
  }),
  refreshInstance: plainAnswer,
  updateInstanceStatus: plainAnswer,
  releaseInstance: plainAnswer,
  upgradeInstance: plainAnswer,
  changeInstanceCheck: plainAnswer,
} satisfies Record<BaseActivity, z.ZodType>;

export type AppInfo = z.infer<typeof appInfo>;
export type UsageInfo = z.infer<typeof usageInfo>;
export type NewInstanceAnswer = z.infer<typeof baseAnswers.newInstance>;
export type QueryInstanceAnswer = z.infer<typeof baseAnswers.queryInstance>;
export type PlainAnswer = z.infer<typeof plainAnswer>;
export type Answer<A extends BaseActivity> = z.infer<(typeof baseAnswers)[A]>;

/** {@link baseAnswers} with the activity and its answer tied together, for code that is generic in the activity. */
export const answerSchemas: { [A in BaseActivity]: z.ZodType<Answer<A>> } = baseAnswers;

/** At most 8 digits before and 4 after the point; a number in exponent form is none. */
function isUsageValue(value: number | string): boolean {
  return /^-?\d{1,8}(\.\d{1,4})?$/.test(String(value));
}

function isSendableId(id: string): boolean {
  return id === id.trim() && !/[,\p{Cc}\p{Cs}]/u.test(id);
}

/** People follow these addresses: anything but the web, e.g. `javascript:`, is refused. An empty one counts as absent. */
function isWebAddress(url: string): boolean {
  return url === '' || (/^https?:\/\/[^\p{Cc}]+$/iu.test(url) && URL.canParse(url));
}
