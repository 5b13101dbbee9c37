/** A dry run (O-30): what the run of a period would make. It is the run itself, in a transaction that is taken back. */
import { uncertifiedSellers } from '../../directory/index.ts';
import { inTransaction, sql, type Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Refusal, Result } from '../../platform/result.ts';
import type { Site } from '../../platform/site.ts';
import { addMonths, type Period } from '../calendar.ts';
import type { ProductClass } from '../facts.ts';
import { type BillView, listBills } from './bill-queries.ts';
import { type CommissionBill, listCommissionBills } from './commission-bills.ts';
import { runPeriod } from './run.ts';

export interface Preview {
  readonly bills: readonly (BillView & { readonly lastTotal: string | null })[];
  /** of distributors (4.6) */
  readonly commissions: readonly (CommissionBill & { readonly lastTotal: string | null })[];
  readonly missing: readonly { readonly sellerId: string; readonly class: ProductClass; readonly lastTotal: string }[];
  readonly errors: readonly { readonly lineId: string; readonly sellerId: string; readonly text: string }[];
  readonly uncertified: readonly { readonly sellerId: string; readonly lines: number }[];
}

/** more are looked at in the list of bills */
const MOST_BILLS = 10_000;
const MOST_ERRORS = 200;

export async function previewRun(platform: Platform, site: Site, period: Period, now: Date): Promise<Result<Preview>> {
  try {
    await inTransaction(platform.db, async (tx) => {
      const ran = await runPeriod(platform, tx, { site, period, dry: true }, now);
      throw new TakenBack(ran.ok ? { ok: true, value: await readPreview(tx, site, period) } : ran);
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.preview;
    throw error;
  }
  throw new Error('a preview is always taken back');
}

/** Carries what was seen out of a transaction that is rolled back; never leaves this file. */
class TakenBack extends Error {
  readonly preview: Result<Preview>;
  constructor(preview: Result<Preview> | { readonly ok: false; readonly refusal: Refusal }) {
    super('taken back');
    this.preview = preview;
  }
}

async function readPreview(tx: Tx, site: Site, period: Period): Promise<Preview> {
  const bills = await listBills(tx, { sellerId: null, period, before: null, limit: MOST_BILLS });
  const last = await listBills(tx, { sellerId: null, period: addMonths(period, -1), before: null, limit: MOST_BILLS });
  const ofDistributors = (asked: Period) =>
    listCommissionBills(tx, { distributorId: null, period: asked, before: null, limit: MOST_BILLS });
  const commissions = await ofDistributors(period);
  const earlier = new Map(
    (await ofDistributors(addMonths(period, -1))).map(({ distributorId, total }) => [distributorId, total]),
  );
  const keyOf = (bill: BillView) => `${bill.sellerId} ${bill.class}`;
  const before = new Map(last.map((bill) => [keyOf(bill), bill.total]));
  const now = new Set(bills.map(keyOf));
  const { rows: errors } = await sql<Preview['errors'][number]>`
    SELECT l.line_id AS "lineId", l.seller_id AS "sellerId", coalesce(f.error, '') AS text FROM settlement.lines l JOIN settlement.facts f USING (line_id)
    WHERE l.site = ${site} AND l.state = 'ERROR' ORDER BY l.line_id LIMIT ${MOST_ERRORS}`.execute(tx);
  // the run has passed the lines of these sellers on to the next period
  const { rows: uncertified } = await sql<Preview['uncertified'][number]>`
    SELECT seller_id AS "sellerId", count(*) AS lines FROM settlement.lines
    WHERE site = ${site} AND bill_period = ${addMonths(period, 1)} AND state = 'READY' AND seller_id = ANY(${await uncertifiedSellers(tx)}::text[]) GROUP BY seller_id ORDER BY seller_id`.execute(
    tx,
  );
  return {
    bills: bills.map((bill) => ({ ...bill, lastTotal: before.get(keyOf(bill)) ?? null })),
    commissions: commissions.map((bill) => ({ ...bill, lastTotal: earlier.get(bill.distributorId) ?? null })),
    missing: last.flatMap((bill) =>
      now.has(keyOf(bill)) ? [] : [{ sellerId: bill.sellerId, class: bill.class, lastTotal: bill.total }],
    ),
    errors,
    uncertified,
  };
}
