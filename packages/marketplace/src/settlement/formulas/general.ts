/** General products of the China site (settlement.md 3.1). */
import { type Decimal, decimal } from '../../platform/exact.ts';
import type { Line, Product, Step } from '../facts.ts';
import { ONE, text, ZERO } from './derivation.ts';
import { salesOf } from './sales.ts';

export interface Settled {
  readonly sales: Decimal;
  readonly settlement: Decimal;
  /** what the platform-fee invoice is made of; zero for other classes (S1-3) */
  readonly platformFee: Decimal;
  readonly steps: readonly Step[];
}

/** 2024-03-01 00:00 Beijing time: the increment policy (S3-4, S3-7) */
export const INCREMENT_FROM_MS = Date.parse('2024-02-29T16:00:00Z');
const STANDARD_FEE = decimal('0.05');

/** Orders from that instant on, of products whose fee is exactly 5 %; a renewal bought before keeps the old policy (S3-7). */
export const takesPart = (line: Pick<Line, 'placedAt'>, product: Pick<Product, 'feeRatio'>): boolean =>
  line.placedAt.getTime() >= INCREMENT_FROM_MS && product.feeRatio !== null && product.feeRatio.equals(STANDARD_FEE);

/** CNY in a month, from which on there is an increment share */
export const LOWEST_TIER = 500_000;

const HIGHEST_TIER = 1_000_000;
const [ONE_PERCENT, TWO_PERCENT] = [decimal('0.01'), decimal('0.02')];

/** Extra share by what the buyers of one product paid in one month: 500 000 and 1 000 000 CNY (S3-4, S3-5, Q6). */
export function incrementFor(paidInMonth: Decimal): Decimal {
  if (paidInMonth.greaterThanOrEqualTo(HIGHEST_TIER)) return TWO_PERCENT;
  return paidInMonth.greaterThanOrEqualTo(LOWEST_TIER) ? ONE_PERCENT : ZERO;
}

/**
 * sales × share − voucherUsed × sellerVoucherPart (S3-3a … S3-3d).
 * @param increment of the product's month; zero for those that take no part
 * @throws RangeError when no fee is agreed
 */
export function settleGeneral(line: Line, product: Product, increment: Decimal): Settled {
  if (product.feeRatio === null) throw new RangeError(`product ${product.id}: feeRatio is missing`);
  const fee = product.feeRatio;
  const { amount: sales, steps } = salesOf(line, 'S3-1');
  const share = ONE.minus(fee).plus(increment);
  const part = line.voucherSellerPart ?? share;
  const borne = line.voucherUsed.times(part);
  const settlement = sales.times(share).minus(borne);
  const ratio = increment.isZero() ? `(1 − ${text(fee)})` : `(1 − ${text(fee)} + ${text(increment)})`;
  return {
    sales,
    settlement,
    platformFee: sales.minus(settlement).minus(borne),
    steps: [...steps, step()],
  };

  function step(): Step {
    const value = text(settlement);
    if (line.voucherUsed.isZero()) {
      const plainFee = increment.isZero() && fee.equals(STANDARD_FEE);
      const rule = plainFee ? 'S3-3c' : policyRule();
      return { rule, text: `${text(sales)} × ${ratio}`, value };
    }
    if (line.voucherSellerPart === null)
      return { rule: policyRule(), text: `(${text(sales)} − ${text(line.voucherUsed)}) × ${ratio}`, value };
    return {
      rule: 'S3-3d',
      text: `${text(sales)} × ${text(share)} − ${text(line.voucherUsed)} × ${text(part)}`,
      value,
    };
  }
  function policyRule(): string {
    return line.placedAt.getTime() < INCREMENT_FROM_MS ? 'S3-3a' : 'S3-3b';
  }
}

/** What the buyer really paid: without vouchers and what is no cash consumption (S3-6, Q5). */
export const actualPayment = (line: Line, sales: Decimal): Decimal =>
  max(sales.minus(line.voucherUsed).minus(line.nonCash), ZERO);

const max = (one: Decimal, other: Decimal): Decimal => (one.greaterThan(other) ? one : other);
