/** A seller with pay-per-use services that run, and what may be stored of them before anything is measured. */
import { type Db, inTransaction, type Platform } from '@jishi/marketplace';
import { createApiKey, createSellers, ensurePartitions, serialKeys, sql } from '@jishi/marketplace/testing';
import { z } from 'zod';
import type { Serials } from './pushing.ts';

export const meteredSellerShape = z.object({
  sellerId: z.string(),
  ak: z.string(),
  sk: z.string(),
  accessKey: z.string(),
  meters: z.number(),
  /** usage is of this time and later, by the second: it comes in time, as most does */
  fromMs: z.number(),
});
export type MeteredSeller = Readonly<z.infer<typeof meteredSellerShape>>;
const ACCESS_KEY = 'bench-access-key-0001';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export async function meteredSeller(platform: Platform, meters: number): Promise<MeteredSeller> {
  const [offer] = await createSellers(platform, ['http://127.0.0.1:1/produce'], ACCESS_KEY);
  if (!offer) throw new Error('a seller was asked for');
  const { sellerId, goodsId } = offer;
  const now = platform.clock.now();
  const key = await createApiKey(platform, platform.db, { sellerId }, now);
  const price = {
    priceItemId: 'OFFI000000000000000001',
    mode: 'LINEAR',
    brackets: [{ from: 0, to: null, unitPrice: '0.0001' }],
    currency: 'CNY',
    chargeItem: null,
  };
  const opened = new Date(now.getTime() - 30 * DAY_MS);
  await sql`
    INSERT INTO metering.meters (resource_id, instance_id, seller_id, buyer_id, placed_by, order_id, goods_id, site, product_name, specification_name,
      opened_at, cycle, accumulation, price, trace_id)
    SELECT 'resource-' || n, 'inst-' || n, ${sellerId}, 'buyer-' || n, 'u1', 'order-' || n, ${goodsId}, 'CN', '{"zh":"x","en":"x"}', '{"zh":"x","en":"x"}',
      ${opened}::timestamptz, 'hour', 'month', ${JSON.stringify(price)}::jsonb, md5(n::text)
    FROM generate_series(0, ${meters - 1}::int) n`.execute(platform.db);
  await sql`INSERT INTO ledger.balances (buyer_id, currency, amount) SELECT 'buyer-' || n, 'CNY', 1000000 FROM generate_series(0, ${meters - 1}::int) n`.execute(
    platform.db,
  );
  const fromMs = Math.floor((now.getTime() - 2 * HOUR_MS) / 1_000) * 1_000;
  return { sellerId, ak: key.ak, sk: key.sk, accessKey: ACCESS_KEY, meters, fromMs };
}

/** The same marketplace some hours later: what was pushed is due. */
export function hoursLater(platform: Platform, hours: number): Platform {
  const clock = { ...platform.clock, now: () => new Date(platform.clock.now().getTime() + hours * HOUR_MS) };
  return { ...platform, clock };
}

/** Records of the days before, charged already. Indexes are made afterwards: twenty million keys one by one take many minutes. */
export async function storeBefore(
  db: Db,
  { sellerId, meters, fromMs }: MeteredSeller,
  { records, serials }: { readonly records: number; readonly serials: Serials },
): Promise<void> {
  // ids that count up have one hash, in which the number is mixed
  const { high, low } = serialKeys(sellerId)('old-');
  const head = (BigInt(high) << 32n) | BigInt(low);
  const key = serials === 'counted' ? sql`n # ${String(head)}::bigint` : sql`hashtextextended('old-' || n, 0)`;
  const begin = new Date(fromMs - 9 * DAY_MS);
  await ensurePartitions(db, [begin, new Date(fromMs)]);
  const calls = Math.ceil(records / 1_000);
  await inTransaction(db, async (tx) => {
    await sql`SET LOCAL maintenance_work_mem = '512MB'`.execute(tx);
    await sql`DROP INDEX metering.records_sn`.execute(tx);
    await sql`ALTER TABLE metering.records DROP CONSTRAINT records_pkey`.execute(tx);
    await sql`SELECT setval('metering.push_ids', ${calls}::int)`.execute(tx);
    await sql`INSERT INTO metering.pushes (push_id, seller_id, request_id, received_at) SELECT n, ${sellerId}, md5(n::text), ${begin}::timestamptz FROM generate_series(1, ${calls}::int) n`.execute(
      tx,
    );
    await sql`
      INSERT INTO metering.records (record_id, resource_id, begin_at, end_at, recorded_at, bill_at, late, value, metering_sn, sn_key)
      SELECT (n / 1000 + 1)::bigint * 1024 + n % 1000, 'resource-' || n % ${meters}::int, at, at + interval '1 second', at, at, false, 1, 'old-' || n,
        ${key}
      FROM generate_series(0, ${records - 1}::int) n CROSS JOIN LATERAL (SELECT ${begin}::timestamptz + interval '1 millisecond' * (n / ${meters}::int)) AS t (at)`.execute(
      tx,
    );
    await sql`ALTER TABLE metering.records ADD CONSTRAINT records_pkey PRIMARY KEY (resource_id, begin_at, end_at)`.execute(
      tx,
    );
    await sql`CREATE INDEX records_sn ON metering.records (sn_key) WHERE sn_key IS NOT NULL`.execute(tx);
  });
  await sql`UPDATE metering.meters SET billed_to = ${new Date()}`.execute(db);
  await sql`VACUUM ANALYZE metering.records`.execute(db);
  await sql`CHECKPOINT`.execute(db);
}
