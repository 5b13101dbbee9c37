/** Refunds around the instant at which a line counts, and around its bill. */
import { describe, expect, it } from 'vitest';
import { decimal } from '../../platform/exact.ts';
import type { Line, Product } from '../facts.ts';
import { policyFor } from '../terms.ts';
import { computeFamily, incrementOf } from './family.ts';
import { UNKNOWN_LINE } from './from-orders.ts';

const day = (text: string) => new Date(`2026-${text}T04:00:00Z`);
const terms: Product = {
  id: 'p',
  sellerId: 's',
  class: 'GENERAL',
  supervised: false,
  feeRatio: decimal('0.1'),
  share: null,
  outputTax: decimal('0.06'),
  sellerInvoiceTax: decimal('0.06'),
  serviceTax: decimal('0.06'),
  managementFeeRatio: null,
};
const root: Line = {
  ...UNKNOWN_LINE,
  id: 'L',
  productId: 'p',
  kind: 'RENEWAL',
  amount: decimal('1000'),
  placedAt: day('03-20'),
  paidAt: day('03-20'),
  effectiveAt: day('05-08'),
};
const refund = (id: string, amount: string, at: string): Line => ({
  ...UNKNOWN_LINE,
  id,
  productId: 'p',
  kind: 'REFUND',
  refundOf: 'L',
  amount: decimal(amount),
  placedAt: day(at),
  refundCompletedAt: day(at),
});
const early = refund('R1', '250', '04-26');
const late = refund('R2', '500', '06-15');

/** What each line settles; null = in no bill. */
function settled(refunds: readonly Line[], billed?: { absorbed: ReadonlySet<string> }) {
  const family = { root, refunds, terms, billedAt: billed ? day('05-08') : null, ...billed };
  return Object.fromEntries(
    computeFamily(family, policyFor('CN')).map(({ lineId, standing }) => [
      lineId,
      standing.state === 'READY' ? standing.tiers[0].settlement.toFixed(2) : null,
    ]),
  );
}

describe('a renewal of 1000 with refunds', () => {
  it('S3-30: what came back before it took effect is settled with the rest, what comes later is a line of its own', () => {
    expect(settled([early, late])).toEqual({ L: '675.00', R1: null, R2: '-450.00' });
  });

  it('S3-23, S3-30: once it is billed, the refund that its bill has taken into account is not deducted again', () => {
    expect(settled([early, late], { absorbed: new Set(['R1']) })).toMatchObject({ R1: null, R2: '-450.00' });
    // told only after the bill: it was not in it
    expect(settled([early, late], { absorbed: new Set() })).toMatchObject({ R1: '-225.00', R2: '-450.00' });
  });

  it('S3-24: taken back whole before it took effect, all lines stand in one bill and sum to zero', () => {
    const lines = settled([early, refund('R3', '750', '05-02')]);
    expect(lines).toEqual({ L: '900.00', R1: '-225.00', R3: '-675.00' });
    // half before, half after is no withdrawal
    expect(settled([early, refund('R4', '750', '06-01')])).toEqual({ L: '675.00', R1: null, R4: '-675.00' });
  });
});

describe('what each percent of an increment share adds', () => {
  const amounts = (...given: readonly (readonly [string, string])[]) =>
    given.map(([settlement, fee]) => ({ settlement: decimal(settlement), platformFee: decimal(fee) }));

  it('is one number where both shares follow from it', () => {
    expect(incrementOf(amounts(['95', '5'], ['96', '4'], ['97', '3']))?.toFixed()).toBe('1');
  });
  it.each([
    ['the fee gives another amount than the seller gains', amounts(['85.5', '5'], ['86.4', '4'], ['87.3', '3'])],
    [
      'amounts are rounded',
      amounts(['0.3333333333', '0.1'], ['0.3366666667', '0.0966666666'], ['0.34', '0.0933333333']),
    ],
    ['it takes no part', amounts(['95', '5'])],
  ])('is none where %s', (_, tiers) => {
    expect(incrementOf(tiers)).toBeNull();
  });
});
