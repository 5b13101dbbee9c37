/** SQL of messages and deliveries. Inserts come in batches: ten thousand reminders are a few dozen statements. */
import { type Executor, executeUnanswered, sql } from '../platform/database/database.ts';
import type { DueItem } from '../platform/due.ts';
import { type Random, uuid } from '../platform/random.ts';
import { lease, type TaskState, WAITING } from '../platform/tasks/task-table.ts';
import type { OutsideChannel, Variant } from './catalogue.ts';
import type { NewDelivery, NewMessage } from './plan.ts';
import type { Language } from './render.ts';
import { DELIVERIES } from './schema.ts';

export async function insertMessages(
  executor: Executor,
  random: Random,
  messages: readonly NewMessage[],
  now: Date,
): Promise<void> {
  if (messages.length === 0) return;
  const column = (of: (message: NewMessage) => string) => messages.map(of);
  await executeUnanswered(
    executor,
    sql`
    INSERT INTO notification.messages (message_id, user_id, tenant, source, variant, title, body, link, created_at)
    SELECT *, ${now}::timestamptz FROM unnest(
      ${column(() => uuid(random))}::uuid[], ${column((m) => m.userId)}::text[], ${column((m) => m.tenant)}::text[],
      ${column((m) => m.source)}::text[], ${column((m) => m.variant)}::text[],
      ${column((m) => JSON.stringify(m.title))}::jsonb[], ${column((m) => JSON.stringify(m.body))}::jsonb[],
      ${column((m) => m.link)}::text[])
    ON CONFLICT (source, user_id) DO NOTHING`,
  );
}

export async function insertDeliveries(
  executor: Executor,
  random: Random,
  deliveries: readonly NewDelivery[],
  now: Date,
): Promise<void> {
  if (deliveries.length === 0) return;
  const ids = deliveries.map(() => uuid(random));
  const column = (of: (delivery: NewDelivery) => string) => deliveries.map(of);
  await executeUnanswered(
    executor,
    sql`
    INSERT INTO notification.deliveries
      (id, lane, pool, channel, tenant, receiver_id, source, variant, address, language, subject, body, sealed_body, secret, trace_id, due_at, created_at)
    SELECT *, ${now}::timestamptz, ${now}::timestamptz FROM unnest(
      ${ids}::uuid[], ${ids}::text[], ${column((d) => d.channel)}::text[], ${column((d) => d.channel)}::text[],
      ${column((d) => d.tenant)}::text[], ${column((d) => d.receiverId)}::text[], ${column((d) => d.source)}::text[],
      ${column((d) => d.variant)}::text[], ${column((d) => d.address)}::text[], ${column((d) => d.language)}::text[],
      ${column((d) => d.subject)}::text[], ${column((d) => d.body)}::text[],
      ${deliveries.map((d) => d.sealedBody ?? null)}::text[],
      ${deliveries.map((d) => d.secret)}::boolean[], ${column((d) => d.traceId)}::text[])
    ON CONFLICT (source, tenant, channel, address) DO NOTHING`,
  );
}

// --- messages -----------------------------------------------------------------------------------------------

export interface Message {
  readonly message_id: string;
  readonly variant: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly body: Readonly<Record<Language, string>>;
  readonly link: string;
  readonly created_at: Date;
  readonly read_at: Date | null;
}
export interface MessageQuery {
  readonly userId: string;
  readonly unread?: boolean | undefined;
  readonly variants?: readonly Variant[] | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** A user's messages, newest first. */
export async function listMessages(executor: Executor, query: MessageQuery): Promise<Message[]> {
  const conditions = [sql`user_id = ${query.userId}`];
  if (query.unread === true) conditions.push(sql`read_at IS NULL`);
  if (query.variants) conditions.push(sql`variant = ANY(${query.variants}::text[])`);
  if (query.before) conditions.push(sql`(created_at, message_id) < (${query.before.at}, ${query.before.id}::uuid)`);
  const { rows } = await sql<Message>`
    SELECT message_id, variant, title, body, link, created_at, read_at FROM notification.messages
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY created_at DESC, message_id DESC LIMIT ${query.limit}`.execute(
    executor,
  );
  return rows;
}

/** The next messages that leave the marketplace, in order. */
export async function nextDeliveries(executor: Executor, limit: number): Promise<DueItem[]> {
  const { rows } = await sql<DueItem>`
    SELECT due_at AS at, 'delivery' AS name, NULL AS subject, NULL AS "resourceId", NULL AS "goodsId" FROM notification.deliveries
    WHERE ${WAITING} ORDER BY due_at, seq LIMIT ${limit}`.execute(executor);
  return rows;
}

export async function unreadCount(executor: Executor, userId: string): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) FROM notification.messages WHERE user_id = ${userId} AND read_at IS NULL`.execute(executor);
  return rows[0]?.count ?? 0;
}

/** @param ids null = all. Messages of others are left alone. @returns how many were unread until now */
export async function markRead(
  executor: Executor,
  userId: string,
  ids: readonly string[] | null,
  now: Date,
): Promise<number> {
  const chosen = ids === null ? sql`true` : sql`message_id = ANY(${ids}::uuid[])`;
  const result =
    await sql`UPDATE notification.messages SET read_at = ${now} WHERE user_id = ${userId} AND read_at IS NULL AND ${chosen}`.execute(
      executor,
    );
  return Number(result.numAffectedRows ?? 0);
}

// --- deliveries ---------------------------------------------------------------------------------------------

export interface Delivery {
  readonly id: string;
  readonly state: TaskState;
  readonly channel: OutsideChannel;
  readonly tenant: string;
  readonly receiver_id: string;
  readonly source: string;
  readonly variant: string;
  readonly address: string;
  readonly language: Language;
  readonly subject: string;
  readonly body: string;
  readonly sealed_body: string | null;
  readonly secret: boolean;
  readonly attempts: number;
  readonly due_at: Date;
  readonly created_at: Date;
  readonly finished_at: Date | null;
  readonly last_error: string | null;
}
const delivery = sql`id, state, channel, tenant, receiver_id, source, variant, address, language, subject, body, sealed_body, secret, attempts, due_at, created_at, finished_at, last_error`;

export const leaseDeliveries = (
  executor: Executor,
  request: { owner: string; now: Date; leaseMs: number; limit: number; perPool: number },
): Promise<Delivery[]> => lease<Delivery>(executor, DELIVERIES, request);

export interface Outcome {
  readonly id: string;
  readonly state: 'SUCCEEDED' | 'DUE' | 'STOPPED';
  readonly dueAt: Date;
  readonly error: string | null;
  /** replaces the body: a code that was sent stands nowhere any more */
  readonly wipe: boolean;
}
/** Only what this worker still holds: a lease that ran out is somebody else's now. */
export async function settleDeliveries(
  executor: Executor,
  owner: string,
  outcomes: readonly Outcome[],
  now: Date,
): Promise<void> {
  await sql`
    UPDATE notification.deliveries d
    SET state = o.state, due_at = o.due_at, last_error = o.error, lease_owner = NULL, lease_until = NULL,
        finished_at = CASE WHEN o.state = 'DUE' THEN NULL ELSE ${now}::timestamptz END,
        body = CASE WHEN o.wipe THEN '' ELSE d.body END, sealed_body = CASE WHEN o.wipe THEN NULL ELSE d.sealed_body END
    FROM unnest(${outcomes.map((o) => o.id)}::uuid[], ${outcomes.map((o) => o.state)}::text[],
                ${outcomes.map((o) => o.dueAt)}::timestamptz[], ${outcomes.map((o) => o.error)}::text[],
                ${outcomes.map((o) => o.wipe)}::boolean[]) AS o (id, state, due_at, error, wipe)
    WHERE d.id = o.id AND d.state = 'RUNNING' AND d.lease_owner = ${owner}`.execute(executor);
}

export interface OutboxQuery {
  readonly state?: TaskState | undefined;
  readonly channel?: OutsideChannel | undefined;
  readonly address?: string | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
/** What was or will be sent, newest first. */
export async function outbox(executor: Executor, query: OutboxQuery): Promise<Delivery[]> {
  const conditions = [sql`true`];
  if (query.state) conditions.push(sql`state = ${query.state}`);
  if (query.channel) conditions.push(sql`channel = ${query.channel}`);
  if (query.address) conditions.push(sql`position(lower(${query.address}) IN lower(address)) > 0`);
  if (query.before) conditions.push(sql`(created_at, id) < (${query.before.at}, ${query.before.id}::uuid)`);
  const { rows } = await sql<Delivery>`
    SELECT ${delivery} FROM notification.deliveries WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at DESC, id DESC LIMIT ${query.limit}`.execute(executor);
  return rows;
}

/** A person sends again what was given up, with all its attempts. @returns null = there is no such delivery */
export async function sendAgain(executor: Executor, id: string, now: Date): Promise<Delivery | 'not-stopped' | null> {
  const { rows } = await sql<Delivery>`
    UPDATE notification.deliveries SET state = 'DUE', attempts = 0, due_at = ${now}, finished_at = NULL
    WHERE id = ${id}::uuid AND state = 'STOPPED' RETURNING ${delivery}`.execute(executor);
  if (rows[0]) return rows[0];
  const known = await sql`SELECT 1 FROM notification.deliveries WHERE id = ${id}::uuid`.execute(executor);
  return known.rows.length > 0 ? 'not-stopped' : null;
}

/** Finished deliveries, messages, codes and lists of failures go after a while, in batches. */
export async function forgetNotices(
  executor: Executor,
  before: { readonly told: Date; readonly failures: Date },
  limit: number,
): Promise<void> {
  await sql`DELETE FROM notification.deliveries WHERE id IN (
    SELECT id FROM notification.deliveries WHERE finished_at < ${before.told} ORDER BY finished_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`.execute(
    executor,
  );
  await sql`DELETE FROM notification.messages WHERE message_id IN (
    SELECT message_id FROM notification.messages WHERE created_at < ${before.told} ORDER BY created_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`.execute(
    executor,
  );
  await sql`DELETE FROM notification.confirmations WHERE (tenant, purpose) IN (
    SELECT tenant, purpose FROM notification.confirmations WHERE expires_at < ${before.failures} ORDER BY expires_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`.execute(
    executor,
  );
  await sql`DELETE FROM notification.failures WHERE (digest_id, source) IN (
    SELECT digest_id, source FROM notification.failures WHERE occurred_at < ${before.failures} ORDER BY occurred_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`.execute(
    executor,
  );
}
