import { z } from 'zod';
import { baseAnswers, envelope } from '../saas-v2/answers.ts';
import type { LicenseActivity } from './dialects.ts';

/**
 * A seller's answers to License calls (`license-and-other-types.md` 3.2, 3.4, 4.5, 5). Unknown members are dropped. The schemas
 * describe a success (000000); a refusal needs only the envelope.
 */

const plainAnswer = z.object(envelope);

/** An id that later calls carry in a query or a body: it has to arrive unchanged. */
const sendableId = z
  .string()
  .min(1)
  .max(64)
  .refine((id) => id === id.trim() && !/[\p{Cc}\p{Cs}]/u.test(id), 'no control character, no white space at its ends');

/** Text of any length and form: a key, a code, a whole file. */
const licenseText = z.string().refine((text) => text.trim() !== '', 'the licence as text');

export const licenseAnswers = {
  getLicense: z.object({ ...envelope, instanceId: sendableId, license: licenseText }),
  refreshLicense: plainAnswer,
  expireLicense: plainAnswer,
  releaseLicense: plainAnswer,
  refreshLicenseCode: plainAnswer,
  updateLicenseCodeStatus: plainAnswer,
  releaseLicenseCode: plainAnswer,
  newInstance: baseAnswers.newInstance,
  queryInstance: baseAnswers.queryInstance,
  refreshInstance: plainAnswer,
  updateInstanceStatus: plainAnswer,
  releaseInstance: plainAnswer,
  /** The licence itself is handed over by an upload under the eventId. */
  getLicenseAsync: plainAnswer,
} satisfies Record<LicenseActivity, z.ZodType>;

export type LicenseAnswer<A extends LicenseActivity> = z.infer<(typeof licenseAnswers)[A]>;

/** {@link licenseAnswers} with the activity and its answer tied together, for code that is generic in the activity. */
export const licenseAnswerSchemas: { [A in LicenseActivity]: z.ZodType<LicenseAnswer<A>> } = licenseAnswers;
