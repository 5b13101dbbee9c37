/** Records lie in a partition per month of their beginning: made when first needed, dropped as a whole when old. */
import { type Db, inTransaction, perDatabase, sql } from '../platform/database/database.ts';

const known = perDatabase(() => new Set<string>());
/** One at a time, whatever the process: two that make the same partition would both fail. */
const LOCK = 0x6d65746572;

/** Before records are written, and not in their transaction: a new partition locks the table for a moment. */
export async function ensurePartitions(db: Db, instants: readonly Date[]): Promise<void> {
  const months = new Map(instants.map((at) => [at.getUTCFullYear() * 12 + at.getUTCMonth(), at]));
  const missing = [...months.values()]
    .map(monthOf)
    .filter((month) => !known(db).has(month))
    .toSorted();
  if (missing.length === 0) return;
  await inTransaction(db, async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(tx);
    for (const month of missing)
      await sql`CREATE TABLE IF NOT EXISTS ${sql.table(nameOf(month))} PARTITION OF metering.records
        FOR VALUES FROM (${sql.lit(`${month}-01T00:00:00Z`)}) TO (${sql.lit(`${after(month)}-01T00:00:00Z`)})`.execute(
        tx,
      );
  });
  for (const month of missing) known(db).add(month);
}

/** Drops what began before the month of `before`; its charges stay. @returns how many months */
export async function dropPartitions(db: Db, before: Date): Promise<number> {
  const { rows } = await sql<{ name: string }>`
    SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'metering.records'::regclass AND c.relname < ${nameOf(monthOf(before)).slice('metering.'.length)}`.execute(
    db,
  );
  for (const { name } of rows) {
    await sql`DROP TABLE ${sql.table(`metering.${name}`)}`.execute(db);
    known(db).delete(name.slice('records_'.length).replace('_', '-'));
  }
  return rows.length;
}

const monthOf = (at: Date): string => at.toISOString().slice(0, 7);
const nameOf = (month: string): string => `metering.records_${month.replace('-', '_')}`;
function after(month: string): string {
  const next = new Date(`${month}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return monthOf(next);
}
