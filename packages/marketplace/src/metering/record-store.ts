/** SQL of usage records: written in one statement a call, de-duplicated by their key. */
import type { UsageRecord } from '@jishi/protocol';
import { type Executor, executeUnanswered, sql, type Tx } from '../platform/database/database.ts';
import { type Decimal, decimal } from '../platform/exact.ts';
import { bare, instants, texts } from './columns.ts';
import type { Usage } from './definition.ts';
import { hourOf } from './timing.ts';

export interface NewRecord extends Omit<UsageRecord, 'instanceId' | 'productId'> {
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

/**
 * Records of the seller that carry one of these ids, since `since`. What is asked comes from a text of hashes, in which two ids
 * may be equal: whoever asks looks at the id again.
 */
export async function recordsWithSn(
  executor: Executor,
  sellerId: string,
  serials: readonly string[],
  since: Date,
): Promise<KnownRecord[]> {
  if (serials.length === 0) return [];
  const { rows } = await sql<KnownRecord>`
    SELECT resource_id AS "resourceId", begin_at AS "beginAt", end_at AS "endAt", value, metering_sn AS "meteringSn" FROM metering.records
    WHERE hashtextextended(metering_sn, hashtextextended(seller_id, 0)) = ANY(ARRAY(
        SELECT hashtextextended(sn, hashtextextended(${sellerId}, 0)) FROM unnest(${texts(serials)}::text[]) AS s (sn)))
      AND metering_sn IS NOT NULL AND seller_id = ${sellerId} AND begin_at >= ${since}`.execute(executor);
  return rows;
}

/** Records with the instance, begin and end of one of these and another id, or none. LIMIT keeps it at one look a record, whatever is stored. */
export async function otherRecordsAt(
  executor: Executor,
  sellerId: string,
  records: readonly UsageRecord[],
): Promise<KnownRecord[]> {
  if (records.length === 0) return [];
  const { rows } = await sql<KnownRecord>`
    SELECT r.resource_id AS "resourceId", r.begin_at AS "beginAt", r.end_at AS "endAt", r.value, r.metering_sn AS "meteringSn"
    FROM unnest(${texts(records.map((r) => r.instanceId))}::text[], ${instants(records.map((r) => r.beginAt))}::float8[], ${instants(records.map((r) => r.endAt))}::float8[],
      ${texts(records.map((r) => r.meteringSn))}::text[]) AS k (instance_id, begin_ms, end_ms, sn)
    JOIN metering.meters m ON m.seller_id = ${sellerId} AND m.instance_id = k.instance_id
    CROSS JOIN LATERAL (
      SELECT resource_id, begin_at, end_at, value, metering_sn FROM metering.records
      WHERE resource_id = m.resource_id AND begin_at = to_timestamp(begin_ms / 1000) AND end_at = to_timestamp(end_ms / 1000) LIMIT 1) r
    WHERE k.sn IS NULL OR r.metering_sn IS DISTINCT FROM k.sn`.execute(executor);
  return rows;
}

/**
 * Records that are known to be new: their meters are locked, so nobody else writes for them. Without ON CONFLICT a row costs
 * two thirds (1,000 rows, best of 40: 8.1 ms, not 12.8; COPY with the same columns 12.6).
 */
export async function insertRecords(
  tx: Tx,
  sellerId: string,
  records: readonly NewRecord[],
  { requestId, now }: { readonly requestId: string; readonly now: Date },
): Promise<void> {
  if (records.length === 0) return;
  await executeUnanswered(
    tx,
    sql`
    INSERT INTO metering.records (record_id, resource_id, seller_id, begin_at, end_at, recorded_at, received_at, value, metering_sn, package_instance_id,
      state, bill_at, late, request_id)
    SELECT id, resource_id, ${sellerId}, to_timestamp(begin_ms / 1000), to_timestamp(end_ms / 1000), to_timestamp(recorded_ms / 1000), ${now}::timestamptz, value, sn, package,
      'TAKEN', to_timestamp(bill_ms / 1000), late, ${requestId}
    FROM unnest(${bare(records.map((r) => r.recordId))}::uuid[], ${texts(records.map((r) => r.resourceId))}::text[], ${instants(records.map((r) => r.beginAt))}::float8[],
      ${instants(records.map((r) => r.endAt))}::float8[], ${instants(records.map((r) => r.recordAt))}::float8[], ${bare(records.map((r) => r.value))}::numeric[],
      ${texts(records.map((r) => r.meteringSn))}::text[], ${texts(records.map((r) => r.packageInstanceId))}::text[], ${instants(records.map((r) => r.billAt))}::float8[],
      ${bare(records.map((r) => r.late))}::boolean[])
      AS r (id, resource_id, begin_ms, end_ms, recorded_ms, value, sn, package, bill_ms, late)`,
  );
}

/** Adds new usage to its hours. */
export async function addToHours(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const hours = new Map<string, Map<number, { usage: Decimal; records: number }>>();
  for (const { resourceId, beginAt, value } of records) {
    const ofResource = hours.get(resourceId) ?? new Map<number, { usage: Decimal; records: number }>();
    if (ofResource.size === 0) hours.set(resourceId, ofResource);
    const hour = hourOf(beginAt).getTime();
    const sum = ofResource.get(hour);
    ofResource.set(hour, { usage: sum ? sum.usage.plus(value) : decimal(value), records: (sum?.records ?? 0) + 1 });
  }
  const rows = [...hours]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, of]) => [...of].toSorted(([a], [b]) => a - b).map(([hour, sum]) => ({ id, hour, ...sum })));
  if (rows.length === 0) return;
  await executeUnanswered(
    tx,
    sql`
    INSERT INTO metering.hours AS h (resource_id, hour, usage, records)
    SELECT resource_id, to_timestamp(hour_ms / 1000), usage, records FROM unnest(${texts(rows.map((r) => r.id))}::text[], ${bare(rows.map((r) => r.hour))}::float8[],
      ${bare(rows.map((r) => r.usage.toFixed()))}::numeric[], ${bare(rows.map((r) => r.records))}::int[]) AS r (resource_id, hour_ms, usage, records)
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

/** How far a meter's records were read: those at and before are not read again. */
export interface Reading {
  readonly resourceId: string;
  readonly billedTo: Date | null;
  /** where to begin; `endAt` null = at it, else behind the record with this key */
  readonly beginAt: Date;
  readonly endAt: Date | null;
}
/** What is to be billed of these meters now, by meter, the earliest usage first; at most `limit` of each. */
export async function recordsToBill(
  tx: Tx,
  readings: readonly Reading[],
  now: Date,
  limit: number,
): Promise<ReadonlyMap<string, readonly Usage[]>> {
  const { rows } = await sql<{ of: string; id: string; b: number; e: number; value: string; package: string | null }>`
    SELECT m.resource_id AS of, r.record_id AS id, date_part('epoch', r.begin_at) AS b, date_part('epoch', r.end_at) AS e, r.value, r.package_instance_id AS package
    FROM ${asMeters(readings)} CROSS JOIN LATERAL (
      SELECT record_id, begin_at, end_at, value, package_instance_id FROM metering.records
      WHERE resource_id = m.resource_id AND begin_at >= m.from_at AND (begin_at, end_at) > (m.from_at, m.behind) AND state = 'TAKEN'
        AND bill_at <= ${now} AND bill_at > m.billed_to
      ORDER BY begin_at, end_at LIMIT ${limit}) r`.execute(tx);
  const found = new Map<string, Usage[]>();
  for (const row of rows) {
    const usages = found.get(row.of) ?? [];
    if (usages.length === 0) found.set(row.of, usages);
    usages.push({
      recordId: row.id,
      beginAt: instantOf(row.b),
      endAt: instantOf(row.e),
      value: row.value,
      packageInstanceId: row.package,
    });
  }
  return found;
}

/** What will be left to wait: when the first of it is billed, and since when it began. */
export async function stillWaiting(
  tx: Tx,
  readings: readonly Reading[],
  now: Date,
): Promise<ReadonlyMap<string, { readonly at: Date; readonly from: Date }>> {
  const { rows } = await sql<{ id: string; at: Date; from: Date }>`
    SELECT m.resource_id AS id, r.at, r.from FROM ${asMeters(readings)} CROSS JOIN LATERAL (
      SELECT min(bill_at) AS at, min(begin_at) AS from FROM metering.records
      WHERE resource_id = m.resource_id AND begin_at >= m.from_at AND state = 'TAKEN' AND bill_at > ${now} AND bill_at > m.billed_to) r
    WHERE r.at IS NOT NULL`.execute(tx);
  return new Map(rows.map(({ id, at, from }) => [id, { at, from }]));
}

const asMeters = (readings: readonly Reading[]) => sql`
  unnest(${readings.map((each) => each.resourceId)}::text[], ${readings.map((each) => each.billedTo ?? '-infinity')}::timestamptz[],
    ${readings.map((each) => each.beginAt)}::timestamptz[], ${readings.map((each) => each.endAt ?? '-infinity')}::timestamptz[]) AS m (resource_id, billed_to, from_at, behind)`;
const instantOf = (seconds: number): Date => new Date(Math.round(seconds * 1000));

/** All that is to be billed of a meter and can not be; with a reason that somebody can put right. */
export async function saveUnrated(tx: Tx, { resourceId, beginAt, billedTo }: Reading, now: Date, reason: string) {
  await sql`
    UPDATE metering.records SET state = 'UNRATED', reason = ${reason}
    WHERE resource_id = ${resourceId} AND begin_at >= ${beginAt} AND state = 'TAKEN' AND bill_at <= ${now} AND bill_at > ${billedTo ?? '-infinity'}::timestamptz`.execute(
    tx,
  );
}
