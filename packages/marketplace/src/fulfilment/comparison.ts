/** Does the seller still have what it was asked to create? A queryInstance for each 100 ids (saas-v2.md 5.2, Q6). */
import { contentOf, productById, productionInterfaces } from '../catalog/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { insertCalls, type NewCall, poolOf } from './store.ts';

export interface ComparisonRequest {
  readonly sellerId: string;
  readonly goodsId: string;
  /** any number; a call asks for at most {@link MOST_COMPARED} */
  readonly instanceIds: readonly string[];
  /** identity of the question: asked again with the same one it is not asked twice */
  readonly occasion: string;
}
const MOST_COMPARED = 100;
/** Where there is nobody to ask, or nothing to ask with, nothing is compared. */
const COMPARED = new Set(['saas-v2', 'saas-v1', 'license-provisioning']);

/**
 * All calls are made due in one statement. The answer of each is told as `fulfilment.instances-compared`, also when there
 * is none (`complete: false`); the occasion of the second and further ones is `<occasion>/2`, ….
 */
export async function requestComparison(
  platform: Platform,
  tx: Tx,
  request: ComparisonRequest,
  now: Date,
): Promise<void> {
  const { sellerId, goodsId, instanceIds, occasion } = request;
  if (instanceIds.length === 0) return;
  const found = (await productionInterfaces(tx, [goodsId])).get(goodsId);
  if (!found || !COMPARED.has(found.protocol)) return;
  const product = await productById(tx, goodsId);
  if (!product) throw new Error(`there is no product ${goodsId}`);
  const content = await contentOf(tx, goodsId, product.current_version);
  const resourceId = `comparison:${goodsId}`;
  const call = (place: number, asked: readonly string[]): NewCall => ({
    id: uuid(platform.random),
    // A pool of its own: ten thousand questions to a slow address take no slot from what was paid for.
    pool: `compare ${poolOf(sellerId, found.production_url)}`,
    protocol: found.protocol,
    activity: 'queryInstance',
    occasion: place === 0 ? `compare:${occasion}` : `compare:${occasion}/${place + 1}`,
    resourceId,
    sellerId,
    buyerId: '',
    orderId: '',
    orderLineId: '',
    goodsId,
    productName: content.name,
    instanceId: null,
    details: { purpose: 'compare' as const, instanceIds: [...asked] },
    dueAt: now,
    traceId: uuid(platform.random).replaceAll('-', ''),
  });
  const calls: NewCall[] = [];
  for (let from = 0; from < instanceIds.length; from += MOST_COMPARED)
    calls.push(call(calls.length, instanceIds.slice(from, from + MOST_COMPARED)));
  await insertCalls(tx, calls, now);
}
