/** What operators do with bills: move them on, keep them back, correct them in the next period (S4-3). */
import { distributorNames } from '../../directory/index.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { NewEvent } from '../../platform/events.ts';
import { type Decimal, decimal } from '../../platform/exact.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { Site } from '../../platform/site.ts';
import { dayAt, periodAt } from '../calendar.ts';
import type { ProductClass } from '../facts.ts';
import { invoicesFollow } from '../invoices/supply/follow.ts';
import { type BillState, nextStates } from './bill-states.ts';
import { billPeriodFor, firstOpen, lockShared, openPeriods } from './periods.ts';
import { releaseBills } from './releasing.ts';

interface BillRow {
  bill_id: string;
  seller_id: string | null;
  distributor_id: string | null;
  class: ProductClass | null;
  site: Site;
  currency: string;
  period: string;
  total: string;
  state: BillState;
  requisition_id: string | null;
  kept: boolean;
}

/** The bill and those that are paid together with it, oldest first. */
async function locked(tx: Tx, billId: string): Promise<{ bill: BillRow; together: BillRow[] } | null> {
  const { rows: known } = await sql<{
    site: Site;
  }>`SELECT site FROM settlement.bills WHERE bill_id = ${billId}`.execute(tx);
  const [first] = known;
  if (!first) return null;
  // A bill run may release bills meanwhile: it holds this lock alone.
  await lockShared(tx, first.site);
  const { rows } = await sql<BillRow>`
    SELECT bill_id, seller_id, distributor_id, class, site, currency, period, total, state, requisition_id, kept FROM settlement.bills
    WHERE bill_id = ${billId} OR requisition_id = (SELECT requisition_id FROM settlement.bills WHERE bill_id = ${billId}) ORDER BY period, bill_id FOR UPDATE`.execute(
    tx,
  );
  const bill = rows.find((row) => row.bill_id === billId);
  return bill ? { bill, together: rows } : null;
}

export interface MoveBill {
  readonly billId: string;
  readonly to: BillState;
  readonly by: string;
  readonly note?: string | undefined;
}

/** Moves a bill and those of its requisition, as far as people do. Refuses NOT_FOUND, BILL_HELD, BILL_STATE. */
export async function moveBill(platform: Platform, tx: Tx, input: MoveBill, now: Date): Promise<Result<string>> {
  const { billId, to, by, note } = input;
  const found = await locked(tx, billId);
  if (!found) return unknown;
  const { bill, together } = found;
  if (bill.requisition_id === null) return refuse('BILL_HELD', 'a bill that is held is not sent on');
  if (!nextStates({ ...bill, released: true }).includes(to))
    return refuse('BILL_STATE', `a bill that is ${bill.state} does not become ${to}`, { state: bill.state });
  await writeMoves(platform, tx, together, { to, by, noteOf: () => note ?? null }, now);
  // a distributor mails its invoice (4.6)
  if (bill.seller_id !== null)
    await invoicesFollow(platform, tx, { requisitionId: bill.requisition_id, site: bill.site, to, by, note }, now);
  return ok(billId);
}

/** Requisitions whose bills move on together, each with what is said of it. */
export interface RequisitionMove {
  readonly requisitionId: string;
  readonly note: string | null;
}

/**
 * Moves the bills of whole requisitions; for the pay-out, which alone makes them PAYING and PAID.
 * @returns false = a bill of one of them does not stand in `from`, nothing was written
 */
export async function moveRequisitions(
  platform: Platform,
  tx: Tx,
  moves: readonly RequisitionMove[],
  step: { readonly site: Site; readonly from: BillState; readonly to: BillState; readonly by: string },
  now: Date,
): Promise<boolean> {
  if (moves.length === 0) return true;
  const { site, from, to, by } = step;
  await lockShared(tx, site);
  const notes = new Map(moves.map(({ requisitionId, note }) => [requisitionId, note]));
  const { rows } = await sql<BillRow>`
    SELECT bill_id, seller_id, distributor_id, class, site, currency, period, total, state, requisition_id, kept FROM settlement.bills
    WHERE requisition_id = ANY(${[...notes.keys()]}::text[]) ORDER BY period, bill_id FOR UPDATE`.execute(tx);
  const found = new Set(rows.map((row) => row.requisition_id));
  if (found.size !== notes.size || rows.some(({ state }) => state !== from)) return false;
  await writeMoves(platform, tx, rows, { to, by, noteOf: (row) => notes.get(row.requisition_id ?? '') ?? null }, now);
  return true;
}

async function writeMoves(
  platform: Platform,
  tx: Tx,
  bills: readonly BillRow[],
  { to, by, noteOf }: { readonly to: BillState; readonly by: string; readonly noteOf: (row: BillRow) => string | null },
  now: Date,
): Promise<void> {
  const ids = bills.map((row) => row.bill_id);
  await sql`UPDATE settlement.bills SET state = ${to} WHERE bill_id = ANY(${ids}::text[])`.execute(tx);
  await sql`
    INSERT INTO settlement.bill_moves (bill_id, state, at, by_whom, note)
    SELECT bill_id, ${to}, ${now}, ${by}, note FROM unnest(${ids}::text[], ${bills.map(noteOf)}::text[]) WITH ORDINALITY AS m (bill_id, note, place) ORDER BY place`.execute(
    tx,
  );
  const refused = to === 'UNDER_REVIEW' ? await rejectionNews(tx, bills, noteOf) : [];
  const news = [...bills.flatMap((row) => newsOf(row, to)), ...commissionNews(bills, to), ...refused];
  await platform.events.publish(tx, news, now);
}

/** Told to sellers: the bill was sent (N-62), an invoice is asked for, the money is on its way. */
const TOLD: Partial<Record<BillState, string>> = {
  TO_COUNTERSIGN: 'settlement.bill-sent',
  TO_INVOICE: 'settlement.invoice-asked',
  PAID: 'settlement.bill-paid',
};
function newsOf(row: BillRow, to: BillState): NewEvent[] {
  const type = row.seller_id === null ? undefined : TOLD[to];
  // invoices that were rejected are told as that, with their reason
  if (type === undefined || row.state === 'INVOICE_REVIEW') return [];
  return [
    {
      type,
      aggregate: `bill:${row.bill_id}`,
      payload: {
        billId: row.bill_id,
        sellerId: row.seller_id,
        period: row.period,
        class: row.class,
        amount: { amount: row.total, currency: row.currency },
      },
      traceId: `settlement-${row.site}-${row.period}`,
    },
  ];
}

/** Told to distributors (N-80): a bill waits for their confirmation, an invoice is asked for, the money is on its way. */
const COMMISSION_TOLD: Partial<Record<BillState, string>> = {
  TO_CONFIRM: 'settlement.commission-bill-sent',
  TO_INVOICE: 'settlement.commission-invoice-asked',
  PAID: 'settlement.commission-bill-paid',
};
function commissionNews(bills: readonly BillRow[], to: BillState): NewEvent[] {
  const type = COMMISSION_TOLD[to];
  return type === undefined ? [] : sumsOf(bills).map((sum) => commissionEvent(type, sum, {}));
}

/** Told to the operator: a distributor rejected its bill, and why; it is under review again (4.6). */
async function rejectionNews(
  tx: Tx,
  bills: readonly BillRow[],
  noteOf: (row: BillRow) => string | null,
): Promise<NewEvent[]> {
  const sums = sumsOf(bills);
  const names = await distributorNames(
    tx,
    sums.flatMap(({ newest }) => newest.distributor_id ?? []),
  );
  return sums.map((sum) =>
    commissionEvent('settlement.commission-bill-rejected', sum, {
      distributorName: names.get(sum.newest.distributor_id ?? '') ?? '',
      reason: noteOf(sum.newest) ?? '',
    }),
  );
}

interface PaidTogether {
  readonly newest: BillRow;
  readonly total: Decimal;
}
/** Bills of distributors that are paid together are told of once: one of them alone may be negative (S4-6). @param bills oldest first */
function sumsOf(bills: readonly BillRow[]): PaidTogether[] {
  const requisitions = new Map<string | null, PaidTogether>();
  for (const row of bills.filter(({ distributor_id }) => distributor_id !== null)) {
    const before = requisitions.get(row.requisition_id)?.total ?? decimal('0');
    requisitions.set(row.requisition_id, { newest: row, total: before.plus(row.total) });
  }
  return [...requisitions.values()];
}

const commissionEvent = (type: string, { newest, total }: PaidTogether, more: NewEvent['payload']): NewEvent => ({
  type,
  aggregate: `bill:${newest.bill_id}`,
  payload: {
    billId: newest.bill_id,
    distributorId: newest.distributor_id,
    period: newest.period,
    amount: { amount: total.toFixed(2), currency: newest.currency },
    ...more,
  },
  traceId: `settlement-${newest.site}-${newest.period}`,
});

/** Keeps a bill under review back, or lets it go on; what was to be paid together is put together anew. */
export async function holdBill(
  tx: Tx,
  input: { readonly billId: string; readonly hold: boolean; readonly reason: string; readonly by: string },
  now: Date,
): Promise<Result<string>> {
  const { billId, hold, reason, by } = input;
  const found = await locked(tx, billId);
  if (!found) return unknown;
  const { bill, together } = found;
  if (bill.state !== 'UNDER_REVIEW')
    return refuse('BILL_STATE', `a bill that is ${bill.state} is not held any more`, { state: bill.state });
  if (bill.kept === hold) return ok(billId);
  const ids = together.map((row) => row.bill_id);
  await sql`
    UPDATE settlement.bills SET released_at = NULL, requisition_id = NULL,
      kept = CASE WHEN bill_id = ${billId} THEN ${hold} ELSE kept END,
      held_note = CASE WHEN bill_id = ${billId} THEN ${hold ? reason : null} ELSE held_note END,
      held_reason = CASE WHEN bill_id = ${billId} AND ${hold} THEN 'HOLD' END
    WHERE bill_id = ANY(${ids}::text[])`.execute(tx);
  if (bill.requisition_id !== null)
    await sql`DELETE FROM settlement.requisitions WHERE requisition_id = ${bill.requisition_id}`.execute(tx);
  await sql`
    INSERT INTO settlement.bill_moves (bill_id, state, at, by_whom, note) VALUES (${billId}, ${bill.state}, ${now}, ${by}, ${`${hold ? 'held' : 'no longer held'}: ${reason}`})`.execute(
    tx,
  );
  await releaseBills(tx, bill.site, dayAt(now, bill.site), now);
  return ok(billId);
}

/** Whose next bill an adjustment goes in: a seller has one by class, a distributor one in all (4.6). */
export type Adjusted =
  | { readonly kind: 'SELLER'; readonly id: string; readonly class: ProductClass }
  | { readonly kind: 'DISTRIBUTOR'; readonly id: string };
export interface Adjust {
  readonly of: Adjusted;
  /** may be negative, never zero */
  readonly amount: string;
  /** what it corrects */
  readonly billId: string | undefined;
  readonly reason: string;
  /** user who gives it: approves no payment of it (O-7) */
  readonly by: string;
}

/** S4-3: what a dispute gives is a line of the next bill; the bill that was sent stays as it is. @returns the line's id */
export async function adjust(platform: Platform, tx: Tx, input: Adjust, now: Date): Promise<Result<string>> {
  const { site } = platform.config;
  const { of } = input;
  const toSeller = of.kind === 'SELLER';
  const [sellerId, productClass, distributorId] = toSeller ? [of.id, of.class, null] : [null, null, of.id];
  if (input.billId !== undefined) {
    const { rows } = await sql`
      SELECT 1 FROM settlement.bills WHERE bill_id = ${input.billId} AND seller_id IS NOT DISTINCT FROM ${sellerId}::text
        AND class IS NOT DISTINCT FROM ${productClass}::text AND distributor_id IS NOT DISTINCT FROM ${distributorId}::text`.execute(
      tx,
    );
    if (rows.length === 0) return unknown;
  }
  await lockShared(tx, site);
  const period = periodAt(now, site);
  const billPeriod = billPeriodFor(period, await firstOpen(tx, site));
  const lineId = `ADJ-${uuid(platform.random)}`;
  const texts = {
    productName: ADJUSTMENT,
    specificationName: NONE,
    chargingMode: null,
    distributorId,
    note: input.reason,
  };
  await sql`
    INSERT INTO settlement.lines (line_id, root_id, order_id, seller_id, site, class, distributor_id, kind, placed_at, state, ready_at, period, bill_period, sales, cash,
      settlement, platform_fee, distributor_settlement)
    VALUES (${lineId}, ${lineId}, ${input.billId ?? lineId}, ${sellerId}, ${site}, ${productClass}, ${distributorId}, 'ADJUSTMENT', ${now}, 'READY', ${now}, ${period}, ${billPeriod}, 0, 0,
      ${toSeller ? input.amount : '0'}::numeric, 0, ${toSeller ? null : input.amount}::numeric)`.execute(tx);
  await sql`
    INSERT INTO settlement.facts (line_id, line, about) VALUES (${lineId}, '{}', ${JSON.stringify(texts)}::jsonb)`.execute(
    tx,
  );
  await sql`INSERT INTO settlement.adjustments (line_id, made_by) VALUES (${lineId}, ${input.by})`.execute(tx);
  await openPeriods(platform, tx, site, [billPeriod], now);
  return ok(lineId);
}

const ADJUSTMENT = { zh: '调账', en: 'Adjustment' };
const NONE = { zh: '', en: '' };
const unknown = refuse('NOT_FOUND', 'there is no such bill');
