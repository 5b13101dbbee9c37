/**
 * Fees of upgrades and scale-out of running subscriptions (catalogue.md 6.1). Pure functions, each amount with its
 * derivation; the published examples are in the tests.
 */
import type { Decimal } from 'decimal.js';
import { Temporal } from 'temporal-polyfill';
import { decimal, type Money, money, plain, roundToCents } from '../platform/money.ts';
import { SITES } from '../platform/site.ts';
import type { PriceItem } from './definition.ts';
import { type DerivationStep, priceOfQuantity, unitPriceAt } from './model.ts';

export interface Rest {
  /** months, 4 decimals */
  readonly months: Decimal;
  readonly derivation: readonly DerivationStep[];
}

/**
 * What is left of a subscription in months: whole billing months count 1, the days before them count by their calendar
 * month, and the sum is rounded to 4 decimals. The day of the change is used, the day of the expiry remains.
 */
export function restMonths(change: Date, expireAt: Date, timeZone: string): Rest {
  const first = dayOf(change, timeZone);
  const last = dayOf(expireAt, timeZone);
  let whole = 0;
  while (Temporal.PlainDate.compare(last.subtract({ months: whole + 1 }), first) >= 0) whole += 1;
  const parts =
    Temporal.PlainDate.compare(last, first) < 0 ? [] : partsBetween(first, last.subtract({ months: whole }));
  const exact = parts.reduce((sum, { days, of }) => sum.plus(decimal(days).div(of)), decimal(whole));
  const months = exact.toDecimalPlaces(4);
  const terms = [...parts.map(({ days, of }) => `${days}/${of}`), ...(whole > 0 ? [String(whole)] : [])];
  return { months, derivation: [{ rule: '6.1 rest', text: terms.join(' + ') || '0', value: plain(months) }] };
}

/** Days after `first` up to and with `last`, by calendar month. */
function partsBetween(first: Temporal.PlainDate, last: Temporal.PlainDate): { days: number; of: number }[] {
  const parts: { days: number; of: number }[] = [];
  let month = first.with({ day: 1 });
  while (Temporal.PlainDate.compare(month, last) <= 0) {
    const begin = latest(first, month.subtract({ days: 1 }));
    const end = earliest(last, month.with({ day: month.daysInMonth }));
    const { days } = begin.until(end);
    if (days > 0) parts.push({ days, of: month.daysInMonth });
    month = month.add({ months: 1 });
  }
  return parts;
}
const earliest = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) < 0 ? a : b);
const latest = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) > 0 ? a : b);
const dayOf = (at: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();

/** A price per month: of the item's own month, or a twelfth of its year. */
export interface MonthlyPrice {
  readonly item: PriceItem;
  readonly divisor: 1 | 12;
}

/**
 * The price that belongs to a duration: a twelfth of the year from 12 months on, else the month; the other one where
 * only that is offered. @returns null for prices without a period
 */
export function monthlyPrice(prices: readonly PriceItem[], months: Decimal | number): MonthlyPrice | null {
  const year = prices.find((item) => item.periodType === 'year');
  const month = prices.find((item) => item.periodType === 'month');
  if (year && (!month || decimal(12).lessThanOrEqualTo(months))) return { item: year, divisor: 12 };
  return month ? { item: month, divisor: 1 } : null;
}

export interface Fee {
  readonly amount: Money;
  readonly derivation: readonly DerivationStep[];
}
interface Side {
  readonly price: MonthlyPrice;
  readonly quantity: number;
}

/**
 * Another SKU for the rest: newPrice × rest × discount − oldPrice × rest × discount, not below 0.
 * @param to the target's price, matched by the remaining duration
 * @param from the source's current price, matched by the purchased duration
 */
export function upgradeFee(input: { from: Side; to: Side; rest: Decimal; discount?: string }): Fee {
  const derivation: DerivationStep[] = [];
  const before = ofYear(input.from.price, priceOfQuantity(input.from.price.item, input.from.quantity, derivation));
  const after = ofYear(input.to.price, priceOfQuantity(input.to.price.item, input.to.quantity, derivation));
  return fee(after.minus(before), `${plain(after)} − ${plain(before)}`, input, input.to.price.item, derivation);
}

/** How the whole quantity of a STEP price is taken after a scale-out: as the page says, or by the STEP price itself. */
export type StepScaleOut = 'PAGE' | 'P_OF_Q';
/** From this day on (Beijing time) a TIER scale-out pays for the added quantity only. */
const TIER_RULE_FROM = Temporal.PlainDate.from('2023-06-12');

/**
 * More of the quantity attribute for the rest, not below 0. LINEAR, STEP, and TIER before 2023-06-12:
 * u(bracket of q1) × q1 × rest − P(q0) × rest; TIER since: u(bracket of q1) × (q1 − q0) × rest.
 * @param ordered when the change was ordered: audits recompute old orders by the old rule
 */
export function scaleOutFee(input: {
  readonly from: Side;
  readonly to: Side;
  readonly rest: Decimal;
  readonly ordered: Date;
  readonly discount?: string;
  readonly stepScaleOut?: StepScaleOut;
}): Fee {
  const { from, to, ordered } = input;
  const { item } = to.price;
  const derivation: DerivationStep[] = [];
  const unit = unitPriceAt(item, to.quantity);
  const newRule = Temporal.PlainDate.compare(dayOf(ordered, SITES.CN.timeZone), TIER_RULE_FROM) >= 0;
  if (item.mode === 'TIER' && newRule) {
    const added = to.quantity - from.quantity;
    const value = unit.times(added);
    derivation.push({
      rule: '6.1 TIER',
      text: `${plain(unit)} × (${to.quantity} − ${from.quantity})`,
      value: plain(value),
    });
    return fee(ofYear(to.price, value), plain(ofYear(to.price, value)), input, item, derivation);
  }
  const before = ofYear(from.price, priceOfQuantity(from.price.item, from.quantity, derivation));
  let whole = unit.times(to.quantity);
  if (item.mode === 'STEP' && input.stepScaleOut === 'P_OF_Q') whole = priceOfQuantity(item, to.quantity, derivation);
  else derivation.push({ rule: `6.1 ${item.mode}`, text: `${plain(unit)} × ${to.quantity}`, value: plain(whole) });
  const after = ofYear(to.price, whole);
  return fee(after.minus(before), `${plain(after)} − ${plain(before)}`, input, item, derivation);
}

/** Twelve months of a price: a twelfth of a year need not be a finite decimal, so it is divided once, at the end. */
const ofYear = ({ divisor }: MonthlyPrice, price: Decimal) => (divisor === 12 ? price : price.times(12));

function fee(
  difference: Decimal,
  text: string,
  { rest, discount = '1' }: { rest: Decimal; discount?: string },
  { currency }: PriceItem,
  derivation: DerivationStep[],
): Fee {
  const exact = difference.times(rest).times(discount).div(12);
  const off = discount === '1' ? '' : ` × ${discount}`;
  const cents = roundToCents(exact.isNegative() ? decimal('0') : exact);
  derivation.push({ rule: '6.1', text: `(${text}) × ${plain(rest)} / 12${off}`, value: plain(cents) });
  return { amount: money(cents, currency), derivation };
}
