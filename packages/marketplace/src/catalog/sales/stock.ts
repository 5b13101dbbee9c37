/** Stock of hardware (C50, L38): promised to an order when it is placed, sold when it is paid, free again when it is cancelled; a refund does not restock. */
import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Refusal } from '../../platform/result.ts';
import type { LocalizedText } from '../definition.ts';
import { available } from './model.ts';
import { outOfStock } from './offer-lines.ts';
import { consume, type Pieces, release, reserve, stockOfProducts } from './store.ts';

export interface PromisedPieces extends Pieces {
  readonly sellerId: string;
  readonly productName: LocalizedText;
}

/**
 * Promises all or nothing; two orders for the last piece wait for each other, and the later one is refused OUT_OF_STOCK.
 * Tells the seller when a SKU is sold out.
 */
export async function reserveStock(
  platform: Platform,
  tx: Tx,
  pieces: readonly PromisedPieces[],
  traceId: string,
  now: Date,
): Promise<Refusal | null> {
  const done: Pieces[] = [];
  // In one order everywhere, so that two orders never wait for each other crosswise.
  for (const each of pieces.toSorted((a, b) => (a.skuCode < b.skuCode ? -1 : 1))) {
    const left = await reserve(tx, each);
    if (left === null) {
      for (const taken of done) await release(tx, taken);
      const stock = (await stockOfProducts(tx, [each.goodsId])).get(each.skuCode);
      return outOfStock(each.goodsId, each.skuCode, stock ? available(stock) : 0);
    }
    done.push(each);
    if (left === 0) await platform.events.publish(tx, [soldOut(each, traceId)], now);
  }
  return null;
}

const soldOut = ({ goodsId, skuCode, sellerId, productName }: PromisedPieces, traceId: string) => ({
  type: 'catalog.sold-out',
  aggregate: `product:${goodsId}`,
  payload: { goodsId, skuCode, sellerId, productName },
  traceId,
});

export async function releaseStock(tx: Tx, pieces: readonly Pieces[]): Promise<void> {
  for (const each of pieces.toSorted((a, b) => (a.skuCode < b.skuCode ? -1 : 1))) await release(tx, each);
}

export async function consumeStock(tx: Tx, pieces: readonly Pieces[]): Promise<void> {
  for (const each of pieces.toSorted((a, b) => (a.skuCode < b.skuCode ? -1 : 1))) await consume(tx, each);
}
