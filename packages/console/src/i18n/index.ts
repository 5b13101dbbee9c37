import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en/index.ts';
import type { Language } from './language.ts';
import { zh } from './zh/index.ts';

/** Starts the texts in `language`. Chinese is the source; a missing key is a compile error and a failing test. */
export function startTexts(language: Language): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

/** Switches all texts at once. */
export function changeLanguage(language: Language): void {
  void i18next.changeLanguage(language);
}
