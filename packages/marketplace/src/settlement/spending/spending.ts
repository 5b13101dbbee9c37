/**
 * What a buyer paid and got back (账单, 收支明细): each paid line and each refund, by month and product. Refunds are entries of
 * their own, as in the bills of sellers (S3-22). Pay-per-use usage counts when it is charged.
 */
import type { RawBuilder } from 'kysely';
import { z } from 'zod';
import { type LocalizedText, localizedText } from '../../catalog/index.ts';
import { type Executor, sql } from '../../platform/database/database.ts';
import { SITES, type Site } from '../../platform/site.ts';
import type { Period } from '../calendar.ts';
import type { ProductClass } from '../facts.ts';
import { PAID_OF_LINE } from '../invoices/buyer/orders.ts';

export interface SpendingEntry {
  readonly lineId: string;
  readonly orderId: string;
  readonly site: Site;
  readonly kind: 'NEW' | 'RENEWAL' | 'CHANGE' | 'USAGE' | 'REFUND';
  readonly at: Date;
  readonly goodsId: string | null;
  readonly sellerId: string;
  readonly class: ProductClass;
  readonly productName: LocalizedText;
  readonly specificationName: LocalizedText;
  /** list or deal price before vouchers; of a refund what was given back, negative */
  readonly listed: string;
  readonly voucher: string;
  /** listed − voucher */
  readonly amount: string;
  /** bought on credit and not repaid yet (S2-3) */
  readonly owed: boolean;
}
export interface SpendingQuery {
  readonly buyerId: string;
  /** month of the payment or refund, in the site's zone */
  readonly period?: Period | undefined;
  readonly goodsId?: string | undefined;
  readonly orderId?: string | undefined;
  readonly kind?: 'PAYMENT' | 'REFUND' | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

const AT = sql`coalesce((f.line ->> 'refundCompletedAt')::timestamptz, (f.line ->> 'paidAt')::timestamptz, l.placed_at)`;
const SIGN = sql`CASE l.kind WHEN 'REFUND' THEN -1 ELSE 1 END`;
/** in the zone of the line's site */
const MONTH = sql`to_char(${AT} AT TIME ZONE (CASE l.site WHEN 'EU' THEN ${SITES.EU.timeZone} ELSE ${SITES.CN.timeZone} END), 'YYYYMM')`;
/** Paid lines: what is on credit was bought too. */
const PAID = sql`(l.kind IN ('REFUND', 'USAGE') OR f.line ->> 'paidAt' IS NOT NULL) AND l.kind <> 'ADJUSTMENT'`;

/** Newest first. */
export async function listSpending(executor: Executor, query: SpendingQuery): Promise<SpendingEntry[]> {
  const { buyerId, period, goodsId, orderId, kind, before, limit } = query;
  const conditions: RawBuilder<unknown>[] = [sql`l.buyer_id = ${buyerId}`, PAID];
  if (period !== undefined) conditions.push(sql`${MONTH} = ${period}`);
  if (goodsId !== undefined) conditions.push(sql`l.goods_id = ${goodsId}`);
  if (orderId !== undefined) conditions.push(sql`l.order_id = ${orderId}`);
  if (kind !== undefined) conditions.push(sql`(l.kind = 'REFUND') = ${kind === 'REFUND'}`);
  if (before) conditions.push(sql`(${AT}, l.line_id) < (${before.at}, ${before.id})`);
  const { rows } = await sql<Omit<SpendingEntry, 'productName' | 'specificationName'> & { about: unknown }>`
    SELECT l.line_id AS "lineId", l.order_id AS "orderId", l.site, l.kind, ${AT} AS at, l.goods_id AS "goodsId", l.seller_id AS "sellerId", l.class, f.about,
      round(${SIGN} * (${PAID_OF_LINE} + (f.line ->> 'voucherUsed')::numeric), 2)::text AS listed, (f.line ->> 'voucherUsed')::numeric::text AS voucher,
      round(${SIGN} * (${PAID_OF_LINE}), 2)::text AS amount, (f.line ->> 'credit')::boolean AND f.line ->> 'repaidAt' IS NULL AND l.kind <> 'REFUND' AS owed
    FROM settlement.lines l JOIN settlement.facts f ON f.line_id = l.line_id
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY ${AT} DESC, l.line_id DESC LIMIT ${limit}`.execute(executor);
  return rows.map(({ about, ...row }) => ({ ...row, ...namesOf(about) }));
}

export interface MonthOfSpending {
  readonly period: Period;
  readonly payments: string;
  readonly refunds: string;
  /** payments − refunds */
  readonly total: string;
  readonly entries: number;
}
export interface ProductSpending {
  readonly period: Period;
  readonly goodsId: string | null;
  readonly productName: LocalizedText;
  readonly total: string;
}
export interface SpendingOverview {
  readonly months: readonly MonthOfSpending[];
  readonly products: readonly ProductSpending[];
}

/** By month, oldest first, and by month and product, largest first. */
export async function spendingOverview(
  executor: Executor,
  { buyerId, from, to }: { readonly buyerId: string; readonly from: Period; readonly to: Period },
): Promise<SpendingOverview> {
  const entries = sql`
    SELECT ${MONTH} AS period, l.goods_id AS "goodsId", f.about, l.kind, ${SIGN} * (${PAID_OF_LINE}) AS amount
    FROM settlement.lines l JOIN settlement.facts f ON f.line_id = l.line_id
    WHERE l.buyer_id = ${buyerId} AND ${PAID} AND ${MONTH} BETWEEN ${from} AND ${to}`;
  const { rows: months } = await sql<MonthOfSpending>`
    SELECT period, round(coalesce(sum(amount) FILTER (WHERE kind <> 'REFUND'), 0), 2)::text AS payments, round(coalesce(-sum(amount) FILTER (WHERE kind = 'REFUND'), 0), 2)::text AS refunds,
      round(sum(amount), 2)::text AS total, count(*) AS entries
    FROM (${entries}) e GROUP BY period ORDER BY period`.execute(executor);
  const { rows: products } = await sql<Omit<ProductSpending, 'productName'> & { about: unknown }>`
    SELECT period, "goodsId", (array_agg(about))[1] AS about, round(sum(amount), 2)::text AS total
    FROM (${entries}) e GROUP BY period, "goodsId" ORDER BY period, sum(amount) DESC, "goodsId"`.execute(executor);
  return {
    months,
    products: products.map(({ about, ...row }) => ({ ...row, productName: namesOf(about).productName })),
  };
}

const names = z.object({ productName: localizedText, specificationName: localizedText });
const namesOf = (about: unknown): z.infer<typeof names> => names.parse(about);
