/** What was found → what the console API shows. */
import type { z } from 'zod';
import {
  accessRules,
  averageDeliveryHours,
  CERTIFICATIONS,
  type Counts,
  categoryPath,
  type Facet,
  type FileRef,
  type Found,
  favouritesAmong,
  foundByIds,
  INDUSTRIES,
  type LocalizedText,
  type ProductContent,
  type ProductRow,
  refundRules,
  scoreOf,
  tagName,
} from '../../catalog/index.ts';
import { sellerNames } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import type * as schemas from './finding-schemas.ts';
import type { product as productSchema } from './market-schemas.ts';

type View<S extends z.ZodType> = z.infer<S>;

/** Pictures and logos of products are shown to whoever sees the product. */
export const pictureUrl = (fileId: string): string => `/api/console/files/${encodeURIComponent(fileId)}`;

/** With the names of sellers and the marks of the person who asks, asked for once. */
export async function presentFound(
  executor: Executor,
  found: readonly Found[],
  userId: string,
): Promise<View<typeof schemas.foundProduct>[]> {
  const [names, favourites] = await Promise.all([
    sellerNames(executor, [...new Set(found.map(({ sellerId }) => sellerId))]),
    favouritesAmong(
      executor,
      userId,
      found.map(({ goodsId }) => goodsId),
    ),
  ]);
  return found.map(({ card, goodsId, sellerId, listedAt, rating, reviews, sales }) => ({
    goodsId,
    name: card.name,
    summary: card.summary,
    sellerName: names.get(sellerId) ?? '',
    accessType: card.accessType,
    chargingModes: [...card.chargingModes],
    priceFrom: card.priceFrom,
    sellerId,
    categoryId: card.categoryId,
    logoUrl: card.logo && pictureUrl(card.logo.fileId),
    tags: [...card.tags],
    listedAt: listedAt.toISOString(),
    rating,
    reviews,
    sales,
    free: card.free,
    trialDays: card.trialDays,
    favourite: favourites.has(goodsId),
  }));
}

/** Choices with what people read for them. */
export async function presentCounts(
  executor: Executor,
  counts: Counts,
  countedTo: number,
): Promise<View<typeof schemas.productFacets>> {
  const sellers = await sellerNames(
    executor,
    (counts.facets.get('seller') ?? []).map(({ value }) => value),
  );
  const { total, free, trial } = counts;
  const facets = [...counts.facets].map(([facet, choices]) => ({
    facet,
    choices: choices.map(({ value, count }) => ({ value, count, name: choiceName(facet, value, sellers) })),
  }));
  return { total, countedTo, free, trial, facets };
}

/** Names of access types and charging modes are the console's own words. */
function choiceName(facet: Facet, value: string, sellers: ReadonlyMap<string, string>): LocalizedText {
  if (facet === 'category') return categoryPath(value).at(-1)?.name ?? { zh: value, en: value };
  if (facet === 'industry' || facet === 'certification') return tagName(value);
  const text = facet === 'seller' ? (sellers.get(value) ?? value) : value;
  return { zh: text, en: text };
}

export const presentClasses = (): Pick<View<typeof schemas.marketClasses>, 'industries' | 'certifications'> => ({
  industries: [...INDUSTRIES],
  certifications: [...CERTIFICATIONS],
});

type PageParts = Omit<View<typeof schemas.productPage>, keyof View<typeof productSchema>>;

/** What the product page shows besides specifications and prices (B-13). */
export async function presentPageParts(
  executor: Executor,
  product: ProductRow,
  content: ProductContent,
  userId: string,
): Promise<PageParts> {
  const { goods_id: goodsId } = product;
  const [score, listed, favourites, averageHours] = await Promise.all([
    scoreOf(executor, goodsId),
    foundByIds(executor, [goodsId]),
    favouritesAmong(executor, userId, [goodsId]),
    averageDeliveryHours(executor, goodsId),
  ]);
  return {
    sellerId: product.seller_id,
    versionName: content.version,
    logoUrl: content.logo && pictureUrl(content.logo.fileId),
    pictures: content.pictures.map(picture),
    video: content.video && picture(content.video),
    category: categoryPath(content.categoryId).map(({ categoryId, name }) => ({ categoryId, name })),
    tags: content.tags.map((tag) => ({ tag, name: tagName(tag) })),
    customerCases: content.customerCases,
    licenseVariant: content.licenseVariant,
    deliveryKind: accessRules(content.accessType, content.licenseVariant).delivery,
    deliveryDays: content.deliveryDays,
    averageDeliveryHours: averageHours,
    refundRules: refundRules(content, product.site).map((rule) => ({
      ...rule,
      chargingModes: [...rule.chargingModes],
    })),
    consultingUrl: content.consultingUrl,
    rating: score.rating,
    reviews: score.reviews,
    sales: listed.get(goodsId)?.sales ?? 0,
    favourite: favourites.has(goodsId),
    listed: listed.has(goodsId),
  };
}

const picture = ({ fileId, name }: FileRef) => ({ url: pictureUrl(fileId), name });
