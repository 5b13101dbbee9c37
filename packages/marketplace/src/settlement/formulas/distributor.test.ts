/** What those earn who brought the buyer, by the figures of settlement.md 3.4 to 3.6. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../platform/exact.ts';
import type { Distributor, Line, Product } from '../facts.ts';
import { UNKNOWN_LINE } from '../live/from-orders.ts';
import { distributorPart } from './distributor.ts';

const partner = (changes: Partial<Distributor>): Distributor => ({
  id: 'd1',
  scene: 'SOLO',
  floorPrice: decimal('80'),
  commissionRatio: null,
  ...changes,
});
const line = (distributor: Distributor | null, changes: Partial<Line> = {}): Line => ({
  ...UNKNOWN_LINE,
  id: 'L',
  unitPrice: decimal('100'),
  periods: decimal('6'),
  quantity: decimal('2'),
  distributor,
  ...changes,
});
const product = (changes: Partial<Product> = {}): Product => ({
  id: 'p',
  sellerId: 's',
  class: 'YANXUAN',
  supervised: false,
  feeRatio: null,
  share: { mode: 'DEAL_PRICE', ratio: decimal('0.7'), floorDiscount: null },
  outputTax: decimal('0.13'),
  sellerInvoiceTax: decimal('0.06'),
  serviceTax: decimal('0.06'),
  managementFeeRatio: null,
  ...changes,
});
const SALES = decimal('1200');
const floorShared = product({
  class: 'JOINT',
  share: { mode: 'FLOOR_DISCOUNT', ratio: decimal('0.7'), floorDiscount: decimal('0.8') },
});
const general = product({ class: 'GENERAL', share: null, feeRatio: decimal('0.05') });

describe('the part of who brought the buyer', () => {
  it.each([
    // (1200 − 960) / 1.13 × 1.06 × 90 %
    ['S3-16', partner({}), product(), '202.6194690265'],
    ['S3-17', partner({ scene: 'JOINT', commissionRatio: decimal('0.5') }), product(), '112.5663716814'],
    ['S3-18', partner({ scene: 'CSP', commissionRatio: decimal('0.1') }), general, '120'],
    ['S3-18a', partner({ scene: 'CSP', commissionRatio: decimal('0.1') }), product({ class: 'JOINT' }), '120'],
    ['S3-18b', partner({ scene: 'CSP', commissionRatio: decimal('0.5') }), floorShared, '120'],
    // owes 1200 × 85 %, keeps the rest
    ['S3-19', partner({ scene: 'RESELLER', commissionRatio: decimal('0.85') }), general, '180'],
  ])('%s', (rule, distributor, sold, settlement) => {
    const part = distributorPart(line(distributor), sold, SALES);
    expect(part?.settlement.toDecimalPlaces(10).toFixed()).toBe(settlement);
    expect(new Set(part?.steps.map((step) => step.rule))).toEqual(new Set([rule]));
  });

  it('3.4: a general product knows no distributors, and a sale without one is a direct sale', () => {
    expect(distributorPart(line(partner({})), general, SALES)).toBeNull();
    expect(distributorPart(line(null), product(), SALES)).toBeNull();
  });

  it('S3-16, S1-4: the spread is counted of cash only, and is never negative', () => {
    const spent = (changes: Partial<Line>) =>
      distributorPart(line(partner({}), changes), product(), SALES)?.settlement.toFixed();
    expect(spent({ nonCash: decimal('240') })).toBe('0');
    expect(spent({ voucherUsed: decimal('1000') })).toBe('0');
  });

  it('S3-17: a scene without its ratio is at fault, not guessed', () => {
    for (const scene of ['JOINT', 'CSP', 'RESELLER'] as const)
      expect(() => distributorPart(line(partner({ scene })), product(), SALES)).toThrow(/commissionRatio is missing/);
  });

  it('S3-16 … S3-19: nobody earns less than nothing, and none but for taxes more than was paid', () => {
    const scenes = fc.constantFrom('SOLO' as const, 'JOINT' as const, 'CSP' as const, 'RESELLER' as const);
    fc.assert(
      fc.property(scenes, fc.nat(90), fc.nat(200_000), fc.nat(20_000), (scene, percent, paid, floor) => {
        const distributor = partner({
          scene,
          floorPrice: decimal(floor).dividedBy(100),
          commissionRatio: scene === 'SOLO' ? null : decimal(percent).dividedBy(100),
        });
        const sales = decimal(paid).dividedBy(100);
        const part = distributorPart(line(distributor), product(), sales)?.settlement;
        expect(part?.isNegative()).toBe(false);
        expect(part?.lessThanOrEqualTo(sales)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
