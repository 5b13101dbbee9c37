/** Settlement as the console shows it: lines, bills, periods. */
import type { z } from 'zod';
import type { LocalizedText } from '../../catalog/index.ts';
import { decimal, plain } from '../../platform/money.ts';
import { SITES } from '../../platform/site.ts';
import {
  type BillDetail,
  type BillView,
  billingOf,
  type Explained,
  firstDay,
  type LineView,
  lastDay,
  nextStates,
  type PaymentView,
  type PeriodView,
} from '../../settlement/index.ts';
import type { Names } from './present.ts';
import type * as schemas from './settlement-schemas.ts';

type LineShown = z.infer<typeof schemas.settlementLine>;
type LineDetailShown = z.infer<typeof schemas.settlementLineDetail>;
type BillShown = z.infer<typeof schemas.settlementBill>;
type BillDetailShown = z.infer<typeof schemas.settlementBillDetail>;
type PeriodShown = z.infer<typeof schemas.settlementPeriod>;

export const number = (text: string): string => {
  const value = decimal(text);
  return value.decimalPlaces() < 2 ? value.toFixed(2) : plain(value);
};
export const orNull = (text: string | null): string | null => (text === null ? null : number(text));
const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

export function presentLine(view: LineView, names: Names): LineShown {
  const { line, terms, bill, kind } = view;
  const repayment = line?.credit ? (line.repaidAt ? 'REPAID' : 'OPEN') : 'NOT_APPLICABLE';
  const supervised = line?.kind === 'NEW' && terms?.supervised === true;
  const supervision = supervised ? (line?.supervisionCompletedAt ? 'COMPLETED' : 'OPEN') : 'NOT_APPLICABLE';
  const share = terms?.share?.ratio ?? (terms?.feeRatio ? decimal('1').minus(terms.feeRatio.toFixed()) : null);
  return {
    lineId: view.lineId,
    orderId: view.orderId,
    kind: kindOf(kind),
    originalLineId: line?.refundOf ?? null,
    class: view.class,
    sellerId: view.sellerId,
    sellerName: names.seller(view.sellerId),
    buyerId: view.buyerId,
    buyerName: view.buyerId === null ? null : names.buyer(view.buyerId),
    goodsId: view.goodsId,
    productName: view.about.productName,
    specificationName: view.about.specificationName,
    chargingMode: view.about.chargingMode,
    currency: SITES[view.site].currency,
    placedAt: view.placedAt.toISOString(),
    paidAt: iso(line?.paidAt),
    effectiveAt: iso(line?.effectiveAt ?? line?.activatedAt ?? line?.supervisionCompletedAt),
    supervisionCompletedAt: iso(line?.supervisionCompletedAt),
    repaidAt: iso(line?.repaidAt),
    refundCompletedAt: iso(line?.refundCompletedAt),
    unitPrice: line?.unitPrice ? number(line.unitPrice.toFixed()) : null,
    periods: line?.periods.toFixed() ?? '1',
    quantity: line?.quantity.toFixed() ?? '1',
    transactionAmount: transactionOf(view),
    voucherDeduction: number(line?.voucherUsed.toFixed() ?? '0'),
    cashConsumption: number(view.cash ?? '0'),
    sellerShare: share?.toFixed() ?? null,
    managementFeeRatio: terms?.managementFeeRatio?.toFixed() ?? null,
    taxRate: terms?.outputTax.toFixed() ?? '0',
    settlementAmount: orNull(view.settlement),
    platformFee: orNull(view.platformFee),
    increment: view.increment === null ? null : plain(decimal(view.increment)),
    repaymentStatus: repayment,
    supervisionStatus: supervision,
    milestones: view.milestones,
    billing: billingOf(view),
    waitingFor: view.waiting.map(({ rule, text }) => ({ rule, text: waitingText(text) })),
    readyAt: iso(view.readyAt),
    period: view.period,
    billId: bill?.billId ?? null,
    billPeriod: view.billPeriod,
    billState: bill?.state ?? null,
    // S5-7: grey while the bill is in review, or its class has not reached the minimum
    mayViewBill: bill?.released === true && bill.state !== 'UNDER_REVIEW',
  };
}

export const kindOf = (kind: string): LineShown['kind'] => KINDS.find((each) => each === kind) ?? 'ADJUSTMENT';
const KINDS = ['NEW', 'RENEWAL', 'CHANGE', 'REFUND', 'USAGE'] as const;

/** What the buyer was charged for it; of a line that does not count yet too. */
function transactionOf({ line, settlement }: LineView): string {
  if (line === null) return number(settlement ?? '0');
  const amount = line.amount ?? line.unitPrice?.times(line.periods).times(line.quantity) ?? decimal('0');
  return number((line.kind === 'REFUND' ? amount.negated() : amount).toFixed());
}

/** @param partners names of distributors by id */
export function presentExplained(
  explained: Explained,
  names: Names,
  partners: ReadonlyMap<string, string>,
): LineDetailShown {
  const { view, steps, conditions, distributor, earliestBill, provisional } = explained;
  return {
    ...presentLine(view, names),
    derivation: steps.map((step) => ({ ...step })),
    conditions: conditions.map(({ rule, met }) => ({
      rule,
      text: conditionText(rule),
      met: met.toISOString(),
    })),
    provisional,
    earliestBill,
    distributor: distributor && {
      id: distributor.id,
      name: partners.get(distributor.id) ?? distributor.id,
      settlement: number(distributor.settlement),
      derivation: distributor.steps.map((step) => ({ ...step })),
    },
    originalSettlement: orNull(explained.originalSettlement),
    note: view.about.note ?? view.error,
  };
}

export const conditionText = (rule: string): LocalizedText => CONDITION_TEXTS[rule] ?? NO_TEXT;

export function presentBill(bill: BillView, names: Names): BillShown {
  return {
    billId: bill.billId,
    period: bill.period,
    from: firstDay(bill.period),
    to: lastDay(bill.period),
    nominalRunDay: bill.nominalRunDay,
    runDay: bill.runDay,
    sellerId: bill.sellerId,
    sellerName: names.seller(bill.sellerId),
    class: bill.class,
    site: bill.site,
    currency: bill.currency,
    sales: number(bill.sales),
    total: number(bill.total),
    platformFee: number(bill.platformFee),
    lines: bill.lines,
    state: bill.state,
    held: bill.releasedAt === null,
    heldReason: bill.heldReason,
    heldNote: bill.heldNote,
    releasedAt: iso(bill.releasedAt),
    requisitionId: bill.requisitionId,
    mayView: mayView(bill),
  };
}
const mayView = ({ releasedAt, state }: BillView): boolean => releasedAt !== null && state !== 'UNDER_REVIEW';

/** @param decides whoever looks may move it on */
export function presentBillDetail(
  detail: BillDetail,
  payments: readonly PaymentView[],
  names: Names,
  partners: ReadonlyMap<string, string>,
  decides: boolean,
): BillDetailShown {
  const { bill, requisition } = detail;
  return {
    ...presentBill(bill, names),
    schedule: [...detail.schedule],
    distributors: detail.distributors.map((each) => ({
      ...each,
      name: partners.get(each.id) ?? each.id,
      settlement: number(each.settlement),
    })),
    requisition: requisition && {
      requisitionId: requisition.requisitionId,
      total: number(requisition.total),
      bills: [...requisition.bills],
    },
    payments: presentPayments(payments),
    products: detail.products.map((each) => ({
      ...each,
      sales: number(each.sales),
      settlement: number(each.settlement),
    })),
    history: detail.history.map((each) => ({ ...each, at: each.at.toISOString() })),
    next: decides ? [...nextStates({ ...bill, released: bill.releasedAt !== null })] : [],
  };
}

/** Those that the bank made, and those that came back. */
export const presentPayments = (payments: readonly PaymentView[]): BillDetailShown['payments'] =>
  payments.flatMap(({ paymentId, state, amount, paidOn, bankReference, reason, account }) =>
    state === 'PAID' || state === 'RETURNED'
      ? [
          {
            ...{ paymentId, state, amount: number(amount), paidOn, bankReference, reason },
            account: `${account.bankName} …${account.tail}`,
          },
        ]
      : [],
  );

/** @param isNext the earliest period that is open @param today in the site's zone */
export function presentPeriod(view: PeriodView, isNext: boolean, today: string): PeriodShown {
  const due = view.runDay !== null && view.runDay <= today;
  return {
    site: view.site,
    period: view.period,
    state: view.state,
    nominalRunDay: view.nominalRunDay,
    runDay: view.runDay,
    closedAt: iso(view.closedAt),
    bills: view.bills,
    total: number(view.total),
    currency: SITES[view.site].currency,
    lines: view.lines,
    errors: view.errors,
    mayRun: view.state === 'OPEN' && isNext && due,
    obstacle: view.obstacle,
  };
}

/** The engine says it in English for files; people read their own language. */
export function waitingText(text: string): LocalizedText {
  const known = WAITING_TEXTS.find(([pattern]) => pattern.test(text));
  return { zh: known?.[1] ?? text, en: sentence(text) };
}
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const WAITING_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^the order is not paid/, '订单尚未支付'],
  [/^the buyer has not repaid/, '客户尚未还清该订单所在月份的信用欠款'],
  [/^service supervision is not completed/, '服务监管尚未完成'],
  [/^the instance is not activated/, '实例尚未开通'],
  [/^the renewal has not taken effect/, '续订尚未生效'],
  [/^the change order is not completed/, '变更订单尚未完成'],
  [/^the usage has no end time/, '用量尚无结束时间'],
  [/^the refund is not completed/, '退款尚未完成'],
  [/^refunded in full before it counted/, '计入账单前已全额退款，原订单与退款均不出账'],
  [/^settled with the rest of/, '已与原订单的剩余金额合并结算'],
  [/is not billed yet$/, '原订单尚未出账'],
  [/^a post-paid customer of the same period/, '同一账期内有后付费客户尚未还款'],
];

const NO_TEXT: LocalizedText = { zh: '条件已满足', en: 'Condition met' };
const CONDITION_TEXTS: Readonly<Record<string, LocalizedText>> = {
  'S2-3': { zh: '订单已支付；信用支付的已还款', en: 'Paid, and repaid where credit was used' },
  'S2-4': { zh: '服务监管已完成', en: 'Service supervision completed' },
  'S2-5': { zh: '订单已生效', en: 'The order took effect' },
  'S2-14': { zh: '同一账期的后付费客户已还清', en: 'Post-paid customers of the same period repaid' },
  'S3-23': { zh: '退款已完成', en: 'The refund was completed' },
  'S3-24': { zh: '续订在生效前退订', en: 'The renewal was given back before it took effect' },
};
