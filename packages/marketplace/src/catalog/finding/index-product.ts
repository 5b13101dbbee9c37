/** Keeps the index in step, in the transaction of whatever changed: a version, a state, what is hidden, a region. */
import { sellerNames } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { isUuid } from '../../platform/uuid.ts';
import { hiddenSpecifications } from '../by-seller.ts';
import type { ProductContent } from '../definition.ts';
import { NO_RULE, type SaleRule, trialAccess } from '../sales/model.ts';
import { saleRulesOf } from '../sales/store.ts';
import { contentOf } from '../store.ts';
import { type Entry, searchEntry } from './entry.ts';
import { lockProducts, putEntries, removeEntries, statesOf, systemsOf } from './index-store.ts';

/** Called by every command that changes what buyers see of a product. One that is not to be found leaves the index. */
export const indexProduct = (executor: Executor, goodsId: string): Promise<void> => indexProducts(executor, [goodsId]);

/** @param goodsIds at most some hundreds: their versions are in memory at once */
export async function indexProducts(executor: Executor, goodsIds: readonly string[]): Promise<void> {
  const products = await lockProducts(executor, goodsIds);
  const states = await statesOf(executor, goodsIds);
  const hidden = await hiddenSpecifications(executor, goodsIds);
  const rules = await saleRulesOf(executor, goodsIds);
  const names = await sellerNames(executor, [...new Set(products.map(({ seller_id }) => seller_id))]);
  const entries: Entry[] = [];
  for (const product of products) {
    // Most changes of state make it vanish: then its version is not needed.
    if (product.state !== 'ON_SALE' || product.visibility !== 'PUBLIC') continue;
    const content = await contentOf(executor, product.goods_id, product.current_version);
    const own = rules.get(product.goods_id) ?? new Map<string, SaleRule>();
    const entry = searchEntry({
      product,
      content,
      sellerName: names.get(product.seller_id) ?? '',
      states,
      hidden,
      regions: own.get('')?.regions ?? null,
      chosenTrials: chosenTrials(content, own),
      systems: await imageSystems(executor, content),
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

async function imageSystems(executor: Executor, content: ProductContent): Promise<string[]> {
  if (content.accessType !== 'IMAGE') return [];
  const assetIds = content.specifications.flatMap(({ assetId }) =>
    assetId !== null && isUuid(assetId) ? [assetId] : [],
  );
  return [...(await systemsOf(executor, assetIds)).values()].flat();
}

/** The seller's setting goes before what the version says (S-83). */
function chosenTrials(content: ProductContent, rules: ReadonlyMap<string, SaleRule>): Set<string> {
  const product = rules.get('') ?? NO_RULE;
  return new Set(
    content.specifications.flatMap(({ specificationId, trial }) => {
      const specification = rules.get(specificationId) ?? NO_RULE;
      const access = trialAccess({ product, specification }, specificationId, trial?.buyerIds ?? null);
      return access.kind === 'ALL' ? [] : [specificationId];
    }),
  );
}
