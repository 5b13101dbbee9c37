/** SQL of usage records: written in one statement for many calls, de-duplicated by their key. */
import { serialAt, type UsageColumns } from '@jishi/protocol';
import { type Executor, executeUnanswered, sql, type Tx } from '../platform/database/database.ts';
import { type Batch, hoursOf } from './batch.ts';
import { bare, bigints, elementsOf, instants, keysAt, texts } from './columns.ts';
import type { Usage } from './definition.ts';
import { rangesOf, sortedKeys } from './key-ranges.ts';
import { COPIED, rowsOf } from './record-rows.ts';
import type { SerialsOfCall } from './seen-serials.ts';

/** What tells a record that is pushed again from another one. */
export interface KnownRecord {
  readonly resourceId: string;
  readonly beginMs: number;
  readonly endMs: number;
  readonly value: string;
  readonly meteringSn: string | null;
}

/** The calls of a seller that are written one after the other: two may carry the same ids. */
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

/** Ids for so many calls. */
export async function newPushIds(tx: Tx, count: number): Promise<number[]> {
  const { rows } = await sql<{
    id: number;
  }>`SELECT nextval('metering.push_ids') AS id FROM generate_series(1, ${count}::int)`.execute(tx);
  return rows.map(({ id }) => id);
}

export interface WrittenPush {
  readonly pushId: number;
  readonly requestId: string;
  readonly now: Date;
}
/** Writes down calls that brought something. */
export async function insertPushes(tx: Tx, sellerId: string, pushes: readonly WrittenPush[]): Promise<void> {
  if (pushes.length === 0) return;
  await executeUnanswered(
    tx,
    sql`
    INSERT INTO metering.pushes (push_id, seller_id, request_id, received_at)
    SELECT push_id, ${sellerId}, request_id, received_at FROM unnest(${bigints(pushes.map((push) => push.pushId))}::bigint[],
      ${texts(pushes.map((push) => push.requestId))}::text[], ${instants(pushes.map((push) => push.now.getTime()))}::timestamptz[])
      AS p (push_id, request_id, received_at)`,
  );
}

const KNOWN = sql`r.resource_id AS "resourceId", date_part('epoch', r.begin_at) * 1000 AS "beginMs", date_part('epoch', r.end_at) * 1000 AS "endMs",
  r.value, r.metering_sn AS "meteringSn"`;

/**
 * Records of the seller that carry an id of these calls, since `since`; others, too, of whose ids the keys are equal or lie between:
 * whoever asks looks at the id again.
 */
export async function recordsWithSn(
  executor: Executor,
  sellerId: string,
  calls: readonly SerialsOfCall[],
  since: Date,
): Promise<KnownRecord[]> {
  const keys = sortedKeys(calls);
  if (keys.count === 0) return [];
  const ranges = rangesOf(keys);
  // ORDER BY: by this index, whatever the plan's table held; without it all of the table might be read for each range
  const found =
    ranges === null
      ? sql`SELECT ${FOUND} FROM metering.records WHERE sn_key = ANY(${keysAt(keys)}::bigint[]) AND begin_at >= ${since}`
      : sql`SELECT r.* FROM unnest(${keysAt(keys, ranges.first)}::bigint[], ${keysAt(keys, ranges.last)}::bigint[]) AS k (low, high)
          CROSS JOIN LATERAL (SELECT ${FOUND} FROM metering.records WHERE sn_key BETWEEN k.low AND k.high AND begin_at >= ${since}
            ORDER BY sn_key) r`;
  // MATERIALIZED: the ids first. Beginning with the seller's meters, a plan would read all of their records.
  const { rows } = await sql<KnownRecord>`
    WITH r AS MATERIALIZED (${found}) SELECT ${KNOWN} FROM r JOIN metering.meters m USING (resource_id) WHERE m.seller_id = ${sellerId}`.execute(
    executor,
  );
  return rows;
}
const FOUND = sql`resource_id, begin_at, end_at, value, metering_sn`;

/**
 * For this transaction tables are read by their keys only. Plans are kept: one that was made while a partition was empty would read
 * all of it when it is full.
 */
export const readByKeys = (tx: Tx): Promise<void> =>
  executeUnanswered(tx, sql`SELECT set_config('enable_seqscan', ${'off'}, true)`);

/** Records with the instance, begin and end of one of these and another id, or none. LIMIT keeps it at one look a record, whatever is stored. */
export async function otherRecordsAt(
  executor: Executor,
  sellerId: string,
  calls: readonly UsageColumns[],
): Promise<KnownRecord[]> {
  const records = calls.flatMap((usage) =>
    Array.from({ length: usage.count }, (_, place) => place)
      .filter((place) => !usage.refused.has(place))
      .map((place) => ({
        instanceId: usage.instanceIds[usage.instances[place] ?? -1] ?? '',
        beginMs: usage.beginMs[place] ?? 0,
        endMs: usage.endMs[place] ?? 0,
        meteringSn: serialAt(usage, place),
      })),
  );
  if (records.length === 0) return [];
  const { rows } = await sql<KnownRecord>`
    SELECT ${KNOWN}
    FROM unnest(${texts(records.map((r) => r.instanceId))}::text[], ${instants(records.map((r) => r.beginMs))}::timestamptz[],
      ${instants(records.map((r) => r.endMs))}::timestamptz[], ${texts(records.map((r) => r.meteringSn))}::text[]) AS k (instance_id, begin_at, end_at, sn)
    JOIN metering.meters m ON m.seller_id = ${sellerId} AND m.instance_id = k.instance_id
    CROSS JOIN LATERAL (
      SELECT resource_id, begin_at, end_at, value, metering_sn FROM metering.records
      WHERE resource_id = m.resource_id AND begin_at = k.begin_at AND end_at = k.end_at LIMIT 1) r
    WHERE k.sn IS NULL OR r.metering_sn IS DISTINCT FROM k.sn`.execute(executor);
  return rows;
}

/**
 * Records of a seller that are new, as far as is known. One whose instance, begin and end are taken fails the transaction: asking
 * first costs as much again (decision 0014).
 */
export function copyRecords(tx: Tx, batch: Batch): void {
  if (batch.records === 0) return;
  tx.copyUnanswered({
    text: `COPY metering.records (${COPIED.join()}) FROM STDIN (FORMAT binary)`,
    rows: rowsOf(batch),
  });
}

/** Adds new usage to its hours. */
export async function addToHours(tx: Tx, { ofMeters }: Batch): Promise<void> {
  const rows = ofMeters.flatMap((each) => hoursOf(each).map((hour) => ({ id: each.meter.resourceId, ...hour })));
  if (rows.length === 0) return;
  await executeUnanswered(
    tx,
    sql`
    INSERT INTO metering.hours AS h (resource_id, hour, usage, records)
    SELECT * FROM unnest(${texts(rows.map((r) => r.id))}::text[], ${instants(rows.map((r) => r.hour))}::timestamptz[],
      ${bare(rows.map((r) => r.usage))}::numeric[], ${bare(rows.map((r) => r.records))}::int[]) AS r (resource_id, hour, usage, records)
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
/** What is to be billed of a meter in one charge. */
export interface Due {
  /** the earliest first: its records, or what they come to by the hour */
  readonly usages: readonly Usage[];
  /** of its records, as elements of the database's arrays: nobody else reads them */
  readonly recordIds: Uint8Array;
  readonly records: number;
  readonly from: Date;
  readonly to: Date;
  /** behind which there may be more; null = that is all */
  readonly behind: { readonly beginAt: Date; readonly endAt: Date } | null;
}

/** Record by record; at most `limit` of each meter. */
export async function recordsToBill(
  tx: Tx,
  readings: readonly Reading[],
  now: Date,
  limit: number,
): Promise<ReadonlyMap<string, Due>> {
  if (readings.length === 0) return new Map();
  const { rows } = await sql<{ of: string; id: string; b: number; e: number; value: string; package: string | null }>`
    SELECT m.resource_id AS of, r.record_id::text AS id, date_part('epoch', r.begin_at) AS b, date_part('epoch', r.end_at) AS e, r.value, r.package_instance_id AS package
    FROM ${asMeters(readings)} CROSS JOIN LATERAL (${dueOf(now, limit)}) r`.execute(tx);
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
  return new Map(
    [...found].flatMap(([resourceId, usages]): [string, Due][] => {
      const [first, last] = [usages[0], usages.at(-1)];
      if (!first || !last) return [];
      const to = new Date(usages.reduce((latest, { endAt }) => Math.max(latest, endAt.getTime()), 0));
      const recordIds = elementsOf(bigints(usages.map(({ recordId }) => Number(recordId))));
      const behind = usages.length === limit ? last : null;
      return [[resourceId, { usages, recordIds, records: usages.length, from: first.beginAt, to, behind }]];
    }),
  );
}

/** The same added up by the hour in which usage began, for meters of which it does not matter how much each record has. */
export async function hoursToBill(
  tx: Tx,
  readings: readonly Reading[],
  now: Date,
  limit: number,
): Promise<ReadonlyMap<string, Due>> {
  if (readings.length === 0) return new Map();
  const { rows } = await sql<{
    of: string;
    hour: Date;
    records: number;
    usage: string;
    from: Date;
    to: Date;
    ids: Uint8Array;
  }>`
    SELECT m.resource_id AS of, r.* FROM ${asMeters(readings)} CROSS JOIN LATERAL (
      SELECT date_bin('1 hour', begin_at, '2000-01-01T00:00:00Z') AS hour, count(*)::int AS records, sum(value) AS usage, min(begin_at) AS from, max(end_at) AS to,
        array_send(array_agg(record_id)) AS ids
      FROM (${dueOf(now, limit)}) due GROUP BY 1) r ORDER BY 1, 2`.execute(tx);
  const found = new Map<string, typeof rows>();
  for (const row of rows) {
    const hours = found.get(row.of);
    if (hours) hours.push(row);
    else found.set(row.of, [row]);
  }
  const due = new Map<string, Due>();
  for (const [resourceId, hours] of found) {
    const records = hours.reduce((sum, hour) => sum + hour.records, 0);
    const reading = readings.find((each) => each.resourceId === resourceId);
    due.set(resourceId, {
      usages: hours.map(({ hour, to, usage }) => ({
        ...{ recordId: '', beginAt: hour, endAt: to, value: usage, packageInstanceId: null },
      })),
      recordIds: Buffer.concat(hours.map(({ ids }) => elementsOf(ids))),
      records,
      from: new Date(Math.min(...hours.map(({ from }) => from.getTime()))),
      to: new Date(Math.max(...hours.map(({ to }) => to.getTime()))),
      behind: reading && records === limit ? await lastDue(tx, reading, now, limit) : null,
    });
  }
  return due;
}

/** The key of the last of so many that are due. */
async function lastDue(tx: Tx, reading: Reading, now: Date, limit: number): Promise<Due['behind']> {
  const { rows } = await sql<{ beginAt: Date; endAt: Date }>`
    SELECT r.begin_at AS "beginAt", r.end_at AS "endAt" FROM ${asMeters([reading])} CROSS JOIN LATERAL (${dueOf(now, limit)}) r
    ORDER BY r.begin_at DESC, r.end_at DESC LIMIT 1`.execute(tx);
  return rows[0] ?? null;
}

/** Of a meter `m`: the first records that are due and that no charge has. */
const dueOf = (now: Date, limit: number) => sql`
  SELECT record_id, begin_at, end_at, value, package_instance_id FROM metering.records
  WHERE resource_id = m.resource_id AND begin_at >= m.from_at AND (begin_at, end_at) > (m.from_at, m.behind) AND state = 'TAKEN'
    AND bill_at <= ${now} AND bill_at > m.billed_to
  ORDER BY begin_at, end_at LIMIT ${limit}`;

/** What will be left to wait: when the first and the last of it is billed, and since when it began. */
export async function stillWaiting(
  tx: Tx,
  readings: readonly Reading[],
  now: Date,
): Promise<ReadonlyMap<string, { readonly at: Date; readonly to: Date; readonly from: Date }>> {
  if (readings.length === 0) return new Map();
  const { rows } = await sql<{ id: string; at: Date; to: Date; from: Date }>`
    SELECT m.resource_id AS id, r.* FROM ${asMeters(readings)} CROSS JOIN LATERAL (
      SELECT min(bill_at) AS at, max(bill_at) AS to, min(begin_at) AS from FROM metering.records
      WHERE resource_id = m.resource_id AND begin_at >= m.from_at AND state = 'TAKEN' AND bill_at > ${now} AND bill_at > m.billed_to) r
    WHERE r.at IS NOT NULL`.execute(tx);
  return new Map(rows.map(({ id, ...waiting }) => [id, waiting]));
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
