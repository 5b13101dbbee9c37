/**
 * Domain events (design.md 2): written in the transaction that made them true, delivered to each subscriber at least
 * once and in order per aggregate; many aggregates in parallel. A delivery is a row that exists until its subscriber's
 * transaction commits, so that effect and acknowledgement are one commit.
 */
import type { RawBuilder } from 'kysely';
import {
  type Db,
  type Executor,
  executeUnanswered,
  inTransaction,
  perDatabase,
  sql,
  type Tx,
} from './database/database.ts';
import type { Migration } from './database/migrations.ts';
import type { DueItem } from './due.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { PausePoints } from './pause-points.ts';
import { dueNow } from './tasks/due-now.ts';

export interface NewEvent {
  /** `station.what-happened` */
  readonly type: string;
  /** what it happened to, e.g. `order:CS2607261447AUY4H`; events of one aggregate arrive in order */
  readonly aggregate: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly traceId: string;
}
export interface DomainEvent extends NewEvent {
  readonly eventId: number;
  readonly occurredAt: Date;
}
export interface Subscription {
  /** `station:purpose`; names the subscriber in the database, never change it */
  readonly name: string;
  readonly types: readonly string[];
  /** an order waits for it: it takes what has come soon after the batch before, be it little */
  readonly urgent?: boolean;
  /**
   * Asked when an event of these types is published: false = it says itself that there is nothing to do, so that no
   * delivery is written, taken and deleted for it. Told of the event as it was published.
   */
  concerns?(event: NewEvent): boolean;
  /**
   * Of those events: whom they would be told to, and a table that has a row for each who wants to hear. Where it has none for any of
   * them when the event is published, no delivery is written; null = it can not be told from the event.
   */
  readonly audience?: {
    readonly table: string;
    readonly column: string;
    of(event: NewEvent): readonly string[] | null;
  };
  /** Handles events in one transaction: all or nothing. Must tolerate an event it has handled before. */
  handle(tx: Tx, events: readonly DomainEvent[]): Promise<void>;
}

export const eventsSchema: Migration = {
  id: '0002-events',
  sql: `
CREATE TABLE platform.events (
  event_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  type        text NOT NULL,
  aggregate   text NOT NULL,
  payload     jsonb NOT NULL,
  trace_id    text NOT NULL,
  occurred_at timestamptz NOT NULL
);
CREATE INDEX ON platform.events (trace_id, event_id);
CREATE TABLE platform.deliveries (
  subscriber text NOT NULL,
  -- no foreign key: written in one statement with its event, which stays; the check was 0.4 of what publishing costs
  event_id   bigint NOT NULL,
  aggregate  text NOT NULL,
  due_at     timestamptz NOT NULL,
  attempts   int NOT NULL DEFAULT 0,
  last_error text,
  PRIMARY KEY (subscriber, event_id)
);
CREATE INDEX ON platform.deliveries (subscriber, aggregate, event_id);
-- rows come and go by the thousand: keep statistics and space in step with them
ALTER TABLE platform.deliveries SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_analyze_threshold = 1000);
`,
};

/** Who hears what; fixed when the program starts. */
export interface EventBus {
  readonly subscriptions: readonly Subscription[];
  publish(tx: Executor, events: readonly NewEvent[], now: Date): Promise<void>;
}

export function createEventBus(subscriptions: readonly Subscription[]): EventBus {
  const hearing = new Map<string, Subscription[]>();
  for (const each of subscriptions)
    for (const type of each.types) hearing.set(type, [...(hearing.get(type) ?? []), each]);
  const audiences = subscriptions.flatMap(({ name, audience }) => (audience ? [{ name, ...audience }] : []));
  const wanted = sql.join(
    [
      sql`s.whom IS NULL`,
      ...audiences.map(
        ({ name, table, column }) =>
          sql`(s.name = ${sql.lit(name)} AND EXISTS (SELECT 1 FROM ${sql.table(table)} a WHERE a.${sql.ref(column)} = ANY(string_to_array(s.whom, E'\n'))))`,
      ),
    ],
    sql` OR `,
  );
  return {
    subscriptions,
    async publish(tx, events, now) {
      if (events.length === 0) return;
      const payloads = events.map((event) => JSON.stringify(event.payload));
      const told = events.flatMap((event, place) =>
        (hearing.get(event.type) ?? []).flatMap(({ name, concerns, audience }) =>
          concerns?.(event) === false
            ? []
            : [{ name, place: place + 1, whom: audience?.of(event)?.join('\n') ?? null }],
        ),
      );
      const known = rememberedOf(tx);
      await executeUnanswered(
        tx,
        sql<{ event_id: number }>`
        WITH written AS (
          INSERT INTO platform.events (type, aggregate, payload, trace_id, occurred_at)
          SELECT type, aggregate, payload, trace_id, ${now}
          FROM unnest(${events.map((e) => e.type)}::text[], ${events.map((e) => e.aggregate)}::text[],
                      ${payloads}::jsonb[], ${events.map((e) => e.traceId)}::text[])
               WITH ORDINALITY AS e (type, aggregate, payload, trace_id, place)
          ORDER BY place
          RETURNING event_id, aggregate),
        placed AS (SELECT event_id, aggregate, row_number() OVER (ORDER BY event_id) AS place FROM written),
        told AS (
          INSERT INTO platform.deliveries (subscriber, event_id, aggregate, due_at)
          SELECT s.name, placed.event_id, placed.aggregate, ${now}
          FROM placed JOIN unnest(${told.map((each) => each.name)}::text[], ${told.map((each) => each.place)}::int[], ${told.map((each) => each.whom)}::text[]) AS s (name, place, whom) USING (place)
          WHERE ${wanted})
        SELECT event_id FROM placed ORDER BY place`,
        (rows) => {
          if (!known.listening) return;
          events.forEach(({ type, aggregate, traceId }, place) => {
            const eventId = rows[place]?.event_id;
            if (eventId === undefined) return;
            const payload = JSON.parse(payloads[place] ?? '{}');
            remember(known, { eventId, type, aggregate, payload, traceId, occurredAt: now });
          });
        },
      );
      // whether somebody with an audience is told the database knows: a look finds it
      dueNow(
        tx,
        told.flatMap(({ name, whom }) => (whom === null ? [name] : [])),
      );
    },
  };
}

/**
 * Events that this process read or published lately: most are for several subscribers, who take them one soon after the
 * other, and what was published never changes. So each is read once, and once made an object.
 */
interface Remembered {
  /** by id, oldest first; one whose transaction was undone is never asked for */
  readonly events: Map<number, DomainEvent>;
  /** by id, while somebody reads it: all subscribers of an event begin in the same instant */
  readonly reading: Map<number, Promise<void>>;
  /** a process that only publishes keeps none */
  listening: boolean;
}
const MOST_REMEMBERED = 2_000;
const rememberedOf = perDatabase<Remembered>(() => ({ events: new Map(), reading: new Map(), listening: false }));

function remember({ events }: Remembered, event: DomainEvent): void {
  events.set(event.eventId, event);
  if (events.size <= MOST_REMEMBERED) return;
  const [oldest] = events.keys();
  if (oldest !== undefined) events.delete(oldest);
}

export interface DispatchContext {
  readonly db: Db;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly pause: PausePoints;
}

/**
 * How long a subscriber rests after a batch that was not full: in a stream of events the next one is worth its transaction
 * then. One that comes alone is delivered at once, and none later than what another process commits is seen.
 */
export const EVENTS_REST_MS = { urgent: 25, other: 200 } as const;
/** one transaction's worth: large enough to share a commit, small enough to be done in milliseconds */
export const EVENTS_BATCH = 200;
const RETRY_MS = [1_000, 5_000, 30_000, 300_000]; // a failing subscriber is our own fault; it is tried for ever, gently

/** Delivers one batch to one subscriber. @returns how many events were taken (0 = nothing due) */
export async function dispatchOnce(context: DispatchContext, subscription: Subscription, now: Date): Promise<number> {
  try {
    return await deliver(context, subscription, now, EVENTS_BATCH);
  } catch (error) {
    context.log.warn({ subscriber: subscription.name, err: error }, 'a batch of events failed; trying them one by one');
    return deliverOne(context, subscription, now);
  }
}

async function deliver(
  context: DispatchContext,
  subscription: Subscription,
  now: Date,
  limit: number,
  onTaken: (events: readonly DomainEvent[]) => void = () => {},
): Promise<number> {
  const taken = await inTransaction(context.db, async (tx) => {
    const events = await eventsByIds(tx, await takeBatch(tx, subscription.name, now, limit));
    if (events.length === 0) return 0;
    onTaken(events);
    await subscription.handle(tx, events);
    await context.pause.reach('events.before-commit', subscription.name);
    return events.length;
  });
  if (taken > 0) context.metrics.events.inc({ subscriber: subscription.name, outcome: 'ok' }, taken);
  return taken;
}

/** The first due event alone; when it fails it waits, and with it only its own aggregate. */
async function deliverOne(context: DispatchContext, subscription: Subscription, now: Date): Promise<number> {
  // Which one failed is remembered, not looked up again: another worker may have moved the queue meanwhile.
  const tried: DomainEvent[] = [];
  try {
    return await deliver(context, subscription, now, 1, (events) => tried.push(...events));
  } catch (error) {
    const [first] = tried;
    if (!first) throw error;
    context.metrics.events.inc({ subscriber: subscription.name, outcome: 'failed' });
    context.log.error(
      { subscriber: subscription.name, eventId: first.eventId, type: first.type, err: error },
      'an event could not be handled; it is tried again',
    );
    await sql`
      UPDATE platform.deliveries
      SET attempts = attempts + 1, last_error = ${error instanceof Error ? error.message : String(error)},
          due_at = ${now}::timestamptz + (${sql.lit(`{${RETRY_MS.join(',')}}`)}::int[])[least(attempts + 1, ${RETRY_MS.length})] * interval '1 millisecond'
      WHERE subscriber = ${subscription.name} AND event_id = ${first.eventId}`.execute(context.db);
    return 1;
  }
}

/** The next events that somebody is yet to hear of, in order of time. */
export async function nextEvents(executor: Executor, limit: number): Promise<DueItem[]> {
  const { rows } = await sql<DueItem>`
    SELECT d.due_at AS at, e.type AS name, NULL AS subject, NULL AS "resourceId", NULL AS "goodsId"
    FROM platform.deliveries d JOIN platform.events e USING (event_id) ORDER BY d.due_at, d.event_id, d.subscriber LIMIT ${limit}`.execute(
    executor,
  );
  return rows;
}

/**
 * Due events whose aggregate has no earlier one waiting; another worker's are skipped. Their deliveries are gone when the
 * transaction is done, and there again when it fails. The look for an earlier one is a
 * sub-select with LIMIT, which goes through the index with all three columns; NOT EXISTS became a join by subscriber
 * alone, which compared all that waits with all that waits (63 events: 3,969 comparisons). IS NOT TRUE is thought to hold
 * for every second row, so that the scan follows the order and ends at the limit; IS NULL for one in two hundred, and all
 * that waits was read and sorted. What is locked is deleted by its place, not by its key.
 */
async function takeBatch(executor: Executor, subscriber: string, now: Date, limit: number): Promise<number[]> {
  const { rows } = await sql<{ event_id: number }>`
    WITH taken AS (
      SELECT d.ctid AS place FROM platform.deliveries d
      WHERE d.subscriber = ${subscriber} AND d.due_at <= ${now}
        AND (SELECT true FROM platform.deliveries e
             WHERE e.subscriber = d.subscriber AND e.aggregate = d.aggregate AND e.event_id < d.event_id LIMIT 1) IS NOT TRUE
      ORDER BY d.event_id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    DELETE FROM platform.deliveries WHERE ctid = ANY(ARRAY(SELECT place FROM taken))
    RETURNING event_id`.execute(executor);
  return rows.map((row) => row.event_id).toSorted((a, b) => a - b);
}

/** In the order of the ids. */
async function eventsByIds(executor: Executor, ids: readonly number[]): Promise<DomainEvent[]> {
  const known = rememberedOf(executor);
  known.listening = true;
  await Promise.all(new Set(ids.flatMap((id) => known.reading.get(id) ?? [])));
  const found = new Map(ids.map((id) => [id, known.events.get(id)]));
  const missing = ids.filter((id) => found.get(id) === undefined);
  if (missing.length === 0) return ids.flatMap((id) => found.get(id) ?? []);
  const read = eventsWhere(executor, sql`event_id = ANY(${missing}::bigint[])`);
  // whoever waits reads for itself when this fails
  const ended = read.then(
    (events) => {
      for (const event of events) remember(known, event);
    },
    () => {},
  );
  for (const id of missing) known.reading.set(id, ended);
  try {
    for (const event of await read) found.set(event.eventId, event);
    return ids.flatMap((id) => found.get(id) ?? []);
  } finally {
    for (const id of missing) if (known.reading.get(id) === ended) known.reading.delete(id);
  }
}

/** Events of one trace, oldest first: what the record page's timeline is made of. */
export const eventsOfTrace = (executor: Executor, traceId: string): Promise<DomainEvent[]> =>
  eventsWhere(executor, sql`trace_id = ${traceId}`);

/** Of several traces, only those of the given aggregates, oldest first. */
export const eventsOfTraces = (
  executor: Executor,
  traceIds: readonly string[],
  aggregates: readonly string[],
): Promise<DomainEvent[]> =>
  eventsWhere(executor, sql`trace_id = ANY(${traceIds}::text[]) AND aggregate = ANY(${aggregates}::text[])`);

async function eventsWhere(executor: Executor, condition: RawBuilder<unknown>): Promise<DomainEvent[]> {
  const { rows } = await sql<{
    event_id: number;
    type: string;
    aggregate: string;
    payload: Record<string, unknown>;
    trace_id: string;
    occurred_at: Date;
  }>`
    SELECT event_id, type, aggregate, payload, trace_id, occurred_at FROM platform.events WHERE ${condition} ORDER BY event_id`.execute(
    executor,
  );
  return rows.map((row) => ({
    eventId: row.event_id,
    type: row.type,
    aggregate: row.aggregate,
    payload: row.payload,
    traceId: row.trace_id,
    occurredAt: row.occurred_at,
  }));
}
