/** Amounts divided in whole cents, so that the parts add up. Pure. */
import type { Decimal } from 'decimal.js';
import { decimal } from '../platform/money.ts';

/**
 * Divides an amount in proportion, in whole cents; what rounding leaves goes to the first with room. No part is more
 * than its own limit.
 * @param limits together at least `amount`
 */
export function divide(amount: Decimal, limits: readonly Decimal[]): Decimal[] {
  const total = limits.reduce((sum, each) => sum.plus(each), decimal('0'));
  if (amount.greaterThan(total)) throw new RangeError(`${amount.toFixed()} is more than ${total.toFixed()}`);
  if (total.isZero()) return limits.map(() => decimal('0'));
  const parts = limits.map((limit) => amount.times(limit).dividedBy(total).toDecimalPlaces(2, 1));
  let left = parts.reduce((rest, part) => rest.minus(part), amount);
  return parts.map((part, place) => {
    const room = (limits[place] ?? part).minus(part);
    const more = left.lessThan(room) ? left : room;
    left = left.minus(more);
    return part.plus(more);
  });
}
