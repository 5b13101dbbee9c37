import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleProducts } from '../../../dev/products.ts';
import {
  attributesOf,
  chooseOffer,
  isAllowedQuantity,
  isSoldOut,
  type Offer,
  periodsOf,
  renewablePeriod,
  switchAttribute,
  switchSpecification,
  withoutHidden,
} from './selection.ts';

/** A product with two specifications, two editions, month and year – and one specification whose sale has stopped. */
const [product] = sampleProducts();
if (product === undefined) throw new Error('the sample has no product');

const choose = (priceItemId?: string): Offer => {
  const offer = chooseOffer(product, { priceItemId });
  if (offer === undefined) throw new Error('nothing to choose');
  return offer;
};

describe('what could renew itself (B-61)', () => {
  const ofMode = (chargingMode: Offer['specification']['chargingMode']): Offer => {
    const offer = choose();
    return { ...offer, specification: { ...offer.specification, chargingMode } };
  };
  it('is the time that is bought', () => {
    expect(renewablePeriod(ofMode('PERIOD'), { periodType: 'year', periodNumber: 2 })).toEqual({
      periodType: 'year',
      periodNumber: 2,
    });
  });

  it.each(['ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG'] as const)('is nothing of %s', (mode) => {
    expect(renewablePeriod(ofMode(mode), { periodType: 'year', periodNumber: 2 })).toBeNull();
    expect(renewablePeriod(ofMode(mode), { periodType: null, periodNumber: null })).toBeNull();
  });
});

describe('choosing an offer', () => {
  it('takes the one in the link, else the first on sale', () => {
    expect(choose('OFFI-3').sku.skuCode).toBe('SKU-PRO');
    expect(choose('gone').price.priceItemId).toBe('OFFI-1');
    expect(choose().price.priceItemId).toBe('OFFI-1');
  });

  it('B-12: takes the specification of a purchase link', () => {
    const last = product.specifications.at(-1);
    expect(chooseOffer(product, { specificationId: last?.specificationId })?.specification).toBe(last);
    expect(chooseOffer(product, { specificationId: 'gone' })?.price.priceItemId).toBe('OFFI-1');
  });

  it('C42: shows a hidden specification to those who come by its link only', () => {
    const [first, ...others] = product.specifications;
    if (first === undefined) throw new Error('the sample has no specification');
    const hiding = { ...product, specifications: [{ ...first, hidden: true }, ...others] };
    const shown = (asked: Parameters<typeof withoutHidden>[1]) => withoutHidden(hiding, asked).specifications.length;
    expect(shown({})).toBe(others.length);
    expect(shown({ specificationId: first.specificationId })).toBe(others.length + 1);
    expect(shown({ priceItemId: 'OFFI-1' })).toBe(others.length + 1);
  });

  it('C30: gives no choice among what pay-per-use counts', () => {
    const { specification, sku, price } = choose();
    expect(periodsOf({ specification: { ...specification, chargingMode: 'ON_DEMAND' }, sku, price })).toEqual([]);
    expect(periodsOf(choose()).length).toBeGreaterThan(0);
  });

  it('C50: is sold out when its pieces are counted and none is left', () => {
    const { sku } = choose();
    expect(isSoldOut({ ...sku, available: 0 })).toBe(true);
    expect(isSoldOut({ ...sku, available: 1 })).toBe(false);
    expect(isSoldOut({ ...sku, available: null })).toBe(false);
  });

  it('finds nothing in a product without prices', () => {
    expect(chooseOffer({ ...product, specifications: [] }, {})).toBeUndefined();
  });

  it('keeps the period when the edition changes, as far as there is one', () => {
    expect(switchAttribute(product, choose('OFFI-1'), 'edition', '专业').price.priceItemId).toBe('OFFI-3');
    expect(switchAttribute(product, choose('OFFI-3'), 'edition', '标准').price.priceItemId).toBe('OFFI-1');
  });

  it('stays where it is when asked for what does not exist', () => {
    expect(switchAttribute(product, choose('OFFI-2'), 'edition', '旗舰').price.priceItemId).toBe('OFFI-2');
    expect(switchSpecification(product, choose('OFFI-2'), 'SPEC-?').price.priceItemId).toBe('OFFI-2');
  });

  it('goes to another specification', () => {
    expect(switchSpecification(product, choose('OFFI-1'), 'SPEC-OLD').price.priceItemId).toBe('OFFI-9');
  });

  it('lists each value of an attribute once', () => {
    const edition = attributesOf(choose().specification);
    expect(edition.map((one) => [one.code, one.values.map((value) => value.zh)])).toEqual([
      ['edition', ['标准', '专业']],
    ]);
  });
});

describe('isAllowedQuantity (C13)', () => {
  const attribute = {
    code: 'amount',
    name: { zh: '', en: '' },
    unit: { zh: '', en: '' },
    minimum: 10,
    maximum: 1000,
    step: 5,
  };

  it.each([
    [10, true],
    [15, true],
    [1000, true],
    [12, false],
    [5, false],
    [1005, false],
    [10.5, false],
  ])('%d → %s', (quantity, allowed) => {
    expect(isAllowedQuantity(attribute, quantity)).toBe(allowed);
  });

  it('allows exactly the minimum plus whole steps up to the maximum', () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(30),
        fc.nat(400),
        (minimum, step, steps, quantity) => {
          const limits = { ...attribute, minimum, step, maximum: minimum + step * steps };
          const allowed = Array.from({ length: steps + 1 }, (_, index) => minimum + index * step);
          expect(isAllowedQuantity(limits, quantity)).toBe(allowed.includes(quantity));
        },
      ),
    );
  });
});
