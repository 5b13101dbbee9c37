/** Keeps the index in step, in the transaction of whatever changed: a version, a state, what is hidden, a region. */
import { sellerNames } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { hiddenSpecifications } from '../by-seller.ts';
import { contentOf } from '../store.ts';
import { type Entry, searchEntry } from './entry.ts';
import { lockProducts, putEntries, removeEntries, statesOf } from './index-store.ts';

/** Called by every command that changes what buyers see of a product. One that is not to be found leaves the index. */
export const indexProduct = (executor: Executor, goodsId: string): Promise<void> => indexProducts(executor, [goodsId]);

/** @param goodsIds at most some hundreds: their versions are in memory at once */
export async function indexProducts(executor: Executor, goodsIds: readonly string[]): Promise<void> {
  const products = await lockProducts(executor, goodsIds);
  const states = await statesOf(executor, goodsIds);
  const hidden = await hiddenSpecifications(executor, goodsIds);
  const names = await sellerNames(executor, [...new Set(products.map(({ seller_id }) => seller_id))]);
  const entries: Entry[] = [];
  for (const product of products) {
    // Most changes of state make it vanish: then its version is not needed.
    if (product.state !== 'ON_SALE' || product.visibility !== 'PUBLIC') continue;
    const entry = searchEntry({
      product,
      content: await contentOf(executor, product.goods_id, product.current_version),
      sellerName: names.get(product.seller_id) ?? '',
      states,
      hidden,
      regions: null,
      systems: [],
    });
    if (entry) entries.push(entry);
  }
  const found = new Set(entries.map(({ goodsId }) => goodsId));
  await removeEntries(
    executor,
    goodsIds.filter((goodsId) => !found.has(goodsId)),
  );
  await putEntries(executor, entries);
}
