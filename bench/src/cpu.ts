/**
 * Processor time, which a busy machine falsifies less than the clock does. From Linux's /proc; elsewhere, or when the
 * database is on another machine, it is unknown (NaN) and left out of the report.
 */
import { readFileSync } from 'node:fs';
import pg from 'pg';

const MS_PER_TICK = 10; // USER_HZ is 100 on every Linux that Node supports

/** user and system time that processes have used so far */
export function cpuMsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + ticksOf(pid) * MS_PER_TICK, 0);
}

function ticksOf(pid: number): number {
  try {
    const [user, system] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ').slice(11);
    return Number(user) + Number(system);
  } catch {
    return Number.NaN;
  }
}

/** Server processes that work for this database now: they end with their connections. */
export async function backendsOf(databaseUrl: string): Promise<number[]> {
  if (!/^(127\.0\.0\.1|localhost|%2F.*)$/i.test(new URL(databaseUrl).hostname)) return [Number.NaN];
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
    );
    return rows.map((row) => row.pid);
  } finally {
    await client.end();
  }
}
