import { describe, expect, it } from 'vitest';
import type { MyOfferView } from '../../api/offers.ts';
import { applicableOffers, chosenOffer, noOffer } from './my-offers.ts';

const now = new Date('2026-11-26T09:00:00Z');
const item = {
  goodsId: 'g1',
  productName: { zh: '', en: '' },
  specificationId: null,
  specificationName: null,
  rate: '0.9',
  priceItemId: null,
  quantity: null,
  periodNumber: null,
  periodType: null,
  vcpus: null,
};
const offer = (offerId: string, changes: Partial<MyOfferView> = {}): MyOfferView => ({
  offerId,
  name: offerId,
  kind: 'PRODUCT',
  state: 'VALID',
  sellerId: 's',
  sellerName: 's',
  items: [item],
  validFrom: '2026-11-01T00:00:00Z',
  validTo: '2026-12-01T00:00:00Z',
  distributorId: null,
  createdAt: '2026-11-01T00:00:00Z',
  link: null,
  orderId: null,
  ...changes,
});
const wanted = { goodsId: 'g1', specificationId: 'p1' };
const found = (offers: MyOfferView[]) =>
  applicableOffers(offers, wanted, now).map((one) => [one.offer.offerId, one.rate]);

describe('C53: the offer that counts', () => {
  it('is the best single one', () => {
    const half = offer('half', { items: [{ ...item, rate: '0.5' }, item] });
    expect(found([offer('a'), half])).toEqual([
      ['half', '0.5'],
      ['a', '0.9'],
    ]);
    expect(chosenOffer(applicableOffers([offer('a'), half], wanted, now), undefined)?.offer.offerId).toBe('half');
  });

  it('is the one in the link, or none where the buyer says so', () => {
    const applicable = applicableOffers([offer('a'), offer('b')], wanted, now);
    expect(chosenOffer(applicable, 'b')?.offer.offerId).toBe('b');
    expect(chosenOffer(applicable, 'gone')?.offer.offerId).toBe('a');
    expect(chosenOffer(applicable, noOffer)).toBeUndefined();
  });

  it('is valid now, a product quote, and for this specification', () => {
    expect(
      found([
        offer('early', { validFrom: '2026-11-27T00:00:00Z' }),
        offer('late', { validTo: '2026-11-26T09:00:00Z' }),
        offer('withdrawn', { state: 'WITHDRAWN' }),
        offer('configuration', { kind: 'CONFIGURATION' }),
        offer('other product', { items: [{ ...item, goodsId: 'g2' }] }),
        offer('other specification', { items: [{ ...item, specificationId: 'p2' }] }),
        offer('this specification', { items: [{ ...item, specificationId: 'p1' }] }),
      ]),
    ).toEqual([['this specification', '0.9']]);
  });
});
