/** Bills that were sent to the seller, and their lines with the derivation of each amount (settlement.md 4, 5). */
import { distributorNames } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import {
  type BillDetail,
  billDetail,
  explainLine,
  type LineView,
  listBills,
  listLines,
  paymentsOfRequisition,
} from '../../settlement/index.ts';
import { namesFor } from '../console-api/names.ts';
import { presentBill, presentBillDetail, presentExplained, presentLine } from '../console-api/present-settlement.ts';
import { billsClosed, transactionsClosed } from '../seller-precondition.ts';
import { noQuery, read, type SellerRequest, type SellerRoute } from './route.ts';
import * as schemas from './schemas.ts';

export const billRoutes: SellerRoute[] = [
  read({
    path: '/bills',
    summary: 'Bills, newest first (S5-10)',
    query: schemas.billQuery,
    response: schemas.billPage,
    async run({ platform: { db, config }, sellerId }, { cursor, limit, held, ...filters }) {
      const closed = await billsClosed(db, config.site, sellerId);
      if (closed) return closed;
      const found = await listBills(db, {
        ...filters,
        sellerId,
        held: held === undefined ? undefined : held === 'true',
        before: cursor ? decodeCursor(cursor) : null,
        limit: limit + 1,
      });
      const page = toPage(found, limit, ({ createdAt, billId }) => ({ at: createdAt, id: billId }));
      const names = await namesFor(db, []);
      return ok({ items: page.items.map((bill) => presentBill(bill, names)), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/bills/{billId}',
    summary: 'One bill that was sent: sums, schedule, requisition, payments, what happened (S5-7)',
    query: noQuery,
    response: schemas.billDetail,
    async run(request) {
      const sent = await sentBill(request);
      if (!sent.ok) return sent;
      const { db } = request.platform;
      const { bill, distributors } = sent.value;
      const payments = await paymentsOfRequisition(db, bill.requisitionId);
      const partners = await distributorNames(
        db,
        distributors.map(({ id }) => id),
      );
      return ok(presentBillDetail(sent.value, payments, await namesFor(db, []), partners, false));
    },
  }),
  read({
    path: '/bills/{billId}/lines',
    summary: 'The lines of a bill that was sent, newest first',
    query: schemas.billLineQuery.omit({ billId: true }),
    response: schemas.billLinePage,
    async run(request, query) {
      const sent = await sentBill(request);
      return sent.ok ? linesPage(request, { ...query, billId: sent.value.bill.billId }) : sent;
    },
  }),
  read({
    path: '/bill-lines',
    summary: 'Transaction details, billed or not, newest first (S5-1 … S5-9)',
    query: schemas.billLineQuery,
    response: schemas.billLinePage,
    run: linesPage,
  }),
  read({
    path: '/bill-lines/{lineId}',
    summary: 'One line: how its amount came about, or what it waits for and its earliest bill',
    query: noQuery,
    response: schemas.billLineDetail,
    async run({ platform: { db }, params, sellerId, now }) {
      const closed = await transactionsClosed(db, sellerId);
      if (closed) return closed;
      const explained = await explainLine(db, params.lineId ?? '', sellerId, now);
      if (!explained) return refuse('NOT_FOUND', 'there is no such line');
      const partners = await distributorNames(db, explained.distributor ? [explained.distributor.id] : []);
      return ok(presentExplained(explained, await namesOf(db, [explained.view]), partners));
    },
  }),
];

async function sentBill({ platform: { db, config }, params, sellerId }: SellerRequest): Promise<Result<BillDetail>> {
  const closed = await billsClosed(db, config.site, sellerId);
  if (closed) return closed;
  const detail = await billDetail(db, params.billId ?? '', sellerId);
  if (!detail) return refuse('NOT_FOUND', 'there is no such bill');
  if (detail.bill.releasedAt === null || detail.bill.state === 'UNDER_REVIEW')
    return refuse('BILL_NOT_SENT', 'S5-7: the bill is in review, or its class has not reached the minimum');
  return ok(detail);
}

async function linesPage(
  { platform: { db }, sellerId, now }: SellerRequest,
  {
    cursor,
    limit,
    ...filters
  }: Omit<Parameters<typeof listLines>[1], 'sellerId' | 'now' | 'before'> & {
    readonly cursor?: string | undefined;
  },
) {
  const closed = await transactionsClosed(db, sellerId);
  if (closed) return closed;
  const before = cursor ? decodeCursor(cursor) : null;
  const found = await listLines(db, { ...filters, sellerId, now, before, limit: limit + 1 });
  const page = toPage(found, limit, ({ placedAt, lineId }) => ({ at: placedAt, id: lineId }));
  const names = await namesOf(db, page.items);
  return ok({ items: page.items.map((line) => presentLine(line, names)), nextCursor: page.nextCursor });
}

const namesOf = (executor: Executor, lines: readonly LineView[]) =>
  namesFor(executor, [{ buyerIds: lines.flatMap(({ buyerId }) => buyerId ?? []), sellerIds: [] }]);
