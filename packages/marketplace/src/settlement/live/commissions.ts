/** What a distributor, service provider or reseller earns: by month and line by line (settlement.md 3.4 – 3.6). */
import { type LocalizedText, localizedText } from '../../catalog/index.ts';
import { type Executor, sql } from '../../platform/database/database.ts';
import { decimal } from '../../platform/exact.ts';
import type { Site } from '../../platform/site.ts';
import type { Period } from '../calendar.ts';
import { workingCalendar } from '../calendar-store.ts';
import type { Waiting } from '../eligibility.ts';
import { waitings } from './facts-json.ts';
import { type Explained, explainLine } from './line-queries.ts';
import { plannedRun } from './periods.ts';

export interface CommissionMonth {
  readonly period: Period;
  readonly commission: string;
  readonly sales: string;
  readonly lines: number;
  /** its bills are made */
  readonly closed: boolean;
}

/** By the month whose bills hold the lines; only what counts. */
export async function commissionMonths(
  executor: Executor,
  asked: { readonly distributorId: string; readonly site: Site; readonly from: Period; readonly to: Period },
): Promise<CommissionMonth[]> {
  const { rows } = await sql<CommissionMonth>`
    SELECT l.bill_period AS period, sum(l.distributor_settlement)::text AS commission, sum(l.sales)::text AS sales, count(*)::int AS lines,
      coalesce(p.state = 'CLOSED', false) AS closed
    FROM settlement.lines l LEFT JOIN settlement.periods p ON p.site = l.site AND p.period = l.bill_period
    WHERE l.distributor_id = ${asked.distributorId} AND l.site = ${asked.site} AND l.state = 'READY' AND l.distributor_settlement IS NOT NULL
      AND l.bill_period BETWEEN ${asked.from} AND ${asked.to}
    GROUP BY l.bill_period, p.state ORDER BY l.bill_period`.execute(executor);
  return rows;
}

export const COMMISSION_STATES = ['BILLED', 'READY', 'WAITING', 'NONE'] as const;
/** NONE: refunded before it counted, at fault, or of a class that pays no commission */
export type CommissionState = (typeof COMMISSION_STATES)[number];

export interface CommissionLine {
  readonly lineId: string;
  readonly originalLineId: string | null;
  readonly orderId: string;
  readonly kind: string;
  /** null = an adjustment of the distributor's bill (S4-3), which is of no sale; `orderId` is the bill that it corrects */
  readonly class: string | null;
  readonly site: Site;
  readonly productName: LocalizedText;
  readonly placedAt: Date;
  readonly state: CommissionState;
  readonly billPeriod: Period | null;
  readonly sales: string | null;
  readonly cash: string | null;
  readonly commission: string | null;
  /** why an adjustment was made */
  readonly note: string | null;
  readonly waiting: readonly Waiting[];
}

export interface CommissionQuery {
  /** null = whoever it is of */
  readonly distributorId: string | null;
  readonly period?: Period | undefined;
  readonly orderId?: string | undefined;
  readonly lineId?: string | undefined;
  readonly state?: CommissionState | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** Newest first. */
export async function listCommissions(executor: Executor, query: CommissionQuery): Promise<CommissionLine[]> {
  const { distributorId, period, orderId, lineId, state, before, limit } = query;
  const { rows } = await sql<
    Omit<CommissionLine, 'productName' | 'waiting'> & { readonly name: unknown; readonly waiting: unknown }
  >`
    SELECT * FROM (
      SELECT l.line_id AS "lineId", nullif(l.root_id, l.line_id) AS "originalLineId", l.order_id AS "orderId", l.kind, l.class, l.site, f.about -> 'productName' AS name, f.about ->> 'note' AS note,
        l.placed_at AS "placedAt", l.bill_period AS "billPeriod", l.sales, l.cash, l.distributor_settlement AS commission, f.waiting,
        CASE WHEN l.state = 'WAITING' THEN 'WAITING' WHEN l.state <> 'READY' OR l.distributor_settlement IS NULL THEN 'NONE'
          WHEN p.state = 'CLOSED' THEN 'BILLED' ELSE 'READY' END AS state
      FROM settlement.lines l JOIN settlement.facts f USING (line_id) LEFT JOIN settlement.periods p ON p.site = l.site AND p.period = l.bill_period
      WHERE ${distributorId === null ? sql`l.distributor_id IS NOT NULL` : sql`l.distributor_id = ${distributorId}`}
        ${period === undefined ? sql`` : sql`AND l.bill_period = ${period}`} ${orderId === undefined ? sql`` : sql`AND l.order_id = ${orderId}`}
        ${lineId === undefined ? sql`` : sql`AND l.line_id = ${lineId}`}
        ${before === null ? sql`` : sql`AND (l.placed_at, l.line_id) < (${before.at}, ${before.id})`}) c
    ${state === undefined ? sql`` : sql`WHERE c.state = ${state}`} ORDER BY c."placedAt" DESC, c."lineId" DESC LIMIT ${limit}`.execute(
    executor,
  );
  return rows.map(({ name, waiting, ...row }) => ({
    ...row,
    productName: localizedText.parse(name),
    waiting: row.state === 'WAITING' ? waitings.parse(waiting) : [],
  }));
}

/** How a commission came about, or when it can be billed. */
export interface CommissionExplained extends Pick<Explained, 'conditions' | 'earliestBill'> {
  readonly line: CommissionLine;
  readonly distributor: Pick<NonNullable<Explained['distributor']>, 'settlement' | 'steps'> | null;
}

/** @param distributorId null = whoever it is of @returns null = there is no such line of this distributor */
export async function explainCommission(
  executor: Executor,
  { lineId, distributorId }: { readonly lineId: string; readonly distributorId: string | null },
  now: Date,
): Promise<CommissionExplained | null> {
  const [line] = await listCommissions(executor, { distributorId, lineId, before: null, limit: 1 });
  if (!line) return null;
  if (line.class === null)
    return { line, conditions: [], earliestBill: await billOf(executor, line), distributor: adjusted(line) };
  const explained = await explainLine(executor, lineId, null, now);
  return explained && { line, ...explained };
}

/** S4-3: an adjustment is what the operator wrote. */
const adjusted = ({ commission, note }: CommissionLine): CommissionExplained['distributor'] => {
  const value = decimal(commission ?? '0').toFixed();
  return { settlement: value, steps: [{ rule: 'S4-3', text: note ?? '', value }] };
};

/** The bill that an adjustment comes in; null = it is in one. */
async function billOf(
  executor: Executor,
  { state, site, billPeriod }: CommissionLine,
): Promise<Explained['earliestBill']> {
  if (state === 'BILLED' || billPeriod === null) return null;
  const { runDay, nominalRunDay } = plannedRun(site, billPeriod, await workingCalendar(executor));
  return { period: billPeriod, runDay: runDay ?? nominalRunDay };
}
