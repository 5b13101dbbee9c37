import { z } from 'zod';
import { atMost100, envelope, newId, usageInfo, webAddress } from '../saas-v2/answers.ts';
import type { ActivityV1 } from './requests.ts';

/**
 * A seller's answers to V1.0's base activities (`saas-v1.md` 6.0). Unknown members are dropped, optional members may be null. The
 * schemas describe a success (000000); a refusal needs only the envelope.
 */

/** How the customer uses the product (`saas-v1.md` 6.0.1). */
const appInfo = z.object({
  frontEndUrl: webAddress.min(1),
  adminUrl: webAddress.nullish(),
  /** Encrypted. Its length is judged with its decryption: a purchase is done even when nobody can read it (5.3). */
  userName: z.string().nullish(),
  password: z.string().nullish(),
  memo: z.string().max(1024).nullish(),
});

/** `"1"` AES-256, the default when it is absent; `"2"` AES-128 (`saas-v1.md` 5.2). */
const encryptType = z.string().max(3).nullish();

const instanceInfo = z.object({
  instanceId: z.string().min(1).max(64),
  appInfo: appInfo.nullish(),
  usageInfo: atMost100(usageInfo).nullish(),
});

const plainAnswer = z.object(envelope);

export const answersV1 = {
  newInstance: z.object({ ...envelope, encryptType, instanceId: newId, appInfo: appInfo.nullish() }),
  queryInstance: z.object({ ...envelope, encryptType, info: atMost100(instanceInfo).nullish() }),
  refreshInstance: plainAnswer,
  expireInstance: plainAnswer,
  releaseInstance: plainAnswer,
  upgrade: plainAnswer,
  instanceStatus: plainAnswer,
} satisfies Record<ActivityV1, z.ZodType>;

export type AppInfoV1 = z.infer<typeof appInfo>;
export type AnswersV1 = { [A in ActivityV1]: z.infer<(typeof answersV1)[A]> };
export type AnswerV1<A extends ActivityV1> = AnswersV1[A];

/** {@link answersV1} with the activity and its answer tied together, for code that is generic in the activity. */
export const answerSchemasV1: { [A in ActivityV1]: z.ZodType<AnswerV1<A>> } = answersV1;
