/** Orders of a seller that are not done: what keeps it from leaving (settlement.md S4-7). */
import { type Executor, sql } from '../platform/database/database.ts';
import { openStatesOf } from '../platform/state-machine.ts';
import { lineTransitions } from './model.ts';
import { refundTransitions } from './refund-model.ts';

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

/** FULFILLED is done, though a refund may come */
const OPEN_LINES = openStatesOf(lineTransitions).filter((state) => state !== 'FULFILLED');
const OPEN_REFUNDS = openStatesOf(refundTransitions);
