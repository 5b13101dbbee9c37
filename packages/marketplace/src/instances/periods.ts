/** The times of an instance that were paid for. The last one that is not in effect yet can be taken back (B-66). */
import { type Executor, sql } from '../platform/database/database.ts';
import { currencyOf, type Money, money } from '../platform/money.ts';
import type { PeriodType } from '../platform/site.ts';

export interface PaidTime {
  readonly resourceId: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly occasion: 'NEW' | 'TRIAL' | 'TRIAL_TO_FORMAL' | 'RENEWAL' | 'RENEWAL_CHANGE';
  readonly from: Date;
  /** null = without end (one-time, pay-per-use) */
  readonly to: Date | null;
  readonly skuCode: string;
  readonly quantity: number;
  readonly priceItemId: string;
  readonly periodType: PeriodType | null;
  readonly periodNumber: number | null;
  readonly amount: Money;
}
export interface Period extends PaidTime {
  readonly revokedAt: Date | null;
}
export type PeriodState = 'ENDED' | 'IN_EFFECT' | 'NOT_IN_EFFECT' | 'REVOKED';

/** Where a period stands at an instant. */
export function periodState(period: Period, now: Date): PeriodState {
  if (period.revokedAt) return 'REVOKED';
  if (period.from > now) return 'NOT_IN_EFFECT';
  return period.to !== null && period.to <= now ? 'ENDED' : 'IN_EFFECT';
}

/** The renewal that could be taken back: the last period, paid for and not begun. */
export function lastRenewal(periods: readonly Period[]): Period | null {
  const last = periods.filter((period) => period.revokedAt === null).at(-1);
  return last && (last.occasion === 'RENEWAL' || last.occasion === 'RENEWAL_CHANGE') ? last : null;
}

interface Row {
  resource_id: string;
  order_id: string;
  order_line_id: string;
  occasion: PaidTime['occasion'];
  from_at: Date;
  to_at: Date | null;
  sku_code: string;
  quantity: number;
  price_item_id: string;
  period_type: PeriodType | null;
  period_number: number | null;
  amount: string;
  currency: string;
  revoked_at: Date | null;
}

/** In the order in which they were paid. */
export async function periodsOf(executor: Executor, resourceIds: readonly string[]): Promise<Period[]> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<Row>`
    SELECT * FROM instances.periods WHERE resource_id = ANY(${resourceIds}::text[]) ORDER BY resource_id, seq`.execute(
    executor,
  );
  return rows.map((row) => ({
    resourceId: row.resource_id,
    orderId: row.order_id,
    orderLineId: row.order_line_id,
    occasion: row.occasion,
    from: row.from_at,
    to: row.to_at,
    skuCode: row.sku_code,
    quantity: row.quantity,
    priceItemId: row.price_item_id,
    periodType: row.period_type,
    periodNumber: row.period_number,
    amount: money(row.amount, currencyOf(row.currency)),
    revokedAt: row.revoked_at,
  }));
}

/** Writes periods down once. @returns the order lines that were new: only those are applied */
export async function insertPeriods(executor: Executor, periods: readonly PaidTime[]): Promise<Set<string>> {
  if (periods.length === 0) return new Set();
  const { rows } = await sql<{ order_line_id: string }>`
    INSERT INTO instances.periods (order_line_id, resource_id, order_id, occasion, from_at, to_at, sku_code, quantity, price_item_id, period_type, period_number, amount, currency)
    SELECT r."orderLineId", r."resourceId", r."orderId", r.occasion, r."from", r."to", r."skuCode", r.quantity, r."priceItemId", r."periodType", r."periodNumber",
      (r.amount ->> 'amount')::numeric, r.amount ->> 'currency'
    FROM jsonb_to_recordset(${JSON.stringify(periods)}::jsonb) AS r ("orderLineId" text, "resourceId" text, "orderId" text, occasion text, "from" timestamptz, "to" timestamptz, "skuCode" text,
      quantity int, "priceItemId" text, "periodType" text, "periodNumber" int, amount jsonb)
    ON CONFLICT (order_line_id) DO NOTHING RETURNING order_line_id`.execute(executor);
  return new Set(rows.map((row) => row.order_line_id));
}

/** A service that is given back has no time left: what is not over by now ends with it. */
export async function revokeRest(executor: Executor, resourceIds: readonly string[], now: Date): Promise<void> {
  if (resourceIds.length === 0) return;
  await sql`
    UPDATE instances.periods SET revoked_at = ${now}
    WHERE resource_id = ANY(${resourceIds}::text[]) AND revoked_at IS NULL AND (to_at IS NULL OR to_at > ${now})`.execute(
    executor,
  );
}

export async function revokePeriods(executor: Executor, orderLineIds: readonly string[], now: Date): Promise<void> {
  if (orderLineIds.length === 0) return;
  await sql`UPDATE instances.periods SET revoked_at = ${now} WHERE order_line_id = ANY(${orderLineIds}::text[]) AND revoked_at IS NULL`.execute(
    executor,
  );
}

/** L7: the first time of supervised lines begins when they were enabled or accepted, not at the payment. */
export async function startPeriods(
  executor: Executor,
  begun: readonly { readonly orderLineId: string; readonly effectiveAt: string; readonly expireAt: string | null }[],
): Promise<void> {
  if (begun.length === 0) return;
  await sql`
    UPDATE instances.periods p SET from_at = v.from_at, to_at = v.to_at
    FROM unnest(${begun.map(({ orderLineId }) => orderLineId)}::text[], ${begun.map(({ effectiveAt }) => effectiveAt)}::timestamptz[], ${begun.map(({ expireAt }) => expireAt)}::timestamptz[])
      AS v (order_line_id, from_at, to_at)
    WHERE p.order_line_id = v.order_line_id`.execute(executor);
}
