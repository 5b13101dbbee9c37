/** At the end of time nothing is due, held, undelivered or in somebody's way. */
import { type Db, sql } from '../../platform/database/database.ts';

export async function nothingWaits(db: Db, now: Date): Promise<string[]> {
  const { rows } = await sql<{ what: string; id: string }>`
    SELECT 'call ' || activity || ' ' || state AS what, id::text FROM fulfilment.seller_calls WHERE state IN ('DUE', 'RUNNING')
    UNION ALL SELECT 'task ' || kind || ' ' || state, id::text FROM platform.tasks WHERE state = 'RUNNING' OR (state = 'DUE' AND due_at <= ${now})
    UNION ALL SELECT 'message ' || state, id::text FROM notification.deliveries WHERE state = 'RUNNING' OR (state = 'DUE' AND due_at <= ${now})
    UNION ALL SELECT 'event for ' || subscriber || coalesce(' (' || last_error || ')', ''), event_id::text FROM platform.deliveries
    UNION ALL SELECT 'order ' || order_type || ' ' || state, order_id FROM ordering.orders
      WHERE state NOT IN ('COMPLETED', 'REFUNDED', 'CANCELLED') AND NOT (state = 'PENDING_PAYMENT' AND cancel_at > ${now})
    UNION ALL SELECT 'step of ' || state, resource_id FROM instances.instances WHERE next_at <= ${now} OR state IN ('PROVISIONING', 'CHANGING', 'RELEASING')
    UNION ALL SELECT 'large refund', refund_id FROM ordering.refunds WHERE state = 'EXECUTING' OR (state = 'LARGE_REVIEW' AND approve_at <= ${now})
    UNION ALL SELECT 'claim of ' || coalesce(c.order_line_id, c.refund_id), c.resource_id FROM ordering.claims c
      LEFT JOIN ordering.order_lines l USING (order_line_id) LEFT JOIN ordering.orders o USING (order_id) LEFT JOIN ordering.refunds r ON r.refund_id = c.refund_id
      WHERE coalesce(o.state <> 'PENDING_PAYMENT', r.state NOT IN ('SELLER_REVIEW', 'LARGE_REVIEW'), true)
    UNION ALL SELECT 'refund mark', i.resource_id FROM instances.instances i LEFT JOIN ordering.refunds r ON r.refund_id = i.refund_id
      WHERE i.refund_id IS NOT NULL AND coalesce(r.state NOT IN ('SELLER_REVIEW', 'LARGE_REVIEW'), true)`.execute(db);
  return rows.map((row) => `${row.what} ${row.id} is left over`);
}
