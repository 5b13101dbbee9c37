import { describe, expect, it } from 'vitest';
import { sampleProducts } from '../../../dev/products.ts';
import { hindranceOf, lineOf, purchaseOf } from './purchase.ts';
import { chooseOffer } from './selection.ts';

const [product] = sampleProducts();
const offer = product === undefined ? undefined : chooseOffer(product, {});
if (product === undefined || offer === undefined) throw new Error('the sample has nothing to buy');
const attribute = { code: 'n', name: { zh: '', en: '' }, unit: { zh: '', en: '' }, minimum: 5, maximum: 20, step: 5 };
const counted = { ...offer, specification: { ...offer.specification, linearAttribute: attribute } };

describe('what is bought', () => {
  it('is completed with the minimum, one period and the smallest server', () => {
    expect(purchaseOf(counted, {})).toMatchObject({ quantity: 5, periodNumber: 1, vcpus: undefined });
    const image = { ...offer, specification: { ...offer.specification, linearAttribute: null, perVcpu: true } };
    expect(purchaseOf(image, {})).toMatchObject({ quantity: undefined, vcpus: 1 });
    expect(purchaseOf(image, { vcpus: 8 }).vcpus).toBe(8);
  });

  it('is sent without what it does not have', () => {
    const once = { ...offer, price: { ...offer.price, periodType: null } };
    expect(
      lineOf(purchaseOf({ ...once, specification: { ...once.specification, linearAttribute: null } }, {})),
    ).toEqual({
      priceItemId: offer.price.priceItemId,
    });
  });
});

describe('why it cannot be bought', () => {
  const refusal = { code: 'NOT_TARGET_CUSTOMER', message: { zh: '', en: '' } };
  const why = (changes: { quantity?: number; blocked?: boolean; stopped?: boolean; left?: number; code?: string }) => {
    const specification = {
      ...counted.specification,
      status: changes.stopped ? ('STOPPED' as const) : counted.specification.status,
      blockedBy: changes.blocked ? { ...refusal, code: changes.code ?? refusal.code } : null,
    };
    const chosen = { ...counted, specification, sku: { ...counted.sku, available: changes.left ?? null } };
    return hindranceOf(product, chosen, purchaseOf(chosen, { quantity: changes.quantity ?? 5 }), false);
  };

  it('13.1: the first rule that fails is the one that is named', () => {
    expect(why({})).toBeNull();
    expect(why({ stopped: true, blocked: true, quantity: 6, left: 0 })).toEqual({ kind: 'stopped' });
    expect(why({ blocked: true, quantity: 6, left: 0 })).toEqual({ kind: 'refusal', refusal });
    expect(why({ quantity: 6, left: 0 })).toEqual({ kind: 'quantity' });
    expect(why({ left: 0 })).toEqual({ kind: 'soldOut' });
  });

  it('asks a visitor to sign in, which is no refusal', () => {
    expect(why({ blocked: true, code: 'UNAUTHENTICATED' })).toBeNull();
  });
});
