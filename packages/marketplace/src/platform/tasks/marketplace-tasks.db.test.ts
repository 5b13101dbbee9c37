/** A marketplace task runs once: its effect and its outcome are one commit; a failing one is repeated ever later, then left for a person. */
import { describe, expect, it } from 'vitest';
import { fileDatabase } from '../../../../../tests/support/database.ts';
import { sql } from '../database/database.ts';
import { silentLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { seededRandom, uuid } from '../random.ts';
import { addTask, runTask, TASKS, type TaskContext, type TaskHandlers, takeTasks } from './marketplace-tasks.ts';
import { listTasks, restartTask, taskCounts } from './task-list.ts';
import { reclaim } from './task-table.ts';

const NOW = new Date('2026-01-05T02:00:00.000Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);
const database = fileDatabase();
const random = seededRandom('marketplace-tasks');

const context = (owner: string, handlers: TaskHandlers): TaskContext => ({
  db: database().db,
  log: silentLog,
  metrics: createMetrics(),
  handlers,
  owner,
});
async function add(kind: string, subject = 'one', dueAt = NOW): Promise<string> {
  const id = uuid(random);
  await addTask(database().db, { id, kind, subject, dueAt, traceId: 't' }, NOW);
  return id;
}
const stateOf = async (id: string) =>
  (
    await sql<{ state: string; attempts: number; due_at: Date; last_error: string | null }>`
      SELECT state, attempts, due_at, last_error FROM platform.tasks WHERE id = ${id}`.execute(database().db)
  ).rows[0];

describe('a task', () => {
  it('runs when it is due, and its outcome is kept', async () => {
    const [done, needless] = [await add('t.done'), await add('t.needless')];
    const worker = context('w1', { 't.done': async () => 'done', 't.needless': async () => 'resolved' });
    for (const task of await takeTasks(worker, NOW, 10)) await runTask(worker, task, NOW);
    expect(await stateOf(done)).toMatchObject({ state: 'SUCCEEDED', attempts: 1 });
    expect(await stateOf(needless)).toMatchObject({ state: 'RESOLVED' });
  });

  it('that fails leaves no half effect and is repeated after 1 s, 10 s, 1 min, 10 min, 1 h', async () => {
    const { db } = database();
    await sql`CREATE TABLE public.half (x int)`.execute(db);
    const id = await add('t.fails');
    const worker = context('w1', {
      't.fails': async (tx) => {
        await sql`INSERT INTO public.half VALUES (1)`.execute(tx);
        throw new Error('our own fault');
      },
    });
    let now = NOW;
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      for (const task of await takeTasks(worker, now, 1)) await runTask(worker, task, now);
      const row = await stateOf(id);
      expect(row).toMatchObject({ state: 'DUE', attempts: attempt, last_error: 'our own fault' });
      pauses.push((row?.due_at.getTime() ?? 0) - now.getTime());
      now = row?.due_at ?? now;
    }
    expect(pauses).toEqual([1_000, 10_000, 60_000, 600_000, 3_600_000, 3_600_000]);
    expect((await sql`SELECT 1 FROM public.half`.execute(db)).rows).toEqual([]);
    await sql`DELETE FROM platform.tasks WHERE id = ${id}`.execute(db);
  });

  it('is given up after a day of trying, and a person may restart it', async () => {
    const { db } = database();
    const id = await add('t.hopeless');
    await sql`UPDATE platform.tasks SET attempts = 27 WHERE id = ${id}`.execute(db);
    const worker = context('w1', {});
    for (const task of await takeTasks(worker, NOW, 1)) await runTask(worker, task, NOW);
    expect(await stateOf(id)).toMatchObject({
      state: 'STOPPED',
      last_error: 'no handler for tasks of kind t.hopeless',
    });
    expect((await taskCounts(db, NOW)).failed).toBe(1);
    expect(await restartTask(db, id, after(5))).toMatchObject({ state: 'DUE', due_at: after(5) });
    const mended = context('w1', { 't.hopeless': async () => 'done' });
    for (const task of await takeTasks(mended, after(5), 1)) await runTask(mended, task, after(5));
    expect(await stateOf(id)).toMatchObject({ state: 'SUCCEEDED', last_error: null });
    expect(await restartTask(db, id, NOW)).toBe('busy');
    expect(await restartTask(db, 'no id', NOW)).toBe('unknown');
    expect(await restartTask(db, '-'.repeat(36), NOW)).toBe('unknown');
  });
});

describe('fencing', () => {
  it('a worker whose lease went to another acts no second time', async () => {
    const { db } = database();
    const id = await add('t.fenced');
    const acted: string[] = [];
    const [slow, quick] = ['slow', 'quick'].map((owner) =>
      context(owner, {
        't.fenced': async () => {
          acted.push(owner);
          return 'done';
        },
      }),
    );
    if (!slow || !quick) return expect.unreachable();
    const [stale] = await takeTasks(slow, NOW, 1);
    const later = after(30_001);
    expect(await reclaim(db, TASKS, later)).toBe(1);
    const [fresh] = await takeTasks(quick, later, 1);
    if (!stale || !fresh) return expect.unreachable('both were leased');
    await runTask(slow, stale, later);
    expect(acted).toEqual([]);
    await runTask(quick, fresh, later);
    await runTask(slow, stale, later);
    expect(acted).toEqual(['quick']);
    expect(await stateOf(id)).toMatchObject({ state: 'SUCCEEDED', attempts: 2 });
  });

  it('a late failure of an earlier attempt does not free the task that the same worker runs again', async () => {
    const { db } = database();
    const id = await add('t.twice');
    const worker = context('w1', {});
    const [first] = await takeTasks(worker, NOW, 1);
    if (!first) return expect.unreachable('was leased');
    await runTask(worker, { ...first, attempts: first.attempts - 1 }, NOW);
    expect(await stateOf(id)).toMatchObject({ state: 'RUNNING', attempts: 1 });
    await runTask(worker, first, NOW);
    expect(await stateOf(id)).toMatchObject({ state: 'DUE', attempts: 1 });
    await sql`DELETE FROM platform.tasks WHERE id = ${id}`.execute(db);
  });
});

describe('the operator', () => {
  it('lists tasks newest first, page by page, and sees what is overdue', async () => {
    const { db } = database();
    const kind = 't.list';
    for (const subject of ['a', 'b', 'c']) await add(kind, subject);
    const query = { state: undefined, kind, before: null, limit: 2 };
    const first = await listTasks(db, query);
    const last = first.at(-1);
    if (!last) return expect.unreachable('three were added');
    const rest = await listTasks(db, { ...query, before: { at: last.created_at, id: last.id } });
    expect([...first, ...rest].map((row) => row.subject).toSorted()).toEqual(['a', 'b', 'c']);
    expect(await listTasks(db, { ...query, state: 'STOPPED' })).toEqual([]);
    expect(await taskCounts(db, after(60_000))).toMatchObject({ due: 3, overdue: 0 });
    expect(await taskCounts(db, after(60_001))).toMatchObject({ due: 3, overdue: 3 });
  });
});
