/** Debits equal credits, nobody pays or is paid twice, nothing is given back beyond what was paid. */
import { trialBalance } from '../../ledger/index.ts';
import { REFUNDS_A_YEAR } from '../../ordering/index.ts';
import { type Db, sql } from '../../platform/database/database.ts';
import { walletFaults } from '../../wallet/index.ts';

export async function moneyAddsUp(db: Db): Promise<string[]> {
  const balance = await trialBalance(db);
  return [
    ...(balance.balanced ? [] : [`the ledger is out of balance: ${JSON.stringify(balance)}`]),
    ...(await walletFaults(db)),
    ...(await told(db, COMPOSED, (row) => `what pays line ${row} is not its amount, or more came back than was paid`)),
    ...(await told(db, PAYMENTS, (row) => `order ${row} is not paid with its amount exactly once`)),
    ...(await told(
      db,
      STRANGE_REFUNDS,
      (row) => `refund entry ${row} belongs to no refunded line and no executed application, or has another amount`,
    )),
    ...(await told(
      db,
      UNPAID_REFUNDS,
      (row) => `refund ${row} is DONE without its one entry and its one UNSUBSCRIBE line`,
    )),
    ...(await told(db, TOO_MUCH, (row) => `resource ${row} got back more than was paid for it`)),
    ...(await told(db, TWICE, (row) => `line ${row} was given back more than once`)),
    ...(await told(db, NEGATIVE, (row) => `balance ${row} is below zero`)),
    ...(await told(db, QUOTA, (row) => `the refund quota of ${row} is exceeded or counted wrong`)),
  ];
}

async function told(
  db: Db,
  query: ReturnType<typeof sql<{ id: string }>>,
  sentence: (id: string) => string,
): Promise<string[]> {
  const { rows } = await query.execute(db);
  return rows.map(({ id }) => sentence(id));
}

/** An order of nothing posts nothing; an UNSUBSCRIBE order is never paid. */
const PAYMENTS = sql<{ id: string }>`
  SELECT o.order_id AS id FROM ordering.orders o
  LEFT JOIN LATERAL (SELECT count(DISTINCT e.entry_id) AS count, coalesce(sum(p.debit), 0) AS amount FROM ledger.entries e JOIN ledger.postings p USING (entry_id)
    WHERE e.kind = 'PAYMENT' AND e.reference = o.order_id AND p.debit > 0) paid ON true
  WHERE paid.amount <> CASE WHEN o.paid_at IS NULL THEN 0 ELSE o.amount END OR paid.count <> CASE WHEN o.paid_at IS NULL OR o.amount = 0 THEN 0 ELSE 1 END
  UNION ALL SELECT e.reference FROM ledger.entries e WHERE e.kind = 'PAYMENT' AND NOT EXISTS (SELECT 1 FROM ordering.orders o WHERE o.order_id = e.reference)`;

const STRANGE_REFUNDS = sql<{ id: string }>`
  SELECT e.reference AS id FROM ledger.entries e JOIN LATERAL (SELECT sum(debit) AS debit FROM ledger.postings WHERE entry_id = e.entry_id) p ON true
  LEFT JOIN ordering.order_lines l ON l.order_line_id = e.reference LEFT JOIN ordering.orders o USING (order_id)
  LEFT JOIN ordering.refunds r ON r.unsubscribe_order_id = o.order_id AND r.state = 'DONE'
  WHERE e.kind = 'REFUND' AND p.debit > 0
    AND NOT coalesce(CASE WHEN o.order_type = 'UNSUBSCRIBE' THEN r.amount = p.debit ELSE l.state = 'REFUNDED' AND l.amount = p.debit END, false)`;

/** B-33: the instruments of a line add up to its amount. */
const COMPOSED = sql<{ id: string }>`
  SELECT l.order_line_id AS id FROM ordering.order_lines l
  WHERE l.payment IS NOT NULL AND (l.amount <> (SELECT coalesce(sum((p ->> 'amount')::numeric), 0) FROM jsonb_array_elements(l.payment) p)
    OR EXISTS (SELECT 1 FROM jsonb_array_elements(l.payment) p WHERE (p ->> 'given')::numeric > (p ->> 'amount')::numeric))`;

const UNPAID_REFUNDS = sql<{ id: string }>`
  SELECT r.refund_id AS id FROM ordering.refunds r
  WHERE r.state = 'DONE' AND (SELECT count(*) FROM ordering.order_lines l LEFT JOIN ledger.entries e ON e.kind = 'REFUND' AND e.reference = l.order_line_id
    WHERE l.order_id = r.unsubscribe_order_id AND (e.entry_id IS NOT NULL OR r.amount = 0)) <> 1`;

const TOO_MUCH = sql<{ id: string }>`
  SELECT l.resource_id AS id FROM ordering.order_lines l JOIN ordering.orders o USING (order_id)
  LEFT JOIN ledger.entries e ON e.kind = 'REFUND' AND e.reference = l.order_line_id LEFT JOIN ledger.postings p ON p.entry_id = e.entry_id AND p.debit > 0
  GROUP BY l.resource_id HAVING coalesce(sum(p.debit), 0) > coalesce(sum(l.amount) FILTER (WHERE o.paid_at IS NOT NULL), 0)`;

const TWICE = sql<{ id: string }>`
  SELECT line AS id FROM (
    SELECT unnest(r.line_ids) AS line FROM ordering.refunds r WHERE r.state = 'DONE'
    UNION ALL SELECT e.reference FROM ledger.entries e JOIN ordering.order_lines l ON l.order_line_id = e.reference JOIN ordering.orders o USING (order_id)
      WHERE e.kind = 'REFUND' AND o.order_type <> 'UNSUBSCRIBE') AS back GROUP BY line HAVING count(*) > 1`;

const NEGATIVE = sql<{ id: string }>`SELECT buyer_id AS id FROM ledger.balances WHERE amount < 0`;

const QUOTA = sql<{ id: string }>`
  SELECT q.buyer_id AS id FROM ordering.refund_quotas q
  WHERE q.used > ${REFUNDS_A_YEAR} OR q.used <> (SELECT count(*) FROM ordering.refunds r
    WHERE r.buyer_id = q.buyer_id AND r.quota_year = q.year AND r.state NOT IN ('REJECTED', 'WITHDRAWN'))`;
