/**
 * Amounts by tax rate: an invoice has one rate, several rates are several invoices (S1-8, S5-18, S5-25), and together they
 * are the total to the cent (S5-27). CN amounts hold their tax (S1-9). Pure.
 */
import type { Decimal } from 'decimal.js';
import { decimal, roundToCents } from '../../platform/money.ts';
import { TAX_RATES } from '../terms.ts';

/** `rate` as a ratio, e.g. `0.06`; the amounts have two decimals and net + tax = gross. */
export interface TaxedAmount {
  readonly rate: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
}

/** The tax in an amount that holds it: net = gross / (1 + rate), rounded half up once. */
export function taxed(gross: Decimal, rate: string): TaxedAmount {
  const ratio = decimal(rate);
  const net = roundToCents(gross.dividedBy(ratio.plus(1)));
  return { rate: ratio.toFixed(), net: net.toFixed(2), tax: gross.minus(net).toFixed(2), gross: gross.toFixed(2) };
}

export interface RateSum {
  /** null = an adjustment (S4-3), which is of no product: it goes with the largest rate [chosen] */
  readonly rate: string | null;
  readonly amount: string;
}

/**
 * What is invoiced at each rate, highest rate first. Sums are exact, the total is rounded (S1-11): each rate is rounded
 * to cents and the largest takes what is left over, so that the invoices add up to `total`.
 */
export function splitByRate(sums: readonly RateSum[], total: string): TaxedAmount[] {
  const exact = new Map<string, Decimal>();
  const add = (rate: string, amount: Decimal) => exact.set(rate, (exact.get(rate) ?? decimal('0')).plus(amount));
  for (const { rate, amount } of sums) if (rate !== null) add(decimal(rate).toFixed(), decimal(amount));
  const largest = [...exact].toSorted(([, one], [, other]) => other.abs().comparedTo(one.abs()))[0]?.[0];
  const chosen = largest ?? TAX_RATES.SERVICE;
  for (const { rate, amount } of sums) if (rate === null) add(chosen, decimal(amount));
  const rounded = new Map([...exact].map(([rate, amount]) => [rate, roundToCents(amount)] as const));
  const left = [...rounded.values()].reduce((rest, each) => rest.minus(each), decimal(total));
  rounded.set(chosen, (rounded.get(chosen) ?? decimal('0')).plus(left));
  return [...rounded]
    .filter(([, amount]) => !amount.isZero())
    .toSorted(([one], [other]) => decimal(other).comparedTo(one))
    .map(([rate, amount]) => taxed(amount, rate));
}
