import type { Language } from '../i18n/language.ts';
import { localeOf } from './locale.ts';

/** How long is bought: `1 year`, `3 months` / `1年`, `3个月`. */
export function formatPeriods(count: number, periodType: 'month' | 'year', language: Language): string {
  return format(periodType, language).format(count);
}

/** The word after a number of periods, for the field that takes it: `years` / `年`. */
export function periodUnit(count: number, periodType: 'month' | 'year', language: Language): string {
  const parts = format(periodType, language).formatToParts(count);
  return parts.find((part) => part.type === 'unit')?.value ?? '';
}

function format(periodType: 'month' | 'year', language: Language): Intl.NumberFormat {
  return new Intl.NumberFormat(localeOf(language), { style: 'unit', unit: periodType, unitDisplay: 'long' });
}
