/** What happens to invoices of buyers by themselves: issuers are reminded, receipts confirmed after 90 days (S5-19). */
import type { Platform } from '../../../platform/platform.ts';
import type { TaskHandler } from '../../../platform/tasks/marketplace-tasks.ts';
import { stepped } from './model.ts';
import { invoiceNews } from './news.ts';
import { addMove, listBuyerInvoices, saveBuyerInvoice } from './store.ts';

export const REMIND_ISSUER = 'settlement.remind-issuer';
export const CONFIRM_RECEIPT = 'settlement.confirm-receipt';

/** Task: the seller has not issued what was asked for (S5-15). */
export const remindIssuer =
  (platform: Platform): TaskHandler =>
  async (tx, { subject }, now) => {
    const [invoiceId = '', days = ''] = subject.split(' ');
    const [invoice] = await listBuyerInvoices(tx, { scope: { kind: 'all' }, invoiceId });
    if (invoice?.state !== 'IN_REVIEW' && invoice?.state !== 'ISSUING') return 'resolved';
    await platform.events.publish(tx, [invoiceNews('due', invoice, { daysLeft: Number(days) })], now);
    return 'done';
  };

/** Task: a paper invoice that nobody confirmed counts as received. */
export const confirmReceipt =
  (): TaskHandler =>
  async (tx, { subject }, now) => {
    const [invoice] = await listBuyerInvoices(tx, { scope: { kind: 'all' }, invoiceId: subject, lock: true });
    if (invoice?.state !== 'TO_RECEIVE') return 'resolved';
    const received = stepped(invoice, { step: 'receive' }, now);
    if (!received.ok) return 'resolved';
    await saveBuyerInvoice(tx, received.value);
    await addMove(tx, [subject], { state: received.value.state, at: now, by: 'SYSTEM', note: null });
    return 'done';
  };
