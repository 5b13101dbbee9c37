import { describe, expect, it } from 'vitest';
import { preferredLanguage } from './language.ts';

describe('preferredLanguage', () => {
  it.each([
    [['zh-CN', 'en'], 'zh'],
    [['de-DE', 'en-GB', 'zh'], 'en'],
    [['ZH-Hant-TW'], 'zh'],
    [['fr'], 'zh'],
    [[], 'zh'],
  ] as const)('%j → %s', (languages, expected) => {
    expect(preferredLanguage(languages)).toBe(expected);
  });
});
