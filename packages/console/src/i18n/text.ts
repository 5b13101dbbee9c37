import type { Localized } from '@jishi/marketplace/console-api';
import { useCallback } from 'react';
import { usePreferences } from '../shell/preferences.tsx';

/** Picks the reader's language out of a text that the API sends in both; the other one when it is empty. */
export function useText(): (text: Localized) => string {
  const { language } = usePreferences();
  return useCallback((text) => text[language] || text.zh || text.en, [language]);
}
