import type { SpecificationView } from '@jishi/marketplace/console-api';
import * as z from 'zod/mini';

/** A free trial of a specification (B-50, C33) and, when this buyer cannot have it, the rule that says no. */
const offer = z.object({
  days: z.int(),
  blockedBy: z.nullable(z.object({ code: z.string(), message: z.object({ zh: z.string(), en: z.string() }) })),
});
export type TrialOffer = z.infer<typeof offer>;

/** The trial of a specification; null when the seller offers none. */
export function trialOf(specification: SpecificationView): TrialOffer | null {
  const found = z.object({ trial: offer }).safeParse(specification);
  return found.success ? found.data.trial : null;
}
