/** SQL that moves orders and lines along their diagrams. */
import type { LocalizedText } from '../catalog/index.ts';
import { type Executor, executeUnanswered, list, sql } from '../platform/database/database.ts';
import { currencyOf, type Money, money } from '../platform/money.ts';
import { sourcesOf } from '../platform/state-machine.ts';
import type { LinePart } from '../wallet/index.ts';
import { type LineState, lineTransitions, type OrderState, type OrderType } from './model.ts';
import { type LineDelivery, lineSnapshot, type OrderLine, partsOf } from './store.ts';

export async function setOrderState(
  executor: Executor,
  orderIds: readonly string[],
  from: OrderState,
  to: OrderState,
  times: { paidAt?: Date; completedAt?: Date } = {},
): Promise<void> {
  if (orderIds.length === 0) return;
  const result = await sql`
    UPDATE ordering.orders SET state = ${to}, paid_at = coalesce(${times.paidAt ?? null}::timestamptz, paid_at), completed_at = coalesce(${times.completedAt ?? null}::timestamptz, completed_at),
      cancel_at = CASE WHEN ${to} IN ('PENDING_PAYMENT', 'PENDING_APPROVAL') THEN cancel_at END
    WHERE order_id = ANY(${list(orderIds, 'text')}) AND state = ${from}`.execute(executor);
  if (Number(result.numAffectedRows ?? 0) !== orderIds.length)
    throw new Error(`orders ${orderIds.join(', ')} are not all ${from}`);
}

/** Moves lines along their diagram; one that is elsewhere by now (a repeat) stays. @returns ids that moved */
export async function moveLines(executor: Executor, lineIds: readonly string[], to: LineState): Promise<string[]> {
  const { rows } = await linesMoving(lineIds, to).execute(executor);
  return rows.map((row) => row.order_line_id);
}
/** The same where nobody asks which. */
export const moveLinesUnasked = (executor: Executor, lineIds: readonly string[], to: LineState): Promise<void> =>
  executeUnanswered(executor, linesMoving(lineIds, to));

const linesMoving = (lineIds: readonly string[], to: LineState) => sql<{ order_line_id: string }>`
    UPDATE ordering.order_lines SET state = ${to} WHERE order_line_id = ANY(${lineIds}::text[]) AND state = ANY(${sourcesOf(lineTransitions, to)}::text[])
    RETURNING order_line_id`;

type Started = Pick<OrderLine, 'orderLineId' | 'state' | 'effectiveFrom' | 'expireAt'>;

/** Payment: lines are called or supervised, and their period begins (C19a). */
export async function startLines(executor: Executor, lines: readonly Started[]): Promise<void> {
  const column = (of: (line: Started) => unknown, type: 'text' | 'timestamptz') => list(lines.map(of), type);
  await sql`
    UPDATE ordering.order_lines l SET state = v.state, effective_from = v.effective_from, expire_at = v.expire_at
    FROM unnest(${column((line) => line.orderLineId, 'text')}, ${column((line) => line.state, 'text')}, ${column((line) => line.effectiveFrom, 'timestamptz')},
      ${column((line) => line.expireAt, 'timestamptz')}) AS v (order_line_id, state, effective_from, expire_at)
    WHERE l.order_line_id = v.order_line_id AND l.state = 'WAITING'`.execute(executor);
}

/** What paid lines, or what of that was given back; lines that the balance alone paid have none. */
export async function savePayments(
  executor: Executor,
  lines: readonly Pick<OrderLine, 'orderLineId' | 'payment'>[],
): Promise<void> {
  await sql`
    UPDATE ordering.order_lines l SET payment = v.payment
    FROM jsonb_to_recordset(${JSON.stringify(lines.map(({ orderLineId, payment }) => ({ orderLineId, payment })))}::jsonb) AS v ("orderLineId" text, payment jsonb)
    WHERE l.order_line_id = v."orderLineId"`.execute(executor);
}

/** L7: the time of a supervised line begins when it was enabled, else when it was accepted. */
export async function datedLines(
  executor: Executor,
  lines: readonly { orderLineId: string; effectiveFrom: Date; expireAt: Date | null }[],
): Promise<void> {
  await sql`
    UPDATE ordering.order_lines l SET effective_from = v.effective_from, expire_at = v.expire_at
    FROM unnest(${lines.map((line) => line.orderLineId)}::text[], ${lines.map((line) => line.effectiveFrom)}::timestamptz[], ${lines.map((line) => line.expireAt)}::timestamptz[])
      AS v (order_line_id, effective_from, expire_at)
    WHERE l.order_line_id = v.order_line_id`.execute(executor);
}

/** Locks the orders of lines, so that their states are told one after the other. @returns states of all their lines */
export async function lockOrdersOfLines(executor: Executor, lineIds: readonly string[]): Promise<LockedOrder[]> {
  // Sent together: the orders are read when they are locked.
  await executeUnanswered(
    executor,
    sql`SELECT 1 FROM ordering.orders WHERE order_id IN (SELECT order_id FROM ordering.order_lines WHERE order_line_id = ANY(${lineIds}::text[])) ORDER BY order_id FOR UPDATE`,
  );
  const { rows } = await sql<{
    order_id: string;
    order_type: OrderType;
    state: OrderState;
    trace_id: string;
    buyer_id: string;
    currency: string;
    lines: {
      id: string;
      resource: string;
      seller: string;
      name: LocalizedText;
      state: LineState;
      amount: string;
      delivery: unknown;
      payment: unknown;
    }[];
  }>`
    SELECT o.order_id, o.order_type, o.state, o.trace_id, o.buyer_id, o.currency,
      jsonb_agg(jsonb_build_object('id', l.order_line_id, 'resource', l.resource_id, 'seller', l.seller_id, 'name', l.snapshot -> 'productName', 'state', l.state, 'amount', l.amount::text, 'delivery', l.snapshot -> 'delivery', 'payment', l.payment) ORDER BY l.order_line_id) AS lines
    FROM ordering.orders o JOIN ordering.order_lines l USING (order_id)
    WHERE o.order_id IN (SELECT order_id FROM ordering.order_lines WHERE order_line_id = ANY(${lineIds}::text[])) GROUP BY o.order_id ORDER BY o.order_id`.execute(
    executor,
  );
  return rows.map((row) => ({
    orderId: row.order_id,
    orderType: row.order_type,
    state: row.state,
    traceId: row.trace_id,
    buyerId: row.buyer_id,
    lines: row.lines.map((line) => ({
      orderLineId: line.id,
      resourceId: line.resource,
      sellerId: line.seller,
      productName: line.name,
      state: line.state,
      amount: money(line.amount, currencyOf(row.currency)),
      delivery: lineSnapshot.shape.delivery.parse(line.delivery ?? undefined),
      payment: partsOf(line.payment),
    })),
  }));
}
export interface LockedOrder {
  readonly orderId: string;
  readonly orderType: OrderType;
  readonly state: OrderState;
  readonly traceId: string;
  readonly buyerId: string;
  readonly lines: readonly LockedLine[];
}
export interface LockedLine {
  readonly orderLineId: string;
  readonly resourceId: string;
  readonly sellerId: string;
  readonly productName: LocalizedText;
  readonly state: LineState;
  readonly amount: Money;
  readonly delivery: LineDelivery;
  readonly payment: readonly LinePart[] | null;
}
