/**
 * What delivery tells of supervised lines: they are opened now (B-41), and when their time begins: when the seller
 * enabled the product, else at the acceptance (L7).
 */
import type { Tx } from '../platform/database/database.ts';
import { datedLines, lockOrdersOfLines, moveLines } from './moves.ts';
import { expiryAtPayment } from './period.ts';
import { linesByIds, ordersByIds } from './store.ts';

/** The seller's server is asked to open supervised lines now: at their delivery or after the acceptance (B-41). */
export async function linesOpening(tx: Tx, lineIds: readonly string[]): Promise<void> {
  await lockOrdersOfLines(tx, lineIds);
  await moveLines(tx, lineIds, 'CALLING');
}

/** Gives lines their time anew. @returns when it ends; null = never (C21) */
export async function startTimes(
  tx: Tx,
  begun: readonly { readonly orderLineId: string; readonly effectiveAt: Date }[],
): Promise<ReadonlyMap<string, Date | null>> {
  const lines = await linesByIds(
    tx,
    begun.map(({ orderLineId }) => orderLineId),
  );
  const orders = await ordersByIds(tx, [...new Set(lines.map(({ orderId }) => orderId))], { scope: { kind: 'all' } });
  const ends = new Map<string, Date | null>();
  for (const line of lines) {
    const order = orders.find(({ orderId }) => orderId === line.orderId);
    const from = begun.find(({ orderLineId }) => orderLineId === line.orderLineId)?.effectiveAt;
    // The end that was set at the payment does not count any more.
    if (order && from)
      ends.set(line.orderLineId, expiryAtPayment({ ...line, expireAt: null }, order.orderType, order.site, from));
  }
  await datedLines(
    tx,
    begun.map(({ orderLineId, effectiveAt }) => ({
      orderLineId,
      effectiveFrom: effectiveAt,
      expireAt: ends.get(orderLineId) ?? null,
    })),
  );
  return ends;
}
