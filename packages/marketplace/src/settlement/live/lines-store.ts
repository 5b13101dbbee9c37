/** SQL of settlement lines: becoming known, learning, standing. */
import { type Executor, executeUnanswered, sql } from '../../platform/database/database.ts';
import type { Site } from '../../platform/site.ts';
import type { Period } from '../calendar.ts';
import type { Line, Product, ProductClass } from '../facts.ts';
import { type About, about, readLine, readTerms } from './facts-json.ts';
import { type Computed, incrementOf } from './family.ts';
import type { NewLine } from './from-orders.ts';

/** A computed line with the month of its instant, and whose bill it is in when it is ready. */
export type Placed = Computed & { readonly period: Period | null; readonly billPeriod: Period | null };

/**
 * Writes lines that are new, as they stand where that is given, or waiting; what is known already stays. @returns ids of
 * those that were new
 */
export async function insertLines(
  executor: Executor,
  site: Site,
  lines: readonly NewLine[],
  standings: readonly Placed[] = [],
): Promise<Set<string>> {
  if (lines.length === 0) return new Set();
  const standing = new Map(standings.map((placed) => [placed.lineId, standingColumns(placed)]));
  const rows = lines.map((line) => ({
    ...(standing.get(line.lineId) ?? { state: 'WAITING', waiting: [] }),
    ...{ ...line, kind: line.line.kind, placedAt: line.line.placedAt },
  }));
  const written = await sql<{ line_id: string }>`
    WITH told AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS l (${STANDING}, "rootId" text, "orderId" text, "sellerId" text, "buyerId" text, "goodsId" text,
        class text, kind text, "placedAt" timestamptz, "distributorId" text, line jsonb, terms jsonb, about jsonb)),
    written AS (
      INSERT INTO settlement.lines (line_id, root_id, order_id, seller_id, buyer_id, goods_id, site, class, kind, placed_at, distributor_id, state, ready_at, period, bill_period, sales, cash,
        settlement, platform_fee, increment, settlement_1, platform_fee_1, settlement_2, platform_fee_2, increment_period, distributor_settlement, paid_period, paid_amount)
      SELECT "lineId", "rootId", "orderId", "sellerId", "buyerId", "goodsId", ${site}, class, kind, "placedAt", "distributorId", state, "readyAt", period, "billPeriod", sales, cash,
        settlement, "platformFee", increment, settlement1, "platformFee1", settlement2, "platformFee2", "incrementPeriod", "distributorSettlement", "paidPeriod", "paidAmount" FROM told ORDER BY "lineId"
      ON CONFLICT DO NOTHING RETURNING line_id)
    INSERT INTO settlement.facts (line_id, line, terms, about, waiting, error)
    SELECT "lineId", line, nullif(terms, 'null'::jsonb), about, waiting, error FROM told JOIN written ON written.line_id = told."lineId" RETURNING line_id`.execute(
    executor,
  );
  return new Set(written.rows.map((row) => row.line_id));
}

/** A line of an order, not of a refund. */
export interface OrderLineId {
  readonly orderId: string;
  readonly lineId: string;
  readonly kind: Line['kind'];
}
/** The lines of these orders that are known. */
export async function linesOfOrders(executor: Executor, orderIds: readonly string[]): Promise<OrderLineId[]> {
  const { rows } = await sql<OrderLineId>`
    SELECT order_id AS "orderId", line_id AS "lineId", kind FROM settlement.lines WHERE order_id = ANY(${orderIds}::text[]) AND kind <> 'REFUND'`.execute(
    executor,
  );
  return rows;
}

/** A fact that was open is known now; the first word counts. */
export interface Learned {
  readonly member: 'activatedAt' | 'effectiveAt' | 'supervisionCompletedAt' | 'repaidAt';
  readonly at: Date;
}
export type Learning = { readonly lineId: string } & Learned;

/** of each line, as they are written */
function learnedOf(facts: readonly Learning[]): Map<string, Record<string, string>> {
  const members = new Map<string, Record<string, string>>();
  for (const { lineId, member, at } of facts)
    members.set(lineId, { [member]: at.toISOString(), ...members.get(lineId) });
  return members;
}
/** of `f.line`, with `t.told` */
const LEARNING = sql`f.line || (SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') FROM jsonb_each(t.told) e WHERE f.line ->> e.key IS NULL)`;

/** The same in memory. */
export function withLearned(members: readonly Member[], facts: readonly Learning[]): Member[] {
  const lines = new Map(members.map(({ lineId, line }) => [lineId, line]));
  for (const { lineId, member, at } of facts) {
    const line = lines.get(lineId);
    if (line) lines.set(lineId, { ...line, [member]: line[member] ?? at });
  }
  return members.map((member) => ({ ...member, line: lines.get(member.lineId) ?? member.line }));
}

async function learn(executor: Executor, facts: readonly Learning[]): Promise<void> {
  if (facts.length === 0) return;
  const members = learnedOf(facts);
  const rows = [...members].map(([lineId, told]) => ({ lineId, told }));
  await executeUnanswered(
    executor,
    sql`
    UPDATE settlement.facts f SET line = ${LEARNING}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t ("lineId" text, told jsonb)
    WHERE f.line_id = t."lineId" AND f.line_id = ANY(${[...members.keys()]}::text[])`,
  );
}

/** A line as it stands, with what is known of it. */
export interface Member {
  readonly lineId: string;
  readonly rootId: string;
  readonly orderId: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly goodsId: string;
  readonly class: ProductClass;
  readonly site: Site;
  readonly distributorId: string | null;
  readonly state: string;
  readonly readyAt: Date | null;
  readonly billPeriod: Period | null;
  readonly line: Line;
  readonly terms: Product | null;
  readonly about: About;
}
interface MemberRow {
  line_id: string;
  root_id: string;
  order_id: string;
  seller_id: string;
  buyer_id: string;
  goods_id: string;
  class: ProductClass;
  site: Site;
  distributor_id: string | null;
  state: string;
  ready_at: Date | null;
  bill_period: string | null;
  line: unknown;
  terms: unknown;
  about: unknown;
}

/** Of the lines of a family those that were settled with the rest of their root, or not at all (S3-30). */
export const absorbedIn = (family: readonly Member[]): ReadonlySet<string> =>
  new Set(family.flatMap(({ lineId, state }) => (state === 'NEVER' ? [lineId] : [])));

/** Lines with their refunds, roots first. @param lock nobody else settles them until this transaction ends */
export async function familiesOf(
  executor: Executor,
  rootIds: readonly string[],
  options: { lock: boolean },
): Promise<Member[]> {
  const { rows } = await sql<MemberRow>`
    SELECT l.line_id, l.root_id, l.order_id, l.seller_id, l.buyer_id, l.goods_id, l.class, l.site, l.distributor_id, l.state, l.ready_at, l.bill_period, f.line, f.terms, f.about
    FROM settlement.lines l JOIN settlement.facts f USING (line_id)
    WHERE l.line_id = ANY(${rootIds}::text[]) OR (l.root_id = ANY(${rootIds}::text[]) AND l.root_id <> l.line_id)
    ORDER BY l.root_id, l.line_id <> l.root_id, l.line_id ${options.lock ? sql`FOR UPDATE OF l` : sql``}`.execute(
    executor,
  );
  return rows.map((row) => ({
    lineId: row.line_id,
    rootId: row.root_id,
    orderId: row.order_id,
    sellerId: row.seller_id,
    buyerId: row.buyer_id,
    goodsId: row.goods_id,
    class: row.class,
    site: row.site,
    distributorId: row.distributor_id,
    state: row.state,
    readyAt: row.ready_at,
    billPeriod: row.bill_period,
    line: readLine(row.line),
    terms: row.terms === null ? null : readTerms(row.terms),
    about: about.parse(row.about),
  }));
}

/** A standing as it is written; `STANDING` reads it. */
function standingColumns({ lineId, standing, paid, period, billPeriod }: Placed) {
  const ready = standing.state === 'READY' ? standing : null;
  const [none, ...shares] = ready?.tiers ?? [];
  const oneMonth = ready?.incrementPeriod === billPeriod && paid?.period === billPeriod;
  const increment = ready && oneMonth ? incrementOf(ready.tiers) : null;
  const [one, two] = increment === null ? shares : [];
  return {
    lineId,
    state: standing.state,
    readyAt: ready?.readyAt ?? null,
    period,
    billPeriod,
    sales: ready?.sales ?? null,
    cash: ready?.cash ?? null,
    settlement: none?.settlement ?? null,
    platformFee: none?.platformFee ?? null,
    increment,
    settlement1: one?.settlement ?? null,
    platformFee1: one?.platformFee ?? null,
    settlement2: two?.settlement ?? null,
    platformFee2: two?.platformFee ?? null,
    incrementPeriod: ready?.incrementPeriod ?? null,
    distributorSettlement: ready?.distributor?.settlement ?? null,
    paidPeriod: paid?.period ?? null,
    paidAmount: paid?.amount ?? null,
    waiting: standing.state === 'WAITING' || standing.state === 'NEVER' ? standing.waiting : [],
    error: standing.state === 'ERROR' ? standing.error : null,
  };
}
const STANDING = sql`"lineId" text, state text, "readyAt" timestamptz, period text, "billPeriod" text, sales numeric, cash numeric, settlement numeric, "platformFee" numeric, increment numeric,
  settlement1 numeric, "platformFee1" numeric, settlement2 numeric, "platformFee2" numeric, "incrementPeriod" text, "distributorSettlement" numeric, "paidPeriod" text, "paidAmount" numeric,
  waiting jsonb, error text`;

/** Where lines stand now. @param learned what of it was open until now and is kept with them */
export async function saveStandings(
  executor: Executor,
  rows: readonly Placed[],
  learned: readonly Learning[] = [],
): Promise<void> {
  const told = learnedOf(learned);
  const flat = rows.map((placed) => ({ ...standingColumns(placed), told: told.get(placed.lineId) }));
  const standing = new Set(rows.map(({ lineId }) => lineId));
  // What is billed stands as it did, but is told too.
  await learn(
    executor,
    learned.filter(({ lineId }) => !standing.has(lineId)),
  );
  if (rows.length === 0) return;
  const ids = sql`${[...standing]}::text[]`;
  // The ids twice: a list of records is thought to hold a hundred, for which a table of thousands is read through.
  await executeUnanswered(
    executor,
    sql`
    WITH told AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(flat)}::jsonb) AS t (${STANDING}, told jsonb)),
    stood AS (
      UPDATE settlement.lines l SET state = t.state, ready_at = t."readyAt", period = t.period, bill_period = t."billPeriod", sales = t.sales, cash = t.cash,
        settlement = t.settlement, platform_fee = t."platformFee", increment = t.increment, settlement_1 = t.settlement1, platform_fee_1 = t."platformFee1", settlement_2 = t.settlement2, platform_fee_2 = t."platformFee2",
        increment_period = t."incrementPeriod", distributor_settlement = t."distributorSettlement", paid_period = t."paidPeriod", paid_amount = t."paidAmount"
      FROM told t WHERE l.line_id = t."lineId" AND l.line_id = ANY(${ids}) RETURNING l.line_id)
    UPDATE settlement.facts f SET waiting = t.waiting, error = t.error, line = CASE WHEN t.told IS NULL THEN f.line ELSE ${LEARNING} END
    FROM told t JOIN stood ON stood.line_id = t."lineId" WHERE f.line_id = t."lineId" AND f.line_id = ANY(${ids})`,
  );
}
