/** SQL of seller calls, their attempts and what sellers delivered. */
import { z } from 'zod';
import type { LocalizedText } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import { type LeaseRequest, lease, type TaskState } from '../platform/tasks/task-table.ts';
import type { AttemptRecord } from './call.ts';
import { CALLS } from './schema.ts';

export interface SellerCall {
  readonly id: string;
  readonly state: TaskState;
  readonly due_at: Date;
  readonly attempts: number;
  readonly trace_id: string;
  readonly created_at: Date;
  readonly protocol: string;
  readonly activity: string;
  readonly occasion: string;
  readonly seller_id: string;
  readonly buyer_id: string;
  readonly order_id: string;
  readonly order_line_id: string;
  readonly goods_id: string;
  readonly product_name: LocalizedText;
  readonly instance_id: string | null;
  readonly anchor: Date;
  readonly slot: number;
  readonly restarted_by: string | null;
  readonly last_at: Date | null;
  readonly last_http_status: number | null;
  readonly last_result_code: string | null;
  readonly last_result_msg: string | null;
  readonly last_duration_ms: number | null;
  readonly last_diagnosis_code: string | null;
  readonly last_diagnosis_summary: LocalizedText | null;
}

export interface NewCall {
  readonly id: string;
  readonly protocol: string;
  readonly activity: string;
  readonly occasion: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly goodsId: string;
  readonly productName: LocalizedText;
  readonly instanceId: string | null;
  readonly dueAt: Date;
  readonly traceId: string;
}

/** Calls of one order line run one after the other (lane); a call that exists already is not made twice (design.md 4.3). */
export async function insertCalls(executor: Executor, calls: readonly NewCall[], now: Date): Promise<void> {
  if (calls.length === 0) return;
  await sql`
    INSERT INTO fulfilment.seller_calls (id, pool, lane, due_at, trace_id, created_at, protocol, activity, occasion, seller_id, buyer_id,
      order_id, order_line_id, goods_id, product_name, instance_id, anchor)
    SELECT c.id, c."sellerId", c."orderLineId", c."dueAt", c."traceId", ${now}, c.protocol, c.activity, c.occasion, c."sellerId", c."buyerId",
      c."orderId", c."orderLineId", c."goodsId", c."productName", c."instanceId", c."dueAt"
    FROM jsonb_to_recordset(${JSON.stringify(calls)}::jsonb) AS c (id uuid, protocol text, activity text, occasion text, "sellerId" text, "buyerId" text,
      "orderId" text, "orderLineId" text, "goodsId" text, "productName" jsonb, "instanceId" text, "dueAt" timestamptz, "traceId" text)
    ON CONFLICT (order_line_id, activity, occasion) DO NOTHING`.execute(executor);
}

/** Calls that people wait for share nothing with provisioning: a slow seller's open pages take no slot from paid orders. */
const viewPool = (sellerId: string): string => `view:${sellerId}`;

export async function viewsRunning(executor: Executor, sellerId: string): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) AS count FROM fulfilment.seller_calls WHERE state = 'RUNNING' AND pool = ${viewPool(sellerId)}`.execute(
    executor,
  );
  return rows[0]?.count ?? 0;
}

/** A call that a person waits for: leased from the start, so that no worker takes it. */
export async function insertRunningCall(
  executor: Executor,
  call: NewCall,
  lease: { owner: string; until: Date },
  now: Date,
): Promise<void> {
  await sql`
    INSERT INTO fulfilment.seller_calls (id, pool, lane, once, state, attempts, lease_owner, lease_until, due_at, trace_id, created_at, protocol, activity, occasion,
      seller_id, buyer_id, order_id, order_line_id, goods_id, product_name, instance_id, anchor)
    VALUES (${call.id}, ${viewPool(call.sellerId)}, ${call.id}, true, 'RUNNING', 1, ${lease.owner}, ${lease.until}, ${call.dueAt}, ${call.traceId}, ${now}, ${call.protocol}, ${call.activity}, ${call.occasion},
      ${call.sellerId}, ${call.buyerId}, ${call.orderId}, ${call.orderLineId}, ${call.goodsId}, ${JSON.stringify(call.productName)}, ${call.instanceId}, ${call.dueAt})`.execute(
    executor,
  );
}

export const leaseCalls = (executor: Executor, request: LeaseRequest): Promise<SellerCall[]> =>
  lease<SellerCall>(executor, CALLS, request);

/** What becomes of a call after an attempt. */
export interface Settlement {
  readonly call: SellerCall;
  readonly record: AttemptRecord;
  readonly state: 'SUCCEEDED' | 'DUE' | 'STOPPED';
  readonly dueAt: Date;
  readonly anchor: Date;
  readonly slot: number;
}

/**
 * Records outcomes and attempts in one statement. Fenced: a worker whose lease went to another meanwhile changes
 * nothing. @returns ids whose outcome counts
 */
export async function settleCalls(
  executor: Executor,
  owner: string,
  settlements: readonly Settlement[],
  now: Date,
): Promise<Set<string>> {
  const rows = settlements.map(({ call, record, state, dueAt, anchor, slot }) => {
    const worst =
      record.outcome === 'failed' ? record.diagnosis.find((each) => each.severity === 'error') : record.diagnosis[0];
    return {
      id: call.id,
      attempt: call.attempts,
      actor: call.restarted_by ?? 'system',
      state,
      due_at: dueAt,
      anchor,
      slot,
      instance_id: record.instanceId ?? call.instance_id,
      started_at: record.startedAt,
      duration_ms: record.durationMs,
      outcome: record.outcome,
      http_status: record.httpStatus,
      result_code: record.resultCode,
      result_msg: record.resultMsg,
      request: record.request,
      response: record.response,
      diagnosis: record.diagnosis,
      diagnosis_code: worst?.code ?? null,
      diagnosis_summary: worst?.summary ?? null,
    };
  });
  // jsonb can hold neither U+0000 nor half a surrogate pair (an excerpt may cut one): JSON writes both as escapes.
  const input = JSON.stringify(rows).replace(/\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '\\ufffd');
  const result = await sql<{ call_id: string }>`
    WITH v AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${input}::jsonb) AS r (id uuid, attempt int, actor text, state text, due_at timestamptz, anchor timestamptz, slot int, instance_id text,
        started_at timestamptz, duration_ms int, outcome text, http_status int, result_code text, result_msg text, request jsonb, response jsonb, diagnosis jsonb,
        diagnosis_code text, diagnosis_summary jsonb)),
    settled AS (
      UPDATE fulfilment.seller_calls c
      SET state = v.state, due_at = v.due_at, anchor = v.anchor, slot = v.slot, instance_id = v.instance_id, lease_owner = NULL, lease_until = NULL, restarted_by = NULL,
          finished_at = CASE WHEN v.state <> 'DUE' THEN ${now}::timestamptz END,
          last_at = v.started_at, last_http_status = v.http_status, last_result_code = v.result_code, last_result_msg = v.result_msg, last_duration_ms = v.duration_ms,
          last_diagnosis_code = v.diagnosis_code, last_diagnosis_summary = v.diagnosis_summary
      FROM v WHERE c.id = v.id AND c.state = 'RUNNING' AND c.lease_owner = ${owner} AND c.attempts = v.attempt
      RETURNING c.id, c.trace_id)
    INSERT INTO fulfilment.attempts (call_id, attempt, actor, trace_id, started_at, duration_ms, outcome, http_status, result_code, result_msg, request, response, diagnosis)
    SELECT v.id, v.attempt, v.actor, s.trace_id, v.started_at, v.duration_ms, v.outcome, v.http_status, v.result_code, v.result_msg, v.request, v.response, v.diagnosis
    FROM v JOIN settled s ON s.id = v.id RETURNING call_id`.execute(executor);
  return new Set(result.rows.map((row) => row.call_id));
}

// --- access data ----------------------------------------------------------------------------------------------

export interface SealedAccess {
  readonly orderLineId: string;
  readonly buyerId: string;
  readonly instanceId: string;
  readonly sealed: string;
  readonly fetchedAt: Date;
}
export async function saveAccess(executor: Executor, rows: readonly SealedAccess[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    INSERT INTO fulfilment.access_data (order_line_id, buyer_id, instance_id, sealed, fetched_at)
    SELECT * FROM unnest(${rows.map((r) => r.orderLineId)}::text[], ${rows.map((r) => r.buyerId)}::text[], ${rows.map((r) => r.instanceId)}::text[],
      ${rows.map((r) => r.sealed)}::text[], ${rows.map((r) => r.fetchedAt)}::timestamptz[])
    ON CONFLICT (order_line_id) DO UPDATE SET instance_id = EXCLUDED.instance_id, sealed = EXCLUDED.sealed, fetched_at = EXCLUDED.fetched_at`.execute(
    executor,
  );
}
export async function accessOf(executor: Executor, orderLineId: string): Promise<SealedAccess | null> {
  const { rows } = await sql<{
    order_line_id: string;
    buyer_id: string;
    instance_id: string;
    sealed: string;
    fetched_at: Date;
  }>`
    SELECT * FROM fulfilment.access_data WHERE order_line_id = ${orderLineId}`.execute(executor);
  const [row] = rows;
  return row
    ? {
        orderLineId: row.order_line_id,
        buyerId: row.buyer_id,
        instanceId: row.instance_id,
        sealed: row.sealed,
        fetchedAt: row.fetched_at,
      }
    : null;
}

// --- for people -----------------------------------------------------------------------------------------------

export interface CallListQuery {
  readonly scope: Scope;
  readonly state?: TaskState | undefined;
  readonly activity?: string | undefined;
  readonly orderId?: string | undefined;
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
  if (query.orderId) conditions.push(sql`(c.order_id = ${query.orderId} OR c.order_line_id = ${query.orderId})`);
  if (query.instanceId) conditions.push(sql`c.instance_id = ${query.instanceId}`);
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

export async function callById(executor: Executor, id: string, scope: Scope, lock = false): Promise<SellerCall | null> {
  const { rows } =
    await sql<SellerCall>`SELECT c.* FROM fulfilment.seller_calls c WHERE c.id = ${id}::uuid AND ${visible(scope)} ${lock ? sql`FOR UPDATE` : sql``}`.execute(
      executor,
    );
  return rows[0] ?? null;
}

function visible(scope: Scope) {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'buyer') return sql`false`;
  return scope.goodsIds === null
    ? sql`c.seller_id = ${scope.sellerId}`
    : sql`(c.seller_id = ${scope.sellerId} AND c.goods_id = ANY(${scope.goodsIds}::text[]))`;
}

/** The order line is closed: what was given up waits for nobody (consoles-and-processes.md 11, RESOLVED). */
export async function resolveCalls(executor: Executor, orderLineIds: readonly string[], now: Date): Promise<void> {
  await sql`
    UPDATE fulfilment.seller_calls SET state = 'RESOLVED', finished_at = ${now}
    WHERE lane = ANY(${orderLineIds}::text[]) AND state IN ('DUE', 'STOPPED')`.execute(executor);
}

/** Messages older than their retention go, the finished ones only, in batches. @returns how many calls went */
export async function forgetCalls(executor: Executor, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM fulfilment.seller_calls WHERE finished_at < ${before} ORDER BY finished_at LIMIT ${limit}`.execute(
    executor,
  );
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return 0;
  await sql`DELETE FROM fulfilment.attempts WHERE call_id = ANY(${ids}::uuid[])`.execute(executor);
  await sql`DELETE FROM fulfilment.seller_calls WHERE id = ANY(${ids}::uuid[])`.execute(executor);
  return ids.length;
}

/** A person pressed Restart: due now. */
export async function restartCall(executor: Executor, id: string, by: string, now: Date): Promise<void> {
  await sql`UPDATE fulfilment.seller_calls SET state = 'DUE', due_at = ${now}, restarted_by = ${by}, finished_at = NULL WHERE id = ${id}::uuid`.execute(
    executor,
  );
}

/** Of these calls, those of which a newer one of the same instance and activity has succeeded (S-29). */
export async function overtaken(executor: Executor, callIds: readonly string[]): Promise<Set<string>> {
  if (callIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    SELECT c.id FROM fulfilment.seller_calls c WHERE c.id = ANY(${callIds}::uuid[])
      AND EXISTS (SELECT 1 FROM fulfilment.seller_calls n WHERE n.order_line_id = c.order_line_id AND n.activity = c.activity AND n.state = 'SUCCEEDED' AND n.created_at > c.created_at)`.execute(
    executor,
  );
  return new Set(rows.map((row) => row.id));
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

/** What was sealed is read back through the same form. */
export const accessData = z.object({
  frontEndUrl: z.string(),
  adminUrl: z.string().nullable(),
  userName: z.string().nullable(),
  password: z.string().nullable(),
  memo: z.string().nullable(),
});
