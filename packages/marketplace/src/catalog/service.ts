/** What is for sale. */
import type { Executor } from '../platform/database/database.ts';
import { isUuid } from '../platform/uuid.ts';
import { type ProductContent, type ProductInput, productContent, type Specification } from './definition.ts';
import { indexProduct } from './finding/index-product.ts';
import type { Quote } from './model.ts';
import * as store from './store.ts';

/** A line at its price (`sales/offer-lines.ts`). */
export interface PricedOffer {
  readonly offer: store.OfferRow;
  readonly content: ProductContent;
  readonly specification: Specification;
  readonly quote: Quote;
}
export interface NewProduct extends Omit<store.NewProduct, 'content'> {
  readonly content: ProductInput;
}

/** Puts a product on sale as version 1. @throws ZodError naming member and rule when the definition breaks one */
export async function publishProduct(executor: Executor, product: NewProduct, now: Date): Promise<void> {
  await store.insertProduct(executor, { ...product, content: productContent.parse(product.content) }, now);
  await indexProduct(executor, product.goodsId);
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
