/** Invoices to buyers (5.3, B-101 … B-103, S-64): asked for, issued by seller or marketplace, received, returned. */
import { scopeOf } from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { decodeCursor, encodeCursor, toPage } from '../../platform/http/cursor.ts';
import { uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import {
  askForInvoice,
  type BuyerInvoice,
  explanatoryLetter,
  invoiceableOrders,
  invoiceableUsage,
  keepTitle,
  kindsOf,
  listBuyerInvoices,
  movesOf,
  offerKinds,
  removeTitle,
  type StepAsked,
  takeStep,
  titlesOf,
} from '../../settlement/index.ts';
import { auditDone } from './audit.ts';
import { presentBuyerInvoice, presentInvoiceable } from './invoice-present.ts';
import * as schemas from './invoice-schemas.ts';
import { namesFor } from './names.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';
import { sellerOf } from './settlement-routes.ts';

const unknown = refuse('NOT_FOUND', 'there is no such invoice');
const buyersOnly = refuse('FORBIDDEN', 'B-101: a buyer does this');

export const invoiceBuyerRoutes: ConsoleRoute[] = [
  read({
    path: '/invoiceable-orders',
    summary: 'Paid orders, newest first: what can be invoiced by whom, or why not',
    action: 'invoice.request',
    query: schemas.invoiceableQuery,
    response: schemas.invoiceableOrderPage,
    async run({ platform: { db }, scope }, { cursor, limit, orderId }) {
      if (scope.kind !== 'buyer') return buyersOnly;
      const before = cursor ? decodeCursor(cursor) : null;
      const page = await invoiceableOrders(db, { buyerId: scope.buyerId, orderId, before, limit });
      const names = await namesFor(
        db,
        page.orders.map(({ sellerId }) => ({ buyerIds: [], sellerIds: [sellerId] })),
      );
      return ok({
        items: page.orders.map((order) => presentInvoiceable(order, names)),
        nextCursor: page.next && encodeCursor(page.next),
      });
    },
  }),
  read({
    path: '/invoiceable-usage',
    summary: 'Months of pay-per-use, newest first: what of each can be invoiced by whom, or why not',
    action: 'invoice.request',
    query: noQuery,
    response: schemas.invoiceableMonths,
    async run({ platform: { db, config }, scope, now }) {
      if (scope.kind !== 'buyer') return buyersOnly;
      const months = await invoiceableUsage(db, { buyerId: scope.buyerId, site: config.site, now });
      const names = await namesFor(
        db,
        months.map(({ sellerId }) => ({ buyerIds: [], sellerIds: [sellerId] })),
      );
      return ok({ items: months.map((month) => presentInvoiceable(month, names)) });
    },
  }),
  read({
    path: '/invoice-kinds',
    summary: 'Which kinds of invoice an issuer offers: a seller, or the marketplace (S5-17)',
    action: 'invoice.view',
    query: schemas.kindsQuery,
    response: schemas.invoiceKinds,
    run: async ({ platform: { db }, scope }, { sellerId }) =>
      ok({ kinds: [...(await kindsOf(db, sellerOf(scope) ?? sellerId ?? null))] }),
  }),
  command({
    path: '/seller/invoice-kinds',
    summary: 'Choose which kinds of invoice buyers are offered (S5-17)',
    action: 'invoice.own',
    body: schemas.newInvoiceKinds,
    response: schemas.invoiceKinds,
    async run(call, { kinds }, tx) {
      const sellerId = sellerOf(call.scope);
      if (sellerId === null) return refuse('FORBIDDEN', 'S5-17: a seller chooses');
      await offerKinds(tx, sellerId, [...new Set(kinds)]);
      await auditDone(call, tx, { action: 'invoice.kinds', object: `seller:${sellerId}`, traceId: null });
      return ok({ kinds: [...(await kindsOf(tx, sellerId))] });
    },
  }),
  read({
    path: '/invoices',
    summary: 'Invoices to buyers, newest first: own ones, those that a seller issues, all for operators',
    action: 'invoice.view',
    query: schemas.buyerInvoiceQuery,
    response: schemas.buyerInvoicePage,
    async run(call, { cursor, limit, ...filters }) {
      const { db } = call.platform;
      const before = cursor ? decodeCursor(cursor) : null;
      const found = await listBuyerInvoices(db, { ...filters, scope: call.scope, before, limit: limit + 1 });
      const page = toPage(found, limit, ({ requestedAt, invoiceId }) => ({ at: requestedAt, id: invoiceId }));
      return ok({ items: await present(call, db, page.items), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/invoices/{invoiceId}',
    summary: 'One invoice to a buyer, with what happened to it',
    action: 'invoice.view',
    query: noQuery,
    response: schemas.buyerInvoiceDetail,
    async run(call) {
      const { invoiceId } = call.params;
      if (!isUuid(invoiceId)) return unknown;
      const [invoice] = await listBuyerInvoices(call.platform.db, { scope: call.scope, invoiceId });
      return invoice ? shown(call, call.platform.db, ok(invoice)) : unknown;
    },
  }),
  command({
    path: '/invoices',
    summary: 'Ask for invoices: whole orders of one issuer, one invoice for each tax rate (B-101, S5-18)',
    action: 'invoice.request',
    body: schemas.newBuyerInvoice,
    response: schemas.buyerInvoices,
    status: 201,
    async run(call, body, tx) {
      const { platform, scope, principal, now } = call;
      if (scope.kind !== 'buyer') return buyersOnly;
      const who = { buyerId: scope.buyerId, userId: principal.userId, by: principal.displayName };
      const traceId = uuid(platform.random).replaceAll('-', '');
      const asked = await askForInvoice(platform, tx, { ...body, ...who, traceId }, now);
      if (!asked.ok) return asked;
      for (const { invoiceId } of asked.value)
        await auditDone(call, tx, { action: 'invoice.request', object: `invoice:${invoiceId}`, traceId });
      return ok({ items: await present(call, tx, asked.value) });
    },
  }),
  command({
    path: '/invoices/{invoiceId}/buyer-steps',
    summary: 'What the buyer does with an invoice: cancel, confirm its receipt, return it (7.7)',
    action: 'invoice.request',
    body: schemas.buyerStep,
    response: schemas.buyerInvoiceDetail,
    run: (call, body, tx) => step(call, body, tx),
  }),
  command({
    path: '/invoices/{invoiceId}/issuer-steps',
    summary: 'What the issuer does: accept, refuse, issue, answer a cancellation or a return (S-64, 7.7)',
    action: 'invoice.issue',
    body: schemas.issuerStep,
    response: schemas.buyerInvoiceDetail,
    run: (call, body, tx) => step(call, body, tx),
  }),
  command({
    path: '/invoices/{invoiceId}/letter',
    summary: 'The explanatory letter of an invoiced general order, valid for six months (S5-21)',
    action: 'invoice.request',
    body: nothing,
    response: schemas.buyerInvoiceDetail,
    async run(call, _body, tx) {
      const { platform, params, scope, now } = call;
      if (!isUuid(params.invoiceId)) return unknown;
      return shown(call, tx, await explanatoryLetter(platform, tx, { invoiceId: params.invoiceId, scope }, now));
    },
  }),
  read({
    path: '/invoice-titles',
    summary: 'Own titles with where their invoices go, last changed first',
    action: 'invoice.request',
    query: noQuery,
    response: schemas.keptTitles,
    async run({ platform: { db }, scope }) {
      if (scope.kind !== 'buyer') return buyersOnly;
      return ok({ items: await titlesOf(db, `buyer:${scope.buyerId}`) });
    },
  }),
  command({
    path: '/invoice-titles',
    summary: 'Keep a title, or change one',
    action: 'invoice.request',
    body: schemas.newTitle,
    response: schemas.keptTitles,
    async run({ platform, scope, now }, body, tx) {
      if (scope.kind !== 'buyer') return buyersOnly;
      const owner = `buyer:${scope.buyerId}` as const;
      const kept = await keepTitle(platform, tx, { ...body, owner }, now);
      return kept.ok ? ok({ items: await titlesOf(tx, owner) }) : kept;
    },
  }),
  command({
    path: '/invoice-titles/{titleId}/removal',
    summary: 'Take a title away; invoices that name it stay as they are',
    action: 'invoice.request',
    body: nothing,
    response: schemas.keptTitles,
    async run({ params, scope }, _body, tx) {
      if (scope.kind !== 'buyer') return buyersOnly;
      const owner = `buyer:${scope.buyerId}` as const;
      if (!isUuid(params.titleId) || !(await removeTitle(tx, owner, params.titleId)))
        return refuse('NOT_FOUND', 'there is no such title');
      return ok({ items: await titlesOf(tx, owner) });
    },
  }),
];

async function step(call: Call, asked: StepAsked, tx: Tx) {
  const { platform, params, scope, principal, now } = call;
  const { invoiceId } = params;
  if (!isUuid(invoiceId)) return unknown;
  const done = await takeStep(platform, tx, { invoiceId, scope, asked, by: principal.displayName }, now);
  if (done.ok) {
    const { traceId } = done.value;
    await auditDone(call, tx, { action: `invoice.${asked.step}`, object: `invoice:${invoiceId}`, traceId });
  }
  return shown(call, tx, done);
}

async function present(call: Call, executor: Executor, invoices: readonly BuyerInvoice[]) {
  const names = await namesFor(
    executor,
    invoices.map(({ buyerId, sellerId }) => ({ buyerIds: [buyerId], sellerIds: sellerId === null ? [] : [sellerId] })),
  );
  const may = scopeOf(call.principal, call.scope.kind === 'buyer' ? 'invoice.request' : 'invoice.issue') !== null;
  return invoices.map((invoice) => presentBuyerInvoice(call, invoice, names, may));
}

async function shown(call: Call, executor: Executor, invoice: Result<BuyerInvoice>) {
  if (!invoice.ok) return invoice;
  const [view] = await present(call, executor, [invoice.value]);
  if (!view) return unknown;
  const history = await movesOf(executor, view.invoiceId);
  return ok({ ...view, history: history.map((each) => ({ ...each, at: each.at.toISOString() })) });
}
