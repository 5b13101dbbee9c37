/** A distributor on 严选 and 严选自营 orders earns a part of the spread above the floor price (settlement.md 3.4). */
import type { Decimal } from 'decimal.js';
import { decimal } from '../../platform/money.ts';
import type { Line, Product, Step } from '../facts.ts';
import { ONE, term, text, ZERO } from './derivation.ts';

export interface DistributorPart {
  readonly settlement: Decimal;
  readonly steps: readonly Step[];
}

export const SOLO_RATIO = decimal('0.9');

/**
 * spread / (1 + output tax) × (1 + service tax) × 90 % or the agreed ratio (S3-16, S3-17), where the spread is limited to
 * what was paid in cash (S1-4) and never negative. Null: the line has no distributor, or its class knows none.
 * @throws RangeError for a joint sale without its ratio
 */
export function distributorPart(line: Line, product: Product, sales: Decimal): DistributorPart | null {
  const { distributor } = line;
  if (distributor === null || (product.class !== 'YANXUAN' && product.class !== 'YANXUAN_SELF')) return null;
  const ratio = distributor.scene === 'SOLO' ? SOLO_RATIO : distributor.commissionRatio;
  if (ratio === null) throw new RangeError(`line ${line.id}: distributor.commissionRatio is missing`);
  const cash = sales.minus(line.nonCash).minus(line.voucherUsed);
  const floor = distributor.floorPrice.times(line.periods).times(line.quantity);
  const spread = cash.greaterThan(floor) ? cash.minus(floor) : ZERO;
  const taxed = spread.times(ONE.plus(product.serviceTax)).times(ratio);
  const settlement = taxed.dividedBy(ONE.plus(product.outputTax));
  const rule = distributor.scene === 'SOLO' ? 'S3-16' : 'S3-17';
  return {
    settlement,
    steps: [
      { rule, text: `${text(cash)} − ${term(floor)}`, value: text(spread) },
      {
        rule,
        text: `${text(spread)} / (1 + ${text(product.outputTax)}) × (1 + ${text(product.serviceTax)}) × ${text(ratio)}`,
        value: text(settlement),
      },
    ],
  };
}
