/** A pay-out run that was rejected, with a payment, a file and a booking, for tests that only look at one. */
import { createHash } from 'node:crypto';
import { sql } from '../../packages/marketplace/src/platform/database/database.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';
import { FILE_CONTENT, PAYEE_ACCOUNT, PAYER_ACCOUNT } from '../../packages/marketplace/src/settlement/payout/schema.ts';

export const PAID_OUT = {
  runId: 'PO-CN-20251204-9',
  paymentId: 'R-CN-202511-SEEN',
  fileId: '00000000-0000-4000-8000-0000000000f1',
  entryId: 'booking-seen',
} as const;
const STATEMENT = '00000000-0000-4000-8000-0000000000f2';

export async function paidOut({ db, keys, clock }: Platform, sellerId: string): Promise<void> {
  const now = clock.now();
  const { runId, paymentId, fileId, entryId } = PAID_OUT;
  await sql`
    INSERT INTO settlement.payout_runs (run_id, site, currency, execution_day, state, total, payments, holder, bank_name, bank_code, tail, sealed, made_by, made_by_name, made_at)
    VALUES (${runId}, 'CN', 'CNY', '2025-12-05', 'REJECTED', 1, 1, 'Jishi', 'Bank', '104100000004', '5678', ${keys.seal('6217000012345678', PAYER_ACCOUNT)}, 'somebody', 'Somebody', ${now})`.execute(
    db,
  );
  await sql`
    INSERT INTO settlement.payments (payment_id, run_id, requisition_id, payee_kind, payee_id, amount, currency, state, holder, bank_name, bank_code, tail, sealed, changed_at)
    VALUES (${paymentId}, ${runId}, ${paymentId}, 'SELLER', ${sellerId}, 1, 'CNY', 'DROPPED', 'Seller', 'Bank', '104100000004', '1111', ${keys.seal('6222000011111111', PAYEE_ACCOUNT)}, ${now})`.execute(
    db,
  );
  const content = Buffer.from('kept');
  await sql`
    INSERT INTO settlement.payout_files (file_id, run_id, form, name, bytes, sha256, sealed, made_by_name, made_at)
    VALUES (${fileId}, ${runId}, 'CSV_EN', ${`${runId}.en.csv`}, ${content.length}, ${createHash('sha256').update(content).digest('hex')}, ${keys.seal(content.toString('base64'), FILE_CONTENT)}, 'Somebody', ${now})`.execute(
    db,
  );
  await sql`
    INSERT INTO settlement.statements (statement_id, site, name, format, sha256, entries, known, not_booked, imported_by_name, imported_at)
    VALUES (${STATEMENT}, 'CN', 'seen.csv', 'CSV', 'seen', 1, 0, 0, 'Somebody', ${now})`.execute(db);
  await sql`
    INSERT INTO settlement.statement_entries (entry_id, statement_id, place, direction, booked_on, amount, currency, reversal, state, note)
    VALUES (${entryId}, ${STATEMENT}, 'line 2', 'CREDIT', '2025-12-05', 1, 'CNY', false, 'SET_ASIDE', 'seen')`.execute(
    db,
  );
}
