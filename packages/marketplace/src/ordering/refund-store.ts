/** SQL of refund applications and of the yearly quota. */
import { z } from 'zod';
import { fileRef, localizedText } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import { currencyOf, money } from '../platform/money.ts';
import type { Site } from '../platform/site.ts';
import { moneyPayload } from './events.ts';
import { REFUNDS_A_YEAR, type Refund, type RefundKind, type RefundState } from './refund-model.ts';

const proofs = z.array(z.object(fileRef.shape));
const consumption = z.object({
  effectiveAt: z.string(),
  expireAt: z.string(),
  askedAt: z.string(),
  usedHours: z.number(),
  totalHours: z.number(),
  amount: moneyPayload,
});
const returned = z.object({ carrier: z.string(), trackingNo: z.string(), at: z.string() });

interface RefundRow {
  refund_id: string;
  kind: RefundKind;
  state: RefundState;
  resource_id: string;
  buyer_id: string;
  seller_id: string;
  goods_id: string;
  site: Site;
  order_id: string;
  line_ids: string[];
  amount: string;
  paid: string;
  consumption: unknown;
  currency: string;
  reason: string;
  contact_consent: boolean;
  product_name: unknown;
  quota_year: number | null;
  requested_by: string;
  requested_at: Date;
  approve_at: Date | null;
  decided_by: 'SELLER' | 'OPERATOR' | 'SYSTEM' | null;
  decided_at: Date | null;
  comment: string | null;
  proofs: unknown;
  goods: Refund['goods'];
  returned: unknown;
  deadline_at: Date | null;
  unsubscribe_order_id: string | null;
  trace_id: string;
}

export async function insertRefund(executor: Executor, refund: Refund): Promise<void> {
  await sql`
    INSERT INTO ordering.refunds (refund_id, kind, state, resource_id, buyer_id, seller_id, goods_id, site, order_id, line_ids, amount, paid, consumption, currency,
      reason, contact_consent, product_name, quota_year, requested_by, requested_at, approve_at, goods, trace_id)
    VALUES (${refund.refundId}, ${refund.kind}, ${refund.state}, ${refund.resourceId}, ${refund.buyerId}, ${refund.sellerId}, ${refund.goodsId}, ${refund.site},
      ${refund.orderId}, ${refund.lineIds}::text[], ${refund.amount.amount}, ${refund.paid.amount}, ${refund.consumption === null ? null : JSON.stringify(refund.consumption)}::jsonb, ${refund.amount.currency},
      ${refund.reason}, ${refund.contactConsent}, ${JSON.stringify(refund.productName)}::jsonb, ${refund.quotaYear}, ${refund.requestedBy}, ${refund.requestedAt}, ${refund.approveAt}, ${refund.goods}, ${refund.traceId})`.execute(
    executor,
  );
}

/** Everything of an application that can change. */
export async function saveRefund(executor: Executor, refund: Refund): Promise<void> {
  await sql`
    UPDATE ordering.refunds SET state = ${refund.state}, approve_at = ${refund.approveAt}, decided_by = ${refund.decidedBy}, decided_at = ${refund.decidedAt},
      comment = ${refund.comment}, goods = ${refund.goods}, proofs = ${JSON.stringify(refund.proofs)}::jsonb, returned = ${refund.returned === null ? null : JSON.stringify(refund.returned)}::jsonb,
      deadline_at = ${refund.deadlineAt}, unsubscribe_order_id = ${refund.unsubscribeOrderId}
    WHERE refund_id = ${refund.refundId}`.execute(executor);
}

/** @returns null = there is none in this scope (P-2) */
export async function refundById(executor: Executor, refundId: string, scope: Scope): Promise<Refund | null> {
  const { rows } = await sql<RefundRow>`
    SELECT * FROM ordering.refunds r WHERE r.refund_id = ${refundId} AND ${visible(scope)}`.execute(executor);
  return rows[0] ? toRefund(rows[0]) : null;
}

/** For a decision: nobody else decides until this transaction ends. */
export async function lockRefund(executor: Executor, refundId: string, scope: Scope): Promise<Refund | null> {
  const { rows } = await sql<RefundRow>`
    SELECT * FROM ordering.refunds r WHERE r.refund_id = ${refundId} AND ${visible(scope)} FOR UPDATE`.execute(
    executor,
  );
  return rows[0] ? toRefund(rows[0]) : null;
}

export interface RefundListQuery {
  readonly scope: Scope;
  readonly state?: RefundState | undefined;
  readonly resourceId?: string | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
/** Newest first. */
export async function listRefunds(executor: Executor, query: RefundListQuery): Promise<Refund[]> {
  const conditions = [visible(query.scope)];
  if (query.state) conditions.push(sql`r.state = ${query.state}`);
  if (query.resourceId) conditions.push(sql`r.resource_id = ${query.resourceId}`);
  if (query.before) conditions.push(sql`(r.requested_at, r.refund_id) < (${query.before.at}, ${query.before.id})`);
  const { rows } = await sql<RefundRow>`
    SELECT * FROM ordering.refunds r WHERE ${sql.join(conditions, sql` AND `)} ORDER BY r.requested_at DESC, r.refund_id DESC LIMIT ${query.limit}`.execute(
    executor,
  );
  return rows.map(toRefund);
}

/** The application that is being decided or carried out for a resource; null = none. */
export async function openRefundOf(executor: Executor, resourceId: string): Promise<string | null> {
  const { rows } = await sql<{ refund_id: string }>`
    SELECT refund_id FROM ordering.claims WHERE resource_id = ${resourceId} AND refund_id IS NOT NULL`.execute(
    executor,
  );
  return rows[0]?.refund_id ?? null;
}

/** What was given back of lines before: parts of a negotiated refund leave the rest to be settled (S3-30). */
export async function givenBackOf(executor: Executor, lineIds: readonly string[]): Promise<string> {
  const { rows } = await sql<{ given: string }>`
    SELECT coalesce(sum(amount), 0)::text AS given FROM ordering.refunds WHERE line_ids && ${lineIds}::text[] AND state = 'DONE'`.execute(
    executor,
  );
  return rows[0]?.given ?? '0';
}

/** A seller sees what is asked of the own products; a large or self-service refund is shown to it too. */
function visible(scope: Scope) {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'buyer')
    return scope.placedBy === null
      ? sql`r.buyer_id = ${scope.buyerId}`
      : sql`(r.buyer_id = ${scope.buyerId} AND r.requested_by = ${scope.placedBy})`;
  return scope.goodsIds === null
    ? sql`r.seller_id = ${scope.sellerId}`
    : sql`(r.seller_id = ${scope.sellerId} AND r.goods_id = ANY(${scope.goodsIds}::text[]))`;
}

function toRefund(row: RefundRow): Refund {
  const currency = currencyOf(row.currency);
  return {
    refundId: row.refund_id,
    kind: row.kind,
    state: row.state,
    resourceId: row.resource_id,
    buyerId: row.buyer_id,
    sellerId: row.seller_id,
    goodsId: row.goods_id,
    site: row.site,
    orderId: row.order_id,
    lineIds: row.line_ids,
    amount: money(row.amount, currency),
    paid: money(row.paid, currency),
    consumption: consumption.nullable().parse(row.consumption),
    reason: row.reason,
    contactConsent: row.contact_consent,
    productName: localizedText.parse(row.product_name),
    quotaYear: row.quota_year,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    approveAt: row.approve_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    comment: row.comment,
    proofs: proofs.parse(row.proofs),
    goods: row.goods,
    returned: returned.nullable().parse(row.returned),
    deadlineAt: row.deadline_at,
    unsubscribeOrderId: row.unsubscribe_order_id,
    traceId: row.trace_id,
  };
}

/** Takes one of the refunds of a year; two sessions never take the last one both. @returns false = all are used */
export async function takeQuota(executor: Executor, buyerId: string, year: number): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO ordering.refund_quotas AS q (buyer_id, year, used) VALUES (${buyerId}, ${year}, 1)
    ON CONFLICT (buyer_id, year) DO UPDATE SET used = q.used + 1 WHERE q.used < ${REFUNDS_A_YEAR} RETURNING used`.execute(
    executor,
  );
  return rows.length === 1;
}

/** A refund that was refused after all used nothing. */
export async function giveQuotaBack(executor: Executor, buyerId: string, year: number): Promise<void> {
  await sql`UPDATE ordering.refund_quotas SET used = used - 1 WHERE buyer_id = ${buyerId} AND year = ${year}`.execute(
    executor,
  );
}

export async function quotaUsed(executor: Executor, buyerId: string, year: number): Promise<number> {
  const { rows } = await sql<{
    used: number;
  }>`SELECT used FROM ordering.refund_quotas WHERE buyer_id = ${buyerId} AND year = ${year}`.execute(executor);
  return rows[0]?.used ?? 0;
}
