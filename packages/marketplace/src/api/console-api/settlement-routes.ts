/** Transaction details, bills, forecast and income of a seller (settlement.md 5); operators see those of all. */
import type { z } from 'zod';
import { distributorNames, type Scope, scopeOf } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { decimal, plain } from '../../platform/money.ts';
import { ok, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import {
  addMonths,
  type BillView,
  billDetail,
  explainLine,
  forecastFor,
  incomeOf,
  type LineView,
  listBills,
  listLines,
  paymentsOfRequisition,
  periodAt,
} from '../../settlement/index.ts';
import { billsClosed, transactionsClosed } from '../seller-precondition.ts';
import { namesFor } from './names.ts';
import { presentBill, presentBillDetail, presentExplained, presentLine, waitingText } from './present-settlement.ts';
import { type Call, type ConsoleRoute, noQuery, read } from './route.ts';
import * as schemas from './settlement-schemas.ts';

/** what charts show unless asked for more */
const MONTHS_SHOWN = 12;

export const sellerOf = (scope: Scope): string | null => (scope.kind === 'seller' ? scope.sellerId : null);
export const unknownBill = refuse('NOT_FOUND', 'there is no such bill');

export const settlementRoutes: ConsoleRoute[] = [
  read({
    path: '/seller/settlement/lines',
    summary: 'Transaction details, newest first (S5-1 … S5-9)',
    action: 'settlement.view',
    query: schemas.settlementLineQuery,
    response: schemas.settlementLinePage,
    async run(call, { cursor, limit, sellerId, ...filters }) {
      const { db } = call.platform;
      const closed = await transactionsClosed(db, sellerOf(call.scope));
      if (closed) return closed;
      const found = await listLines(db, {
        ...filters,
        sellerId: sellerOf(call.scope) ?? sellerId ?? null,
        now: call.now,
        before: cursor ? decodeCursor(cursor) : null,
        limit: limit + 1,
      });
      const page = toPage(found, limit, ({ placedAt, lineId }) => ({ at: placedAt, id: lineId }));
      const names = await namesOfLines(db, page.items);
      return ok({ items: page.items.map((line) => presentLine(line, names)), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/seller/settlement/lines/{lineId}',
    summary: 'One line: how its amount came about, or what it waits for and its earliest bill',
    action: 'settlement.view',
    query: noQuery,
    response: schemas.settlementLineDetail,
    async run({ platform: { db }, params, scope, now }) {
      const closed = await transactionsClosed(db, sellerOf(scope));
      if (closed) return closed;
      const explained = await explainLine(db, params.lineId ?? '', sellerOf(scope), now);
      if (!explained) return refuse('NOT_FOUND', 'there is no such line');
      const partners = await distributorNames(db, explained.distributor ? [explained.distributor.id] : []);
      return ok(presentExplained(explained, await namesOfLines(db, [explained.view]), partners));
    },
  }),
  read({
    path: '/seller/settlement/bills',
    summary: 'Bills, newest first (S5-10)',
    action: 'settlement.view',
    query: schemas.settlementBillQuery,
    response: schemas.settlementBillPage,
    run: (call, query) => billsPage(call, query),
  }),
  read({
    path: '/seller/settlement/bills/{billId}',
    summary: 'One bill: sums, distributors, schedule, requisition, what happened; its lines: lines?billId=',
    action: 'settlement.view',
    query: noQuery,
    response: schemas.settlementBillDetail,
    run: (call) => shownBill(call, call.platform.db),
  }),
  read({
    path: '/seller/settlement/forecast',
    summary: 'What the next bills will hold as far as is known today, and what waits',
    action: 'settlement.view',
    query: schemas.settlementForecastQuery,
    response: schemas.settlementForecast,
    async run({ platform: { db, config }, scope, now }, { sellerId: asked }) {
      const sellerId = sellerOf(scope) ?? asked;
      if (sellerId === undefined) return refuse('SELLER_MISSING', 'say whose forecast: sellerId');
      const forecast = await forecastFor(db, config.site, sellerId, now);
      return ok({
        ...forecast,
        bills: forecast.bills.map((bill) => ({ ...bill, sales: plain(decimal(bill.sales)) })),
        waiting: forecast.waiting.map((each) => ({ ...each, text: waitingText(each.text) })),
      });
    },
  }),
  read({
    path: '/seller/settlement/income',
    summary: 'Income by month, product and channel, for charts',
    action: 'settlement.view',
    query: schemas.settlementIncomeQuery,
    response: schemas.settlementIncome,
    async run({ platform: { db, config }, scope, now }, query) {
      const { site } = config;
      const to = query.to ?? periodAt(now, site);
      const from = query.from ?? addMonths(to, 1 - MONTHS_SHOWN);
      const sellerId = sellerOf(scope) ?? query.sellerId ?? null;
      const income = await incomeOf(db, { site, sellerId, class: query.class, from, to });
      const partners = await distributorNames(
        db,
        income.channels.flatMap(({ distributorId }) => distributorId ?? []),
      );
      return ok({
        currency: SITES[site].currency,
        months: [...income.months],
        products: [...income.products],
        channels: income.channels.map((each) => ({
          ...each,
          name: each.distributorId === null ? null : (partners.get(each.distributorId) ?? each.distributorId),
        })),
      });
    },
  }),
];

const namesOfLines = (executor: Executor, lines: readonly LineView[]) =>
  namesFor(
    executor,
    lines.map(({ buyerId, sellerId }) => ({ buyerIds: buyerId === null ? [] : [buyerId], sellerIds: [sellerId] })),
  );
export const namesOfBills = (executor: Executor, bills: readonly Pick<BillView, 'sellerId'>[]) =>
  namesFor(
    executor,
    bills.map(({ sellerId }) => ({ buyerIds: [], sellerIds: [sellerId] })),
  );

export async function billsPage(
  { platform: { db, config }, scope }: Call,
  query: z.infer<typeof schemas.settlementBillQuery>,
) {
  const closed = await billsClosed(db, config.site, sellerOf(scope));
  if (closed) return closed;
  const { cursor, limit, sellerId, held, ...filters } = query;
  const found = await listBills(db, {
    ...filters,
    held: held === undefined ? undefined : held === 'true',
    sellerId: sellerOf(scope) ?? sellerId ?? null,
    before: cursor ? decodeCursor(cursor) : null,
    limit: limit + 1,
  });
  const page = toPage(found, limit, ({ createdAt, billId }) => ({ at: createdAt, id: billId }));
  const names = await namesOfBills(db, page.items);
  return ok({ items: page.items.map((bill) => presentBill(bill, names)), nextCursor: page.nextCursor });
}

/** A seller opens a bill once it was sent (S5-7); until then it is in the list only. */
export async function shownBill(call: Call, executor: Executor) {
  const { params, scope, principal } = call;
  const closed = await billsClosed(executor, call.platform.config.site, sellerOf(scope));
  if (closed) return closed;
  const detail = await billDetail(executor, params.billId ?? '', sellerOf(scope));
  if (!detail) return unknownBill;
  const { releasedAt, state } = detail.bill;
  if (scope.kind === 'seller' && (releasedAt === null || state === 'UNDER_REVIEW'))
    return refuse('BILL_NOT_SENT', 'S5-7: the bill is in review, or its class has not reached the minimum');
  const decides = scopeOf(principal, 'settlement.decide') !== null;
  const payments = await paymentsOfRequisition(executor, detail.bill.requisitionId);
  const partners = await distributorNames(
    executor,
    detail.distributors.map(({ id }) => id),
  );
  return ok(presentBillDetail(detail, payments, await namesOfBills(executor, [detail.bill]), partners, decides));
}
