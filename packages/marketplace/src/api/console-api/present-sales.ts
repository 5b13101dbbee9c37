/** How products are sold, as their seller and the operator see it. */
import type { z } from 'zod';
import {
  accessRules,
  available,
  contentOf,
  creditOf,
  DEFAULT_STOCK,
  effectiveTarget,
  hiddenSpecifications,
  type ListedRow,
  listsOf,
  NO_RULE,
  type ProductContent,
  partStates,
  regionChoices,
  type SaleRule,
  type SoldProduct,
  type Specification,
  type Stock,
  saleRulesOf,
  soldProducts,
  stockChanges,
  stockOfProducts,
  targetChoices,
} from '../../catalog/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import type * as schemas from './sales-schemas.ts';

type View<S extends z.ZodType> = z.infer<S>;
const SHOWN_CHANGES = 10;
const MOST_RELATED = 200;

export async function presentSalesProducts(
  executor: Executor,
  products: readonly SoldProduct[],
): Promise<View<typeof schemas.salesProducts>['items']> {
  const goodsIds = products.map(({ goodsId }) => goodsId);
  const rules = await saleRulesOf(executor, goodsIds);
  const stock = await stockOfProducts(executor, goodsIds);
  return Promise.all(
    products.map(async ({ goodsId, version, state, hidden }) => {
      const content = await contentOf(executor, goodsId, version);
      const left = isCounted(content)
        ? content.specifications.flatMap(({ skus }) =>
            skus.map(({ skuCode }) => available(stock.get(skuCode) ?? DEFAULT_STOCK)),
          )
        : [];
      return {
        goodsId,
        name: content.name,
        accessType: content.accessType,
        state,
        hidden,
        target: rules.get(goodsId)?.get('')?.target ?? 'ALL',
        leastStock: left.length > 0 ? Math.min(...left) : null,
      };
    }),
  );
}

const isCounted = ({ accessType, licenseVariant }: ProductContent) => accessRules(accessType, licenseVariant).stock;

/** Everything that is set of one product. */
export async function presentSales(
  executor: Executor,
  product: SoldProduct,
): Promise<View<typeof schemas.salesSettings>> {
  const { goodsId, sellerId, site, version } = product;
  const content = await contentOf(executor, goodsId, version);
  const rules = (await saleRulesOf(executor, [goodsId])).get(goodsId) ?? new Map<string, SaleRule>();
  const lists = await listsOf(executor, goodsId);
  const rule = rules.get('') ?? NO_RULE;
  const others = await soldProducts(executor, {
    scope: { kind: 'seller', sellerId, goodsIds: null },
    limit: MOST_RELATED,
  });
  const parts = { lists, rules, product, content, stock: await stockViews(executor, content, goodsId) };
  const states = await partStates(executor, goodsId);
  const hidden = await hiddenSpecifications(executor, [goodsId]);
  return {
    goodsId,
    name: content.name,
    sellerId,
    accessType: content.accessType,
    state: product.state,
    hidden: product.hidden,
    target: targetView(rule, lists, '', rule.target ?? 'ALL'),
    limit: rule.limit ?? null,
    trial: trialView(rule, lists, ''),
    regions: rule.regions ?? null,
    regionChoices: [...regionChoices(site)],
    credit: { ...creditOf(rule, content.class), buyers: buyersOf(lists, '', 'CREDIT') },
    specifications: content.specifications.map((specification) =>
      specificationView(parts, specification, {
        state: states.get(specification.specificationId) ?? 'STOPPED',
        hidden: hidden.has(specification.specificationId),
      }),
    ),
    relatedChoices: await Promise.all(
      others
        .filter((other) => other.goodsId !== goodsId)
        .map(async (other) => ({
          goodsId: other.goodsId,
          name: (await contentOf(executor, other.goodsId, other.version)).name,
        })),
    ),
  };
}

interface Parts {
  readonly lists: readonly ListedRow[];
  readonly rules: ReadonlyMap<string, SaleRule>;
  readonly product: SoldProduct;
  readonly content: ProductContent;
  readonly stock: ReadonlyMap<string, View<typeof schemas.stockOfSku>>;
}

function specificationView(
  { lists, rules, product, stock }: Parts,
  specification: Specification,
  shown: { readonly state: 'ON_SALE' | 'STOPPED'; readonly hidden: boolean },
): View<typeof schemas.salesSpecification> {
  const { specificationId, name, chargingMode, linearAttribute, trial, skus } = specification;
  const above = rules.get('') ?? NO_RULE;
  const rule = rules.get(specificationId) ?? NO_RULE;
  return {
    specificationId,
    name,
    chargingMode,
    hasQuantity: linearAttribute !== null,
    hasTrial: trial !== null,
    ...shown,
    target: rule.target === undefined ? null : targetView(rule, lists, specificationId, rule.target),
    effectiveTarget: effectiveTarget({ product: above, specification: rule }),
    targetChoices: [...targetChoices(above.target ?? 'ALL', product.site)],
    limit: rule.limit ?? null,
    trial: trial === null ? null : trialView(rule, lists, specificationId),
    stock: skus.flatMap(({ skuCode }) => stock.get(skuCode) ?? []),
  };
}

const buyersOf = (lists: readonly ListedRow[], level: string, list: ListedRow['list']) =>
  lists
    .filter((row) => row.level === level && row.list === list)
    .map(({ buyerId, accountName }) => ({ buyerId, accountName }));

const targetView = (
  { relatedIds }: SaleRule,
  lists: readonly ListedRow[],
  level: string,
  kind: View<typeof schemas.saleTargetKind>,
): View<typeof schemas.saleTarget> => ({ kind, relatedIds, buyers: buyersOf(lists, level, 'TARGET') });

const trialView = (
  { trial }: SaleRule,
  lists: readonly ListedRow[],
  level: string,
): View<typeof schemas.trialSetting> => ({
  access: trial.access ?? 'DEFINED',
  buyers: buyersOf(lists, level, 'TRIAL'),
  repeatable: trial.repeatable ?? null,
});

async function stockViews(
  executor: Executor,
  content: ProductContent,
  goodsId: string,
): Promise<Map<string, View<typeof schemas.stockOfSku>>> {
  if (!isCounted(content)) return new Map();
  const skus = content.specifications.flatMap((specification) => specification.skus);
  const stock = await stockOfProducts(executor, [goodsId]);
  const changes = await stockChanges(
    executor,
    skus.map(({ skuCode }) => skuCode),
    SHOWN_CHANGES,
  );
  return new Map(
    skus.map(({ skuCode, attributes }) => {
      const kept: Stock = stock.get(skuCode) ?? DEFAULT_STOCK;
      const own = changes
        .filter((each) => each.skuCode === skuCode)
        .map(({ at, change, note, by }) => ({ at: at.toISOString(), change, note, by }));
      return [skuCode, { skuCode, attributes, ...kept, available: available(kept), changes: own }];
    }),
  );
}
