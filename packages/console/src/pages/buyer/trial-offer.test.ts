import { describe, expect, it } from 'vitest';
import { sampleProducts } from '../../../dev/products.ts';
import { trialOf } from './trial-offer.ts';

describe('trialOf', () => {
  const [desk, scan, analytics] = sampleProducts().map((product) => product.specifications[0]);

  it('finds how long it is and why this buyer cannot have it', () => {
    expect(desk && trialOf(desk)).toEqual({ days: 14, blockedBy: null });
    expect(analytics && trialOf(analytics)?.blockedBy?.code).toBe('TRIAL_USED');
  });

  it('finds nothing where the seller offers none', () => {
    expect(scan && trialOf(scan)).toBeNull();
  });
});
