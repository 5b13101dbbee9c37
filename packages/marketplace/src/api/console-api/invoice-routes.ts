/** Invoices of sellers to the marketplace (5.4), and of the marketplace to sellers for its fee (5.5). */
import { scopeOf } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import {
  type DemandDetail,
  decideFeeInvoice,
  decideInvoices,
  demandDetail,
  type FeeInvoice,
  feeOffers,
  keepTitle,
  listDemands,
  listFeeInvoices,
  requestFeeInvoice,
  submitInvoices,
  titlesOf,
} from '../../settlement/index.ts';
import { auditDone } from './audit.ts';
import { presentDemand, presentDemandDetail, presentFee } from './invoice-present.ts';
import * as schemas from './invoice-schemas.ts';
import { namesFor } from './names.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';
import { sellerOf } from './settlement-routes.ts';

const unknown = refuse('NOT_FOUND', 'no invoice is asked for with this requisition');
const unknownFee = refuse('NOT_FOUND', 'there is no such request');
const sellersOnly = refuse('FORBIDDEN', 'S5-23: the seller does this');

export const invoiceRoutes: ConsoleRoute[] = [
  read({
    path: '/seller/invoice-demands',
    summary: 'Requisitions that the seller invoices the marketplace for (S5-24), newest notice first',
    action: 'settlement.view',
    query: schemas.invoiceDemandQuery,
    response: schemas.invoiceDemandPage,
    async run({ platform: { db }, scope, now }, { cursor, limit, open, sellerId }) {
      const found = await listDemands(db, {
        sellerId: sellerOf(scope) ?? sellerId ?? null,
        open: open === undefined ? undefined : open === 'true',
        before: cursor ? decodeCursor(cursor) : null,
        limit: limit + 1,
      });
      const page = toPage(found, limit, ({ askedAt, requisitionId }) => ({ at: askedAt, id: requisitionId }));
      const names = await namesOf(db, page.items);
      return ok({ items: page.items.map((each) => presentDemand(each, names, now)), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/seller/invoice-demands/{requisitionId}',
    summary: 'One requisition: its invoice list by tax rate (S5-25), and the invoices that were sent',
    action: 'settlement.view',
    query: noQuery,
    response: schemas.invoiceDemandDetail,
    async run(call) {
      const { platform, params, scope } = call;
      const detail = await demandDetail(platform.db, params.requisitionId ?? '', sellerOf(scope));
      return detail ? shown(call, platform.db, ok(detail)) : unknown;
    },
  }),
  command({
    path: '/seller/invoice-demands/{requisitionId}/invoices',
    summary: 'Send all invoices of a requisition; they are checked against its list to the cent (S5-27)',
    action: 'invoice.own',
    body: schemas.newSupplyInvoices,
    response: schemas.invoiceDemandDetail,
    async run(call, { invoices }, tx) {
      const { platform, params, scope, principal, now } = call;
      const sellerId = sellerOf(scope);
      if (sellerId === null) return sellersOnly;
      const requisitionId = params.requisitionId ?? '';
      const sent = await submitInvoices(
        platform,
        tx,
        { requisitionId, sellerId, entries: invoices, by: principal.displayName },
        now,
      );
      if (sent.ok) await audited(call, tx, 'invoice.submit', `requisition:${requisitionId}`);
      return shown(call, tx, sent);
    },
  }),
  command({
    path: '/operator/invoice-demands/{requisitionId}/decision',
    summary: 'Verify the invoices of a requisition, or reject them with a reason',
    action: 'settlement.decide',
    body: schemas.supplyDecision,
    response: schemas.invoiceDemandDetail,
    async run(call, body, tx) {
      const { platform, params, principal, now } = call;
      const requisitionId = params.requisitionId ?? '';
      const reason = body.accept ? '' : body.reason;
      const decided = await decideInvoices(
        platform,
        tx,
        { requisitionId, accept: body.accept, reason, by: principal.displayName },
        now,
      );
      if (decided.ok)
        await audited(call, tx, body.accept ? 'invoice.verify' : 'invoice.reject', `requisition:${requisitionId}`);
      return shown(call, tx, decided);
    },
  }),
  read({
    path: '/seller/fee-invoices',
    summary: 'Platform-fee invoices that were asked for, newest first',
    action: 'settlement.view',
    query: schemas.feeInvoiceQuery,
    response: schemas.feeInvoicePage,
    async run(call, { cursor, limit, state, sellerId }) {
      const { db } = call.platform;
      const found = await listFeeInvoices(db, {
        sellerId: sellerOf(call.scope) ?? sellerId ?? null,
        state,
        before: cursor ? decodeCursor(cursor) : null,
        limit: limit + 1,
      });
      const page = toPage(found, limit, ({ requestedAt, feeInvoiceId }) => ({ at: requestedAt, id: feeInvoiceId }));
      const names = await namesOf(db, page.items);
      return ok({ items: page.items.map((each) => presentFee(call, each, names)), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/seller/fee-invoice-offers',
    summary: 'Paid requisitions whose platform fee is not invoiced (S5-29, S5-30)',
    action: 'invoice.own',
    query: noQuery,
    response: schemas.feeOffers,
    async run({ platform: { db }, scope }) {
      const sellerId = sellerOf(scope);
      if (sellerId === null) return sellersOnly;
      const offers = await feeOffers(db, sellerId);
      return ok({ items: offers.map((offer) => ({ ...offer, periods: [...new Set(offer.periods)] })) });
    },
  }),
  command({
    path: '/seller/fee-invoices',
    summary: 'Ask for the invoice of the platform fee; negative fees are taken along (S3-29)',
    action: 'invoice.own',
    body: schemas.newFeeInvoice,
    response: schemas.feeInvoice,
    status: 201,
    async run(call, { requisitionIds, kind }, tx) {
      const { platform, scope, principal, now } = call;
      const sellerId = sellerOf(scope);
      if (sellerId === null) return sellersOnly;
      const asked = { sellerId, requisitionIds, kind, by: principal.userId };
      return shownFee(call, tx, 'request', await requestFeeInvoice(platform, tx, asked, now));
    },
  }),
  command({
    path: '/operator/fee-invoices/{feeInvoiceId}/decision',
    summary: 'Issue a platform-fee invoice with its file, or refuse it with a reason',
    action: 'settlement.decide',
    body: schemas.feeDecision,
    response: schemas.feeInvoice,
    async run(call, body, tx) {
      const { platform, params, principal, now } = call;
      const { feeInvoiceId } = params;
      if (!isUuid(feeInvoiceId)) return unknownFee;
      const decided = await decideFeeInvoice(platform, tx, { ...body, feeInvoiceId, by: principal.userId }, now);
      return shownFee(call, tx, body.issue ? 'issue' : 'refuse', decided);
    },
  }),
  read({
    path: '/seller/invoice-template',
    summary: 'Whom platform-fee invoices are made out to, and the mailbox (S5-29)',
    action: 'invoice.own',
    query: noQuery,
    response: schemas.invoiceTemplate,
    run: ({ platform: { db }, scope }) => templateOf(db, sellerOf(scope)),
  }),
  command({
    path: '/seller/invoice-template',
    summary: 'Change whom platform-fee invoices are made out to',
    action: 'invoice.own',
    body: schemas.newTemplate,
    response: schemas.invoiceTemplate,
    async run(call, body, tx) {
      const { platform, scope, now } = call;
      const sellerId = sellerOf(scope);
      if (sellerId === null) return sellersOnly;
      const owner = `seller:${sellerId}` as const;
      const [known] = await titlesOf(tx, owner);
      const kept = await keepTitle(platform, tx, { ...body, owner, titleId: known?.titleId ?? null }, now);
      if (!kept.ok) return kept;
      await audited(call, tx, 'invoice.template', `seller:${sellerId}`);
      return templateOf(tx, sellerId);
    },
  }),
];

async function templateOf(executor: Executor, sellerId: string | null) {
  if (sellerId === null) return sellersOnly;
  const [template] = await titlesOf(executor, `seller:${sellerId}`);
  return ok({ template: template ?? null });
}

const namesOf = (executor: Executor, rows: readonly { readonly sellerId: string }[]) =>
  namesFor(
    executor,
    rows.map(({ sellerId }) => ({ buyerIds: [], sellerIds: [sellerId] })),
  );

const audited = (call: Call, tx: Parameters<typeof auditDone>[1], action: string, object: string) =>
  auditDone(call, tx, { action, object, traceId: null });

async function shown(call: Call, executor: Executor, detail: Result<DemandDetail>) {
  if (!detail.ok) return detail;
  const decides = scopeOf(call.principal, 'settlement.decide') !== null;
  return ok(presentDemandDetail(call, detail.value, await namesOf(executor, [detail.value.demand]), decides));
}

async function shownFee(call: Call, tx: Parameters<typeof auditDone>[1], what: string, invoice: Result<FeeInvoice>) {
  if (!invoice.ok) return invoice;
  await audited(call, tx, `fee-invoice.${what}`, `fee-invoice:${invoice.value.feeInvoiceId}`);
  return ok(presentFee(call, invoice.value, await namesOf(tx, [invoice.value])));
}
