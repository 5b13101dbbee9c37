/** Events are told at least once, in order per aggregate; a subscriber that fails delays the one aggregate only (design.md 2). */
import { describe, expect, it } from 'vitest';
import { fileDatabase } from '../../../../tests/support/database.ts';
import { inTransaction, sql, type Tx } from './database/database.ts';
import { nextDue } from './due.ts';
import {
  createEventBus,
  type DispatchContext,
  type DomainEvent,
  dispatchOnce,
  eventsOfTrace,
  type Subscription,
} from './events.ts';
import { silentLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createPausePoints } from './pause-points.ts';
import { listenForDue } from './tasks/due-now.ts';

const NOW = new Date('2026-01-05T02:00:00.000Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);
const database = fileDatabase();

function context(): DispatchContext {
  return { db: database().db, log: silentLog, metrics: createMetrics(), pause: createPausePoints() };
}

/** A subscriber of its own type; `handle` may fail. */
function subscriber(name: string, handle: (events: readonly DomainEvent[], tx: Tx) => Promise<void> | void) {
  const type = `test.${name}`;
  const subscription: Subscription = {
    name: `test:${name}`,
    types: [type],
    handle: async (tx, events) => handle(events, tx),
  };
  const bus = createEventBus([subscription]);
  const publish = (aggregate: string, ...numbers: number[]) =>
    inTransaction(database().db, (tx) =>
      bus.publish(
        tx,
        numbers.map((number) => ({
          type,
          aggregate: `${name}:${aggregate}`,
          payload: { number },
          traceId: `${name}-trace`,
        })),
        NOW,
      ),
    );
  return { subscription, bus, publish, type };
}

async function drain(dispatch: DispatchContext, subscription: Subscription, now = NOW): Promise<void> {
  while ((await dispatchOnce(dispatch, subscription, now)) > 0);
}
const numbers = (events: readonly DomainEvent[]) => events.map((event) => event.payload.number);

describe('publishing', () => {
  it('is part of the transaction: what is rolled back was never told', async () => {
    const heard: unknown[] = [];
    const { subscription, bus, type } = subscriber('rollback', (events) => void heard.push(...events));
    const failing = inTransaction(database().db, async (tx) => {
      await bus.publish(tx, [{ type, aggregate: 'a', payload: {}, traceId: 'rollback-trace' }], NOW);
      throw new Error('the command failed after all');
    });
    await expect(failing).rejects.toThrow('after all');
    await drain(context(), subscription);
    expect(heard).toEqual([]);
    expect(await eventsOfTrace(database().db, 'rollback-trace')).toEqual([]);
  });

  it("tells this process's workers who is to be told when it is committed, and never what was undone", async () => {
    const { bus, type } = subscriber('woken', () => {});
    const told: string[][] = [];
    const deaf = listenForDue(database().db, (sources) => void told.push([...sources]));
    const publish = (tx: Tx) => bus.publish(tx, [{ type, aggregate: 'a', payload: {}, traceId: 'woken' }], NOW);
    await inTransaction(database().db, async (tx) => {
      await publish(tx);
      expect(told).toEqual([]);
    });
    const undone = inTransaction(database().db, async (tx) => {
      await publish(tx);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(told).toEqual([['test:woken']]);
    deaf();
    await inTransaction(database().db, publish);
    expect(told).toHaveLength(1);
  });

  it('keeps the order of one call, gives what was written, and tells only those who asked', async () => {
    const heard: DomainEvent[] = [];
    const { subscription, publish } = subscriber('order', (events) => void heard.push(...events));
    await publish('a', 1, 2, 3);
    const stranger = subscriber('stranger', () => expect.unreachable('was never asked'));
    await drain(context(), stranger.subscription);
    await drain(context(), subscription);
    expect(numbers(heard)).toEqual([1, 2, 3]);
    expect(heard[0]).toMatchObject({
      type: 'test.order',
      aggregate: 'order:a',
      traceId: 'order-trace',
      occurredAt: NOW,
    });
    expect(await eventsOfTrace(database().db, 'order-trace')).toEqual(heard);
  });
});

describe('delivery', () => {
  it('gives one event of an aggregate a batch, and many aggregates side by side', async () => {
    const batches: string[] = [];
    const { subscription, publish } = subscriber('batch', (events) => {
      batches.push(events.map((event) => `${event.aggregate.at(-1)}${event.payload.number}`).join(' '));
    });
    await publish('a', 1, 2);
    await publish('b', 1, 2);
    await drain(context(), subscription);
    expect(batches).toEqual(['a1 b1', 'a2 b2']);
  });

  it('happens again when the program dies before the commit; the effect is there once', async () => {
    const { db } = database();
    await sql`CREATE TABLE public.effects (number int)`.execute(db);
    const { subscription, publish } = subscriber('crash', async (events, tx) => {
      for (const event of events) await sql`INSERT INTO public.effects VALUES (${event.payload.number})`.execute(tx);
    });
    await publish('a', 1);
    const crashing = context();
    crashing.pause.at('events.before-commit', () => {
      throw new Error('killed');
    });
    await dispatchOnce(crashing, subscription, NOW);
    const effects = async () => (await sql<{ number: number }>`SELECT number FROM public.effects`.execute(db)).rows;
    expect(await effects()).toEqual([]);
    await drain(context(), subscription, after(1_000));
    await drain(context(), subscription, after(60_000));
    expect(await effects()).toEqual([{ number: 1 }]);
  });

  it('that fails delays its own aggregate, in order, and nobody else', async () => {
    const heard: string[] = [];
    let broken = true;
    const { subscription, publish } = subscriber('poison', (events) => {
      if (broken && events.some((event) => event.aggregate === 'poison:bad')) throw new Error('can not do this one');
      heard.push(...events.map((event) => `${event.aggregate.slice(7)}${event.payload.number}`));
    });
    await publish('a', 1);
    await publish('bad', 1, 2);
    await publish('b', 1, 2);
    await drain(context(), subscription);
    expect(heard.toSorted()).toEqual(['a1', 'b1', 'b2']);
    broken = false;
    await drain(context(), subscription, after(999));
    expect(heard).toHaveLength(3);
    await drain(context(), subscription, after(1_000));
    expect(heard.slice(3)).toEqual(['bad1', 'bad2']);
  });

  it('that keeps failing is tried for ever, ever more gently, and says why', async () => {
    const { db } = database();
    const { subscription, publish } = subscriber('gentle', () => {
      throw new Error('still broken');
    });
    await publish('a', 1);
    let now = NOW;
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await drain(context(), subscription, now);
      const { rows } = await sql<{
        due_at: Date;
        last_error: string;
      }>`SELECT due_at, last_error FROM platform.deliveries WHERE subscriber = 'test:gentle'`.execute(db);
      expect(rows[0]?.last_error).toBe('still broken');
      const due = rows[0]?.due_at ?? now;
      pauses.push(due.getTime() - now.getTime());
      expect((await nextDue(db, { taskTables: [], steppingTables: [] }, now))?.getTime()).toBeLessThanOrEqual(
        due.getTime(),
      );
      now = due;
    }
    expect(pauses).toEqual([1_000, 5_000, 30_000, 300_000, 300_000, 300_000]);
  });

  it('by four dispatchers at once is never double and never out of order', async () => {
    const { db } = database();
    await sql`CREATE TABLE public.heard (place bigint GENERATED ALWAYS AS IDENTITY, event_id bigint PRIMARY KEY, aggregate text, number int)`.execute(
      db,
    );
    const { subscription, publish } = subscriber('race', async (events, tx) => {
      for (const event of events)
        await sql`INSERT INTO public.heard (event_id, aggregate, number) VALUES (${event.eventId}, ${event.aggregate}, ${event.payload.number})`.execute(
          tx,
        );
    });
    const aggregates = Array.from({ length: 20 }, (_, index) => `x${index}`);
    await Promise.all(aggregates.map((aggregate) => publish(aggregate, 1, 2, 3, 4, 5)));
    const dispatch = context();
    dispatch.pause.at('events.before-commit', () => new Promise((resolve) => setImmediate(resolve)));
    const waiting = async () =>
      (
        await sql<{
          left: number;
        }>`SELECT count(*) AS left FROM platform.deliveries WHERE subscriber = 'test:race'`.execute(db)
      ).rows[0]?.left ?? 0;
    while ((await waiting()) > 0) {
      await Promise.all([1, 2, 3, 4].map(() => dispatchOnce(dispatch, subscription, NOW)));
    }
    const { rows } = await sql<{ aggregate: string; numbers: number[] }>`
      SELECT aggregate, array_agg(number ORDER BY place) AS numbers FROM public.heard GROUP BY aggregate`.execute(db);
    expect(rows).toHaveLength(20);
    for (const row of rows) expect(row.numbers).toEqual([1, 2, 3, 4, 5]);
    const failed = await dispatch.metrics.registry.getSingleMetricAsString('jishi_events_delivered_total');
    expect(failed).not.toContain('failed');
  });
});

describe('an event that says itself that a subscriber has nothing to do', () => {
  it('is not delivered to it, and is to the others', async () => {
    const heard: Record<string, unknown[]> = { all: [], even: [] };
    const listening = (name: 'all' | 'even', concerns?: Subscription['concerns']): Subscription => ({
      ...{ name: `test:${name}-concerned`, types: ['test.concerned'] },
      ...(concerns ? { concerns } : {}),
      handle: async (_tx, events) => void heard[name]?.push(...numbers(events)),
    });
    const all = listening('all');
    const even = listening('even', ({ payload }) => Number(payload.number) % 2 === 0);
    const bus = createEventBus([even, all]);
    const events = [1, 2, 3, 4].map((number) => ({
      ...{ type: 'test.concerned', aggregate: `concerned:${number}`, payload: { number }, traceId: 'concerned' },
    }));
    await inTransaction(database().db, (tx) => bus.publish(tx, events, NOW));
    for (const subscription of [all, even]) await drain(context(), subscription);
    expect(heard).toEqual({ all: [1, 2, 3, 4], even: [2, 4] });
  });
});

describe('what a process remembers of events', () => {
  it('is what the database has, also of those it published itself', async () => {
    const heard: DomainEvent[] = [];
    const { subscription, bus, publish, type } = subscriber('remembered', (events) => void heard.push(...events));
    await publish('first', 1);
    await drain(context(), subscription); // it listens from here on
    const at = new Date('2026-01-05T03:00:00.123Z');
    const payload = { at, none: undefined, text: 'ä“\u2028', list: [1, null] };
    const event = { type, aggregate: 'remembered:second', payload, traceId: 'remembered-trace' };
    await inTransaction(database().db, (tx) => bus.publish(tx, [event], NOW));
    await drain(context(), subscription);
    expect(heard).toEqual(await eventsOfTrace(database().db, 'remembered-trace'));
  });
});
