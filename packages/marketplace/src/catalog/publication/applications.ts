/**
 * Applications (catalogue.md 8.2): the seller submits a draft or a removal and may take it back; somebody else than
 * the submitter decides (O-7). What is on sale stays on sale until an approval makes the next version (C35, C41).
 */
import { isDeepStrictEqual } from 'node:util';
import { type Scope, staysSeller } from '../../directory/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { claimFile, publishFiles } from '../../platform/files/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { mayMove } from '../../platform/state-machine.ts';
import { productContent } from '../definition.ts';
import { indexProduct } from '../finding/index-product.ts';
import { contentOf, partStates, setProductState } from '../store.ts';
import {
  type Application,
  applicationById,
  decideApplication,
  insertApplication,
  type Removal,
  type SectionReason,
} from './application-store.ts';
import { draftOf } from './content.ts';
import type { Draft } from './draft.ts';
import { mayBeSubmitted } from './draft-faults.ts';
import { deleteDraft, draftRow, rebaseDraft, type WrittenProduct, writtenProduct } from './draft-store.ts';
import { type AskSurroundings, judge, wireOf } from './drafts.ts';
import { filesOf } from './file-faults.ts';
import { APPLICATION_MOVES, APPLIED_IN, reviewDueAt } from './model.ts';
import { tell } from './news.ts';
import { insertVersion, keepPartsInStep, markApiGroupsUsed, setCurrentVersion, stopParts } from './part-store.ts';
import { takesEffectAtOnce } from './share.ts';

interface Which {
  readonly scope: Scope;
  readonly goodsId: string;
}
interface By {
  readonly userId: string;
}

/**
 * Submits the draft as it was read; a change that takes effect at once (S1-7) is approved by the system. Refuses
 * APPLICATION_OPEN (C40), DRAFT_CHANGED (another revision is kept), PRODUCT_STATE, DRAFT_FAULTY with the number of
 * faults: {@link judge} names them.
 */
export async function submitDraft(
  platform: Platform,
  tx: Tx,
  wanted: Which & { readonly revision: number; readonly by: By },
  ask: AskSurroundings,
  now: Date,
): Promise<Result<Application>> {
  const product = await writtenProduct(tx, wanted, 'lock');
  const stays = product && (await staysSeller(tx, product.sellerId));
  if (stays?.ok === false) return stays;
  const draft = product && (await draftRow(tx, product.goodsId));
  if (!draft) return refuse('NOT_FOUND', 'there is no draft of this product');
  if (draft.revision !== wanted.revision)
    return refuse('DRAFT_CHANGED', 'this draft was saved elsewhere since it was read', {
      revision: String(draft.revision),
    });
  const kind = product.version === 0 ? 'NEW' : 'CHANGE';
  const { faults } = await judge(tx, product, draft, ask);
  if (!mayBeSubmitted(faults)) {
    const count = faults.filter(({ severity }) => severity === 'FAULT').length;
    return refuse('DRAFT_FAULTY', `the draft breaks ${count} rules`, { faults: String(count) });
  }
  const { content, interface: wire, baseVersion } = draft;
  const applied = { kind, content, interface: wire, removal: null, baseVersion, by: wanted.by } as const;
  const opened = await open(platform, tx, product, applied, now);
  if (!opened.ok || kind === 'NEW' || !takesEffectAtOnce(await onSale(tx, product), applied, product.site))
    return opened;
  return enact(platform, tx, product, opened.value, { by: { userId: 'system' }, comment: '' }, ask, now);
}

/** The version on sale as the draft of its change. */
const onSale = async (tx: Tx, { goodsId, version, protocol, productionUrl }: WrittenProduct): Promise<Draft> => ({
  content: draftOf(await contentOf(tx, goodsId, version)),
  interface: { protocol, productionUrl: productionUrl ?? '' },
});

/**
 * Applies for the stop of a product, of specifications or of SKUs, with a reason and proof (S-37). Refuses
 * PRODUCT_STATE (13.1: removing a stopped one), PART_STATE for parts that are stopped or not the product's, FILE_UNKNOWN.
 */
export async function applyForRemoval(
  platform: Platform,
  tx: Tx,
  wanted: Which & { readonly removal: Removal; readonly by: By },
  now: Date,
): Promise<Result<Application>> {
  const product = await writtenProduct(tx, wanted, 'lock');
  if (!product || product.version === 0) return refuse('NOT_FOUND', 'there is no such product on sale');
  const { removal } = wanted;
  const states = await partStates(tx, product.goodsId);
  const gone = [...removal.specificationIds, ...removal.skuCodes].find((id) => states.get(id) !== 'ON_SALE');
  if (gone !== undefined) return refuse('PART_STATE', 'C36: only what is on sale can be stopped', { part: gone });
  for (const { fileId } of removal.proof) {
    const claimed = await claimFile(tx, fileId, { kind: 'seller', id: product.sellerId }, 'PROOF');
    if (!claimed.ok) return claimed;
  }
  const asItIs = await onSale(tx, product);
  const baseVersion = product.version;
  return open(platform, tx, product, { kind: 'REMOVAL', ...asItIs, removal, baseVersion, by: wanted.by }, now);
}

async function open(
  platform: Platform,
  tx: Tx,
  product: WrittenProduct,
  {
    by,
    ...applied
  }: Pick<Application, 'kind' | 'content' | 'interface' | 'removal' | 'baseVersion'> & { readonly by: By },
  now: Date,
): Promise<Result<Application>> {
  const { goodsId, sellerId, site, state } = product;
  const { kind } = applied;
  if (state === 'IN_REVIEW') return alreadyOpen(goodsId);
  if (!APPLIED_IN[kind].includes(state))
    return refuse('PRODUCT_STATE', `8.1: a ${state} product has no application of this kind`, { state });
  const applicationId = uuid(platform.random);
  const dueAt = reviewDueAt(now, site);
  const isFirst = await insertApplication(
    tx,
    { applicationId, goodsId, sellerId, ...applied, submittedBy: by.userId, dueAt },
    now,
  );
  if (!isFirst) return alreadyOpen(goodsId);
  if (kind === 'NEW') await setProductState(tx, goodsId, 'IN_REVIEW');
  const about = { sellerId, goodsId, productName: applied.content.name };
  await tell(
    platform,
    tx,
    'catalog.product-submitted',
    { ...about, applicationId, kind, dueAt: dueAt.toISOString() },
    now,
  );
  return found(await applicationById(tx, { scope: { kind: 'all' }, applicationId }));
}

const alreadyOpen = (goodsId: string): Result<never> =>
  refuse('APPLICATION_OPEN', 'C40: an application of this product is open; withdraw it or wait for its decision', {
    goodsId,
  });
const found = (application: Application | null): Result<Application> =>
  application ? ok(application) : refuse('NOT_FOUND', 'there is no such application');

/** The seller takes a pending one back (S-31). Refuses APPLICATION_STATE. */
export async function withdrawApplication(
  tx: Tx,
  wanted: { readonly scope: Scope; readonly applicationId: string; readonly by: By },
  now: Date,
): Promise<Result<Application>> {
  const opened = await pending(tx, wanted);
  if (!opened.ok) return opened;
  const { application, product } = opened.value;
  const decision = { state: 'WITHDRAWN' as const, by: wanted.by.userId, reasons: [], comment: '', version: null };
  await decideApplication(tx, application.applicationId, decision, now);
  if (application.kind === 'NEW') await setProductState(tx, product.goodsId, 'DRAFT');
  return found(await applicationById(tx, wanted));
}

export interface Decision {
  readonly applicationId: string;
  readonly by: By;
  readonly approve: boolean;
  /** of a rejection: at least one (O-4) */
  readonly reasons: readonly SectionReason[];
  readonly comment: string;
}

/**
 * The operator decides. Refuses APPLICATION_STATE, OWN_APPLICATION (O-7), DRAFT_FAULTY when what was submitted breaks
 * a rule by now (an asset was refused, an address lost).
 */
export async function decide(
  platform: Platform,
  tx: Tx,
  wanted: Decision,
  ask: AskSurroundings,
  now: Date,
): Promise<Result<Application>> {
  const which = { scope: { kind: 'all' as const }, applicationId: wanted.applicationId };
  const opened = await pending(tx, which);
  if (!opened.ok) return opened;
  const { application, product } = opened.value;
  if (application.submittedBy === wanted.by.userId)
    return refuse('OWN_APPLICATION', 'O-7: somebody else than the submitter decides');
  if (!wanted.approve) {
    await reject(platform, tx, application, wanted, now);
    return found(await applicationById(tx, which));
  }
  return enact(platform, tx, product, application, wanted, ask, now);
}

/** What was applied for becomes so. */
async function enact(
  platform: Platform,
  tx: Tx,
  product: WrittenProduct,
  application: Application,
  { by, comment }: Pick<Decision, 'by' | 'comment'>,
  ask: AskSurroundings,
  now: Date,
): Promise<Result<Application>> {
  const version = application.removal
    ? await stop(platform, tx, product, application, application.removal, now)
    : await publish(platform, tx, product, application, ask, now);
  if (!version.ok) return version;
  const decision = { state: 'APPROVED' as const, by: by.userId, reasons: [], comment, version: version.value };
  await decideApplication(tx, application.applicationId, decision, now);
  const about = aboutOf(application);
  const { applicationId, kind } = application;
  await tell(platform, tx, 'catalog.product-approved', { ...about, applicationId, kind, version: version.value }, now);
  return found(await applicationById(tx, { scope: { kind: 'all' }, applicationId }));
}

const aboutOf = ({ sellerId, goodsId, content }: Application) => ({ sellerId, goodsId, productName: content.name });

/** Locks the product first, as every command does, then its application. */
async function pending(
  tx: Tx,
  which: { readonly scope: Scope; readonly applicationId: string },
): Promise<Result<{ application: Application; product: WrittenProduct }>> {
  const seen = await applicationById(tx, which);
  const product = seen && (await writtenProduct(tx, { scope: which.scope, goodsId: seen.goodsId }, 'lock'));
  const application = product && (await applicationById(tx, which, 'lock'));
  if (!application) return refuse('NOT_FOUND', 'there is no such application');
  if (!mayMove(APPLICATION_MOVES, application.state, 'APPROVED'))
    return refuse('APPLICATION_STATE', `C40a: this application is ${application.state}`, { state: application.state });
  return ok({ application, product });
}

async function reject(
  platform: Platform,
  tx: Tx,
  application: Application,
  { by, reasons, comment }: Decision,
  now: Date,
): Promise<void> {
  const { applicationId, kind, goodsId } = application;
  await decideApplication(
    tx,
    applicationId,
    { state: 'REJECTED', by: by.userId, reasons, comment, version: null },
    now,
  );
  if (kind === 'NEW') await setProductState(tx, goodsId, 'REJECTED');
  const news = { ...aboutOf(application), applicationId, kind, reasons: [...reasons], comment };
  await tell(platform, tx, 'catalog.product-rejected', news, now);
}

/** Version n + 1, immutable (C41), with the rows of its parts; a new product is on sale at once (O-4). */
async function publish(
  platform: Platform,
  tx: Tx,
  product: WrittenProduct,
  application: Application,
  ask: AskSurroundings,
  now: Date,
): Promise<Result<number>> {
  const { goodsId, sellerId } = product;
  // a new product is judged as the draft it is, not as the application that it has open
  const { facts, faults } = await judge(tx, product, application, ask);
  if (!mayBeSubmitted(faults))
    return refuse('DRAFT_FAULTY', 'what was submitted breaks a rule by now', { rule: faults[0]?.rule ?? '' });
  const content = productContent.parse(application.content);
  const version = product.version + 1;
  await insertVersion(tx, goodsId, version, content, now);
  await setCurrentVersion(tx, goodsId, { version, ...wireOf(application, facts.origins) });
  await keepPartsInStep(tx, goodsId, content);
  await markApiGroupsUsed(tx, content);
  await publishFiles(
    tx,
    filesOf(application.content).map(({ file }) => file.fileId),
  );
  const draft = await draftRow(tx, goodsId);
  const writtenOn = draft && !isDeepStrictEqual(draft.content, application.content);
  await (writtenOn ? rebaseDraft(tx, goodsId, version) : deleteDraft(tx, goodsId));
  if (application.kind === 'NEW') await setProductState(tx, goodsId, 'ON_SALE');
  await indexProduct(tx, goodsId);
  const about = { sellerId, goodsId, productName: content.name };
  await tell(platform, tx, 'catalog.product-changed', { ...about, version }, now);
  return ok(version);
}

/** S-37a: the named parts are sold no more; when nothing is left, or all was named, the product is STOPPED. */
async function stop(
  platform: Platform,
  tx: Tx,
  product: WrittenProduct,
  application: Application,
  removal: Removal,
  now: Date,
): Promise<Result<null>> {
  const { goodsId, state } = product;
  const { specificationIds, skuCodes } = removal;
  if (state !== 'ON_SALE')
    return refuse('PRODUCT_STATE', '8.1: only what is on sale is stopped; release the product first', { state });
  const whole = await stopParts(tx, goodsId, removal);
  if (whole) {
    await setProductState(tx, goodsId, 'STOPPED');
    await deleteDraft(tx, goodsId);
  }
  await indexProduct(tx, goodsId);
  await tell(
    platform,
    tx,
    'catalog.product-stopped',
    { ...aboutOf(application), whole, specificationIds, skuCodes },
    now,
  );
  return ok(null);
}
