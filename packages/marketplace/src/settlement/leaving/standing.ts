/** What hinders a seller from leaving (S4-7), counted station by station, and what of it still runs. */
import { listedProducts } from '../../catalog/index.ts';
import { type RunningOfSeller, runningOfSeller } from '../../instances/index.ts';
import { inProgressOf } from '../../ordering/index.ts';
import { type Executor, sql } from '../../platform/database/database.ts';
import type { Site } from '../../platform/site.ts';
import { feeOffers } from '../invoices/fee/service.ts';
import { type Hindrance, hindrancesOf, type StandingBill } from './model.ts';
import { openInvoices, type Uninvoiced, uninvoicedOf } from './uninvoiced.ts';

export interface Found {
  readonly hindrances: readonly Hindrance[];
  /** those without an invoice, oldest first, as many as were asked for */
  readonly uninvoiced: readonly Uninvoiced[];
  /** prepaid services: they hinder nobody, run to their end and are not renewed (C29) */
  readonly running: Pick<RunningOfSeller, 'prepaid' | 'lastExpiry'>;
}

/** @param shown orders without an invoice that are listed, not only counted */
export async function standingOf(executor: Executor, sellerId: string, site: Site, shown = 0): Promise<Found> {
  const { orders, refunds } = await inProgressOf(executor, sellerId);
  const { metered, ...running } = await runningOfSeller(executor, sellerId);
  const offers = await feeOffers(executor, sellerId);
  const uninvoiced = await uninvoicedOf(executor, { sellerId, site, limit: Math.max(1, shown) });
  const hindrances = hindrancesOf({
    ...{ orders, refunds, metered },
    products: await listedProducts(executor, sellerId),
    unbilled: await unbilledLines(executor, sellerId),
    bills: await openBills(executor, sellerId),
    uninvoiced: uninvoiced.all,
    invoices: await openInvoices(executor, sellerId),
    fee: { fees: offers.map(({ fee }) => fee), asked: await askedFees(executor, sellerId) },
  });
  return { hindrances, running, uninvoiced: uninvoiced.items.slice(0, shown) };
}

/** Lines that wait for a condition or for the next bill, or cannot be computed. */
async function unbilledLines(executor: Executor, sellerId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM settlement.lines l
    WHERE l.seller_id = ${sellerId} AND (l.state IN ('WAITING', 'ERROR') OR (l.state = 'READY' AND NOT EXISTS (
      SELECT FROM settlement.bills b WHERE b.site = l.site AND b.period = l.bill_period AND b.class = l.class AND b.seller_id = l.seller_id)))`.execute(
    executor,
  );
  return rows[0]?.count ?? 0;
}

async function openBills(executor: Executor, sellerId: string): Promise<StandingBill[]> {
  const { rows } = await sql<StandingBill>`
    SELECT class, total::text AS total, released_at IS NOT NULL AS released, kept FROM settlement.bills
    WHERE seller_id = ${sellerId} AND state <> 'PAID' ORDER BY period, class`.execute(executor);
  return rows;
}

async function askedFees(executor: Executor, sellerId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM settlement.fee_invoices WHERE seller_id = ${sellerId} AND state = 'REQUESTED'`.execute(
    executor,
  );
  return rows[0]?.count ?? 0;
}
