/** Trading frozen and released (consoles-and-processes.md 7.5, O-10): no new orders, hidden from buyers; instances run on. */
import { contentOf, type OfferedProduct, productsInScope, setProductState, setVisibility } from '../catalog/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { insertSanction, lockProduct, rememberFreeze, rememberRelease } from './probe-store.ts';

interface Freezing {
  readonly product: OfferedProduct;
  readonly actor: string;
  readonly reason: string;
  readonly traceId: string;
}

/** Freezes a locked product that is on sale, and remembers how it was shown before. */
export async function freeze(platform: Platform, tx: Tx, freezing: Freezing, now: Date): Promise<void> {
  const { product, actor, reason } = freezing;
  const { goodsId, sellerId } = product;
  await lockProduct(tx, product, now);
  await setProductState(tx, goodsId, 'TRADE_FROZEN');
  await setVisibility(tx, goodsId, 'HIDDEN');
  await rememberFreeze(tx, goodsId, product.visibility);
  const sanctionId = uuid(platform.random);
  await insertSanction(tx, { sanctionId, goodsId, sellerId, kind: 'FREEZE', actor, reason, at: now });
  const { name } = await contentOf(tx, goodsId, product.version);
  await platform.events.publish(
    tx,
    [
      {
        type: 'debugging.trading-frozen',
        aggregate: `product:${goodsId}`,
        payload: { sellerId, goodsId, productName: name, reason, by: actor },
        traceId: freezing.traceId,
      },
    ],
    now,
  );
}

export interface Sanctioning {
  readonly goodsId: string;
  readonly actor: string;
  readonly reason: string;
}

/** By the operator, with a reason. @returns PRODUCT_STATE unless the product is on sale */
export async function freezeByHand(platform: Platform, tx: Tx, wanted: Sanctioning, now: Date): Promise<Result<null>> {
  const product = await locked(tx, wanted.goodsId);
  if (!product) return refuse('NOT_FOUND', 'there is no such product');
  if (product.state !== 'ON_SALE')
    return refuse('PRODUCT_STATE', `only a product on sale can be frozen; this one is ${product.state}`);
  await freeze(platform, tx, { ...wanted, product, traceId: traceId(platform.random) }, now);
  return ok(null);
}

/** After repair: on sale again, shown as before, failing days counted anew. @returns PRODUCT_STATE unless it is frozen */
export async function release(platform: Platform, tx: Tx, wanted: Sanctioning, now: Date): Promise<Result<null>> {
  const product = await locked(tx, wanted.goodsId);
  if (!product) return refuse('NOT_FOUND', 'there is no such product');
  if (product.state !== 'TRADE_FROZEN')
    return refuse('PRODUCT_STATE', `only a frozen product can be released; this one is ${product.state}`);
  const { goodsId, sellerId } = product;
  const known = await lockProduct(tx, product, now);
  await setProductState(tx, goodsId, 'ON_SALE');
  await setVisibility(tx, goodsId, known.visibilityBefore ?? 'PUBLIC');
  await rememberRelease(tx, goodsId, now);
  const { actor, reason } = wanted;
  await insertSanction(tx, {
    sanctionId: uuid(platform.random),
    goodsId,
    sellerId,
    kind: 'UNFREEZE',
    actor,
    reason,
    at: now,
  });
  return ok(null);
}

async function locked(tx: Tx, goodsId: string): Promise<OfferedProduct | null> {
  const [product] = await productsInScope(tx, { scope: { kind: 'all' }, goodsIds: [goodsId], limit: 1, lock: true });
  return product ?? null;
}
