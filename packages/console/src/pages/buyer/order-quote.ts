import type { MoneyView, QuoteView } from '@jishi/marketplace/console-api';
import { addDecimal } from '../../format/decimal.ts';
import type { lineOf } from './purchase.ts';

/** What is about to be ordered, as the price and the vouchers are asked for it. */
export interface Wanted {
  readonly lines: readonly ReturnType<typeof lineOf>[];
  readonly offerId: string | undefined;
}

/** The price of the whole order: the sums of its lines, each deduction once by what it is. */
export interface OrderQuote {
  readonly listAmount: MoneyView;
  readonly amount: MoneyView;
  readonly deductions: QuoteView['deductions'];
  readonly quotes: readonly QuoteView[];
}

/** Adds the lines up; undefined when there is none. Pure. */
export function orderQuote(quotes: readonly QuoteView[]): OrderQuote | undefined {
  const [first, ...others] = quotes;
  if (first === undefined) return undefined;
  const whole = { listAmount: first.listAmount, amount: first.amount, deductions: first.deductions };
  return { ...others.reduce(withLine, whole), quotes };
}

type Whole = Omit<OrderQuote, 'quotes'>;

function withLine(whole: Whole, quote: QuoteView): Whole {
  return {
    listAmount: plus(whole.listAmount, quote.listAmount),
    amount: plus(whole.amount, quote.amount),
    deductions: quote.deductions.reduce(withDeduction, whole.deductions),
  };
}

function withDeduction(all: OrderQuote['deductions'], one: OrderQuote['deductions'][number]): OrderQuote['deductions'] {
  const same = (other: typeof one): boolean => other.kind === one.kind && other.id === one.id;
  return all.some(same)
    ? all.map((other) => (same(other) ? { ...other, amount: plus(other.amount, one.amount) } : other))
    : [...all, one];
}

const plus = (left: MoneyView, right: MoneyView): MoneyView => ({
  amount: addDecimal(left.amount, right.amount),
  currency: left.currency,
});
