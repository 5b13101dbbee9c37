/** SQL of usage records: written in one statement a call, de-duplicated by their key. */
import type { UsageRecord } from '@jishi/protocol';
import { type Executor, executeUnanswered, sql, type Tx } from '../platform/database/database.ts';
import type { RatedUsage, Usage } from './definition.ts';
import { hourOf } from './timing.ts';

export interface NewRecord extends UsageRecord {
  readonly recordId: string;
  readonly resourceId: string;
  readonly billAt: Date;
  readonly late: boolean;
}
/** What tells a record that is pushed again from another one. */
export interface KnownRecord {
  readonly resourceId: string;
  readonly beginAt: Date;
  readonly endAt: Date;
  readonly value: string;
  readonly meteringSn: string | null;
}

/** One call of a seller after the other: two may carry the same ids. */
export async function lockSeller(tx: Tx, sellerId: string): Promise<void> {
  await executeUnanswered(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended(${`metering ${sellerId}`}, 0))`);
}

/** @returns false = it was used while its window may still be open */
export async function takeNonce(tx: Tx, sellerId: string, nonce: string, at: Date, windowMs: number): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO metering.nonces AS n (seller_id, nonce, at) VALUES (${sellerId}, ${nonce}, ${at})
    ON CONFLICT (seller_id, nonce) DO UPDATE SET at = excluded.at WHERE n.at < ${new Date(at.getTime() - 2 * windowMs)} RETURNING nonce`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Records of the seller that carry one of these ids, since `since`. */
export async function recordsWithSn(
  executor: Executor,
  sellerId: string,
  serials: readonly string[],
  since: Date,
): Promise<KnownRecord[]> {
  if (serials.length === 0) return [];
  const { rows } = await sql<KnownRecord>`
    SELECT resource_id AS "resourceId", begin_at AS "beginAt", end_at AS "endAt", value, metering_sn AS "meteringSn" FROM metering.records
    WHERE seller_id = ${sellerId} AND metering_sn = ANY(${serials}::text[]) AND begin_at >= ${since}`.execute(executor);
  return rows;
}

/** @returns the ids of those that were new; the others have a row with their instance, begin and end already */
export async function insertRecords(
  tx: Tx,
  sellerId: string,
  records: readonly NewRecord[],
  { requestId, now }: { readonly requestId: string; readonly now: Date },
): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  const column = <T>(of: (record: NewRecord) => T) => records.map(of);
  const { rows } = await sql<{ id: string }>`
    INSERT INTO metering.records (record_id, resource_id, seller_id, begin_at, end_at, recorded_at, received_at, value, metering_sn, package_instance_id,
      state, bill_at, late, request_id)
    SELECT id, resource_id, ${sellerId}, begin_at, end_at, recorded_at, ${now}::timestamptz, value, sn, package, 'WAITING', bill_at, late, ${requestId}
    FROM unnest(${column((r) => r.recordId)}::uuid[], ${column((r) => r.resourceId)}::text[], ${column((r) => r.beginAt)}::timestamptz[],
      ${column((r) => r.endAt)}::timestamptz[], ${column((r) => r.recordAt)}::timestamptz[], ${column((r) => r.value)}::numeric[], ${column((r) => r.meteringSn)}::text[],
      ${column((r) => r.packageInstanceId)}::text[], ${column((r) => r.billAt)}::timestamptz[], ${column((r) => r.late)}::boolean[])
      AS r (id, resource_id, begin_at, end_at, recorded_at, value, sn, package, bill_at, late)
    ON CONFLICT (resource_id, begin_at, end_at) DO NOTHING RETURNING record_id AS id`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** The rows that stand where these would have. */
export async function recordsAt(executor: Executor, records: readonly NewRecord[]): Promise<KnownRecord[]> {
  if (records.length === 0) return [];
  const { rows } = await sql<KnownRecord>`
    SELECT r.resource_id AS "resourceId", r.begin_at AS "beginAt", r.end_at AS "endAt", r.value, r.metering_sn AS "meteringSn"
    FROM unnest(${records.map((r) => r.resourceId)}::text[], ${records.map((r) => r.beginAt)}::timestamptz[], ${records.map((r) => r.endAt)}::timestamptz[]) AS k (resource_id, begin_at, end_at)
    JOIN metering.records r USING (resource_id, begin_at, end_at)`.execute(executor);
  return rows;
}

/** Adds new usage to its hours. */
export async function addToHours(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  if (records.length === 0) return;
  await executeUnanswered(
    tx,
    sql`
    INSERT INTO metering.hours AS h (resource_id, hour, usage, records)
    SELECT resource_id, hour, sum(value), count(*) FROM unnest(${records.map((r) => r.resourceId)}::text[], ${records.map((r) => hourOf(r.beginAt))}::timestamptz[],
      ${records.map((r) => r.value)}::numeric[]) AS r (resource_id, hour, value) GROUP BY resource_id, hour ORDER BY resource_id, hour
    ON CONFLICT (resource_id, hour) DO UPDATE SET usage = h.usage + excluded.usage, records = h.records + excluded.records`,
  );
}

export interface Rejection {
  readonly instanceId: string;
  readonly meteringSn: string;
  readonly code: string;
  /** as it came */
  readonly record: unknown;
}
export async function insertRejections(
  tx: Tx,
  sellerId: string,
  rejections: readonly Rejection[],
  { requestId, now }: { readonly requestId: string; readonly now: Date },
): Promise<void> {
  if (rejections.length === 0) return;
  const column = (of: (rejection: Rejection) => string) => rejections.map(of);
  await executeUnanswered(
    tx,
    sql`
    INSERT INTO metering.rejections (seller_id, received_at, request_id, instance_id, metering_sn, code, record)
    SELECT ${sellerId}, ${now}::timestamptz, ${requestId}, instance_id, sn, code, record
    FROM unnest(${column((r) => r.instanceId)}::text[], ${column((r) => r.meteringSn)}::text[], ${column((r) => r.code)}::text[],
      ${column((r) => JSON.stringify(r.record).slice(0, 4_000))}::text[]) WITH ORDINALITY AS r (instance_id, sn, code, record, place)
    ORDER BY place`,
  );
}

/** What is to be billed of a meter now, the earliest usage first. */
export async function recordsToBill(tx: Tx, resourceId: string, now: Date, limit: number): Promise<Usage[]> {
  const { rows } = await sql<Usage>`
    SELECT record_id AS "recordId", begin_at AS "beginAt", end_at AS "endAt", value, package_instance_id AS "packageInstanceId" FROM metering.records
    WHERE resource_id = ${resourceId} AND state = 'WAITING' AND bill_at <= ${now} ORDER BY begin_at, end_at LIMIT ${limit}`.execute(
    tx,
  );
  return rows;
}

export async function nextBillingOf(tx: Tx, resourceId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    SELECT min(bill_at) AS at FROM metering.records WHERE resource_id = ${resourceId} AND state = 'WAITING'`.execute(
    tx,
  );
  return rows[0]?.at ?? null;
}

/** The key tells the partition, so that the id alone is not looked for in all of them. */
export async function saveRated(
  tx: Tx,
  resourceId: string,
  chargeId: string,
  usages: readonly Usage[],
  rated: readonly RatedUsage[],
): Promise<void> {
  const byId = new Map(rated.map((each) => [each.recordId, each]));
  const column = (of: (usage: RatedUsage) => string) =>
    usages.flatMap(({ recordId }) => {
      const each = byId.get(recordId);
      return each ? [of(each)] : [];
    });
  await sql`
    UPDATE metering.records r SET state = 'RATED', charge_id = ${chargeId}::uuid, reason = NULL,
      drawn = v.drawn, charged = v.charged, refused = v.refused, amount = v.amount
    FROM unnest(${usages.map((u) => u.beginAt)}::timestamptz[], ${usages.map((u) => u.endAt)}::timestamptz[], ${column((u) => u.drawn)}::numeric[],
      ${column((u) => u.charged)}::numeric[], ${column((u) => u.refused)}::numeric[], ${column((u) => u.amount)}::numeric[]) AS v (begin_at, end_at, drawn, charged, refused, amount)
    WHERE r.resource_id = ${resourceId} AND r.begin_at = v.begin_at AND r.end_at = v.end_at AND r.state = 'WAITING'`.execute(
    tx,
  );
}

export async function saveUnrated(tx: Tx, resourceId: string, usages: readonly Usage[], reason: string): Promise<void> {
  await sql`
    UPDATE metering.records r SET state = 'UNRATED', reason = ${reason}
    FROM unnest(${usages.map((u) => u.beginAt)}::timestamptz[], ${usages.map((u) => u.endAt)}::timestamptz[]) AS v (begin_at, end_at)
    WHERE r.resource_id = ${resourceId} AND r.begin_at = v.begin_at AND r.end_at = v.end_at AND r.state = 'WAITING'`.execute(
    tx,
  );
}
