/** What can be agreed with each party: rules that no form and no import passes over. */
import { describe, expect, it } from 'vitest';
import { buyerTerms, distributorTerms, siteTerms } from './trade-terms.ts';

const agreed = (terms: object) => distributorTerms.safeParse({ payer: 'GENERAL', ...terms }).success;

describe('terms of partners', () => {
  it.each([
    ['S3-16: alone, 90 % is the rule', { scene: 'SOLO', ratio: null }, true],
    ['S3-16: alone with a ratio of its own', { scene: 'SOLO', ratio: '0.5' }, false],
    ['S3-17: together, up to 90 %', { scene: 'JOINT', ratio: '0.9' }, true],
    ['S3-17: together, above 90 %', { scene: 'JOINT', ratio: '0.900001' }, false],
    ['S3-17: together without a ratio', { scene: 'JOINT', ratio: null }, false],
    ['S3-18: a service provider has its share', { scene: 'CSP', ratio: '0.1' }, true],
    ['S3-18: a service provider without a share', { scene: 'CSP', ratio: null }, false],
    ['S3-19: a reseller has its discount', { scene: 'RESELLER', ratio: '0.85' }, true],
    ['S3-19: a ratio is no per cent', { scene: 'RESELLER', ratio: '85' }, false],
  ])('%s', (_, terms, fits) => {
    expect(agreed(terms)).toBe(fits);
  });
});

describe('taxes and fees', () => {
  it('S3-14: exactly users of a project pay a management fee', () => {
    const terms = (project: string | null, managementFeeRatio: string | null) =>
      buyerTerms.safeParse({ project, managementFeeRatio, customerWht: null }).success;
    expect(terms('ENABLING_CLOUD', '0.02')).toBe(true);
    expect(terms(null, null)).toBe(true);
    expect(terms('BASE_CLOUD', null)).toBe(false);
    expect(terms(null, '0.02')).toBe(false);
    expect(terms('OTHER_CLOUD', '0.02')).toBe(false);
  });

  it('S3-8: rates are ratios from 0 to 1', () => {
    const rates = { vat: '0.09', customerWht: '0.1', sellerWht: '0', dst: '0.03' };
    expect(siteTerms.safeParse(rates).success).toBe(true);
    for (const wrong of ['9', '-0.1', '', '0,1', '1.01'])
      expect(siteTerms.safeParse({ ...rates, vat: wrong }).success).toBe(false);
  });
});
