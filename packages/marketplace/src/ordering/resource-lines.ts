/** What was ordered for a resource: still open, and paid. */
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import { currencyOf, money } from '../platform/money.ts';
import type { LineState, OrderState, OrderType } from './model.ts';
import type { FollowUpType, OpenOrder, ResourceLine, Scene } from './resource.ts';
import { visible } from './scope.ts';
import { type Order, type OrderRow, withLines } from './store.ts';

/**
 * Renewals, conversions and changes that are unpaid or at work.
 * @param options.lock their orders are locked, so that none is paid, cancelled or finished before this transaction ends
 */
export async function openOrdersOf(
  executor: Executor,
  resourceIds: readonly string[],
  options: { lock?: boolean } = {},
): Promise<OpenOrder[]> {
  if (options.lock)
    await sql`
      SELECT 1 FROM ordering.orders WHERE order_id IN (
        SELECT l.order_id FROM ordering.claims c JOIN ordering.order_lines l USING (order_line_id) WHERE c.resource_id = ANY(${resourceIds}::text[]))
      ORDER BY order_id FOR UPDATE`.execute(executor);
  const { rows } = await sql<{
    resource_id: string;
    order_id: string;
    order_line_id: string;
    order_type: FollowUpType;
    order_state: OrderState;
    line_state: LineState;
  }>`
    SELECT c.resource_id, o.order_id, l.order_line_id, o.order_type, o.state AS order_state, l.state AS line_state
    FROM ordering.claims c JOIN ordering.order_lines l USING (order_line_id) JOIN ordering.orders o USING (order_id)
    WHERE c.resource_id = ANY(${resourceIds}::text[]) AND o.order_type <> 'UNSUBSCRIBE' ORDER BY c.resource_id`.execute(
    executor,
  );
  return rows.map((row) => ({
    resourceId: row.resource_id,
    orderId: row.order_id,
    orderLineId: row.order_line_id,
    orderType: row.order_type,
    orderState: row.order_state,
    lineState: row.line_state,
  }));
}

/** Of these resources, those of which a refund was executed whose seller has not been told, or has not answered. */
export async function unsubscribing(executor: Executor, resourceIds: readonly string[]): Promise<string[]> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<{ resource_id: string }>`
    SELECT c.resource_id FROM ordering.claims c JOIN ordering.order_lines l USING (order_line_id) JOIN ordering.orders o USING (order_id)
    WHERE c.resource_id = ANY(${resourceIds}::text[]) AND o.order_type = 'UNSUBSCRIBE'`.execute(executor);
  return rows.map((row) => row.resource_id);
}

/** Paid lines of a resource, oldest first: its opening, then renewals, conversion, changes; refunded ones included. */
export async function linesOfResource(executor: Executor, resourceId: string): Promise<ResourceLine[]> {
  const { rows } = await sql<{
    order_line_id: string;
    order_id: string;
    order_type: OrderType;
    scene: Scene | null;
    state: LineState;
    amount: string;
    currency: string;
    price_item_id: string;
    sku_code: string;
    quantity: number;
    period_type: 'month' | 'year' | null;
    period_number: number | null;
    effective_from: Date | null;
    expire_at: Date | null;
    paid_at: Date;
  }>`
    SELECT l.order_line_id, l.order_id, o.order_type, l.scene, l.state, l.amount, o.currency, l.price_item_id, l.sku_code, l.quantity,
           l.period_type, l.period_number, l.effective_from, l.expire_at, o.paid_at
    FROM (SELECT * FROM ordering.order_lines WHERE order_line_id = ${resourceId}
          UNION ALL SELECT * FROM ordering.order_lines WHERE resource_id = ${resourceId} AND resource_id <> order_line_id) l
    JOIN ordering.orders o USING (order_id)
    WHERE o.paid_at IS NOT NULL AND o.order_type <> 'UNSUBSCRIBE' 
    ORDER BY l.order_line_id <> l.resource_id, o.paid_at, l.effective_from, l.order_line_id`.execute(executor);
  return rows.map((row) => ({
    orderLineId: row.order_line_id,
    orderId: row.order_id,
    orderType: row.order_type,
    scene: row.scene,
    state: row.state,
    amount: money(row.amount, currencyOf(row.currency)),
    priceItemId: row.price_item_id,
    skuCode: row.sku_code,
    quantity: row.quantity,
    periodType: row.period_type,
    periodNumber: row.period_number,
    effectiveFrom: row.effective_from,
    expireAt: row.expire_at,
    paidAt: row.paid_at,
  }));
}

/** Every order about a resource that the scope sees, oldest first, with the lines of this resource alone. */
export async function ordersOfResource(executor: Executor, resourceId: string, scope: Scope): Promise<Order[]> {
  const { rows } = await sql<OrderRow>`
    SELECT o.* FROM ordering.orders o WHERE o.order_id IN (
      SELECT order_id FROM ordering.order_lines WHERE order_line_id = ${resourceId}
      UNION ALL SELECT order_id FROM ordering.order_lines WHERE resource_id = ${resourceId} AND resource_id <> order_line_id)
      AND ${visible(scope)} ORDER BY o.created_at, o.order_id`.execute(executor);
  const orders = await withLines(executor, rows, scope);
  return orders.map((order) => ({ ...order, lines: order.lines.filter((line) => line.resourceId === resourceId) }));
}
