/** What people decide about bookings that nothing settles by itself: match one to a payment, or set it aside with a reason. */
import { sql, type Tx } from '../../../platform/database/database.ts';
import type { Platform } from '../../../platform/platform.ts';
import { ok, type Result, refuse } from '../../../platform/result.ts';
import { lockPayout, markFailed, markPaid, markReturned } from '../marking.ts';
import { paymentsByIds } from '../payments.ts';
import type { Person } from '../runs.ts';
import { settleOpen, tieEntries } from './importing.ts';
import { sameAmount, verdictOn } from './match.ts';

interface OpenEntry {
  readonly direction: 'DEBIT' | 'CREDIT';
  readonly bookedOn: string;
  readonly amount: string;
  readonly currency: string;
  readonly bankReference: string | null;
  readonly reversal: boolean;
  readonly reason: string | null;
  readonly state: string;
}

/**
 * A person says which payment a booking belongs to: the same rules as by itself, only the reference is told. Refuses
 * NOT_FOUND, ENTRY_STATE, OTHER_AMOUNT (never settled, by nobody), PAYMENT_STATE.
 */
export async function matchEntry(
  platform: Platform,
  tx: Tx,
  asked: { readonly entryId: string; readonly paymentId: string; readonly by: Person },
  now: Date,
): Promise<Result<string>> {
  const { site } = platform.config;
  await lockPayout(tx, site);
  const { rows } = await sql<OpenEntry>`
    SELECT direction, booked_on AS "bookedOn", amount, currency, bank_reference AS "bankReference", reversal, reason, state
    FROM settlement.statement_entries WHERE entry_id = ${asked.entryId} FOR UPDATE`.execute(tx);
  const [entry] = rows;
  const payment = (await paymentsByIds(tx, [asked.paymentId])).get(asked.paymentId);
  if (!entry || !payment) return refuse('NOT_FOUND', 'there is no such booking, or no such payment');
  if (entry.state !== 'OPEN') return refuse('ENTRY_STATE', 'this booking was decided before', { state: entry.state });
  if (!sameAmount(entry, payment))
    return refuse('OTHER_AMOUNT', 'another amount never settles a payment; set the booking aside and say why');
  const { does } = verdictOn({ ...entry, endToEndId: payment.paymentId }, payment);
  if (does === 'NOTHING')
    return refuse('PAYMENT_STATE', `a payment that is ${payment.state} is not settled by this booking`, {
      state: payment.state,
    });
  const { bookedOn, bankReference, reason } = entry;
  const booked = [{ payment, bookedOn, bankReference, reason }];
  if (does === 'PAY') await markPaid(platform, tx, site, booked, now);
  else await markReturned(platform, tx, site, booked, now);
  await tieEntries(tx, [asked], { by: asked.by.displayName, note: null }, now);
  // a return may have waited for this payment
  await settleOpen(platform, tx, site, now);
  return ok(asked.entryId);
}

/** Bookings that have nothing to do with pay-outs. Refuses ENTRY_STATE when one of them was decided before. */
export async function setAside(
  { config: { site } }: Platform,
  tx: Tx,
  asked: { readonly entryIds: readonly string[]; readonly reason: string; readonly by: Person },
  now: Date,
): Promise<Result<number>> {
  await lockPayout(tx, site);
  const ids = [...new Set(asked.entryIds)];
  const result = await sql`
    UPDATE settlement.statement_entries SET state = 'SET_ASIDE', note = ${asked.reason}, decided_by_name = ${asked.by.displayName}, decided_at = ${now}
    WHERE entry_id = ANY(${ids}::text[]) AND state = 'OPEN'`.execute(tx);
  if (Number(result.numAffectedRows ?? 0) !== ids.length)
    return refuse('ENTRY_STATE', 'one of these bookings was decided before, or is unknown');
  return ok(ids.length);
}

/** The bank refused the payment, or it never left: its requisition is due again. Refuses NOT_FOUND, PAYMENT_STATE. */
export async function failPayment(
  platform: Platform,
  tx: Tx,
  asked: { readonly paymentId: string; readonly reason: string; readonly by: Person },
  now: Date,
): Promise<Result<string>> {
  const { site } = platform.config;
  await lockPayout(tx, site);
  const payment = (await paymentsByIds(tx, [asked.paymentId])).get(asked.paymentId);
  if (!payment) return refuse('NOT_FOUND', 'there is no such payment');
  if (payment.state !== 'APPROVED')
    return refuse('PAYMENT_STATE', `a payment that is ${payment.state} did not fail`, { state: payment.state });
  const { reason, by } = asked;
  await markFailed(platform, tx, site, payment, { reason, by: by.displayName }, now);
  return ok(payment.runId);
}
