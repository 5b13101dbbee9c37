/** What an operator sees over all sellers: what was taken, what was not, and what waits for a repair. */
import type { LocalizedText } from '../catalog/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { Site } from '../platform/site.ts';

export interface SellerUsage {
  readonly sellerId: string;
  readonly services: number;
  /** of usage in the time that is looked at */
  readonly records: number;
  readonly late: number;
  readonly rejected: number;
  /** of any time: they wait for a repair */
  readonly unrated: number;
  /** services whose billing is overdue */
  readonly heldUp: number;
  /** services with a charge that is not paid */
  readonly owing: number;
}
/** a meter that is due longer than this is in trouble */
const HELD_UP_MS = 3_600_000;

/** By seller, those with something to repair first. Counted from what is kept while records come in, not from records. */
export async function usageOfSellers(executor: Executor, since: Date, now: Date): Promise<SellerUsage[]> {
  const { rows } = await sql<SellerUsage>`
    WITH meters AS (
      SELECT seller_id, count(*) AS services, count(*) FILTER (WHERE next_at < ${new Date(now.getTime() - HELD_UP_MS)}) AS held_up,
        count(*) FILTER (WHERE owed_since IS NOT NULL) AS owing FROM metering.meters GROUP BY seller_id),
    taken AS (
      SELECT m.seller_id, sum(h.records) AS records FROM metering.hours h JOIN metering.meters m USING (resource_id) WHERE h.hour >= ${since} GROUP BY m.seller_id),
    marked AS (
      SELECT m.seller_id, count(*) FILTER (WHERE r.late AND p.received_at >= ${since}) AS late, count(*) FILTER (WHERE r.state = 'UNRATED') AS unrated
      FROM metering.records r JOIN metering.meters m USING (resource_id) JOIN metering.pushes p ON p.push_id = r.record_id / 1024
      WHERE r.late OR r.state IN ('UNRATED', 'VOID') GROUP BY m.seller_id),
    rejected AS (SELECT seller_id, count(*) AS rejected FROM metering.rejections WHERE received_at >= ${since} GROUP BY seller_id),
    sellers AS (SELECT seller_id FROM meters UNION SELECT seller_id FROM rejected)
    SELECT s.seller_id AS "sellerId", coalesce(m.services, 0)::int AS services, coalesce(t.records, 0)::int AS records, coalesce(k.late, 0)::int AS late,
      coalesce(r.rejected, 0)::int AS rejected, coalesce(k.unrated, 0)::int AS unrated, coalesce(m.held_up, 0)::int AS "heldUp", coalesce(m.owing, 0)::int AS owing
    FROM sellers s LEFT JOIN meters m USING (seller_id) LEFT JOIN taken t USING (seller_id) LEFT JOIN marked k USING (seller_id) LEFT JOIN rejected r USING (seller_id)
    ORDER BY coalesce(k.unrated, 0) + coalesce(m.held_up, 0) DESC, coalesce(r.rejected, 0) DESC, s.seller_id`.execute(
    executor,
  );
  return rows;
}

export interface ToRepair {
  readonly resourceId: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly goodsId: string;
  readonly site: Site;
  readonly productName: LocalizedText;
  readonly specificationName: LocalizedText;
  /** NO_PRICE; null = billing is overdue: it failed by our own fault and is tried again */
  readonly reason: string | null;
  readonly priced: boolean;
  readonly records: number;
  readonly usage: string;
  /** of the usage that began first */
  readonly since: Date;
}
/** what one page shows; the longest wait comes first */
const MOST_REPAIRS = 200;

/** Services with usage that was taken and is not rated although its time is over. */
export async function usageToRepair(executor: Executor, now: Date): Promise<ToRepair[]> {
  const { rows } = await sql<ToRepair>`
    WITH waiting AS (
      SELECT resource_id, reason, value, begin_at FROM metering.records WHERE state = 'UNRATED'
      UNION ALL SELECT r.resource_id, NULL, r.value, r.begin_at FROM metering.meters m JOIN metering.records r USING (resource_id)
        WHERE m.next_at < ${new Date(now.getTime() - HELD_UP_MS)} AND r.begin_at >= m.waiting_from AND r.state = 'TAKEN' AND r.bill_at > coalesce(m.billed_to, '-infinity') AND r.bill_at < ${new Date(now.getTime() - HELD_UP_MS)})
    SELECT m.resource_id AS "resourceId", m.seller_id AS "sellerId", m.buyer_id AS "buyerId", m.goods_id AS "goodsId", m.site,
      m.product_name AS "productName", m.specification_name AS "specificationName", w.reason, m.price IS NOT NULL AS priced,
      count(*)::int AS records, sum(w.value) AS usage, min(w.begin_at) AS since
    FROM waiting w JOIN metering.meters m USING (resource_id) GROUP BY m.resource_id, w.reason ORDER BY min(w.begin_at), m.resource_id LIMIT ${MOST_REPAIRS}`.execute(
    executor,
  );
  return rows;
}
