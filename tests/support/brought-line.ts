/** A distributor with a settlement line of a sale that it brought, and a bill that it confirmed, for tests that only look at them. */
import { createDistributor } from '../../packages/marketplace/src/directory/index.ts';
import { sql } from '../../packages/marketplace/src/platform/database/database.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';

export interface Brought {
  readonly distributorId: string;
  readonly lineId: string;
  readonly billId: string;
}

/** @param lineId of the line, an adjustment that names no order */
export async function broughtLine(platform: Platform, sellerId: string, lineId: string): Promise<Brought> {
  const { db, clock } = platform;
  const now = clock.now();
  const party = { kind: 'DISTRIBUTOR' as const, name: `Brings ${lineId}`, site: 'CN' as const };
  const distributorId = await createDistributor(platform, db, party, now);
  const name = { zh: '商品', en: 'Product' };
  const about = { productName: name, specificationName: name, chargingMode: null, distributorId, note: 'a test' };
  await sql`
    INSERT INTO settlement.lines (line_id, root_id, order_id, seller_id, goods_id, site, class, kind, placed_at, distributor_id)
    VALUES (${lineId}, ${lineId}, ${lineId}, ${sellerId}, NULL, 'CN', 'YANXUAN', 'ADJUSTMENT', ${now}, ${distributorId})`.execute(
    db,
  );
  await sql`INSERT INTO settlement.facts (line_id, line, about) VALUES (${lineId}, '{}', ${JSON.stringify(about)}::jsonb)`.execute(
    db,
  );
  const billId = await commissionBill(platform, distributorId, { name: lineId, state: 'TO_COUNTERSIGN' });
  return { distributorId, lineId, billId };
}

/** A bill of a distributor that was sent to it. @returns its id */
export async function commissionBill(
  { db, clock }: Platform,
  distributorId: string,
  { name, state }: { readonly name: string; readonly state: 'TO_CONFIRM' | 'TO_COUNTERSIGN' },
): Promise<string> {
  const now = clock.now();
  const [billId, requisitionId] = [`B-${name}`, `R-C-${name}`];
  await sql`
    INSERT INTO settlement.requisitions (requisition_id, distributor_id, site, currency, total, run_day, created_at)
    VALUES (${requisitionId}, ${distributorId}, 'CN', 'CNY', 100, '2025-12-03', ${now})`.execute(db);
  await sql`
    INSERT INTO settlement.bills (bill_id, distributor_id, site, currency, period, sales, total, platform_fee, cash, lines, state, nominal_run_day, run_day, created_at, released_at, requisition_id)
    VALUES (${billId}, ${distributorId}, 'CN', 'CNY', '202511', 1000, 100, 0, 1000, 1, ${state}, '2025-12-03', '2025-12-03', ${now}, ${now}, ${requisitionId})`.execute(
    db,
  );
  return billId;
}
