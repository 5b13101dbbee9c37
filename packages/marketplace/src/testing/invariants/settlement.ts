/** Each billable fact is in exactly one bill, bills are the sums of their lines, and the ledger has the same (settlement.md 10). */
import { type Db, sql } from '../../platform/database/database.ts';

export async function settlementAddsUp(db: Db): Promise<string[]> {
  return [
    ...(await told(db, UNKNOWN, (id) => `the paid line ${id} is unknown to the settlement`)),
    ...(await told(db, TRIALS, (id) => `the trial line ${id} is settled (S2-8)`)),
    ...(await told(db, UNREFUNDED, (id) => `refund ${id} is no line, or its lines are not its amount`)),
    ...(await told(db, UNREADY, (id) => `line ${id} is fulfilled and does not count`)),
    ...(await told(db, TOO_EARLY, (id) => `line ${id} was bought on credit and counts before it is repaid`)),
    ...(await told(db, FAULTY, (id) => `line ${id} can not be settled`)),
    ...(await told(db, UNBILLED, (id) => `line ${id} of a closed period is in no bill`)),
    ...(await told(db, SUMS, (id) => `bill ${id} is not the sum of its lines`)),
    ...(await told(db, LEDGER, (id) => `bill ${id} is not in the ledger as it is`)),
    ...(await told(db, RELEASED, (id) => `requisition ${id} is not the sum of its bills`)),
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

const UNKNOWN = sql<{ id: string }>`
  SELECT l.order_line_id AS id FROM ordering.order_lines l JOIN ordering.orders o USING (order_id)
  WHERE o.paid_at IS NOT NULL AND o.order_type IN ('NEW', 'TRIAL_TO_FORMAL', 'RENEW', 'CHANGE') AND NOT EXISTS (SELECT 1 FROM settlement.lines s WHERE s.line_id = l.order_line_id)`;

const TRIALS = sql<{ id: string }>`
  SELECT s.line_id AS id FROM settlement.lines s JOIN ordering.order_lines l ON l.order_line_id = s.root_id JOIN ordering.orders o ON o.order_id = l.order_id WHERE o.order_type = 'TRIAL'`;

const UNREFUNDED = sql<{ id: string }>`
  SELECT r.refund_id AS id FROM ordering.refunds r
  WHERE r.state = 'DONE' AND r.amount <> (
    SELECT coalesce(sum((f.line ->> 'amount')::numeric), 0) FROM settlement.lines s JOIN settlement.facts f USING (line_id)
    WHERE s.order_id = r.unsubscribe_order_id AND s.kind = 'REFUND')`;

/** What was bought on credit waits for its repayment; given back before, it never counts (S3-30). */
const UNREADY = sql<{ id: string }>`
  SELECT s.line_id AS id FROM settlement.lines s JOIN ordering.order_lines l ON l.order_line_id = s.line_id JOIN settlement.facts f ON f.line_id = s.root_id
  WHERE l.state = 'FULFILLED' AND s.state <> 'READY' AND NOT (coalesce((f.line ->> 'credit')::boolean, false) AND (f.line ->> 'repaidAt' IS NULL OR s.state = 'NEVER'))`;

/** S2-3: an order on credit counts when its month is repaid, not before. */
const TOO_EARLY = sql<{ id: string }>`
  SELECT s.line_id AS id FROM settlement.lines s JOIN settlement.facts f USING (line_id)
  WHERE s.kind <> 'REFUND' AND s.state = 'READY' AND (f.line ->> 'credit')::boolean AND f.line ->> 'repaidAt' IS NULL
    AND NOT EXISTS (SELECT 1 FROM settlement.lines r WHERE r.root_id = s.line_id AND r.kind = 'REFUND')`;

const FAULTY = sql<{ id: string }>`SELECT line_id AS id FROM settlement.lines WHERE state = 'ERROR'`;

const UNBILLED = sql<{ id: string }>`
  SELECT s.line_id AS id FROM settlement.lines s JOIN settlement.periods p ON p.site = s.site AND p.period = s.bill_period
  WHERE p.state = 'CLOSED' AND (SELECT count(*) FROM settlement.bills b WHERE b.site = s.site AND b.period = s.bill_period
    AND (b.class = s.class AND b.seller_id = s.seller_id OR s.seller_id IS NULL AND b.distributor_id = s.distributor_id)) <> 1`;

const SUMS = sql<{ id: string }>`
  SELECT b.bill_id AS id FROM settlement.bills b LEFT JOIN settlement.lines s ON s.site = b.site AND s.bill_period = b.period AND s.class = b.class AND s.seller_id = b.seller_id AND s.state = 'READY'
  LEFT JOIN settlement.increments i ON i.site = s.site AND i.period = s.increment_period AND i.goods_id = s.goods_id
  WHERE b.seller_id IS NOT NULL GROUP BY b.bill_id HAVING count(s.line_id) <> b.lines OR round(sum(coalesce(CASE i.tier WHEN 1 THEN s.settlement_1 WHEN 2 THEN s.settlement_2 END, s.settlement + i.tier * s.increment, s.settlement)), 2) <> b.total
    OR sum(s.cash) <> b.cash`;

const LEDGER = sql<{ id: string }>`
  SELECT b.bill_id AS id FROM settlement.bills b LEFT JOIN ledger.entries e ON e.kind = 'BILL' AND e.reference = b.bill_id LEFT JOIN ledger.postings p USING (entry_id)
  WHERE b.seller_id IS NOT NULL GROUP BY b.bill_id HAVING coalesce(sum(p.credit - p.debit) FILTER (WHERE p.account = 'seller:' || b.seller_id || ':payable'), 0) <> b.total
    OR coalesce(sum(p.debit - p.credit) FILTER (WHERE p.account = 'orders:prepaid'), 0) <> b.cash`;

const RELEASED = sql<{ id: string }>`
  SELECT q.requisition_id AS id FROM settlement.requisitions q LEFT JOIN settlement.bills b USING (requisition_id) GROUP BY q.requisition_id HAVING coalesce(sum(b.total), 0) <> q.total`;
