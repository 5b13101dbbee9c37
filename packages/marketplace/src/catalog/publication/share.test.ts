import { describe, expect, it } from 'vitest';
import { goodDraft } from './good-draft.test-support.ts';
import { floorFaults, shareFaults, takesEffectAtOnce } from './share.ts';

const general = (sellerShare: string) => ({ sellerShare, class: 'GENERAL' as const });

describe("the seller's share (S1-7)", () => {
  it.each([
    ['0.95', 'CN', []],
    ['0.9', 'CN', []],
    ['0.950001', 'CN', ['HINT']],
    ['1', 'CN', ['HINT']],
    ['0.85', 'INTL', []],
    ['0.86', 'INTL', ['HINT']],
    ['1.01', 'CN', ['FAULT']],
    ['-0.1', 'CN', ['FAULT']],
    ['', 'CN', ['FAULT']],
    ['0.1234567', 'CN', ['FAULT']],
  ] as const)('of %s on the site %s: %j', (share, site, told) => {
    expect(shareFaults(general(share), { site }).map(({ severity }) => severity)).toEqual(told);
  });

  it('of a product whose ratio is agreed for itself is not compared with the standard', () => {
    expect(shareFaults({ sellerShare: '0.99', class: 'JOINT' }, { site: 'CN' })).toEqual([]);
  });

  it('takes effect at once when nothing else changes and it is not above the standard', () => {
    const released = goodDraft('SAAS');
    const changed = (change: object) => ({ ...released, content: { ...released.content, ...change } });
    const atOnce = (change: object) => takesEffectAtOnce(released, changed(change), 'CN');
    expect(atOnce({ sellerShare: '0.9' })).toBe(true);
    expect(atOnce({ sellerShare: '0.96' })).toBe(false);
    expect(atOnce({})).toBe(false);
    expect(atOnce({ sellerShare: '0.9', version: 'V9.0' })).toBe(false);
    const elsewhere = {
      ...changed({ sellerShare: '0.9' }),
      interface: { protocol: 'none' as const, productionUrl: '' },
    };
    expect(takesEffectAtOnce(released, elsewhere, 'CN')).toBe(false);
  });
});

describe('the floor price (S3-12, S3-16)', () => {
  it.each([
    ['GENERAL', 'DEAL_PRICE', null, []],
    ['GENERAL', 'DEAL_PRICE', '0.8', ['FAULT']],
    ['GENERAL', 'FLOOR_DISCOUNT', null, ['FAULT']],
    ['JOINT', 'DEAL_PRICE', null, []],
    ['JOINT', 'FLOOR_DISCOUNT', null, ['FAULT']],
    ['JOINT', 'FLOOR_DISCOUNT', '0.8', []],
    ['YANXUAN', 'DEAL_PRICE', null, ['HINT']],
    ['YANXUAN_SELF', 'DEAL_PRICE', '1', []],
    ['YANXUAN', 'DEAL_PRICE', '1.2', ['FAULT']],
    ['YANXUAN', 'DEAL_PRICE', '0.000000', ['FAULT']],
    ['YANXUAN', 'DEAL_PRICE', '0', ['FAULT']],
    ['YANXUAN', 'DEAL_PRICE', '', ['FAULT']],
  ] as const)('of a %s product with %s and floor discount %s: %j', (productClass, shareMode, floorDiscount, told) => {
    expect(floorFaults({ class: productClass, shareMode, floorDiscount }).map(({ severity }) => severity)).toEqual(
      told,
    );
  });

  it('is never changed without the operator', () => {
    const released = goodDraft('SAAS');
    const changed = { ...released, content: { ...released.content, sellerShare: '0.9', floorDiscount: '0.5' } };
    expect(takesEffectAtOnce(released, changed, 'CN')).toBe(false);
  });
});
