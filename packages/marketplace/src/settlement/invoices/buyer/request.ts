/** A buyer asks for invoices: whole orders, and whole months of usage, of one issuer, one invoice for each tax rate (B-101, S5-18). */
import { staysSeller } from '../../../directory/index.ts';
import { markInvoicedUsage } from '../../../metering/index.ts';
import { markInvoiced, ordersByIds } from '../../../ordering/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { decimal } from '../../../platform/money.ts';
import type { Platform } from '../../../platform/platform.ts';
import { uuid } from '../../../platform/random.ts';
import { ok, type Result, refuse } from '../../../platform/result.ts';
import { daysLater, hourOfDay, midnightOf, SITES, type Site } from '../../../platform/site.ts';
import { addTask } from '../../../platform/tasks/marketplace-tasks.ts';
import { type Calendar, CalendarGap, dayAt } from '../../calendar.ts';
import { workingCalendar } from '../../calendar-store.ts';
import { taxed } from '../amounts.ts';
import { type InvoiceKind, type InvoiceReceiver, type InvoiceTitle, kindsOf, titleFault } from '../titles.ts';
import { type BuyerInvoice, ISSUE_DAYS } from './model.ts';
import { invoiceNews } from './news.ts';
import { type InvoiceableLine, type IssuerKey, type Obstacle, standingOf } from './orders.ts';
import { addMove, insertBuyerInvoices } from './store.ts';
import { REMIND_ISSUER } from './tasks.ts';
import { invoiceableUsage, monthToInvoice, usagePeriod } from './usage.ts';

export interface AskForInvoice {
  readonly buyerId: string;
  readonly issuer: IssuerKey;
  /** of usage the keys of its months, `USAGE-202601` */
  readonly orderIds: readonly string[];
  readonly kind: InvoiceKind;
  readonly title: InvoiceTitle;
  readonly receiver: InvoiceReceiver;
  readonly note: string;
  readonly userId: string;
  readonly by: string;
  readonly traceId: string;
}

/** Days before the last one (S5-15: 7 days), and the day after it. */
const REMINDED_DAYS_BEFORE = [2, -1];
const REMINDED_AT_HOUR = 10;
/** B-102: the marketplace looks at a request within one working day */
const REVIEW_WORKING_DAYS = 1;

/**
 * Refuses NOT_FOUND, INVOICE_ISSUER_LEFT, INVOICE_TITLE, INVOICE_KIND (the issuer does not offer it), and for an order INVOICE_CREDIT (S5-22),
 * INVOICE_REFUND (S5-20), INVOICE_APPEAL (X4), INVOICE_EXISTS, INVOICE_LINE.
 */
export async function askForInvoice(
  platform: Platform,
  tx: Tx,
  asked: AskForInvoice,
  now: Date,
): Promise<Result<readonly BuyerInvoice[]>> {
  const { buyerId, issuer, kind, title, receiver } = asked;
  const sellerId = issuer === 'PLATFORM' ? null : issuer.slice('SELLER:'.length);
  // S4-7: all was invoiced then, or the buyer had said that it needs none
  if (sellerId !== null && !(await staysSeller(tx, sellerId)).ok)
    return refuse('INVOICE_ISSUER_LEFT', 'S4-7: the seller has left the marketplace and issues no invoices any more');
  const fault = titleFault(kind, title, receiver, platform.config.site);
  if (fault) return { ok: false, refusal: fault };
  if (!(await kindsOf(tx, sellerId)).includes(kind))
    return refuse('INVOICE_KIND', 'S5-17: the issuer does not offer this kind of invoice', { kind });
  const scope = { kind: 'buyer', buyerId, placedBy: null } as const;
  const { site } = platform.config;
  const periods = [...new Set(asked.orderIds)].flatMap((key) => usagePeriod(key) ?? []);
  const orders = await ordersByIds(tx, [...new Set(asked.orderIds)], { scope });
  const months = periods.length === 0 ? [] : await invoiceableUsage(tx, { buyerId, site, now });
  const standing = [
    ...(await standingOf(tx, orders)),
    ...months.filter(({ period }) => period !== null && periods.includes(period)),
  ].filter((each) => each.issuer === issuer);
  const missing = asked.orderIds.find((id) => !standing.some(({ orderId }) => orderId === id));
  if (missing !== undefined)
    return refuse('NOT_FOUND', 'B-101: there is no such paid order with this issuer', { orderId: missing });
  for (const { orderId, obstacle } of standing)
    if (obstacle !== null) return refuse(...REFUSALS[obstacle], { orderId });
  const due = dueAt(site, sellerId, await workingCalendar(tx), now);
  const usage = await Promise.all(periods.map((period) => monthToInvoice(tx, { buyerId, site, period, issuer })));
  const lines = [
    ...standing.filter(({ period }) => period === null).flatMap((each) => each.lines),
    ...usage.flatMap((month) => month.lines),
  ];
  const invoices = byRate(lines).map(([rate, own]): BuyerInvoice => {
    const sum = own.reduce((total, { amount }) => total.plus(amount), decimal('0'));
    return {
      ...EMPTY,
      ...taxed(sum, rate),
      ...{
        invoiceId: uuid(platform.random),
        requestId: '',
        issuer: sellerId === null ? 'PLATFORM' : 'SELLER',
        sellerId,
      },
      ...{ buyerId, kind, title, receiver, note: asked.note },
      currency: SITES[platform.config.site].currency,
      lines: own.map(({ rate: _, refunds: __, ...line }) => line),
      orderIds: [...new Set(own.map((line) => line.orderId))],
      ...{ requestedAt: now, requestedBy: asked.userId, traceId: asked.traceId },
      dueAt: due,
    };
  });
  const requestId = uuid(platform.random);
  const made = invoices.map((invoice) => ({ ...invoice, requestId }));
  const given = new Map(lines.map((line) => [line.orderLineId, line.refunds]));
  const marks = made.flatMap(({ invoiceId, lines: own }) =>
    own
      .filter(({ period }) => period === null)
      .map(({ orderLineId }) => ({ orderLineId, invoiceId, refunds: given.get(orderLineId) ?? 0 })),
  );
  const charges = usage.flatMap((month) =>
    month.charges.flatMap(({ chargeId, rate }) =>
      made.filter((each) => decimal(each.rate).equals(rate)).map(({ invoiceId }) => ({ chargeId, invoiceId })),
    ),
  );
  const marked = await markInvoiced(tx, buyerId, marks);
  if (!marked.ok) return marked;
  const kept = await markInvoicedUsage(tx, charges);
  if (!kept.ok) return kept;
  await insertBuyerInvoices(tx, made);
  await addMove(
    tx,
    made.map(({ invoiceId }) => invoiceId),
    { state: 'IN_REVIEW', at: now, by: asked.by, note: null },
  );
  for (const invoice of made) await remindLater(platform, tx, invoice, now);
  await platform.events.publish(
    tx,
    made.map((invoice) => invoiceNews('requested', invoice)),
    now,
  );
  return ok(made);
}

const REFUSALS: Readonly<Record<Obstacle, readonly [code: string, message: string]>> = {
  UNPAID_CREDIT: ['INVOICE_CREDIT', 'S5-22: an order on credit is repaid before it is invoiced'],
  REFUND: ['INVOICE_REFUND', 'S5-20: while a refund is open no invoice is asked for'],
  APPEAL: ['INVOICE_APPEAL', 'X4: while an appeal is open no invoice is asked for'],
  INVOICED: ['INVOICE_EXISTS', 'S5-18: an order is invoiced once; its invoice is returned first'],
  NOT_DELIVERED: ['INVOICE_LINE', 'S5-18: orders that are paid and delivered are invoiced'],
  NOT_OVER: ['INVOICE_LINE', 'S5-18: usage is invoiced by whole months that are over'],
  NOTHING: ['INVOICE_LINE', 'S5-18: nothing of this order is left to be invoiced'],
};

function byRate(lines: readonly InvoiceableLine[]): [rate: string, lines: InvoiceableLine[]][] {
  const rates = new Map<string, InvoiceableLine[]>();
  for (const line of lines) rates.set(line.rate, [...(rates.get(line.rate) ?? []), line]);
  return [...rates].toSorted(([one], [other]) => decimal(other).comparedTo(one));
}

/** S5-15: a seller has 7 days; the marketplace reviews within a working day, counted plainly while a year's holidays are unknown. */
function dueAt(site: Site, sellerId: string | null, calendar: Calendar, now: Date): Date {
  const { timeZone } = SITES[site];
  if (sellerId !== null) return daysLater(now, ISSUE_DAYS, timeZone);
  try {
    return midnightOf(calendar.addWorkingDays(dayAt(now, site), REVIEW_WORKING_DAYS + 1), timeZone);
  } catch (error) {
    if (!(error instanceof CalendarGap)) throw error;
    return daysLater(now, REVIEW_WORKING_DAYS, timeZone);
  }
}

async function remindLater(platform: Platform, tx: Tx, invoice: BuyerInvoice, now: Date): Promise<void> {
  if (invoice.issuer !== 'SELLER') return;
  for (const days of REMINDED_DAYS_BEFORE) {
    const at = hourOfDay(invoice.dueAt, -days, REMINDED_AT_HOUR, SITES[platform.config.site].timeZone);
    const subject = `${invoice.invoiceId} ${days}`;
    await addTask(
      tx,
      { id: uuid(platform.random), kind: REMIND_ISSUER, subject, dueAt: at, traceId: invoice.traceId },
      now,
    );
  }
}

const EMPTY = {
  state: 'IN_REVIEW',
  cancelRefused: false,
  returnRefused: false,
  reason: null,
  issued: null,
  courier: null,
  returned: null,
  letter: null,
  sentAt: null,
} as const;
