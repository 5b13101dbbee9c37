/** Bills as people see them (settlement.md 5.2), and account periods as the operator does (O-30). */
import type { RawBuilder } from 'kysely';
import { type LocalizedText, localizedText } from '../../catalog/index.ts';
import { type Executor, sql } from '../../platform/database/database.ts';
import type { Site } from '../../platform/site.ts';
import { type Calendar, CalendarGap, type Day, firstDay, lastDay, type Period } from '../calendar.ts';
import { workingCalendar } from '../calendar-store.ts';
import type { ProductClass } from '../facts.ts';
import { type ScheduleStep, scheduleOf } from '../runs.ts';
import { policyFor } from '../terms.ts';
import type { BillState } from './bill-states.ts';
import { atTier, INCREMENT_OF_LINE } from './increments.ts';
import { plannedRun } from './periods.ts';

export interface BillQuery {
  readonly sellerId: string | null;
  readonly class?: ProductClass | undefined;
  readonly period?: Period | undefined;
  readonly state?: BillState | undefined;
  readonly held?: boolean | undefined;
  readonly billId?: string | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
export interface BillView {
  readonly billId: string;
  readonly sellerId: string;
  readonly class: ProductClass;
  readonly site: Site;
  readonly currency: string;
  readonly period: Period;
  readonly sales: string;
  readonly total: string;
  readonly platformFee: string;
  readonly lines: number;
  readonly state: BillState;
  readonly heldReason: 'S2-6' | 'S4-6' | 'HOLD' | null;
  readonly heldNote: string | null;
  readonly nominalRunDay: Day;
  readonly runDay: Day;
  readonly createdAt: Date;
  readonly releasedAt: Date | null;
  readonly requisitionId: string | null;
}

/** Newest first. */
export async function listBills(executor: Executor, query: BillQuery): Promise<BillView[]> {
  const conditions: RawBuilder<unknown>[] = [sql`seller_id IS NOT NULL`];
  const add = <T>(value: T | null | undefined, condition: (value: T) => RawBuilder<unknown>) => {
    if (value !== null && value !== undefined) conditions.push(condition(value));
  };
  add(query.sellerId, (id) => sql`seller_id = ${id}`);
  add(query.class, (name) => sql`class = ${name}`);
  add(query.period, (period) => sql`period = ${period}`);
  add(query.state, (state) => sql`state = ${state}`);
  add(query.held, (held) => sql`(released_at IS NULL) = ${held}`);
  add(query.billId, (id) => sql`bill_id = ${id}`);
  add(query.before, ({ at, id }) => sql`(created_at, bill_id) < (${at}, ${id})`);
  const { rows } = await sql<BillView>`
    SELECT bill_id AS "billId", seller_id AS "sellerId", class, site, currency, period, sales, total, platform_fee AS "platformFee", lines, state, held_reason AS "heldReason", held_note AS "heldNote",
      nominal_run_day AS "nominalRunDay", run_day AS "runDay", created_at AS "createdAt", released_at AS "releasedAt", requisition_id AS "requisitionId"
    FROM settlement.bills WHERE ${sql.join(conditions, sql` AND `)} ORDER BY created_at DESC, bill_id DESC LIMIT ${query.limit}`.execute(
    executor,
  );
  return rows;
}

export interface BillDetail {
  readonly bill: BillView;
  readonly schedule: readonly ScheduleStep[];
  readonly distributors: readonly { readonly id: string; readonly settlement: string; readonly lines: number }[];
  readonly requisition: {
    readonly requisitionId: string;
    readonly total: string;
    readonly bills: readonly { readonly billId: string; readonly period: Period }[];
  } | null;
  readonly products: readonly {
    readonly goodsId: string | null;
    readonly name: LocalizedText;
    readonly lines: number;
    readonly sales: string;
    readonly settlement: string;
  }[];
  readonly history: readonly {
    readonly state: BillState;
    readonly at: Date;
    readonly by: string;
    readonly note: string | null;
  }[];
}

/** enough for a page: a bill's products, largest first */
const MOST_PRODUCTS = 200;

export async function billDetail(
  executor: Executor,
  billId: string,
  sellerId: string | null,
): Promise<BillDetail | null> {
  const [bill] = await listBills(executor, { sellerId, billId, before: null, limit: 1 });
  if (!bill) return null;
  const { site, period, class: productClass, requisitionId } = bill;
  const { rows: distributors } = await sql<BillDetail['distributors'][number]>`
    SELECT distributor_id AS id, settlement, lines FROM settlement.bill_distributors WHERE bill_id = ${billId} ORDER BY distributor_id`.execute(
    executor,
  );
  const { rows: requisitions } = await sql<NonNullable<BillDetail['requisition']> & { runDay: Day }>`
    SELECT q.requisition_id AS "requisitionId", q.total, q.run_day AS "runDay",
      (SELECT jsonb_agg(jsonb_build_object('billId', o.bill_id, 'period', o.period) ORDER BY o.period) FROM settlement.bills o WHERE o.requisition_id = q.requisition_id) AS bills
    FROM settlement.requisitions q WHERE q.requisition_id = ${requisitionId}`.execute(executor);
  const { rows: products } = await sql<BillDetail['products'][number]>`
    SELECT l.goods_id AS "goodsId", (array_agg(f.about -> 'productName'))[1] AS name, count(*) AS lines, sum(l.sales) AS sales, sum(${atTier('settlement')}) AS settlement
    FROM settlement.lines l JOIN settlement.facts f ON f.line_id = l.line_id ${INCREMENT_OF_LINE}
    WHERE l.site = ${site} AND l.bill_period = ${period} AND l.class = ${productClass} AND l.seller_id = ${bill.sellerId} AND l.state = 'READY'
    GROUP BY l.goods_id ORDER BY sum(l.sales) DESC LIMIT ${MOST_PRODUCTS}`.execute(executor);
  const { rows: history } = await sql<BillDetail['history'][number]>`
    SELECT state, at, by_whom AS by, note FROM settlement.bill_moves WHERE bill_id = ${billId} ORDER BY place`.execute(
    executor,
  );
  const [requisition = null] = requisitions;
  return {
    bill,
    // bills that are released together are paid together: by the run that released them (S4-5)
    schedule: requisition ? scheduleFrom(bill, requisition.runDay, await workingCalendar(executor)) : [],
    distributors,
    requisition,
    products: products.map((product) => ({ ...product, name: localizedText.parse(product.name) })),
    history,
  };
}

/** Empty while the holidays of a year are not known. */
export function scheduleFrom(
  bill: Pick<BillView, 'site' | 'period' | 'nominalRunDay'> & { readonly class: ProductClass | null },
  runDay: Day,
  calendar: Calendar,
): ScheduleStep[] {
  const { site, period, class: productClass, nominalRunDay } = bill;
  const run = { period, from: firstDay(period), to: lastDay(period), nominalRunDate: nominalRunDay, runDate: runDay };
  try {
    return scheduleOf(run, productClass, policyFor(site), calendar);
  } catch (error) {
    if (error instanceof CalendarGap) return [];
    throw error;
  }
}

export interface PeriodView {
  readonly site: Site;
  readonly period: Period;
  readonly state: 'OPEN' | 'CLOSED';
  readonly nominalRunDay: Day;
  readonly runDay: Day | null;
  readonly closedAt: Date | null;
  readonly bills: number;
  readonly total: string;
  readonly lines: number;
  readonly errors: number;
  readonly obstacle: string | null;
}

/** Newest first; of an open period the lines that count so far. */
export async function listPeriods(executor: Executor, site: Site, only?: Period): Promise<PeriodView[]> {
  const { rows } = await sql<{
    period: string;
    state: 'OPEN' | 'CLOSED';
    run_day: string | null;
    closed_at: Date | null;
    obstacle: string | null;
    bills: number;
    total: string;
    lines: number;
    errors: number;
  }>`
    SELECT p.period, p.state, p.run_day, p.closed_at, p.obstacle,
      (SELECT count(*) FROM settlement.bills b WHERE b.site = p.site AND b.period = p.period AND b.seller_id IS NOT NULL) AS bills,
      CASE p.state WHEN 'CLOSED' THEN (SELECT coalesce(sum(b.total), 0) FROM settlement.bills b WHERE b.site = p.site AND b.period = p.period AND b.seller_id IS NOT NULL)
        ELSE (SELECT coalesce(sum(l.settlement), 0) FROM settlement.lines l WHERE l.site = p.site AND l.bill_period = p.period AND l.state = 'READY') END AS total,
      CASE p.state WHEN 'CLOSED' THEN (SELECT coalesce(sum(b.lines), 0) FROM settlement.bills b WHERE b.site = p.site AND b.period = p.period AND b.seller_id IS NOT NULL)
        ELSE (SELECT count(*) FROM settlement.lines l WHERE l.site = p.site AND l.bill_period = p.period AND l.state = 'READY' AND l.seller_id IS NOT NULL) END AS lines,
      CASE p.state WHEN 'OPEN' THEN (SELECT count(*) FROM settlement.lines l WHERE l.site = p.site AND l.state = 'ERROR') ELSE 0 END AS errors
    FROM settlement.periods p WHERE p.site = ${site} AND (${only ?? null}::text IS NULL OR p.period = ${only ?? null}) ORDER BY p.period DESC LIMIT 200`.execute(
    executor,
  );
  const calendar = await workingCalendar(executor);
  return rows.map((row) => {
    const planned = plannedRun(site, row.period, calendar);
    return {
      site,
      period: row.period,
      state: row.state,
      nominalRunDay: planned.nominalRunDay,
      runDay: row.run_day ?? planned.runDay,
      closedAt: row.closed_at,
      bills: row.bills,
      total: row.total,
      lines: row.lines,
      errors: row.errors,
      obstacle: row.state === 'CLOSED' ? null : (planned.obstacle ?? row.obstacle),
    };
  });
}
