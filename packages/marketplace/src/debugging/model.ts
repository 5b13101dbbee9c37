/**
 * When supervision acts on a product (saas-v2.md 1.5). Decided here, because the published texts leave it open:
 *
 * - A **failing day** is a day of the site's calendar whose last finished round failed: a morning that failed and an
 *   afternoon that passed is a good day, and a repair that is proved by a round started by hand makes the day good.
 * - A round fails when one of its cases fails.
 * - Days without a finished round (nothing saved, not on sale, the marketplace was down) neither count nor end a row.
 * - The decision to freeze falls with the afternoon's round, when the day's scheduled probes are over.
 */

/** Five consecutive failing days freeze trading (saas-v2.md 1.5). */
export const FAILING_DAYS_TO_FREEZE = 5;
/** More than five failed orders in a calendar month flag a product (saas-v2.md 1.5). */
export const MOST_FAILED_ORDERS = 5;

export type Slot = 'MORNING' | 'AFTERNOON' | 'MANUAL';

export interface FinishedRound {
  /** `yyyy-MM-dd` on the site's calendar */
  readonly day: string;
  readonly finishedAt: Date;
  readonly passed: boolean;
}

/** How many days in a row, up to the newest with a round, were failing. */
export function failingDays(rounds: readonly FinishedRound[]): number {
  const lastOfDay = new Map<string, FinishedRound>();
  for (const round of rounds) {
    const known = lastOfDay.get(round.day);
    if (!known || known.finishedAt <= round.finishedAt) lastOfDay.set(round.day, round);
  }
  const newestFirst = [...lastOfDay.values()].toSorted((a, b) => (a.day < b.day ? 1 : -1));
  const firstGood = newestFirst.findIndex((round) => round.passed);
  return firstGood === -1 ? newestFirst.length : firstGood;
}

export const mustFreeze = (slot: Slot, days: number): boolean => slot === 'AFTERNOON' && days >= FAILING_DAYS_TO_FREEZE;

export const mustFlag = (failedOrders: number): boolean => failedOrders > MOST_FAILED_ORDERS;
