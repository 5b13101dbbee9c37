/** What a row of the seller's list should settle to, and in which month, by the engine's own formulas. */
import { type Decimal, decimal } from '../../platform/exact.ts';
import { SITES, type Site } from '../../platform/site.ts';
import { periodAt } from '../calendar.ts';
import type { Line, Product, Step } from '../facts.ts';
import { text, ZERO } from '../formulas/derivation.ts';
import { settleForeign } from '../formulas/foreign.ts';
import { settleGeneral } from '../formulas/general.ts';
import { settleJoint } from '../formulas/joint.ts';
import type { InstantField, NumberField, Row } from './rows.ts';

export interface Expected {
  readonly amount: Decimal;
  readonly steps: readonly Step[];
}

/**
 * The amount the list itself names, or the formula over what the list says; terms it does not have (share, increment,
 * voucher) are the bill's. null = neither has what a formula needs.
 * @param billed the row of the bill it belongs to
 * @param original of a refund: the row of the order that was given back
 */
export function expectedOf(row: Row, billed: Row | null, original: Row | null, site: Site): Expected | null {
  const given = row.numbers.settlementAmount;
  if (given) {
    const amount = row.kind === 'REFUND' ? given.abs().negated() : given;
    return { amount, steps: [{ rule: '5.2', text: `row ${row.row} of the list`, value: text(amount) }] };
  }
  if (row.kind === 'REFUND') return refund(row, billed, original, site);
  return formula(row, billed, site);
}

/** S3-25: with the ratio of its original. */
function refund(row: Row, billed: Row | null, original: Row | null, site: Site): Expected | null {
  const amount = (salesOf(row) ?? (billed && salesOf(billed)))?.abs();
  if (!amount) return null;
  const whole = original && expectedOf(original, null, null, site);
  const paid = original && salesOf(original)?.minus(original.numbers.voucherDeduction ?? ZERO);
  if (whole && paid?.greaterThan(0)) {
    const settlement = whole.amount.times(amount).dividedBy(paid).negated();
    const ratio = `${text(whole.amount)} / ${text(paid)}`;
    return {
      amount: settlement,
      steps: [{ rule: 'S3-25', text: `−(${text(amount)} × ${ratio})`, value: text(settlement) }],
    };
  }
  const share = shareOf(row, billed);
  if (share === null) return null;
  const settlement = amount.times(share).negated();
  return {
    amount: settlement,
    steps: [{ rule: 'S3-25', text: `−(${text(amount)} × ${text(share)})`, value: text(settlement) }],
  };
}

function formula(row: Row, billed: Row | null, site: Site): Expected | null {
  const number = (field: NumberField): Decimal | undefined => row.numbers[field] ?? billed?.numbers[field];
  const sales = salesOf(row) ?? (billed && salesOf(billed));
  const productClass = row.productClass ?? billed?.productClass ?? 'GENERAL';
  const increment = number('increment') ?? ZERO;
  const share = shareOf(row, billed);
  if (!sales || share === null) return null;
  const feeRatio = decimal('1').plus(increment).minus(share);
  const management = number('managementFee');
  const managementFeeRatio =
    number('managementFeeRatio') ?? (management && !sales.isZero() ? management.dividedBy(sales) : null);
  const tax = number('taxRate') ?? ZERO;
  const product: Product = {
    id: row.orderLineId,
    sellerId: '',
    class: productClass,
    supervised: false,
    feeRatio,
    share: { mode: 'DEAL_PRICE', ratio: share, floorDiscount: null },
    // a bill prints one rate: what is divided by is multiplied by again (S3-11, S3-13)
    outputTax: tax,
    sellerInvoiceTax: tax,
    serviceTax: ZERO,
    managementFeeRatio,
  };
  const line = lineOf(row, sales, number('voucherDeduction') ?? ZERO);
  const settled =
    productClass !== 'GENERAL'
      ? settleJoint(line, product)
      : site === 'CN'
        ? settleGeneral(line, product, increment)
        : settleForeign(line, product);
  return { amount: settled.settlement, steps: settled.steps };
}

/** The whole share of the seller, increment included. */
function shareOf(row: Row, billed: Row | null): Decimal | null {
  const own = row.numbers.sellerShare ?? (row.numbers.feeRatio && decimal('1').minus(row.numbers.feeRatio));
  const theirs =
    billed && (billed.numbers.sellerShare ?? (billed.numbers.feeRatio && decimal('1').minus(billed.numbers.feeRatio)));
  const share = own ?? theirs;
  return share ? share.plus(row.numbers.increment ?? billed?.numbers.increment ?? ZERO) : null;
}

/** Unit price × duration × quantity where all is there, else the amount (S3-1). */
export function salesOf({ numbers, kind }: Row): Decimal | undefined {
  const { transactionAmount, unitPrice, duration, quantity } = numbers;
  if (transactionAmount) return transactionAmount;
  if (!unitPrice || kind === 'REFUND') return undefined;
  return unitPrice.times(duration ?? 1).times(quantity ?? 1);
}

function lineOf(row: Row, sales: Decimal, voucherUsed: Decimal): Line {
  const { unitPrice, duration, quantity } = row.numbers;
  const product = unitPrice?.times(duration ?? 1).times(quantity ?? 1);
  const plain = product?.equals(sales) ? unitPrice : undefined;
  return {
    id: row.orderLineId,
    productId: '',
    buyerId: null,
    kind: row.kind === 'RENEWAL' || row.kind === 'CHANGE' || row.kind === 'USAGE' ? row.kind : 'NEW',
    listPrice: null,
    unitPrice: plain ?? null,
    periods: duration ?? decimal('1'),
    quantity: quantity ?? decimal('1'),
    amount: plain ? null : sales,
    refundOf: null,
    placedAt: row.instants.transactionTime ?? row.instants.paidTime ?? new Date(0),
    credit: false,
    paidAt: null,
    repaidAt: null,
    nonCash: ZERO,
    voucherUsed,
    voucherSellerPart: null,
    activatedAt: null,
    effectiveAt: null,
    supervisionCompletedAt: null,
    refundCompletedAt: null,
    consumedTo: null,
    vat: ZERO,
    customerWht: ZERO,
    sellerWht: ZERO,
    dst: ZERO,
    distributor: null,
  };
}

export interface Month {
  readonly period: string;
  /** the condition that was met last; null = the list names the month itself */
  readonly by: { readonly rule: string; readonly what: string; readonly at: Date } | null;
}

const CONDITIONS: readonly (readonly [InstantField, string, string])[] = [
  ['paidTime', 'S2-3', 'paid'],
  ['repaidTime', 'S2-3', 'repaid'],
  ['supervisionCompletedTime', 'S2-4', 'service supervision completed'],
  ['effectiveTime', 'S2-5', 'in effect'],
];

/** The month in which the last condition was met (S2-11); null = the list does not say. */
export function monthOf(row: Row, billed: Row | null, site: Site): Month | null {
  if (row.period !== null) return { period: row.period, by: null };
  const met = metOf(row, billed);
  return met && { period: periodAt(met.at, site), by: met };
}

function metOf({ kind, instants }: Row, billed: Row | null): NonNullable<Month['by']> | null {
  if (kind === 'REFUND') {
    const at = instants.refundCompletedTime ?? instants.supervisionCompletedTime;
    return at ? { rule: 'S3-23', what: 'refund completed', at } : null;
  }
  // payment alone decides nothing, and a renewal counts from its own effect (S3-31)
  const decisive =
    kind === 'RENEWAL' ? instants.effectiveTime : (instants.effectiveTime ?? instants.supervisionCompletedTime);
  if (!decisive) return null;
  const times = { ...instants, repaidTime: instants.repaidTime ?? billed?.instants.repaidTime };
  return CONDITIONS.flatMap(([field, rule, what]) => {
    const at = times[field];
    return at ? [{ rule, what, at }] : [];
  }).reduce<NonNullable<Month['by']> | null>((last, each) => (last === null || each.at > last.at ? each : last), null);
}

export const zoneOf = (site: Site): string => SITES[site].timeZone;
