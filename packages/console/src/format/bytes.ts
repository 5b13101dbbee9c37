import type { Language } from '../i18n/language.ts';
import { localeOf } from './locale.ts';

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A size in the unit that gives at most four digits, with at most one decimal: `1.4 MiB`, `512 B`. */
export function formatBytes(bytes: number, language: Language): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const number = new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: power === 0 ? 0 : 1 });
  return `${number.format(bytes / 1024 ** power)} ${units[power] ?? 'B'}`;
}
