import type { PriceItemView, ProductView, QuoteView, SkuView, SpecificationView } from '@jishi/marketplace/console-api';

/** What a buyer can choose on a product page: one price item of one SKU of one specification (B-21). Pure. */
export interface Offer {
  readonly specification: SpecificationView;
  readonly sku: SkuView;
  readonly price: PriceItemView;
}

type LinearAttribute = NonNullable<SpecificationView['linearAttribute']>;

/** All offers of a product, those that are not on sale included: the price table shows them as stopped (B-15). */
export function offersOf(product: ProductView): Offer[] {
  return product.specifications.flatMap((specification) =>
    specification.skus.flatMap((sku) => sku.prices.map((price) => ({ specification, sku, price }))),
  );
}

/** True while this offer can be bought. */
export function isOnSale(offer: Offer): boolean {
  return offer.specification.status === 'ON_SALE' && offer.sku.status === 'ON_SALE';
}

/** True when its pieces are counted and none is left (C50). */
export const isSoldOut = ({ available }: SkuView): boolean => available === 0;

/** What a link asks for: one price, or one specification. */
export interface Asked {
  readonly priceItemId?: string | undefined;
  readonly specificationId?: string | undefined;
}

/** The product as it is shown: without hidden specifications, except the one that the link leads to (C42, B-12). */
export function withoutHidden(product: ProductView, asked: Asked): ProductView {
  const isAsked = ({ specificationId, skus }: SpecificationView): boolean =>
    specificationId === asked.specificationId ||
    skus.some(({ prices }) => prices.some(({ priceItemId }) => priceItemId === asked.priceItemId));
  return { ...product, specifications: product.specifications.filter((one) => !one.hidden || isAsked(one)) };
}

/** A time that is bought. */
export interface Period {
  readonly periodType: 'month' | 'year';
  readonly periodNumber: number;
}

/** What could renew itself when it is over: only what is bought by month or year (B-61); null = nothing. */
export function renewablePeriod(
  { specification }: Offer,
  { periodType, periodNumber }: Pick<QuoteView, 'periodType' | 'periodNumber'>,
): Period | null {
  if (specification.chargingMode !== 'PERIOD' || periodType === null || periodNumber === null) return null;
  return { periodType, periodNumber };
}

/** The offer with this price item, else of this specification, else the first one on sale; undefined when there is none at all. */
export function chooseOffer(product: ProductView, { priceItemId, specificationId }: Asked): Offer | undefined {
  const offers = offersOf(product);
  const first = (among: readonly Offer[]): Offer | undefined => among.find(isOnSale) ?? among[0];
  return (
    offers.find((offer) => offer.price.priceItemId === priceItemId) ??
    first(offers.filter((offer) => offer.specification.specificationId === specificationId)) ??
    first(offers)
  );
}

/** The offer of another specification that is nearest to the present choice: the same period where there is one. */
export function switchSpecification(product: ProductView, current: Offer, specificationId: string): Offer {
  const offers = offersOf(product).filter((offer) => offer.specification.specificationId === specificationId);
  return best(offers, (offer) => score(offer.price.periodType === current.price.periodType)) ?? current;
}

/** The offer with this attribute value that keeps as many of the other values, and the period, as it can. */
export function switchAttribute(product: ProductView, current: Offer, code: string, value: string): Offer {
  const offers = siblings(product, current).filter((offer) => attributeValue(offer.sku, code) === value);
  const kept = (offer: Offer): number =>
    offer.sku.attributes.filter((one) => attributeValue(current.sku, one.code) === one.value.zh).length * 2 +
    score(offer.price.periodType === current.price.periodType);
  return best(offers, kept) ?? current;
}

/** The price items to choose from of the chosen SKU: by month, by year. What pay-per-use counts is opened all at once (C30). */
export function periodsOf(current: Offer): PriceItemView[] {
  return current.specification.chargingMode === 'ON_DEMAND' ? [] : current.sku.prices;
}

/** Each attribute of the chosen specification with the values its SKUs offer, in the seller's order. */
export function attributesOf(specification: SpecificationView) {
  const codes = [...new Set(specification.skus.flatMap((sku) => sku.attributes.map((attribute) => attribute.code)))];
  return codes.flatMap((code) => {
    const values = specification.skus.flatMap((sku) => sku.attributes.filter((attribute) => attribute.code === code));
    const first = values[0];
    const distinct = values.filter(
      (one, index) => values.findIndex((other) => other.value.zh === one.value.zh) === index,
    );
    return first === undefined ? [] : [{ code, name: first.name, values: distinct.map((one) => one.value) }];
  });
}

/** The Chinese text of an attribute's value, which identifies it among its siblings. */
export function attributeValue(sku: SkuView, code: string): string | undefined {
  return sku.attributes.find((attribute) => attribute.code === code)?.value.zh;
}

/** True when `quantity` is one the seller allows: within the limits and whole steps above the minimum (B-21). */
export function isAllowedQuantity(attribute: LinearAttribute, quantity: number): boolean {
  return (
    Number.isInteger(quantity) &&
    quantity >= attribute.minimum &&
    quantity <= attribute.maximum &&
    (quantity - attribute.minimum) % attribute.step === 0
  );
}

function siblings(product: ProductView, current: Offer): Offer[] {
  const { specificationId } = current.specification;
  return offersOf(product).filter((offer) => offer.specification.specificationId === specificationId);
}

function best(offers: readonly Offer[], rate: (offer: Offer) => number): Offer | undefined {
  const rated = offers.map((offer) => ({ offer, rate: rate(offer) + score(isOnSale(offer)) / 2 }));
  return rated.sort((left, right) => right.rate - left.rate)[0]?.offer;
}

function score(yes: boolean): number {
  return yes ? 1 : 0;
}
