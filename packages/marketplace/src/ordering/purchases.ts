/** What a buyer has bought, for the rules of the catalogue: related products (C47), purchase limits (C49). */
import type { Had, Purchases } from '../catalog/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';

export const purchases: Purchases = { bought, counted };

/** Paid and not fully refunded, of any time: a trial is no purchase, a negotiated part refund leaves one (C47). */
async function bought(
  executor: Executor,
  buyerId: string,
  what: { readonly goodsIds: readonly string[] } | { readonly specificationIds: readonly string[] },
): Promise<boolean> {
  const which =
    'goodsIds' in what
      ? sql`l.goods_id = ANY(${what.goodsIds}::text[])`
      : sql`l.specification_id = ANY(${what.specificationIds}::text[])`;
  const { rows } = await sql`
    SELECT 1 FROM ordering.orders o JOIN ordering.order_lines l USING (order_id)
    WHERE o.buyer_id = ${buyerId} AND o.order_type IN ('NEW', 'TRIAL_TO_FORMAL') AND o.paid_at IS NOT NULL AND ${which}
      AND (l.state NOT IN ('FAILED', 'REFUNDED') OR EXISTS (
        SELECT 1 FROM ordering.refunds r WHERE r.resource_id = l.resource_id AND l.order_line_id = ANY(r.line_ids)
          AND r.state = 'DONE' AND r.amount < r.paid))
    LIMIT 1`.execute(executor);
  return rows.length > 0;
}

/**
 * Open and paid purchases; "not before expiry" leaves out what has expired, renewals counted in (C49). Two orders of one
 * buyer for one product at once wait for each other here, so that both can not be the last one allowed.
 */
async function counted(executor: Executor, what: Parameters<Purchases['counted']>[1]): Promise<Had> {
  const { buyerId, goodsId, specificationId, untilExpiry, now } = what;
  if (executor.kind === 'transaction')
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`limit ${buyerId} ${goodsId}`}, 0))`.execute(executor);
  const { rows } = await sql<Had>`
    SELECT count(*) AS orders, coalesce(sum(l.quantity), 0)::bigint AS quantity
    FROM ordering.orders o JOIN ordering.order_lines l USING (order_id)
    WHERE o.buyer_id = ${buyerId} AND o.order_type IN ('NEW', 'TRIAL_TO_FORMAL') AND l.goods_id = ${goodsId} AND l.charging_mode <> 'ON_DEMAND'
      AND l.state NOT IN ('CLOSED', 'FAILED', 'REFUNDED')
      ${specificationId === null ? sql`` : sql`AND l.specification_id = ${specificationId}`}
      ${untilExpiry ? sql`AND coalesce(${lastExpiry} > ${now}, true)` : sql``}`.execute(executor);
  return rows[0] ?? { orders: 0, quantity: 0 };
}

/** When the resource of a line ends: by the line itself, or by a later one that prolonged it. */
const lastExpiry = sql`(
  SELECT max(e.expire_at) FROM ordering.order_lines e
  WHERE (e.order_line_id = l.resource_id OR (e.resource_id = l.resource_id AND e.resource_id <> e.order_line_id))
    AND e.state NOT IN ('WAITING', 'CLOSED', 'FAILED', 'REFUNDED'))`;
