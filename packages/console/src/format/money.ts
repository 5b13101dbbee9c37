import type { MoneyView } from '@jishi/marketplace/console-api';
import type { Language } from '../i18n/language.ts';
import { fractionDigits, isDecimal } from './decimal.ts';
import { localeOf } from './locale.ts';

/**
 * An amount in the reader's format with its currency: `¥1,200.00` / `CN¥1,200.00`. Unit prices keep up to four
 * decimals where they carry them. An amount that is no decimal is shown as it came, never guessed at.
 */
export function formatMoney(money: MoneyView, language: Language): string {
  if (!isDecimal(money.amount)) return `${money.amount} ${money.currency}`;
  const significant = fractionDigits(money.amount.replace(/(\.\d*?)0+$/, '$1'));
  return new Intl.NumberFormat(localeOf(language), {
    style: 'currency',
    currency: money.currency,
    minimumFractionDigits: Math.max(2, significant),
    maximumFractionDigits: Math.max(2, significant),
  }).format(money.amount);
}

/** A whole number with the reader's grouping. */
export function formatCount(count: number, language: Language): string {
  return new Intl.NumberFormat(localeOf(language)).format(count);
}
