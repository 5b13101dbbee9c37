/** SQL of seller calls for people: lists, restarts, what is kept how long. */
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { DueItem } from '../platform/due.ts';
import { type TaskState, WAITING } from '../platform/tasks/task-table.ts';
import type { SellerCall } from './store.ts';

export interface CallListQuery {
  readonly scope: Scope;
  readonly state?: TaskState | undefined;
  readonly activity?: string | undefined;
  readonly protocol?: string | undefined;
  /** an order or one of its lines */
  readonly orderId?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly instanceId?: string | undefined;
  readonly goodsId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
export async function listCalls(executor: Executor, query: CallListQuery): Promise<SellerCall[]> {
  const conditions = [visible(query.scope)];
  if (query.state) conditions.push(sql`c.state = ${query.state}`);
  if (query.activity) conditions.push(sql`c.activity = ${query.activity}`);
  if (query.protocol) conditions.push(sql`c.protocol = ${query.protocol}`);
  if (query.orderId) conditions.push(ofOrder(query.orderId));
  if (query.resourceId) conditions.push(sql`c.resource_id = ${query.resourceId}`);
  if (query.instanceId) conditions.push(ofInstance(query.instanceId));
  if (query.goodsId) conditions.push(sql`c.goods_id = ${query.goodsId}`);
  if (query.from) conditions.push(sql`c.created_at >= ${query.from}`);
  if (query.to) conditions.push(sql`c.created_at < ${query.to}`);
  if (query.before) conditions.push(sql`(c.created_at, c.id) < (${query.before.at}, ${query.before.id}::uuid)`);
  const { rows } =
    await sql<SellerCall>`SELECT c.* FROM fulfilment.seller_calls c WHERE ${sql.join(conditions, sql` AND `)} ORDER BY c.created_at DESC, c.id DESC LIMIT ${query.limit}`.execute(
      executor,
    );
  return rows;
}

/** A line's id begins with that of its order (openapi.md 5.1), which has the index. */
function ofOrder(id: string) {
  const orderId = id.replace(/-\d{6}$/, '');
  return orderId === id ? sql`c.order_id = ${id}` : sql`(c.order_id = ${orderId} AND c.order_line_id = ${id})`;
}

/** Through the resource: an index on the ids of all calls would be written with each of their outcomes. */
function ofInstance(instanceId: string) {
  return sql`c.resource_id IN (
    SELECT a.order_line_id FROM fulfilment.access_data a WHERE a.instance_id = ${instanceId}
    UNION ALL SELECT n.resource_id FROM fulfilment.seller_calls n
      WHERE n.instance_id = ${instanceId} AND n.activity IN ('newInstance', 'getLicense') AND n.occasion = 'create' AND n.state = 'SUCCEEDED')`;
}

export async function callById(executor: Executor, id: string, scope: Scope, lock = false): Promise<SellerCall | null> {
  const { rows } =
    await sql<SellerCall>`SELECT c.* FROM fulfilment.seller_calls c WHERE c.id = ${id}::uuid AND ${visible(scope)} ${lock ? sql`FOR UPDATE` : sql``}`.execute(
      executor,
    );
  return rows[0] ?? null;
}

/** Locked in one order, for a decision about all of them. */
export async function callsByIds(executor: Executor, ids: readonly string[], scope: Scope): Promise<SellerCall[]> {
  const { rows } = await sql<SellerCall>`
    SELECT c.* FROM fulfilment.seller_calls c WHERE c.id = ANY(${ids}::uuid[]) AND ${visible(scope)} ORDER BY c.id FOR UPDATE`.execute(
    executor,
  );
  return rows;
}

function visible(scope: Scope) {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'buyer') return sql`false`;
  return scope.goodsIds === null
    ? sql`c.seller_id = ${scope.sellerId}`
    : sql`(c.seller_id = ${scope.sellerId} AND c.goods_id = ANY(${scope.goodsIds}::text[]))`;
}

/** Messages older than their retention go, the finished ones only, in batches. @returns how many calls went */
export async function forgetCalls(executor: Executor, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM fulfilment.seller_calls WHERE created_at < ${before} AND finished_at < ${before} ORDER BY created_at, id LIMIT ${limit}`.execute(
    executor,
  );
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return 0;
  await sql`DELETE FROM fulfilment.attempts WHERE call_id = ANY(${ids}::uuid[])`.execute(executor);
  await sql`DELETE FROM fulfilment.seller_calls WHERE id = ANY(${ids}::uuid[])`.execute(executor);
  return ids.length;
}

/** A person pressed Restart: due now. */
export async function restartCalls(executor: Executor, ids: readonly string[], by: string, now: Date): Promise<void> {
  await sql`
    UPDATE fulfilment.seller_calls SET state = 'DUE', due_at = ${now}, restarted_by = ${by}, finished_at = NULL, ended_by = NULL, end_reason = NULL
    WHERE id = ANY(${ids}::uuid[])`.execute(executor);
}

/** A person stopped the repeats, or did by hand what the call was for. */
export async function endCall(
  executor: Executor,
  id: string,
  end: { readonly state: 'STOPPED' | 'RESOLVED'; readonly by: string; readonly reason: string },
  now: Date,
): Promise<void> {
  await sql`
    UPDATE fulfilment.seller_calls SET state = ${end.state}, finished_at = ${now}, ended_by = ${end.by}, end_reason = ${end.reason}, restarted_by = NULL
    WHERE id = ${id}::uuid`.execute(executor);
}

/** Of these calls, those of which a newer one of the same instance and activity has succeeded (S-29). */
export async function overtaken(executor: Executor, callIds: readonly string[]): Promise<Set<string>> {
  if (callIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    SELECT c.id FROM fulfilment.seller_calls c WHERE c.id = ANY(${callIds}::uuid[])
      AND EXISTS (SELECT 1 FROM fulfilment.seller_calls n WHERE n.resource_id = c.resource_id AND n.activity = c.activity AND n.state = 'SUCCEEDED' AND NOT n.once AND n.seq > c.seq)`.execute(
    executor,
  );
  return new Set(rows.map((row) => row.id));
}

/** The next calls that are due, in order. */
export async function nextCalls(executor: Executor, limit: number): Promise<DueItem[]> {
  const { rows } = await sql<DueItem>`
    SELECT due_at AS at, activity AS name, NULL AS subject, resource_id AS "resourceId", goods_id AS "goodsId" FROM fulfilment.seller_calls
    WHERE ${WAITING} ORDER BY due_at, seq LIMIT ${limit}`.execute(executor);
  return rows;
}

export async function callsByState(executor: Executor): Promise<{ state: TaskState; count: number }[]> {
  const { rows } = await sql<{
    state: TaskState;
    count: number;
  }>`SELECT state, count(*) AS count FROM fulfilment.seller_calls GROUP BY state`.execute(executor);
  return rows;
}

export interface HourOfCalls {
  readonly hour: Date;
  readonly ok: number;
  readonly pending: number;
  readonly failed: number;
}
/** Attempts by outcome, one element an hour, empty hours included, oldest first. */
export async function callsByHour(executor: Executor, scope: Scope, now: Date, hours: number): Promise<HourOfCalls[]> {
  const { rows } = await sql<HourOfCalls>`
    SELECT h.hour, count(a.*) FILTER (WHERE a.outcome IN ('ok', 'accepted')) AS ok, count(a.*) FILTER (WHERE a.outcome = 'pending') AS pending,
           count(a.*) FILTER (WHERE a.outcome = 'failed') AS failed
    FROM generate_series(date_trunc('hour', ${now}::timestamptz) - make_interval(hours => ${hours - 1}::int), date_trunc('hour', ${now}::timestamptz), interval '1 hour') AS h (hour)
    LEFT JOIN LATERAL (SELECT a.outcome FROM fulfilment.attempts a JOIN fulfilment.seller_calls c ON c.id = a.call_id
                       WHERE a.started_at >= h.hour AND a.started_at < h.hour + interval '1 hour' AND ${visible(scope)}) a ON true
    GROUP BY h.hour ORDER BY h.hour`.execute(executor);
  return rows;
}
