/**
 * Drafts of new products and of changes (S-30, C35): kept while they are typed, whatever stands in them. A revision
 * number keeps two windows from writing over each other. While an application is open the draft may be written on,
 * but not be submitted (C40).
 */
import { insertGrant, type Scope } from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { claimFile, fileById, refOf } from '../../platform/files/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { DIGITS, randomText, uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { AccessType, LicenseVariant } from '../access-types.ts';
import { approvedAssets } from '../assets/index.ts';
import type { FileRef } from '../definition.ts';
import { contentOf, partStates } from '../store.ts';
import { originOf } from './access-faults.ts';
import { type Application, listApplications } from './application-store.ts';
import { contentOfDraft, draftOf, emptyDraft, identified, idsOf, type NewIds } from './content.ts';
import type { Draft, DraftContent } from './draft.ts';
import { draftFaults } from './draft-faults.ts';
import {
  type DraftRow,
  deleteDraft,
  deleteWritten,
  draftRow,
  insertDraft,
  insertWritten,
  partIds,
  putDraftVersion,
  updateDraft,
  usedApiGroups,
  type WireOf,
  type WrittenProduct,
  writtenProduct,
} from './draft-store.ts';
import type { DraftFacts, DraftFault, Released } from './faults.ts';
import { filesOf } from './file-faults.ts';

/** What stands to the right of the catalogue, or beside it: asked of the caller, who knows all rooms. */
export type Surroundings = Pick<DraftFacts, 'sellerAdmitted' | 'sellsHardware' | 'origins' | 'missingCases'>;
export type AskSurroundings = (executor: Executor, product: WrittenProduct, draft: Draft) => Promise<Surroundings>;

export interface OpenDraft {
  readonly product: WrittenProduct;
  readonly draft: DraftRow;
  readonly released: Released | null;
  readonly faults: readonly DraftFault[];
  readonly openApplication: Application | null;
  readonly lastRejected: Application | null;
}

export interface NewDraft {
  /** of a seller */
  readonly scope: Scope;
  readonly by: { readonly userId: string };
  readonly accessType: AccessType;
  readonly licenseVariant: LicenseVariant | null;
  readonly class: DraftContent['class'];
  /** content of another own product to begin with */
  readonly copyOf: string | null;
}

/** A new product, with nothing but its draft. Who sees only assigned products is assigned it. */
export async function createDraft(
  platform: Platform,
  tx: Tx,
  wanted: NewDraft,
  now: Date,
): Promise<Result<{ goodsId: string }>> {
  const { scope } = wanted;
  if (scope.kind !== 'seller') return refuse('NOT_FOUND', 'only sellers publish products');
  const begun = emptyDraft(wanted.accessType, wanted.licenseVariant, wanted.class, platform.config.site);
  const copied = wanted.copyOf === null ? null : await contentToCopy(tx, scope, wanted.copyOf);
  if (wanted.copyOf !== null && copied === null) return refuse('NOT_FOUND', 'there is no such product to copy');
  const content = copied ? withoutIds(copied) : begun.content;
  const goodsId = uuid(platform.random);
  await insertWritten(tx, { goodsId, sellerId: scope.sellerId, site: platform.config.site }, now);
  if (scope.goodsIds) await insertGrant(tx, wanted.by.userId, goodsId);
  await insertDraft(
    tx,
    {
      goodsId,
      sellerId: scope.sellerId,
      baseVersion: 0,
      savedBy: wanted.by.userId,
      content: identified(content, new Set(), newIds(platform)),
      interface: copied
        ? {
            ...begun.interface,
            protocol: emptyDraft(copied.accessType, copied.licenseVariant, copied.class, platform.config.site).interface
              .protocol,
          }
        : begun.interface,
    },
    now,
  );
  return ok({ goodsId });
}

async function contentToCopy(executor: Executor, scope: Scope, goodsId: string): Promise<DraftContent | null> {
  const product = await writtenProduct(executor, { scope, goodsId });
  if (!product) return null;
  return product.version > 0
    ? draftOf(await contentOf(executor, goodsId, product.version))
    : ((await draftRow(executor, goodsId))?.content ?? null);
}

/** An asset is sold by one specification of one product at a time only where it must be (section 9): it is chosen again. */
const withoutIds = (content: DraftContent): DraftContent => ({
  ...content,
  specifications: content.specifications.map((spec) => ({ ...spec, assetId: null })),
});

export const newIds = ({ random }: Pick<Platform, 'random'>): NewIds => ({
  specificationId: () => `spec-${uuid(random)}`,
  skuCode: () => uuid(random),
  priceItemId: () => `OFFI${randomText(random, 18, DIGITS)}`,
});

interface Which {
  readonly scope: Scope;
  readonly goodsId: string;
}

/** Begins a change of a released product from its current version; one that is begun goes on. Refuses PRODUCT_STATE (13.1). */
export async function beginChange(
  tx: Tx,
  wanted: Which & { readonly by: { readonly userId: string } },
  now: Date,
): Promise<Result<{ goodsId: string }>> {
  const product = await writtenProduct(tx, wanted, 'lock');
  if (!product) return refuse('NOT_FOUND', 'there is no such product');
  const { goodsId, sellerId, version, state } = product;
  if (await draftRow(tx, goodsId)) return ok({ goodsId });
  if (state !== 'ON_SALE' && state !== 'TRADE_FROZEN')
    return refuse('PRODUCT_STATE', `C37: a ${state} product is not changed`, { state });
  const content = draftOf(await contentOf(tx, goodsId, version));
  const wire = { protocol: product.protocol, productionUrl: product.productionUrl ?? '' };
  await insertDraft(
    tx,
    { goodsId, sellerId, baseVersion: version, savedBy: wanted.by.userId, content, interface: wire },
    now,
  );
  return ok({ goodsId });
}

export async function openDraft(executor: Executor, which: Which, ask: AskSurroundings): Promise<Result<OpenDraft>> {
  const product = await writtenProduct(executor, which);
  const draft = product && (await draftRow(executor, product.goodsId));
  if (!draft) return refuse('NOT_FOUND', 'there is no draft of this product');
  const { facts, faults } = await judge(executor, product, draft, ask);
  const [last] = await listApplications(executor, {
    scope: which.scope,
    goodsIds: [product.goodsId],
    before: null,
    limit: 1,
  });
  return ok({
    product,
    draft,
    released: facts.released,
    faults,
    openApplication: last?.state === 'PENDING' ? last : null,
    lastRejected: last?.state === 'REJECTED' ? last : null,
  });
}

/** Everything that the rules look at, and what they say. */
export async function judge(
  executor: Executor,
  product: WrittenProduct,
  draft: Draft,
  ask: AskSurroundings,
): Promise<{ facts: DraftFacts; faults: DraftFault[] }> {
  const { site, state: productState, goodsId, version } = product;
  const released =
    version > 0
      ? { content: await contentOf(executor, goodsId, version), states: await partStates(executor, goodsId) }
      : null;
  const facts = {
    site,
    productState,
    released,
    files: await ownFiles(executor, product, draft.content),
    assets: await assetFacts(executor, product, draft.content),
    ...(await ask(executor, product, draft)),
  };
  return { facts, faults: draftFaults(draft, facts) };
}

async function ownFiles(
  executor: Executor,
  { sellerId }: WrittenProduct,
  content: DraftContent,
): Promise<DraftFacts['files']> {
  const known = new Map<string, FileRef>();
  for (const { file, purpose } of filesOf(content)) {
    const kept = await fileById(executor, file.fileId);
    if (kept?.owner.kind === 'seller' && kept.owner.id === sellerId && kept.purpose === purpose)
      known.set(file.fileId, refOf(kept));
  }
  return known;
}

async function assetFacts(
  executor: Executor,
  { sellerId }: WrittenProduct,
  { specifications }: DraftContent,
): Promise<DraftFacts['assets']> {
  const ids = specifications.flatMap(({ assetId }) => (assetId ? [assetId] : []));
  const used = await usedApiGroups(executor, ids);
  const approved = [...(await approvedAssets(executor, ids)).values()].filter((asset) => asset.sellerId === sellerId);
  return new Map(approved.map(({ assetId, kind }) => [assetId, { kind, usedBy: used.get(assetId) ?? null }]));
}

export interface SavedDraft {
  readonly revision: number;
  readonly savedAt: Date;
  readonly draft: Draft;
  readonly faults: readonly DraftFault[];
}

/**
 * Autosave. New parts get their ids, files are kept from now on, and a new product that is whole can be debugged.
 * Refuses DRAFT_CHANGED with the revision that is kept when somebody else saved meanwhile.
 */
export async function saveDraft(
  platform: Platform,
  tx: Tx,
  wanted: Which & Draft & { readonly revision: number; readonly by: { readonly userId: string } },
  ask: AskSurroundings,
  now: Date,
): Promise<Result<SavedDraft>> {
  const product = await writtenProduct(tx, wanted, 'lock');
  const kept = product && (await draftRow(tx, product.goodsId));
  if (!kept) return refuse('NOT_FOUND', 'there is no draft of this product');
  const { goodsId, sellerId } = product;
  if (kept.revision !== wanted.revision)
    return refuse('DRAFT_CHANGED', 'this draft was saved elsewhere since it was read', {
      revision: String(kept.revision),
    });
  const known = new Set([...idsOf(kept.content), ...(await partIds(tx, goodsId))]);
  const draft: Draft = {
    content: identified(wanted.content, known, newIds(platform)),
    interface: wanted.interface,
  };
  for (const { file, purpose } of filesOf(draft.content))
    await claimFile(tx, file.fileId, { kind: 'seller', id: sellerId }, purpose);
  if (product.version === 0) await keepDebuggable(tx, product, draft, ask, now);
  const { faults } = await judge(tx, product, draft, ask);
  const revision = await updateDraft(
    tx,
    { ...draft, goodsId, revision: kept.revision, savedBy: wanted.by.userId },
    now,
  );
  if (revision === null) return refuse('DRAFT_CHANGED', 'this draft was saved elsewhere since it was read');
  return ok({ revision, savedAt: now, draft, faults });
}

/** 8.1 asks for debugging before submission: what is whole, with a server that may be called, can be. */
async function keepDebuggable(
  tx: Tx,
  product: WrittenProduct,
  draft: Draft,
  ask: AskSurroundings,
  now: Date,
): Promise<void> {
  const content = contentOfDraft(draft.content);
  if (!content) return;
  const { origins } = await ask(tx, product, draft);
  await putDraftVersion(tx, product.goodsId, { content, ...wireOf(draft, origins) }, now);
}

/** How the seller is reached, as the product keeps it; without a proven address and key nobody is called. */
export function wireOf({ interface: wire }: Draft, origins: DraftFacts['origins']): WireOf {
  const origin = wire.protocol === 'none' ? null : originOf(wire.productionUrl);
  const keyId = origin === null ? null : (origins.get(origin) ?? null);
  return keyId === null
    ? { protocol: 'none', productionUrl: null, keyId: null }
    : { protocol: wire.protocol, productionUrl: wire.productionUrl, keyId };
}

/** Throws a draft away; of a product that was never approved nothing is left. Refuses APPLICATION_OPEN (C40). */
export async function removeDraft(tx: Tx, which: Which): Promise<Result<{ goodsId: string }>> {
  const product = await writtenProduct(tx, which, 'lock');
  if (!product || !(await draftRow(tx, product.goodsId)))
    return refuse('NOT_FOUND', 'there is no draft of this product');
  const { goodsId, version } = product;
  if (product.state === 'IN_REVIEW' || (await isOpen(tx, which)))
    return refuse('APPLICATION_OPEN', 'C40: withdraw the application first');
  await (version === 0 ? deleteWritten(tx, goodsId) : deleteDraft(tx, goodsId));
  return ok({ goodsId });
}

async function isOpen(executor: Executor, { scope, goodsId }: Which): Promise<boolean> {
  const open = await listApplications(executor, {
    scope,
    goodsIds: [goodsId],
    state: 'PENDING',
    before: null,
    limit: 1,
  });
  return open.length > 0;
}
