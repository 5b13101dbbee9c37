import type { Language } from '../i18n/language.ts';

/** A country or region by its ISO 3166 code in the reader's language; the code itself where no name is known. */
export function countryName(code: string, language: Language): string {
  try {
    return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
