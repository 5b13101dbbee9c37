/** What comes back for an image after its five days: the published example by hand, the edges, and what always holds (S7-12). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, money } from '../platform/money.ts';
import { type Consumption, consumptionOf, holdsUntil, restOf } from './late-refund.ts';

const HOUR = 3_600_000;
const cny = (amount: string) => money(amount, 'CNY');
const beijing = (text: string) => new Date(`${text.replace(' ', 'T')}+08:00`);
/** bought on 2024-01-01 10:30 for a month (C19a) */
const month = { effectiveAt: beijing('2024-01-01 10:30:00'), expireAt: beijing('2024-02-01 23:59:59') };
const late = (paid: string, asked: string, period = month): [Consumption, string] => {
  const consumption = consumptionOf(cny(paid), period, beijing(asked));
  return [consumption, restOf(cny(paid), consumption).amount];
};

describe('S7-12: consumed = paid × used / total, without a fee', () => {
  it('is the published example: 344 of 758 hours of 300.00', () => {
    const [consumption, rest] = late('300.00', '2024-01-15 18:40:00');
    expect(consumption).toMatchObject({ usedHours: 344, totalHours: 758, amount: cny('136.15') });
    expect(rest).toBe('163.85');
    expect(consumption.askedAt).toBe('2024-01-15T10:40:00.000Z');
  });

  it.each([
    // exactly five days: 10:30 on the sixth, 120 hours
    ['2024-01-06 10:30:00', 120, '47.49', '252.51'],
    // within the hour of the opening (the quota of the year is used): nothing is consumed
    ['2024-01-01 10:59:59', 0, '0.00', '300.00'],
    ['2024-01-01 11:00:00', 1, '0.40', '299.60'],
    ['2024-01-15 17:59:59', 343, '135.75', '164.25'],
    ['2024-01-15 18:00:00', 344, '136.15', '163.85'],
    // the last second before the expiry: the hour in which it is asked for is not consumed
    ['2024-02-01 23:59:58', 757, '299.60', '0.40'],
  ])('at %s: %i hours, %s kept, %s back', (asked, hours, kept, back) => {
    const [{ usedHours, amount }, rest] = late('300.00', asked);
    expect([usedHours, amount.amount, rest]).toEqual([hours, kept, back]);
  });

  it('rounds what is consumed to cents, half up, and gives back the rest', () => {
    const day = { effectiveAt: beijing('2026-03-01 00:00:00'), expireAt: beijing('2026-03-01 08:00:00') };
    // 0.01 × 4 / 8 and 0.01 × 3 / 8; 10.00 × 1 / 8 = 1.25; 1.02 × 5 / 8 = 0.6375
    expect(late('0.01', '2026-03-01 04:00:00', day)[1]).toBe('0.00');
    expect(late('0.01', '2026-03-01 03:00:00', day)[1]).toBe('0.01');
    expect(late('10.00', '2026-03-01 01:00:00', day)[1]).toBe('8.75');
    expect(late('1.02', '2026-03-01 05:00:00', day)[1]).toBe('0.38');
  });

  it('holds until the next full hour, or the expiry', () => {
    const until = (asked: string) => holdsUntil(late('300.00', asked)[0]);
    expect(until('2024-01-15 18:00:00')).toEqual(beijing('2024-01-15 19:00:00'));
    expect(until('2024-01-15 18:59:59')).toEqual(beijing('2024-01-15 19:00:00'));
    expect(until('2024-02-01 23:10:00')).toEqual(month.expireAt);
  });

  it('is not computed at the expiry or later: nothing is refunded then (S7-8)', () => {
    const end = new Date(month.expireAt.getTime() + 1000);
    expect(() => consumptionOf(cny('300.00'), month, end)).toThrow(/S7-12/);
  });

  const period = fc
    .tuple(fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 1, max: 3_000_000 }))
    .map(([begin, minutes]) => ({
      effectiveAt: new Date(begin * 60_000 + 1_700_000_000_000),
      expireAt: new Date((begin + minutes) * 60_000 + 1_700_000_000_000),
    }));
  const cents = fc.integer({ min: 0, max: 100_000_000 }).map((each) => cny((each / 100).toFixed(2)));
  const part = fc.integer({ min: 0, max: 9_999 });

  it('is the payment together with what is kept; neither is below zero; both are whole cents', () => {
    fc.assert(
      fc.property(cents, period, part, (paid, times, place) => {
        const now = new Date(
          times.effectiveAt.getTime() + ((times.expireAt.getTime() - times.effectiveAt.getTime()) * place) / 10_000,
        );
        const consumption = consumptionOf(paid, times, now);
        const [kept, rest] = [decimal(consumption.amount.amount), decimal(restOf(paid, consumption).amount)];
        expect(kept.plus(rest).toFixed(2)).toBe(paid.amount);
        expect(kept.isNegative() || rest.isNegative()).toBe(false);
        expect(Math.max(kept.decimalPlaces(), rest.decimalPlaces())).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('never grows with time, nor changes before it says', () => {
    fc.assert(
      fc.property(cents, period, part, part, (paid, times, one, other) => {
        const at = (place: number) =>
          new Date(
            times.effectiveAt.getTime() + ((times.expireAt.getTime() - times.effectiveAt.getTime()) * place) / 10_000,
          );
        const [early, later] = [
          consumptionOf(paid, times, at(Math.min(one, other))),
          consumptionOf(paid, times, at(Math.max(one, other))),
        ];
        expect(decimal(restOf(paid, later).amount).lessThanOrEqualTo(restOf(paid, early).amount)).toBe(true);
        const last = new Date(holdsUntil(early).getTime() - 1);
        if (last >= new Date(early.askedAt)) expect(consumptionOf(paid, times, last).amount).toEqual(early.amount);
        expect(holdsUntil(early).getTime() - Date.parse(early.askedAt)).toBeLessThanOrEqual(HOUR);
      }),
    );
  });
});
