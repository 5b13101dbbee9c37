/** One refund of several lines (an opening, its renewals, its changes) is one negative line per original (S3-22). Pure. */
import { type Decimal, decimal } from '../../platform/exact.ts';

/**
 * Divides a refund by what was paid for each original, in whole cents: nobody gets back more than was paid for it.
 * @param paid for each original, oldest first; together at least `amount`
 */
export function refundParts(amount: Decimal, paid: readonly Decimal[]): Decimal[] {
  const total = paid.reduce((sum, each) => sum.plus(each), decimal('0'));
  if (total.isZero()) return paid.map(() => decimal('0'));
  const parts = paid.map((each) => amount.times(each).dividedBy(total).toDecimalPlaces(2, 1));
  let left = parts.reduce((rest, part) => rest.minus(part), amount);
  return parts.map((part, place) => {
    const room = (paid[place] ?? part).minus(part);
    const more = left.lessThan(room) ? left : room;
    left = left.minus(more);
    return part.plus(more);
  });
}
