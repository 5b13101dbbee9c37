/** SQL of messages, their deliveries and attempts. */
import type { RawBuilder } from 'kysely';
import { type Executor, sql } from '../platform/database/database.ts';
import { type Random, traceId, uuid } from '../platform/random.ts';
import type { TaskState } from '../platform/tasks/task-table.ts';
import type { Attempt, Delivery } from './definition.ts';

export interface News {
  readonly sellerId: string;
  /** what told it; the same is told to an endpoint once */
  readonly source: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly endpointIds: readonly string[];
  readonly traceId: string;
  readonly occurredAt: Date;
}

/** Each message once, with a delivery for each of its endpoints. @returns ids of the deliveries that are new */
export async function insertNews(
  executor: Executor,
  random: Random,
  news: readonly News[],
  now: Date,
): Promise<string[]> {
  if (news.length === 0) return [];
  const column = (of: (one: News) => string) => news.map(of);
  await sql`
    INSERT INTO webhooks.messages (message_id, seller_id, type, data, occurred_at, source)
    SELECT * FROM unnest(${column(() => `msg_${traceId(random)}`)}::text[], ${column((n) => n.sellerId)}::text[], ${column((n) => n.type)}::text[],
      ${column((n) => JSON.stringify(n.data))}::jsonb[], ${news.map((n) => n.occurredAt)}::timestamptz[], ${column((n) => n.source)}::text[])
    ON CONFLICT (seller_id, source, type) DO NOTHING`.execute(executor);
  const ways = news.flatMap((one) => one.endpointIds.map((endpointId) => ({ ...one, endpointId, id: uuid(random) })));
  const ids = ways.map(({ id }) => id);
  const { rows } = await sql<{ id: string }>`
    INSERT INTO webhooks.deliveries (id, lane, pool, endpoint_id, message_id, trace_id, due_at, created_at)
    SELECT w.id, w.id::text, w.endpoint_id, w.endpoint_id, m.message_id, w.trace_id, ${now}::timestamptz, ${now}::timestamptz
    FROM unnest(${ids}::uuid[], ${ways.map((w) => w.endpointId)}::text[], ${ways.map((w) => w.sellerId)}::text[], ${ways.map((w) => w.source)}::text[],
      ${ways.map((w) => w.type)}::text[], ${ways.map((w) => w.traceId)}::text[]) AS w (id, endpoint_id, seller_id, source, type, trace_id)
    JOIN webhooks.messages m ON m.seller_id = w.seller_id AND m.source = w.source AND m.type = w.type
    ON CONFLICT (message_id, endpoint_id) DO NOTHING RETURNING id`.execute(executor);
  return rows.map(({ id }) => id);
}

interface Row extends Omit<Delivery, 'message'> {
  readonly messageId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
}
const toDelivery = ({ messageId, type, data, occurredAt, ...delivery }: Row): Delivery => ({
  ...delivery,
  message: { messageId, type, data, occurredAt },
});

async function deliveriesWhere(executor: Executor, condition: RawBuilder<unknown>, limit: number): Promise<Delivery[]> {
  const { rows } = await sql<Row>`
    SELECT d.id AS "deliveryId", d.endpoint_id AS "endpointId", d.state, d.attempts, d.due_at AS "dueAt", d.created_at AS "createdAt",
      d.finished_at AS "finishedAt", d.last_status AS "lastStatus", d.last_fault AS "lastFault",
      m.message_id AS "messageId", m.type, m.data, m.occurred_at AS "occurredAt"
    FROM webhooks.deliveries d JOIN webhooks.messages m USING (message_id)
    WHERE ${condition} ORDER BY d.created_at DESC, d.id DESC LIMIT ${limit}`.execute(executor);
  return rows.map(toDelivery);
}

export interface DeliveryQuery {
  readonly endpointId: string;
  readonly state?: TaskState | undefined;
  readonly type?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
/** Newest first. */
export function listDeliveries(executor: Executor, query: DeliveryQuery): Promise<Delivery[]> {
  const conditions = [
    sql`d.endpoint_id = ${query.endpointId}`,
    ...(query.state ? [sql`d.state = ${query.state}`] : []),
    ...(query.type ? [sql`m.type = ${query.type}`] : []),
    ...(query.from ? [sql`d.created_at >= ${query.from}`] : []),
    ...(query.to ? [sql`d.created_at < ${query.to}`] : []),
    ...(query.before ? [sql`(d.created_at, d.id) < (${query.before.at}, ${query.before.id}::uuid)`] : []),
  ];
  return deliveriesWhere(executor, sql.join(conditions, sql` AND `), query.limit);
}

export async function deliveryOf(executor: Executor, sellerId: string, id: string): Promise<Delivery | null> {
  const [found] = await deliveriesWhere(executor, sql`d.id = ${id}::uuid AND m.seller_id = ${sellerId}`, 1);
  return found ?? null;
}

/** Oldest first. */
export async function attemptsOf(executor: Executor, deliveryId: string): Promise<Attempt[]> {
  const { rows } = await sql<Attempt>`
    SELECT attempt, at, duration_ms AS "durationMs", status, fault, answer FROM webhooks.attempts WHERE delivery_id = ${deliveryId}::uuid ORDER BY attempt`.execute(
    executor,
  );
  return rows;
}

/** Due at once, with the whole schedule before it; one that is on its way is left alone. @returns false = it was not */
export async function makeDueAgain(executor: Executor, id: string, now: Date): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    UPDATE webhooks.deliveries SET state = 'DUE', due_at = ${now}, finished_at = NULL, attempts_before = attempts
    WHERE id = ${id}::uuid AND state <> 'RUNNING'`.execute(executor);
  return numAffectedRows > 0n;
}

/** What ended before `before` goes, with its attempts, and messages that nobody waits for. */
export async function forgetDeliveries(executor: Executor, before: Date, limit: number): Promise<void> {
  await sql`
    DELETE FROM webhooks.deliveries WHERE id IN (
      SELECT id FROM webhooks.deliveries WHERE finished_at < ${before} ORDER BY finished_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`.execute(
    executor,
  );
  await sql`
    DELETE FROM webhooks.messages WHERE message_id IN (
      SELECT message_id FROM webhooks.messages m WHERE occurred_at < ${before}
        AND NOT EXISTS (SELECT FROM webhooks.deliveries d WHERE d.message_id = m.message_id) LIMIT ${limit})`.execute(
    executor,
  );
}
