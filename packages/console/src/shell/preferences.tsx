import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { changeLanguage } from '../i18n/index.ts';
import { initialLanguage, keepLanguage, type Language } from '../i18n/language.ts';

/** The reader's language and theme, kept between visits. Without a choice the theme follows the system. */
export type ThemeChoice = 'system' | 'light' | 'dark';

interface Preferences {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly theme: ThemeChoice;
  readonly dark: boolean;
  readonly setTheme: (theme: ThemeChoice) => void;
}

const themeKey = 'jishi.theme';
const Context = createContext<Preferences | null>(null);

export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(initialLanguage);
  const [theme, setTheme] = useState(initialTheme);
  const systemIsDark = useSyncExternalStore(watchSystemTheme, () => systemTheme().matches);
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark);

  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);

  const value = useMemo(
    (): Preferences => ({
      language,
      setLanguage: (next) => {
        keepLanguage(next);
        changeLanguage(next);
        setLanguage(next);
      },
      theme,
      dark,
      setTheme: (next) => {
        localStorage.setItem(themeKey, next);
        setTheme(next);
      },
    }),
    [language, theme, dark],
  );
  return <Context value={value}>{children}</Context>;
}

/** The reader's preferences; only below PreferencesProvider. */
export function usePreferences(): Preferences {
  const preferences = useContext(Context);
  if (preferences === null) throw new Error('usePreferences needs a PreferencesProvider above it');
  return preferences;
}

function initialTheme(): ThemeChoice {
  const kept = localStorage.getItem(themeKey);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

function systemTheme(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)');
}

function watchSystemTheme(changed: () => void): () => void {
  const query = systemTheme();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
