/** Commissions as the console shows them: nothing of the seller's own part is told. */
import { SITES } from '../../platform/site.ts';
import {
  CLASSES,
  type CommissionBill,
  type CommissionBillDetail,
  type CommissionExplained,
  type CommissionLine,
  nextStates,
  type PaymentView,
  sentToDistributor,
} from '../../settlement/index.ts';
import type * as schemas from './distributor-schemas.ts';
import { conditionText, kindOf, number, orNull, presentPayments, waitingText } from './present-settlement.ts';

export function presentCommission(line: CommissionLine): schemas.CommissionLineView {
  return {
    lineId: line.lineId,
    originalLineId: line.originalLineId,
    orderId: line.orderId,
    kind: kindOf(line.kind),
    class: line.class === null ? null : (CLASSES.find((each) => each === line.class) ?? 'GENERAL'),
    productName: line.productName,
    currency: SITES[line.site].currency,
    placedAt: line.placedAt.toISOString(),
    state: line.state,
    billPeriod: line.billPeriod,
    sales: orNull(line.sales),
    cash: orNull(line.cash),
    commission: orNull(line.commission),
    note: line.note,
    waitingFor: line.waiting.map(({ rule, text }) => ({ rule, text: waitingText(text) })),
  };
}

export function presentCommissionDetail({
  line,
  distributor,
  conditions,
  earliestBill,
}: CommissionExplained): schemas.CommissionDetailView {
  const shown = presentCommission(line);
  return {
    ...shown,
    commission: distributor ? number(distributor.settlement) : shown.commission,
    derivation: (distributor?.steps ?? []).map((step) => ({ ...step })),
    conditions: conditions.map(({ rule, met }) => ({ rule, text: conditionText(rule), met: met.toISOString() })),
    earliestBill,
  };
}

export const presentCommissionBill = (
  bill: CommissionBill,
  names: ReadonlyMap<string, string>,
): schemas.CommissionBillView => ({
  billId: bill.billId,
  distributorId: bill.distributorId,
  distributorName: names.get(bill.distributorId) ?? bill.distributorId,
  period: bill.period,
  currency: bill.currency,
  sales: number(bill.sales),
  cash: number(bill.cash),
  total: number(bill.total),
  lines: bill.lines,
  runDay: bill.runDay,
  state: bill.state,
  held: bill.releasedAt === null,
  heldReason: bill.heldReason,
  heldNote: bill.heldNote,
  requisitionId: bill.requisitionId,
  mayView: sentToDistributor(bill),
});

/** @param may what whoever looks may do: move it on (operator), confirm or reject it (its distributor) */
export function presentCommissionBillDetail(
  detail: CommissionBillDetail,
  payments: readonly PaymentView[],
  names: ReadonlyMap<string, string>,
  may: { readonly move: boolean; readonly decide: boolean },
): schemas.CommissionBillDetailView {
  const { bill, requisition } = detail;
  return {
    ...presentCommissionBill(bill, names),
    schedule: [...detail.schedule],
    requisition: requisition && {
      requisitionId: requisition.requisitionId,
      total: number(requisition.total),
      bills: [...requisition.bills],
    },
    invoiceList: detail.invoiceList.map((each) => ({ ...each })),
    adjustments: detail.adjustments.map(({ amount, madeAt, ...each }) => ({
      ...each,
      amount: number(amount),
      madeAt: madeAt.toISOString(),
    })),
    payments: presentPayments(payments),
    history: detail.history.map((each) => ({ ...each, at: each.at.toISOString() })),
    next: may.move ? [...nextStates({ ...bill, class: null, released: bill.releasedAt !== null })] : [],
    mayDecide: may.decide && bill.state === 'TO_CONFIRM',
  };
}
