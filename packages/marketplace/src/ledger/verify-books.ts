/** The sums of the ledger: each entry adds up, each balance and each closed month equals its postings. */
import { type Executor, sql } from '../platform/database/database.ts';
import { type Fault, fault } from './verify-faults.ts';

/** told at most, of each kind */
const MOST = 100;

export async function booksFaults(tx: Executor): Promise<Fault[]> {
  return [...(await unbalanced(tx)), ...(await differingBalances(tx)), ...(await differingMonths(tx))];
}

async function unbalanced(tx: Executor): Promise<Fault[]> {
  const { rows } = await sql<{
    entry_id: string;
    kind: string;
    reference: string;
    currency: string | null;
    difference: string | null;
  }>`
    SELECT e.entry_id, e.kind, e.reference, p.currency, trim_scale(sum(p.debit) - sum(p.credit))::text AS difference
    FROM ledger.entries e LEFT JOIN ledger.postings p USING (entry_id) GROUP BY e.entry_id, p.currency
    HAVING sum(p.debit) IS DISTINCT FROM sum(p.credit) OR p.currency IS NULL ORDER BY e.entry_id, p.currency LIMIT ${MOST}`.execute(
    tx,
  );
  return rows.map((row) =>
    row.currency === null ? fault.empty(row) : fault.unbalanced(row, row.currency, row.difference ?? ''),
  );
}

async function differingBalances(tx: Executor): Promise<Fault[]> {
  const { rows } = await sql<{ buyer_id: string; currency: string; balance: string; postings: string }>`
    WITH posted AS (
      SELECT substring(account FROM '^buyer:(.*):balance$') AS buyer_id, currency, sum(credit) - sum(debit) AS amount
      FROM ledger.postings WHERE account LIKE 'buyer:%:balance' GROUP BY account, currency)
    SELECT buyer_id, currency, trim_scale(coalesce(b.amount, 0))::text AS balance, trim_scale(coalesce(p.amount, 0))::text AS postings
    FROM ledger.balances b FULL JOIN posted p USING (buyer_id, currency)
    WHERE coalesce(b.amount, 0) <> coalesce(p.amount, 0) ORDER BY buyer_id, currency LIMIT ${MOST}`.execute(tx);
  return rows.map((row) => fault.balance(row.buyer_id, row.currency, row.balance, row.postings));
}

async function differingMonths(tx: Executor): Promise<Fault[]> {
  const { rows } = await sql<{ month: string; account: string; currency: string }>`
    WITH spans AS (SELECT month, ends_at, lag(ends_at) OVER (ORDER BY month) AS starts_at FROM ledger.closings),
    posted AS (
      SELECT c.month, p.account, p.currency, sum(p.debit) AS debit, sum(p.credit) AS credit
      FROM spans c JOIN ledger.sealed_entries s ON s.booked_at < c.ends_at AND (c.starts_at IS NULL OR s.booked_at >= c.starts_at)
      JOIN ledger.postings p USING (entry_id) GROUP BY c.month, p.account, p.currency)
    SELECT month, account, currency FROM ledger.month_balances k FULL JOIN posted p USING (month, account, currency)
    WHERE (k.debit, k.credit) IS DISTINCT FROM (p.debit, p.credit) ORDER BY month, account, currency LIMIT ${MOST}`.execute(
    tx,
  );
  return rows.map((row) => fault.month(row.month, row.account, row.currency));
}
