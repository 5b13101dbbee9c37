/** SQL of payments as the rules see them. */
import { type Executor, sql } from '../../platform/database/database.ts';
import type { Payment } from './marking.ts';
import type { PaymentState } from './states.ts';

interface Row {
  readonly payment_id: string;
  readonly run_id: string;
  readonly requisition_id: string;
  readonly payee_kind: 'SELLER' | 'DISTRIBUTOR';
  readonly payee_id: string;
  readonly amount: string;
  readonly currency: string;
  readonly state: PaymentState;
}
const COLUMNS = sql.raw('payment_id, run_id, requisition_id, payee_kind, payee_id, amount, currency, state');
const toPayment = (row: Row): Payment => ({
  paymentId: row.payment_id,
  runId: row.run_id,
  requisitionId: row.requisition_id,
  payee: { kind: row.payee_kind, id: row.payee_id },
  amount: row.amount,
  currency: row.currency,
  state: row.state,
});

/** Those of these ids that exist, by id. */
export async function paymentsByIds(executor: Executor, ids: readonly string[]): Promise<Map<string, Payment>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM settlement.payments WHERE payment_id = ANY(${[...new Set(ids)]}::text[])`.execute(executor);
  return new Map(rows.map((row) => [row.payment_id, toPayment(row)]));
}

export async function paymentsOfRun(executor: Executor, runId: string): Promise<Payment[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM settlement.payments WHERE run_id = ${runId} ORDER BY payment_id`.execute(executor);
  return rows.map(toPayment);
}
