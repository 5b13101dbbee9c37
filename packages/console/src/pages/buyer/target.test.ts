import { describe, expect, it } from 'vitest';
import { sampleServices } from '../../../dev/services.ts';
import { presentTarget, switchSku, targetFault } from './target.ts';

const [sample] = sampleServices();
if (sample === undefined) throw new Error('the sample has no service');
const subscription = { instance: sample.instance, ...sample.life };
const [, professional] = subscription.changeTargets;
if (professional === undefined) throw new Error('the sample has one target only');

describe('the target of a change', () => {
  it('begins with what runs now, which is nothing to order', () => {
    const start = presentTarget(subscription);
    expect(start).toEqual({ skuCode: 'SKU-STD', quantity: 50 });
    expect(start && targetFault(subscription, start)).toBe('same');
    expect(presentTarget({ ...subscription, changeTargets: [] })).toBeNull();
  });

  it('keeps the quantity where the new SKU allows it, else takes its minimum', () => {
    expect(switchSku(professional, 50)).toEqual({ skuCode: 'SKU-PRO', quantity: 50 });
    expect(switchSku(professional, 52)).toEqual({ skuCode: 'SKU-PRO', quantity: 10 });
    expect(switchSku({ ...professional, linearAttribute: null }, 50).quantity).toBe(1);
  });

  it.each([
    ['SKU-STD', 55, null],
    ['SKU-STD', 52, 'quantity'],
    ['SKU-STD', 0, 'quantity'],
    ['SKU-PRO', 50, null],
  ] as const)('%s × %d → %s', (skuCode, quantity, expected) => {
    expect(targetFault(subscription, { skuCode, quantity })).toBe(expected);
  });
});
