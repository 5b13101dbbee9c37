/** General products of the international and the European site (S3-8): tax-exclusive, withholding taxes named. */
import type { Line, Product } from '../facts.ts';
import { term, text } from './derivation.ts';
import type { Settled } from './general.ts';
import { salesOf } from './sales.ts';

/**
 * (price without VAT − customer's WHT) × (1 − fee) − seller's WHT − DST; the fee does not reduce the seller's own taxes.
 * @throws RangeError when no fee is agreed
 */
export function settleForeign(line: Line, product: Product): Settled {
  if (product.feeRatio === null) throw new RangeError(`product ${product.id}: feeRatio is missing`);
  const gross = salesOf(line, 'S3-1');
  const sales = gross.amount.minus(line.vat);
  const base = sales.minus(line.customerWht);
  const platformFee = base.times(product.feeRatio);
  const settlement = base.minus(platformFee).minus(line.sellerWht).minus(line.dst);
  const steps = [...gross.steps];
  if (!line.vat.isZero())
    steps.push({ rule: 'S3-8', text: `${text(gross.amount)} − ${text(line.vat)}`, value: text(sales) });
  steps.push({
    rule: 'S3-8',
    text: `(${text(sales)} − ${text(line.customerWht)}) × (1 − ${text(product.feeRatio)}) − ${term(line.sellerWht)} − ${term(line.dst)}`,
    value: text(settlement),
  });
  return { sales, settlement, platformFee, steps };
}
