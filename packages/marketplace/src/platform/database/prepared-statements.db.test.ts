/** Statements are prepared once a connection, and a table that changes under them heals by itself. */
import { beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { copyTemplate } from '../../../../../tests/support/test-server.ts';
import { openDatabase, sql } from './database.ts';
import { forgetNames } from './prepared-statements.ts';

async function database() {
  const copy = await copyTemplate(inject('adminUrl'));
  const opened = openDatabase(copy.url, { poolSize: 1 });
  onTestFinished(async () => {
    await opened.close();
    await copy.drop();
  });
  return opened.db;
}

// other files of this process may have used all names
beforeEach(forgetNames);

describe('prepared statements', () => {
  it('prepares a text with parameters once, and none without', async () => {
    const db = await database();
    for (const value of [1, 2, 3]) await sql`SELECT ${value}::int AS value`.execute(db);
    await sql`SELECT 'no parameter'`.execute(db);
    const { rows } = await sql<{ statement: string }>`SELECT statement FROM pg_prepared_statements`.execute(db);
    expect(rows.map((row) => row.statement)).toEqual(['SELECT $1::int AS value']);
  });

  it('plans anew when a migration changed what SELECT * gives', async () => {
    const db = await database();
    await sql`CREATE TABLE changing (a int)`.execute(db);
    const read = () => sql<{ a: number }>`SELECT * FROM changing WHERE a = ${1}`.execute(db);
    await sql`INSERT INTO changing VALUES (1)`.execute(db);
    await read();
    await sql`ALTER TABLE changing ADD b int`.execute(db);
    await expect(read()).rejects.toThrow(/cached plan/);
    expect((await read()).rows).toEqual([{ a: 1, b: null }]);
  });
});
