/** Invoices of sellers to the marketplace: sent all at once for a requisition, verified or rejected by the operator (5.4). */
import { type Executor, sql, type Tx } from '../../../platform/database/database.ts';
import { claimFile } from '../../../platform/files/index.ts';
import type { Platform } from '../../../platform/platform.ts';
import { uuid } from '../../../platform/random.ts';
import { ok, type Result, refuse } from '../../../platform/result.ts';
import { dayAt } from '../../calendar.ts';
import { moveBill } from '../../live/bills.ts';
import { lockShared } from '../../live/periods.ts';
import type { TaxedAmount } from '../amounts.ts';
import { newsOf } from './follow.ts';
import { type InvoiceEntry, type InvoiceFault, invoiceFaults } from './model.ts';
import {
  type DemandView,
  insertInvoices,
  invoiceList,
  invoicesOf,
  knownNumber,
  listDemands,
  type NewInvoice,
  type SupplyInvoice,
} from './store.ts';

export interface DemandDetail {
  readonly demand: DemandView;
  readonly list: readonly TaxedAmount[];
  readonly invoices: readonly SupplyInvoice[];
}

export async function demandDetail(
  executor: Executor,
  requisitionId: string,
  sellerId: string | null,
): Promise<DemandDetail | null> {
  const [demand] = await listDemands(executor, { sellerId, requisitionId, before: null, limit: 1 });
  if (!demand) return null;
  const [list, invoices] = [await invoiceList(executor, demand), await invoicesOf(executor, requisitionId)];
  return { demand, list, invoices };
}

export interface SubmitInvoices {
  readonly requisitionId: string;
  readonly sellerId: string;
  readonly entries: readonly (InvoiceEntry & { readonly fileId: string })[];
  readonly by: string;
}

/**
 * All invoices of a requisition; its bills go to INVOICE_REVIEW.
 * Refuses NOT_FOUND, BILL_STATE, INVOICE_CHECK (the rule and where), INVOICE_DUPLICATE, FILE_UNKNOWN.
 */
export async function submitInvoices(
  platform: Platform,
  tx: Tx,
  input: SubmitInvoices,
  now: Date,
): Promise<Result<DemandDetail>> {
  const { requisitionId, sellerId, entries, by } = input;
  const demand = await locked(tx, requisitionId, sellerId);
  if (!demand) return unknown;
  if (demand.state !== 'TO_INVOICE') return wrongState(demand);
  const list = await invoiceList(tx, demand);
  const { site, periods } = demand;
  const [fault] = invoiceFaults({ requisitionId, site, periods, list, today: dayAt(now, site) }, entries);
  if (fault) return refused(fault);
  const known = await knownNumber(tx, sellerId, entries);
  if (known !== null) return refuse('INVOICE_DUPLICATE', 'S5-26: this invoice was sent before', { number: known });
  const invoices: NewInvoice[] = [];
  for (const { fileId, ...entry } of entries) {
    const file = await claimFile(tx, fileId, { kind: 'seller', id: sellerId }, 'INVOICE');
    if (!file.ok) return file;
    invoices.push({ ...entry, invoiceId: uuid(platform.random), file: file.value });
  }
  await insertInvoices(tx, { requisitionId, sellerId, by }, invoices, now);
  const moved = await moveBill(platform, tx, { billId: billOf(demand), to: 'INVOICE_REVIEW', by }, now);
  if (!moved.ok) return moved;
  await platform.events.publish(tx, [newsOf('submitted', demand)], now);
  return reread(tx, requisitionId);
}

export interface DecideInvoices {
  readonly requisitionId: string;
  readonly accept: boolean;
  readonly reason: string;
  readonly by: string;
}

/** Verified: the bills go on; rejected with a reason: they wait for new ones. Refuses NOT_FOUND, BILL_STATE. */
export async function decideInvoices(
  platform: Platform,
  tx: Tx,
  { requisitionId, accept, reason, by }: DecideInvoices,
  now: Date,
): Promise<Result<DemandDetail>> {
  const demand = await locked(tx, requisitionId, null);
  if (!demand) return unknown;
  if (demand.state !== 'INVOICE_REVIEW') return wrongState(demand);
  const to = accept ? 'REQUISITION_REVIEW' : 'TO_INVOICE';
  const note = reason.trim() === '' ? undefined : reason.trim();
  const moved = await moveBill(platform, tx, { billId: billOf(demand), to, by, note }, now);
  return moved.ok ? reread(tx, requisitionId) : moved;
}

/** The site's lock first, as whoever moves bills takes it, then the requisition: one submission at a time. */
async function locked(tx: Tx, requisitionId: string, sellerId: string | null): Promise<DemandView | null> {
  const { rows } = await sql<{ site: DemandView['site'] }>`
    SELECT site FROM settlement.requisitions WHERE requisition_id = ${requisitionId}`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  await lockShared(tx, row.site);
  await sql`SELECT 1 FROM settlement.requisitions WHERE requisition_id = ${requisitionId} FOR UPDATE`.execute(tx);
  const [demand] = await listDemands(tx, { sellerId, requisitionId, before: null, limit: 1 });
  return demand ?? null;
}

async function reread(tx: Tx, requisitionId: string): Promise<Result<DemandDetail>> {
  const detail = await demandDetail(tx, requisitionId, null);
  return detail ? ok(detail) : unknown;
}

function billOf({ requisitionId, billIds: [billId] }: DemandView): string {
  if (billId === undefined) throw new Error(`requisition ${requisitionId} has no bill`);
  return billId;
}

const unknown = refuse('NOT_FOUND', 'no invoice is asked for with this requisition');
const wrongState = ({ state }: DemandView) =>
  refuse('BILL_STATE', `the bills of this requisition are ${state}`, { state });
const refused = ({ rule, text, place, facts }: InvoiceFault) =>
  refuse('INVOICE_CHECK', `${rule}: ${text}`, {
    rule,
    ...(place === null ? {} : { invoice: String(place + 1) }),
    ...facts,
  });
