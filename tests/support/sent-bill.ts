/** A bill that was sent to its seller, for tests that only look at one. */
import { sql } from '../../packages/marketplace/src/platform/database/database.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';

/** @param billId becomes its class too: one per seller and class @returns its id */
export async function sentBill({ db, clock }: Platform, sellerId: string, billId: string): Promise<string> {
  const now = clock.now();
  await sql`
    INSERT INTO settlement.requisitions (requisition_id, seller_id, class, site, currency, total, run_day, created_at)
    VALUES (${`R-${billId}`}, ${sellerId}, ${billId}, 'CN', 'CNY', 1140, '2025-12-03', ${now})`.execute(db);
  await sql`
    INSERT INTO settlement.bills (bill_id, seller_id, class, site, currency, period, sales, total, platform_fee, cash, lines, state, nominal_run_day, run_day, created_at, released_at, requisition_id)
    VALUES (${billId}, ${sellerId}, ${billId}, 'CN', 'CNY', '202511', 1200, 1140, 60, 1200, 1, 'TO_COUNTERSIGN', '2025-12-03', '2025-12-03', ${now}, ${now}, ${`R-${billId}`})`.execute(
    db,
  );
  return billId;
}
