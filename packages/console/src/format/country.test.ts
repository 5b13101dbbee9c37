import { describe, expect, it } from 'vitest';
import { countryName } from './country.ts';

describe('a country in words', () => {
  it('is named in the reader’s language', () => {
    expect(countryName('DE', 'zh')).toBe('德国');
    expect(countryName('DE', 'en')).toBe('Germany');
  });

  it('stays its code where that is none of ISO 3166', () => {
    expect(countryName('not a code', 'en')).toBe('not a code');
  });
});
