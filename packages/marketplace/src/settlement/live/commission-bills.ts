/**
 * Bills of distributors, service providers and resellers (settlement.md 4.6), as they and the operator see them, and what
 * the party does about them. The bill run makes them (`commission-run.ts`). The party confirms a bill or rejects it, invoices the marketplace, and is paid by the same pay-out run.
 */
import type { RawBuilder } from 'kysely';
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { Site } from '../../platform/site.ts';
import type { Day, Period } from '../calendar.ts';
import { workingCalendar } from '../calendar-store.ts';
import { splitByRate, type TaxedAmount } from '../invoices/amounts.ts';
import type { ScheduleStep } from '../runs.ts';
import { type BillDetail, type BillView, scheduleFrom } from './bill-queries.ts';
import type { BillState } from './bill-states.ts';
import { moveRequisitions } from './bills.ts';
import { lockShared } from './periods.ts';

export interface CommissionBill {
  readonly billId: string;
  readonly distributorId: string;
  readonly site: Site;
  readonly currency: string;
  readonly period: Period;
  readonly sales: string;
  /** S1-4: what its orders count of */
  readonly cash: string;
  readonly total: string;
  readonly lines: number;
  readonly state: BillState;
  /** S2-1: the bank account is not verified; S4-6: nothing to pay, carried on */
  readonly heldReason: 'S2-1' | 'S4-6' | 'HOLD' | null;
  readonly heldNote: string | null;
  readonly nominalRunDay: Day;
  readonly runDay: Day;
  readonly createdAt: Date;
  readonly releasedAt: Date | null;
  readonly requisitionId: string | null;
}

export interface CommissionBillQuery {
  /** null = all */
  readonly distributorId: string | null;
  readonly period?: Period | undefined;
  readonly state?: BillState | undefined;
  readonly billId?: string | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** Newest first. */
export async function listCommissionBills(executor: Executor, query: CommissionBillQuery): Promise<CommissionBill[]> {
  const { distributorId, period, state, billId, before, limit } = query;
  const conditions: RawBuilder<unknown>[] = [
    distributorId === null ? sql`distributor_id IS NOT NULL` : sql`distributor_id = ${distributorId}`,
  ];
  if (period !== undefined) conditions.push(sql`period = ${period}`);
  if (state !== undefined) conditions.push(sql`state = ${state}`);
  if (billId !== undefined) conditions.push(sql`bill_id = ${billId}`);
  if (before) conditions.push(sql`(created_at, bill_id) < (${before.at}, ${before.id})`);
  const { rows } = await sql<CommissionBill>`
    SELECT bill_id AS "billId", distributor_id AS "distributorId", site, currency, period, sales, cash, total, lines, state, held_reason AS "heldReason", held_note AS "heldNote",
      nominal_run_day AS "nominalRunDay", run_day AS "runDay", created_at AS "createdAt", released_at AS "releasedAt", requisition_id AS "requisitionId"
    FROM settlement.bills WHERE ${sql.join(conditions, sql` AND `)} ORDER BY created_at DESC, bill_id DESC LIMIT ${limit}`.execute(
    executor,
  );
  return rows;
}

export interface CommissionBillDetail {
  readonly bill: CommissionBill;
  readonly schedule: readonly ScheduleStep[];
  readonly requisition: BillDetail['requisition'];
  /** what is invoiced for the requisition, by the rate of the service invoice (S3-16) */
  readonly invoiceList: readonly TaxedAmount[];
  readonly history: BillDetail['history'];
  readonly adjustments: readonly CommissionAdjustment[];
}

/** S4-3: what a dispute about an earlier bill gave, as a line of this one. */
export interface CommissionAdjustment {
  readonly lineId: string;
  readonly amount: string;
  readonly reason: string;
  readonly madeAt: Date;
  /** the bill that it corrects, as far as it corrects one */
  readonly corrects: { readonly billId: string; readonly period: Period } | null;
}

/** @param distributorId null = whoever it is of @returns null = there is none */
export async function commissionBillDetail(
  executor: Executor,
  billId: string,
  distributorId: string | null,
): Promise<CommissionBillDetail | null> {
  const [bill] = await listCommissionBills(executor, { distributorId, billId, before: null, limit: 1 });
  if (!bill) return null;
  const { rows } = await sql<NonNullable<CommissionBillDetail['requisition']> & { runDay: Day }>`
    SELECT q.requisition_id AS "requisitionId", q.total, q.run_day AS "runDay",
      (SELECT jsonb_agg(jsonb_build_object('billId', o.bill_id, 'period', o.period) ORDER BY o.period) FROM settlement.bills o WHERE o.requisition_id = q.requisition_id) AS bills
    FROM settlement.requisitions q WHERE q.requisition_id = ${bill.requisitionId}`.execute(executor);
  const [requisition = null] = rows;
  const { rows: history } = await sql<CommissionBillDetail['history'][number]>`
    SELECT state, at, by_whom AS by, note FROM settlement.bill_moves WHERE bill_id = ${billId} ORDER BY place`.execute(
    executor,
  );
  return {
    bill,
    schedule: requisition
      ? scheduleFrom({ ...bill, class: null }, requisition.runDay, await workingCalendar(executor))
      : [],
    requisition,
    invoiceList: requisition ? await invoiceList(executor, requisition) : [],
    history,
    adjustments: await adjustmentsIn(executor, bill),
  };
}

async function adjustmentsIn(
  executor: Executor,
  { distributorId, site, period }: CommissionBill,
): Promise<CommissionAdjustment[]> {
  const { rows } = await sql<CommissionAdjustment>`
    SELECT l.line_id AS "lineId", l.distributor_settlement AS amount, coalesce(f.about ->> 'note', '') AS reason, l.placed_at AS "madeAt",
      CASE WHEN c.bill_id IS NOT NULL THEN jsonb_build_object('billId', c.bill_id, 'period', c.period) END AS corrects
    FROM settlement.lines l JOIN settlement.facts f USING (line_id) LEFT JOIN settlement.bills c ON c.bill_id = l.order_id
    WHERE l.distributor_id = ${distributorId} AND l.site = ${site} AND l.bill_period = ${period} AND l.state = 'READY' AND l.seller_id IS NULL ORDER BY l.placed_at, l.line_id`.execute(
    executor,
  );
  return rows;
}

async function invoiceList(
  executor: Executor,
  { requisitionId, total }: NonNullable<CommissionBillDetail['requisition']>,
): Promise<TaxedAmount[]> {
  const { rows } = await sql<{ rate: string | null; amount: string }>`
    SELECT r.terms ->> 'serviceTax' AS rate, sum(l.distributor_settlement) AS amount
    FROM settlement.bills b JOIN settlement.lines l ON l.distributor_id = b.distributor_id AND l.site = b.site AND l.bill_period = b.period AND l.state = 'READY'
    JOIN settlement.facts r ON r.line_id = l.root_id
    WHERE b.requisition_id = ${requisitionId} AND l.distributor_settlement IS NOT NULL GROUP BY 1`.execute(executor);
  return splitByRate(rows, total);
}

/** 4.6: at most so many are confirmed or rejected at once */
export const MOST_DECIDED = 100;
export interface DecideCommissionBills {
  readonly distributorId: string;
  readonly billIds: readonly string[];
  readonly accept: boolean;
  /** of a rejection: what is wrong */
  readonly reason: string | null;
  readonly by: string;
}

/**
 * The distributor confirms bills that were sent to it, or sends them back to the operator's review. Bills that are paid
 * together are decided together (S4-5). All or none. Refuses TOO_MANY, NOT_FOUND, BILL_STATE, REASON_MISSING.
 */
export async function decideCommissionBills(
  platform: Platform,
  tx: Tx,
  { distributorId, billIds, accept, reason, by }: DecideCommissionBills,
  now: Date,
): Promise<Result<readonly string[]>> {
  const { site } = platform.config;
  const asked = [...new Set(billIds)];
  if (asked.length === 0 || asked.length > MOST_DECIDED)
    return refuse('TOO_MANY', `4.6: 1 to ${MOST_DECIDED} bills are decided at once`, { most: String(MOST_DECIDED) });
  const said = reason?.trim() ?? '';
  if (!accept && said === '') return refuse('REASON_MISSING', 'say what is wrong with a bill that is rejected');
  await lockShared(tx, site);
  const { rows } = await sql<{ bill_id: string; state: BillState; requisition_id: string | null }>`
    SELECT bill_id, state, requisition_id FROM settlement.bills WHERE bill_id = ANY(${asked}::text[]) AND distributor_id = ${distributorId} FOR UPDATE`.execute(
    tx,
  );
  if (rows.length !== asked.length) return refuse('NOT_FOUND', 'there is no such bill');
  const other = rows.find(({ state }) => state !== 'TO_CONFIRM');
  if (other)
    return refuse('BILL_STATE', `a bill that is ${other.state} is neither confirmed nor rejected`, {
      state: other.state,
    });
  const requisitions = [...new Set(rows.flatMap(({ requisition_id }) => requisition_id ?? []))];
  const moves = requisitions.map((requisitionId) => ({ requisitionId, note: accept ? null : said }));
  const step = { site, from: 'TO_CONFIRM', to: accept ? 'TO_COUNTERSIGN' : 'UNDER_REVIEW', by } as const;
  if (!(await moveRequisitions(platform, tx, moves, step, now)))
    throw new Error(`bills of ${requisitions.join(', ')} stand apart`);
  return ok(rows.map(({ bill_id }) => bill_id));
}

/** What of a bill is shown to its distributor before it was sent: that it is there, not what is in it (as S5-7). */
export const sentToDistributor = ({ releasedAt, state }: Pick<BillView, 'releasedAt' | 'state'>): boolean =>
  releasedAt !== null && state !== 'UNDER_REVIEW';
