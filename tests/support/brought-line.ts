/** A distributor with a settlement line of a sale that it brought, for tests that only look at both. */
import { createDistributor } from '../../packages/marketplace/src/directory/index.ts';
import { sql } from '../../packages/marketplace/src/platform/database/database.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';

export interface Brought {
  readonly distributorId: string;
  readonly lineId: string;
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
  return { distributorId, lineId };
}
