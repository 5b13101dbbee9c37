import type { SellerCallView } from '@jishi/marketplace/console-api';

/** Calls without whose success the order line fails (consoles-and-processes.md 7.2). */
const needed: readonly string[] = ['newInstance', 'queryInstance', 'upgradeInstance', 'upgrade'];

/** What follows when a call is given up: the line is refunded, or what holds in the marketplace stays. */
export const lossOf = ({ activity }: Pick<SellerCallView, 'activity'>): 'refunds' | 'holds' =>
  needed.includes(activity) ? 'refunds' : 'holds';

/**
 * Why a call cannot be closed as done by hand: `as-restart` = Restart, which stands beside it, says why; `needs-answer` =
 * only the seller's answer tells the instance id.
 */
export function doneBlockedBy(
  call: Pick<SellerCallView, 'activity' | 'restartBlockedBy'>,
): 'as-restart' | 'needs-answer' | null {
  if (call.restartBlockedBy !== null) return 'as-restart';
  return call.activity === 'newInstance' ? 'needs-answer' : null;
}
