/** SQL of instances. */
import type { RawBuilder } from 'kysely';
import { z } from 'zod';
import { type LocalizedText, localizedText } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import type { PaidLine } from '../ordering/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import { sourcesOf } from '../platform/state-machine.ts';
import { type InstanceState, instanceTransitions } from './definition.ts';

const linear = z
  .object({
    code: z.string(),
    name: localizedText,
    unit: localizedText,
    minimum: z.number(),
    maximum: z.number(),
    step: z.number(),
  })
  .nullable();

export interface Instance {
  readonly resourceId: string;
  readonly instanceId: string | null;
  readonly state: InstanceState;
  readonly buyerId: string;
  readonly sellerId: string;
  readonly orderId: string;
  readonly goodsId: string;
  readonly version: number;
  readonly chargingMode: 'PERIOD' | 'ONE_TIME';
  readonly quantity: number;
  readonly productName: LocalizedText;
  readonly specificationName: LocalizedText;
  readonly linearAttribute: z.infer<typeof linear>;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly expireAt: Date | null;
  readonly traceId: string;
}
interface Row {
  resource_id: string;
  instance_id: string | null;
  state: InstanceState;
  buyer_id: string;
  seller_id: string;
  order_id: string;
  goods_id: string;
  version: number;
  charging_mode: 'PERIOD' | 'ONE_TIME';
  quantity: number;
  product_name: unknown;
  specification_name: unknown;
  linear_attribute: unknown;
  created_at: Date;
  started_at: Date | null;
  expire_at: Date | null;
  trace_id: string;
}

export interface PaidOrder {
  readonly orderId: string;
  readonly placedBy: string;
  readonly traceId: string;
  readonly lines: readonly PaidLine[];
}

export async function insertInstances(executor: Executor, orders: readonly PaidOrder[], now: Date): Promise<void> {
  const rows = orders.flatMap(({ lines, ...order }) => lines.map((line) => ({ ...line, ...order })));
  await sql`
    INSERT INTO instances.instances (resource_id, state, buyer_id, placed_by, seller_id, order_id, goods_id, version, specification_id, sku_code, charging_mode, quantity,
      product_name, specification_name, linear_attribute, created_at, expire_at, trace_id)
    SELECT r."orderLineId", 'PROVISIONING', r."buyerId", r."placedBy", r."sellerId", r."orderId", r."goodsId", r.version, r."specificationId", r."skuCode", r."chargingMode", r.quantity,
      r."productName", r."specificationName", nullif(r."linearAttribute", 'null'::jsonb), ${now}, r."expireAt", r."traceId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r ("orderLineId" text, "buyerId" text, "placedBy" text, "sellerId" text, "orderId" text, "goodsId" text, version int,
      "specificationId" text, "skuCode" text, "chargingMode" text, quantity int, "productName" jsonb, "specificationName" jsonb, "linearAttribute" jsonb, "expireAt" timestamptz, "traceId" text)
    ON CONFLICT (resource_id) DO NOTHING`.execute(executor);
}

/**
 * The seller gave its id. A second line with an id that another line of this seller has is kept apart (its seller is
 * told by diagnosis). The look for that other line is a sub-select with LIMIT, which goes through the unique index;
 * as NOT EXISTS it was joined by seller alone and read all of a seller's instances for each (1.3 of 3.3 ms an order).
 */
export async function nameInstances(
  executor: Executor,
  names: readonly { resourceId: string; instanceId: string }[],
): Promise<void> {
  await sql`
    UPDATE instances.instances i SET instance_id = v.instance_id
    FROM unnest(${names.map((n) => n.resourceId)}::text[], ${names.map((n) => n.instanceId)}::text[]) AS v (resource_id, instance_id)
    WHERE i.resource_id = v.resource_id
      AND coalesce((SELECT o.resource_id FROM instances.instances o WHERE o.seller_id = i.seller_id AND o.instance_id = v.instance_id LIMIT 1), i.resource_id) = i.resource_id`.execute(
    executor,
  );
}

export async function moveInstances(
  executor: Executor,
  resourceIds: readonly string[],
  to: InstanceState,
  startedAt: Date | null,
): Promise<void> {
  await sql`
    UPDATE instances.instances SET state = ${to}, started_at = coalesce(started_at, ${startedAt}::timestamptz)
    WHERE resource_id = ANY(${resourceIds}::text[]) AND state = ANY(${sourcesOf(instanceTransitions, to)}::text[])`.execute(
    executor,
  );
}

export interface InstanceListQuery {
  readonly scope: Scope;
  readonly state?: InstanceState | undefined;
  readonly product?: string | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
export async function listInstances(executor: Executor, query: InstanceListQuery): Promise<Instance[]> {
  const conditions = [visible(query.scope)];
  if (query.state) conditions.push(sql`i.state = ${query.state}`);
  if (query.before) conditions.push(sql`(i.created_at, i.resource_id) < (${query.before.at}, ${query.before.id})`);
  if (query.product)
    conditions.push(
      sql`strpos(lower((i.product_name ->> 'zh') || ' ' || (i.product_name ->> 'en')), lower(${query.product})) > 0`,
    );
  const { rows } =
    await sql<Row>`SELECT i.* FROM instances.instances i WHERE ${sql.join(conditions, sql` AND `)} ORDER BY i.created_at DESC, i.resource_id DESC LIMIT ${query.limit}`.execute(
      executor,
    );
  return rows.map(toInstance);
}

/** By our id; only when there is none, by the seller's: a seller's id that looks like ours hides nothing. */
export async function instanceById(executor: Executor, id: string, scope: Scope): Promise<Instance | null> {
  const first = async (condition: RawBuilder<unknown>) => {
    const { rows } =
      await sql<Row>`SELECT i.* FROM instances.instances i WHERE ${condition} AND ${visible(scope)} ORDER BY i.resource_id LIMIT 1`.execute(
        executor,
      );
    return rows[0];
  };
  const row = (await first(sql`i.resource_id = ${id}`)) ?? (await first(sql`i.instance_id = ${id}`));
  return row ? toInstance(row) : null;
}

export async function instancesByState(executor: Executor): Promise<{ state: InstanceState; count: number }[]> {
  const { rows } = await sql<{
    state: InstanceState;
    count: number;
  }>`SELECT state, count(*) AS count FROM instances.instances GROUP BY state`.execute(executor);
  return rows;
}

function visible(scope: Scope) {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'buyer')
    return scope.placedBy === null
      ? sql`i.buyer_id = ${scope.buyerId}`
      : sql`(i.buyer_id = ${scope.buyerId} AND i.placed_by = ${scope.placedBy})`;
  return scope.goodsIds === null
    ? sql`i.seller_id = ${scope.sellerId}`
    : sql`(i.seller_id = ${scope.sellerId} AND i.goods_id = ANY(${scope.goodsIds}::text[]))`;
}

function toInstance(row: Row): Instance {
  return {
    resourceId: row.resource_id,
    instanceId: row.instance_id,
    state: row.state,
    buyerId: row.buyer_id,
    sellerId: row.seller_id,
    orderId: row.order_id,
    goodsId: row.goods_id,
    version: row.version,
    chargingMode: row.charging_mode,
    quantity: row.quantity,
    productName: localizedText.parse(row.product_name),
    specificationName: localizedText.parse(row.specification_name),
    linearAttribute: linear.parse(row.linear_attribute),
    createdAt: row.created_at,
    startedAt: row.started_at,
    expireAt: row.expire_at,
    traceId: row.trace_id,
  };
}
