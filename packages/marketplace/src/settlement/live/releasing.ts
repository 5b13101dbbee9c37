/** Which bills go on together and which are held (S2-6, S4-4 … S4-6), by the rules of the engine. */
import { createHash } from 'node:crypto';
import { uncertifiedDistributors } from '../../directory/index.ts';
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import { decimal } from '../../platform/exact.ts';
import { SITES, type Site } from '../../platform/site.ts';
import { type Day, dayAt } from '../calendar.ts';
import type { ProductClass } from '../facts.ts';
import { type BillTotal, releasesOf } from '../release.ts';
import { policyFor } from '../terms.ts';
import { lockShared } from './periods.ts';

/** of a seller by its class; of a distributor null: of all classes */
type BillClass = ProductClass | null;
interface Waiting extends BillTotal<BillClass> {
  readonly billId: string;
}

/**
 * A bill is in one requisition, so its newest one names it. Banks carry it to the payee and back as the end-to-end id:
 * at most 35 characters of the restricted set, of which a repeated payment needs some.
 */
const requisitionId = (site: Site, period: string, newestBill: string): string =>
  `R-${site}-${period}-${createHash('sha256').update(newestBill).digest('hex').slice(0, 12).toUpperCase()}`;

/**
 * @param runDay from which the schedule of what goes on counts (S4-1)
 * @param leaving a seller of whom nothing more comes: it has no minimum (`leaving/model.ts`)
 */
export async function releaseBills(
  executor: Executor,
  site: Site,
  runDay: Day,
  now: Date,
  leaving: string | null = null,
): Promise<void> {
  const { rows } = await sql<{
    bill_id: string;
    seller_id: string | null;
    distributor_id: string | null;
    class: BillClass;
    period: string;
    total: string;
  }>`
    SELECT bill_id, seller_id, distributor_id, class, period, total FROM settlement.bills
    WHERE site = ${site} AND released_at IS NULL AND NOT kept ORDER BY period, seller_id, class, distributor_id FOR UPDATE`.execute(
    executor,
  );
  const periods = [...new Set(rows.map(({ period }) => period))];
  const bills = rows.map(
    (row): Waiting => ({
      billId: row.bill_id,
      sellerId: row.seller_id ?? row.distributor_id ?? '',
      class: row.class,
      run: periods.indexOf(row.period),
      period: row.period,
      total: decimal(row.total),
    }),
  );
  const commissions = bills.filter((bill) => bill.class === null);
  // nothing is paid to an account that nobody has verified (S2-1); commissions have no minimum, S2-6 speaks of classes
  const unverified = new Set(commissions.length === 0 ? [] : await uncertifiedDistributors(executor));
  const ofSellers = releasesOf(
    bills.filter((bill) => bill.class !== null && bill.sellerId !== leaving),
    policyFor(site).minimum,
  );
  const ofLeaving = releasesOf(
    bills.filter((bill) => bill.class !== null && bill.sellerId === leaving),
    NO_MINIMUM,
  );
  const ofDistributors = releasesOf(
    commissions.filter(({ sellerId }) => !unverified.has(sellerId)),
    NO_MINIMUM,
  );
  const idOf = new Map<BillTotal<BillClass>, string>(bills.map((bill) => [bill, bill.billId]));
  const gone = [...ofSellers.releases, ...ofLeaving.releases, ...ofDistributors.releases].map((release) => {
    const ids = release.bills.flatMap((bill) => idOf.get(bill) ?? []);
    return {
      requisitionId: requisitionId(site, release.bills.at(-1)?.period ?? '', ids.at(-1) ?? ''),
      ids,
      sellerId: release.class === null ? null : release.sellerId,
      distributorId: release.class === null ? release.sellerId : null,
      class: release.class,
      total: release.total,
    };
  });
  if (gone.length > 0) {
    await sql`
      INSERT INTO settlement.requisitions (requisition_id, seller_id, distributor_id, class, site, currency, total, run_day, created_at)
      SELECT "requisitionId", "sellerId", "distributorId", class, ${site}, ${SITES[site].currency}, total, ${runDay}, ${now}
      FROM jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) AS r ("requisitionId" text, "sellerId" text, "distributorId" text, class text, total numeric) ORDER BY "requisitionId"`.execute(
      executor,
    );
    // bill by bill, so that both sides are joined by hash: a list of ids per requisition is compared with every bill
    const told = gone.flatMap(({ requisitionId: id, ids }) => ids.map((billId) => ({ billId, requisitionId: id })));
    await sql`
      UPDATE settlement.bills b SET released_at = ${now}, requisition_id = t."requisitionId", held_reason = NULL
      FROM jsonb_to_recordset(${JSON.stringify(told)}::jsonb) AS t ("billId" text, "requisitionId" text) WHERE b.bill_id = t."billId"`.execute(
      executor,
    );
  }
  const kept = [
    ...[...ofSellers.held, ...ofLeaving.held, ...ofDistributors.held].flatMap(([bill, reason]) => {
      const billId = idOf.get(bill);
      return billId ? [{ billId, reason }] : [];
    }),
    ...commissions.flatMap(({ billId, sellerId }) => (unverified.has(sellerId) ? [{ billId, reason: 'S2-1' }] : [])),
  ];
  if (kept.length > 0)
    await sql`
      UPDATE settlement.bills b SET held_reason = t.reason FROM jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) AS t ("billId" text, reason text)
      WHERE b.bill_id = t."billId" AND b.held_reason IS DISTINCT FROM t.reason`.execute(executor);
}
const NO_MINIMUM = decimal('0');

/** The bank account of a distributor was verified, or is no longer: what waited for it goes on. */
export async function releaseOnCertification(tx: Tx, site: Site, now: Date): Promise<void> {
  await lockShared(tx, site);
  await releaseBills(tx, site, dayAt(now, site), now);
}
