/** The reader's favourites as cards: from the index, and from its version for one that is not to be found now. */
import type { z } from 'zod';
import { contentOf, foundByIds, fromPrice, listFavourites, productById } from '../../catalog/index.ts';
import { sellerNames } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import type * as schemas from './opinion-schemas.ts';
import { pictureUrl, presentFound } from './present-finding.ts';
import type { Call } from './route.ts';

type Favourites = z.infer<typeof schemas.favourites>;

export async function favouritesOf(
  { platform: { db }, principal }: Call,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Favourites> {
  const { userId } = principal;
  const before = cursor === undefined ? null : decodeCursor(cursor);
  const kept = await listFavourites(db, { userId, before, limit: limit + 1 });
  const page = toPage(kept, limit, ({ createdAt, goodsId }) => ({ at: createdAt, id: goodsId }));
  const found = await foundByIds(
    db,
    page.items.map(({ goodsId }) => goodsId),
  );
  const cards = new Map((await presentFound(db, [...found.values()], userId)).map((card) => [card.goodsId, card]));
  const items = await Promise.all(
    page.items.map(async ({ goodsId }) => {
      const card = cards.get(goodsId);
      return card ? { ...card, listed: true } : unlisted(db, goodsId);
    }),
  );
  return { items: items.flatMap((item) => item ?? []), nextCursor: page.nextCursor };
}

async function unlisted(executor: Executor, goodsId: string): Promise<Favourites['items'][number] | null> {
  const product = await productById(executor, goodsId);
  if (!product) return null;
  const content = await contentOf(executor, goodsId, product.current_version);
  const names = await sellerNames(executor, [product.seller_id]);
  return {
    goodsId,
    name: content.name,
    summary: content.summary,
    sellerName: names.get(product.seller_id) ?? '',
    accessType: content.accessType,
    chargingModes: [...new Set(content.specifications.map(({ chargingMode }) => chargingMode))],
    priceFrom: product.state === 'ON_SALE' ? fromPrice(content, () => true) : null,
    sellerId: product.seller_id,
    categoryId: content.categoryId,
    logoUrl: content.logo && pictureUrl(content.logo.fileId),
    tags: content.tags,
    listedAt: product.created_at.toISOString(),
    rating: null,
    reviews: 0,
    sales: 0,
    free: false,
    trialDays: null,
    favourite: true,
    listed: false,
  };
}
