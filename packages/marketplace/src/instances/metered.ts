/** What metering asks of instances: whose a seller's id is, and which packages a buyer has of a product. */
import { type Executor, sql } from '../platform/database/database.ts';
import type { Instance, Row } from './row.ts';
import { toInstance } from './row.ts';

/** what one page shows; C32 sells at most 30 in one order */
const MOST_PACKAGES = 200;

/** By the sellers' ids, of whichever seller: an id may be known to several. */
export async function instancesNamed(executor: Executor, instanceIds: readonly string[]): Promise<Instance[]> {
  if (instanceIds.length === 0) return [];
  const { rows } = await sql<Row>`
    SELECT * FROM instances.instances WHERE instance_id = ANY(${instanceIds}::text[]) ORDER BY resource_id`.execute(
    executor,
  );
  return rows.map(toInstance);
}

/** Packages that were ever handed over, living or not: late usage is drawn from what was valid in its time (C31). */
export async function packagesOf(
  executor: Executor,
  owners: readonly { readonly buyerId: string; readonly goodsId: string }[],
): Promise<Instance[]> {
  if (owners.length === 0) return [];
  const { rows } = await sql<Row>`
    SELECT i.* FROM instances.instances i
    WHERE i.charging_mode = 'ON_DEMAND_PKG' AND i.activated_at IS NOT NULL AND i.buyer_id = ANY(${owners.map((each) => each.buyerId)}::text[])
      AND (i.buyer_id, i.goods_id) IN (SELECT * FROM unnest(${owners.map((each) => each.buyerId)}::text[], ${owners.map((each) => each.goodsId)}::text[]))
    ORDER BY i.resource_id`.execute(executor);
  return rows.map(toInstance);
}

/** Packages of a buyer that were handed over, the latest first. @param placedBy null = bought by anybody of the account */
export async function packagesOfBuyer(
  executor: Executor,
  { buyerId, placedBy }: { readonly buyerId: string; readonly placedBy: string | null },
): Promise<Instance[]> {
  const { rows } = await sql<Row>`
    SELECT * FROM instances.instances WHERE buyer_id = ${buyerId} AND charging_mode = 'ON_DEMAND_PKG' AND activated_at IS NOT NULL
      AND (${placedBy}::text IS NULL OR placed_by = ${placedBy}) ORDER BY activated_at DESC, resource_id LIMIT ${MOST_PACKAGES}`.execute(
    executor,
  );
  return rows.map(toInstance);
}
