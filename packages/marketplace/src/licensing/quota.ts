/**
 * Licences that a buyer applies for inside the quantity it bought (license-and-other-types.md 5, `getLicenseAsync`). Pure.
 *
 * REQUESTED while the seller makes the licence; GRANTED when it handed it over; REFUSED when it said no, which gives the quota
 * back (L17); CLOSED when the subscription ended before.
 */
import { ok, type Result, refuse } from '../platform/result.ts';
import type { Transitions } from '../platform/state-machine.ts';

export const APPLICATION_STATES = ['REQUESTED', 'GRANTED', 'REFUSED', 'CLOSED'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

export const applicationTransitions: Transitions<ApplicationState> = {
  REQUESTED: ['GRANTED', 'REFUSED', 'CLOSED'],
  GRANTED: [],
  REFUSED: [],
  CLOSED: [],
};

/** What the seller answers for good; anything else is repeated and then waits for a person (section 5). */
export const REFUSALS: readonly string[] = ['000900', '000901', '000902', '000903'];

export interface Wanted {
  readonly effectiveAt: Date;
  readonly expireAt: Date | null;
}

/** L17: Σ granted and requested ≤ amount. @param taken how many are REQUESTED or GRANTED */
export function quotaFault(
  { effectiveAt, expireAt }: Wanted,
  bought: { readonly amount: number; readonly expireAt: Date | null },
  taken: number,
  now: Date,
): Result<null> {
  if (taken >= bought.amount)
    return refuse('QUOTA_USED_UP', 'L17: as many licences as were bought are granted or applied for', {
      amount: String(bought.amount),
      taken: String(taken),
    });
  if (bought.expireAt !== null && expireAt === null)
    return refuse('LICENCE_DATES', 'a yearly or monthly licence needs an end');
  if (expireAt !== null && expireAt <= effectiveAt) return refuse('LICENCE_DATES', 'the end is not after the start');
  if (expireAt !== null && expireAt <= now) return refuse('LICENCE_DATES', 'the end is past');
  if (bought.expireAt !== null && ((expireAt ?? bought.expireAt) > bought.expireAt || effectiveAt >= bought.expireAt))
    return refuse('LICENCE_DATES', 'the dates are outside the validity of the order', {
      expireAt: bought.expireAt.toISOString(),
    });
  return ok(null);
}
