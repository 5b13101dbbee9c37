/** The buyer's money: payments and refunds one by one, and by month and product. */
import type { z } from 'zod';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { decimal } from '../../platform/money.ts';
import { ok, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import { addMonths, listSpending, periodAt, type SpendingEntry, spendingOverview } from '../../settlement/index.ts';
import { namesFor } from './names.ts';
import { type ConsoleRoute, read } from './route.ts';
import * as schemas from './spending-schemas.ts';

const buyersOnly = refuse('FORBIDDEN', 'these are the pages of a buyer');
/** what the overview shows unless asked for more */
const MONTHS_SHOWN = 12;

export const spendingRoutes: ConsoleRoute[] = [
  read({
    path: '/spending',
    summary: 'What was paid and given back, newest first',
    action: 'spending.view',
    query: schemas.spendingQuery,
    response: schemas.spendingPage,
    async run({ platform: { db }, scope }, { cursor, limit, ...filters }) {
      if (scope.kind !== 'buyer') return buyersOnly;
      return ok(await spendingPageOf(db, { ...filters, buyerId: scope.buyerId }, { cursor, limit }));
    },
  }),
  read({
    path: '/spending/overview',
    summary: 'Sums by month, and by month and product, for the chart',
    action: 'spending.view',
    query: schemas.spendingOverviewQuery,
    response: schemas.spendingOverview,
    async run({ platform: { db, config }, scope, now }, query) {
      if (scope.kind !== 'buyer') return buyersOnly;
      const { site } = config;
      const to = query.to ?? periodAt(now, site);
      const from = query.from ?? addMonths(to, 1 - MONTHS_SHOWN);
      const { months, products } = await spendingOverview(db, { buyerId: scope.buyerId, from, to });
      return ok({ currency: SITES[site].currency, months: [...months], products: [...products] });
    },
  }),
];

type Filters = Omit<z.infer<typeof schemas.spendingQuery>, 'cursor' | 'limit'>;

/** A page, for the list and for its export. */
export async function spendingPageOf(
  executor: Executor,
  asked: Filters & { readonly buyerId: string },
  { cursor, limit }: { readonly cursor: string | undefined; readonly limit: number },
): Promise<z.infer<typeof schemas.spendingPage>> {
  const before = cursor ? decodeCursor(cursor) : null;
  const found = await listSpending(executor, { ...asked, before, limit: limit + 1 });
  const page = toPage(found, limit, ({ at, lineId }) => ({ at, id: lineId }));
  const names = await namesFor(
    executor,
    page.items.map(({ sellerId }) => ({ buyerIds: [], sellerIds: [sellerId] })),
  );
  return {
    items: page.items.map((entry) => present(entry, names.seller(entry.sellerId))),
    nextCursor: page.nextCursor,
  };
}

const present = ({ at, sellerId: _, site, voucher, ...entry }: SpendingEntry, sellerName: string) => ({
  ...entry,
  at: at.toISOString(),
  voucher: decimal(voucher).toFixed(2),
  sellerName,
  currency: SITES[site].currency,
});
