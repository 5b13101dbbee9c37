/** Tasks are data: leased by one worker, in order per lane, fairly per pool, and handed out again when a worker dies (design.md 4.2). */
import { describe, expect, it } from 'vitest';
import { fileDatabase } from '../../../../../tests/support/database.ts';
import { type Executor, inTransaction, sql } from '../database/database.ts';
import { nextDue, whatIsDue } from '../due.ts';
import { seededRandom, uuid } from '../random.ts';
import {
  extendLeases,
  giveBack,
  type LeaseRequest,
  lease,
  putOff,
  reclaim,
  reclaimAll,
  TASK_COLUMNS,
  taskIndexes,
} from './task-table.ts';

const NOW = new Date('2026-01-05T02:00:00.000Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);
const database = fileDatabase();
const random = seededRandom('tasks');

interface Row {
  readonly id: string;
  readonly lane: string;
  readonly pool: string;
  readonly attempts: number;
  readonly state: string;
  readonly lease_owner: string | null;
  readonly lease_until: Date | null;
}

/** A task table of the test's own. */
async function tableOf(name: string, tasks: readonly { pool?: string; lane?: string; dueAt?: Date }[] = []) {
  const { db } = database();
  const table = `public.${name}`;
  await sql.raw(`CREATE TABLE ${table} (${TASK_COLUMNS});${taskIndexes(table)}`).execute(db);
  const add = async (task: { pool?: string; lane?: string; dueAt?: Date }) => {
    const id = uuid(random);
    await sql`INSERT INTO ${sql.table(table)} (id, pool, lane, due_at, trace_id, created_at)
      VALUES (${id}, ${task.pool ?? 'p'}, ${task.lane ?? id}, ${task.dueAt ?? NOW}, 't', ${NOW})`.execute(db);
    return id;
  };
  const ids: string[] = [];
  for (const task of tasks) ids.push(await add(task));
  const take = (request: Partial<LeaseRequest> = {}, executor: Executor = db) =>
    lease<Row>(executor, table, { owner: 'w1', now: NOW, leaseMs: 1_000, limit: 100, perPool: 100, ...request });
  const finish = (id: string, state: 'SUCCEEDED' | 'STOPPED' | 'RESOLVED' | 'DUE' = 'SUCCEEDED') =>
    sql`UPDATE ${sql.table(table)} SET state = ${state}, lease_owner = NULL, lease_until = NULL WHERE id = ${id}`.execute(
      db,
    );
  const rows = async () => (await sql<Row>`SELECT * FROM ${sql.table(table)} ORDER BY seq`.execute(db)).rows;
  return { db, table, ids, take, finish, rows };
}

describe('a lease', () => {
  it('takes what is due, for its time, and counts the attempt', async () => {
    const { ids, take } = await tableOf('due', [{}, { dueAt: after(1) }]);
    const taken = await take();
    expect(taken).toMatchObject([
      { id: ids[0], state: 'RUNNING', attempts: 1, lease_owner: 'w1', lease_until: after(1_000) },
    ]);
    expect(await take()).toEqual([]);
    expect((await take({ now: after(1) })).map((row) => row.id)).toEqual([ids[1]]);
  });

  it('takes the oldest first and no more than asked', async () => {
    const { ids, take } = await tableOf('oldest', [{ dueAt: after(-1) }, { dueAt: after(-3) }, { dueAt: after(-2) }]);
    expect((await take({ limit: 2 })).map((row) => row.id).toSorted()).toEqual([ids[1], ids[2]].toSorted());
  });

  it('keeps a lane in order: the next waits while an earlier one is due or running', async () => {
    const { ids, take, finish } = await tableOf('lanes', [{ lane: 'l' }, { lane: 'l' }, { lane: 'other' }]);
    const [first = '', second = '', other = ''] = ids;
    expect((await take()).map((row) => row.id).toSorted()).toEqual([first, other].toSorted());
    expect(await take()).toEqual([]);
    await finish(first, 'DUE'); // it is repeated, later
    expect((await take()).map((row) => row.id)).toEqual([first]);
    await finish(first, 'STOPPED');
    expect((await take()).map((row) => row.id)).toEqual([second]);
  });

  it('an earlier one that waits for its repeat holds its lane', async () => {
    const { take } = await tableOf('later', [{ lane: 'l', dueAt: after(5_000) }, { lane: 'l' }]);
    expect(await take()).toEqual([]);
    expect(await take({ now: after(5_000) })).toHaveLength(1);
  });

  it('gives each pool its share: one slow pool holds up no other', async () => {
    const slow = Array.from({ length: 30 }, () => ({ pool: 'slow', dueAt: after(-60_000) }));
    const { take, finish } = await tableOf('pools', [...slow, { pool: 'quick' }, { pool: 'quick' }]);
    const taken = await take({ perPool: 3 });
    expect(taken.map((row) => row.pool).toSorted()).toEqual(['quick', 'quick', 'slow', 'slow', 'slow']);
    expect(await take({ perPool: 3, owner: 'w2' })).toEqual([]);
    const [done] = taken.filter((row) => row.pool === 'slow');
    await finish(done?.id ?? '');
    expect((await take({ perPool: 3 })).map((row) => row.pool)).toEqual(['slow']);
  });

  it('by several workers at once never gives a task to two of them, nor two of a lane', async () => {
    const tasks = Array.from({ length: 120 }, (_, index) => ({ pool: `p${index % 5}`, lane: `l${index % 40}` }));
    const { take, finish, rows } = await tableOf('workers', tasks);
    const seen: string[] = [];
    const worker = async (owner: string) => {
      for (let round = 0; round < 200; round += 1) {
        const taken = await take({ owner, limit: 7 });
        const running = (await rows()).filter((row) => row.state === 'RUNNING').map((row) => row.lane);
        expect(new Set(running).size).toBe(running.length);
        for (const row of taken) {
          seen.push(row.id);
          await finish(row.id);
        }
        if (taken.length === 0 && (await rows()).every((row) => row.state === 'SUCCEEDED')) return;
      }
      expect.unreachable('the tasks never end');
    };
    await Promise.all(['w1', 'w2', 'w3', 'w4'].map(worker));
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
    expect((await rows()).every((row) => row.attempts === 1)).toBe(true);
  });
});

describe('a worker', () => {
  it('that dies loses its tasks when the lease ends, not before', async () => {
    const { db, table, take, rows } = await tableOf('dead', [{}]);
    await take();
    expect(await reclaim(db, table, after(1_000))).toBe(0);
    expect(await reclaim(db, table, after(1_001))).toBe(1);
    expect(await rows()).toMatchObject([{ state: 'DUE', lease_owner: null, lease_until: null, attempts: 1 }]);
    expect(await take({ owner: 'w2' })).toMatchObject([{ attempts: 2, lease_owner: 'w2' }]);
  });

  it('that lives says so and keeps its own, nobody else’s', async () => {
    const { db, table, ids, take } = await tableOf('alive', [{}, {}]);
    await take({ limit: 1 });
    await take({ limit: 1, owner: 'w2' });
    await extendLeases(db, table, 'w1', ids, after(9_000));
    expect(await reclaim(db, table, after(5_000))).toBe(1);
  });

  it('that stops gives back what it has not begun, as if it had never taken it', async () => {
    const { db, table, ids, take, rows } = await tableOf('back', [{}, {}]);
    await take();
    await giveBack(db, table, 'somebody else', ids);
    expect((await rows()).map((row) => row.state)).toEqual(['RUNNING', 'RUNNING']);
    await giveBack(db, table, 'w1', ids.slice(0, 1));
    expect(await rows()).toMatchObject([
      { state: 'DUE', attempts: 0, lease_owner: null },
      { state: 'RUNNING', attempts: 1 },
    ]);
  });

  it('that owns the database alone takes everything back when it starts', async () => {
    const { db, table, take, rows } = await tableOf('alone', [{}, {}]);
    await take();
    await reclaimAll(db, table);
    expect((await rows()).every((row) => row.state === 'DUE')).toBe(true);
  });

  it('is told when something will be due', async () => {
    const { db, table } = await tableOf('next', [{ dueAt: after(5_000) }, { dueAt: after(3_000) }, {}]);
    expect(await nextDue(db, { taskTables: [table], steppingTables: [] }, NOW)).toEqual(after(3_000));
    expect(await nextDue(db, { taskTables: [table], steppingTables: [] }, after(5_000))).toBeNull();
  });

  it('is asked only where something is due', async () => {
    const { db, table } = await tableOf('only_due', [{ dueAt: after(1_000) }]);
    const { table: another } = await tableOf('never_due', []);
    const sources = { subscribers: [], taskTables: [table, another], steppingTables: [] };
    const due = async (now: Date) => [...(await whatIsDue(db, sources, now)).tables];
    expect(await due(after(999))).toEqual([]);
    expect(await due(after(1_000))).toEqual([table]);
  });
});

describe('a task made once while somebody waits', () => {
  it('ends with its worker instead of being repeated for nobody', async () => {
    const { db, table, ids, take, rows } = await tableOf('once', [{}]);
    await sql`UPDATE ${sql.table(table)} SET once = true`.execute(db);
    await take();
    expect(await reclaim(db, table, after(1_001))).toBe(1);
    expect(await rows()).toMatchObject([{ id: ids[0], state: 'STOPPED', lease_owner: null }]);
  });
});

describe('a fault of our own', () => {
  it('puts a task off instead of trying it in a hot loop, and only the owner may', async () => {
    const { db, table, ids, take, rows } = await tableOf('fault', [{}]);
    await take();
    await putOff(db, table, 'somebody else', ids, after(10_000));
    expect(await rows()).toMatchObject([{ state: 'RUNNING' }]);
    await putOff(db, table, 'w1', ids, after(10_000));
    expect(await rows()).toMatchObject([{ state: 'DUE', due_at: after(10_000), lease_owner: null }]);
  });
});

describe('behind a long history', () => {
  it('a lease reads what it takes, though statistics say that nothing waits', async () => {
    const { db, table, take } = await tableOf('history');
    const fill = (tx: Executor, from: number, to: number, state: string) =>
      sql`INSERT INTO ${sql.table(table)} (id, pool, lane, state, due_at, trace_id, created_at)
        SELECT gen_random_uuid(), 'p' || n % 4, 'l' || n, ${state}, ${NOW}, 't', ${NOW} FROM generate_series(${from}::int, ${to}::int) AS n`.execute(
        tx,
      );
    await sql.raw(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`).execute(db);
    await fill(db, 1, 4_000, 'SUCCEEDED');
    await sql.raw(`ANALYZE ${table}`).execute(db);
    await inTransaction(db, async (tx) => {
      for (let use = 0; use < 8; use += 1) expect(await take({}, tx)).toEqual([]); // planned, as a worker that waits has it
      await fill(tx, 4_001, 5_500, 'DUE');
      const rowsRead = async () => {
        const { rows } = await sql<{ read: number }>`
          SELECT seq_tup_read + idx_tup_fetch AS read FROM pg_stat_xact_user_tables WHERE relid = ${table}::regclass`.execute(
          tx,
        );
        return rows[0]?.read ?? 0;
      };
      const before = await rowsRead();
      expect(await take({ limit: 50, perPool: 20 }, tx)).toHaveLength(50);
      expect((await rowsRead()) - before).toBeLessThan(50 * 8);
    });
  });
});
