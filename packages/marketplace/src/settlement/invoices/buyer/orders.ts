/**
 * What of a buyer's orders can be invoiced, by whom, or why not. An order is invoiced as a whole (S5-18): all lines of one
 * issuer that are not invoiced yet, less what was given back.
 */
import type { Decimal } from 'decimal.js';
import { listDeliveries } from '../../../delivery/index.ts';
import { invoicedAmong, isInvoiceable, listOrders, type Order, refundsOpenFor } from '../../../ordering/index.ts';
import { type Executor, sql } from '../../../platform/database/database.ts';
import { decimal } from '../../../platform/money.ts';
import { SITES, type Site } from '../../../platform/site.ts';
import type { Period } from '../../calendar.ts';
import type { ProductClass } from '../../facts.ts';
import { type About, about } from '../../live/facts-json.ts';
import type { InvoicedLine } from './model.ts';

/** `SELLER:<id>`, or the marketplace. */
export type IssuerKey = `SELLER:${string}` | 'PLATFORM';

/** S1-2, S5-15: from this instant on sellers invoice general orders themselves; before it, and all else, the marketplace does. */
export const SELLERS_INVOICE_FROM = new Date('2018-10-31T16:00:00Z');
export const issuerOf = (line: {
  readonly class: ProductClass;
  readonly site: Site;
  readonly placedAt: Date;
  readonly sellerId: string;
}): IssuerKey =>
  line.class === 'GENERAL' && line.site === 'CN' && line.placedAt >= SELLERS_INVOICE_FROM
    ? `SELLER:${line.sellerId}`
    : 'PLATFORM';

/** UNPAID_CREDIT: S5-22. REFUND: S5-20. APPEAL: X4. INVOICED: S5-18. NOT_DELIVERED: what may still fail is not invoiced. NOTHING: all was given back. NOT_OVER: usage of a month that goes on. */
export type Obstacle = 'NOT_DELIVERED' | 'NOT_OVER' | 'UNPAID_CREDIT' | 'REFUND' | 'APPEAL' | 'INVOICED' | 'NOTHING';

export interface InvoiceableLine extends InvoicedLine {
  readonly rate: string;
  /** of an order's line, that its amount is without */
  readonly refunds: number;
}
export interface InvoiceableOrder {
  /** of usage the key of its month */
  readonly orderId: string;
  /** of usage (`usage.ts`); null = an order */
  readonly period: Period | null;
  readonly issuer: IssuerKey;
  readonly sellerId: string;
  readonly placedAt: Date;
  readonly currency: string;
  /** of the lines that are not invoiced, less what was given back */
  readonly amount: string;
  readonly lines: readonly InvoiceableLine[];
  readonly obstacle: Obstacle | null;
}

export interface OrdersAsked {
  readonly buyerId: string;
  readonly orderId?: string | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
export interface InvoiceablePage {
  readonly orders: readonly InvoiceableOrder[];
  /** of the order after the page; null = there is none */
  readonly next: { readonly at: Date; readonly id: string } | null;
}

/** Orders that were paid, newest first; an order with several sellers stands once for each issuer. */
export async function invoiceableOrders(executor: Executor, asked: OrdersAsked): Promise<InvoiceablePage> {
  const { buyerId, orderId, before, limit } = asked;
  const scope = { kind: 'buyer', buyerId, placedBy: null } as const;
  const found = await listOrders(executor, { scope, orderId, before, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const orders = await standingOf(executor, shown);
  return { orders, next: found.length > limit && last ? { at: last.createdAt, id: last.orderId } : null };
}

/** @param orders of one buyer; those that are never invoiced (trials, unsubscriptions, unpaid ones) are left out */
export async function standingOf(executor: Executor, orders: readonly Order[]): Promise<InvoiceableOrder[]> {
  const known = orders.filter(
    ({ paidAt, orderType }) => paidAt !== null && orderType !== 'TRIAL' && orderType !== 'UNSUBSCRIBE',
  );
  const lines = await settledLines(
    executor,
    known.map((order) => order.orderId),
  );
  const ids = lines.map((line) => line.lineId);
  const sold = new Map(known.flatMap((order) => order.lines.map((line) => [line.orderLineId, line] as const)));
  const invoiced = await invoicedAmong(executor, ids);
  const refunds = await refundsOpenFor(
    executor,
    [...sold.values()].map((line) => line.resourceId),
  );
  const appealed = new Set<string>();
  for (const { orderId, lines: own } of known) {
    if (!own.some(({ state }) => state === 'SUPERVISING')) continue;
    const open = await listDeliveries(executor, {
      scope: { kind: 'all' },
      orderId,
      appealed: true,
      before: null,
      limit: 1,
    });
    if (open.length > 0) appealed.add(orderId);
  }
  return known.flatMap((order) => {
    const own = lines.filter((line) => line.orderId === order.orderId);
    const issuers = [...new Set(own.map(issuerOf))];
    return issuers.flatMap((issuer): InvoiceableOrder[] => {
      const theirs = own.filter((line) => issuerOf(line) === issuer);
      const [first] = theirs;
      if (!first) return [];
      const free = theirs.filter((line) => !invoiced.has(line.lineId) && line.paid.greaterThan(0));
      const amount = free.reduce((sum, line) => sum.plus(line.paid), decimal('0'));
      const obstacle = ((): Obstacle | null => {
        if (theirs.some((line) => line.credit && !line.repaid)) return 'UNPAID_CREDIT';
        if (free.length === 0) return theirs.some((line) => invoiced.has(line.lineId)) ? 'INVOICED' : 'NOTHING';
        const states = free.map((line) => sold.get(line.lineId));
        if (states.some((line) => line !== undefined && refunds.has(line.resourceId))) return 'REFUND';
        if (appealed.has(order.orderId)) return 'APPEAL';
        const delivered = free.every(({ lineId, refunds: given }) => {
          const line = sold.get(lineId);
          return line !== undefined && isInvoiceable(line, given);
        });
        return delivered ? null : 'NOT_DELIVERED';
      })();
      return [
        {
          orderId: order.orderId,
          period: null,
          issuer,
          sellerId: first.sellerId,
          placedAt: order.createdAt,
          currency: SITES[first.site].currency,
          amount: amount.toFixed(2),
          lines: free.map(({ lineId, orderId, about: { productName }, paid, rate, refunds: given }) => ({
            ...{ orderId, orderLineId: lineId, period: null, productName, rate, refunds: given },
            amount: paid.toFixed(2),
          })),
          obstacle,
        },
      ];
    });
  });
}

interface SettledLine {
  readonly lineId: string;
  readonly orderId: string;
  readonly sellerId: string;
  readonly class: ProductClass;
  readonly site: Site;
  readonly placedAt: Date;
  readonly credit: boolean;
  readonly repaid: boolean;
  /** less vouchers and what was given back */
  readonly paid: Decimal;
  /** that `paid` is without */
  readonly refunds: number;
  readonly rate: string;
  readonly about: About;
}

/** What a line cost, with its deductions: an original's payment, a refund's amount. */
export const PAID_OF_LINE = sql`coalesce((f.line ->> 'amount')::numeric,
  (f.line ->> 'unitPrice')::numeric * (f.line ->> 'periods')::numeric * (f.line ->> 'quantity')::numeric, 0) - (f.line ->> 'voucherUsed')::numeric`;

async function settledLines(executor: Executor, orderIds: readonly string[]): Promise<SettledLine[]> {
  if (orderIds.length === 0) return [];
  const { rows } = await sql<Omit<SettledLine, 'paid' | 'about'> & { paid: string; about: unknown }>`
    SELECT l.line_id AS "lineId", l.order_id AS "orderId", l.seller_id AS "sellerId", l.class, l.site, l.placed_at AS "placedAt",
      (f.line ->> 'credit')::boolean AS credit, f.line ->> 'repaidAt' IS NOT NULL AS repaid, f.terms ->> 'outputTax' AS rate, f.about,
      ${PAID_OF_LINE} - given.amount AS paid, given.refunds
    FROM settlement.lines l JOIN settlement.facts f ON f.line_id = l.line_id
    CROSS JOIN LATERAL (
      SELECT coalesce(sum((r.line ->> 'amount')::numeric), 0) AS amount, count(*)::int AS refunds
      FROM settlement.lines b JOIN settlement.facts r ON r.line_id = b.line_id
      WHERE b.root_id = l.line_id AND b.root_id <> b.line_id) given
    WHERE l.order_id = ANY(${orderIds}::text[]) AND l.kind IN ('NEW', 'RENEWAL', 'CHANGE') ORDER BY l.line_id`.execute(
    executor,
  );
  return rows.map((row) => ({ ...row, paid: decimal(row.paid), about: about.parse(row.about) }));
}
