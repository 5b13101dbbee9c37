import type { Language } from '../i18n/language.ts';

/** The BCP 47 tag for Intl: day before month in English, as in `24 Nov 2026`. */
export function localeOf(language: Language): 'zh-CN' | 'en-GB' {
  return language === 'zh' ? 'zh-CN' : 'en-GB';
}
