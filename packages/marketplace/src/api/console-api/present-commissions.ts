/** Commissions as the console shows them: nothing of the seller's own part is told. */
import { SITES } from '../../platform/site.ts';
import { CLASSES, type CommissionLine, type Explained } from '../../settlement/index.ts';
import type * as schemas from './distributor-schemas.ts';
import { conditionText, kindOf, number, orNull, waitingText } from './present-settlement.ts';

export function presentCommission(line: CommissionLine): schemas.CommissionLineView {
  return {
    lineId: line.lineId,
    originalLineId: line.originalLineId,
    orderId: line.orderId,
    kind: kindOf(line.kind),
    class: CLASSES.find((each) => each === line.class) ?? 'GENERAL',
    productName: line.productName,
    currency: SITES[line.site].currency,
    placedAt: line.placedAt.toISOString(),
    state: line.state,
    billPeriod: line.billPeriod,
    sales: orNull(line.sales),
    cash: orNull(line.cash),
    commission: orNull(line.commission),
    waitingFor: line.waiting.map(({ rule, text }) => ({ rule, text: waitingText(text) })),
  };
}

export function presentCommissionDetail(
  line: CommissionLine,
  { distributor, conditions, earliestBill }: Explained,
): schemas.CommissionDetailView {
  const shown = presentCommission(line);
  return {
    ...shown,
    commission: distributor ? number(distributor.settlement) : shown.commission,
    derivation: (distributor?.steps ?? []).map((step) => ({ ...step })),
    conditions: conditions.map(({ rule, met }) => ({ rule, text: conditionText(rule), met: met.toISOString() })),
    earliestBill,
  };
}
