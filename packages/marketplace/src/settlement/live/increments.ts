/**
 * Increment shares (S3-4 … S3-6): what the buyers of a product paid in a month decides for all of its lines of that month.
 * The bill run finds them; what a line settles then is told from the line and its product's month.
 */
import { sql, type Tx } from '../../platform/database/database.ts';
import { type Decimal, decimal } from '../../platform/exact.ts';
import type { Site } from '../../platform/site.ts';
import type { Period } from '../calendar.ts';
import { incrementFor, LOWEST_TIER } from '../formulas/general.ts';
import { TIER_RATES } from './family.ts';

export const INCREMENT_OF_LINE = sql`LEFT JOIN settlement.increments i ON i.site = l.site AND i.period = l.increment_period AND i.goods_id = l.goods_id`;

/** An amount of line `l` at the share that its product's month `i` has reached. */
export const atTier = (plainColumn: 'settlement' | 'platform_fee') => {
  const [none, one, two] = [plainColumn, `${plainColumn}_1`, `${plainColumn}_2`].map((name) => sql.ref(`l.${name}`));
  const step = plainColumn === 'settlement' ? sql`l.increment` : sql`-l.increment`;
  return sql`coalesce(CASE i.tier WHEN 1 THEN ${one} WHEN 2 THEN ${two} END, ${none} + i.tier * ${step}, ${none})`;
};

/** What the shares add to the bills of general products, by seller. */
export type Added = ReadonlyMap<string, { readonly settlement: Decimal; readonly fee: Decimal }>;

/**
 * Finds the shares of a month and writes them down. What a product's buyers paid and what one percent more gives are read
 * from an index alone, product by product; a share is a multiple of that percent. Lines that are not so simple
 * (`lines-store.ts`) are looked up one by one, as far as their product reached a share.
 */
export async function findIncrements(tx: Tx, site: Site, period: Period): Promise<Added> {
  const added = new Map<string, { settlement: Decimal; fee: Decimal }>();
  if (site !== 'CN') return added;
  const { rows } = await sql<{ goods_id: string; seller_id: string; paid: string; increment: string | null }>`
    SELECT * FROM (
      SELECT goods_id, seller_id, sum(increment) AS increment, sum(sum(paid_amount)) OVER (PARTITION BY goods_id) AS paid
      FROM settlement.lines WHERE site = ${site} AND paid_period = ${period} AND class = 'GENERAL' GROUP BY goods_id, seller_id) p
    WHERE paid >= ${LOWEST_TIER}::numeric`.execute(tx);
  const reached = new Map<string, { goodsId: string; paid: string; rate: string; tier: number }>();
  for (const { goods_id: goodsId, seller_id: sellerId, paid, increment } of rows) {
    const rate = incrementFor(decimal(paid));
    const tier = TIER_RATES.findIndex((each) => each.equals(rate));
    reached.set(goodsId, { goodsId, paid, rate: rate.toFixed(), tier });
    if (increment !== null) add(sellerId, decimal(increment).times(tier), decimal(increment).times(-tier));
  }
  if (reached.size > 0)
    await sql`
      INSERT INTO settlement.increments (site, period, goods_id, paid, rate, tier)
      SELECT ${site}, ${period}, "goodsId", paid, rate, tier FROM jsonb_to_recordset(${JSON.stringify([...reached.values()])}::jsonb) AS r ("goodsId" text, paid numeric, rate numeric, tier int)`.execute(
      tx,
    );
  for (const { seller_id, settlement, fee } of await apart(tx, site, period))
    add(seller_id, decimal(settlement), decimal(fee));
  return added;

  function add(sellerId: string, settlement: Decimal, fee: Decimal): void {
    const before = added.get(sellerId);
    added.set(
      sellerId,
      before ? { settlement: before.settlement.plus(settlement), fee: before.fee.plus(fee) } : { settlement, fee },
    );
  }
}

/** What is added by lines whose amounts at each share are stored; of refunds the share of their original's month counts. */
async function apart(
  tx: Tx,
  site: Site,
  period: Period,
): Promise<{ seller_id: string; settlement: string; fee: string }[]> {
  const { rows } = await sql<{ seller_id: string; settlement: string; fee: string }>`
    SELECT l.seller_id, sum(${atTier('settlement')} - l.settlement) AS settlement, sum(${atTier('platform_fee')} - l.platform_fee) AS fee
    FROM settlement.increments i JOIN settlement.lines l ON l.site = i.site AND l.goods_id = i.goods_id AND l.increment_period = i.period
    WHERE i.site = ${site} AND l.site = ${site} AND l.bill_period = ${period} AND l.settlement_1 IS NOT NULL GROUP BY l.seller_id`.execute(
    tx,
  );
  return rows;
}
