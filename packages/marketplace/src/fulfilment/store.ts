/** SQL of seller calls: made due, leased, settled with their attempts. Lists for people are in `list.ts`. */
import type { LocalizedText } from '../catalog/index.ts';
import { type Executor, executeUnanswered, sql, type Tx } from '../platform/database/database.ts';
import { dueNow } from '../platform/tasks/due-now.ts';
import { type LeaseRequest, lease, type TaskState } from '../platform/tasks/task-table.ts';
import type { Tally } from './breaker.ts';
import type { AttemptRecord } from './call.ts';
import type { CallDetails } from './details.ts';
import { BREAKERS, CALLS } from './schema.ts';

export interface SellerCall {
  readonly id: string;
  readonly pool: string;
  readonly once: boolean;
  readonly state: TaskState;
  readonly due_at: Date;
  readonly attempts: number;
  readonly trace_id: string;
  readonly created_at: Date;
  readonly protocol: string;
  readonly activity: string;
  readonly occasion: string;
  /** the order line that created what is called about */
  readonly resource_id: string;
  readonly seller_id: string;
  readonly buyer_id: string;
  readonly order_id: string;
  readonly order_line_id: string;
  readonly goods_id: string;
  readonly product_name: LocalizedText;
  readonly instance_id: string | null;
  readonly details: CallDetails | null;
  readonly anchor: Date;
  readonly slot: number;
  readonly restarted_by: string | null;
  readonly ended_by: string | null;
  readonly end_reason: string | null;
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
  /** see {@link poolOf} */
  readonly pool: string;
  /** calls of one lane are made one after the other; the resource where nothing else is said */
  readonly lane?: string | undefined;
  readonly protocol: string;
  readonly activity: string;
  readonly occasion: string;
  readonly resourceId: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly goodsId: string;
  readonly productName: LocalizedText;
  readonly instanceId: string | null;
  readonly details?: CallDetails | null | undefined;
  readonly dueAt: Date;
  readonly traceId: string;
}

/**
 * Calls of one pool share slots and breaker: those to one address of one seller, so that a dead address does not hold
 * up the seller's other products either. A path is no address of its own.
 */
export function poolOf(sellerId: string, productionUrl: string | undefined): string {
  const address = productionUrl !== undefined && URL.canParse(productionUrl) ? new URL(productionUrl).origin : '';
  return `${sellerId} ${address}`;
}

/** Calls of one resource are made one after the other; a call that exists already is not made twice (design.md 4.3). */
export async function insertCalls(executor: Executor, calls: readonly NewCall[], now: Date): Promise<void> {
  if (calls.length === 0) return;
  await executeUnanswered(
    executor,
    sql`
    INSERT INTO fulfilment.seller_calls (id, pool, lane, due_at, trace_id, created_at, protocol, activity, occasion, resource_id, seller_id, buyer_id,
      order_id, order_line_id, goods_id, product_name, instance_id, details, anchor)
    SELECT c.id, c.pool, coalesce(c.lane, c."resourceId"), c."dueAt", c."traceId", ${now}, c.protocol, c.activity, c.occasion, c."resourceId", c."sellerId", c."buyerId",
      c."orderId", c."orderLineId", c."goodsId", c."productName", c."instanceId", c.details, c."dueAt"
    FROM jsonb_to_recordset(${JSON.stringify(calls)}::jsonb) AS c (id uuid, pool text, lane text, protocol text, activity text, occasion text, "resourceId" text, "sellerId" text, "buyerId" text,
      "orderId" text, "orderLineId" text, "goodsId" text, "productName" jsonb, "instanceId" text, details jsonb, "dueAt" timestamptz, "traceId" text)
    ON CONFLICT (resource_id, activity, occasion) DO NOTHING`,
  );
  if (calls.some(({ dueAt }) => dueAt <= now)) dueNow(executor, [CALLS]);
}

/** Who takes calls, until when. */
export interface Holder {
  readonly owner: string;
  readonly until: Date;
}

/**
 * Calls that follow at once from one that has just ended go to who made that one: it has a slot of its pool already. So they are
 * written once as RUNNING, not as DUE and once more by a lease. What has something before it in its lane is DUE as any other.
 * @param taken is given what was taken, before the commit
 */
export async function insertTaken(
  tx: Tx,
  calls: readonly NewCall[],
  { owner, until }: Holder,
  now: Date,
  taken: (call: SellerCall) => void,
): Promise<void> {
  if (calls.length === 0) return;
  await executeUnanswered(
    tx,
    sql<{ id: string; state: TaskState }>`
    INSERT INTO fulfilment.seller_calls (id, pool, lane, state, attempts, lease_owner, lease_until, due_at, trace_id, created_at, protocol, activity, occasion, resource_id, seller_id, buyer_id,
      order_id, order_line_id, goods_id, product_name, instance_id, details, anchor)
    SELECT c.id, c.pool, c.lane, CASE WHEN c.waits THEN 'DUE' ELSE 'RUNNING' END, CASE WHEN c.waits THEN 0 ELSE 1 END, CASE WHEN NOT c.waits THEN ${owner} END,
      CASE WHEN NOT c.waits THEN ${until}::timestamptz END, c."dueAt", c."traceId", ${now}, c.protocol, c.activity, c.occasion, c."resourceId", c."sellerId", c."buyerId",
      c."orderId", c."orderLineId", c."goodsId", c."productName", c."instanceId", c.details, c."dueAt"
    FROM (SELECT r.*, coalesce(r.named, r."resourceId") AS lane,
        (SELECT true FROM fulfilment.seller_calls e WHERE e.lane = coalesce(r.named, r."resourceId") AND e.state IN ('DUE', 'RUNNING') LIMIT 1) IS TRUE AS waits
      FROM jsonb_to_recordset(${JSON.stringify(calls.map(({ lane, ...call }) => ({ ...call, named: lane })))}::jsonb) AS r (id uuid, pool text, named text, protocol text, activity text, occasion text,
        "resourceId" text, "sellerId" text, "buyerId" text, "orderId" text, "orderLineId" text, "goodsId" text, "productName" jsonb, "instanceId" text, details jsonb, "dueAt" timestamptz, "traceId" text)) AS c
    ON CONFLICT (resource_id, activity, occasion) DO NOTHING RETURNING id, state`,
    (rows) => {
      const running = new Set(rows.filter(({ state }) => state === 'RUNNING').map(({ id }) => id));
      for (const call of calls) if (running.has(call.id)) taken(takenCall(call, now));
    },
  );
}

/** The row that {@link insertTaken} writes. */
const takenCall = (call: NewCall, now: Date): SellerCall => ({
  id: call.id,
  pool: call.pool,
  once: false,
  state: 'RUNNING',
  due_at: call.dueAt,
  attempts: 1,
  trace_id: call.traceId,
  created_at: now,
  protocol: call.protocol,
  activity: call.activity,
  occasion: call.occasion,
  resource_id: call.resourceId,
  seller_id: call.sellerId,
  buyer_id: call.buyerId,
  order_id: call.orderId,
  order_line_id: call.orderLineId,
  goods_id: call.goodsId,
  product_name: call.productName,
  instance_id: call.instanceId,
  details: call.details ?? null,
  anchor: call.dueAt,
  slot: 0,
  restarted_by: null,
  ended_by: null,
  end_reason: null,
  last_at: null,
  last_http_status: null,
  last_result_code: null,
  last_result_msg: null,
  last_duration_ms: null,
  last_diagnosis_code: null,
  last_diagnosis_summary: null,
});

/** Calls that people wait for share nothing with provisioning: a slow seller's open pages take no slot from paid orders. */
export const waitingPool = (sellerId: string): string => `view:${sellerId}`;

export async function waitedForRunning(executor: Executor, sellerId: string): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) AS count FROM fulfilment.seller_calls WHERE state = 'RUNNING' AND pool = ${waitingPool(sellerId)}`.execute(
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
): Promise<SellerCall> {
  const details = call.details ? JSON.stringify(call.details) : null;
  const { rows } = await sql<SellerCall>`
    INSERT INTO fulfilment.seller_calls (id, pool, lane, once, state, attempts, lease_owner, lease_until, due_at, trace_id, created_at, protocol, activity, occasion, resource_id,
      seller_id, buyer_id, order_id, order_line_id, goods_id, product_name, instance_id, details, anchor)
    VALUES (${call.id}, ${call.pool}, ${call.id}, true, 'RUNNING', 1, ${lease.owner}, ${lease.until}, ${call.dueAt}, ${call.traceId}, ${now}, ${call.protocol}, ${call.activity}, ${call.occasion}, ${call.resourceId},
      ${call.sellerId}, ${call.buyerId}, ${call.orderId}, ${call.orderLineId}, ${call.goodsId}, ${JSON.stringify(call.productName)}, ${call.instanceId}, ${details}, ${call.dueAt})
    RETURNING *`.execute(executor);
  const [row] = rows;
  if (!row) throw new Error(`call ${call.id} was not inserted`);
  return row;
}

export const leaseCalls = (executor: Executor, request: LeaseRequest): Promise<SellerCall[]> =>
  lease<SellerCall>(executor, CALLS, { ...request, limits: BREAKERS });

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
 * Records outcomes, attempts and what they say of the sellers' addresses in one statement. Fenced: a worker whose lease
 * went to another meanwhile changes nothing. @returns ids whose outcome counts
 */
export async function settleCalls(
  executor: Executor,
  owner: string,
  settlements: readonly Settlement[],
  tallies: readonly Tally[],
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
      RETURNING c.id, c.trace_id),
    -- in one order of pools, so that two workers never wait for each other; a healthy address costs one look
    tallied AS (
      INSERT INTO fulfilment.breakers AS b (pool, failures, answered_at)
      SELECT t.pool, t.failures, t."answeredAt" FROM jsonb_to_recordset(${JSON.stringify(tallies)}::jsonb) AS t (pool text, failures int, "answeredAt" timestamptz)
      WHERE t.failures > 0 OR EXISTS (SELECT 1 FROM fulfilment.breakers k WHERE k.pool = t.pool AND k.failures > 0)
      ORDER BY t.pool
      ON CONFLICT (pool) DO UPDATE SET answered_at = coalesce(EXCLUDED.answered_at, b.answered_at),
        failures = EXCLUDED.failures + CASE WHEN EXCLUDED.answered_at IS NULL THEN b.failures ELSE 0 END)
    INSERT INTO fulfilment.attempts (call_id, attempt, actor, trace_id, started_at, duration_ms, outcome, http_status, result_code, result_msg, request, response, diagnosis)
    SELECT v.id, v.attempt, v.actor, s.trace_id, v.started_at, v.duration_ms, v.outcome, v.http_status, v.result_code, v.result_msg, v.request, v.response, v.diagnosis
    FROM v JOIN settled s ON s.id = v.id RETURNING call_id`.execute(executor);
  return new Set(result.rows.map((row) => row.call_id));
}

/** The order line is closed: what was given up waits for nobody (consoles-and-processes.md 11, RESOLVED). */
export async function resolveCallsOfLines(
  executor: Executor,
  lines: readonly { readonly resourceId: string; readonly orderLineId: string }[],
  now: Date,
): Promise<void> {
  await executeUnanswered(
    executor,
    sql`
    UPDATE fulfilment.seller_calls c SET state = 'RESOLVED', finished_at = ${now}
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l ("resourceId" text, "orderLineId" text)
    WHERE c.resource_id = l."resourceId" AND c.order_line_id = l."orderLineId" AND c.activity <> 'orderNotify' AND c.state IN ('DUE', 'STOPPED')`,
  );
}

/** All that is open of these resources, or of some activities only. Rows in one order: two workers never wait in a circle. */
export async function resolveOpen(
  executor: Executor,
  resourceIds: readonly string[],
  activities: readonly string[] | null,
  now: Date,
): Promise<void> {
  await executeUnanswered(
    executor,
    sql`
    UPDATE fulfilment.seller_calls SET state = 'RESOLVED', finished_at = ${now} WHERE id IN (
      SELECT id FROM fulfilment.seller_calls
      WHERE resource_id = ANY(${resourceIds}::text[]) AND (${activities}::text[] IS NULL OR activity = ANY(${activities}::text[]))
        AND state IN ('DUE', 'STOPPED') AND NOT once AND activity <> 'orderNotify'
      ORDER BY id FOR UPDATE)`,
  );
}

/** A newer call of the same activity succeeded: what was given up before needs nobody any more (S-29). */
export async function resolveOlder(executor: Executor, succeededIds: readonly string[], now: Date): Promise<void> {
  await executeUnanswered(
    executor,
    sql`
    UPDATE fulfilment.seller_calls SET state = 'RESOLVED', finished_at = ${now} WHERE id IN (
      SELECT c.id FROM fulfilment.seller_calls k JOIN fulfilment.seller_calls c ON c.resource_id = k.resource_id AND c.activity = k.activity AND c.seq < k.seq
      WHERE k.id = ANY(${succeededIds}::uuid[]) AND c.state = 'STOPPED' AND NOT c.once
      ORDER BY c.id FOR UPDATE OF c)`,
  );
}

/**
 * Of these calls, those of which a newer one of the same resource among these activities exists need no repeat. To V1.0's
 * expireInstance a renewal is one, because it revives (saas-v1.md 6.0.2): an expiry made after it would freeze paid time.
 */
export async function resolveIfNewer(
  executor: Executor,
  callIds: readonly string[],
  activities: readonly string[],
  now: Date,
): Promise<void> {
  await sql`
    UPDATE fulfilment.seller_calls c SET state = 'RESOLVED', finished_at = ${now}
    WHERE c.id = ANY(${callIds}::uuid[]) AND c.state IN ('DUE', 'STOPPED')
      AND EXISTS (SELECT 1 FROM fulfilment.seller_calls n WHERE n.resource_id = c.resource_id AND n.seq > c.seq
                  AND (n.activity = ANY(${activities}::text[]) OR (c.activity = 'expireInstance' AND n.activity = 'refreshInstance') OR (c.activity = 'expireLicense' AND n.activity = 'refreshLicense')))`.execute(
    executor,
  );
}
