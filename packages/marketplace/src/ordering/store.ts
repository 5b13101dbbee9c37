/** SQL of orders. */
import type { RawBuilder } from 'kysely';
import { z } from 'zod';
import { type ChargingMode, localizedText, usagePackage } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import { type Currency, currencyOf, type Money, money, sum } from '../platform/money.ts';
import type { Site } from '../platform/site.ts';
import { sourcesOf } from '../platform/state-machine.ts';
import { type LineState, lineTransitions, type OrderState, type OrderType } from './model.ts';
import type { Scene } from './resource.ts';

export const lineSnapshot = z.object({
  productName: localizedText,
  specificationName: localizedText,
  linearAttribute: z
    .object({
      code: z.string(),
      name: localizedText,
      unit: localizedText,
      minimum: z.number(),
      maximum: z.number(),
      step: z.number(),
    })
    .nullable(),
  derivation: z.array(z.object({ rule: z.string(), text: z.string(), value: z.string() })),
  parameters: z.array(z.object({ name: z.string(), value: z.string() })),
  /** TRIAL lines: how long the trial lasts (C33) */
  trialDays: z.number().nullable().default(null),
  /** ON_DEMAND_PKG lines: what was bought (C31, C41) */
  package: usagePackage.nullable().default(null),
});
export type LineSnapshot = z.infer<typeof lineSnapshot>;

export interface OrderLine {
  readonly orderLineId: string;
  readonly orderId: string;
  /** the resource it is about; a NEW or TRIAL line creates the resource of its own id */
  readonly resourceId: string;
  /** of RENEW lines; null otherwise */
  readonly scene: Scene | null;
  readonly buyerId: string;
  readonly sellerId: string;
  readonly state: LineState;
  readonly goodsId: string;
  readonly version: number;
  readonly specificationId: string;
  readonly skuCode: string;
  readonly priceItemId: string;
  readonly chargingMode: ChargingMode;
  readonly periodType: 'month' | 'year' | null;
  readonly periodNumber: number | null;
  readonly quantity: number;
  readonly listAmount: Money;
  readonly amount: Money;
  /** null while unpaid, unless it is known before: a renewal begins at the old expiry */
  readonly effectiveFrom: Date | null;
  readonly expireAt: Date | null;
  readonly snapshot: LineSnapshot;
}
export interface Order {
  readonly orderId: string;
  readonly orderType: OrderType;
  readonly state: OrderState;
  readonly buyerId: string;
  readonly placedBy: string;
  readonly site: Site;
  readonly amount: Money;
  readonly traceId: string;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly completedAt: Date | null;
  readonly cancelAt: Date | null;
  readonly lines: readonly OrderLine[];
}

interface OrderRow {
  order_id: string;
  order_type: OrderType;
  state: OrderState;
  buyer_id: string;
  placed_by: string;
  site: Site;
  amount: string;
  currency: string;
  trace_id: string;
  created_at: Date;
  paid_at: Date | null;
  completed_at: Date | null;
  cancel_at: Date | null;
}
interface LineRow {
  order_line_id: string;
  order_id: string;
  buyer_id: string;
  seller_id: string;
  resource_id: string;
  scene: Scene | null;
  effective_from: Date | null;
  state: LineState;
  goods_id: string;
  version: number;
  specification_id: string;
  sku_code: string;
  price_item_id: string;
  charging_mode: ChargingMode;
  period_type: 'month' | 'year' | null;
  period_number: number | null;
  quantity: number;
  list_amount: string;
  amount: string;
  expire_at: Date | null;
  snapshot: unknown;
}

/** @returns false = the order id is taken */
export async function insertOrder(executor: Executor, order: Order): Promise<boolean> {
  const lines = order.lines.map((line) => ({
    ...line,
    listAmount: line.listAmount.amount,
    amount: line.amount.amount,
  }));
  const result = await sql`
    WITH placed AS (
      INSERT INTO ordering.orders (order_id, order_type, state, buyer_id, placed_by, site, amount, currency, trace_id, created_at, cancel_at)
      VALUES (${order.orderId}, ${order.orderType}, ${order.state}, ${order.buyerId}, ${order.placedBy}, ${order.site}, ${order.amount.amount}, ${order.amount.currency}, ${order.traceId}, ${order.createdAt}, ${order.cancelAt})
      ON CONFLICT DO NOTHING RETURNING order_id, buyer_id, created_at)
    INSERT INTO ordering.order_lines (order_line_id, order_id, resource_id, scene, buyer_id, seller_id, state, goods_id, version, specification_id, sku_code, price_item_id,
      charging_mode, period_type, period_number, quantity, list_amount, amount, effective_from, expire_at, snapshot, created_at)
    SELECT l."orderLineId", placed.order_id, l."resourceId", l.scene, placed.buyer_id, l."sellerId", l.state, l."goodsId", l.version, l."specificationId", l."skuCode", l."priceItemId",
      l."chargingMode", l."periodType", l."periodNumber", l.quantity, l."listAmount", l.amount, l."effectiveFrom", l."expireAt", l.snapshot, placed.created_at
    FROM placed CROSS JOIN jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l ("orderLineId" text, "resourceId" text, scene text, "sellerId" text, state text, "goodsId" text, version int, "specificationId" text,
      "skuCode" text, "priceItemId" text, "chargingMode" text, "periodType" text, "periodNumber" int, quantity int, "listAmount" numeric, amount numeric, "effectiveFrom" timestamptz, "expireAt" timestamptz, snapshot jsonb)`.execute(
    executor,
  );
  if (Number(result.numAffectedRows ?? 0) === 0) return false;
  return true;
}

/** Orders an action may reach; `lock` for a decision that changes them. */
export async function ordersByIds(
  executor: Executor,
  ids: readonly string[],
  options: { scope: Scope; lock?: boolean },
): Promise<Order[]> {
  const { rows } = await sql<OrderRow>`
    SELECT * FROM ordering.orders o WHERE o.order_id = ANY(${ids}::text[]) AND ${visible(options.scope)}
    ORDER BY o.order_id ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(executor);
  return withLines(executor, rows, options.scope);
}

export interface OrderListQuery {
  readonly scope: Scope;
  readonly state?: OrderState | undefined;
  readonly orderId?: string | undefined;
  readonly product?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
export async function listOrders(executor: Executor, query: OrderListQuery): Promise<Order[]> {
  const { scope } = query;
  const rows = scope.kind === 'seller' ? await ordersOfSeller(executor, scope, query) : await orders(executor, query);
  return withLines(executor, rows, scope);
}

async function orders(executor: Executor, query: OrderListQuery): Promise<OrderRow[]> {
  const conditions = [visible(query.scope), ...listed(query, sql.ref('o.created_at'), sql.ref('o.order_id'))];
  if (query.state) conditions.push(sql`o.state = ${query.state}`);
  if (query.product)
    conditions.push(
      sql`EXISTS (SELECT 1 FROM ordering.order_lines l WHERE l.order_id = o.order_id AND ${named(query.product)})`,
    );
  const { rows } = await sql<OrderRow>`
    SELECT * FROM ordering.orders o WHERE ${sql.join(conditions, sql` AND `)} ORDER BY o.created_at DESC, o.order_id DESC LIMIT ${query.limit}`.execute(
    executor,
  );
  return rows;
}

/**
 * A seller's orders are found from its lines, along their index (seller_id, created_at, order_id): a page costs its
 * length. As a condition on orders ("has a line of the seller") a page read the orders of all sellers until it was full.
 * An order counts with the first of its lines that fit; DISTINCT would sort all lines of the seller for each page.
 */
async function ordersOfSeller(executor: Executor, scope: Scope, query: OrderListQuery): Promise<OrderRow[]> {
  const fits = (line: string) => {
    const conditions = [ownLines(scope, line), paid(line), ...(query.product ? [named(query.product, line)] : [])];
    return sql.join(conditions, sql` AND `);
  };
  const conditions = [fits('l'), ...listed(query, sql.ref('l.created_at'), sql.ref('l.order_id'))];
  if (query.state) conditions.push(sql`o.state = ${query.state}`);
  const { rows } = await sql<OrderRow>`
    SELECT o.* FROM ordering.order_lines l JOIN ordering.orders o USING (order_id)
    WHERE ${sql.join(conditions, sql` AND `)}
      AND NOT EXISTS (SELECT 1 FROM ordering.order_lines f WHERE f.order_id = l.order_id AND f.order_line_id < l.order_line_id AND ${fits('f')})
    ORDER BY l.created_at DESC, l.order_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows;
}

/** What both lists narrow by: time, beginning of the id, where the page before ended. */
function listed(query: OrderListQuery, at: RawBuilder<unknown>, id: RawBuilder<unknown>) {
  return [
    ...(query.orderId ? [sql`starts_with(${id}, ${query.orderId})`] : []),
    ...(query.from ? [sql`${at} >= ${query.from}`] : []),
    ...(query.to ? [sql`${at} < ${query.to}`] : []),
    ...(query.before ? [sql`(${at}, ${id}) < (${query.before.at}, ${query.before.id})`] : []),
  ];
}
function named(product: string, line = 'l') {
  const name = sql.ref(`${line}.snapshot`);
  return sql`strpos(lower((${name} -> 'productName' ->> 'zh') || ' ' || (${name} -> 'productName' ->> 'en')), lower(${product})) > 0`;
}
/** An order that nobody has paid is not the seller's business yet. */
const paid = (line = 'l') => sql`${sql.ref(`${line}.state`)} <> ALL ('{WAITING,CLOSED}')`;

/** Object-level right as a condition: a foreign order is simply not there (P-2). */
function visible(scope: Scope) {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'buyer') {
    return scope.placedBy === null
      ? sql`o.buyer_id = ${scope.buyerId}`
      : sql`(o.buyer_id = ${scope.buyerId} AND o.placed_by = ${scope.placedBy})`;
  }
  return sql`EXISTS (SELECT 1 FROM ordering.order_lines l WHERE l.order_id = o.order_id AND ${ownLines(scope)} AND ${paid()})`;
}
/** Of an order with several sellers each sees the own lines only. */
function ownLines(scope: Scope, line = 'l') {
  if (scope.kind !== 'seller') return sql`true`;
  const own = sql`${sql.ref(`${line}.seller_id`)} = ${scope.sellerId}`;
  return scope.goodsIds === null
    ? own
    : sql`(${own} AND ${sql.ref(`${line}.goods_id`)} = ANY(${scope.goodsIds}::text[]))`;
}

async function withLines(executor: Executor, orders: readonly OrderRow[], scope: Scope): Promise<Order[]> {
  if (orders.length === 0) return [];
  const { rows } = await sql<LineRow>`
    SELECT l.* FROM ordering.order_lines l WHERE l.order_id = ANY(${orders.map((order) => order.order_id)}::text[]) AND ${ownLines(scope)} ORDER BY l.order_line_id`.execute(
    executor,
  );
  return orders.map((row) => {
    const currency = currencyOf(row.currency);
    const lines = rows.filter((line) => line.order_id === row.order_id).map((line) => toLine(line, currency));
    return {
      orderId: row.order_id,
      orderType: row.order_type,
      state: row.state,
      buyerId: row.buyer_id,
      placedBy: row.placed_by,
      site: row.site,
      // What other sellers earn of an order is none of a seller's business: the amount is that of the own lines.
      amount:
        scope.kind === 'seller'
          ? sum(
              lines.map((line) => line.amount),
              currency,
            )
          : money(row.amount, currency),
      traceId: row.trace_id,
      createdAt: row.created_at,
      paidAt: row.paid_at,
      completedAt: row.completed_at,
      cancelAt: row.cancel_at,
      lines,
    };
  });
}

function toLine(row: LineRow, currency: Currency): OrderLine {
  return {
    orderLineId: row.order_line_id,
    orderId: row.order_id,
    resourceId: row.resource_id,
    scene: row.scene,
    buyerId: row.buyer_id,
    sellerId: row.seller_id,
    state: row.state,
    goodsId: row.goods_id,
    version: row.version,
    specificationId: row.specification_id,
    skuCode: row.sku_code,
    priceItemId: row.price_item_id,
    chargingMode: row.charging_mode,
    periodType: row.period_type,
    periodNumber: row.period_number,
    quantity: row.quantity,
    listAmount: money(row.list_amount, currency),
    amount: money(row.amount, currency),
    effectiveFrom: row.effective_from,
    expireAt: row.expire_at,
    snapshot: lineSnapshot.parse(row.snapshot),
  };
}

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
    WHERE order_id = ANY(${orderIds}::text[]) AND state = ${from}`.execute(executor);
  if (Number(result.numAffectedRows ?? 0) !== orderIds.length)
    throw new Error(`orders ${orderIds.join(', ')} are not all ${from}`);
}

/** Moves lines along their diagram; one that is elsewhere by now (a repeat) stays. @returns ids that moved */
export async function moveLines(executor: Executor, lineIds: readonly string[], to: LineState): Promise<string[]> {
  const { rows } = await sql<{ order_line_id: string }>`
    UPDATE ordering.order_lines SET state = ${to} WHERE order_line_id = ANY(${lineIds}::text[]) AND state = ANY(${sourcesOf(lineTransitions, to)}::text[])
    RETURNING order_line_id`.execute(executor);
  return rows.map((row) => row.order_line_id);
}

/** Payment: lines are called, and their period begins (C19a). */
export async function startLines(
  executor: Executor,
  lines: readonly { orderLineId: string; effectiveFrom: Date | null; expireAt: Date | null }[],
): Promise<void> {
  await sql`
    UPDATE ordering.order_lines l SET state = 'CALLING', effective_from = v.effective_from, expire_at = v.expire_at
    FROM unnest(${lines.map((line) => line.orderLineId)}::text[], ${lines.map((line) => line.effectiveFrom)}::timestamptz[], ${lines.map((line) => line.expireAt)}::timestamptz[])
      AS v (order_line_id, effective_from, expire_at)
    WHERE l.order_line_id = v.order_line_id AND l.state = 'WAITING'`.execute(executor);
}

/** Locks the orders of lines, so that their states are told one after the other. @returns states of all their lines */
export async function lockOrdersOfLines(executor: Executor, lineIds: readonly string[]): Promise<LockedOrder[]> {
  await sql`SELECT 1 FROM ordering.orders WHERE order_id IN (SELECT order_id FROM ordering.order_lines WHERE order_line_id = ANY(${lineIds}::text[])) ORDER BY order_id FOR UPDATE`.execute(
    executor,
  );
  const { rows } = await sql<{
    order_id: string;
    state: OrderState;
    trace_id: string;
    buyer_id: string;
    currency: string;
    lines: { id: string; state: LineState; amount: string }[];
  }>`
    SELECT o.order_id, o.state, o.trace_id, o.buyer_id, o.currency, jsonb_agg(jsonb_build_object('id', l.order_line_id, 'state', l.state, 'amount', l.amount::text) ORDER BY l.order_line_id) AS lines
    FROM ordering.orders o JOIN ordering.order_lines l USING (order_id)
    WHERE o.order_id IN (SELECT order_id FROM ordering.order_lines WHERE order_line_id = ANY(${lineIds}::text[])) GROUP BY o.order_id ORDER BY o.order_id`.execute(
    executor,
  );
  return rows.map((row) => ({
    orderId: row.order_id,
    state: row.state,
    traceId: row.trace_id,
    buyerId: row.buyer_id,
    lines: row.lines.map((line) => ({
      orderLineId: line.id,
      state: line.state,
      amount: money(line.amount, currencyOf(row.currency)),
    })),
  }));
}
export interface LockedOrder {
  readonly orderId: string;
  readonly state: OrderState;
  readonly traceId: string;
  readonly buyerId: string;
  readonly lines: readonly { readonly orderLineId: string; readonly state: LineState; readonly amount: Money }[];
}

export async function countByState(executor: Executor): Promise<{ state: OrderState; count: number }[]> {
  const { rows } = await sql<{
    state: OrderState;
    count: number;
  }>`SELECT state, count(*) AS count FROM ordering.orders GROUP BY state`.execute(executor);
  return rows;
}

/** Changes whenever something of the order a watcher can see has changed. */
export async function orderRevision(executor: Executor, orderId: string): Promise<string> {
  const { rows } = await sql<{ revision: string }>`
    SELECT o.state || ':' || string_agg(l.state, ',' ORDER BY l.order_line_id) AS revision
    FROM ordering.orders o JOIN ordering.order_lines l USING (order_id) WHERE o.order_id = ${orderId} GROUP BY o.state`.execute(
    executor,
  );
  return rows[0]?.revision ?? '';
}
