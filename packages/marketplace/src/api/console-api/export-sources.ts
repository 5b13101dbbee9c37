/** What can be exported: the lists of the pages, page by page, as rows of a table. */
import { z } from 'zod';
import { distributorNames, type Scope } from '../../directory/index.ts';
import { listOrders } from '../../ordering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import type { ExportJob, ExportSource, ExportSources, Row } from '../../platform/exports/index.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import type { Platform } from '../../platform/platform.ts';
import { billDetail, listBills, listCommissionBills, listCommissions, listLines } from '../../settlement/index.ts';
import { activityRows } from './activity-routes.ts';
import { activityFilter } from './activity-schemas.ts';
import type { CommissionBillView, CommissionLineView } from './distributor-schemas.ts';
import {
  activityTable,
  billTable,
  commissionBillTable,
  commissionTable,
  lineTable,
  type OrderLineRow,
  operatingTable,
  orderTable,
  spendingTable,
} from './export-columns.ts';
import {
  billFilter,
  billLineFilter,
  commissionBillFilter,
  commissionFilter,
  operatingFilter,
  orderFilter,
  spendingFilter,
  transactionFilter,
  usageChargeFilter,
  usageRecordFilter,
  usageRejectionFilter,
} from './export-schemas.ts';
import type { Table } from './export-table.ts';
import {
  usageCharges,
  usageChargeTable,
  usageRecords,
  usageRecordTable,
  usageRejections,
  usageRejectionTable,
} from './export-usage.ts';
import { namesFor } from './names.ts';
import { operatingOf } from './operating-routes.ts';
import { presentOrder } from './present.ts';
import { presentCommission, presentCommissionBill } from './present-commissions.ts';
import { presentBill, presentLine } from './present-settlement.ts';
import type { SettlementBill, SettlementLine } from './settlement-schemas.ts';
import { spendingPageOf } from './spending-routes.ts';
import type { SpendingEntryView } from './spending-schemas.ts';

interface Asked<F> {
  readonly scope: Scope;
  readonly filter: F;
}
interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
interface PageAsked {
  readonly cursor: string | undefined;
  readonly limit: number;
}
type ReadPage<T, F> = (executor: Executor, asked: Asked<F>, page: PageAsked) => Promise<Page<T>>;

/** rows in memory at a time; also how often progress is told */
const PAGE = 500;

const scopes = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('buyer'), buyerId: z.string(), placedBy: z.string().nullable() }),
  z.object({ kind: z.literal('seller'), sellerId: z.string(), goodsIds: z.array(z.string()).nullable() }),
]);

export const EXPORT_SOURCES: ExportSources<Platform> = {
  TRANSACTIONS: source(lineTable, transactionFilter, transactions),
  BILLS: source(billTable, billFilter, bills),
  BILL_LINES: source(lineTable, billLineFilter, transactions, async (executor, { scope, filter }) => {
    const found = await billDetail(executor, filter.billId, sellerOf(scope));
    return found?.bill.lines ?? null;
  }),
  ORDERS: source(orderTable, orderFilter, orderRows),
  COMMISSIONS: source(commissionTable, commissionFilter, commissions),
  COMMISSION_BILLS: source(commissionBillTable, commissionBillFilter, commissionBills),
  SPENDING: source(spendingTable, spendingFilter, spending),
  USAGE_RECORDS: source(usageRecordTable, usageRecordFilter, usageRecords),
  USAGE_REJECTIONS: source(usageRejectionTable, usageRejectionFilter, usageRejections),
  USAGE_CHARGES: source(usageChargeTable, usageChargeFilter, usageCharges),
  ACTIVITY: source(activityTable, activityFilter, async (executor, { scope, filter }) => ({
    items: await activityRows(executor, scope, filter),
    nextCursor: null,
  })),
  OPERATING: {
    columns: ({ language }) => operatingTable.columns(language),
    total: async () => null,
    async *pages(platform, { parameters, language }) {
      const { scope, filter } = z.object({ scope: scopes, filter: operatingFilter }).parse(parameters);
      const { days, products } = await operatingOf(platform, scope, filter);
      yield [...products, ...days].map((row) => operatingTable.row(row, language));
    },
  },
};

function source<T, F>(
  table: Table<T>,
  filters: z.ZodType<F>,
  readPage: ReadPage<T, F>,
  total: (executor: Executor, asked: Asked<F>) => Promise<number | null> = async () => null,
): ExportSource<Platform> {
  const askedOf = ({ parameters }: ExportJob): Asked<F> =>
    z.object({ scope: scopes, filter: filters }).parse(parameters);
  return {
    columns: ({ language }) => table.columns(language),
    total: ({ db }, job) => total(db, askedOf(job)),
    async *pages({ db }, job): AsyncGenerator<readonly Row[]> {
      const asked = askedOf(job);
      let cursor: string | undefined;
      do {
        const page = await readPage(db, asked, { cursor, limit: PAGE });
        yield page.items.map((item) => table.row(item, job.language));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    },
  };
}

const sellerOf = (scope: Scope): string | null => (scope.kind === 'seller' ? scope.sellerId : null);

/** The lines of the page, and what only an export narrows by (S5-4). */
async function transactions(
  executor: Executor,
  { scope, filter }: Asked<z.infer<typeof transactionFilter>>,
  { cursor, limit }: PageAsked,
): Promise<Page<SettlementLine>> {
  const { repaymentStatus, from, to, sellerId, ...filters } = filter;
  const lines = await listLines(executor, {
    ...filters,
    repaymentStatus: repaymentStatus === 'REPAID' ? 'COMPLETED' : repaymentStatus,
    from: from ? new Date(from) : undefined,
    to: to ? new Date(to) : undefined,
    sellerId: sellerOf(scope) ?? sellerId ?? null,
    before: cursor ? decodeCursor(cursor) : null,
    limit: limit + 1,
  });
  const page = toPage(lines, limit, ({ placedAt, lineId }) => ({ at: placedAt, id: lineId }));
  const names = await namesFor(
    executor,
    page.items.map((line) => ({ buyerIds: line.buyerId === null ? [] : [line.buyerId], sellerIds: [line.sellerId] })),
  );
  return { items: page.items.map((line) => presentLine(line, names)), nextCursor: page.nextCursor };
}

async function bills(
  executor: Executor,
  { scope, filter }: Asked<z.infer<typeof billFilter>>,
  { cursor, limit }: PageAsked,
): Promise<Page<SettlementBill>> {
  const { sellerId, held, ...filters } = filter;
  const found = await listBills(executor, {
    ...filters,
    held: held === undefined ? undefined : held === 'true',
    sellerId: sellerOf(scope) ?? sellerId ?? null,
    before: cursor ? decodeCursor(cursor) : null,
    limit: limit + 1,
  });
  const page = toPage(found, limit, ({ createdAt, billId }) => ({ at: createdAt, id: billId }));
  const names = await namesFor(
    executor,
    page.items.map((bill) => ({ buyerIds: [], sellerIds: [bill.sellerId] })),
  );
  return { items: page.items.map((bill) => presentBill(bill, names)), nextCursor: page.nextCursor };
}

/** Of one distributor: the request has put its id into the filter. */
async function commissions(
  executor: Executor,
  { filter }: Asked<z.infer<typeof commissionFilter>>,
  { cursor, limit }: PageAsked,
): Promise<Page<CommissionLineView>> {
  const { distributorId, ...filters } = filter;
  if (distributorId === undefined) return { items: [], nextCursor: null };
  const before = cursor ? decodeCursor(cursor) : null;
  const found = await listCommissions(executor, { ...filters, distributorId, before, limit: limit + 1 });
  const page = toPage(found, limit, ({ placedAt, lineId }) => ({ at: placedAt, id: lineId }));
  return { items: page.items.map(presentCommission), nextCursor: page.nextCursor };
}

/** Of one distributor, or of all for an operator who names none. */
async function commissionBills(
  executor: Executor,
  { filter }: Asked<z.infer<typeof commissionBillFilter>>,
  { cursor, limit }: PageAsked,
): Promise<Page<CommissionBillView>> {
  const { distributorId = null, ...filters } = filter;
  const before = cursor ? decodeCursor(cursor) : null;
  const found = await listCommissionBills(executor, { ...filters, distributorId, before, limit: limit + 1 });
  const page = toPage(found, limit, ({ createdAt, billId }) => ({ at: createdAt, id: billId }));
  const names = await distributorNames(
    executor,
    page.items.map((bill) => bill.distributorId),
  );
  return { items: page.items.map((bill) => presentCommissionBill(bill, names)), nextCursor: page.nextCursor };
}

async function spending(
  executor: Executor,
  { scope, filter }: Asked<z.infer<typeof spendingFilter>>,
  page: PageAsked,
): Promise<Page<SpendingEntryView>> {
  if (scope.kind !== 'buyer') return { items: [], nextCursor: null };
  return spendingPageOf(executor, { ...filter, buyerId: scope.buyerId }, page);
}

async function orderRows(
  executor: Executor,
  { scope, filter }: Asked<z.infer<typeof orderFilter>>,
  { cursor, limit }: PageAsked,
): Promise<Page<OrderLineRow>> {
  const orders = await listOrders(executor, {
    scope,
    ...{ state: filter.state, orderId: filter.orderId, product: filter.product },
    from: filter.from === undefined ? undefined : new Date(filter.from),
    to: filter.to === undefined ? undefined : new Date(filter.to),
    before: cursor ? decodeCursor(cursor) : null,
    limit: limit + 1,
  });
  const page = toPage(orders, limit, ({ createdAt, orderId }) => ({ at: createdAt, id: orderId }));
  const names = await namesFor(
    executor,
    page.items.map(({ buyerId, lines }) => ({ buyerIds: [buyerId], sellerIds: lines.map(({ sellerId }) => sellerId) })),
  );
  const items = page.items.map((order) => presentOrder(order, names));
  return { items: items.flatMap((order) => order.lines.map((line) => ({ order, line }))), nextCursor: page.nextCursor };
}
