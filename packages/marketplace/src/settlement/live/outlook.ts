/** What the next bills will hold as far as is known today, and what was earned so far: for one seller. */

import { type LocalizedText, localizedText } from '../../catalog/index.ts';
import { certifiedAt } from '../../directory/index.ts';
import { type Executor, sql } from '../../platform/database/database.ts';
import { decimal } from '../../platform/exact.ts';
import { SITES, type Site } from '../../platform/site.ts';
import { type Calendar, type Day, type Period, periodAt } from '../calendar.ts';
import { workingCalendar } from '../calendar-store.ts';
import type { ProductClass } from '../facts.ts';
import { incrementFor } from '../formulas/general.ts';
import { releasesOf, roundTotal } from '../release.ts';
import { policyFor } from '../terms.ts';
import { scheduleFrom } from './bill-queries.ts';
import { TIER_RATES } from './family.ts';
import { atTier, INCREMENT_OF_LINE } from './increments.ts';
import { firstOpen, plannedRun } from './periods.ts';

export interface ForecastBill {
  readonly period: Period;
  readonly class: ProductClass;
  readonly runDay: Day | null;
  readonly payBy: Day | null;
  readonly total: string;
  readonly sales: string;
  readonly lines: number;
  readonly carried: string;
  readonly released: boolean;
}
export interface Forecast {
  readonly currency: string;
  readonly calendarNote: string | null;
  readonly certified: boolean;
  readonly bills: readonly ForecastBill[];
  readonly waiting: readonly {
    readonly rule: string;
    readonly text: string;
    readonly lines: number;
    readonly sales: string;
  }[];
}

export async function forecastFor(executor: Executor, site: Site, sellerId: string, now: Date): Promise<Forecast> {
  const open = (await firstOpen(executor, site)) ?? '000000';
  const reached = await reachedSoFar(executor, site, sellerId, open, periodAt(now, site));
  const { rows } = await sql<{ period: string; class: ProductClass; total: string; sales: string; lines: number }>`
    WITH i AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(reached)}::jsonb) AS r (period text, goods_id text, tier int)
      UNION ALL SELECT period, goods_id, tier FROM settlement.increments WHERE site = ${site} AND period < ${open})
    SELECT l.bill_period AS period, l.class, sum(${atTier('settlement')}) AS total, sum(l.sales) AS sales, count(*) AS lines
    FROM settlement.lines l LEFT JOIN i ON i.period = l.increment_period AND i.goods_id = l.goods_id
    WHERE l.seller_id = ${sellerId} AND l.site = ${site} AND l.state = 'READY' AND l.bill_period >= ${open} GROUP BY l.bill_period, l.class ORDER BY l.bill_period, l.class`.execute(
    executor,
  );
  const { rows: held } = await sql<{ class: ProductClass; total: string }>`
    SELECT class, sum(total) AS total FROM settlement.bills WHERE seller_id = ${sellerId} AND site = ${site} AND released_at IS NULL AND NOT kept GROUP BY class`.execute(
    executor,
  );
  const { rows: waiting } = await sql<Forecast['waiting'][number]>`
    SELECT w ->> 'rule' AS rule, w ->> 'text' AS text, count(*) AS lines,
      sum(coalesce((f.line ->> 'amount')::numeric, (f.line ->> 'unitPrice')::numeric * (f.line ->> 'periods')::numeric * (f.line ->> 'quantity')::numeric)) AS sales
    FROM settlement.lines l JOIN settlement.facts f USING (line_id) CROSS JOIN jsonb_array_elements(f.waiting) w
    WHERE l.seller_id = ${sellerId} AND l.site = ${site} AND l.state = 'WAITING' GROUP BY 1, 2 ORDER BY 1, 2`.execute(
    executor,
  );
  const calendar = await workingCalendar(executor);
  const planned = rows.map((row) => plannedRun(site, row.period, calendar));
  return {
    currency: SITES[site].currency,
    calendarNote: planned.find(({ obstacle }) => obstacle !== null)?.obstacle ?? null,
    certified: (await certifiedAt(executor, sellerId)) !== null,
    bills: carriedOn({ site, sellerId, calendar }, rows, new Map(held.map((row) => [row.class, row.total]))),
    // what belongs to another line names it; people read the sum of all those
    waiting: merged(waiting),
  };
}

interface Expected {
  readonly period: string;
  readonly class: ProductClass;
  readonly total: string;
  readonly sales: string;
  readonly lines: number;
}
/** Which of the expected bills would go on, by the rules of the engine (S4-4). */
function carriedOn(
  { site, sellerId, calendar }: { readonly site: Site; readonly sellerId: string; readonly calendar: Calendar },
  rows: readonly Expected[],
  held: ReadonlyMap<string, string>,
): ForecastBill[] {
  const carried = new Map(held);
  return rows.map((row) => {
    const before = decimal(carried.get(row.class) ?? '0');
    const total = roundTotal(decimal(row.total), policyFor(site));
    const together = before.plus(total);
    const bill = { sellerId, class: row.class, run: 0, period: row.period, total: together };
    const released = releasesOf([bill], policyFor(site).minimum).releases.length > 0;
    carried.set(row.class, released ? '0' : together.toFixed());
    const { runDay, nominalRunDay } = plannedRun(site, row.period, calendar);
    const schedule =
      runDay === null
        ? []
        : scheduleFrom({ site, period: row.period, class: row.class, nominalRunDay }, runDay, calendar);
    const payBy = released ? (schedule.at(-1)?.by ?? null) : null;
    const { period, class: productClass, lines } = row;
    return {
      period,
      class: productClass,
      runDay,
      payBy,
      total: total.toFixed(2),
      sales: row.sales,
      lines,
      carried: before.toFixed(2),
      released,
    };
  });
}

function merged(waiting: Forecast['waiting']): Forecast['waiting'] {
  const sums = new Map<string, Forecast['waiting'][number]>();
  for (const each of waiting) {
    const text = each.text.replace(/line \S+/, 'the original line');
    const known = sums.get(text);
    const sales = decimal(known?.sales ?? '0').plus(each.sales);
    sums.set(text, { rule: each.rule, text, lines: (known?.lines ?? 0) + each.lines, sales: sales.toFixed() });
  }
  return [...sums.values()];
}

/** The increment share that the months not billed yet have reached up to now (S3-4). */
async function reachedSoFar(executor: Executor, site: Site, sellerId: string, from: Period, to: Period) {
  const { rows } = await sql<{ period: string; goods_id: string; paid: string }>`
    SELECT paid_period AS period, goods_id, sum(paid_amount) AS paid FROM settlement.lines
    WHERE site = ${site} AND seller_id = ${sellerId} AND class = 'GENERAL' AND paid_period BETWEEN ${from} AND ${to} GROUP BY paid_period, goods_id`.execute(
    executor,
  );
  return rows.flatMap(({ period, goods_id, paid }) => {
    const rate = incrementFor(decimal(paid));
    return rate.isZero() ? [] : [{ period, goods_id, tier: TIER_RATES.findIndex((each) => each.equals(rate)) }];
  });
}

interface Sums {
  readonly period: Period;
  readonly sales: string;
  readonly settlement: string;
}
export interface Income {
  readonly months: readonly (Sums & {
    readonly platformFee: string;
    readonly refunds: string;
    readonly lines: number;
  })[];
  readonly products: readonly (Sums & { readonly goodsId: string; readonly name: LocalizedText })[];
  readonly channels: readonly (Sums & { readonly distributorId: string | null })[];
}

/** What counted in which month, for charts: by month, by product, by who brought the buyer. */
export async function incomeOf(
  executor: Executor,
  asked: {
    readonly site: Site;
    readonly sellerId: string | null;
    readonly class?: ProductClass | undefined;
    readonly from: Period;
    readonly to: Period;
  },
): Promise<Income> {
  const { site, sellerId, from, to } = asked;
  const which = sql`
    FROM settlement.lines l ${INCREMENT_OF_LINE}
    WHERE l.site = ${site} AND l.state = 'READY' AND l.period BETWEEN ${from} AND ${to} AND l.seller_id IS NOT NULL AND (${sellerId}::text IS NULL OR l.seller_id = ${sellerId})
      AND (${asked.class ?? null}::text IS NULL OR l.class = ${asked.class ?? null})`;
  const sums = sql`l.period, sum(l.sales) AS sales, sum(${atTier('settlement')}) AS settlement`;
  const { rows: months } = await sql<Income['months'][number]>`
    SELECT ${sums}, sum(${atTier('platform_fee')}) AS "platformFee", coalesce(sum(l.sales) FILTER (WHERE l.kind = 'REFUND'), 0) AS refunds, count(*) AS lines
    ${which} GROUP BY l.period ORDER BY l.period`.execute(executor);
  const { rows: products } = await sql<Sums & { goodsId: string; name: unknown }>`
    SELECT p.*, f.about -> 'productName' AS name FROM (
      SELECT ${sums}, l.goods_id AS "goodsId", max(l.line_id) AS example ${which} AND l.goods_id IS NOT NULL GROUP BY l.period, l.goods_id) p
    JOIN settlement.facts f ON f.line_id = p.example ORDER BY p.period, p.sales DESC`.execute(executor);
  const { rows: channels } = await sql<Income['channels'][number]>`
    SELECT ${sums}, l.distributor_id AS "distributorId" ${which} GROUP BY l.period, l.distributor_id ORDER BY l.period, l.distributor_id NULLS FIRST`.execute(
    executor,
  );
  return {
    months,
    products: products.map(({ goodsId, period, sales, settlement, name }) => ({
      goodsId,
      period,
      sales,
      settlement,
      name: localizedText.parse(name),
    })),
    channels,
  };
}
