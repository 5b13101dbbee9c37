/** What follows when payments end: bills move, the ledger gets the money that left the bank, or that came back. */
import { BANK, distributorAccount, type Posting, postEntries, sellerAccount } from '../../ledger/index.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import { currencyOf, money } from '../../platform/money.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { midnightOf, SITES, type Site } from '../../platform/site.ts';
import type { Day } from '../calendar.ts';
import { moveRequisitions } from '../live/bills.ts';
import type { Payee } from './due.ts';
import type { PaymentState } from './states.ts';

export interface Payment {
  readonly paymentId: string;
  readonly runId: string;
  readonly requisitionId: string;
  readonly payee: Payee;
  readonly amount: string;
  readonly currency: string;
  readonly state: PaymentState;
}
/** What a bank booked, and why where it sent the money back. */
export interface Booked {
  readonly payment: Payment;
  readonly bookedOn: Day;
  readonly bankReference: string | null;
  readonly reason: string | null;
}

/** One person or thing at a time changes pay-outs of a site: two people, two statements, an approval and an import. */
export async function lockPayout(tx: Tx, site: Site): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`payout ${site}`}, 0))`.execute(tx);
}

/** The caller holds the lock and knows the payments to be APPROVED. Bills become PAID, the ledger gets one entry each. */
export async function markPaid(
  platform: Platform,
  tx: Tx,
  site: Site,
  paid: readonly Booked[],
  now: Date,
): Promise<void> {
  if (paid.length === 0) return;
  await end(tx, paid, 'PAID', now);
  const told = (each: Booked): string =>
    [each.bankReference, each.bookedOn].filter((part) => part !== null).join(' · ');
  await move(platform, tx, site, { from: 'PAYING', to: 'PAID', moves: paid, told }, now);
  await postAll(platform, tx, site, paid, 'OUT');
  await completeRuns(tx, paid);
}

/** The caller knows the payments to be PAID: the money is in the bank again, the requisition is due again with the reason. */
export async function markReturned(
  platform: Platform,
  tx: Tx,
  site: Site,
  returned: readonly Booked[],
  now: Date,
): Promise<void> {
  if (returned.length === 0) return;
  await end(tx, returned, 'RETURNED', now);
  const told = ({ reason, bookedOn }: Booked): string => [reason, bookedOn].filter((part) => part !== null).join(' · ');
  await move(platform, tx, site, { from: 'PAID', to: 'REQUISITION_REVIEW', moves: returned, told }, now);
  await postAll(platform, tx, site, returned, 'BACK');
}

/** The caller knows the payment to be APPROVED: the bank refused it, nothing was booked. */
export async function markFailed(
  platform: Platform,
  tx: Tx,
  site: Site,
  payment: Payment,
  { reason, by }: { readonly reason: string; readonly by: string },
  now: Date,
): Promise<void> {
  await sql`UPDATE settlement.payments SET state = 'FAILED', reason = ${reason}, changed_at = ${now} WHERE payment_id = ${payment.paymentId}`.execute(
    tx,
  );
  const moves = [{ requisitionId: payment.requisitionId, note: reason }];
  if (!(await moveRequisitions(platform, tx, moves, { site, from: 'PAYING', to: 'REQUISITION_REVIEW', by }, now)))
    throw new Error(`the bills of ${payment.requisitionId} are not PAYING`);
  await completeRuns(tx, [{ payment }]);
}

async function end(tx: Tx, booked: readonly Booked[], to: 'PAID' | 'RETURNED', now: Date): Promise<void> {
  const rows = booked.map(({ payment, bookedOn, bankReference, reason }) => ({
    ...{ id: payment.paymentId, bookedOn, bankReference, reason },
  }));
  await sql`
    UPDATE settlement.payments p SET state = ${to}, changed_at = ${now}, reason = coalesce(t.reason, p.reason),
      paid_on = CASE WHEN ${to} = 'PAID' THEN t."bookedOn" ELSE p.paid_on END,
      bank_reference = CASE WHEN ${to} = 'PAID' THEN t."bankReference" ELSE p.bank_reference END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t (id text, "bookedOn" text, "bankReference" text, reason text) WHERE p.payment_id = t.id`.execute(
    tx,
  );
}

async function move(
  platform: Platform,
  tx: Tx,
  site: Site,
  step: {
    readonly from: 'PAYING' | 'PAID';
    readonly to: 'PAID' | 'REQUISITION_REVIEW';
    readonly moves: readonly Booked[];
    told(booked: Booked): string;
  },
  now: Date,
): Promise<void> {
  const { from, to, told } = step;
  const moves = step.moves.map((each) => ({ requisitionId: each.payment.requisitionId, note: told(each) }));
  if (!(await moveRequisitions(platform, tx, moves, { site, from, to, by: 'SYSTEM' }, now)))
    throw new Error(`bills of ${moves.map(({ requisitionId }) => requisitionId).join(', ')} are not ${from}`);
}

/** At the day on which the bank booked it; a closed month takes it into the first open one. */
async function postAll(
  platform: Platform,
  tx: Tx,
  site: Site,
  booked: readonly Booked[],
  way: 'OUT' | 'BACK',
): Promise<void> {
  for (const day of [...new Set(booked.map(({ bookedOn }) => bookedOn))].toSorted()) {
    const ofDay = booked.filter(({ bookedOn }) => bookedOn === day);
    const entries = ofDay.map(({ payment }) => ({
      entryId: uuid(platform.random),
      kind: 'PAYOUT' as const,
      reference: way === 'OUT' ? payment.paymentId : `${payment.paymentId} returned`,
      traceId: `settlement-${payment.requisitionId}`,
      postings: postingsOf(payment, way),
    }));
    const posted = await postEntries(tx, entries, midnightOf(day, SITES[site].timeZone));
    if (posted !== entries.length) throw new Error(`of ${entries.length} pay-outs of ${day} only ${posted} are new`);
  }
}

function postingsOf({ payee, amount, currency }: Payment, way: 'OUT' | 'BACK'): Posting[] {
  const owed = payee.kind === 'SELLER' ? sellerAccount(payee.id) : distributorAccount(payee.id);
  const value = money(amount, currencyOf(currency));
  return way === 'OUT'
    ? [
        { account: owed, debit: value },
        { account: BANK, credit: value },
      ]
    : [
        { account: BANK, debit: value },
        { account: owed, credit: value },
      ];
}

/** A run whose payments have all ended is done; a later return changes nothing of that. */
async function completeRuns(tx: Tx, ended: readonly { readonly payment: Payment }[]): Promise<void> {
  const runs = [...new Set(ended.map(({ payment }) => payment.runId))];
  await sql`
    UPDATE settlement.payout_runs r SET state = 'COMPLETED' WHERE run_id = ANY(${runs}::text[]) AND state = 'APPROVED'
      AND NOT EXISTS (SELECT 1 FROM settlement.payments p WHERE p.run_id = r.run_id AND p.state = 'APPROVED')`.execute(
    tx,
  );
}
