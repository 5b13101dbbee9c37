/**
 * Months of the books. A month that has ended can be closed, one after the other: its sums are kept, and what is committed
 * late is booked into the first open month, because a month belongs to an entry from its seal on.
 */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import { localMs, midnightOf } from '../platform/site.ts';
import { lockChain, sealBatch } from './sealing.ts';

/** `YYYYMM`, in the time zone of the site */
export type Month = string;

export function monthSpan(month: Month, timeZone: string): { readonly from: Date; readonly until: Date } {
  return { from: midnightOf(firstDay(month), timeZone), until: midnightOf(firstDay(nextMonth(month)), timeZone) };
}

export const monthOf = (instant: Date, timeZone: string): Month =>
  new Date(localMs(instant, timeZone)).toISOString().slice(0, 7).replace('-', '');

export const nextMonth = (month: Month): Month =>
  month.endsWith('12') ? `${Number(month.slice(0, 4)) + 1}01` : String(Number(month) + 1);

const firstDay = (month: Month) => `${month.slice(0, 4)}-${month.slice(4)}-01`;

export interface Closing {
  readonly month: Month;
  readonly closedAt: Date;
  readonly closedBy: string;
}

/** Closed months, newest first. */
export async function closings(executor: Executor): Promise<Closing[]> {
  const { rows } = await sql<{ month: string; closed_at: Date; closed_by: string }>`
    SELECT month, closed_at, closed_by FROM ledger.closings ORDER BY month DESC`.execute(executor);
  return rows.map((row) => ({ month: row.month, closedAt: row.closed_at, closedBy: row.closed_by }));
}

/** The month that can be closed next: after the last closed one, or of the first entry there is. null = nothing was ever posted */
export async function firstOpenMonth(executor: Executor, timeZone: string): Promise<Month | null> {
  const [last] = await closings(executor);
  if (last) return nextMonth(last.month);
  const { rows } = await sql<{ first: Date | null }>`SELECT min(occurred_at) AS first FROM ledger.entries`.execute(
    executor,
  );
  const first = rows[0]?.first;
  return first ? monthOf(first, timeZone) : null;
}

export type CloseOutcome =
  | { readonly kind: 'closed'; readonly accounts: number }
  | { readonly kind: 'not-over' }
  | { readonly kind: 'other-first'; readonly month: Month | null }
  | { readonly kind: 'unbalanced'; readonly entryIds: readonly string[] };

/** Seals everything committed, then closes the month and keeps its sums; all in the caller's transaction. */
export async function closeMonth(
  tx: Tx,
  month: Month,
  { timeZone, closedBy, now }: { readonly timeZone: string; readonly closedBy: string; readonly now: Date },
): Promise<CloseOutcome> {
  const { from, until } = monthSpan(month, timeZone);
  if (until > now) return { kind: 'not-over' };
  await lockChain(tx, 'wait');
  const next = await firstOpenMonth(tx, timeZone);
  if (next !== month) return { kind: 'other-first', month: next };
  while ((await sealBatch(tx, now)) > 0);
  const entryIds = await lopsided(tx, until);
  if (entryIds.length > 0) return { kind: 'unbalanced', entryIds };
  await sql`
    INSERT INTO ledger.closings (month, ends_at, seal_number, closed_at, closed_by)
    SELECT ${month}, ${until}, head_number, ${now}, ${closedBy} FROM ledger.sealing`.execute(tx);
  const { numAffectedRows } = await sql`
    INSERT INTO ledger.month_balances (month, account, currency, debit, credit)
    SELECT ${month}, p.account, p.currency, sum(p.debit), sum(p.credit)
    FROM ledger.sealed_entries s JOIN ledger.postings p USING (entry_id)
    WHERE s.booked_at >= ${from} AND s.booked_at < ${until} GROUP BY p.account, p.currency`.execute(tx);
  return { kind: 'closed', accounts: Number(numAffectedRows ?? 0) };
}

/** Entries that do not add up, of those a closing would keep for good. */
async function lopsided(tx: Executor, until: Date): Promise<string[]> {
  const { rows } = await sql<{ entry_id: string }>`
    SELECT DISTINCT entry_id FROM (
      SELECT s.entry_id FROM ledger.sealed_entries s JOIN ledger.postings p USING (entry_id)
      WHERE s.booked_at < ${until} AND s.booked_at >= coalesce((SELECT max(ends_at) FROM ledger.closings), '-infinity')
      GROUP BY s.entry_id, p.currency HAVING sum(p.debit) <> sum(p.credit)) x LIMIT 20`.execute(tx);
  return rows.map((row) => row.entry_id);
}
