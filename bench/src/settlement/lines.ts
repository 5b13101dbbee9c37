/** Many settlement lines of one month, made by the server itself. */
import type { Db } from '@jishi/marketplace';
import { sql } from '@jishi/marketplace/testing';

export const SELLERS = 1_000;
export const PERIOD = '202401';
const PERIOD_BEFORE = '202312';

/**
 * Nine in ten lines are sales, one in ten a refund; a fifth is of joint-operation products, one line in fifty has a
 * distributor. As the intake writes them: of one line in fifty (paid the month before) and of one in a hundred (a part of an
 * amount was refunded) the amounts at each increment share are stored, of the other general ones what a percent adds.
 * There are ten products a seller however many lines: of 20,000 lines one product in a hundred reaches a share, of a
 * million one in ten, of ten million all.
 */
export async function fillLines(db: Db, lines: number): Promise<void> {
  await dropUnused(db);
  await sql`
    INSERT INTO settlement.lines (line_id, root_id, order_id, seller_id, buyer_id, goods_id, site, class, kind, placed_at, state, ready_at, period, bill_period,
      sales, cash, settlement, platform_fee, increment, settlement_1, platform_fee_1, settlement_2, platform_fee_2, increment_period, distributor_id, distributor_settlement, paid_period, paid_amount)
    SELECT 'CS' || n || '-000001', 'CS' || n || '-000001', 'CS' || n, 'seller' || n % ${SELLERS}::int, 'buyer' || n % 9973, 'goods' || n % (${SELLERS}::int * 10), 'CN',
      class, CASE WHEN sign < 0 THEN 'REFUND' ELSE 'NEW' END, at, 'READY', at, ${PERIOD}, ${PERIOD},
      amount, amount, round(amount * 0.95, 10), round(amount * 0.05, 10),
      CASE WHEN class = 'GENERAL' AND NOT apart THEN round(amount * 0.01, 10) END,
      CASE WHEN class = 'GENERAL' AND apart THEN round(amount * 0.96, 10) END, CASE WHEN class = 'GENERAL' AND apart THEN round(amount * 0.04, 10) END,
      CASE WHEN class = 'GENERAL' AND apart THEN round(amount * 0.97, 10) END, CASE WHEN class = 'GENERAL' AND apart THEN round(amount * 0.03, 10) END,
      CASE WHEN class = 'GENERAL' THEN ${PERIOD} END,
      CASE WHEN n % 50 = 0 THEN 'distributor' || n % 7 END, CASE WHEN n % 50 = 0 THEN round(amount * 0.01, 10) END,
      CASE WHEN n % 50 = 7 THEN ${PERIOD_BEFORE} ELSE ${PERIOD} END, amount
    FROM (
      SELECT n, CASE WHEN n % 5 = 0 THEN 'JOINT' ELSE 'GENERAL' END AS class, sign, n % 50 = 7 OR n % 100 = 99 AS apart,
        sign * (100 + n % 9000 + (n % 100)::numeric / 100 + CASE WHEN n % 100 = 1 THEN 600000 ELSE 0 END) / CASE WHEN n % 100 = 99 THEN 7 ELSE 1 END AS amount,
        timestamptz '2024-01-01 00:00:00Z' + n % 2678400 * interval '1 second' AS at
      FROM (SELECT n, CASE WHEN n % 10 = 9 THEN -1 ELSE 1 END AS sign FROM generate_series(1, ${lines}::int) AS n) s) m`.execute(
    db,
  );
  await sql`INSERT INTO settlement.periods (site, period) VALUES ('CN', ${PERIOD})`.execute(db);
  await sql`VACUUM (ANALYZE) settlement.lines`.execute(db);
}

/** Indexes that neither the run nor the plain sum looks at take most of the time that making the lines takes. */
async function dropUnused(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT indexrelid::regclass::text AS name FROM pg_index
    WHERE indrelid = 'settlement.lines'::regclass AND NOT indisprimary AND pg_get_indexdef(indexrelid) !~ 'bill_period|paid_period'`.execute(
    db,
  );
  for (const { name } of rows) await sql`DROP INDEX ${sql.raw(name)}`.execute(db);
}

/** What cannot be undercut: one pass that sums the same lines by seller. */
export async function plainSum(db: Db): Promise<number> {
  const began = performance.now();
  await sql`SELECT seller_id, class, sum(settlement) AS total, count(*) AS lines FROM settlement.lines WHERE site = 'CN' AND bill_period = ${PERIOD} GROUP BY seller_id, class`.execute(
    db,
  );
  return performance.now() - began;
}
