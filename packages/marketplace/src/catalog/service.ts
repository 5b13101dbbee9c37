/** What is for sale, and what it costs now. */
import type { Executor } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { isUuid } from '../platform/uuid.ts';
import { type ProductContent, type ProductInput, productContent, type Specification } from './definition.ts';
import { indexProduct } from './finding/index-product.ts';
import { type Quote, quote } from './model.ts';
import * as store from './store.ts';

export interface PricedOffer {
  readonly offer: store.OfferRow;
  readonly content: ProductContent;
  readonly specification: Specification;
  readonly quote: Quote;
}
export interface OfferInput {
  readonly priceItemId: string;
  readonly quantity?: number | undefined;
  readonly periodNumber?: number | undefined;
}

export interface NewProduct extends Omit<store.NewProduct, 'content'> {
  readonly content: ProductInput;
}

/** Puts a product on sale as version 1. @throws ZodError naming member and rule when the definition breaks one */
export async function publishProduct(executor: Executor, product: NewProduct, now: Date): Promise<void> {
  await store.insertProduct(executor, { ...product, content: productContent.parse(product.content) }, now);
  await indexProduct(executor, product.goodsId);
}

/**
 * The current price of price items, for page, confirmation and order alike. Refuses in the order of catalogue.md 13.1:
 * state (NOT_ON_SALE) → quantity (INVALID_QUANTITY) → period.
 */
export async function priceOffers(executor: Executor, inputs: readonly OfferInput[]): Promise<Result<PricedOffer[]>> {
  const offers = await store.offers(
    executor,
    inputs.map((input) => input.priceItemId),
  );
  const priced: PricedOffer[] = [];
  for (const input of inputs) {
    const offer = offers.get(input.priceItemId);
    if (!offer)
      return refuse('NOT_FOUND', `there is no price item ${input.priceItemId}`, { priceItemId: input.priceItemId });
    if (!offer.on_sale)
      return refuse('NOT_ON_SALE', 'this product or specification is not on sale', {
        priceItemId: input.priceItemId,
        goodsId: offer.goods_id,
      });
    const content = await store.contentOf(executor, offer.goods_id, offer.version);
    const found = findPriceItem(content, input.priceItemId);
    if (!found)
      return refuse('NOT_ON_SALE', 'this price is not part of the current version', {
        priceItemId: input.priceItemId,
        goodsId: offer.goods_id,
      });
    const result = quote({
      priceItem: found.item,
      chargingMode: found.specification.chargingMode,
      linearAttribute: found.specification.linearAttribute,
      quantity: input.quantity,
      periodNumber: input.periodNumber,
    });
    if (!result.ok) return result;
    priced.push({ offer, content, specification: found.specification, quote: result.value });
  }
  return ok(priced);
}

function findPriceItem(content: ProductContent, priceItemId: string) {
  for (const specification of content.specifications) {
    for (const sku of specification.skus) {
      const item = sku.prices.find((price) => price.priceItemId === priceItemId);
      if (item) return { specification, sku, item };
    }
  }
  return null;
}

/** A SKU with its specification in one version. */
export interface SkuInVersion {
  readonly specification: Specification;
  readonly sku: Specification['skus'][number];
}
export function skuIn(content: ProductContent, skuCode: string): SkuInVersion | null {
  for (const specification of content.specifications) {
    const sku = specification.skus.find((each) => each.skuCode === skuCode);
    if (sku) return { specification, sku };
  }
  return null;
}

/** A SKU as the current version of its product has it. */
export interface SkuOffer {
  readonly row: store.SkuRow;
  readonly content: ProductContent;
  /** null = the current version has it no longer */
  readonly current: SkuInVersion | null;
}
/** Unknown codes are absent; a code that is no UUID is unknown. */
export async function skuOffers(executor: Executor, skuCodes: readonly string[]): Promise<Map<string, SkuOffer>> {
  const offers = new Map<string, SkuOffer>();
  for (const row of (await store.skuRows(executor, skuCodes.filter(isUuid))).values()) {
    const content = await store.contentOf(executor, row.goods_id, row.version);
    offers.set(row.sku_code, { row, content, current: skuIn(content, row.sku_code) });
  }
  return offers;
}
