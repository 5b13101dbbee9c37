/** Sales amount of a line: Σ price × duration × quantity, or the amount that it names (S3-1, S3-9). */
import type { Decimal } from '../../platform/exact.ts';
import type { Line, Step } from '../facts.ts';
import { term, text } from './derivation.ts';

export interface Sales {
  readonly amount: Decimal;
  readonly steps: readonly Step[];
}

/** The amount alone. @throws RangeError naming the member that is missing */
export function salesAmount({ id, amount, unitPrice, periods, quantity }: Line): Decimal {
  if (amount !== null) return amount;
  if (unitPrice === null) throw new RangeError(`line ${id}: unitPrice or amount is missing`);
  return unitPrice.times(periods).times(quantity);
}

/** @throws RangeError naming the member that is missing */
export function salesOf(line: Line, rule: 'S3-1' | 'S3-9'): Sales {
  if (line.amount !== null)
    return { amount: line.amount, steps: [{ rule, text: text(line.amount), value: text(line.amount) }] };
  if (line.unitPrice === null) throw new RangeError(`line ${line.id}: unitPrice or amount is missing`);
  const amount = salesAmount(line);
  const product = [line.unitPrice, line.periods, line.quantity].map(term).join(' × ');
  return { amount, steps: [{ rule, text: product, value: text(amount) }] };
}
