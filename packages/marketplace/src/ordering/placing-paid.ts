/**
 * Orders that nobody pays by hand (B-63): each is written as its payment leaves it, all with the statements of one. What
 * follows is told as of any other order: placed, then paid.
 */
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Part, payAlone } from '../wallet/index.ts';
import { claim } from './claims.ts';
import { savePayments } from './moves.ts';
import { paidEvent, placedEvent } from './news.ts';
import { asPaid } from './payment.ts';
import { followUpLine } from './place-for.ts';
import { type Draft, writeOrders } from './placing.ts';
import type { QuotedLine } from './resource.ts';
import type { Order } from './store.ts';

export interface PlacePaid {
  readonly userId: string;
  readonly line: QuotedLine;
  /** what pays it, of means that are locked */
  readonly parts: readonly Part[];
  readonly traceId: string;
}

/**
 * An order of one line for each, paid. The caller holds the resources' locks, has found none of them at work elsewhere,
 * and has locked what is to pay.
 * @returns in the order of the list
 * @throws Error when that does not hold: nothing of it may be committed
 */
export async function placePaid(platform: Platform, tx: Tx, asked: readonly PlacePaid[], now: Date): Promise<Order[]> {
  if (asked.length === 0) return [];
  const placed = await writeOrders(platform, tx, await draftsOf(tx, asked), now, (order) => asPaid(order, now));
  const orders = placed.map((order) => ({ placed: order, paid: asPaid(order, now) }));
  const claims = orders.flatMap(({ paid }) =>
    paid.lines.map(({ resourceId, orderLineId }) => ({ resourceId, orderLineId, refundId: null })),
  );
  const [holder] = await claim(tx, claims);
  if (holder) throw new Error(`resource ${holder.resourceId} is at work elsewhere`);
  const payments = orders.map(({ paid: { orderId, buyerId, amount, traceId } }, place) => {
    const parts = asked[place]?.parts ?? [];
    return { buyerId, currency: amount.currency, reference: orderId, traceId, parts };
  });
  const kept = await payAlone(platform, tx, payments, now);
  const mixed = orders.flatMap(({ paid }, place) => {
    const payment = kept[place] ?? null;
    return payment === null ? [] : paid.lines.map((line) => ({ ...line, payment }));
  });
  if (mixed.length > 0) await savePayments(tx, mixed);
  const news = orders.flatMap(({ placed, paid }) => [placedEvent(placed), paidEvent(paid)]);
  await platform.events.publish(tx, news, now);
  return orders.map(({ paid }) => paid);
}

async function draftsOf(tx: Tx, asked: readonly PlacePaid[]): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (const { line, userId, traceId } of asked)
    drafts.push({
      orderType: line.orderType,
      buyerId: line.resource.buyerId,
      placedBy: userId,
      site: line.resource.site,
      amount: line.amount,
      traceId,
      lines: [await followUpLine(tx, line)],
    });
  return drafts;
}
