/** Does the seller still have what it was asked to create? One queryInstance over up to 100 ids (saas-v2.md 5.2, Q6). */
import { contentOf, productById, productionInterfaces } from '../catalog/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { insertCalls, poolOf } from './store.ts';

export interface ComparisonRequest {
  readonly sellerId: string;
  readonly goodsId: string;
  /** at most {@link MOST_COMPARED} */
  readonly instanceIds: readonly string[];
  /** identity of the question: asked again with the same one it is not asked twice */
  readonly occasion: string;
}
export const MOST_COMPARED = 100;

/** Made once; the answer is told as `fulfilment.instances-compared`, also when there is none (`complete: false`). */
export async function requestComparison(
  platform: Platform,
  tx: Tx,
  request: ComparisonRequest,
  now: Date,
): Promise<void> {
  const { sellerId, goodsId, instanceIds, occasion } = request;
  if (instanceIds.length === 0 || instanceIds.length > MOST_COMPARED)
    throw new RangeError(`a comparison asks for 1 to ${MOST_COMPARED} instances, not ${instanceIds.length}`);
  const product = await productById(tx, goodsId);
  if (!product) throw new Error(`there is no product ${goodsId}`);
  const found = (await productionInterfaces(tx, [goodsId])).get(goodsId);
  const content = await contentOf(tx, goodsId, product.current_version);
  const resourceId = `comparison:${goodsId}`;
  const call = {
    id: uuid(platform.random),
    // A pool of its own: ten thousand questions to a slow address take no slot from what was paid for.
    pool: `compare ${poolOf(sellerId, found?.production_url)}`,
    protocol: found?.protocol ?? 'saas-v2',
    activity: 'queryInstance',
    occasion: `compare:${occasion}`,
    resourceId,
    sellerId,
    buyerId: '',
    orderId: '',
    orderLineId: '',
    goodsId,
    productName: content.name,
    instanceId: null,
    details: { purpose: 'compare' as const, instanceIds: [...instanceIds] },
    dueAt: now,
    traceId: uuid(platform.random).replaceAll('-', ''),
  };
  await insertCalls(tx, [call], now);
}
