/** Adds up what was sold, used and given back (S-76). Pure. */
import type { TradeDay } from '../../ordering/index.ts';
import { type Currency, decimal, money } from '../../platform/money.ts';
import type { OperatingFigures } from './operating-schemas.ts';

export interface Traded {
  readonly trade: readonly TradeDay[];
  readonly usage: readonly { readonly amount: string }[];
  /** null = nobody is counted */
  readonly activeUsers: number | null;
}

/** An order of two products counts for each of them, and so twice in their sum. */
export function operatingFigures({ trade, usage, activeUsers }: Traded, currency: Currency): OperatingFigures {
  const add = (amounts: readonly string[]) => amounts.reduce((sum, each) => sum.plus(each), decimal(0));
  const count = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);
  const sales = add(trade.map((each) => each.sales));
  const used = add(usage.map((each) => each.amount));
  const refunded = add(trade.map((each) => each.refunded));
  return {
    orders: count(trade.map((each) => each.orders)),
    sales: money(sales, currency),
    renewals: count(trade.map((each) => each.renewals)),
    renewalSales: money(add(trade.map((each) => each.renewalSales)), currency),
    usage: money(used, currency),
    refunds: count(trade.map((each) => each.refunds)),
    refunded: money(refunded, currency),
    income: money(sales.plus(used).minus(refunded), currency),
    activeUsers,
  };
}
