import { contentOf } from '../catalog/index.ts';
import { type Order, payOrder, placeOrder } from '../ordering/index.ts';
import { inTransaction } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';

export interface DemoPurchase {
  readonly platform: Platform;
  readonly demo: { readonly goodsId: string; readonly buyerId: string };
}

/** Places and pays an order of the demo product: 10 users for a year, unless told otherwise. */
export async function buyFromDemo(
  { platform, demo }: DemoPurchase,
  choice: { quantity?: number; periodNumber?: number; pay?: boolean } = {},
): Promise<Order> {
  const content = await contentOf(platform.db, demo.goodsId, 1);
  const priceItemId = content.specifications[0]?.skus[0]?.prices[0]?.priceItemId ?? '';
  const now = platform.clock.now();
  const line = { priceItemId, quantity: choice.quantity ?? 10, periodNumber: choice.periodNumber ?? 1, parameters: [] };
  const placed = await inTransaction(platform.db, (tx) =>
    placeOrder(
      platform,
      tx,
      { buyerId: demo.buyerId, userId: 'test', lines: [line], traceId: uuid(platform.random).replaceAll('-', '') },
      now,
    ),
  );
  if (!placed.ok) throw new Error(`order refused: ${placed.refusal.code}`);
  if (choice.pay === false) return placed.value;
  const paid = await inTransaction(platform.db, (tx) =>
    payOrder(platform, tx, { orderId: placed.value.orderId, scope: { kind: 'all' } }, now),
  );
  if (!paid.ok) throw new Error(`payment refused: ${paid.refusal.code}`);
  platform.wake.kick();
  return paid.value;
}
