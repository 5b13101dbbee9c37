import { describe, expect, it } from 'vitest';
import { chooseOffer, offersOf } from '../buyer/selection.ts';
import { previewProduct } from './preview-product.ts';
import { sampleDraft } from './sample-draft.ts';

describe('the preview of a draft', () => {
  const { content } = sampleDraft();
  const [specification] = content.specifications;

  it('gives every part an id by its place, so that the buyer’s page can choose', () => {
    const product = previewProduct(
      'G1',
      { ...content, specifications: [...content.specifications, ...content.specifications] },
      '云帆',
    );
    const ids = offersOf(product).map(({ price }) => price.priceItemId);
    expect(new Set(ids).size).toBe(4);
    expect(chooseOffer(product, {})).toBeDefined();
    expect(product.specifications.map(({ name }) => name.zh)).toEqual(['规格 1', '规格 2']);
  });

  it('leaves out prices that are no numbers yet', () => {
    if (specification === undefined) throw new Error('no specification');
    const skus = specification.skus.map((sku) => ({
      ...sku,
      prices: sku.prices.map((price, index) => ({
        ...price,
        brackets: [{ from: 0, to: null, unitPrice: index === 0 ? '12.5' : 'x' }],
      })),
    }));
    const product = previewProduct('G1', { ...content, specifications: [{ ...specification, skus }] }, '云帆');
    expect(offersOf(product).map(({ price }) => price.brackets.map(({ unitPrice }) => unitPrice))).toEqual([
      ['12.5'],
      [],
    ]);
  });
});
