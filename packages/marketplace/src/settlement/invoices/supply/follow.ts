/**
 * What invoices do when their bills move (4.4): a bill that waits for an invoice starts the month in which it is due
 * (S5-24) with its reminders; a bill that goes on verifies what was submitted, one that goes back rejects it (S5-27).
 */
import type { Tx } from '../../../platform/database/database.ts';
import type { NewEvent } from '../../../platform/events.ts';
import type { Platform } from '../../../platform/platform.ts';
import { uuid } from '../../../platform/random.ts';
import { hourOfDay, midnightOf, SITES, type Site } from '../../../platform/site.ts';
import { addTask, type TaskHandler } from '../../../platform/tasks/marketplace-tasks.ts';
import { type Day, dayAt } from '../../calendar.ts';
import type { BillState } from '../../live/bill-states.ts';
import { dueOn } from './model.ts';
import { askedBefore, closeSubmitted, type DemandView, listDemands } from './store.ts';

export const REMIND_INVOICE = 'settlement.remind-invoice';
/** before the last day; the day after it the operators are told too */
const REMINDED_DAYS_BEFORE = [7, 3, 1, -1];
const REMINDED_AT_HOUR = 10;

export interface Moved {
  readonly requisitionId: string;
  readonly site: Site;
  readonly to: BillState;
  readonly by: string;
  readonly note: string | undefined;
}

/** In the transaction that moves the bills, after they moved. */
export async function invoicesFollow(platform: Platform, tx: Tx, moved: Moved, now: Date): Promise<void> {
  const { requisitionId, site, to, by, note } = moved;
  if (to === 'REQUISITION_REVIEW') {
    const verified = await closeSubmitted(tx, requisitionId, { state: 'VERIFIED', reason: null, by }, now);
    if (verified > 0) await tell(platform, tx, requisitionId, (demand) => [newsOf('verified', demand)], now);
  }
  if (to !== 'TO_INVOICE') return;
  const reason = note ?? '';
  const rejected = await closeSubmitted(tx, requisitionId, { state: 'REJECTED', reason, by }, now);
  if (rejected > 0) await tell(platform, tx, requisitionId, (demand) => [newsOf('rejected', demand, { reason })], now);
  const due = dueOn(dayAt(now, site));
  // asked again on the same day: the reminders of the first time hold
  const before = await askedBefore(tx, requisitionId);
  if (before !== null && dueOn(dayAt(before, site)) === due) return;
  for (const days of REMINDED_DAYS_BEFORE) {
    const { timeZone } = SITES[site];
    const dueAt = hourOfDay(midnightOf(due, timeZone), -days, REMINDED_AT_HOUR, timeZone);
    const subject = `${requisitionId} ${due} ${days}`;
    const task = { id: uuid(platform.random), kind: REMIND_INVOICE, subject, dueAt, traceId: traceOf(requisitionId) };
    await addTask(tx, task, now);
  }
}

/** Task: the seller still has to invoice, by the day that was told. */
export const remindInvoice =
  (platform: Platform): TaskHandler =>
  async (tx, { subject }, now) => {
    const [requisitionId = '', due = '', days = ''] = subject.split(' ');
    const [demand] = await listDemands(tx, { sellerId: null, requisitionId, before: null, limit: 1 });
    if (demand?.state !== 'TO_INVOICE' || dueDayOf(demand) !== due) return 'resolved';
    await platform.events.publish(tx, [newsOf('due', demand, { daysLeft: Number(days) })], now);
    return 'done';
  };

/** The last day for the invoices of a demand. */
export const dueDayOf = ({ askedAt, site }: Pick<DemandView, 'askedAt' | 'site'>): Day => dueOn(dayAt(askedAt, site));

export const newsOf = (
  what: 'submitted' | 'verified' | 'rejected' | 'due',
  demand: DemandView,
  more: Record<string, unknown> = {},
): NewEvent => ({
  type: `settlement.invoices-${what}`,
  aggregate: `requisition:${demand.requisitionId}`,
  payload: {
    requisitionId: demand.requisitionId,
    sellerId: demand.sellerId,
    amount: { amount: demand.total, currency: demand.currency },
    dueOn: dueDayOf(demand),
    ...more,
  },
  traceId: traceOf(demand.requisitionId),
});
const traceOf = (requisitionId: string): string => `settlement-${requisitionId}`;

async function tell(
  platform: Platform,
  tx: Tx,
  requisitionId: string,
  news: (demand: DemandView) => NewEvent[],
  now: Date,
): Promise<void> {
  const [demand] = await listDemands(tx, { sellerId: null, requisitionId, before: null, limit: 1 });
  if (demand) await platform.events.publish(tx, news(demand), now);
}
