/** A seller's program that pushes usage of its services over HTTP and repeats each call until it is answered with success. */

import { createApiKey } from '../../packages/marketplace/src/directory/index.ts';
import { inTransaction, sql } from '../../packages/marketplace/src/platform/database/database.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';
import { formatSdkDate, signAkSk, signUsagePush } from '../../packages/protocol/src/index.ts';
import { until } from './until.ts';

const PATH = '/api/mkp-openapi-public/global/v1/isv/usage-data';
const SERVICES = 7;
const HOUR_MS = 3_600_000;

export interface UsageProgram {
  /** records of different seconds, spread over the services */
  batch(first: number, count: number): string;
  /** @returns how often it had to be sent */
  push(body: string): Promise<number>;
}

/** @param accessKey of the seller's base interfaces, which sign the body */
export async function usageProgram(
  platform: Platform,
  url: string,
  seller: { readonly sellerId: string; readonly goodsId: string; readonly buyerId: string; readonly accessKey: string },
): Promise<UsageProgram> {
  const { sellerId, goodsId, buyerId, accessKey } = seller;
  const now = platform.clock.now();
  const { ak, sk } = await createApiKey(platform, platform.db, { sellerId }, now);
  const brackets = [
    { from: 0, to: 40, unitPrice: '0.3' },
    { from: 40, to: null, unitPrice: '0.0111' },
  ];
  const price = { priceItemId: 'OFFI000000000000000001', mode: 'STEP', brackets, currency: 'CNY', chargeItem: null };
  await sql`
    INSERT INTO metering.meters (resource_id, instance_id, seller_id, buyer_id, placed_by, order_id, goods_id, site, product_name, specification_name,
      opened_at, cycle, accumulation, price, trace_id)
    SELECT 'metered-' || n, 'inst-' || n, ${sellerId}, ${buyerId}, 'u1', 'order-' || n, ${goodsId}, 'CN', '{"zh":"x","en":"x"}', '{"zh":"x","en":"x"}',
      ${new Date(now.getTime() - 48 * HOUR_MS)}::timestamptz, 'hour', 'month', ${JSON.stringify(price)}::jsonb, md5(n::text)
    FROM generate_series(0, ${SERVICES - 1}::int) n`.execute(platform.db);
  const from = now.getTime() - 24 * HOUR_MS;
  return {
    batch: (first, count) =>
      JSON.stringify({
        usage_records: Array.from({ length: count }, (_, place) => {
          const begin = from + (first + place) * 1_000;
          const end = formatSdkDate(new Date(begin + 1_000));
          const names = { instance_id: `inst-${(first + place) % SERVICES}`, metering_sn: `sn-${first + place}` };
          const times = { begin_time: formatSdkDate(new Date(begin)), end_time: end, record_time: end };
          return { ...names, ...times, usage_value: '1.25' };
        }),
      }),
    async push(body) {
      let sent = 0;
      await until(
        'a push is answered with success',
        async () => {
          sent += 1;
          const date = new Date();
          const [ts, nonce] = [String(date.getTime()), `${sent}-${date.getTime()}-${Math.random()}`];
          const { signature } = signUsagePush({ accessKey, ts, nonce, body });
          const own = { 'content-type': 'application/json', ts, nonce, signature };
          const signed = signAkSk({ ak, sk, method: 'POST', url: `${url}${PATH}`, headers: own, body, date });
          const { host: _, ...added } = signed.headers;
          const answer = await fetch(`${url}${PATH}`, { method: 'POST', headers: { ...own, ...added }, body }).catch(
            () => null,
          );
          const text = await answer?.text().catch(() => null);
          if (answer && answer.status < 500 && !text?.includes('MKT.0000')) throw new Error(`refused: ${text}`);
          return text?.includes('MKT.0000') === true;
        },
        120_000,
      );
      return sent;
    },
  };
}

/** Hours pass for usage that waits: it is due. With the locks of metering, and behind what was billed. */
export const hoursPass = ({ db }: Platform): Promise<void> =>
  inTransaction(db, async (tx) => {
    const now = new Date();
    await sql`SELECT FROM metering.meters ORDER BY resource_id FOR UPDATE`.execute(tx);
    await sql`
      UPDATE metering.records r SET bill_at = greatest(${now}::timestamptz, m.billed_to + interval '1 millisecond') FROM metering.meters m
      WHERE r.resource_id = m.resource_id AND r.bill_at > coalesce(m.billed_to, '-infinity')`.execute(tx);
    await sql`UPDATE metering.meters SET next_at = ${now} WHERE waiting_from IS NOT NULL`.execute(tx);
  });

/** What became of it, counted in each of the places where it stands. */
export async function usageBooks({ db }: Platform) {
  const { rows } = await sql<Record<string, string | number>>`
    SELECT (SELECT count(*)::int FROM metering.records WHERE state = 'TAKEN') AS records, (SELECT trim_scale(sum(value)) FROM metering.records) AS pushed,
      (SELECT trim_scale(sum(usage)) FROM metering.hours) AS hours,
      (SELECT count(id)::int FROM metering.charges c, unnest(c.record_ids) AS id) AS rated, (SELECT count(DISTINCT id)::int FROM metering.charges c, unnest(c.record_ids) AS id) AS "ratedOnce",
      (SELECT trim_scale(sum(used)) FROM metering.charges WHERE state = 'PAID') AS used, (SELECT trim_scale(sum(amount)) FROM metering.charges WHERE state = 'PAID') AS paid,
      (SELECT trim_scale(sum(round(exact_total, 2))) FROM metering.meters) AS exact, (SELECT trim_scale(sum(credit)) FROM ledger.postings p JOIN ledger.entries e USING (entry_id) WHERE e.kind = 'USAGE') AS posted`.execute(
    db,
  );
  return rows[0] ?? {};
}
