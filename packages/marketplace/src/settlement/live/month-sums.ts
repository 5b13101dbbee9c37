/**
 * What a bill run must know of a month, from one reading of its lines by a statement that writes nothing, so that PostgreSQL
 * reads with several workers: sums by seller and class, without increment shares, and what was paid for each product that
 * may have reached one (S3-6). Lines that were paid in another month than the one whose bill has them are few, and have an
 * index of their own.
 */
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Site } from '../../platform/site.ts';
import type { Period } from '../calendar.ts';
import { CLASSES, type ProductClass } from '../facts.ts';
import { LOWEST_TIER } from '../formulas/general.ts';

export interface MonthSums {
  readonly sellerId: string;
  readonly class: ProductClass;
  readonly sales: string;
  readonly settlement: string;
  readonly fee: string;
  readonly cash: string;
  readonly lines: number;
}
export interface PaidForGoods {
  readonly goodsId: string;
  readonly amount: string;
}

interface Row {
  /** null = what was paid for the product `id`; else sums of the seller `id` */
  class: string | null;
  id: string;
  sales: string;
  settlement: string;
  fee: string;
  cash: string;
  lines: number;
}

export async function sumsOfMonth(
  tx: Tx,
  site: Site,
  period: Period,
): Promise<{ readonly sums: MonthSums[]; readonly paid: PaidForGoods[] }> {
  const { rows } = await sql<Row>`
    WITH goods AS MATERIALIZED (
      SELECT seller_id, class, goods_id, sum(sales) AS sales, sum(settlement) AS settlement, sum(platform_fee) AS fee, sum(cash) AS cash, count(*) AS lines,
        sum(paid_amount) FILTER (WHERE paid_period = ${period}) AS paid
      FROM settlement.lines WHERE site = ${site} AND bill_period = ${period} AND state = 'READY' GROUP BY seller_id, class, goods_id),
    paid AS (
      SELECT goods_id, paid FROM goods WHERE class = 'GENERAL'
      UNION ALL SELECT goods_id, paid_amount FROM settlement.lines
        WHERE site = ${site} AND paid_period = ${period} AND class = 'GENERAL' AND paid_period IS DISTINCT FROM bill_period)
    SELECT class, seller_id AS id, sum(sales) AS sales, sum(settlement) AS settlement, sum(fee) AS fee, sum(cash) AS cash, sum(lines)::bigint AS lines FROM goods GROUP BY class, seller_id
    UNION ALL
    SELECT NULL, goods_id, sum(paid), NULL, NULL, NULL, NULL FROM paid GROUP BY goods_id HAVING sum(paid) >= ${LOWEST_TIER}::numeric`.execute(
    tx,
  );
  return {
    sums: rows.flatMap(({ id, class: name, ...sums }) => {
      const productClass = CLASSES.find((each) => each === name);
      return productClass ? [{ sellerId: id, class: productClass, ...sums }] : [];
    }),
    paid: rows.flatMap(({ id, class: name, sales }) => (name === null ? [{ goodsId: id, amount: sales }] : [])),
  };
}
