/** What orders took of the catalogue is what it counts: prices, pieces in stock, vouchers. */
import { type Db, sql } from '../../platform/database/database.ts';

/** Hardware is what is counted (C50); its lines say so themselves. */
const COUNTED = sql`l.snapshot->'delivery'->>'accessType' = 'HARDWARE' AND o.order_type = 'NEW'`;

export async function salesAddUp(db: Db): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    SELECT 'line ' || order_line_id || ': its deductions are not what is taken off its list price' AS what FROM ordering.order_lines
      WHERE list_amount - amount <> (SELECT coalesce(sum((d->'amount'->>'amount')::numeric), 0) FROM jsonb_array_elements(snapshot->'deductions') d)
    UNION ALL
    SELECT 'stock of ' || t.sku_code || ': ' || t.reserved || ' reserved and ' || t.consumed || ' consumed, but orders hold ' || coalesce(held.reserved, 0) || ' and ' || coalesce(held.consumed, 0)
      FROM catalog.stock t LEFT JOIN (
        SELECT l.sku_code, coalesce(sum(l.quantity) FILTER (WHERE o.state = 'PENDING_PAYMENT'), 0) AS reserved,
               coalesce(sum(l.quantity) FILTER (WHERE o.paid_at IS NOT NULL), 0) AS consumed
        FROM ordering.order_lines l JOIN ordering.orders o USING (order_id) WHERE ${COUNTED} GROUP BY l.sku_code) held ON held.sku_code = t.sku_code::text
      WHERE t.reserved <> coalesce(held.reserved, 0) OR t.consumed <> coalesce(held.consumed, 0)
    UNION ALL
    SELECT 'voucher ' || g.voucher_id || ' of ' || g.buyer_id || ' is bound to order ' || g.order_id || ', which does not use it'
      FROM catalog.voucher_grants g LEFT JOIN ordering.orders o ON o.order_id = g.order_id
      WHERE g.order_id IS NOT NULL AND (o.buyer_id IS DISTINCT FROM g.buyer_id OR o.state = 'CANCELLED')`.execute(db);
  return rows.map(({ what }) => what);
}
