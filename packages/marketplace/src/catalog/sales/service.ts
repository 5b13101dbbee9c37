/**
 * Sellers – and operators over their heads (O-31) – set how a product is sold. Everything takes effect at once (C48);
 * what was bought before stays as it is (C46).
 */
import { buyersByIds, type Scope } from '../../directory/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { accessRules } from '../access-types.ts';
import { setSpecificationVisibility } from '../by-seller.ts';
import type { ProductContent } from '../definition.ts';
import { indexProduct } from '../finding/index-product.ts';
import { skuIn } from '../service.ts';
import { contentOf } from '../store.ts';
import {
  changeStock,
  NO_RULE,
  type PurchaseLimit,
  type SaleRule,
  type Stock,
  type Target,
  targetChoices,
} from './model.ts';
import {
  addStockChange,
  type Listed,
  putRule,
  replaceList,
  type SoldProduct,
  saleRulesOf,
  setTotal,
  soldProducts,
  stockRow,
} from './store.ts';

export interface Which {
  readonly scope: Scope;
  readonly goodsId: string;
}
interface OfLevel extends Which {
  /** null = the product itself */
  readonly specificationId: string | null;
}

/** A product that is being changed: locked, with its rules. */
interface Open {
  readonly product: SoldProduct;
  readonly content: ProductContent;
  readonly rules: ReadonlyMap<string, SaleRule>;
  readonly level: string;
  readonly rule: SaleRule;
}

async function open(tx: Tx, { scope, goodsId, specificationId }: OfLevel): Promise<Result<Open>> {
  const [product] = await soldProducts(tx, { scope, goodsIds: [goodsId], limit: 1, lock: true });
  if (!product) return refuse('NOT_FOUND', 'there is no such product');
  const content = await contentOf(tx, goodsId, product.version);
  const level = specificationId ?? '';
  if (specificationId !== null && !content.specifications.some((each) => each.specificationId === specificationId))
    return refuse('NOT_FOUND', 'there is no such specification', { specificationId });
  const rules = (await saleRulesOf(tx, [goodsId])).get(goodsId) ?? new Map<string, SaleRule>();
  return ok({ product, content, rules, level, rule: rules.get(level) ?? NO_RULE });
}

export interface SetTarget extends OfLevel {
  /** null takes a specification's own one away; a product's becomes ALL */
  readonly kind: Target | null;
  readonly relatedIds: readonly string[];
  readonly buyers: readonly Listed[];
}

/**
 * Sale object (C43–C45a). A product's new one takes the specifications' settings away that it does not allow. Refuses
 * TARGET_NOT_ALLOWED, RELATED_UNKNOWN, UNKNOWN_BUYER.
 */
export async function setTarget(tx: Tx, input: SetTarget): Promise<Result<null>> {
  const opened = await open(tx, input);
  if (!opened.ok) return opened;
  const { product, rules, level, rule } = opened.value;
  const { kind, goodsId } = input;
  const above = rules.get('')?.target ?? 'ALL';
  if (level !== '' && kind !== null && !targetChoices(above, product.site).includes(kind))
    return refuse('TARGET_NOT_ALLOWED', `C45a: a product for ${above} leaves no ${kind} to a specification`, {
      product: above,
      specification: kind,
    });
  const fault =
    (kind === 'RELATED' ? await relatedFault(tx, opened.value, input.relatedIds) : null) ??
    (kind === 'SPECIFIED' ? await buyersFault(tx, input.buyers) : null);
  if (fault) return fault;
  const { target: _, relatedIds: __, ...rest } = rule;
  const relatedIds = kind === 'RELATED' ? [...input.relatedIds] : [];
  await putRule(tx, goodsId, level, kind === null ? { ...rest, relatedIds } : { ...rest, target: kind, relatedIds });
  await replaceList(tx, { goodsId, level, list: 'TARGET' }, kind === 'SPECIFIED' ? input.buyers : []);
  if (level === '') await narrowSpecifications(tx, opened.value, kind ?? 'ALL');
  return ok(null);
}

async function narrowSpecifications(tx: Tx, { product, rules }: Open, target: Target): Promise<void> {
  const allowed = targetChoices(target, product.site);
  for (const [level, { target: own, ...rest }] of rules) {
    if (level === '' || own === undefined || allowed.includes(own)) continue;
    await putRule(tx, product.goodsId, level, { ...rest, relatedIds: [] });
    await replaceList(tx, { goodsId: product.goodsId, level, list: 'TARGET' }, []);
  }
}

/** C43: a product names products of the same seller, a specification specifications of the same product. */
async function relatedFault(
  tx: Tx,
  { product, content, level }: Open,
  relatedIds: readonly string[],
): Promise<Result<never> | null> {
  if (relatedIds.length === 0) return refuse('RELATED_UNKNOWN', 'C43: name at least one that was bought before');
  const known =
    level === ''
      ? (
          await soldProducts(tx, {
            scope: { kind: 'seller', sellerId: product.sellerId, goodsIds: null },
            goodsIds: relatedIds,
            limit: relatedIds.length,
          })
        ).map(({ goodsId }) => goodsId)
      : content.specifications.map(({ specificationId }) => specificationId);
  const self = level === '' ? product.goodsId : level;
  const wrong = relatedIds.find((id) => id === self || !known.includes(id));
  return wrong === undefined
    ? null
    : refuse('RELATED_UNKNOWN', 'C43: only other products of the seller, or other specifications of the product', {
        relatedId: wrong,
      });
}

/** C44: account id and account name are entered both, and belong together. */
export async function buyersFault(tx: Tx, buyers: readonly Listed[]): Promise<Result<never> | null> {
  const known = await buyersByIds(
    tx,
    buyers.map(({ buyerId }) => buyerId),
  );
  const wrong = buyers.find(({ buyerId, accountName }) => known.get(buyerId)?.account_name !== accountName);
  return wrong
    ? refuse('UNKNOWN_BUYER', 'C44: there is no account with this id and name', {
        buyerId: wrong.buyerId,
        accountName: wrong.accountName,
      })
    : null;
}

/** C49. Refuses LIMIT_NOT_ALLOWED for pay-per-use. */
export async function setLimit(
  tx: Tx,
  input: OfLevel & { readonly limit: PurchaseLimit | null },
): Promise<Result<null>> {
  const opened = await open(tx, input);
  if (!opened.ok) return opened;
  const { content, level, rule } = opened.value;
  const limited = content.specifications.filter((each) => level === '' || each.specificationId === level);
  if (input.limit && limited.every(({ chargingMode }) => chargingMode === 'ON_DEMAND'))
    return refuse('LIMIT_NOT_ALLOWED', 'C49: pay-per-use has no purchase limit');
  if (input.limit?.kind === 'QUANTITY' && limited.every(({ linearAttribute }) => linearAttribute === null))
    return refuse('LIMIT_NOT_ALLOWED', 'C49: nothing of it has a quantity');
  const { limit: _, ...rest } = rule;
  await putRule(tx, input.goodsId, level, input.limit ? { ...rest, limit: input.limit } : rest);
  return ok(null);
}

export interface SetTrial extends OfLevel {
  /** DEFINED = as the product's version says */
  readonly access: 'DEFINED' | 'ALL' | 'LISTED';
  readonly buyers: readonly Listed[];
  readonly repeatable: boolean | null;
}
/** S-83, C33: an empty list closes the trial. Refuses UNKNOWN_BUYER. */
export async function setTrial(tx: Tx, input: SetTrial): Promise<Result<null>> {
  const opened = await open(tx, input);
  if (!opened.ok) return opened;
  const { level, rule } = opened.value;
  const { access, repeatable, goodsId } = input;
  const fault = access === 'LISTED' ? await buyersFault(tx, input.buyers) : null;
  if (fault) return fault;
  const trial = { ...(access === 'DEFINED' ? {} : { access }), ...(repeatable === null ? {} : { repeatable }) };
  await putRule(tx, goodsId, level, { ...rule, trial });
  await replaceList(tx, { goodsId, level, list: 'TRIAL' }, access === 'LISTED' ? input.buyers : []);
  await indexProduct(tx, goodsId);
  return ok(null);
}

/** C51; null = everywhere. Refuses REGION_UNKNOWN. */
export async function setRegions(
  tx: Tx,
  input: Which & { readonly regions: readonly string[] | null; readonly choices: readonly string[] },
): Promise<Result<null>> {
  const opened = await open(tx, { ...input, specificationId: null });
  if (!opened.ok) return opened;
  const { regions: _, ...rest } = opened.value.rule;
  const wrong = input.regions?.find((region) => !input.choices.includes(region));
  if (wrong !== undefined) return refuse('REGION_UNKNOWN', 'C51: it can not be sold there', { region: wrong });
  await putRule(tx, input.goodsId, '', input.regions === null ? rest : { ...rest, regions: [...input.regions] });
  await indexProduct(tx, input.goodsId);
  return ok(null);
}

export interface SetCredit extends Which {
  readonly credit: NonNullable<SaleRule['credit']>;
  readonly buyers: readonly Listed[];
}
/** S2-9. Refuses UNKNOWN_BUYER. */
export async function setCredit(tx: Tx, { credit, buyers, ...which }: SetCredit): Promise<Result<null>> {
  const opened = await open(tx, { ...which, specificationId: null });
  if (!opened.ok) return opened;
  const listed = credit.coupon === 'LISTED' || credit.limit === 'LISTED' ? buyers : [];
  const fault = await buyersFault(tx, listed);
  if (fault) return fault;
  await putRule(tx, which.goodsId, '', { ...opened.value.rule, credit });
  await replaceList(tx, { goodsId: which.goodsId, level: '', list: 'CREDIT' }, listed);
  return ok(null);
}

/** C42: a hidden specification is reached by its purchase link only. */
export async function setHidden(
  tx: Tx,
  input: Which & { readonly specificationId: string; readonly hidden: boolean },
): Promise<Result<null>> {
  const opened = await open(tx, input);
  if (!opened.ok) return opened;
  await setSpecificationVisibility(tx, input.goodsId, input.specificationId, input.hidden ? 'HIDDEN' : 'PUBLIC');
  await indexProduct(tx, input.goodsId);
  return ok(null);
}

export interface ChangeStock extends Which {
  readonly skuCode: string;
  readonly change: number;
  readonly note: string;
  readonly by: string;
}
/** C50, S-82: only of products on sale that are counted. Refuses NOT_COUNTED, NOT_ON_SALE, STOCK_TOO_LOW, NOT_FOUND. */
export async function changeStockOf(tx: Tx, input: ChangeStock, now: Date): Promise<Result<Stock>> {
  const opened = await open(tx, { ...input, specificationId: null });
  if (!opened.ok) return opened;
  const { product, content } = opened.value;
  const { skuCode, goodsId, change, note, by } = input;
  if (!accessRules(content.accessType, content.licenseVariant).stock || !skuIn(content, skuCode))
    return refuse('NOT_COUNTED', 'C50: stock is kept of hardware only', { skuCode });
  if (product.state !== 'ON_SALE') return refuse('NOT_ON_SALE', 'C50: stock is kept of products on sale', { goodsId });
  const stock = changeStock(await stockRow(tx, skuCode, goodsId), change);
  if (!stock.ok) return stock;
  await setTotal(tx, skuCode, stock.value.total);
  await addStockChange(tx, { skuCode, change, note, by, at: now });
  return stock;
}
