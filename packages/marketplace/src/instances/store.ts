/** SQL of instances: how they begin, are found, locked and saved. */
import type { RawBuilder } from 'kysely';
import { buyersNamed, type Scope } from '../directory/index.ts';
import type { PaidLine } from '../ordering/index.ts';
import { type Executor, executeUnanswered, sql } from '../platform/database/database.ts';
import { firstWaits } from './changes.ts';
import { type ExpiryPolicy, FIRST_RENEWAL_DAYS, type InstanceState, type Plan } from './definition.ts';
import { type Instance, lifeColumns, planColumns, type Row, toInstance } from './row.ts';

export interface PaidOrder {
  readonly orderId: string;
  readonly orderType: 'NEW' | 'TRIAL';
  readonly placedBy: string;
  readonly traceId: string;
  readonly paidAt: Date;
  readonly lines: readonly PaidLine[];
}

/** Instances begin with their first period, and their product is compared from now on: one statement for the three. */
export async function insertInstances(
  executor: Executor,
  orders: readonly PaidOrder[],
  now: Date,
  compareAt: Date | null,
): Promise<void> {
  const rows = orders.flatMap(({ lines, orderType, ...order }) =>
    lines.map((line) => ({ ...line, ...order, trial: orderType === 'TRIAL', waitsFor: firstWaits(line.delivery) })),
  );
  if (rows.length === 0) return;
  await executeUnanswered(
    executor,
    sql`
    WITH paid AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r ("orderLineId" text, "buyerId" text, "placedBy" text, "sellerId" text, "orderId" text, "goodsId" text, site text,
        "productName" jsonb, "chargingMode" text, trial boolean, version int, "specificationId" text, "specificationName" jsonb, "skuCode" text, "priceItemId" text, quantity int,
        "linearAttribute" jsonb, "periodType" text, "periodNumber" int, amount jsonb, "paidAt" timestamptz, "expireAt" timestamptz, "autoRenew" boolean, "waitsFor" text[], "traceId" text)),
    begun AS (
      INSERT INTO instances.instances (resource_id, state, buyer_id, placed_by, seller_id, order_id, goods_id, site, product_name, charging_mode, trial, version, specification_id,
        specification_name, sku_code, price_item_id, quantity, linear_attribute, period_type, period_number, opening_amount, created_at, expire_at, expiry_policy, renew_days, stepped_at, waits_for, trace_id)
      SELECT "orderLineId", 'PROVISIONING', "buyerId", "placedBy", "sellerId", "orderId", "goodsId", site, "productName", "chargingMode", trial, version, "specificationId",
        "specificationName", "skuCode", "priceItemId", quantity, nullif("linearAttribute", 'null'::jsonb), "periodType", "periodNumber", (amount ->> 'amount')::numeric, ${now}, "expireAt", CASE WHEN "autoRenew" THEN 'AUTO' ELSE 'MANUAL' END,
        coalesce((SELECT deduct_days FROM instances.renewal_settings s WHERE s.buyer_id = paid."buyerId"), ${FIRST_RENEWAL_DAYS}), ${now}, "waitsFor", "traceId"
      FROM paid ON CONFLICT (resource_id) DO NOTHING),
    compared AS (
      INSERT INTO instances.comparisons (goods_id, seller_id, next_at)
      SELECT DISTINCT "goodsId", "sellerId", ${compareAt}::timestamptz FROM paid WHERE ${compareAt}::timestamptz IS NOT NULL ON CONFLICT (goods_id) DO NOTHING)
    INSERT INTO instances.periods (order_line_id, resource_id, order_id, occasion, from_at, to_at, sku_code, quantity, price_item_id, period_type, period_number, amount, currency)
    SELECT "orderLineId", "orderLineId", "orderId", CASE WHEN trial THEN 'TRIAL' ELSE 'NEW' END, "paidAt", "expireAt", "skuCode", quantity, "priceItemId", "periodType", "periodNumber",
      (amount ->> 'amount')::numeric, amount ->> 'currency'
    FROM paid ON CONFLICT (order_line_id) DO NOTHING`,
  );
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
  await executeUnanswered(
    executor,
    sql`
    UPDATE instances.instances i SET instance_id = v.instance_id
    FROM unnest(${names.map((n) => n.resourceId)}::text[], ${names.map((n) => n.instanceId)}::text[]) AS v (resource_id, instance_id)
    WHERE i.resource_id = v.resource_id
      AND coalesce((SELECT o.resource_id FROM instances.instances o WHERE o.seller_id = i.seller_id AND o.instance_id = v.instance_id LIMIT 1), i.resource_id) = i.resource_id`,
  );
}

/** Locked in one order everywhere, so that two batches never wait for each other. */
export async function lockInstances(executor: Executor, resourceIds: readonly string[]): Promise<Instance[]> {
  const { rows } = await sql<Row>`
    SELECT * FROM instances.instances WHERE resource_id = ANY(${resourceIds}::text[]) ORDER BY resource_id FOR UPDATE`.execute(
    executor,
  );
  return rows.map(toInstance);
}

/** Whose step is due, the longest due first; what another worker holds is left to it. */
export async function takeDue(executor: Executor, now: Date, limit: number): Promise<Instance[]> {
  const { rows } = await sql<Row>`
    SELECT * FROM instances.instances WHERE next_at <= ${now} ORDER BY next_at, resource_id LIMIT ${limit} FOR UPDATE SKIP LOCKED`.execute(
    executor,
  );
  return rows.map(toInstance);
}

/** When the next step after `after` is due; null = nothing waits. */
export async function nextDueStepAt(executor: Executor, after: Date): Promise<Date | null> {
  const { rows } = await sql<{
    due: Date | null;
  }>`SELECT min(next_at) AS due FROM instances.instances WHERE next_at > ${after}`.execute(executor);
  return rows[0]?.due ?? null;
}

/** A step that failed by our own fault is not in the way of the others. */
export async function putOff(executor: Executor, resourceId: string, until: Date): Promise<void> {
  await sql`UPDATE instances.instances SET next_at = ${until}, put_off_until = ${until} WHERE resource_id = ${resourceId}`.execute(
    executor,
  );
}

const PLAN: readonly (keyof Plan)[] = [
  'version',
  'specificationId',
  'skuCode',
  'priceItemId',
  'quantity',
  'periodType',
  'periodNumber',
];

/** Saves lives, with the time of their next step; of the plan only where it changed. */
export async function saveInstances(
  executor: Executor,
  changes: readonly { readonly before: Instance; readonly life: Instance }[],
): Promise<void> {
  if (changes.length === 0) return;
  await executeUnanswered(
    executor,
    sql`
    UPDATE instances.instances i SET state = v.state, trial = v.trial, opening_amount = v.opening_amount, started_at = coalesce(i.started_at, v.activated_at), activated_at = v.activated_at,
      ended_at = v.ended_at, expire_at = v.expire_at, expiry_policy = v.expiry_policy, renew_days = v.renew_days, freeze_at = v.freeze_at, release_at = v.release_at, violation = nullif(v.violation, 'null'::jsonb),
      pending = nullif(v.pending, 'null'::jsonb), changing_line = v.changing_line, refund_id = v.refund_id, refused_told = v.refused_told, stepped_at = v.stepped_at, put_off_until = v.put_off_until,
      status_changes = v.status_changes, waits_for = v.waits_for, next_at = v.next_at
    FROM jsonb_to_recordset(${JSON.stringify(changes.map(({ life }) => lifeColumns(life)))}::jsonb) AS v (resource_id text, state text, trial boolean, opening_amount numeric,
      activated_at timestamptz, ended_at timestamptz, expire_at timestamptz, expiry_policy text, renew_days int, freeze_at timestamptz, release_at timestamptz, violation jsonb, pending jsonb,
      changing_line text, refund_id text, refused_told text, stepped_at timestamptz, put_off_until timestamptz, status_changes int, waits_for text[], next_at timestamptz)
    WHERE i.resource_id = v.resource_id`,
  );
  const plans = changes.filter(({ before, life }) => PLAN.some((key) => before[key] !== life[key]));
  if (plans.length === 0) return;
  await executeUnanswered(
    executor,
    sql`
    UPDATE instances.instances i SET version = v.version, specification_id = v.specification_id, specification_name = v.specification_name, sku_code = v.sku_code,
      price_item_id = v.price_item_id, quantity = v.quantity, linear_attribute = nullif(v.linear_attribute, 'null'::jsonb), period_type = v.period_type, period_number = v.period_number
    FROM jsonb_to_recordset(${JSON.stringify(plans.map(({ life }) => planColumns(life)))}::jsonb) AS v (resource_id text, version int, specification_id text, specification_name jsonb,
      sku_code text, price_item_id text, quantity int, linear_attribute jsonb, period_type text, period_number int)
    WHERE i.resource_id = v.resource_id`,
  );
}

export interface InstanceListQuery {
  readonly scope: Scope;
  readonly state?: InstanceState | undefined;
  /** part of the product's name in either language */
  readonly product?: string | undefined;
  readonly goodsId?: string | undefined;
  /** made at or after, and before */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** part of the buyer's name */
  readonly buyer?: string | undefined;
  /** living ones whose time ends before */
  readonly expiringBefore?: Date | undefined;
  readonly expiryPolicy?: ExpiryPolicy | undefined;
  /** where the page before ended, see {@link positionIn} */
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
/**
 * Newest first; what is asked for by its end (`expiringBefore`), what ends first. In that order an index holds it: sorted
 * by creation, the few that end soon were looked for among all that was ever sold.
 */
export async function listInstances(executor: Executor, query: InstanceListQuery): Promise<Instance[]> {
  return (await instanceList(query).execute(executor)).rows.map(toInstance);
}

/** Those to which something happens by itself, the next one first. */
export async function nextToStep(executor: Executor, limit: number): Promise<Instance[]> {
  const { rows } = await sql<Row>`
    SELECT * FROM instances.instances WHERE next_at IS NOT NULL ORDER BY next_at, resource_id LIMIT ${limit}`.execute(
    executor,
  );
  return rows.map(toInstance);
}

/** Where such a list stands behind this row. */
export const positionIn = (
  { expiringBefore }: Pick<InstanceListQuery, 'expiringBefore'>,
  { expireAt, createdAt, resourceId }: Instance,
): { at: Date; id: string } => ({ at: (expiringBefore && expireAt) ?? createdAt, id: resourceId });

/** The words of the partial indexes of what ends; written otherwise, the planner would not know that they fit. */
const LIVING = sql`state = ANY ('{TRIAL,ACTIVE,CHANGING,GRACE,FROZEN,VIOLATION_FROZEN}'::text[])`;

export function instanceList(query: InstanceListQuery): RawBuilder<Row> {
  const conditions = [visible(query.scope)];
  if (query.state) conditions.push(sql`i.state = ${query.state}`);
  if (query.buyer !== undefined) conditions.push(sql`i.buyer_id IN (${buyersNamed(query.buyer)})`);
  if (query.goodsId) conditions.push(sql`i.goods_id = ${query.goodsId}`);
  if (query.from) conditions.push(sql`i.created_at >= ${query.from}`);
  if (query.to) conditions.push(sql`i.created_at < ${query.to}`);
  if (query.expiryPolicy) conditions.push(sql`i.expiry_policy = ${query.expiryPolicy}`);
  if (query.expiringBefore) conditions.push(sql`i.expire_at < ${query.expiringBefore} AND i.${LIVING}`);
  if (query.before) {
    const position = sql`(${query.before.at}, ${query.before.id})`;
    conditions.push(
      query.expiringBefore
        ? sql`(i.expire_at, i.resource_id) > ${position}`
        : sql`(i.created_at, i.resource_id) < ${position}`,
    );
  }
  if (query.product)
    conditions.push(
      sql`strpos(lower((i.product_name ->> 'zh') || ' ' || (i.product_name ->> 'en')), lower(${query.product})) > 0`,
    );
  return sql<Row>`
    SELECT i.* FROM instances.instances i WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY ${query.expiringBefore ? sql`i.expire_at, i.resource_id` : sql`i.created_at DESC, i.resource_id DESC`} LIMIT ${query.limit}`;
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

/** Those of the ids that the scope reaches; locked for a command. A foreign one is simply not there (P-2). */
export async function instancesByIds(
  executor: Executor,
  resourceIds: readonly string[],
  options: { scope: Scope; lock: boolean },
): Promise<Instance[]> {
  const { rows } = await sql<Row>`
    SELECT i.* FROM instances.instances i WHERE i.resource_id = ANY(${resourceIds}::text[]) AND ${visible(options.scope)}
    ORDER BY i.resource_id ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(executor);
  return rows.map(toInstance);
}

export async function instancesByState(executor: Executor): Promise<{ state: InstanceState; count: number }[]> {
  const { rows } = await sql<{
    state: InstanceState;
    count: number;
  }>`SELECT state, count(*) AS count FROM instances.instances GROUP BY state`.execute(executor);
  return rows;
}

/** Of each of these buyers: instances in the scope, and those that live. A buyer without any is missing. */
export async function instancesOfBuyers(
  executor: Executor,
  buyerIds: readonly string[],
  scope: Scope,
): Promise<Map<string, { services: number; active: number }>> {
  const { rows } = await sql<{ buyer_id: string; services: number; active: number }>`
    SELECT i.buyer_id, count(*) AS services, count(*) FILTER (WHERE i.state = ANY ('{TRIAL,ACTIVE,CHANGING,GRACE}'::text[])) AS active
    FROM instances.instances i WHERE i.buyer_id = ANY(${buyerIds}::text[]) AND ${visible(scope)} GROUP BY i.buyer_id`.execute(
    executor,
  );
  return new Map(rows.map(({ buyer_id, services, active }) => [buyer_id, { services, active }]));
}

/** Object-level right as a condition, on a row named `i`. */
export function visible(scope: Scope) {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'buyer')
    return scope.placedBy === null
      ? sql`i.buyer_id = ${scope.buyerId}`
      : sql`(i.buyer_id = ${scope.buyerId} AND i.placed_by = ${scope.placedBy})`;
  return ofSeller(scope);
}

export function ofSeller(scope: Extract<Scope, { kind: 'seller' }>) {
  return scope.goodsIds === null
    ? sql`i.seller_id = ${scope.sellerId}`
    : sql`(i.seller_id = ${scope.sellerId} AND i.goods_id = ANY(${scope.goodsIds}::text[]))`;
}
