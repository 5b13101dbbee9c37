/** Joint operation, 严选, 严选自营 and Huawei products: the seller's part (settlement.md 3.3). */
import type { Decimal } from '../../platform/exact.ts';
import type { Line, Product, Step } from '../facts.ts';
import { ONE, term, text, ZERO } from './derivation.ts';
import type { Settled } from './general.ts';
import { salesOf } from './sales.ts';

/**
 * share base × (1 + the seller's invoice tax) − management fee (S3-11 … S3-15).
 * @throws RangeError when no share is agreed, or a floor discount has no list price to act on
 */
export function settleJoint(line: Line, product: Product): Settled {
  const { share, outputTax, sellerInvoiceTax } = product;
  if (share === null) throw new RangeError(`product ${product.id}: share is missing`);
  const { amount: sales, steps: first } = salesOf(line, 'S3-9');
  const before = share.mode === 'DEAL_PRICE' ? dealPrice(line, share.ratio, sales) : floorDiscount(line, product);
  const base = before.value.dividedBy(ONE.plus(outputTax));
  // one division at the end: (a / (1 + t)) × (1 + s) would round twice
  const inclusive = before.value.times(ONE.plus(sellerInvoiceTax)).dividedBy(ONE.plus(outputTax));
  const steps: Step[] = [
    ...first,
    { rule: before.rule, text: `(${before.text}) / (1 + ${text(outputTax)})`, value: text(base) },
    { rule: 'S3-13', text: `${text(base)} × (1 + ${text(sellerInvoiceTax)})`, value: text(inclusive) },
  ];
  if (product.managementFeeRatio === null) return { sales, settlement: inclusive, platformFee: ZERO, steps };
  const fee = sales.times(product.managementFeeRatio);
  const settlement = inclusive.minus(fee);
  steps.push(
    { rule: 'S3-14', text: `${text(sales)} × ${text(product.managementFeeRatio)}`, value: text(fee) },
    { rule: 'S3-15', text: `${text(inclusive)} − ${term(fee)}`, value: text(settlement) },
  );
  return { sales, settlement, platformFee: ZERO, steps };
}

interface Base {
  readonly rule: string;
  readonly text: string;
  readonly value: Decimal;
}

function dealPrice(line: Line, ratio: Decimal, sales: Decimal): Base {
  const value = sales.times(ratio);
  if (line.amount !== null || line.unitPrice === null)
    return { rule: 'S3-11', text: `${text(sales)} × ${text(ratio)}`, value };
  const factors = [line.unitPrice, ratio, line.quantity, line.periods].map(term).join(' × ');
  return { rule: 'S3-11', text: factors, value };
}

function floorDiscount(line: Line, product: Product): Base {
  const floor = product.share?.floorDiscount ?? null;
  if (product.share === null || floor === null)
    throw new RangeError(`product ${product.id}: share.floorDiscount is missing`);
  if (line.listPrice === null)
    throw new RangeError(`line ${line.id}: listPrice is missing, which a floor discount is taken of`);
  const factors = [line.listPrice, floor, product.share.ratio, line.quantity, line.periods];
  const value = factors.reduce((product_, factor) => product_.times(factor), ONE);
  return { rule: 'S3-12', text: factors.map(term).join(' × '), value };
}
