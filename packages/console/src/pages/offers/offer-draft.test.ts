import { describe, expect, it } from 'vitest';
import { newOfferOf, type OfferDraft, offerFault } from './offer-draft.ts';

const now = new Date('2026-11-26T09:00:00Z');
const draft: OfferDraft = {
  kind: 'PRODUCT',
  name: 'For Globex',
  buyers: [{ buyerId: 'b1', accountName: 'globex' }],
  validFrom: '2026-11-26T09:05:00Z',
  validTo: '2026-12-26T09:05:00Z',
  distributorId: ' ',
  demandId: null,
  exempt: true,
  items: [{ key: '1', goodsId: 'g1', specificationId: undefined, percent: 80, configuration: null }],
};

describe('a private offer while it is written', () => {
  it('names the first fault in the order of the form', () => {
    const faults = (changes: Partial<OfferDraft>) => offerFault({ ...draft, ...changes }, now);
    expect(faults({})).toBeNull();
    expect(faults({ name: ' ' })).toBe('name');
    expect(faults({ buyers: [] })).toBe('buyers');
    expect(faults({ items: [] })).toBe('items');
    expect(faults({ validTo: draft.validFrom })).toBe('to');
    expect(faults({ items: draft.items.map((item) => ({ ...item, goodsId: undefined })) })).toBe('product');
    expect(faults({ items: draft.items.map((item) => ({ ...item, percent: 101 })) })).toBe('rate');
    expect(faults({ items: [...draft.items, ...draft.items] })).toBe('twice');
    expect(faults({ kind: 'CONFIGURATION' })).toBe('product');
  });

  it('C52: starts later than now', () => {
    expect(offerFault({ ...draft, validFrom: now.toISOString() }, now)).toBe('from');
  });

  it('is sent as a product quote: a discount, the buyer chooses the rest', () => {
    expect(newOfferOf(draft)).toEqual({
      kind: 'PRODUCT',
      name: 'For Globex',
      buyers: draft.buyers,
      validFrom: draft.validFrom,
      validTo: draft.validTo,
      distributorId: null,
      demandId: null,
      items: [{ goodsId: 'g1', specificationId: null, rate: '0.8' }],
    });
  });

  it('C54: is sent as a configuration quote with everything fixed', () => {
    const configuration = { priceItemId: 'OFFI1', quantity: 30, periodNumber: 1, vcpus: undefined };
    const items = draft.items.map((item) => ({ ...item, configuration }));
    expect(newOfferOf({ ...draft, kind: 'CONFIGURATION', distributorId: 'd1', items })).toMatchObject({
      kind: 'CONFIGURATION',
      exempt: true,
      distributorId: 'd1',
      items: [{ priceItemId: 'OFFI1', quantity: 30, periodNumber: 1, rate: '0.8' }],
    });
  });
});
