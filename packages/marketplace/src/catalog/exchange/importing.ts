/**
 * Import and export of a seller's catalogue. An import is looked at first (what would change, what is wrong, row by
 * row) and then becomes drafts: nothing is sold before it was submitted and reviewed like anything else (C35, C39).
 */
import type { Scope } from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { Site } from '../../platform/site.ts';
import { ACCESS_TYPES, type AccessType, LICENSE_VARIANTS, type LicenseVariant } from '../access-types.ts';
import { draftOf, emptyDraft } from '../publication/content.ts';
import { type ContentDifference, contentDifferences } from '../publication/difference.ts';
import { type Draft, type DraftContent, draftContent, draftInterface } from '../publication/draft.ts';
import { type DraftRow, draftRow, type WrittenProduct, writtenProduct } from '../publication/draft-store.ts';
import { type AskSurroundings, beginChange, createDraft, judge, saveDraft } from '../publication/drafts.ts';
import type { DraftFault } from '../publication/faults.ts';
import { ownProducts } from '../publication/own-products.ts';
import { contentOf } from '../store.ts';
import {
  type ExchangedProduct,
  type GivenProduct,
  type ImportFault,
  importFault,
  MISFORMED,
  MOST_FAULTS,
  MOST_PRODUCTS,
  NOWHERE,
} from './document.ts';
import { fromWorkbook } from './workbook-read.ts';
import { fromYaml } from './yaml.ts';

/** Products as they are being written, or as they are on sale where no draft is open. Refuses TOO_MANY. */
export async function exportedProducts(
  executor: Executor,
  { scope, goodsId }: { readonly scope: Scope; readonly goodsId?: string | undefined },
): Promise<Result<ExchangedProduct[]>> {
  const goodsIds = goodsId === undefined ? undefined : [goodsId];
  const found = await ownProducts(executor, { scope, goodsIds, before: null, limit: MOST_PRODUCTS + 1 });
  if (goodsId !== undefined && found.length === 0) return refuse('NOT_FOUND', 'there is no such product');
  if (found.length > MOST_PRODUCTS)
    return refuse('TOO_MANY', `a file holds at most ${MOST_PRODUCTS} products; export them one by one`);
  const products: ExchangedProduct[] = [];
  for (const each of found) {
    const product = await writtenProduct(executor, { scope, goodsId: each.goodsId });
    const now = product && (await currentOf(executor, product));
    if (now) products.push({ goodsId: each.goodsId, content: now.content, interface: now.interface });
  }
  return ok(products);
}

async function currentOf(
  executor: Executor,
  product: WrittenProduct,
): Promise<(Draft & { draft: DraftRow | null }) | null> {
  const draft = await draftRow(executor, product.goodsId);
  if (draft) return { content: draft.content, interface: draft.interface, draft };
  if (product.version === 0) return null;
  const content = draftOf(await contentOf(executor, product.goodsId, product.version));
  return {
    content,
    interface: { protocol: product.protocol, productionUrl: product.productionUrl ?? '' },
    draft: null,
  };
}

export interface ImportedProduct {
  /** null = a new product that was not made yet */
  readonly goodsId: string | null;
  readonly content: DraftContent;
  readonly differences: readonly ContentDifference[];
  /** what keeps it from being submitted */
  readonly draftFaults: readonly DraftFault[];
}
export interface Imported {
  readonly faults: readonly ImportFault[];
  readonly products: readonly ImportedProduct[];
  readonly applied: boolean;
}

export interface ImportFile {
  /** of a seller */
  readonly scope: Scope;
  readonly by: { readonly userId: string };
  readonly format: 'yaml' | 'xlsx';
  /** YAML as text, XLSX as base64 */
  readonly data: string;
  /** false = only look */
  readonly apply: boolean;
}

/** All or nothing: one fault in the file, and nothing is imported. Refuses what a draft refuses, when applied. */
export async function importCatalogue(
  platform: Platform,
  tx: Tx,
  file: ImportFile,
  ask: AskSurroundings,
  now: Date,
): Promise<Result<Imported>> {
  if (file.scope.kind !== 'seller') return refuse('NOT_FOUND', 'only sellers import products');
  const given = file.format === 'yaml' ? fromYaml(file.data) : await fromWorkbook(Buffer.from(file.data, 'base64'));
  const faults = [...given.faults];
  if (given.products.length > MOST_PRODUCTS)
    faults.push(
      importFault(
        NOWHERE,
        MISFORMED,
        `一个文件最多 ${MOST_PRODUCTS} 个商品`,
        `A file holds at most ${MOST_PRODUCTS} products`,
      ),
    );
  if (faults.length > 0) return ok({ faults: faults.slice(0, MOST_FAULTS), products: [], applied: false });
  const wanted: Wanted[] = [];
  for (const product of given.products) {
    const read = await readProduct(tx, file.scope, platform.config.site, product);
    if ('faults' in read) faults.push(...read.faults);
    else wanted.push(read);
  }
  if (faults.length > 0) return ok({ faults: faults.slice(0, MOST_FAULTS), products: [], applied: false });
  const products: ImportedProduct[] = [];
  for (const each of wanted) {
    const kept = file.apply
      ? await keep(platform, tx, file, each, ask, now)
      : ok(await look(tx, file.scope, platform.config.site, each, ask, now));
    if (!kept.ok) return kept;
    products.push(kept.value);
  }
  return ok({ faults: [], products, applied: file.apply });
}

/** A product of the file over what it is now. */
interface Wanted {
  readonly product: WrittenProduct | null;
  readonly draft: DraftRow | null;
  readonly before: DraftContent | null;
  readonly next: Draft;
}

async function readProduct(
  executor: Executor,
  scope: Scope,
  site: Site,
  given: GivenProduct,
): Promise<Wanted | { readonly faults: ImportFault[] }> {
  const product = given.goodsId === null ? null : await writtenProduct(executor, { scope, goodsId: given.goodsId });
  if (given.goodsId !== null && !product)
    return {
      faults: [
        importFault(given.placeOf(''), 'P-2', `找不到商品 ${given.goodsId}`, `There is no product ${given.goodsId}`),
      ],
    };
  if (product && (product.state === 'STOPPED' || product.state === 'WITHDRAWN'))
    return {
      faults: [
        importFault(
          given.placeOf(''),
          'C37',
          '已停售或退市的商品不能修改',
          'A stopped or withdrawn product is not changed',
        ),
      ],
    };
  const current = product ? await currentOf(executor, product) : null;
  const base =
    current ?? emptyDraft(typeOf(given.content.accessType), variantOf(given.content.licenseVariant), 'GENERAL', site);
  const content = draftContent.safeParse({ ...base.content, ...tidied(given.content) });
  const wire = draftInterface.safeParse({ ...base.interface, ...given.interface });
  const issues = [
    ...(content.error?.issues ?? []).map((issue) => ({ ...issue, at: issue.path.map(String).join('.') })),
    ...(wire.error?.issues ?? []).map((issue) => ({
      ...issue,
      at: ['interface', ...issue.path.map(String)].join('.'),
    })),
  ];
  if (!content.success || !wire.success)
    return {
      faults: issues.map(({ at, message }) =>
        importFault(given.placeOf(at), MISFORMED, `内容不符合该成员的形式：${message}`, message),
      ),
    };
  return {
    product,
    draft: current?.draft ?? null,
    before: current?.content ?? null,
    next: { content: content.data, interface: wire.data },
  };
}

const typeOf = (value: unknown): AccessType => ACCESS_TYPES.find((type) => type === value) ?? 'SAAS';
const variantOf = (value: unknown): LicenseVariant | null => LICENSE_VARIANTS.find((each) => each === value) ?? null;

/** An empty cell of a list is the empty list. */
function tidied(content: GivenProduct['content']): Record<string, unknown> {
  const entries = Object.entries(content).map(([name, value]) => [
    name,
    value === null && LISTS.has(name) ? [] : value,
  ]);
  return Object.fromEntries(entries);
}
const LISTS = new Set([
  'highlights',
  'customerCases',
  'tags',
  'keywords',
  'orderParameters',
  'privateMembers',
  'pictures',
  'certificates',
]);

async function look(
  executor: Executor,
  scope: Scope,
  site: Site,
  { product, before, next }: Wanted,
  ask: AskSurroundings,
  now: Date,
): Promise<ImportedProduct> {
  const { faults } = await judge(executor, product ?? unmade(scope, site, now), next, ask);
  return {
    goodsId: product?.goodsId ?? null,
    content: next.content,
    differences: contentDifferences(before, next.content),
    draftFaults: faults,
  };
}

/** A product that would be made. */
const unmade = (scope: Scope, site: Site, createdAt: Date): WrittenProduct => ({
  goodsId: '',
  sellerId: scope.kind === 'seller' ? scope.sellerId : '',
  site,
  state: 'DRAFT',
  visibility: 'PUBLIC',
  version: 0,
  protocol: 'none',
  productionUrl: null,
  keyId: null,
  createdAt,
});

async function keep(
  platform: Platform,
  tx: Tx,
  { scope, by }: ImportFile,
  { product, draft, before, next }: Wanted,
  ask: AskSurroundings,
  now: Date,
): Promise<Result<ImportedProduct>> {
  const { accessType, licenseVariant } = next.content;
  const begun = product
    ? draft
      ? ok({ goodsId: product.goodsId })
      : await beginChange(tx, { scope, goodsId: product.goodsId, by }, now)
    : await createDraft(
        platform,
        tx,
        { scope, by, accessType, licenseVariant, class: next.content.class, copyOf: null },
        now,
      );
  if (!begun.ok) return begun;
  const { goodsId } = begun.value;
  // one that was just made is this person's own, whatever was assigned before
  const own = product || scope.kind !== 'seller' ? scope : { ...scope, goodsIds: null };
  const saved = await saveDraft(
    platform,
    tx,
    { scope: own, goodsId, by, revision: draft?.revision ?? 1, ...next },
    ask,
    now,
  );
  if (!saved.ok) return saved;
  const { content } = saved.value.draft;
  return ok({ goodsId, content, differences: contentDifferences(before, content), draftFaults: saved.value.faults });
}
