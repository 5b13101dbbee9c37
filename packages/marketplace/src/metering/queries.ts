/** What buyers, sellers and operators see of usage. */
import type { RawBuilder } from 'kysely';
import type { LocalizedText } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import { SITES, type Site } from '../platform/site.ts';
import { CHARGE_COLUMNS, type Charge, toCharge } from './charge-store.ts';
import type { ChargeState, RecordState, UsagePrice, UsageTerms } from './definition.ts';

interface Position {
  readonly at: Date;
  readonly id: string;
}

/** Object-level right as a condition; buyers, sellers and operators see their own. */
function visible(scope: Scope): RawBuilder<unknown> {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'buyer')
    return scope.placedBy === null
      ? sql`buyer_id = ${scope.buyerId}`
      : sql`(buyer_id = ${scope.buyerId} AND placed_by = ${scope.placedBy})`;
  return scope.goodsIds === null
    ? sql`seller_id = ${scope.sellerId}`
    : sql`(seller_id = ${scope.sellerId} AND goods_id = ANY(${scope.goodsIds}::text[]))`;
}

export interface MeteredService {
  readonly resourceId: string;
  readonly instanceId: string;
  readonly buyerId: string;
  readonly sellerId: string;
  readonly goodsId: string;
  readonly site: Site;
  readonly productName: LocalizedText;
  readonly specificationName: LocalizedText;
  readonly cycle: UsageTerms['cycle'];
  readonly accumulation: UsageTerms['accumulation'];
  readonly price: UsagePrice | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly owedSince: Date | null;
  /** usage since `since`, as pushed */
  readonly usage: string;
  /** charged since then */
  readonly amount: string;
  /** not paid, of any time */
  readonly owed: string;
}

/** Services with usage, what was opened last first. */
export async function meteredServices(
  executor: Executor,
  query: {
    readonly scope: Scope;
    readonly resourceId?: string | undefined;
    readonly since: Date;
    readonly before: Position | null;
    readonly limit: number;
  },
): Promise<MeteredService[]> {
  const { rows } = await sql<MeteredService>`
    SELECT m.resource_id AS "resourceId", m.instance_id AS "instanceId", m.buyer_id AS "buyerId", m.seller_id AS "sellerId", m.goods_id AS "goodsId", m.site,
      m.product_name AS "productName", m.specification_name AS "specificationName", m.cycle, m.accumulation, m.price, m.opened_at AS "openedAt",
      (SELECT closed_at FROM metering.closings c WHERE c.resource_id = m.resource_id) AS "closedAt", m.owed_since AS "owedSince",
      coalesce((SELECT sum(h.usage) FROM metering.hours h WHERE h.resource_id = m.resource_id AND h.hour >= ${query.since}), 0) AS usage,
      coalesce((SELECT sum(amount) FROM metering.charges c WHERE c.resource_id = m.resource_id AND c.billed_at >= ${query.since} AND state <> 'REVERSED'), 0) AS amount,
      coalesce((SELECT sum(amount) FROM metering.charges c WHERE c.resource_id = m.resource_id AND state = 'OWED'), 0) AS owed
    FROM metering.meters m WHERE ${visible(query.scope)}
      ${query.resourceId === undefined ? sql`` : sql`AND m.resource_id = ${query.resourceId}`}
      ${query.before === null ? sql`` : sql`AND (m.opened_at, m.resource_id) < (${query.before.at}, ${query.before.id})`}
    ORDER BY m.opened_at DESC, m.resource_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows;
}

export interface UsagePoint {
  readonly at: Date;
  readonly usage: string;
  readonly records: number;
}
/** By hour, or by the local day of the site; times without usage are missing. */
export async function usageSeries(
  executor: Executor,
  query: {
    readonly resourceId: string;
    readonly from: Date;
    readonly to: Date;
    readonly unit: 'hour' | 'day';
    readonly site: Site;
  },
): Promise<UsagePoint[]> {
  const { timeZone } = SITES[query.site];
  const start =
    query.unit === 'hour'
      ? sql`hour`
      : sql`date_trunc('day', hour AT TIME ZONE ${sql.lit(timeZone)}) AT TIME ZONE ${sql.lit(timeZone)}`;
  const { rows } = await sql<UsagePoint>`
    SELECT ${start} AS at, sum(usage) AS usage, sum(records)::int AS records FROM metering.hours
    WHERE resource_id = ${query.resourceId} AND hour >= ${query.from} AND hour < ${query.to} AND usage > 0 GROUP BY 1 ORDER BY 1`.execute(
    executor,
  );
  return rows;
}

/** Newest first. */
export async function chargesOf(
  executor: Executor,
  query: {
    readonly scope: Scope;
    readonly resourceId?: string | undefined;
    readonly state?: ChargeState | undefined;
    readonly from?: Date | undefined;
    readonly to?: Date | undefined;
    readonly before: Position | null;
    readonly limit: number;
  },
): Promise<Charge[]> {
  const { rows } = await sql<Charge>`
    SELECT ${CHARGE_COLUMNS} FROM metering.charges WHERE ${visible(query.scope)}
      ${query.resourceId === undefined ? sql`` : sql`AND resource_id = ${query.resourceId}`}
      ${query.state === undefined ? sql`` : sql`AND state = ${query.state}`}
      ${query.from === undefined ? sql`` : sql`AND billed_at >= ${query.from}`}
      ${query.to === undefined ? sql`` : sql`AND billed_at < ${query.to}`}
      ${query.before === null ? sql`` : sql`AND (billed_at, charge_id) < (${query.before.at}, ${query.before.id}::uuid)`}
    ORDER BY billed_at DESC, charge_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows.map(toCharge);
}

/** What was paid for usage, by the day it was billed and by product; amounts are plain decimals. */
export async function usagePaidByDay(
  executor: Executor,
  query: {
    readonly scope: Scope;
    readonly currency: string;
    readonly from: Date;
    /** excluded */
    readonly to: Date;
    readonly timeZone: string;
  },
): Promise<{ readonly day: string; readonly goodsId: string; readonly amount: string }[]> {
  const { rows } = await sql<{ day: string; goodsId: string; amount: string }>`
    SELECT to_char(billed_at AT TIME ZONE ${query.timeZone}, 'YYYY-MM-DD') AS day, goods_id AS "goodsId", sum(amount)::text AS amount
    FROM metering.charges WHERE ${visible(query.scope)} AND state = 'PAID' AND currency = ${query.currency}
      AND billed_at >= ${query.from} AND billed_at < ${query.to}
    GROUP BY 1, 2`.execute(executor);
  return rows;
}

export interface ShownRecord {
  readonly recordId: string;
  readonly resourceId: string;
  readonly beginAt: Date;
  readonly endAt: Date;
  readonly receivedAt: Date;
  readonly value: string;
  readonly meteringSn: string | null;
  readonly state: RecordState;
  readonly reason: string | null;
  readonly late: boolean;
  readonly billAt: Date;
  readonly chargeId: string | null;
  readonly drawn: string | null;
  readonly charged: string | null;
  readonly refused: string | null;
  readonly amount: string | null;
  readonly requestId: string;
}
/**
 * Records of a page with what they are charged with, which stands in their charges.
 * @param page selects records, the latest that began first; @param more further columns of it
 */
const withCharges = (page: RawBuilder<unknown>, more: RawBuilder<unknown> = sql``) => sql`
  WITH page AS MATERIALIZED (${page}),
  rated AS (
    SELECT c.charge_id, c.unit_price, l.* FROM (SELECT resource_id, min(begin_at) AS first, max(begin_at) AS last FROM page GROUP BY resource_id) s
    JOIN metering.charges c ON c.resource_id = s.resource_id AND c.state <> 'REVERSED' AND c.from_at <= s.last AND c.to_at >= s.first
    CROSS JOIN LATERAL unnest(c.record_ids, c.drawn_of, c.charged_of, c.refused_of, c.amount_of) AS l (record_id, drawn, charged, refused, amount))
  SELECT p.record_id::text AS "recordId", p.resource_id AS "resourceId", p.begin_at AS "beginAt", p.end_at AS "endAt", u.received_at AS "receivedAt", p.value,
    p.metering_sn AS "meteringSn", CASE WHEN p.state <> 'TAKEN' THEN p.state WHEN r.charge_id IS NULL THEN 'WAITING' ELSE 'RATED' END AS state,
    p.reason, p.late, p.bill_at AS "billAt", r.charge_id AS "chargeId",
    CASE WHEN r.unit_price IS NULL THEN r.drawn ELSE 0 END AS drawn, CASE WHEN r.unit_price IS NULL THEN r.charged ELSE p.value END AS charged,
    CASE WHEN r.unit_price IS NULL THEN r.refused ELSE 0 END AS refused, CASE WHEN r.unit_price IS NULL THEN r.amount ELSE trim_scale(p.value * r.unit_price) END AS amount,
    u.request_id AS "requestId" ${more}
  FROM page p JOIN metering.pushes u ON u.push_id = p.record_id / 1024 LEFT JOIN rated r USING (record_id) ORDER BY p.begin_at DESC, p.record_id DESC`;

/** The latest that began first; `only` = late ones, or those that could not be rated. */
export async function recordsOf(
  executor: Executor,
  query: {
    readonly resourceId: string;
    readonly chargeId?: string | undefined;
    readonly only?: 'LATE' | 'UNRATED' | undefined;
    readonly from?: Date | undefined;
    readonly to?: Date | undefined;
    readonly before: Position | null;
    readonly limit: number;
  },
): Promise<ShownRecord[]> {
  const { resourceId, chargeId } = query;
  const ofCharge = (column: string) =>
    sql`(SELECT ${sql.ref(column)} FROM metering.charges WHERE charge_id = ${chargeId}::uuid AND state <> 'REVERSED')`;
  const { rows } = await sql<ShownRecord>`${withCharges(sql`
    SELECT * FROM metering.records WHERE resource_id = ${resourceId}
      ${chargeId === undefined ? sql`` : sql`AND record_id = ANY(${ofCharge('record_ids')}::bigint[]) AND begin_at BETWEEN ${ofCharge('from_at')} AND ${ofCharge('to_at')}`}
      ${query.only === 'LATE' ? sql`AND late` : query.only === 'UNRATED' ? sql`AND state = 'UNRATED'` : sql``}
      ${query.from === undefined ? sql`` : sql`AND begin_at >= ${query.from}`}
      ${query.to === undefined ? sql`` : sql`AND begin_at < ${query.to}`}
      ${query.before === null ? sql`` : sql`AND (begin_at, record_id) < (${query.before.at}, ${query.before.id}::bigint)`}
    ORDER BY begin_at DESC, record_id DESC LIMIT ${query.limit}`)}`.execute(executor);
  return rows;
}

/** A record with the service that it belongs to. */
export interface RecordOfSeller extends ShownRecord {
  readonly instanceId: string;
  readonly productName: LocalizedText;
}
/** Over all services that the scope reaches; the latest that began first. */
export async function recordsOfScope(
  executor: Executor,
  query: {
    readonly scope: Scope;
    readonly only: 'LATE' | 'UNRATED' | undefined;
    readonly from: Date | undefined;
    readonly to: Date | undefined;
    readonly before: Position | null;
    readonly limit: number;
  },
): Promise<RecordOfSeller[]> {
  const { from, to, before, limit } = query;
  const page = sql`
    SELECT r.*, m.instance_id, m.product_name FROM metering.records r
    JOIN (SELECT resource_id, instance_id, product_name FROM metering.meters WHERE ${visible(query.scope)}) m USING (resource_id)
    WHERE begin_at >= ${from ?? BEGINNING} AND begin_at < ${to ?? END}
      ${query.only === 'LATE' ? sql`AND late` : query.only === 'UNRATED' ? sql`AND state = 'UNRATED'` : sql``}
      ${before === null ? sql`` : sql`AND (begin_at, record_id) < (${before.at}, ${before.id}::bigint)`}
    ORDER BY begin_at DESC, record_id DESC LIMIT ${limit}`;
  const { rows } =
    await sql<RecordOfSeller>`${withCharges(page, sql`, p.instance_id AS "instanceId", p.product_name AS "productName"`)}`.execute(
      executor,
    );
  return rows;
}
const [BEGINNING, END] = [new Date('2000-01-01T00:00:00Z'), new Date('9999-01-01T00:00:00Z')];

export interface ShownRejection {
  readonly rejectionId: number;
  readonly receivedAt: Date;
  readonly requestId: string;
  readonly instanceId: string;
  readonly meteringSn: string;
  readonly code: string;
  /** as it came */
  readonly record: string;
}
/** Newest first. */
export async function rejectionsOf(
  executor: Executor,
  query: {
    readonly sellerId: string;
    readonly requestId?: string | undefined;
    readonly beforeId: number | null;
    readonly limit: number;
  },
): Promise<ShownRejection[]> {
  const { rows } = await sql<ShownRejection>`
    SELECT rejection_id AS "rejectionId", received_at AS "receivedAt", request_id AS "requestId", instance_id AS "instanceId", metering_sn AS "meteringSn", code, record
    FROM metering.rejections WHERE seller_id = ${query.sellerId}
      ${query.requestId === undefined ? sql`` : sql`AND request_id = ${query.requestId}`}
      ${query.beforeId === null ? sql`` : sql`AND rejection_id < ${query.beforeId}`}
    ORDER BY rejection_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows;
}
