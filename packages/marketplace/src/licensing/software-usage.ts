/** A6: how many clients used a code on a day (openapi.md 5.6). For statistics: nothing is charged by it. */
import { type Executor, executeUnanswered, sql, type Tx } from '../platform/database/database.ts';
import { localStart } from '../platform/site.ts';
import { type CodeFault, hashOf } from './codes.ts';
import { codesByHash } from './store.ts';

export interface SoftwareUsage {
  readonly code: string;
  /** clients that were seen */
  readonly clients: readonly string[];
  /** how many there were in all, where the software counts them itself */
  readonly activeCounts: readonly number[];
}

/**
 * Notes what good codes report; a client counts once a day, and of several totals of a day the largest holds.
 * @returns what is wrong with each code, in the order given; null = nothing
 */
export async function reportSoftwareUsage(
  tx: Tx,
  input: { readonly sellerId: string; readonly usages: readonly SoftwareUsage[] },
  now: Date,
): Promise<readonly (CodeFault | null)[]> {
  const found = await codesByHash(tx, [...new Set(input.usages.map(({ code }) => hashOf(code)))], false);
  const clients: { codeId: string; day: Date; client: string }[] = [];
  const counts = new Map<string, { codeId: string; day: Date; count: number }>();
  const faults = input.usages.map((usage): CodeFault | null => {
    const code = found.get(hashOf(usage.code));
    if (!code || code.sellerId !== input.sellerId) return 'UNKNOWN';
    if (code.activatedAt === null) return 'NOT_ACTIVATED';
    if (code.state !== 'ALIVE') return 'ILLEGAL_STATE';
    const { codeId } = code;
    const day = localStart(now, 'day', code.site);
    clients.push(...usage.clients.map((client) => ({ codeId, day, client })));
    for (const count of usage.activeCounts)
      counts.set(codeId, { codeId, day, count: Math.max(count, counts.get(codeId)?.count ?? 0) });
    return null;
  });
  await insertClients(tx, clients);
  await insertCounts(tx, [...counts.values()]);
  return faults;
}

async function insertClients(tx: Tx, seen: readonly { codeId: string; day: Date; client: string }[]): Promise<void> {
  if (seen.length === 0) return;
  await executeUnanswered(
    tx,
    sql`
    INSERT INTO licensing.clients (code_id, day, client_id)
    SELECT * FROM unnest(${seen.map((s) => s.codeId)}::uuid[], ${seen.map((s) => s.day)}::timestamptz[], ${seen.map((s) => s.client)}::text[]) ON CONFLICT DO NOTHING`,
  );
}

async function insertCounts(tx: Tx, counts: readonly { codeId: string; day: Date; count: number }[]): Promise<void> {
  if (counts.length === 0) return;
  await executeUnanswered(
    tx,
    sql`
    INSERT INTO licensing.active_counts AS a (code_id, day, active)
    SELECT * FROM unnest(${counts.map((c) => c.codeId)}::uuid[], ${counts.map((c) => c.day)}::timestamptz[], ${counts.map((c) => c.count)}::int[])
    ON CONFLICT (code_id, day) DO UPDATE SET active = greatest(a.active, excluded.active)`,
  );
}

export interface ActiveClients {
  readonly day: Date;
  readonly clients: number;
  readonly active: number | null;
}
/** Of a code, day by day, the latest first. */
export async function activeClientsOf(executor: Executor, codeId: string, days: number): Promise<ActiveClients[]> {
  const { rows } = await sql<ActiveClients>`
    SELECT coalesce(c.day, a.day) AS day, coalesce(c.clients, 0)::int AS clients, a.active
    FROM (SELECT day, count(*) AS clients FROM licensing.clients WHERE code_id = ${codeId}::uuid GROUP BY day) c
    FULL JOIN (SELECT day, active FROM licensing.active_counts WHERE code_id = ${codeId}::uuid) a USING (day)
    ORDER BY day DESC LIMIT ${days}`.execute(executor);
  return rows;
}
