/**
 * What delivery tells of supervised lines: opened now, accepted. A line in SUPERVISING is done when the buyer accepted,
 * unless its product is opened only then; its time begins when the seller enabled it, else at the acceptance (L7).
 */
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { datedLines, lockOrdersOfLines, moveLines } from './moves.ts';
import { linesFulfilled } from './outcome.ts';
import { expiryAtPayment } from './period.ts';
import { linesByIds, ordersByIds } from './store.ts';

/** The seller is asked to open supervised lines now: at the delivery or after the acceptance (B-41). */
export async function linesOpening(tx: Tx, lineIds: readonly string[]): Promise<void> {
  await lockOrdersOfLines(tx, lineIds);
  await moveLines(tx, lineIds, 'CALLING');
}

export interface AcceptedLine {
  readonly orderLineId: string;
  /** the actual enabling time, else the acceptance (L7) */
  readonly effectiveAt: Date;
  /** it is opened after its acceptance: the line goes on to its seller */
  readonly opensNow: boolean;
}

/** Accepted lines get their time and are fulfilled, or opened. @returns when their time ends; null = never */
export async function linesAccepted(
  platform: Platform,
  tx: Tx,
  accepted: readonly AcceptedLine[],
  now: Date,
): Promise<ReadonlyMap<string, Date | null>> {
  const ends = await endsOf(tx, accepted);
  await datedLines(
    tx,
    accepted.map(({ orderLineId, effectiveAt }) => ({
      orderLineId,
      effectiveFrom: effectiveAt,
      expireAt: ends.get(orderLineId) ?? null,
    })),
  );
  const idsOf = (opensNow: boolean) => accepted.filter((line) => line.opensNow === opensNow).map((l) => l.orderLineId);
  if (idsOf(true).length > 0) await linesOpening(tx, idsOf(true));
  if (idsOf(false).length > 0) await linesFulfilled(platform, tx, idsOf(false), now);
  return ends;
}

async function endsOf(tx: Tx, accepted: readonly AcceptedLine[]): Promise<Map<string, Date | null>> {
  const lines = await linesByIds(
    tx,
    accepted.map(({ orderLineId }) => orderLineId),
  );
  const orders = await ordersByIds(tx, [...new Set(lines.map(({ orderId }) => orderId))], { scope: { kind: 'all' } });
  const ends = new Map<string, Date | null>();
  for (const line of lines) {
    const order = orders.find(({ orderId }) => orderId === line.orderId);
    const from = accepted.find(({ orderLineId }) => orderLineId === line.orderLineId)?.effectiveAt;
    // The end that was set at the payment does not count: the time begins anew.
    if (order && from)
      ends.set(line.orderLineId, expiryAtPayment({ ...line, expireAt: null }, order.orderType, order.site, from));
  }
  return ends;
}
