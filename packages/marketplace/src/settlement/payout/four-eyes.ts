/**
 * O-7: who may not approve a run, because he or she made something that it pays: the run itself, an adjustment in one of
 * its bills, an account that nobody else has confirmed yet by approving a payment to it or from it.
 */
import { type BankAccount, bankAccountsOf } from '../../directory/index.ts';
import { type Executor, sql } from '../../platform/database/database.ts';
import { paymentsOfRun } from './payments.ts';

export type OwnWork = 'RUN' | 'ADJUSTMENT' | 'ACCOUNT';

/** What of the run the person made; null = nothing, and may approve it. */
export async function ownWork(executor: Executor, runId: string, userId: string): Promise<OwnWork | null> {
  const { rows } = await sql<{ made: boolean; adjusted: boolean }>`
    SELECT r.made_by = ${userId} AS made, EXISTS (
      SELECT 1 FROM settlement.payments p JOIN settlement.bills b ON b.requisition_id = p.requisition_id
        JOIN settlement.lines l ON l.site = b.site AND l.bill_period = b.period AND l.kind = 'ADJUSTMENT'
          AND (l.class = b.class AND l.seller_id = b.seller_id OR l.seller_id IS NULL AND l.distributor_id = b.distributor_id)
        JOIN settlement.adjustments a ON a.line_id = l.line_id
      WHERE p.run_id = r.run_id AND a.made_by = ${userId}) AS adjusted
    FROM settlement.payout_runs r WHERE r.run_id = ${runId}`.execute(executor);
  const [row] = rows;
  if (row?.made) return 'RUN';
  if (row?.adjusted) return 'ADJUSTMENT';
  const entered = (await accountsOfRun(executor, runId)).filter(({ changedBy }) => changedBy === userId);
  return (await confirmedByOthers(executor, entered)) ? null : 'ACCOUNT';
}

/** An account of the run is no longer what was frozen with it. */
export async function accountsChanged(executor: Executor, runId: string): Promise<boolean> {
  const { rows } = await sql<{ made_at: Date }>`
    SELECT made_at FROM settlement.payout_runs WHERE run_id = ${runId}`.execute(executor);
  const madeAt = rows[0]?.made_at;
  return (await accountsOfRun(executor, runId)).some(({ changedAt }) => madeAt !== undefined && changedAt > madeAt);
}

/** Accounts as the directory has them now, of everybody whom the run pays, and of the payer. */
async function accountsOfRun(executor: Executor, runId: string): Promise<BankAccount[]> {
  const payments = await paymentsOfRun(executor, runId);
  const { rows } = await sql<{ site: string }>`
    SELECT site FROM settlement.payout_runs WHERE run_id = ${runId}`.execute(executor);
  return bankAccountsOf(executor, [
    ...payments.map(({ payee }) => payee),
    ...rows.map(({ site }) => ({ kind: 'PLATFORM' as const, id: site })),
  ]);
}

/** Each was part of a run since, which somebody else approved: else two people who enter accounts could pay nobody. */
async function confirmedByOthers(executor: Executor, accounts: readonly BankAccount[]): Promise<boolean> {
  if (accounts.length === 0) return true;
  const asked = accounts.map(({ owner: { kind, id }, changedAt, changedBy }) => ({ kind, id, changedAt, changedBy }));
  const { rows } = await sql<{ confirmed: boolean }>`
    SELECT bool_and(EXISTS (
      SELECT 1 FROM settlement.payout_runs r
      WHERE r.state IN ('APPROVED', 'COMPLETED') AND r.made_at >= a."changedAt" AND r.decided_by <> a."changedBy"
        AND CASE a.kind WHEN 'PLATFORM' THEN r.site = a.id
          ELSE EXISTS (SELECT 1 FROM settlement.payments p WHERE p.run_id = r.run_id AND p.payee_kind = a.kind AND p.payee_id = a.id) END)) AS confirmed
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS a (kind text, id text, "changedAt" timestamptz, "changedBy" text)`.execute(
    executor,
  );
  return rows[0]?.confirmed === true;
}
