/** The two languages of the console; the choice is kept between visits. */
export type Language = 'zh' | 'en';

const storageKey = 'jishi.language';

/** The kept choice, else the first language the browser asks for that we speak, else Chinese. */
export function initialLanguage(): Language {
  const kept = localStorage.getItem(storageKey);
  return isLanguage(kept) ? kept : preferredLanguage(navigator.languages);
}

/** The first of `languages` (BCP 47) that is Chinese or English; Chinese when there is none. */
export function preferredLanguage(languages: readonly string[]): Language {
  for (const language of languages) {
    const primary = language.toLowerCase().split('-')[0] ?? '';
    if (isLanguage(primary)) return primary;
  }
  return 'zh';
}

/** Keeps the choice for the next visit. */
export function keepLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
}

/** True for one of our two languages. */
function isLanguage(value: unknown): value is Language {
  return value === 'zh' || value === 'en';
}
