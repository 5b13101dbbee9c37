/** Orders of a seller that are not done: what keeps it from leaving (settlement.md S4-7). */
import { type Executor, sql } from '../platform/database/database.ts';
import { type LineState, lineTransitions } from './model.ts';
import { type RefundState, refundTransitions } from './refund-model.ts';

export interface InProgress {
  /** not paid yet, being delivered or accepted, failed and not given back */
  readonly orders: number;
  /** applications that wait for somebody */
  readonly refunds: number;
}

export async function inProgressOf(executor: Executor, sellerId: string): Promise<InProgress> {
  const { rows } = await sql<InProgress>`
    SELECT
      (SELECT count(DISTINCT order_id)::int FROM ordering.order_lines WHERE seller_id = ${sellerId} AND state = ANY(${OPEN_LINES}::text[])) AS orders,
      (SELECT count(*)::int FROM ordering.refunds WHERE seller_id = ${sellerId} AND state = ANY(${OPEN_REFUNDS}::text[])) AS refunds`.execute(
    executor,
  );
  return rows[0] ?? { orders: 0, refunds: 0 };
}

const LINES: readonly LineState[] = ['WAITING', 'CALLING', 'QUERYING', 'SUPERVISING', 'FULFILLED', 'FAILED'];
/** FULFILLED is done, though a refund may come */
const OPEN_LINES = LINES.filter((state) => state !== 'FULFILLED' && lineTransitions[state].length > 0);
const REFUNDS: readonly RefundState[] = [
  'SELLER_REVIEW',
  'LARGE_REVIEW',
  'WAIT_RETURN',
  'WAIT_INSPECTION',
  'EXECUTING',
];
const OPEN_REFUNDS = REFUNDS.filter((state) => refundTransitions[state].length > 0);
