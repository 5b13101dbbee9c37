/** What an action is about: the n-th of those for which it makes sense now. Read as a person would, past the process. */
import { type Db, sql } from '../../platform/database/database.ts';

export interface Found {
  readonly resourceId: string;
  readonly goodsId: string;
  readonly skuCode: string;
  readonly quantity: number;
  readonly expireAt: Date | null;
  readonly freezeAt: Date | null;
  readonly releaseAt: Date | null;
}
const LIVING = sql`state IN ('TRIAL', 'ACTIVE', 'CHANGING', 'GRACE', 'FROZEN', 'VIOLATION_FROZEN')`;
/** Most of the time an action meets an instance that allows it; now and then one that does not. */
const FITTING = {
  any: sql`true`,
  living: LIVING,
  renewable: sql`${LIVING} AND NOT trial AND expire_at IS NOT NULL AND charging_mode = 'PERIOD'`,
  trial: sql`${LIVING} AND trial`,
  changeable: sql`state IN ('ACTIVE', 'GRACE') AND NOT trial AND charging_mode = 'PERIOD'`,
  violating: sql`violation IS NOT NULL AND ${LIVING}`,
  timed: sql`${LIVING} AND expire_at IS NOT NULL`,
} as const;
export type Fitting = keyof typeof FITTING;

/**
 * The first that fits from the `place`-th newest on, round and round, so that one number means one instance to several
 * actions; and more of the same buyer.
 */
export async function findInstances(db: Db, fitting: Fitting, place: number, several = 1): Promise<Found[]> {
  const { rows } = await sql<Found & { buyerId: string; fits: boolean }>`
    SELECT resource_id AS "resourceId", goods_id AS "goodsId", sku_code AS "skuCode", quantity, expire_at AS "expireAt", freeze_at AS "freezeAt", release_at AS "releaseAt", buyer_id AS "buyerId",
      (${FITTING[fitting]}) AS fits
    FROM instances.instances ORDER BY created_at DESC, resource_id`.execute(db);
  const from = place % Math.max(rows.length, 1);
  const fits = [...rows.slice(from), ...rows.slice(0, from)].filter((row) => row.fits);
  return fits.filter(({ buyerId }) => buyerId === fits[0]?.buyerId).slice(0, several);
}

export async function findOrder(db: Db, place: number): Promise<{ orderId: string; buyerId: string } | undefined> {
  const { rows } = await sql<{ orderId: string; buyerId: string }>`
    SELECT order_id AS "orderId", buyer_id AS "buyerId" FROM ordering.orders WHERE state = 'PENDING_PAYMENT' OR created_at = (SELECT max(created_at) FROM ordering.orders)
    ORDER BY created_at, order_id`.execute(db);
  return nth(rows, place);
}

export async function findRefund(db: Db, place: number): Promise<{ refundId: string; state: string } | undefined> {
  const { rows } = await sql<{ refundId: string; state: string }>`
    SELECT refund_id AS "refundId", state FROM ordering.refunds WHERE state IN ('SELLER_REVIEW', 'LARGE_REVIEW') ORDER BY requested_at, refund_id`.execute(
    db,
  );
  return nth(rows, place);
}

export async function findCall(db: Db, place: number, hand: 'restart' | 'stop' | 'close'): Promise<string | undefined> {
  const states = hand === 'stop' ? ['DUE'] : ['DUE', 'STOPPED'];
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM fulfilment.seller_calls WHERE state = ANY(${states}::text[]) ORDER BY seq DESC`.execute(db);
  return nth(rows, place)?.id;
}

const nth = <T>(all: readonly T[], place: number): T | undefined => all[place % Math.max(all.length, 1)];
