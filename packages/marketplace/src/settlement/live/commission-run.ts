/**
 * What the bill run makes for distributors, service providers and resellers (settlement.md 4.6): one bill per party and
 * period, the sum of its parts in the sellers' bills and of its own adjustments (S4-3). The ledger owes the parts since the
 * sellers' bills were posted, the adjustments since this one is.
 */
import { sql, type Tx } from '../../platform/database/database.ts';
import { SITES } from '../../platform/site.ts';
import type { BillHead } from './periods.ts';

/** In the transaction of the bill run, after the sellers' bills: the rounded parts add up, so bill and ledger are equal. */
export async function makeCommissionBills(tx: Tx, head: BillHead, now: Date): Promise<void> {
  const { site, period, nominalRunDay, runDay } = head;
  await sql`
    WITH parts AS (
      SELECT distributor_id, sum(settlement) AS total, sum(lines) AS lines FROM (
        SELECT d.distributor_id, d.settlement, d.lines FROM settlement.bill_distributors d JOIN settlement.bills b USING (bill_id) WHERE b.site = ${site} AND b.period = ${period}
        UNION ALL SELECT distributor_id, distributor_settlement, 1 FROM settlement.lines
          WHERE site = ${site} AND bill_period = ${period} AND distributor_settlement IS NOT NULL AND seller_id IS NULL) p
      GROUP BY distributor_id),
    sold AS (
      SELECT distributor_id, sum(sales) AS sales, sum(cash) AS cash FROM settlement.lines
      WHERE site = ${site} AND bill_period = ${period} AND distributor_settlement IS NOT NULL GROUP BY distributor_id),
    made AS (
      INSERT INTO settlement.bills (bill_id, distributor_id, site, currency, period, sales, total, platform_fee, cash, lines, state, nominal_run_day, run_day, created_at)
      SELECT ${`${site}-${period}-COMMISSION-`} || distributor_id, distributor_id, ${site}, ${SITES[site].currency}, ${period}, sales, total, 0, cash, lines, 'UNDER_REVIEW',
        ${nominalRunDay}, ${runDay}, ${now}
      FROM parts JOIN sold USING (distributor_id) RETURNING bill_id)
    INSERT INTO settlement.bill_moves (bill_id, state, at, by_whom) SELECT bill_id, 'UNDER_REVIEW', ${now}, 'SYSTEM' FROM made ORDER BY bill_id`.execute(
    tx,
  );
}
