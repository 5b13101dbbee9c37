/**
 * Lines of one product at one price settle alike, and catalogues have few prices: what the formulas gave is remembered.
 * A line with an amount of its own, taxes or a distributor is settled each time. Never more than `MOST_REMEMBERED`.
 */
import type { Line, Product } from './facts.ts';
import { ZERO } from './formulas/derivation.ts';
import { INCREMENT_FROM_MS } from './formulas/general.ts';
import type { SettleLine, Settlement } from './settle-root.ts';

const MOST_REMEMBERED = 50_000;

export function remembering(settle: SettleLine): SettleLine {
  const known = new Map<Product, Map<string, Settlement>>();
  let count = 0;
  return (line, product, policy, increment) => {
    if (!isPlain(line)) return settle(line, product, policy, increment);
    const { unitPrice, listPrice, periods, quantity, voucherUsed, voucherSellerPart, placedAt } = line;
    const policyOfOrder = placedAt.getTime() < INCREMENT_FROM_MS ? 'a' : 'b';
    const key = `${policyOfOrder}${increment} ${unitPrice} ${listPrice} ${periods} ${quantity} ${voucherUsed} ${voucherSellerPart}`;
    let ofProduct = known.get(product);
    const before = ofProduct?.get(key);
    if (before) return before;
    const settled = settle(line, product, policy, increment);
    if (count >= MOST_REMEMBERED) {
      known.clear();
      [ofProduct, count] = [undefined, 0];
    }
    if (!ofProduct) {
      ofProduct = new Map();
      known.set(product, ofProduct);
    }
    ofProduct.set(key, settled);
    count += 1;
    return settled;
  };
}

/** Nothing but what the key of the memory names goes into its settlement. */
const isPlain = ({ amount, distributor, vat, customerWht, sellerWht, dst }: Line): boolean =>
  amount === null && distributor === null && vat === ZERO && customerWht === ZERO && sellerWht === ZERO && dst === ZERO;
