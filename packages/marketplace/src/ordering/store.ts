/** SQL of orders. */
import type { RawBuilder } from 'kysely';
import { z } from 'zod';
import {
  ACCESS_TYPES,
  type ChargingMode,
  LICENSE_VARIANTS,
  localizedText,
  SHARE_MODES,
  TAX_TYPES,
  usagePackage,
} from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { type Executor, list, sql, type Tx } from '../platform/database/database.ts';
import { type Currency, currencyOf, type Money, money, sum } from '../platform/money.ts';
import type { Site } from '../platform/site.ts';
import { type LinePart, linePart } from '../wallet/index.ts';
import type { LineState, OrderState, OrderType } from './model.ts';
import type { Scene } from './resource.ts';
import { ownLines, visible } from './scope.ts';

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
  /** NEW lines by month or year: it renews itself from its opening on (B-25) */
  autoRenew: z.boolean().default(false),
  /** how it is delivered, as it was when ordered (C41) */
  delivery: z
    .object({
      accessType: z.enum(ACCESS_TYPES),
      licenseVariant: z.enum(LICENSE_VARIANTS).nullable(),
      supervised: z.boolean(),
      opening: z.enum(['ON_PURCHASE', 'AT_DELIVERY', 'AFTER_ACCEPTANCE']),
      assetId: z.string().nullable(),
      /** images: where it is to run, and the size of the server (L30, L34) */
      regionId: z.string().nullable(),
      vcpus: z.number().nullable(),
    })
    .default({
      accessType: 'SAAS',
      licenseVariant: null,
      supervised: false,
      opening: 'ON_PURCHASE',
      assetId: null,
      regionId: null,
      vcpus: null,
    }),
  /** what was taken off the list amount, and by what; Σ = listAmount − amount */
  deductions: z
    .array(
      z.object({
        kind: z.enum(['OFFER', 'VOUCHER']),
        id: z.string(),
        amount: z.object({ amount: z.string(), currency: z.enum(['CNY', 'USD', 'EUR']) }),
      }),
    )
    .default([]),
  /** for the settlement: S1-8a, and the seller's part as agreed at the sale */
  taxType: z.enum(TAX_TYPES).default('SERVICE'),
  sellerShare: z.string().default('0.95'),
  shareMode: z.enum(SHARE_MODES).default('DEAL_PRICE'),
  floorDiscount: z.string().nullable().default(null),
  /** C55: who brought the buyer */
  distributorId: z.string().nullable().default(null),
});
export type LineSnapshot = z.infer<typeof lineSnapshot>;
export type LineDelivery = LineSnapshot['delivery'];

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
  /** what paid it (S1-4), and what of that was given back; null = unpaid, or paid from the balance alone */
  readonly payment: readonly LinePart[] | null;
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

export interface OrderRow {
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
  payment: unknown;
}

/** @returns false = the order id is taken */
export const insertOrder = async (executor: Executor, order: Order): Promise<boolean> =>
  (await insertOrders(executor, [order])).has(order.orderId);

/** Writes orders with their lines in one statement. @returns ids that were written; the others were taken */
export async function insertOrders(executor: Executor, orders: readonly Order[]): Promise<Set<string>> {
  const rows = orders.map(({ lines: _, amount, ...order }) => ({ ...order, ...amount }));
  const lines = orders.flatMap((order) =>
    order.lines.map((line) => ({ ...line, listAmount: line.listAmount.amount, amount: line.amount.amount })),
  );
  const { rows: written } = await sql<{ order_id: string }>`
    WITH placed AS (
      INSERT INTO ordering.orders (order_id, order_type, state, buyer_id, placed_by, site, amount, currency, trace_id, created_at, paid_at, cancel_at)
      SELECT o."orderId", o."orderType", o.state, o."buyerId", o."placedBy", o.site, o.amount, o.currency, o."traceId", o."createdAt", o."paidAt", o."cancelAt"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS o ("orderId" text, "orderType" text, state text, "buyerId" text, "placedBy" text, site text, amount numeric, currency text,
        "traceId" text, "createdAt" timestamptz, "paidAt" timestamptz, "cancelAt" timestamptz)
      ON CONFLICT DO NOTHING RETURNING order_id, buyer_id, created_at),
    described AS (
      INSERT INTO ordering.order_lines (order_line_id, order_id, resource_id, scene, buyer_id, seller_id, state, goods_id, version, specification_id, sku_code, price_item_id,
        charging_mode, period_type, period_number, quantity, list_amount, amount, effective_from, expire_at, snapshot, created_at)
      SELECT l."orderLineId", placed.order_id, l."resourceId", l.scene, placed.buyer_id, l."sellerId", l.state, l."goodsId", l.version, l."specificationId", l."skuCode", l."priceItemId",
        l."chargingMode", l."periodType", l."periodNumber", l.quantity, l."listAmount", l.amount, l."effectiveFrom", l."expireAt", l.snapshot, placed.created_at
      FROM placed JOIN jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l ("orderLineId" text, "orderId" text, "resourceId" text, scene text, "sellerId" text, state text, "goodsId" text, version int,
        "specificationId" text, "skuCode" text, "priceItemId" text, "chargingMode" text, "periodType" text, "periodNumber" int, quantity int, "listAmount" numeric, amount numeric,
        "effectiveFrom" timestamptz, "expireAt" timestamptz, snapshot jsonb) ON l."orderId" = placed.order_id)
    SELECT order_id FROM placed`.execute(executor);
  return new Set(written.map((row) => row.order_id));
}

/** Lines by id, oldest first, whoever they belong to. */
export async function linesByIds(executor: Executor, lineIds: readonly string[]): Promise<OrderLine[]> {
  const { rows } = await sql<LineRow & { currency: string }>`
    SELECT l.*, o.currency FROM ordering.order_lines l JOIN ordering.orders o USING (order_id)
    WHERE l.order_line_id = ANY(${lineIds}::text[]) 
    ORDER BY l.order_line_id <> l.resource_id, l.created_at, l.effective_from, l.order_line_id`.execute(executor);
  return rows.map((row) => toLine(row, currencyOf(row.currency)));
}

/** Takes back an order that was refused while it was placed: nobody has seen it. */
export async function deleteOrder(executor: Executor, orderId: string): Promise<void> {
  await sql`DELETE FROM ordering.order_lines WHERE order_id = ${orderId}`.execute(executor);
  await sql`DELETE FROM ordering.orders WHERE order_id = ${orderId}`.execute(executor);
}

/** Orders an action may reach; `lock` for a decision that changes them. */
export async function ordersByIds(
  executor: Executor,
  ids: readonly string[],
  options: { scope: Scope; lock?: boolean },
): Promise<Order[]> {
  const orders = sql<OrderRow>`
    SELECT * FROM ordering.orders o WHERE o.order_id = ANY(${ids}::text[]) AND ${visible(options.scope)}
    ORDER BY o.order_id ${options.lock ? sql`FOR UPDATE` : sql``}`;
  if (executor.kind === 'database') return withLines(executor, (await orders.execute(executor)).rows, options.scope);
  // One trip; the lines are read after the lock is had, so they are as new as the orders.
  const [{ rows }, lines] = await Promise.all([orders.execute(executor), linesOf(executor, ids, options.scope)]);
  return joined(rows, lines, options.scope);
}

/**
 * Orders of buyers, each with all of its lines, locked in the order of their ids. One of another buyer who is among those
 * asked for may be there too. Nothing waits: `elsewhere` are those that something else holds now.
 */
export async function lockOrdersOf(
  tx: Tx,
  asked: readonly { readonly orderId: string; readonly buyerId: string }[],
): Promise<{ readonly locked: ReadonlyMap<string, Order>; readonly elsewhere: ReadonlySet<string> }> {
  const ids = asked.map(({ orderId }) => orderId);
  const buyerIds = asked.map(({ buyerId }) => buyerId);
  const [{ rows }, lines] = await Promise.all([
    sql<OrderRow>`
      SELECT * FROM ordering.orders WHERE order_id = ANY(${list(ids, 'text')}) AND buyer_id = ANY(${list(buyerIds, 'text')})
      ORDER BY order_id FOR UPDATE SKIP LOCKED`.execute(tx),
    linesOf(tx, ids, EVERYTHING),
  ]);
  const locked = new Map(joined(rows, lines, EVERYTHING).map((order) => [order.orderId, order]));
  const elsewhere = lines.filter((line) => buyerIds.includes(line.buyer_id) && !locked.has(line.order_id));
  return { locked, elsewhere: new Set(elsewhere.map((line) => line.order_id)) };
}
const EVERYTHING = { kind: 'all' } as const;

/** Products of orders, as a sub-select for what is read in the same trip. */
export const goodsOfOrders = (orderIds: readonly string[]): RawBuilder<unknown> =>
  sql`SELECT goods_id FROM ordering.order_lines WHERE order_id = ANY(${list(orderIds, 'text')})`;

/** Orders with the lines that the scope sees. */
export async function withLines(executor: Executor, orders: readonly OrderRow[], scope: Scope): Promise<Order[]> {
  if (orders.length === 0) return [];
  const ids = orders.map((order) => order.order_id);
  return joined(orders, await linesOf(executor, ids, scope), scope);
}

async function linesOf(executor: Executor, orderIds: readonly string[], scope: Scope): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    SELECT l.* FROM ordering.order_lines l WHERE l.order_id = ANY(${list(orderIds, 'text')}) AND ${ownLines(scope)} ORDER BY l.order_line_id`.execute(
    executor,
  );
  return rows;
}

function joined(orders: readonly OrderRow[], all: readonly LineRow[], scope: Scope): Order[] {
  return orders.map((row) => {
    const currency = currencyOf(row.currency);
    const own = all.filter((line) => line.order_id === row.order_id).map((line) => toLine(line, currency));
    // nor is what the buyer paid with
    const lines = scope.kind === 'seller' ? own.map((line) => ({ ...line, payment: null })) : own;
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

const parts = z.array(linePart);
export const partsOf = (kept: unknown): LinePart[] | null =>
  kept === null || kept === undefined ? null : parts.parse(kept);

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
    payment: partsOf(row.payment),
  };
}
