/** What the platform and the seller do with a product beside its versions: withdraw, freeze, show (8.1, C42). */
import type { Scope } from '../../directory/index.ts';
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { mayMove } from '../../platform/state-machine.ts';
import { setSpecificationVisibility, setVisibility, showSpecifications } from '../by-seller.ts';
import { indexProduct } from '../finding/index-product.ts';
import { contentOf, noteWithdrawal, type ProductState, setProductState } from '../store.ts';
import { decideApplication, listApplications } from './application-store.ts';
import { deleteDraft, type WrittenProduct, writtenProduct } from './draft-store.ts';
import { PRODUCT_MOVES } from './model.ts';
import { tell } from './news.ts';

interface Acting {
  readonly goodsId: string;
  readonly by: { readonly userId: string };
  readonly reason: string;
}

/** Taken off by the platform, for good: no sale, no renewal (C29); what runs goes on until it expires. Refuses PRODUCT_STATE. */
export async function withdrawProduct(
  platform: Platform,
  tx: Tx,
  { goodsId, by, reason }: Acting,
  now: Date,
): Promise<Result<WrittenProduct>> {
  const moved = await moving(tx, goodsId, 'WITHDRAWN');
  if (!moved.ok) return moved;
  const { sellerId, version } = moved.value;
  await setProductState(tx, goodsId, 'WITHDRAWN');
  await noteWithdrawal(tx, goodsId, now);
  await deleteDraft(tx, goodsId);
  const scope = { kind: 'all' as const };
  for (const { applicationId } of await listApplications(tx, {
    scope,
    goodsIds: [goodsId],
    state: 'PENDING',
    before: null,
    limit: 1,
  }))
    await decideApplication(
      tx,
      applicationId,
      { state: 'WITHDRAWN', by: by.userId, reasons: [], comment: reason, version: null },
      now,
    );
  await indexProduct(tx, goodsId);
  const { name } = await contentOf(tx, goodsId, version);
  await tell(platform, tx, 'catalog.product-withdrawn', { sellerId, goodsId, productName: name, reason }, now);
  return ok({ ...moved.value, state: 'WITHDRAWN' });
}

/** Products of a seller that buyers can find, or soon could: on sale, frozen, in review (8.1). */
export async function listedProducts(executor: Executor, sellerId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM catalog.products
    WHERE seller_id = ${sellerId} AND state IN ('ON_SALE', 'TRADE_FROZEN', 'IN_REVIEW')`.execute(executor);
  return rows[0]?.count ?? 0;
}

/** Its seller has left: what was stopped is not renewed any more either (C29, S4-7). */
export async function withdrawStopped(tx: Tx, sellerId: string, now: Date): Promise<void> {
  await sql`
    UPDATE catalog.products SET state = 'WITHDRAWN', withdrawn_at = ${now} WHERE seller_id = ${sellerId} AND state = 'STOPPED'`.execute(
    tx,
  );
}

/** Of products that nobody is called for; those with an interface are frozen where they are probed. Refuses PRODUCT_STATE. */
export async function freezeTrading(
  tx: Tx,
  { goodsId, frozen }: { readonly goodsId: string; readonly frozen: boolean },
): Promise<Result<WrittenProduct>> {
  const to = frozen ? 'TRADE_FROZEN' : 'ON_SALE';
  const moved = await moving(tx, goodsId, to);
  if (!moved.ok) return moved;
  if (!frozen && moved.value.state !== 'TRADE_FROZEN')
    return refuse('PRODUCT_STATE', 'only a frozen product can be released', { state: moved.value.state });
  await setProductState(tx, goodsId, to);
  await indexProduct(tx, goodsId);
  return ok({ ...moved.value, state: to });
}

async function moving(tx: Tx, goodsId: string, to: ProductState): Promise<Result<WrittenProduct>> {
  const product = await writtenProduct(tx, { scope: { kind: 'all' }, goodsId }, 'lock');
  if (!product) return refuse('NOT_FOUND', 'there is no such product');
  return mayMove(PRODUCT_MOVES, product.state, to)
    ? ok(product)
    : refuse('PRODUCT_STATE', `8.1: a ${product.state} product does not become ${to}`, { state: product.state });
}

export interface Showing {
  readonly scope: Scope;
  readonly goodsId: string;
  /** null = the product: public again makes all its specifications public (C42) */
  readonly specificationId: string | null;
  readonly visibility: 'PUBLIC' | 'HIDDEN';
}
/** At once, without review. Refuses PRODUCT_STATE unless the product is on sale: what is frozen stays hidden. */
export async function show(tx: Tx, wanted: Showing): Promise<Result<WrittenProduct>> {
  const product = await writtenProduct(tx, wanted, 'lock');
  if (!product) return refuse('NOT_FOUND', 'there is no such product');
  const { goodsId, specificationId, visibility } = wanted;
  if (product.state !== 'ON_SALE')
    return refuse('PRODUCT_STATE', 'C42: only a product on sale is shown or hidden', { state: product.state });
  if (specificationId === null) {
    await setVisibility(tx, goodsId, visibility);
    if (visibility === 'PUBLIC' && product.visibility === 'HIDDEN') await showSpecifications(tx, goodsId);
  } else if (!(await setSpecificationVisibility(tx, goodsId, specificationId, visibility)))
    return refuse('NOT_FOUND', 'there is no such specification', { specificationId });
  await indexProduct(tx, goodsId);
  return ok({ ...product, visibility: specificationId === null ? visibility : product.visibility });
}
