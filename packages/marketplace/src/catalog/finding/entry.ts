/** What the index says of a product: whether it is found at all (C42, B-12), by which words and filters, with which price. Pure. */
import type { Site } from '../../platform/site.ts';
import type { LocalizedText, ProductContent, Specification } from '../definition.ts';
import type { ProductRow } from '../store.ts';
import { categoryPath } from './categories.ts';
import { type FromPrice, fromPrice } from './from-price.ts';
import { tagName } from './tags.ts';
import { lexemes, wordsOf } from './words.ts';

/** All that decides. */
export interface EntryFacts {
  readonly product: ProductRow;
  readonly content: ProductContent;
  readonly sellerName: string;
  /** of specifications and SKUs by their ids; an absent one is not on sale */
  readonly states: ReadonlyMap<string, 'ON_SALE' | 'STOPPED'>;
  /** specifications that are reached by their link only (B-12) */
  readonly hidden: ReadonlySet<string>;
  /** where it may be bought; null = everywhere (C51) */
  readonly regions: readonly string[] | null;
  /** specifications whose trial is for chosen buyers only (C33) */
  readonly chosenTrials: ReadonlySet<string>;
  /** of the images that it delivers */
  readonly systems: readonly string[];
}

export interface Card {
  readonly name: LocalizedText;
  readonly summary: LocalizedText;
  readonly accessType: ProductContent['accessType'];
  readonly chargingModes: readonly Specification['chargingMode'][];
  readonly categoryId: string;
  readonly tags: readonly string[];
  readonly logo: { readonly fileId: string; readonly name: string } | null;
  readonly priceFrom: FromPrice | null;
  readonly free: boolean;
  readonly trialDays: number | null;
}

export interface Entry {
  readonly goodsId: string;
  readonly site: Site;
  readonly sellerId: string;
  readonly version: number;
  readonly title: readonly string[];
  readonly words: readonly string[];
  readonly terms: readonly string[];
  /** null = nothing of it has a price before it is used */
  readonly priceFrom: string | null;
  readonly card: Card;
}

/** @returns null = it is not to be found: not on sale, hidden, or no specification is both public and on sale */
export function searchEntry(facts: EntryFacts): Entry | null {
  const { product, content } = facts;
  if (product.state !== 'ON_SALE' || product.visibility !== 'PUBLIC') return null;
  const shown = content.specifications.filter((specification) => isShown(specification, facts));
  if (shown.length === 0) return null;
  const card = cardOf(facts, shown);
  return {
    goodsId: product.goods_id,
    site: product.site,
    sellerId: product.seller_id,
    version: product.current_version,
    title: [...lexemes(`${content.name.zh} ${content.name.en}`)],
    words: [...wordsOfProduct(facts, shown)],
    terms: termsOf(facts, card),
    priceFrom: card.priceFrom === null || card.priceFrom.perUse ? null : card.priceFrom.money.amount,
    card,
  };
}

const onSale = ({ states }: EntryFacts, id: string): boolean => states.get(id) === 'ON_SALE';

function isShown({ specificationId, skus }: Specification, facts: EntryFacts): boolean {
  return (
    onSale(facts, specificationId) &&
    !facts.hidden.has(specificationId) &&
    skus.some(({ skuCode }) => onSale(facts, skuCode))
  );
}

function cardOf(facts: EntryFacts, shown: readonly Specification[]): Card {
  const { content } = facts;
  const priceFrom = fromPrice({ ...content, specifications: [...shown] }, (_, skuCode) => onSale(facts, skuCode));
  const trials = shown.flatMap(({ specificationId, trial }) =>
    trial && !facts.chosenTrials.has(specificationId) ? [trial.days] : [],
  );
  return {
    name: content.name,
    summary: content.summary,
    accessType: content.accessType,
    chargingModes: [...new Set(shown.map(({ chargingMode }) => chargingMode))],
    categoryId: categoryPath(content.categoryId).at(-1)?.categoryId ?? 'other',
    tags: content.tags,
    logo: content.logo && { fileId: content.logo.fileId, name: content.logo.name },
    priceFrom,
    free: priceFrom !== null && !priceFrom.perUse && /^0(\.0+)?$/.test(priceFrom.money.amount),
    trialDays: trials.length === 0 ? null : Math.max(...trials),
  };
}

const both = ({ zh, en }: LocalizedText): string => `${zh} ${en}`;

/** A description may have thousands of words; beyond these nobody looks for the product by them. */
const MOST_LEXEMES = 2_000;

function wordsOfProduct({ content, sellerName }: EntryFacts, shown: readonly Specification[]): Set<string> {
  const path = categoryPath(content.categoryId);
  const near = [
    both(content.name),
    both(content.summary),
    sellerName,
    ...content.keywords,
    ...content.tags.map((tag) => both(tagName(tag))),
    ...path.map(({ name }) => both(name)),
    ...shown.map(({ name }) => both(name)),
  ];
  const far = [both(content.description), ...[...content.highlights, ...content.customerCases].map(both)];
  const words = new Set([...near.flatMap((text) => [...lexemes(text)]), ...far.flatMap((text) => [...wordsOf(text)])]);
  return words.size <= MOST_LEXEMES ? words : new Set([...words].slice(0, MOST_LEXEMES));
}

/** Filters as words of one index: `category:security`, `type:SAAS`, `mode:PERIOD`, `tag:…`, `os:…`, `region:…`, `seller:…`, `free`, `trial`. */
function termsOf({ product, content, regions, systems }: EntryFacts, card: Card): string[] {
  return [
    ...categoryPath(content.categoryId).map(({ categoryId }) => `category:${categoryId}`),
    `type:${card.accessType}`,
    ...card.chargingModes.map((mode) => `mode:${mode}`),
    ...content.tags.map((tag) => `tag:${tag}`),
    ...new Set(systems.map((system) => `os:${system}`)),
    ...(regions === null ? [EVERYWHERE] : regions.map((region) => `region:${region}`)),
    `seller:${product.seller_id}`,
    ...(card.free ? ['free'] : []),
    ...(card.trialDays !== null ? ['trial'] : []),
  ];
}

/** of a product without regions of its own */
export const EVERYWHERE = 'region:*';
