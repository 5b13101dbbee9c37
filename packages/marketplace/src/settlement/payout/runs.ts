/**
 * A pay-out run: one person makes it from what is due, another approves it (O-7). Nobody approves what he or she made: the
 * run, an adjustment in it, an account that it pays to or from. Each command holds the lock of its site's pay-outs.
 */
import { payableAccounts } from '../../directory/index.ts';
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import { decimal } from '../../platform/money.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { CalendarGap, type Day, dayAt } from '../calendar.ts';
import { workingCalendar } from '../calendar-store.ts';
import { moveRequisitions } from '../live/bills.ts';
import { type Due, listDue, MOST_DUE } from './due.ts';
import { accountsChanged, ownWork } from './four-eyes.ts';
import { lockPayout } from './marking.ts';
import { paymentsOfRun } from './payments.ts';
import { PAYEE_ACCOUNT, PAYER_ACCOUNT } from './schema.ts';
import type { PayoutState } from './states.ts';

/** Whoever acts. */
export interface Person {
  readonly userId: string;
  readonly displayName: string;
}
export interface NewRun {
  readonly requisitionIds: readonly string[];
  /** when the bank is to pay; not before today */
  readonly executionDay?: Day | undefined;
}
/** What a run would be. */
export interface Proposal {
  readonly currency: string;
  readonly executionDay: Day;
  readonly total: string;
  readonly payments: readonly Due[];
}

/** A dry run. Refuses NOTHING_DUE, NOT_DUE, BANK_ACCOUNT_MISSING, MIXED_CURRENCIES, EXECUTION_DAY. */
export async function proposeRun(
  platform: Platform,
  tx: Tx,
  { requisitionIds, executionDay }: NewRun,
  now: Date,
): Promise<Result<Proposal>> {
  const { site } = platform.config;
  const asked = [...new Set(requisitionIds)];
  if (asked.length === 0) return refuse('NOTHING_DUE', 'no requisition was chosen');
  if (asked.length > MOST_DUE) return refuse('TOO_MANY', `a run has at most ${MOST_DUE} payments`);
  const due = await listDue(tx, site, asked);
  const missing = asked.find((id) => !due.some(({ requisitionId }) => requisitionId === id));
  if (missing !== undefined)
    return refuse('NOT_DUE', 'this requisition is not due: its bills were not reviewed, or it is in another run', {
      requisitionId: missing,
    });
  const nowhere = due.find(({ account }) => account === null);
  if (nowhere)
    return refuse('BANK_ACCOUNT_MISSING', 'S2-1: its payee has no bank account yet', {
      requisitionId: nowhere.requisitionId,
    });
  const [currency = '', ...others] = new Set(due.map((each) => each.currency));
  if (others.length > 0) return refuse('MIXED_CURRENCIES', 'a run pays in one currency');
  const today = dayAt(now, site);
  const day = executionDay ?? (await workingDayFrom(tx, today));
  if (day < today) return refuse('EXECUTION_DAY', 'a bank pays today or later', { today });
  const total = due.reduce((sum, { amount }) => sum.plus(amount), decimal('0')).toFixed(2);
  return ok({ currency, executionDay: day, total, payments: due });
}

/** Without the holidays of a year a day is only proposed; the person sees it. */
async function workingDayFrom(executor: Executor, today: Day): Promise<Day> {
  const calendar = await workingCalendar(executor);
  try {
    return calendar.workingDayFrom(today);
  } catch (error) {
    if (error instanceof CalendarGap) return today;
    throw error;
  }
}

/** Makes the run; nobody is paid before another person approves it. @returns its id */
export async function makeRun(
  platform: Platform,
  tx: Tx,
  wanted: NewRun,
  by: Person,
  now: Date,
): Promise<Result<string>> {
  const { keys, config } = platform;
  const { site } = config;
  await lockPayout(tx, site);
  const proposed = await proposeRun(platform, tx, wanted, now);
  if (!proposed.ok) return proposed;
  const { currency, executionDay, total, payments } = proposed.value;
  const [payer] = await payableAccounts(tx, keys, [{ kind: 'PLATFORM', id: site }]);
  if (!payer) return refuse('PAYER_MISSING', 'enter first which account the marketplace pays from');
  const accounts = await payableAccounts(
    tx,
    keys,
    payments.map(({ payee }) => payee),
  );
  const day = dayAt(now, site).replaceAll('-', '');
  const { rows: numbered } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM settlement.payout_runs WHERE starts_with(run_id, ${`PO-${site}-${day}-`})`.execute(
    tx,
  );
  const runId = `PO-${site}-${day}-${(numbered[0]?.count ?? 0) + 1}`;
  await sql`
    INSERT INTO settlement.payout_runs (run_id, site, currency, execution_day, state, total, payments, holder, bank_name, bank_code, tail, sealed, made_by, made_by_name, made_at)
    VALUES (${runId}, ${site}, ${currency}, ${executionDay}, 'TO_APPROVE', ${total}::numeric, ${payments.length}, ${payer.holder}, ${payer.bankName}, ${payer.bankCode}, ${payer.tail},
      ${keys.seal(payer.number, PAYER_ACCOUNT)}, ${by.userId}, ${by.displayName}, ${now})`.execute(tx);
  const rows = payments.flatMap(({ requisitionId, payee, amount }) => {
    const account = accounts.find(({ owner }) => owner.kind === payee.kind && owner.id === payee.id);
    if (!account) return [];
    const { holder, bankName, bankCode, tail, number } = account;
    const sealed = keys.seal(number, PAYEE_ACCOUNT);
    return [{ requisitionId, kind: payee.kind, id: payee.id, amount, holder, bankName, bankCode, tail, sealed }];
  });
  await sql`
    INSERT INTO settlement.payments (payment_id, run_id, requisition_id, payee_kind, payee_id, amount, currency, state, holder, bank_name, bank_code, tail, sealed, changed_at)
    SELECT CASE e.earlier WHEN 0 THEN t."requisitionId" ELSE t."requisitionId" || '-' || (e.earlier + 1) END,
      ${runId}, t."requisitionId", t.kind, t.id, t.amount, ${currency}, 'PROPOSED', t.holder, t."bankName", t."bankCode", t.tail, t.sealed, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS t ("requisitionId" text, kind text, id text, amount numeric, holder text, "bankName" text, "bankCode" text, tail text, sealed text)
    CROSS JOIN LATERAL (SELECT count(*) AS earlier FROM settlement.payments p WHERE p.requisition_id = t."requisitionId") e`.execute(
    tx,
  );
  return ok(runId);
}

export interface Decision {
  readonly runId: string;
  readonly by: Person;
}

/** The second person's yes: bills become PAYING, files can be made. Refuses NOT_FOUND, PAYOUT_STATE, FOUR_EYES, ACCOUNT_CHANGED, NOT_DUE. */
export async function approveRun(
  platform: Platform,
  tx: Tx,
  { runId, by }: Decision,
  now: Date,
): Promise<Result<string>> {
  const { site } = platform.config;
  const run = await lockedRun(platform, tx, runId);
  if (!run.ok) return run;
  const own = await ownWork(tx, runId, by.userId);
  if (own !== null) return refuse('FOUR_EYES', `O-7: another person approves; you made ${own}`, { what: own });
  if (await accountsChanged(tx, runId))
    return refuse('ACCOUNT_CHANGED', 'a bank account was changed after the run was made; withdraw it and make it anew');
  const payments = await paymentsOfRun(tx, runId);
  const moves = payments.map(({ requisitionId }) => ({ requisitionId, note: runId }));
  const step = { site, from: 'REQUISITION_REVIEW', to: 'PAYING', by: by.displayName } as const;
  if (!(await moveRequisitions(platform, tx, moves, step, now)))
    return refuse('NOT_DUE', 'a bill of this run is no longer due; withdraw the run and make it anew');
  await decide(tx, { runId, by }, 'APPROVED', null, now);
  await sql`UPDATE settlement.payments SET state = 'APPROVED', changed_at = ${now} WHERE run_id = ${runId}`.execute(tx);
  return ok(runId);
}

/** REJECTED by the second person, WITHDRAWN by whoever made it; its requisitions are due again. */
export async function dropRun(
  platform: Platform,
  tx: Tx,
  { runId, by, reason }: Decision & { readonly reason: string },
  now: Date,
): Promise<Result<string>> {
  const run = await lockedRun(platform, tx, runId);
  if (!run.ok) return run;
  await decide(tx, { runId, by }, run.value.made_by === by.userId ? 'WITHDRAWN' : 'REJECTED', reason, now);
  await sql`UPDATE settlement.payments SET state = 'DROPPED', changed_at = ${now} WHERE run_id = ${runId}`.execute(tx);
  return ok(runId);
}

async function lockedRun(platform: Platform, tx: Tx, runId: string): Promise<Result<{ readonly made_by: string }>> {
  const { site } = platform.config;
  await lockPayout(tx, site);
  const { rows } = await sql<{ made_by: string; state: PayoutState }>`
    SELECT made_by, state FROM settlement.payout_runs WHERE run_id = ${runId} AND site = ${site} FOR UPDATE`.execute(
    tx,
  );
  const [run] = rows;
  if (!run) return refuse('NOT_FOUND', 'there is no such pay-out run');
  if (run.state !== 'TO_APPROVE')
    return refuse('PAYOUT_STATE', `a run that is ${run.state} is not decided again`, { state: run.state });
  return ok(run);
}

async function decide(
  tx: Tx,
  { runId, by }: Decision,
  to: PayoutState,
  reason: string | null,
  now: Date,
): Promise<void> {
  await sql`
    UPDATE settlement.payout_runs SET state = ${to}, decided_by = ${by.userId}, decided_by_name = ${by.displayName}, decided_at = ${now}, reason = ${reason}
    WHERE run_id = ${runId}`.execute(tx);
}
