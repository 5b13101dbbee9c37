/**
 * When a line counts (settlement.md 2.2, 2.3, 10): its period is the month in which its last condition came true. Pure;
 * refunds look at their original, so they are decided together with it.
 */
import type { Line, Product } from './facts.ts';

export interface Condition {
  readonly rule: string;
  readonly met: Date;
}
export interface Waiting {
  readonly rule: string;
  readonly text: string;
}
/** Either each condition is met, the last at `at`, or it says what is missing. */
export type Eligibility =
  | { readonly at: Date; readonly conditions: readonly Condition[] }
  | { readonly at: null; readonly waitingFor: readonly Waiting[] };

/** Conditions of a line that is no refund, as S2-3 … S2-5 and S2-11 have them. */
export function eligibilityOf(line: Line, product: Product): Eligibility {
  // what was bought on credit counts as paid when it is repaid, whatever is noted of the payment itself (S2-3, 10)
  const paid = line.credit ? line.repaidAt : line.paidAt;
  const supervised = line.kind === 'NEW' && product.supervised;
  const delivered = supervised ? line.supervisionCompletedAt : inEffect(line);
  const deliveryRule = supervised ? 'S2-4' : 'S2-5';
  if (paid !== null && delivered !== null) {
    const conditions = [
      { rule: 'S2-3', met: paid },
      { rule: deliveryRule, met: delivered },
    ];
    // usage is of the time it was consumed in, though it is charged some minutes or hours later (S2-11)
    return { at: line.kind === 'USAGE' && !line.credit ? delivered : later(paid, delivered), conditions };
  }
  const waitingFor: Waiting[] = [];
  if (paid === null)
    waitingFor.push({
      rule: 'S2-3',
      text: line.credit ? 'the buyer has not repaid the credit of this month' : 'the order is not paid',
    });
  if (delivered === null)
    waitingFor.push({
      rule: deliveryRule,
      text: supervised ? 'service supervision is not completed' : IN_EFFECT[line.kind],
    });
  return { at: null, waitingFor };
}

const IN_EFFECT: Readonly<Record<Line['kind'], string>> = {
  NEW: 'the instance is not activated',
  RENEWAL: 'the renewal has not taken effect',
  CHANGE: 'the change order is not completed',
  USAGE: 'the usage has no end time',
  REFUND: 'the refund is not completed',
};

/** The instant of the table of S2-11. */
function inEffect(line: Line): Date | null {
  switch (line.kind) {
    case 'NEW':
    case 'CHANGE':
      return line.activatedAt ?? line.effectiveAt;
    case 'RENEWAL':
      return line.effectiveAt ?? line.activatedAt;
    case 'USAGE':
      return line.consumedTo;
    case 'REFUND':
      return line.refundCompletedAt;
  }
}

// a comparison of dates themselves calls their conversion twice, for every condition of every line
export const later = (one: Date, other: Date): Date => (one.getTime() > other.getTime() ? one : other);
