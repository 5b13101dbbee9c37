/** What is due to be paid: requisitions whose bills passed their reviews (4.4), with whom it is for and what stands in the way. */
import { type BankAccount, bankAccountsOf } from '../../directory/index.ts';
import { type Executor, sql } from '../../platform/database/database.ts';
import type { Site } from '../../platform/site.ts';
import type { Day, Period } from '../calendar.ts';
import type { ProductClass } from '../facts.ts';
import type { PaymentState } from './states.ts';

export interface Payee {
  readonly kind: 'SELLER' | 'DISTRIBUTOR';
  readonly id: string;
}
export interface Due {
  readonly requisitionId: string;
  readonly payee: Payee;
  /** null = commissions */
  readonly class: ProductClass | null;
  readonly currency: string;
  readonly amount: string;
  readonly bills: readonly { readonly billId: string; readonly period: Period; readonly total: string }[];
  /** where its payee is paid to; null = nobody entered one, it can not be paid */
  readonly account: BankAccount | null;
  readonly runDay: Day;
  /** why an earlier payment of it did not arrive */
  readonly earlier: { readonly paymentId: string; readonly state: PaymentState; readonly reason: string | null } | null;
}

/** Oldest first. @param only these requisitions; null = all that are due */
export async function listDue(
  executor: Executor,
  site: Site,
  only: readonly string[] | null = null,
  limit = MOST_DUE,
): Promise<Due[]> {
  const { rows } = await sql<{
    requisition_id: string;
    seller_id: string | null;
    distributor_id: string | null;
    class: ProductClass | null;
    currency: string;
    total: string;
    run_day: string;
    bills: Due['bills'];
    earlier: Due['earlier'];
  }>`
    SELECT q.requisition_id, q.seller_id, q.distributor_id, q.class, q.currency, q.total, q.run_day,
      (SELECT jsonb_agg(jsonb_build_object('billId', b.bill_id, 'period', b.period, 'total', b.total::text) ORDER BY b.period) FROM settlement.bills b WHERE b.requisition_id = q.requisition_id) AS bills,
      (SELECT jsonb_build_object('paymentId', p.payment_id, 'state', p.state, 'reason', p.reason) FROM settlement.payments p
       WHERE p.requisition_id = q.requisition_id AND p.state IN ('RETURNED', 'FAILED') ORDER BY p.changed_at DESC, p.payment_id DESC LIMIT 1) AS earlier
    FROM settlement.requisitions q
    WHERE q.requisition_id IN (SELECT requisition_id FROM settlement.bills WHERE site = ${site} AND state = 'REQUISITION_REVIEW' AND requisition_id IS NOT NULL)
      AND (${only}::text[] IS NULL OR q.requisition_id = ANY(${only}::text[]))
      AND NOT EXISTS (SELECT 1 FROM settlement.payments p WHERE p.requisition_id = q.requisition_id AND p.state IN ('PROPOSED', 'APPROVED', 'PAID'))
    ORDER BY q.run_day, q.requisition_id LIMIT ${limit}`.execute(executor);
  const due = rows.map((row) => ({ row, payee: payeeOf(row) }));
  const accounts = await bankAccountsOf(
    executor,
    due.map(({ payee }) => payee),
  );
  return due.map(({ row, payee }) => {
    return {
      requisitionId: row.requisition_id,
      payee,
      class: row.class,
      currency: row.currency,
      amount: row.total,
      bills: row.bills,
      account: accounts.find(({ owner }) => owner.kind === payee.kind && owner.id === payee.id) ?? null,
      runDay: row.run_day,
      earlier: row.earlier,
    };
  });
}

const payeeOf = (row: { readonly seller_id: string | null; readonly distributor_id: string | null }): Payee =>
  row.seller_id === null
    ? { kind: 'DISTRIBUTOR', id: row.distributor_id ?? '' }
    : { kind: 'SELLER', id: row.seller_id };

/** in one run: a file of this many payments is read by a bank, and by the person who approves it */
export const MOST_DUE = 2_000;
