/**
 * What those earn who brought the buyer: a distributor a part of the spread above the floor price, on 严选 and 严选自营
 * orders (settlement.md 3.4); a customer service provider its share (3.5); a reseller what its discount leaves (3.6).
 */
import { type Decimal, decimal } from '../../platform/exact.ts';
import type { Distributor, Line, Product, Step } from '../facts.ts';
import { ONE, term, text, ZERO } from './derivation.ts';

export interface DistributorPart {
  readonly settlement: Decimal;
  readonly steps: readonly Step[];
}

export const SOLO_RATIO = decimal('0.9');

/**
 * Each is counted of the cash consumption (S1-4). Null: nobody brought the buyer, or the class knows no distributors.
 * @throws RangeError for a scene without its ratio
 */
export function distributorPart(line: Line, product: Product, sales: Decimal): DistributorPart | null {
  const { distributor } = line;
  if (distributor === null) return null;
  const cash = sales.minus(line.nonCash).minus(line.voucherUsed);
  switch (distributor.scene) {
    case 'SOLO':
    case 'JOINT':
      return product.class === 'YANXUAN' || product.class === 'YANXUAN_SELF'
        ? spreadPart(distributor, line, product, cash)
        : null;
    case 'CSP':
      return providerPart(distributor, line, product, cash);
    case 'RESELLER':
      return resellerPart(distributor, line, cash);
  }
}

/** spread / (1 + output tax) × (1 + service tax) × 90 % or the agreed ratio (S3-16, S3-17); a negative spread is none. */
function spreadPart(distributor: Distributor, line: Line, product: Product, cash: Decimal): DistributorPart {
  const solo = distributor.scene === 'SOLO';
  const ratio = solo ? SOLO_RATIO : ratioOf(distributor, line);
  const rule = solo ? 'S3-16' : 'S3-17';
  const { spread, step } = above(distributor, line, cash, rule);
  const taxed = spread.times(ONE.plus(product.serviceTax)).times(ratio);
  const settlement = taxed.dividedBy(ONE.plus(product.outputTax));
  return {
    settlement,
    steps: [
      step,
      {
        rule,
        text: `${text(spread)} / (1 + ${text(product.outputTax)}) × (1 + ${text(product.serviceTax)}) × ${text(ratio)}`,
        value: text(settlement),
      },
    ],
  };
}

/** cash × share (S3-18); of the deal price where that is shared (S3-18a), above the authorised price where the floor is (S3-18b). */
function providerPart(distributor: Distributor, line: Line, product: Product, cash: Decimal): DistributorPart {
  const share = ratioOf(distributor, line);
  if (product.share?.mode !== 'FLOOR_DISCOUNT') {
    const settlement = cash.times(share);
    const rule = product.share === null ? 'S3-18' : 'S3-18a';
    return { settlement, steps: [{ rule, text: `${term(cash)} × ${text(share)}`, value: text(settlement) }] };
  }
  const { spread, step } = above(distributor, line, cash, 'S3-18b');
  const settlement = spread.times(share);
  const taken = { rule: 'S3-18b', text: `${text(spread)} × ${text(share)}`, value: text(settlement) };
  return { settlement, steps: [step, taken] };
}

/**
 * The reseller owes consumption × resale discount (S3-19). Its customer pays the marketplace in full, so that it is owed
 * the rest.
 */
function resellerPart(distributor: Distributor, line: Line, cash: Decimal): DistributorPart {
  const discount = ratioOf(distributor, line);
  const owes = cash.times(discount);
  const settlement = cash.minus(owes);
  return {
    settlement,
    steps: [
      { rule: 'S3-19', text: `${term(cash)} × ${text(discount)}`, value: text(owes) },
      { rule: 'S3-19', text: `${text(cash)} − ${term(owes)}`, value: text(settlement) },
    ],
  };
}

/** What was paid above the floor price of all units and periods. */
function above(distributor: Distributor, line: Line, cash: Decimal, rule: string): { spread: Decimal; step: Step } {
  const floor = distributor.floorPrice.times(line.periods).times(line.quantity);
  const spread = cash.greaterThan(floor) ? cash.minus(floor) : ZERO;
  return { spread, step: { rule, text: `${text(cash)} − ${term(floor)}`, value: text(spread) } };
}

function ratioOf({ commissionRatio }: Distributor, line: Line): Decimal {
  if (commissionRatio === null) throw new RangeError(`line ${line.id}: distributor.commissionRatio is missing`);
  return commissionRatio;
}
