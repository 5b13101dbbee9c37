/** A database is brought up to date once, in order, also when two programs start at once; an altered migration is refused. */
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { MIGRATIONS } from '../../schema.ts';
import { seededRandom, uuid } from '../random.ts';
import { checkServer, DatabaseUnusable, type Db, openDatabase, postgresCode, sql } from './database.ts';
import { type Migration, migrate, pendingMigrations } from './migrations.ts';

const NOW = new Date('2026-01-05T02:00:00.000Z');
const random = seededRandom(`migrations ${process.pid}`);

/** An empty database and any number of connections to it. */
async function emptyDatabase(): Promise<() => Db> {
  const admin = openDatabase(inject('adminUrl'), { poolSize: 1 });
  const name = `empty_${process.pid}_${uuid(random).slice(0, 8)}`;
  await sql.raw(`CREATE DATABASE ${name} TEMPLATE template0`).execute(admin.db);
  const open: { close(): Promise<void> }[] = [];
  onTestFinished(async () => {
    for (const each of open) await each.close();
    await sql.raw(`DROP DATABASE ${name} WITH (FORCE)`).execute(admin.db);
    await admin.close();
  });
  return () => {
    const database = openDatabase(inject('adminUrl').replace(/\/postgres$/, `/${name}`), { poolSize: 2 });
    open.push(database);
    return database.db;
  };
}
const table = (id: string, name: string): Migration => ({ id, sql: `CREATE TABLE public.${name} (x int)` });

describe('migrations', () => {
  it('run once, in the order of their ids', async () => {
    const db = (await emptyDatabase())();
    const list = [table('0002-b', 'b'), table('0001-a', 'a')];
    expect(await pendingMigrations(db, list)).toEqual(['0001-a', '0002-b']);
    expect(await migrate(db, list, NOW)).toEqual(['0001-a', '0002-b']);
    expect(await migrate(db, list, NOW)).toEqual([]);
    expect(await pendingMigrations(db, [...list, table('0003-c', 'c')])).toEqual(['0003-c']);
    expect(await migrate(db, [...list, table('0003-c', 'c')], NOW)).toEqual(['0003-c']);
  });

  it('of two programs that start at once run once', async () => {
    const connect = await emptyDatabase();
    const ran = await Promise.all([1, 2, 3, 4].map(() => migrate(connect(), MIGRATIONS, NOW)));
    expect(ran.filter((ids) => ids.length > 0)).toEqual([MIGRATIONS.map((each) => each.id).toSorted()]);
    expect(await pendingMigrations(connect(), MIGRATIONS)).toEqual([]);
  });

  it('that were altered after they ran are refused, and nothing else runs', async () => {
    const db = (await emptyDatabase())();
    await migrate(db, [table('0001-a', 'a')], NOW);
    const altered = migrate(db, [table('0000-new', 'new'), table('0001-a', 'other')], NOW);
    await expect(altered).rejects.toThrow(DatabaseUnusable);
    await expect(altered).rejects.toThrow(/0001-a was altered/);
    expect(await pendingMigrations(db, [table('0000-new', 'new')])).toEqual(['0000-new']);
  });

  it('that fail leave the database as it was', async () => {
    const db = (await emptyDatabase())();
    await expect(migrate(db, [table('0001-a', 'a'), { id: '0002-b', sql: 'CREATE NONSENSE' }], NOW)).rejects.toThrow();
    expect(await pendingMigrations(db, [table('0001-a', 'a')])).toEqual(['0001-a']);
    expect(await migrate(db, [table('0001-a', 'a')], NOW)).toEqual(['0001-a']);
  });

  it('of the marketplace have ids of their own', () => {
    expect(new Set(MIGRATIONS.map((each) => each.id)).size).toBe(MIGRATIONS.length);
  });
});

describe('the server', () => {
  it('is accepted from version 15 on', async () => {
    await checkServer((await emptyDatabase())());
  });

  it('that does not answer is named in one sentence that says what to do', async () => {
    const { db, close } = openDatabase('postgres://u:hidden-pw@127.0.0.1:1/x', { poolSize: 1 });
    onTestFinished(close);
    const check = checkServer(db);
    await expect(check).rejects.toThrow(/does not answer .*ECONNREFUSED.*JISHI_DATABASE_URL/);
    await expect(check).rejects.not.toThrow(/hidden-pw/);
  });

  it('gives exact values: numeric as text, bigint as a safe number, else an error', async () => {
    const db = (await emptyDatabase())();
    const { rows } =
      await sql`SELECT 0.1::numeric AS n, 9007199254740991::bigint AS b, ${NOW}::timestamptz AS t`.execute(db);
    expect(rows).toEqual([{ n: '0.1', b: Number.MAX_SAFE_INTEGER, t: NOW }]);
    await expect(sql`SELECT 9007199254740993::bigint`.execute(db)).rejects.toThrow(/beyond/);
    const error = await sql`SELECT 1/0`.execute(db).catch((caught: unknown) => caught);
    expect([postgresCode(error), postgresCode(new Error('x'))]).toEqual(['22012', null]);
  });
});
