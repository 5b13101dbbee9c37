/**
 * A line together with its refunds: what each of them settles, when it counts, or what it still waits for (settlement.md
 * 3.8, 10). Pure. The order and its refund are two lines; a refund carries the ratio of its original back (S3-25).
 */
import type { Decimal } from '../platform/exact.ts';
import { type Condition, type Eligibility, eligibilityOf, type Waiting } from './eligibility.ts';
import type { Line, Policy, Product, Step } from './facts.ts';
import { exact, text, ZERO } from './formulas/derivation.ts';
import { distributorPart } from './formulas/distributor.ts';
import { settleForeign } from './formulas/foreign.ts';
import { type Settled, settleGeneral, takesPart } from './formulas/general.ts';
import { settleJoint } from './formulas/joint.ts';
import { salesAmount } from './formulas/sales.ts';

export interface Settlement {
  readonly sales: Decimal;
  readonly settlement: Decimal;
  readonly platformFee: Decimal;
  readonly steps: readonly Step[];
  readonly distributor: { readonly id: string; readonly settlement: Decimal; readonly steps: readonly Step[] } | null;
}
export type LineOutcome =
  | ({
      readonly kind: 'READY';
      readonly line: Line;
      readonly at: Date;
      readonly conditions: readonly Condition[];
    } & Settlement)
  | { readonly kind: 'WAITING'; readonly line: Line; readonly waitingFor: readonly Waiting[] }
  | { readonly kind: 'ERROR'; readonly line: Line; readonly rule: string; readonly text: string };

export interface Rates {
  /** the increment share of a product's month (S3-4) */
  increment(productId: string, at: Date): Decimal;
  /** when a line counts, after what the whole period waits for (S2-14) */
  wait(line: Line, product: Product, eligibility: Eligibility): Eligibility;
}

/** What a line settles by itself. @param increment of its product's month; zero for those that take no part */
export type SettleLine = (line: Line, product: Product, policy: Policy, increment: Decimal) => Settlement;

/**
 * @param refunds of this line, in any order
 * @param settle the formulas, or something that remembers what they gave
 */
export function settleRoot(
  root: Line,
  refunds: readonly Line[],
  product: Product,
  policy: Policy,
  rates: Rates,
  settle: SettleLine = settleLine,
): LineOutcome[] {
  const done = refunds.filter((refund) => refund.refundCompletedAt !== null).sort(byCompletion);
  try {
    const outcomes = settleDone(root, done, product, policy, rates, settle);
    for (const line of refunds)
      if (line.refundCompletedAt === null)
        outcomes.push(waits(line, [{ rule: 'S3-23', text: 'the refund is not completed' }]));
    return outcomes;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [root, ...refunds].map((line) => ({ kind: 'ERROR', line, rule: 'Q2', text: error.message }));
  }
}

/** What the buyer paid for a line (S7-11): its amount, VAT and all, without its voucher. */
export const paidFor = (line: Line): Decimal => salesAmount(line).minus(line.voucherUsed);

/** What a refund gives back: its amount, or the product of the three; of neither, all that was paid. */
export function refundAmount(refund: Line, paid: Decimal): Decimal {
  if (refund.amount !== null) return refund.amount;
  return refund.unitPrice === null ? paid : refund.unitPrice.times(refund.periods).times(refund.quantity);
}

function settleDone(
  root: Line,
  refunds: readonly Line[],
  product: Product,
  policy: Policy,
  rates: Rates,
  settle: SettleLine,
): LineOutcome[] {
  const own = rates.wait(root, product, eligibilityOf(root, product));
  const general = product.class === 'GENERAL' && policy.site === 'CN';
  const increment = general && own.at && takesPart(root, product) ? rates.increment(product.id, own.at) : ZERO;
  const full = settle(root, product, policy, increment);
  // nearly all lines of a large file
  if (refunds.length === 0)
    return [
      own.at === null
        ? waits(root, own.waitingFor)
        : { ...full, kind: 'READY', line: root, at: own.at, conditions: own.conditions },
    ];
  const paid = paidFor(root);
  const total = refunds.reduce((sum, refund) => sum.plus(refundAmount(refund, paid)), ZERO);
  if (total.greaterThan(paid))
    throw new RangeError(
      `line ${root.id}: its refunds of ${text(total)} are more than the ${text(paid)} that was paid`,
    );

  const early = refunds.filter((refund) => own.at === null || completed(refund) < own.at);
  const givenBack = early.reduce((sum, refund) => sum.plus(refundAmount(refund, paid)), ZERO);
  const last = early.at(-1);
  if (root.kind === 'RENEWAL' && last && givenBack.equals(paid)) {
    // S3-24: a renewal that was taken back before it took effect is billed together with its refunds, sum 0
    const together = { at: completed(last), conditions: [{ rule: 'S3-24', met: completed(last) }] };
    const lines = refundLines(root, refunds, full, paid, product, policy);
    return [
      { ...full, kind: 'READY', line: root, ...together },
      ...lines.map((line) => (line.kind === 'READY' && line.at < together.at ? { ...line, ...together } : line)),
    ];
  }
  if (early.length > 0 && givenBack.equals(paid))
    return [root, ...refunds].map((line) =>
      waits(line, [{ rule: 'S3-30', text: 'refunded in full before it counted: neither line is billed' }]),
    );
  const rest = early.length === 0 ? full : remaining(full, givenBack, paid);
  const absorbed = early.map((line) =>
    waits(line, [{ rule: 'S3-30', text: `settled with the rest of line ${root.id}` }]),
  );
  const late = refunds.filter((refund) => !early.includes(refund));
  if (own.at === null)
    return [
      waits(root, own.waitingFor),
      ...absorbed,
      ...late.map((line) => waits(line, [{ rule: 'S3-22', text: `line ${root.id} is not billed yet` }])),
    ];
  const ready = { ...rest, kind: 'READY' as const, line: root, at: own.at, conditions: own.conditions };
  return [ready, ...absorbed, ...refundLines(root, late, rest, paid.minus(givenBack), product, policy)];
}

/** The line's own formula: by site, then by class. @throws RangeError naming the term that is missing */
export function settleLine(line: Line, product: Product, policy: Policy, increment: Decimal): Settlement {
  const settled = formula(line, product, policy, increment);
  const part = distributorPart(line, product, settled.sales);
  const distributor =
    part && line.distributor
      ? { id: line.distributor.id, settlement: exact(part.settlement), steps: part.steps }
      : null;
  return {
    sales: exact(settled.sales),
    settlement: exact(settled.settlement),
    platformFee: exact(settled.platformFee),
    steps: settled.steps,
    distributor,
  };
}

function formula(line: Line, product: Product, policy: Policy, increment: Decimal): Settled {
  if (product.class !== 'GENERAL') return settleJoint(line, product);
  return policy.site === 'CN' ? settleGeneral(line, product, increment) : settleForeign(line, product);
}

/** What is left of a line whose refunds came before it counted (S3-30). */
function remaining(full: Settlement, givenBack: Decimal, paid: Decimal): Settlement {
  const part = (value: Decimal) => exact(value.times(paid.minus(givenBack)).dividedBy(paid));
  const settlement = part(full.settlement);
  const ratio = `(${text(paid)} − ${text(givenBack)}) / ${text(paid)}`;
  return {
    sales: part(full.sales),
    settlement,
    platformFee: part(full.platformFee),
    steps: [...full.steps, { rule: 'S3-30', text: `${text(full.settlement)} × ${ratio}`, value: text(settlement) }],
    distributor: full.distributor && { ...full.distributor, settlement: part(full.distributor.settlement) },
  };
}

/** Negative lines with the ratio of the original; the last one takes what is left, so that a full refund sums to zero. */
function refundLines(
  root: Line,
  refunds: readonly Line[],
  original: Settlement,
  paid: Decimal,
  product: Product,
  policy: Policy,
): LineOutcome[] {
  let left = paid;
  let settled = original.settlement;
  let fees = original.platformFee;
  let sold = original.sales;
  let distributed = original.distributor?.settlement ?? ZERO;
  const share = plainShare(root, product, policy, original);
  return refunds.map((line): LineOutcome => {
    const amount = refundAmount(line, paid);
    const last = amount.equals(left);
    const part = (whole: Decimal, rest: Decimal) =>
      last ? rest : exact(paid.isZero() ? ZERO : whole.times(amount).dividedBy(paid));
    const [settlement, fee] = [part(original.settlement, settled), part(original.platformFee, fees)];
    const distributor = part(original.distributor?.settlement ?? ZERO, distributed);
    // tax-exclusive where sales are (S1-9): a refund gives its part of the VAT back too
    const sales = root.vat.isZero() ? amount : part(original.sales, sold);
    left = left.minus(amount);
    sold = sold.minus(sales);
    settled = settled.minus(settlement);
    fees = fees.minus(fee);
    distributed = distributed.minus(distributor);
    const ratio = share ? text(share) : `${text(original.settlement)} / ${text(paid)}`;
    const step = { rule: 'S3-25', text: `−(${text(amount)} × ${ratio})`, value: text(settlement.negated()) };
    return {
      kind: 'READY',
      line,
      at: completed(line),
      conditions: [{ rule: 'S3-23', met: completed(line) }],
      sales: sales.negated(),
      settlement: settlement.negated(),
      platformFee: fee.negated(),
      steps: [step],
      distributor: original.distributor && {
        id: original.distributor.id,
        settlement: distributor.negated(),
        steps: [
          {
            rule: 'S3-25',
            text: `−(${text(amount)} × ${text(original.distributor.settlement)} / ${text(paid)})`,
            value: text(distributor.negated()),
          },
        ],
      },
    };
  });
}

/** The share in one number, where the original has one: general products of the China site without a voucher. */
function plainShare(root: Line, product: Product, policy: Policy, original: Settlement): Decimal | null {
  if (product.class !== 'GENERAL' || policy.site !== 'CN' || !root.voucherUsed.isZero() || original.sales.isZero())
    return null;
  return original.settlement.dividedBy(original.sales).toDecimalPlaces(6);
}

/** Only completed refunds get here. */
const completed = (refund: Line): Date => refund.refundCompletedAt ?? refund.placedAt;
const byCompletion = (one: Line, other: Line): number => completed(one).getTime() - completed(other).getTime();
const waits = (line: Line, waitingFor: readonly Waiting[]): LineOutcome => ({ kind: 'WAITING', line, waitingFor });
