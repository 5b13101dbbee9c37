/** Days and amounts as banks write them. Pure. */
import { decimal } from '../../../platform/money.ts';
import type { Day } from '../../calendar.ts';

/** `2026-02-04`, `20260204`, `2026/2/4`, `2026年2月4日`, with or without a time. @returns null for no real day */
export function dayOf(written: string): Day | null {
  const text = written.trim();
  const [, year, month, day] =
    /^(20\d{2})(\d{2})(\d{2})(?:$|[ T]\d)/.exec(text) ??
    /^(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:$|[ TZ+]|[+-]\d)/.exec(text) ??
    [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const written10 = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${written10}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written10) ? written10 : null;
}

/** A plain amount with at least two decimals; `1,140.00` too. @returns null for anything else, a sign included */
export function amountOf(written: string): string | null {
  const text = written.trim().replace(/^[¥￥$€]\s*/, '');
  const plain = /^\d{1,3}(,\d{3})+(\.\d{1,5})?$/.test(text) ? text.replaceAll(',', '') : text;
  if (!/^\d{1,15}(\.\d{1,5})?$/.test(plain)) return null;
  const value = decimal(plain);
  return value.decimalPlaces() < 2 ? value.toFixed(2) : value.toFixed();
}
