/** Statements that do not wait for each other: sent together, answered in order, and never lost when they fail. */
import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { fileDatabase } from '../../../../../tests/support/database.ts';
import { executeUnanswered, inTransaction, openDatabase, postgresCode, sql } from './database.ts';
import { PatientSocket } from './pipeline.ts';

const database = fileDatabase();
const insert = (value: number) => sql`INSERT INTO kept VALUES (${value})`;
const kept = async () =>
  (await sql<{ value: number }>`SELECT value FROM kept ORDER BY value`.execute(database().db)).rows.map(
    (row) => row.value,
  );
async function emptyTable() {
  await sql`DROP TABLE IF EXISTS kept`.execute(database().db);
  await sql`CREATE TABLE kept (value int PRIMARY KEY)`.execute(database().db);
}

const COPY = 'COPY kept FROM STDIN (FORMAT binary)';
function rowsOf(values: readonly number[]): Buffer {
  const rows = values.map((value) => {
    const row = Buffer.from([0, 1, 0, 0, 0, 4, 0, 0, 0, 0]);
    row.writeInt32BE(value, 6);
    return row;
  });
  return Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1'), ...rows, Buffer.from([255, 255])]);
}

describe('a transaction', () => {
  it('sends BEGIN and statements that wait for nothing in one packet', async () => {
    const { db } = database();
    const together = (first: number) =>
      inTransaction(db, async (tx) => {
        const packets = vi.spyOn(PatientSocket.prototype, '_writev');
        const answers = await Promise.all(
          [first, first + 1, first + 2].map((value) =>
            sql<{ value: number }>`SELECT ${value}::int AS value`.execute(tx),
          ),
        );
        expect(packets).toHaveBeenCalledTimes(1);
        packets.mockRestore();
        return answers.flatMap(({ rows }) => rows.map((row) => row.value));
      });
    expect(await together(1)).toEqual([1, 2, 3]);
    expect(await together(4)).toEqual([4, 5, 6]);
  });

  it('commits what was sent without waiting for an answer', async () => {
    await emptyTable();
    await inTransaction(database().db, (tx) => executeUnanswered(tx, insert(1)));
    expect(await kept()).toEqual([1]);
  });

  it('fails with the reason when such a statement failed, and nothing is kept', async () => {
    await emptyTable();
    const atTheEnd = inTransaction(database().db, async (tx) => {
      await executeUnanswered(tx, insert(1));
      await executeUnanswered(tx, insert(1));
    });
    await expect(atTheEnd).rejects.toSatisfy((error) => postgresCode(error) === '23505');
    const before = inTransaction(database().db, async (tx) => {
      await executeUnanswered(tx, insert(2));
      await executeUnanswered(tx, insert(2));
      await insert(3).execute(tx); // refused, because the transaction has failed already: not the reason
    });
    await expect(before).rejects.toSatisfy((error) => postgresCode(error) === '23505');
    expect(await kept()).toEqual([]);
  });

  it('takes rows by COPY in the packet of what stands around it, all or none', async () => {
    await emptyTable();
    const packets = vi.spyOn(PatientSocket.prototype, '_writev');
    const answer = await inTransaction(database().db, async (tx) => {
      packets.mockClear();
      tx.copyUnanswered({ text: COPY, rows: rowsOf([7, 8]) });
      const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM kept`.execute(tx);
      expect(packets).toHaveBeenCalledTimes(1);
      return rows;
    });
    packets.mockRestore();
    expect(answer).toEqual([{ count: 2 }]);
    const repeated = inTransaction(database().db, async (tx) => {
      await executeUnanswered(tx, insert(9));
      tx.copyUnanswered({ text: COPY, rows: rowsOf([10, 7, 11]) });
      await insert(12).execute(tx);
    });
    await expect(repeated).rejects.toSatisfy((error) => postgresCode(error) === '23505');
    expect(await kept()).toEqual([7, 8]);
  });

  it('goes on with its connection after a COPY that the server did not begin, and one that it could not read', async () => {
    await emptyTable();
    for (const copy of [
      { text: COPY.replace('kept', 'nowhere'), rows: rowsOf([1]) },
      { text: COPY, rows: rowsOf([1]).subarray(0, 25) },
      { text: COPY, rows: Buffer.from('no rows') },
    ]) {
      const failed = inTransaction(database().db, async (tx) => {
        tx.copyUnanswered(copy);
        await executeUnanswered(tx, insert(2));
      });
      await expect(failed).rejects.toSatisfy((error) => /^(42P01|22P04)$/.test(postgresCode(error) ?? ''));
      await inTransaction(database().db, (tx) => executeUnanswered(tx, sql`SELECT 1`));
    }
    expect(await kept()).toEqual([]);
  });

  it('is no success when somebody swallowed the failure of a statement', async () => {
    await emptyTable();
    const swallowed = inTransaction(database().db, async (tx) => {
      await insert(1).execute(tx);
      await insert(1)
        .execute(tx)
        .catch(() => {});
    });
    await expect(swallowed).rejects.toThrow(/undid the transaction/);
    expect(await kept()).toEqual([]);
  });

  it('undoes everything when its work fails, also what was not waited for', async () => {
    await emptyTable();
    const failing = inTransaction(database().db, async (tx) => {
      await executeUnanswered(tx, insert(1));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await kept()).toEqual([]);
  });

  it('fails when its connection is cut, and the next has another', async () => {
    const { url } = database();
    const { db, close } = openDatabase(url, { poolSize: 1 });
    const pidOf = async (executor: Parameters<typeof executeUnanswered>[0]) =>
      (await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(executor)).rows[0]?.pid;
    const cut = inTransaction(db, async (tx) => {
      const pid = await pidOf(tx);
      const executioner = new pg.Client({ connectionString: url });
      await executioner.connect();
      await executioner.query('SELECT pg_terminate_backend($1)', [pid]);
      await executioner.end();
      await vi.waitFor(() => expect(pidOf(tx)).rejects.toThrow());
      await pidOf(tx);
    });
    await expect(cut).rejects.toThrow();
    expect(await pidOf(db)).toBeGreaterThan(0);
    await close();
  });

  it('can read one snapshot, and write nothing then', async () => {
    await emptyTable();
    const mode = ' ISOLATION LEVEL REPEATABLE READ, READ ONLY';
    await inTransaction(
      database().db,
      async (tx) => {
        const count = () => sql<{ n: number }>`SELECT count(*) AS n FROM kept`.execute(tx);
        expect((await count()).rows).toEqual([{ n: 0 }]);
        await insert(1).execute(database().db);
        expect((await count()).rows).toEqual([{ n: 0 }]);
      },
      mode,
    );
    const writing = inTransaction(database().db, (tx) => insert(2).execute(tx), mode);
    await expect(writing).rejects.toThrow(/read-only/);
  });
});
