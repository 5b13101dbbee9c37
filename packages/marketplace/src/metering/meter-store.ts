/** SQL of meters, their closings and freezes. */
import { z } from 'zod';
import { localizedText, priceItem } from '../catalog/index.ts';
import { type Executor, executeUnanswered, sql, type Tx } from '../platform/database/database.ts';
import type { Site } from '../platform/site.ts';
import { instants, texts } from './columns.ts';
import type { Meter, UsageTerms } from './definition.ts';

interface MeterRow {
  resource_id: string;
  instance_id: string;
  seller_id: string;
  buyer_id: string;
  placed_by: string;
  order_id: string;
  goods_id: string;
  site: Site;
  product_name: unknown;
  specification_name: unknown;
  opened_at: Date;
  cycle: UsageTerms['cycle'];
  accumulation: UsageTerms['accumulation'];
  price: unknown;
  trace_id: string;
  exact_total: string;
  charged_total: string;
  owed_since: Date | null;
  next_at: Date | null;
  billed_to: Date | null;
  waiting_from: Date | null;
  waiting_to: Date | null;
  closed_at: Date | null;
  frozen: unknown;
}
/** A meter with what its charges carry on. */
export interface MeterAccount extends Meter {
  readonly exactTotal: string;
  readonly chargedTotal: string;
  readonly owedSince: Date | null;
  readonly nextAt: Date | null;
  /** until when it was billed; null = never */
  readonly billedTo: Date | null;
  /** no record that waits began before; null = none waits */
  readonly waitingFrom: Date | null;
  /** no record that waits is billed after; null = none waits */
  readonly waitingTo: Date | null;
}
/** As much of it as judging records needs: a push of a thousand names hundreds, so that instants are milliseconds. */
export interface TakingMeter
  extends Pick<Meter, 'resourceId' | 'instanceId' | 'buyerId' | 'goodsId' | 'site' | 'terms' | 'frozen'> {
  readonly openedMs: number;
  readonly closedMs: number | null;
  readonly nextMs: number | null;
  readonly billedMs: number | null;
  readonly waitingFromMs: number | null;
  readonly waitingToMs: number | null;
}

const price = priceItem.pick({ priceItemId: true, mode: true, brackets: true, currency: true, chargeItem: true });
const instant = z.string().transform((text) => new Date(text));
const frozen = z.array(z.object({ from: instant, to: instant.nullable() }));

const FROZEN = sql`(SELECT jsonb_agg(jsonb_build_object('from', f.from_at, 'to', f.to_at) ORDER BY f.from_at) FROM metering.freezes f WHERE f.resource_id = m.resource_id)`;
const COLUMNS = sql`m.*, c.closed_at, ${FROZEN} AS frozen`;
const FROM = sql`metering.meters m LEFT JOIN metering.closings c USING (resource_id)`;

/** Locked, in one order everywhere. */
export async function metersByInstance(
  tx: Tx,
  sellerId: string,
  instanceIds: readonly string[],
): Promise<Map<string, TakingMeter>> {
  if (instanceIds.length === 0) return new Map();
  const { rows } = await sql<TakingRow>`
    SELECT m.resource_id AS "resourceId", m.instance_id AS "instanceId", m.buyer_id AS "buyerId", m.goods_id AS "goodsId", m.site, ${msOf('m.opened_at')} AS "openedMs",
      ${msOf('c.closed_at')} AS "closedMs", m.cycle, m.accumulation, ${msOf('m.next_at')} AS "nextMs", ${msOf('m.billed_to')} AS "billedMs",
      ${msOf('m.waiting_from')} AS "waitingFromMs", ${msOf('m.waiting_to')} AS "waitingToMs", ${FROZEN} AS frozen
    FROM ${FROM} WHERE m.seller_id = ${sellerId} AND m.instance_id = ANY(${texts(instanceIds)}::text[])
    ORDER BY m.resource_id FOR UPDATE OF m`.execute(tx);
  return new Map(rows.map((row) => [row.instanceId, takingMeter(row)]));
}

type TakingRow = Omit<TakingMeter, 'terms' | 'frozen'> & UsageTerms & { readonly frozen: unknown };
/** Member by member: to copy what is left of a row takes ten times as long. */
const takingMeter = (row: TakingRow): TakingMeter => ({
  resourceId: row.resourceId,
  instanceId: row.instanceId,
  buyerId: row.buyerId,
  goodsId: row.goodsId,
  site: row.site,
  terms: { cycle: row.cycle, accumulation: row.accumulation },
  frozen: row.frozen === null ? [] : frozen.parse(row.frozen),
  openedMs: row.openedMs,
  closedMs: row.closedMs,
  nextMs: row.nextMs,
  billedMs: row.billedMs,
  waitingFromMs: row.waitingFromMs,
  waitingToMs: row.waitingToMs,
});
/** whole, since texts of these are made and read much sooner */
const msOf = (column: string) => sql`(date_part('epoch', ${sql.raw(column)}) * 1000)::bigint`;

/** Whose these are, of those that have a meter: that never changes, so nothing is locked. */
export async function ownersNamed(
  executor: Executor,
  sellerId: string,
  instanceIds: readonly string[],
): Promise<Pick<Meter, 'buyerId' | 'goodsId'>[]> {
  if (instanceIds.length === 0) return [];
  const { rows } = await sql<Pick<Meter, 'buyerId' | 'goodsId'>>`
    SELECT DISTINCT buyer_id AS "buyerId", goods_id AS "goodsId" FROM metering.meters
    WHERE seller_id = ${sellerId} AND instance_id = ANY(${texts(instanceIds)}::text[])`.execute(executor);
  return rows;
}

/** The meters that are due first and that nobody else bills. */
export async function takeDueMeters(tx: Tx, now: Date, limit: number): Promise<MeterAccount[]> {
  const { rows } = await sql<MeterRow>`
    SELECT ${COLUMNS} FROM ${FROM} WHERE m.next_at <= ${now} ORDER BY m.next_at, m.resource_id LIMIT ${limit} FOR UPDATE OF m SKIP LOCKED`.execute(
    tx,
  );
  return rows.map(toMeter);
}

export async function lockMeter(tx: Tx, resourceId: string): Promise<MeterAccount | null> {
  const [meter = null] = await lockMeters(tx, [resourceId]);
  return meter;
}

/** In one order everywhere. */
export async function lockMeters(tx: Tx, resourceIds: readonly string[]): Promise<MeterAccount[]> {
  const { rows } = await sql<MeterRow>`
    SELECT ${COLUMNS} FROM ${FROM} WHERE m.resource_id = ANY(${resourceIds}::text[]) ORDER BY m.resource_id FOR UPDATE OF m`.execute(
    tx,
  );
  return rows.map(toMeter);
}

export async function insertMeters(executor: Executor, meters: readonly Meter[]): Promise<void> {
  if (meters.length === 0) return;
  const rows = meters.map(({ terms, ...meter }) => ({ ...meter, ...terms }));
  await sql`
    INSERT INTO metering.meters (resource_id, instance_id, seller_id, buyer_id, placed_by, order_id, goods_id, site, product_name, specification_name,
      opened_at, cycle, accumulation, price, trace_id)
    SELECT m."resourceId", m."instanceId", m."sellerId", m."buyerId", m."placedBy", m."orderId", m."goodsId", m.site, m."productName", m."specificationName",
      m."openedAt", m.cycle, m.accumulation, nullif(m.price, 'null'::jsonb), m."traceId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS m ("resourceId" text, "instanceId" text, "sellerId" text, "buyerId" text, "placedBy" text,
      "orderId" text, "goodsId" text, site text, "productName" jsonb, "specificationName" jsonb, "openedAt" timestamptz, cycle text, accumulation text, price jsonb, "traceId" text)
    ON CONFLICT DO NOTHING`.execute(executor);
}

export interface Waking {
  readonly resourceId: string;
  /** when the first of its new records is billed, and the last; in ms */
  readonly first: number;
  readonly last: number;
  /** when the first of them began, in ms */
  readonly from: number;
}
/** Looked at again at the earliest of these times, and as far back and ahead. */
export function wakeMeters(tx: Tx, wakings: readonly Waking[]): Promise<void> {
  if (wakings.length === 0) return Promise.resolve();
  return executeUnanswered(
    tx,
    sql`
    UPDATE metering.meters m SET next_at = least(m.next_at, v.first_at), waiting_from = least(m.waiting_from, v.from_at), waiting_to = greatest(m.waiting_to, v.last_at)
    FROM unnest(${texts(wakings.map((each) => each.resourceId))}::text[], ${instants(wakings.map((each) => each.first))}::timestamptz[],
      ${instants(wakings.map((each) => each.last))}::timestamptz[], ${instants(wakings.map((each) => each.from))}::timestamptz[])
      AS v (resource_id, first_at, last_at, from_at)
    WHERE m.resource_id = v.resource_id`,
  );
}

export type BilledMeter = Pick<
  MeterAccount,
  'resourceId' | 'exactTotal' | 'chargedTotal' | 'owedSince' | 'nextAt' | 'billedTo' | 'waitingFrom' | 'waitingTo'
>;
/** What was billed, whether something is owed, and when they are looked at next. */
export function saveMeters(tx: Tx, meters: readonly BilledMeter[]): Promise<void> {
  return executeUnanswered(
    tx,
    sql`
    UPDATE metering.meters m SET exact_total = v.exact, charged_total = v.charged, owed_since = v.owed_since, next_at = v.next_at,
      billed_to = v.billed_to, waiting_from = v.waiting_from, waiting_to = v.waiting_to
    FROM unnest(${meters.map((m) => m.resourceId)}::text[], ${meters.map((m) => m.exactTotal)}::numeric[], ${meters.map((m) => m.chargedTotal)}::numeric[],
      ${meters.map((m) => m.owedSince)}::timestamptz[], ${meters.map((m) => m.nextAt)}::timestamptz[], ${meters.map((m) => m.billedTo)}::timestamptz[],
      ${meters.map((m) => m.waitingFrom)}::timestamptz[], ${meters.map((m) => m.waitingTo)}::timestamptz[])
      AS v (resource_id, exact, charged, owed_since, next_at, billed_to, waiting_from, waiting_to)
    WHERE m.resource_id = v.resource_id`,
  );
}

export async function putOffMeter(executor: Executor, resourceId: string, until: Date): Promise<void> {
  await sql`UPDATE metering.meters SET next_at = ${until} WHERE resource_id = ${resourceId}`.execute(executor);
}

/** Money came: what this buyer owes is tried again at once. @returns whether anything is owed */
export async function wakeOwing(executor: Executor, buyerId: string, now: Date): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    UPDATE metering.meters SET next_at = ${now} WHERE buyer_id = ${buyerId} AND owed_since IS NOT NULL`.execute(
    executor,
  );
  return numAffectedRows > 0n;
}

export async function noteClosings(
  executor: Executor,
  closings: readonly { readonly resourceId: string; readonly at: Date }[],
): Promise<void> {
  if (closings.length === 0) return;
  await sql`
    INSERT INTO metering.closings (resource_id, closed_at)
    SELECT * FROM unnest(${closings.map((each) => each.resourceId)}::text[], ${closings.map((each) => each.at)}::timestamptz[])
    ON CONFLICT DO NOTHING`.execute(executor);
}

/** Frozen, or no more. A repeat changes nothing. */
export async function noteFreeze(executor: Executor, resourceId: string, at: Date, frozenNow: boolean): Promise<void> {
  if (frozenNow)
    await sql`INSERT INTO metering.freezes (resource_id, from_at) SELECT ${resourceId}, ${at}::timestamptz
      WHERE NOT EXISTS (SELECT FROM metering.freezes WHERE resource_id = ${resourceId} AND (to_at IS NULL OR to_at > ${at}))
      ON CONFLICT DO NOTHING`.execute(executor);
  else
    await sql`UPDATE metering.freezes SET to_at = ${at} WHERE resource_id = ${resourceId} AND to_at IS NULL AND from_at <= ${at}`.execute(
      executor,
    );
}

const toMeter = (row: MeterRow): MeterAccount => ({
  resourceId: row.resource_id,
  instanceId: row.instance_id,
  sellerId: row.seller_id,
  buyerId: row.buyer_id,
  placedBy: row.placed_by,
  orderId: row.order_id,
  goodsId: row.goods_id,
  productName: localizedText.parse(row.product_name),
  specificationName: localizedText.parse(row.specification_name),
  site: row.site,
  openedAt: row.opened_at,
  closedAt: row.closed_at,
  frozen: row.frozen === null ? [] : frozen.parse(row.frozen),
  terms: { cycle: row.cycle, accumulation: row.accumulation },
  price: price.nullable().parse(row.price),
  traceId: row.trace_id,
  exactTotal: row.exact_total,
  chargedTotal: row.charged_total,
  owedSince: row.owed_since,
  nextAt: row.next_at,
  billedTo: row.billed_to,
  waitingFrom: row.waiting_from,
  waitingTo: row.waiting_to,
});
