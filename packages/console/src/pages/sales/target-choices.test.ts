import { describe, expect, it } from 'vitest';
import type { TargetKind } from '../../api/sales.ts';
import { specificationChoices } from './target-choices.ts';

const hindrances = (product: TargetKind, possible: readonly TargetKind[]) =>
  Object.fromEntries(specificationChoices(product, possible).map(({ target, hindrance }) => [target, hindrance]));

describe('C45a: what a specification may narrow its product to', () => {
  it('is what the server says, each other choice with its reason', () => {
    expect(hindrances('ALL', ['ENTERPRISE', 'INDIVIDUAL', 'SPECIFIED', 'RELATED'])).toEqual({
      ENTERPRISE: null,
      INDIVIDUAL: null,
      SPECIFIED: null,
      RELATED: null,
    });
    expect(hindrances('ENTERPRISE', ['ENTERPRISE', 'SPECIFIED'])).toEqual({
      ENTERPRISE: null,
      INDIVIDUAL: 'narrower',
      SPECIFIED: null,
      RELATED: 'site',
    });
  });

  it('is nothing where the product is for listed customers or for buyers of related products', () => {
    for (const product of ['SPECIFIED', 'RELATED'] as const)
      expect(new Set(Object.values(hindrances(product, [])))).toEqual(new Set(['fixed']));
  });

  it('never widens: everybody is no choice of a specification', () => {
    expect(specificationChoices('ALL', []).map(({ target }) => target)).not.toContain('ALL');
  });
});
