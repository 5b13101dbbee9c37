/**
 * What of a buyer's pay-per-use can be invoiced: all charges of one month and issuer that are not invoiced yet (S5-18). The
 * month is that of the consumption, as in the bills of sellers (S2-11), and it is over before it is invoiced. A late
 * correction of a month that was invoiced makes a rest that is invoiced by itself.
 */
import type { Decimal } from 'decimal.js';
import type { LocalizedText } from '../../../catalog/index.ts';
import { invoicedUsage } from '../../../metering/index.ts';
import { type Executor, sql } from '../../../platform/database/database.ts';
import { decimal } from '../../../platform/money.ts';
import { midnightOf, SITES, type Site } from '../../../platform/site.ts';
import { addMonths, firstDay, type Period, periodAt } from '../../calendar.ts';
import type { ProductClass } from '../../facts.ts';
import { about } from '../../live/facts-json.ts';
import type { InvoiceableLine, InvoiceableOrder, IssuerKey } from './orders.ts';
import { issuerOf, PAID_OF_LINE, SELLERS_INVOICE_FROM } from './orders.ts';

/** A month of usage among the orders of a request: `USAGE-202601`. */
export const usageKey = (period: Period): string => `USAGE-${period}`;
/** @returns null = it is an order */
export const usagePeriod = (key: string): Period | null => /^USAGE-(\d{6})$/.exec(key)?.[1] ?? null;

/** shown at most: two years */
const MOST_MONTHS = 24;

/** Months in which something was used and paid, newest first, once for each issuer. */
export async function invoiceableUsage(
  executor: Executor,
  { buyerId, site, now }: { readonly buyerId: string; readonly site: Site; readonly now: Date },
): Promise<InvoiceableOrder[]> {
  const current = periodAt(now, site);
  const since = addMonths(current, 1 - MOST_MONTHS);
  const { rows } = await sql<
    Omit<UsageSum, 'paid' | 'productName'> & { paid: string; about: unknown; invoiced: string }
  >`
    WITH used AS (
      SELECT l.order_id, l.seller_id, l.class, l.site, l.placed_at >= ${SELLERS_INVOICE_FROM} AS late, f.terms ->> 'outputTax' AS rate, ${periodOf(site)} AS period,
        sum(${PAID_OF_LINE} - ${GIVEN_BACK}) AS paid, bool_or(${OWED}) AS owed, min(l.placed_at) AS placed_at, (array_agg(f.about))[1] AS about
      FROM settlement.lines l JOIN settlement.facts f ON f.line_id = l.line_id
      WHERE l.buyer_id = ${buyerId} AND l.kind = 'USAGE' AND (f.line ->> 'consumedTo')::timestamptz >= ${midnightOf(firstDay(since), SITES[site].timeZone)}
      GROUP BY 1, 2, 3, 4, 5, 6, 7),
    invoiced AS (
      SELECT line ->> 'orderId' AS order_id, line ->> 'period' AS period, i.rate, sum((line ->> 'amount')::numeric) AS amount
      FROM settlement.buyer_invoices i CROSS JOIN jsonb_array_elements(i.lines) AS line
      WHERE i.buyer_id = ${buyerId} AND i.state NOT IN ('REFUSED', 'CANCELLED', 'RETURNED') AND line ->> 'period' IS NOT NULL GROUP BY 1, 2, 3)
    SELECT u.order_id AS "orderId", u.seller_id AS "sellerId", u.class, u.site, u.placed_at AS "placedAt", u.rate, u.period, u.owed, u.about,
      u.paid - coalesce(i.amount, 0) AS paid, coalesce(i.amount, 0) AS invoiced
    FROM used u LEFT JOIN invoiced i ON i.order_id = u.order_id AND i.period = u.period AND i.rate = u.rate::numeric
    ORDER BY u.period DESC, u.order_id, u.rate`.execute(executor);
  const months = new Map<string, { readonly sums: UsageSum[]; invoiced: boolean }>();
  for (const { about: told, paid, invoiced, ...row } of rows) {
    const sum: UsageSum = { ...row, paid: decimal(paid), productName: about.parse(told).productName };
    const key = `${row.period} ${issuerOf(sum)}`;
    const month = months.get(key) ?? { sums: [], invoiced: false };
    month.sums.push(sum);
    month.invoiced ||= !decimal(invoiced).isZero();
    months.set(key, month);
  }
  return [...months.values()].flatMap(({ sums, invoiced }) => {
    const standing = standingOfMonth(sums, invoiced, current);
    return standing ? [standing] : [];
  });
}

const GIVEN_BACK = sql`coalesce((
  SELECT sum((r.line ->> 'amount')::numeric) FROM settlement.lines b JOIN settlement.facts r ON r.line_id = b.line_id
  WHERE b.root_id = l.line_id AND b.root_id <> b.line_id), 0)`;
/** S5-22: on credit, and the month of the credit is not repaid */
const OWED = sql`(f.line ->> 'credit')::boolean AND f.line ->> 'repaidAt' IS NULL`;
const periodOf = (site: Site) =>
  sql`to_char((f.line ->> 'consumedTo')::timestamptz AT TIME ZONE ${SITES[site].timeZone}, 'YYYYMM')`;

/** What was used of one service at one tax rate. */
interface UsageSum {
  readonly orderId: string;
  readonly sellerId: string;
  readonly class: ProductClass;
  readonly site: Site;
  readonly placedAt: Date;
  readonly rate: string;
  readonly period: Period;
  readonly owed: boolean;
  readonly paid: Decimal;
  readonly productName: LocalizedText;
}

function standingOfMonth(sums: readonly UsageSum[], invoiced: boolean, current: Period): InvoiceableOrder | null {
  const [first] = sums;
  if (!first) return null;
  const { period, site, sellerId } = first;
  const free = sums.filter(({ paid }) => paid.greaterThan(0));
  const obstacle = (() => {
    if (sums.some(({ owed }) => owed)) return 'UNPAID_CREDIT';
    if (free.length === 0) return invoiced ? 'INVOICED' : 'NOTHING';
    return period >= current ? 'NOT_OVER' : null;
  })();
  return {
    ...{ orderId: usageKey(period), period, issuer: issuerOf(first), sellerId, obstacle },
    placedAt: midnightOf(firstDay(period), SITES[site].timeZone),
    currency: SITES[site].currency,
    amount: free.reduce((sum, { paid }) => sum.plus(paid), decimal('0')).toFixed(2),
    lines: free.map(lineOf),
  };
}

const lineOf = ({ orderId, period, paid, productName, rate }: UsageSum): InvoiceableLine => ({
  ...{ orderId, orderLineId: `${orderId} ${period} ${rate}`, period, productName, rate, refunds: 0 },
  amount: paid.toFixed(2),
});

export interface MonthToInvoice {
  readonly lines: readonly InvoiceableLine[];
  /** the charges that the lines are made of, with their tax rate */
  readonly charges: readonly { readonly chargeId: string; readonly rate: string }[];
}

/** The same of one month, charge by charge, for a request: what stands on no invoice, whatever was asked meanwhile. */
export async function monthToInvoice(
  executor: Executor,
  asked: { readonly buyerId: string; readonly site: Site; readonly period: Period; readonly issuer: IssuerKey },
): Promise<MonthToInvoice> {
  const { rows } = await sql<Omit<UsageSum, 'paid' | 'productName'> & { lineId: string; paid: string; about: unknown }>`
    SELECT l.line_id AS "lineId", l.order_id AS "orderId", l.seller_id AS "sellerId", l.class, l.site, l.placed_at AS "placedAt", f.terms ->> 'outputTax' AS rate,
      ${asked.period} AS period, ${OWED} AS owed, ${PAID_OF_LINE} - ${GIVEN_BACK} AS paid, f.about
    FROM settlement.lines l JOIN settlement.facts f ON f.line_id = l.line_id
    WHERE l.buyer_id = ${asked.buyerId} AND l.kind = 'USAGE' AND ${periodOf(asked.site)} = ${asked.period} ORDER BY l.order_id, l.line_id`.execute(
    executor,
  );
  const own = rows.filter((row) => issuerOf(row) === asked.issuer);
  const invoiced = await invoicedUsage(
    executor,
    own.map(({ lineId }) => lineId),
  );
  const sums = new Map<string, UsageSum>();
  const charges: { chargeId: string; rate: string }[] = [];
  for (const { lineId, about: told, ...row } of own) {
    const paid = decimal(row.paid);
    if (invoiced.has(lineId) || paid.lessThanOrEqualTo(0)) continue;
    charges.push({ chargeId: lineId, rate: row.rate });
    const key = `${row.orderId} ${row.rate}`;
    const sum = sums.get(key) ?? { ...row, paid: decimal('0'), productName: about.parse(told).productName };
    sums.set(key, { ...sum, paid: sum.paid.plus(paid) });
  }
  return { lines: [...sums.values()].map(lineOf), charges };
}
