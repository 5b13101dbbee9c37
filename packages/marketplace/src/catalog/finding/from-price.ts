/** "From" (12.2): the lowest price that a buyer could pay for one period at the minimum quantity. Pure. */
import type { Decimal } from 'decimal.js';
import { decimal, type Money, money } from '../../platform/money.ts';
import type { PriceItem, ProductContent, Specification } from '../definition.ts';
import { priceOfQuantity, quote } from '../model.ts';

export interface FromPrice {
  readonly money: Money;
  readonly periodType: PriceItem['periodType'];
  /** what one unit costs that is used (C30); only if nothing of the product has a price before it is used */
  readonly perUse: boolean;
}

/** What can be bought of a version. */
export type Purchasable = (specification: Specification, skuCode: string) => boolean;

export function fromPrice(content: ProductContent, purchasable: Purchasable): FromPrice | null {
  const prices = content.specifications.flatMap((specification) =>
    specification.skus
      .filter(({ skuCode }) => purchasable(specification, skuCode))
      .flatMap((sku) => sku.prices.map((item) => onePeriod(specification, item))),
  );
  const [lowest] = prices.toSorted(
    (a, b) => Number(a.perUse) - Number(b.perUse) || amountOf(a).comparedTo(amountOf(b)),
  );
  return lowest ?? null;
}

const amountOf = (price: FromPrice): Decimal => decimal(price.money.amount);

/** The price comes from the quote, as everywhere; usage is billed later, so its price is that of one unit. */
function onePeriod({ chargingMode, linearAttribute }: Specification, item: PriceItem): FromPrice {
  const { periodType } = item;
  const quantity = linearAttribute?.minimum ?? 1;
  if (chargingMode !== 'ON_DEMAND') {
    const priced = quote({
      priceItem: item,
      chargingMode,
      linearAttribute,
      quantity: linearAttribute ? quantity : undefined,
      periodNumber: periodType === null ? undefined : 1,
    });
    if (priced.ok) return { money: priced.value.amount, periodType, perUse: false };
  }
  return { money: money(priceOfQuantity(item, quantity), item.currency), periodType, perUse: true };
}
