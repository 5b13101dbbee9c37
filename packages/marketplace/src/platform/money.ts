/** Exact money (design.md 4.5): a decimal with its currency. No float ever; rounding only where a rule says so. */
import { Decimal } from 'decimal.js';

// 40 significant digits hold every product of the price rules exactly (15 integer digits × 10 decimals × quantities).
const Exact = Decimal.clone({ precision: 40, toExpNeg: -30, toExpPos: 40 });

export type Currency = 'CNY' | 'USD' | 'EUR';

export interface Money {
  readonly amount: string;
  readonly currency: Currency;
}

/** A decimal for arithmetic; refuses what is not a plain decimal number. */
export function decimal(value: string | number): Decimal {
  if (typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value)) throw new RangeError(`not a decimal: ${value}`);
  return new Exact(value);
}

/** Decimal → text without trailing zeros or exponent. */
export function plain(value: Decimal): string {
  return value.toFixed();
}

/** Rounds half-up to 2 decimals, once per order line (C17). */
export function roundToCents(value: Decimal): Decimal {
  return value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}

export function money(value: Decimal | string, currency: Currency): Money {
  const exact = typeof value === 'string' ? decimal(value) : value;
  const atLeastCents = exact.decimalPlaces() < 2 ? exact.toFixed(2) : exact.toFixed();
  return { amount: atLeastCents, currency };
}

/** Sum of amounts of one currency; mixing currencies is our own fault and throws. */
export function sum(amounts: readonly Money[], currency: Currency): Money {
  let total = decimal('0');
  for (const each of amounts) {
    if (each.currency !== currency) throw new RangeError(`cannot add ${each.currency} to ${currency}`);
    total = total.plus(each.amount);
  }
  return money(total, currency);
}

export function currencyOf(text: string): Currency {
  if (text === 'CNY' || text === 'USD' || text === 'EUR') return text;
  throw new RangeError(`unknown currency ${text}`);
}
