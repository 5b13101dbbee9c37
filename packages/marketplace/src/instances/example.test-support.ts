/** A subscription as examples begin with: bought for a month on the site of China, delivered, nothing else happened. */
import type { Life, Plan } from './definition.ts';

export const START = new Date('2026-01-05T02:00:00.000Z');
/** end of 5 February, Beijing time */
export const EXPIRY = new Date('2026-02-05T15:59:59.000Z');

export const PLAN: Plan = {
  version: 1,
  specificationId: 'spec-1',
  specificationName: { zh: '标准版', en: 'Standard' },
  skuCode: 'sku-1',
  priceItemId: 'OFFI000000000000000001',
  quantity: 10,
  linearAttribute: null,
  periodType: 'month',
  periodNumber: 1,
};

export function aLife(changes: Partial<Life> = {}): Life {
  return {
    ...PLAN,
    state: 'ACTIVE',
    chargingMode: 'PERIOD',
    site: 'CN',
    trial: false,
    waitsFor: [],
    opening: { amount: '120.00', currency: 'CNY' },
    expireAt: EXPIRY,
    expiryPolicy: 'MANUAL',
    renewDays: 7,
    freezeAt: null,
    releaseAt: null,
    activatedAt: START,
    endedAt: null,
    violation: null,
    pending: null,
    changingLine: null,
    steppedAt: START,
    putOffUntil: null,
    statusChanges: 0,
    refundId: null,
    refusedTold: null,
    ...changes,
  };
}
