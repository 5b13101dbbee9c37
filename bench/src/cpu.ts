/**
 * Processor time, which a busy machine falsifies less than the clock does, and memory. From Linux's /proc; elsewhere, or when the
 * database is on another machine, it is unknown (NaN) and left out of the report.
 */
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';

const MS_PER_TICK = 10; // USER_HZ is 100 on every Linux that Node supports

/** user and system time that processes have used so far */
export function cpuMsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + statOf(pid).ownMs, 0);
}

interface Stat {
  readonly parent: number;
  readonly ownMs: number;
  /** of its children that have ended */
  readonly endedMs: number;
}
function statOf(pid: number): Stat {
  try {
    const fields = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ');
    const [user = Number.NaN, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11).map(Number);
    const [ownMs, endedMs] = [(user + system) * MS_PER_TICK, (endedUser + endedSystem) * MS_PER_TICK];
    return { parent: Number(fields[1]), ownMs, endedMs };
  } catch {
    return { parent: Number.NaN, ownMs: Number.NaN, endedMs: Number.NaN };
  }
}

/** What a process has in memory now, and had at most, in MB. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const mb = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_024;
    return { now: mb('VmRSS'), peak: mb('VmHWM') };
  } catch {
    return { now: Number.NaN, peak: Number.NaN };
  }
}

const isHere = (databaseUrl: string): boolean =>
  /^(127\.0\.0\.1|localhost|%2F.*)$/i.test(new URL(databaseUrl).hostname);

/** Server processes that work for this database now: they end with their connections. */
export async function backendsOf(databaseUrl: string): Promise<number[]> {
  if (!isHere(databaseUrl)) return [Number.NaN];
  return asked(
    databaseUrl,
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
    (pids) => pids,
  );
}

/** What the whole database server has used so far, with those of its processes that have ended; of one that nobody else uses. */
export async function serverCpuMs(databaseUrl: string): Promise<number> {
  if (!isHere(databaseUrl)) return Number.NaN;
  return asked(databaseUrl, 'SELECT pg_backend_pid() AS pid', ([backend = Number.NaN]) => {
    const postmaster = statOf(backend).parent;
    const { ownMs, endedMs } = statOf(postmaster);
    const living = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => statOf(Number(name)))
      .filter(({ parent }) => parent === postmaster);
    return living.reduce((sum, each) => sum + each.ownMs, ownMs + endedMs);
  });
}

/** @param use looks at what was found while the connection, which is a process, lives */
async function asked<T>(databaseUrl: string, query: string, use: (pids: number[]) => T): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(query);
    return use(rows.map((row) => row.pid));
  } finally {
    await client.end();
  }
}
