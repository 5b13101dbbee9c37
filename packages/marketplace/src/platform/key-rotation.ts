/** Key rotation: seals every stored secret anew under the active key, in small batches, while the program runs. */
import { type Db, inTransaction, sql } from './database/database.ts';
import type { KeyRing } from './key-ring.ts';

export interface SealedColumn {
  readonly table: string;
  readonly id: string;
  readonly column: string;
  readonly purpose: string;
}

const BATCH = 500;

/** @returns how many values were sealed anew, per column; 0 everywhere = the old keys may be taken out of the ring */
export async function rotateKeys(
  db: Db,
  keys: KeyRing,
  columns: readonly SealedColumn[],
): Promise<Record<string, number>> {
  const done: Record<string, number> = {};
  for (const column of columns) {
    let count = 0;
    for (let batch = BATCH; batch === BATCH; count += batch) batch = await rotateBatch(db, keys, column);
    done[`${column.table}.${column.column}`] = count;
  }
  return done;
}

function rotateBatch(db: Db, keys: KeyRing, { table, id, column, purpose }: SealedColumn): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string; sealed: string }>`
      SELECT ${sql.ref(id)} AS id, ${sql.ref(column)} AS sealed FROM ${sql.table(table)}
      WHERE NOT starts_with(${sql.ref(column)}, ${`s1.${keys.activeKeyId}.`}) LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`.execute(
      tx,
    );
    for (const row of rows) {
      await sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${keys.seal(keys.open(row.sealed, purpose), purpose)} WHERE ${sql.ref(id)} = ${row.id}`.execute(
        tx,
      );
    }
    return rows.length;
  });
}
